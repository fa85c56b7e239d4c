"""The case itself: a short form, what is still missing, and the questions of the rules: those that
matter first, a few at a time; the others when wanted."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from core import BodyType, CaseFacts, Contractor, Severity, UsageError, say
from desk import FIELDS, Session, Stated, read_case
from language import read_date
from law import citation
from ui import actions
from ui.boundary import button, describe, guarded
from ui.kit import chips, notice, paragraph, plain
from ui.language import _, spoken
from ui.state import screen, tell
from ui.waiting import bar

if TYPE_CHECKING:
    from rules import Question


def draw(desk: Session) -> None:
    """The form, the file, what is missing, and the questions."""
    st.header(_("ui.form.case"), anchor=False)
    paragraph(_("ui.form.tell_us_what_no"))
    missing, all_fields = unknown(desk.case), len(FIELDS)
    if missing:
        paragraph(_("ui.form.fields_empty_fill_only", all=all_fields, n=len(missing)), "mk-small")
    else:
        notice(_("ui.form.every_field_case_filled"), "success")
    _stated(desk)
    _form(desk)
    _file(desk)
    _questions(desk)


def _stated(desk: Session) -> None:
    """What the register states, to be taken over with one click."""
    for offer in desk.stated:
        name = spoken(FIELDS[offer.name])
        value = offer.value if isinstance(offer.value, str) else "\n".join(offer.value)
        with st.container(border=True, key=f"stated-{offer.name}"):
            paragraph(_("ui.form.stated_case_does_say", source=offer.source, name=name), "mk-small")
            paragraph(value)
            button(_("ui.form.use_case_2", name=name), f"take-{offer.name}", _take, desk, offer)


def _take(desk: Session, offer: Stated) -> None:
    asked = _("ui.form.use_case", source=offer.source, name=spoken(FIELDS[offer.name]))
    value = offer.value if isinstance(offer.value, str) else list(offer.value)
    actions.act(asked, partial(desk.set_case_fact, offer.name, value))


def unknown(case: CaseFacts) -> list[str]:
    """What the case does not say, in words."""
    return [spoken(label) for name, label in FIELDS.items() if value_of(case, name) in (None, ())]


def value_of(case: CaseFacts, name: str) -> Any:
    """A field by its dotted name."""
    value: Any = case
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _form(desk: Session) -> None:
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
            st.text_input(_("ui.form.date_law_day_applies"), key=f"{key}-case_date")
            _pick("body_type", get_args(BodyType), lambda body: _(f"ui.body.{body}"), key)
            st.text_area(_("ui.form.recipients_one_line"), key=f"{key}-recipients", height=126)
        with st.expander(_("ui.form.outsourcing_servers_numbers_my")):
            _more(key)
        st.form_submit_button(
            _("ui.form.save"), type="primary", on_click=guarded(partial(_save, desk, key))
        )


def _more(key: str) -> None:
    """The fields that fewer cases need."""
    left, right = st.columns(2)
    with left:
        _pick_yes_or_no("contractor.used", key)
        _pick_yes_or_no("contractor.recontract", key)
        st.text_input(spoken(FIELDS["contractor.selection"]), key=f"{key}-contractor.selection")
        st.text_input(spoken(FIELDS["server_country"]), key=f"{key}-server_country")
        st.text_input(spoken(FIELDS["number"]), key=f"{key}-number")
    with right:
        for name in ("headcount", "staff"):
            st.number_input(spoken(FIELDS[name]), min_value=0, value=None, key=f"{key}-{name}")
        _pick_yes_or_no("incident_last_year", key)
        _pick_yes_or_no("uses_my_number", key)
        _pick("consent", CONSENTS, lambda consent: _(f"ui.consent.{consent}"), key)


def filled(case: CaseFacts) -> dict[str, Any]:
    """What the form shows of a case, by dotted name."""
    shown = {name: value_of(case, name) for name in FIELDS if name != "sources"}
    texts = ("title", "number", "purpose", "legal_ground", "retention", "server_country")
    shown |= {name: shown[name] or "" for name in (*texts, "contractor.selection")}
    shown["recipients"] = "\n".join(case.recipients)
    shown["case_date"] = case.case_date.isoformat() if case.case_date else ""
    return shown


def _pick(name: str, choices: Sequence[Any], called: Callable[[Any], str], key: str) -> None:
    st.selectbox(
        spoken(FIELDS[name]), choices, index=None, format_func=called,
        placeholder=_("ui.form.known_yet"), key=f"{key}-{name}",
    )  # fmt: skip


def _pick_yes_or_no(name: str, key: str) -> None:
    _pick(name, (True, False), lambda chosen: answer_name("yes" if chosen else "no"), key)


def _save(desk: Session, key: str) -> None:
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
        update={**kept, "contractor": Contractor(**{**case.contractor.model_dump(), **contractor})}
    )


def _day(written: str) -> date:
    if found := read_date(written):
        return found.date
    raise UsageError.of("ui.form.bad-case-date")


def _file(desk: Session) -> None:
    with st.container(key="case-file"):
        paragraph(_("ui.form.case_can_also_come"), "mk-small")
        sent = st.chat_input(
            _("ui.form.yaml_file_case"),
            accept_file=True,
            file_type=["yaml", "yml"],
            key="case-yaml",
        )
    if sent and sent.files:
        try:
            desk.set_case(read_case(sent.files[0].name, sent.files[0].getvalue()))
        except Exception as error:
            tell(spoken(describe(error)))
        else:
            tell(_("ui.form.case_updated_there_findings", n=len(desk.findings)))
        st.rerun()


AT_ONCE = 3
"""Questions asked at a time."""
CONSENTS = ("opt_in", "opt_out", "none")


def _questions(desk: Session) -> None:
    """The next questions that matter, the finer ones behind a switch, and what was answered."""
    st.subheader(_("ui.questions.what_we_would_like"), anchor=False)
    answers = desk.answers
    undecided = desk.undecided
    grave = [u.question for u in undecided if u.severity is Severity.HIGH]
    finer = [u.question for u in undecided if u.severity is not Severity.HIGH]
    _grave(desk, grave, len(answers))
    wanted = _("ui.questions.check_finer_points_too", n=len(finer))
    if finer and st.toggle(wanted, key=f"finer-{screen().files}"):
        _finer(desk, finer)
    if answers:
        with st.expander(_("ui.questions.answered", n=len(answers)), type="compact"):
            for question in desk.pack.questions:
                if question.topic in answers:
                    _ask(desk, question, answers[question.topic])


def _grave(desk: Session, questions: "Sequence[Question]", answered: int) -> None:
    """Questions on whose answers a grave finding hangs."""
    if not questions:
        notice(_("ui.questions.no_question_left_whose"), "success")
        return
    paragraph(_("ui.questions.only_questions_whose_answer"), "mk-small")
    total = answered + len(questions)
    done = _("ui.questions.answered_left", done=answered, left=len(questions))
    st.html(bar(done, answered / total))
    later = screen().place.skipped
    waiting = [q for q in questions if q.topic in later]
    for question in [q for q in questions if q.topic not in later][:AT_ONCE]:
        _card(desk, question, skip=True)
    if waiting:
        button(
            _("ui.questions.back_questions_put_off", n=len(waiting)), "questions-again", later.clear
        )


def _finer(desk: Session, questions: "Sequence[Question]") -> None:
    groups = {g.id: g for g in desk.pack.groups if any(q.group == g.id for q in questions)}
    counts = {id: sum(q.group == id for q in questions) for id in groups}
    chosen = st.pills(
        _("ui.questions.choose_group"),
        list(groups),
        default=next(iter(groups)),
        format_func=lambda g: f"{spoken(groups[g].title)} {counts[g]}",
        key=f"questions-{screen().files}",
    )
    for question in [q for q in questions if q.group == chosen][:AT_ONCE]:
        _card(desk, question)


def _card(desk: Session, question: "Question", *, skip: bool = False) -> None:
    """A question in a frame, with its grounds."""

    with st.container(border=True, key=f"question-{question.topic}"):
        _ask(desk, question)
        grounds, later = st.columns([6, 1], vertical_alignment="center")
        with grounds:
            chips([citation(card) for card in question.cards], f"q-{question.topic}", 2)
        if skip:
            with later:
                button(
                    _("ui.questions.later"),
                    f"skip-{question.topic}",
                    screen().place.skipped.append,
                    question.topic,
                )


def answer_name(choice: str) -> str:
    """What an answer is called; a pack of one's own may bring answers of its own."""
    try:
        return _(f"ui.answer.{choice}")
    except KeyError:
        return plain(choice)


def _ask(desk: Session, question: "Question", now: str | None = None) -> None:
    key = f"answer-{screen().files}-{question.topic}-{now}"
    choices = list(question.choices)
    st.radio(
        plain(spoken(question.ask)),
        choices,
        index=choices.index(now) if now in choices else None,
        format_func=answer_name,
        horizontal=True,
        key=key,
        on_change=guarded(partial(_answer, desk, question, key)),
    )


def _answer(desk: Session, question: "Question", key: str) -> None:
    said = st.session_state[key]
    if said is not None:
        ask = question.ask
        done = say("ui.questions.answer", ask=ask)
        desk.put_answer(question.topic, said, done)
