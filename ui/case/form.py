"""The case itself: a short form, what is still missing, and the questions of the rules."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import CaseFacts, Contractor, UsageError
from language import read_date
from ui import actions
from ui.case import questions
from ui.case.choices import BODIES, CONSENTS, YES_NO
from ui.kit.html import notice, paragraph
from ui.language import _, spoken
from ui.running.boundary import describe, guarded
from ui.state import screen, tell

if TYPE_CHECKING:
    from desk import Session, Stated


def draw(desk: "Session") -> None:
    """The form, the file, what is missing, and the questions."""
    from desk import FIELDS

    st.header(_("ui.form.case"), anchor=False)
    paragraph(_("ui.form.tell_us_what_no"))
    missing, all_fields = unknown(desk.case), len(FIELDS)
    if missing:
        paragraph(
            _("ui.form.fields_empty_fill_only", all=all_fields, n=len(missing)),
            "mk-small",
        )
    else:
        notice(_("ui.form.every_field_case_filled"), "success")
    _stated(desk)
    _form(desk)
    _file(desk)
    questions.draw(desk)


def _stated(desk: "Session") -> None:
    """What the register states, to be taken over with one click."""
    from desk import FIELDS

    for offer in desk.stated:
        name = spoken(FIELDS[offer.name])
        value = offer.value if isinstance(offer.value, str) else "\n".join(offer.value)
        with st.container(border=True, key=f"stated-{offer.name}"):
            paragraph(
                _("ui.form.stated_case_does_say", source=offer.source, name=name),
                "mk-small",
            )
            paragraph(value)
            st.button(
                _("ui.form.use_case_2", name=name),
                key=f"take-{offer.name}",
                on_click=guarded(partial(_take, desk, offer)),
            )


def _take(desk: "Session", offer: "Stated") -> None:
    from desk import FIELDS

    asked = _("ui.form.use_case", source=offer.source, name=spoken(FIELDS[offer.name]))
    value = offer.value if isinstance(offer.value, str) else list(offer.value)
    actions.act(asked, partial(desk.set_case_fact, offer.name, value))


def unknown(case: CaseFacts) -> list[str]:
    """What the case does not say, in words."""
    from desk import FIELDS

    return [spoken(label) for name, label in FIELDS.items() if value_of(case, name) in (None, ())]


def value_of(case: CaseFacts, name: str) -> Any:
    """A field by its dotted name."""
    value: Any = case
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _form(desk: "Session") -> None:
    from desk import FIELDS

    case = desk.case
    key = f"case-{screen().files}"
    changed = st.session_state.get(f"stamp-{key}") != hash(case)
    if changed or f"{key}-title" not in st.session_state:  # said elsewhere, or the part reopened
        st.session_state[f"stamp-{key}"] = hash(case)
        for name, value in filled(case).items():
            st.session_state[f"{key}-{name}"] = value
    with st.form(f"case-form-{screen().files}", border=True):
        left, right = st.columns(2)
        with left:
            for name in ("title", "purpose", "legal_ground", "retention"):
                st.text_input(spoken(FIELDS[name]), key=f"{key}-{name}")
        with right:
            st.text_input(
                _("ui.form.date_law_day_applies"),
                key=f"{key}-case_date",
            )
            _pick("body_type", BODIES, key)
            st.text_area(_("ui.form.recipients_one_line"), key=f"{key}-recipients", height=126)
        with st.expander(_("ui.form.outsourcing_servers_numbers_my")):
            _more(key)
        st.form_submit_button(
            _("ui.form.save"), type="primary", on_click=guarded(partial(_save, desk, key))
        )


def _more(key: str) -> None:
    """The fields that fewer cases need."""
    from desk import FIELDS

    left, right = st.columns(2)
    with left:
        _pick("contractor.used", YES_NO, key)
        _pick("contractor.recontract", YES_NO, key)
        st.text_input(spoken(FIELDS["contractor.selection"]), key=f"{key}-contractor.selection")
        st.text_input(spoken(FIELDS["server_country"]), key=f"{key}-server_country")
        st.text_input(spoken(FIELDS["number"]), key=f"{key}-number")
    with right:
        for name in ("headcount", "staff"):
            st.number_input(spoken(FIELDS[name]), min_value=0, value=None, key=f"{key}-{name}")
        _pick("incident_last_year", YES_NO, key)
        _pick("uses_my_number", YES_NO, key)
        _pick("consent", CONSENTS, key)


def filled(case: CaseFacts) -> dict[str, Any]:
    """What the form shows of a case, by dotted name."""
    from desk import FIELDS

    shown = {name: value_of(case, name) for name in FIELDS if name != "sources"}
    texts = ("title", "number", "purpose", "legal_ground", "retention", "server_country")
    shown |= {name: shown[name] or "" for name in (*texts, "contractor.selection")}
    shown["recipients"] = "\n".join(case.recipients)
    shown["case_date"] = case.case_date.isoformat() if case.case_date else ""
    return shown


def _pick(name: str, choices: Any, key: str) -> None:
    from desk import FIELDS

    options = list(choices)
    st.selectbox(
        spoken(FIELDS[name]), options, index=None,
        format_func=lambda choice: spoken(choices[choice]), placeholder=_("ui.form.known_yet"),
        key=f"{key}-{name}",
    )  # fmt: skip


def _save(desk: "Session", key: str) -> None:
    """Take the form over; what was left open stays unknown."""
    said = {
        name.removeprefix(f"{key}-"): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(f"{key}-")
    }
    desk.set_case(from_form(desk.case, said))
    tell(_("ui.form.case_updated_there_findings", n=len(desk.findings)))


def from_form(case: CaseFacts, said: dict[str, Any]) -> CaseFacts:
    """The case a filled form describes; fields that the form lacks stay as they were.

    >>> made = from_form(CaseFacts(sources=("要綱",)), {"title": " 名簿 ", "contractor.used": True})
    >>> made.title, made.contractor.used, made.sources
    ('名簿', True, ('要綱',))
    """
    kept = {name: v.strip() or None if isinstance(v, str) else v for name, v in said.items()}
    if written := kept.get("case_date"):
        kept["case_date"] = _day(str(written))
    if "recipients" in kept:
        lines = str(kept["recipients"] or "").splitlines()
        kept["recipients"] = tuple(line.strip() for line in lines if line.strip())
    contractor = {
        name.partition(".")[2]: kept.pop(name)
        for name in list(kept)
        if name.startswith("contractor.")
    }
    return case.model_copy(
        update={
            **kept,
            "contractor": Contractor(**{**case.contractor.model_dump(), **contractor}),
        }
    )


def _day(written: str) -> date:
    if found := read_date(written):
        return found.date
    raise UsageError.of("ui.form.bad-case-date")


def _file(desk: "Session") -> None:
    with st.container(key="case-file"):
        paragraph(
            _("ui.form.case_can_also_come"),
            "mk-small",
        )
        sent = st.chat_input(
            _("ui.form.yaml_file_case"),
            accept_file=True,
            file_type=["yaml", "yml"],
            key="case-yaml",
        )
    if sent and sent.files:
        from desk import read_case

        try:
            desk.set_case(read_case(sent.files[0].name, sent.files[0].getvalue()))
        except Exception as error:
            tell(spoken(describe(error)))
        else:
            tell(_("ui.form.case_updated_there_findings", n=len(desk.findings)))
        st.rerun()
