"""審査: the evidence on the left, the conversation on the right."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Review, Role, Severity, Source
from ui import actions, waiting
from ui.actions import close_case
from ui.boundary import button
from ui.kit import (
    figure,
    figures,
    follow_scroll,
    items,
    notice,
    paragraph,
    plain,
    tag,
    text,
    wording,
)
from ui.language import _, spoken
from ui.review import talk
from ui.state import Lesson, Part, go_to, part_names, screen, tabs_key

if TYPE_CHECKING:
    from desk import Session


def _evidence(desk: "Session") -> None:
    """An open review: its head, the lesson if there is one, and the part that is open."""
    from ui.review import case_form, column_list, files_read, findings, subject, unusual
    from ui.safe_version import downloads, plans, protect_table

    review = desk.review
    _files(review)
    subject.draw(desk)
    figures(_cards(review))
    if taught := screen().lesson:
        _lesson(taught)
    draws: dict[Part, Callable[[], None]] = {
        Part.SUMMARY: partial(findings.draw_summary, review, desk.further_risks, desk.stated),
        Part.READING: partial(files_read.draw, desk),
        Part.COLUMNS: partial(column_list.draw, review),
        Part.UNUSUAL: partial(unusual.draw, desk),
        Part.SCHEMA: partial(findings.draw_disagreements, review),
        Part.PLAN: partial(plans.draw, desk),
        Part.TABLES: partial(protect_table.draw, desk),
        Part.CASE: partial(case_form.draw, desk),
        Part.FINDINGS: partial(findings.draw, review),
        Part.PAPERS: partial(downloads.draw_papers, desk),
    }
    tabs = st.tabs(list(part_names().values()), key=tabs_key(), on_change="rerun")
    for part, tab in zip(part_names(), tabs, strict=True):
        if tab.open:
            with tab:
                draws[part]()


def _files(review: Review) -> None:
    """The files."""
    files, close = st.columns([4, 1], vertical_alignment="center")
    with files:
        st.html(items((_file(s, review) for s in review.inputs), "mk-files"))
    with close:
        button(
            _("ui.title.close_review"),
            "close-case",
            close_case,
            help=_("ui.title.forgets_files_conversation_returns"),
            wrap=True,
        )


def _file(source: Source, review: Review) -> str:
    kind = _("ui.correction.schema") if source.kind == "schema" else _("ui.correction.data")
    size = ""
    if source.rows is not None and source.kind != "schema":
        size = _("ui.title.rows_columns", rows=f"{source.rows:,}", columns=len(review.columns))
    parts = [tag("b", text(source.name)), text(kind)]
    parts += [text(size)] if size else []
    mark = text(_("ui.title.fingerprint_sha")) + " " + tag("code", text(source.sha256[:12]))
    parts.append(tag("span", mark, "mk-hash"))
    return "　".join(parts)


def _cards(review: Review) -> list[str]:
    """The key figures, gravest first, as HTML."""
    roles = Counter(column.role for column in review.columns)
    careful = sum(count for role, count in roles.items() if role is not Role.OTHER)
    grave = Counter(finding.severity for finding in review.findings)
    made = [
        figure(
            _("ui.findings.findings"),
            _("ui.title.high", n=grave[Severity.HIGH]),
            _("ui.title.medium", n=grave[Severity.MEDIUM]),
            "bad" if grave[Severity.HIGH] else "lead",
        ),
        figure(
            _("ui.title.columns_watch"),
            _("ui.title.of", careful=careful, all=len(review.columns)),
            _(
                "ui.title.legend_of_roles",
                direct=roles[Role.DIRECT_IDENTIFIER],
                quasi=roles[Role.QUASI_IDENTIFIER],
                sensitive=roles[Role.SENSITIVE],
            ),
            "lead",
        ),
    ]
    if risk := review.risk:
        made += [
            figure(
                _("ui.title.people_alone_their_combination"),
                _("ui.charts.n_people", n=f"{risk.uniques:,}"),
                _("ui.title.rows", rows=f"{risk.rows:,}"),
                "bad" if risk.uniques else "good",
            ),
            figure(
                _("ui.title.smallest_group"),
                _("ui.title.k_value", k=f"{risk.k:,}"),
                _("ui.title.guide_more", threshold=risk.threshold),
                "bad" if risk.k < risk.threshold else "good",
            ),
        ]
    return made


def _first_screen() -> None:
    """Before the first upload: what the desk does, and how to begin."""
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
    paragraph(_("ui.first_screen.files_held_memory_screen"), "mk-small")


def _steps() -> list[tuple[str, str]]:
    return [
        (_("ui.first_screen.attach_files"), _("ui.first_screen.press_at_left_conversation")),
        (_("ui.first_screen.read_key_points"), _("ui.first_screen.columns_findings_listed_most")),
        (_("ui.first_screen.ask_choose_plan"), _("ui.first_screen.ask_everyday_words_who")),
    ]


def _lesson(lesson: Lesson) -> None:
    """The step at hand, the way on, and after the last step the questions."""
    steps = lesson.case.steps
    with st.container(border=True, key="lesson"):
        at_end = lesson.step >= len(steps)
        if at_end:
            paragraph(_("ui.lesson.last_step_try_questions"))
            _quiz(lesson)
        else:
            from desk import TOOLS

            step = steps[lesson.step]
            count = _(
                "ui.lesson.training_case_step",
                title=spoken(lesson.case.title),
                n=lesson.step + 1,
                all=len(steps),
            )
            st.html(
                tag("p", text(f"{count}　{spoken(TOOLS[step.tool].label)}"), "mk-small")
                + tag("p", tag("b", text(spoken(step.title))), "mk-text")
                + tag("p", text(spoken(step.text)), "mk-text")
            )
        with st.container(horizontal=True):
            if not at_end:
                done = lesson.step in lesson.done
                button(
                    _("ui.lesson.do_step"),
                    f"lesson-do-{lesson.step}",
                    _do,
                    lesson,
                    type="secondary" if done else "primary",
                )
                button(
                    _("ui.lesson.next"),
                    f"lesson-next-{lesson.step}",
                    _move,
                    lesson,
                    1,
                    type="primary" if done else "secondary",
                )
            if lesson.step:
                button(_("ui.lesson.back"), f"lesson-back-{lesson.step}", _move, lesson, -1)


def _do(lesson: Lesson) -> None:
    from desk import TOOLS

    step = lesson.case.steps[lesson.step]
    lesson.done.add(lesson.step)
    go_to(Part(TOOLS[step.tool].part or Part.SUMMARY))
    actions.act(spoken(step.title), partial(step.run, actions.desk()))


def _move(lesson: Lesson, by: int) -> None:
    lesson.step += by


def _quiz(lesson: Lesson) -> None:
    from law import card

    for number, question in enumerate(lesson.case.quiz, 1):
        choices = [plain(spoken(choice)) for choice in question.choices]
        picked = st.radio(
            plain(f"{number}. {spoken(question.question)}"),
            choices,
            index=None,
            key=f"quiz-{screen().files}-{number}",
        )
        if picked is None:
            continue
        if choices.index(picked) + 1 == question.answer:
            notice(_("ui.lesson.correct"), "success")
        else:
            notice(_("ui.lesson.think_again_ground_below"), "warning")
        if question.card:
            st.html(wording(card(question.card)))


waiting.settle()
st.html(tag("a", text(_("ui.review.conversation")), "mk-totalk", href="#talk"))
left, right = st.columns([17, 10], gap="medium")
with right:
    talk.draw()
with left:
    if (desk := screen().desk) and screen().is_open:
        _evidence(desk)
    else:
        _first_screen()
follow_scroll()
