"""What was understood of each file: told, shown, and corrected by hand."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import LintNote, Source
from ui import actions
from ui.boundary import guarded
from ui.html import items, notice, paragraph, plain, table, tag, text
from ui.language import _, first_rows, say
from ui.review import correction, declared
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
    st.header(_("読み取り"), anchor=False)
    paragraph(_("ファイルをどう読み取ったかです。違っていれば、直して読み直せます。"))
    _datasets(desk)
    if chosen := _chosen(desk.understood):
        _file(desk, chosen)


def _datasets(desk: "Session") -> None:
    """Which of several datasets is under review, and what they give away together."""
    if len(desk.datasets) < 2:
        return
    st.subheader(_("データが複数あるとき"), anchor=False)
    paragraph(
        _("いま審査しているのは「{name}」です。").format(name=desk.datasets[0]),
    )
    for number, name in enumerate(desk.datasets[1:]):
        st.button(
            plain(_("「{name}」の審査に切り替える").format(name=name)),
            key=f"turn-to-{number}",
            on_click=guarded(partial(actions.turn_to, name)),
        )
    found = [say(link.message) for link in desk.review.links]
    for message in found:
        notice(message, "warning")
    if not found:
        paragraph(_("突き合わせると人が絞られる項目は、見つかりませんでした。"))


def _chosen(files: Sequence["Understood"]) -> "Understood | None":
    if len(files) < 2:
        return next(iter(files), None)
    number = st.pills(
        _("ファイルを選ぶ"),
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
    return _("{name}（{kind}）").format(name=source.name, kind=correction.kind_name(source.kind))


def _file(desk: "Session", chosen: "Understood") -> None:
    """What was read and decided, what a schema says, the first rows, and the way to correct it."""
    source = chosen.source
    st.subheader(plain(source.name), anchor=False)
    pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts(source))
    st.html(tag("dl", pairs, "mk-pairs"))
    if source.notes:
        paragraph(_("読み取るときに判断したこと"), "mk-small")
        st.html(items(text(say(note)) for note in source.notes))
    declared.draw(chosen.schemas)
    if source.kind != "schema":
        _lint(chosen.lint)
    if source.name in desk.uploads:
        _correct(desk, source)


def _correct(desk: "Session", source: Source) -> None:
    from intake import ReadOptions

    st.subheader(_("読み方を確かめる"), anchor=False)
    options = ReadOptions.of(source)
    seen = _look(desk, source, options)
    if seen.rows:
        paragraph(_("初めの行（ファイルにあるまま）"), "mk-small")
        width = max(len(row) for row in seen.rows)
        heads = [_("行"), *(_("{n} 列目").format(n=n) for n in range(1, width + 1))]
        rows = [(str(n), *row) for n, row in enumerate(seen.rows, 1)]
        st.html(table(_("初めの行"), heads, rows))
    correction.draw(source, options, seen)


def facts(source: Source) -> list[tuple[str, str]]:
    """What was understood, as pairs of a label and a value; unknown ones left out."""
    rows = "" if source.rows is None else f"{source.rows:,}"
    skipped = "" if source.skip_rows is None else str(source.skip_rows)
    header = "" if source.header_rows is None else str(source.header_rows)
    found = [
        (_("種類"), correction.kind_name(source.kind)),
        (_("行数"), rows),
        (_("文字コード"), correction.encoding_name(source.encoding)),
        (_("区切り"), correction.delimiter_name(source.delimiter)),
        (_("引用符"), correction.quote_name(source.quote)),
        (_("シート"), source.sheet or ""),
        (_("見出しの行数"), header),
        (_("見出しの上で飛ばした行数"), skipped),
    ]
    return [(label, value) for label, value in found if value]


def _look(desk: "Session", source: Source, options: "ReadOptions") -> "Preview":
    from intake import preview

    held = screen().place.previews
    key = (source.name, options)
    if key not in held:
        with st.spinner(_("ファイルを開いています…")):
            held[key] = preview(desk.uploads[source.name], options, ROWS)
    return held[key]


def _lint(notes: Sequence["LintNote"]) -> None:
    st.subheader(_("機械で読み取りやすい表かどうか"), anchor=False)
    if not notes:
        paragraph(_("表の形に、直したほうがよいところは見つかりませんでした。"))
        return
    paragraph(
        _("統計表などを機械で読み取れる形にする決まりに照らした点検です（{n} 件）。").format(
            n=len(notes)
        )
    )
    heads = [_("行"), _("項目"), _("内容")]
    st.html(
        table(
            _("表の形の点検"),
            heads,
            [(rows_of(note), note.column or "—", say(note.message)) for note in notes[:LISTED]],
        )
    )


def rows_of(note: LintNote) -> str:
    """The rows a breach is on, the first few by number."""
    if note.rows:
        return first_rows(note.rows, note.count)
    return first_rows((note.row,) if note.row else ())
