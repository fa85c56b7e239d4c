"""What was understood of each file: told, shown, and corrected by hand."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import LintNote, Source
from ui import actions
from ui.files import correction, declared
from ui.kit.html import items, notice, paragraph, plain, table, tag, text
from ui.language import _, first_rows, spoken
from ui.running.boundary import guarded
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session, Understood
    from intake import Preview, ReadOptions

ROWS = 8
"""First rows shown of a file."""
LISTED = 50
"""Breaches of form listed."""


def draw(desk: "Session") -> None:
    """The files, one at a time, each with what was understood of it."""
    st.header(_("ui.reading.reading"), anchor=False)
    paragraph(_("ui.reading.how_each_file_read"))
    _datasets(desk)
    if chosen := _chosen(desk.understood):
        _file(desk, chosen)


def _datasets(desk: "Session") -> None:
    """Which of several datasets is under review, and what they give away together."""
    if len(desk.datasets) < 2:
        return
    st.subheader(_("ui.reading.several_datasets"), anchor=False)
    paragraph(
        _("ui.reading.under_review_now", name=desk.datasets[0]),
    )
    for number, name in enumerate(desk.datasets[1:]):
        st.button(
            plain(_("ui.actions.review_instead", name=name)),
            key=f"turn-to-{number}",
            on_click=guarded(partial(actions.turn_to, name)),
        )
    found = [spoken(link.message) for link in desk.review.links]
    for message in found:
        notice(message, "warning")
    if not found:
        paragraph(_("ui.reading.no_columns_were_found"))


def _chosen(files: Sequence["Understood"]) -> "Understood | None":
    if len(files) < 2:
        return next(iter(files), None)
    number = st.pills(
        _("ui.reading.choose_file"),
        range(len(files)),
        default=0,
        format_func=lambda number: plain(_name(files, number)),
        key=f"reading-{screen().files}",
    )
    return None if number is None else files[number]


def _name(files: Sequence["Understood"], number: int) -> str:
    """A file's name, with its kind where it holds both."""
    source = files[number].source
    if sum(file.source.name == source.name for file in files) < 2:
        return source.name
    return _("ui.reading.name_and_kind", name=source.name, kind=correction.kind_name(source.kind))


def _file(desk: "Session", chosen: "Understood") -> None:
    """What was read and decided, what a schema says, the first rows, and the way to correct it."""
    source = chosen.source
    st.subheader(plain(source.name), anchor=False)
    pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts(source))
    st.html(tag("dl", pairs, "mk-pairs"))
    if source.notes:
        paragraph(_("ui.reading.what_decided_while_reading"), "mk-small")
        st.html(items(text(spoken(note)) for note in source.notes))
    declared.draw(chosen.schemas)
    if source.kind != "schema":
        _lint(chosen.lint)
    if source.name in desk.uploads:
        _correct(desk, source)


def _correct(desk: "Session", source: Source) -> None:
    from intake import ReadOptions

    st.subheader(_("ui.reading.check_how_read"), anchor=False)
    options = ReadOptions.of(source)
    seen = _look(desk, source, options)
    if seen.rows:
        paragraph(_("ui.reading.first_rows_they_file"), "mk-small")
        width = max(len(row) for row in seen.rows)
        heads = [_("ui.reading.row"), *(_("ui.reading.column", n=n) for n in range(1, width + 1))]
        rows = [(str(n), *row) for n, row in enumerate(seen.rows, 1)]
        st.html(table(_("ui.reading.first_rows"), heads, rows))
    correction.draw(source, options, seen)


def facts(source: Source) -> list[tuple[str, str]]:
    """What was understood, as pairs of a label and a value; unknown ones left out."""
    rows = "" if source.rows is None else f"{source.rows:,}"
    skipped = "" if source.skip_rows is None else str(source.skip_rows)
    header = "" if source.header_rows is None else str(source.header_rows)
    found = [
        (_("ui.correction.kind"), correction.kind_name(source.kind)),
        (_("ui.reading.rows"), rows),
        (_("ui.correction.encoding"), correction.encoding_name(source.encoding)),
        (_("ui.correction.delimiter"), correction.delimiter_name(source.delimiter)),
        (_("ui.correction.quote"), correction.quote_name(source.quote)),
        (_("ui.correction.sheet"), source.sheet or ""),
        (_("ui.correction.header_rows"), header),
        (_("ui.reading.rows_passed_over_above"), skipped),
    ]
    return [(label, value) for label, value in found if value]


def _look(desk: "Session", source: Source, options: "ReadOptions") -> "Preview":
    from intake import preview

    held = screen().place.previews
    key = (source.name, options)
    if key not in held:
        with st.spinner(_("ui.reading.opening_file")):
            held[key] = preview(desk.uploads[source.name], options, ROWS)
    return held[key]


def _lint(notes: Sequence["LintNote"]) -> None:
    st.subheader(_("ui.reading.table_machine_readable"), anchor=False)
    if not notes:
        paragraph(_("ui.reading.nothing_about_form_table"))
        return
    paragraph(_("ui.reading.checked_against_rules_machine", n=len(notes)))
    heads = [_("ui.reading.row"), _("ui.reading.columns"), _("ui.reading.what_different")]
    st.html(
        table(
            _("ui.reading.form_table"),
            heads,
            [(rows_of(note), note.column or "—", spoken(note.message)) for note in notes[:LISTED]],
        )
    )


def rows_of(note: LintNote) -> str:
    """The rows a breach is on, the first few by number."""
    if note.rows:
        return first_rows(note.rows, note.count)
    return first_rows((note.row,) if note.row else ())
