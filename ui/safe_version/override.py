"""Publishing a table that fails an audit: a person decides, and the decision is recorded."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui import actions
from ui.boundary import guarded
from ui.kit import paragraph
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
    paragraph(_("ui.override.audit_failed_so_table"))
    with st.expander(_("ui.override.if_decided_publish_all")):
        paragraph(_("ui.override.record_who_decided_why"))
        key = f"override-{screen().files}"
        with st.form(f"{key}-form", border=False):
            st.text_input(_("ui.override.who_decided_office_held"), key=f"{key}-by", max_chars=60)
            st.text_area(_("ui.override.reason_publishing"), key=f"{key}-reason", max_chars=500)
            st.form_submit_button(
                _("ui.override.record_decision"), on_click=guarded(partial(_record, found, key))
            )


def _record(found: "Protected", key: str) -> None:
    from desk import Override

    decided = Override.record(st.session_state[f"{key}-by"], st.session_state[f"{key}-reason"])
    screen().place.override = (found, decided)
    actions.ask(_("ui.override.decided_publish_table_fails"))
    tell(
        _("ui.override.recorded_decided_date_certificate", by=decided.by, on=decided.on.isoformat())
    )
