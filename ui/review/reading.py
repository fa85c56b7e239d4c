"""What was understood of each file: told, shown, and corrected by hand."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import LintNote, Review, Source
from ui import actions
from ui.boundary import guarded
from ui.html import items, notice, paragraph, plain, table, tag, text
from ui.language import _, first_rows, say
from ui.review import correction
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session
    from intake import Preview, ReadOptions

ROWS = 8
"""First rows shown of a file."""
LISTED = 50
"""Breaches of form listed."""


def draw(desk: "Session") -> None:
    """The files, one at a time, and the breaches of the rules for machine-readable tables."""
    st.header(_("読み取り"), anchor=False)
    paragraph(_("ファイルをどう読み取ったかです。違っていれば、直して読み直せます。"))
    review = desk.review
    _datasets(desk)
    if source := _chosen(review):
        _file(desk, source)
    _lint(review)


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


def _chosen(review: Review) -> Source | None:
    sources = {source.name: source for source in review.inputs}
    if len(sources) < 2:
        return next(iter(sources.values()), None)
    name = st.pills(
        _("ファイルを選ぶ"),
        list(sources),
        default=next(iter(sources)),
        format_func=plain,
        key=f"reading-{screen().files}",
    )
    return sources.get(name or "")


def _file(desk: "Session", source: Source) -> None:
    from intake import ReadOptions

    st.subheader(plain(source.name), anchor=False)
    pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts(source))
    st.html(tag("dl", pairs, "mk-pairs"))
    if source.notes:
        paragraph(_("読み取るときに判断したこと"), "mk-small")
        st.html(items(text(say(note)) for note in source.notes))
    if source.name not in desk.uploads:
        return
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


def _lint(review: Review) -> None:
    st.subheader(_("機械で読み取りやすい表かどうか"), anchor=False)
    if not review.lint:
        paragraph(_("表の形に、直したほうがよいところは見つかりませんでした。"))
        return
    paragraph(
        _("統計表などを機械で読み取れる形にする決まりに照らした点検です（{n} 件）。").format(
            n=len(review.lint)
        )
    )
    heads = [_("行"), _("項目"), _("内容")]
    st.html(
        table(
            _("表の形の点検"),
            heads,
            [
                (rows_of(note), note.column or "—", say(note.message))
                for note in review.lint[:LISTED]
            ],
        )
    )


def rows_of(note: LintNote) -> str:
    """The rows a breach is on, the first few by number."""
    return first_rows(note.rows or ((note.row,) if note.row else ()))
