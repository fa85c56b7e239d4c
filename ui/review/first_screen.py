"""Before the first upload: what the desk does, and how to begin."""

import streamlit as st

from ui.kit.html import items, paragraph, tag, text
from ui.language import _


def draw() -> None:
    """Teach the three ways to begin."""
    st.header(_("ui.first_screen.what_will_you_review"), anchor=False)
    paragraph(_("ui.first_screen.give_desk_schema_proposed"))
    st.subheader(_("ui.first_screen.how_begin"), anchor=False)
    st.html(
        tag(
            "ol",
            "".join(
                tag("li", tag("b", text(head)) + tag("p", text(body), "mk-text"))
                for head, body in _steps()
            ),
            "mk-list",
        )
    )
    st.page_link("ui/pages/cases.py", label=_("ui.first_screen.open_training_case_first"))
    st.subheader(_("ui.first_screen.files_reads"), anchor=False)
    st.html(
        items(
            text(line)
            for line in (
                _("ui.first_screen.data_csv_tsv_excel"),
                _("ui.first_screen.schemas_openapi_json_schema"),
                _("ui.first_screen.given_together_schema_data"),
            )
        )
    )
    paragraph(
        _("ui.first_screen.files_held_memory_screen"),
        "mk-small",
    )


def _steps() -> list[tuple[str, str]]:
    return [
        (
            _("ui.first_screen.attach_files"),
            _("ui.first_screen.press_at_left_conversation"),
        ),
        (
            _("ui.first_screen.read_key_points"),
            _("ui.first_screen.columns_findings_listed_most"),
        ),
        (
            _("ui.first_screen.ask_choose_plan"),
            _("ui.first_screen.ask_everyday_words_who"),
        ),
    ]
