"""Publishing a table that fails an audit: a person decides, and the decision is recorded."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui import actions
from ui.boundary import guarded
from ui.html import paragraph
from ui.language import _
from ui.state import screen, tell

if TYPE_CHECKING:
    from anonymizer import Protected
    from desk import Override


def of(found: "Protected") -> "Override | None":
    """Who decided to publish a table, if somebody did."""
    held = screen().place.override
    return held[1] if held is not None and held[0] is found else None


def draw(found: "Protected") -> None:
    """What else can be done first, and the form of the decision."""
    paragraph(
        _(
            "点検に合格していないため、このままでは受け取れません。"
            "数える区分をまとめるか、伏せる基準の数を上げて、もう一度お試しください。"
        )
    )
    with st.expander(_("それでも公表すると決めたとき")):
        paragraph(
            _(
                "決めた人と理由を記録すると受け取れます。"
                "証明書には、合格しなかった点検と、決めた人・理由・日付が載ります。"
            )
        )
        key = f"override-{screen().files}"
        with st.form(f"{key}-form", border=False):
            st.text_input(_("決めた人（職名）"), key=f"{key}-by", max_chars=60)
            st.text_area(_("公表する理由"), key=f"{key}-reason", max_chars=500)
            st.form_submit_button(
                _("この決定を記録する"), on_click=guarded(partial(_record, found, key))
            )


def _record(found: "Protected", key: str) -> None:
    from desk import Override

    decided = Override.record(st.session_state[f"{key}-by"], st.session_state[f"{key}-reason"])
    screen().place.override = (found, decided)
    actions.ask(_("点検に合格していない表を公表すると決めた"))
    tell(
        _("記録しました。決めた人：{by}　日付：{on}。証明書に、この決定と理由が載ります。").format(
            by=decided.by, on=decided.on.isoformat()
        )
    )
