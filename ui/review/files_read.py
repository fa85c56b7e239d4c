"""What was understood of each file, a schema's definitions among it: told, shown, corrected."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from core import LAYOUTS, DeclaredColumn, LintNote, Schema, Source, written
from desk import Session, Understood
from intake import Preview, ReadOptions, preview
from ui import actions
from ui.boundary import button, guarded
from ui.kit import items, notice, page_of, pairs, paragraph, plain, table, text
from ui.language import _, first_rows, listed, named, spoken
from ui.state import screen

PER_PAGE = 50
VALUES = 12
"""Allowed values of an item that are shown; the others are counted."""
_FORMS = ("register", "pia")
"""Layouts that state more than items."""
_ALWAYS = ("position", "name")
"""What every item has."""
QUOTES = ('"', "'", "")
FORMS = {
    "register": ("register",),
    "pia": ("pia",),
    "codes": ("code_list",),
    "list": ("list",),
    "items": ("item_list", "database", "gif"),
}
"""How a schema may be laid out in cells, and by which names that is known."""
_CALLED = {
    "data": "ui.correction.data",
    "schema": "ui.correction.schema",
    "utf-8-sig": "ui.correction.utf_bom",
    "cp932": "ui.correction.shift_jis_cp",
    "utf-8+cp932": "ui.correction.utf_shift_jis_line",
    ",": "ui.correction.comma",
    "\t": "ui.correction.tab",
    ";": "ui.correction.semicolon",
    "|": "ui.correction.vertical_bar",
    " ": "ui.correction.space",
    '"': "ui.correction.double_quote",
    "'": "ui.correction.single_quote",
    "": "ui.correction.none",
}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "utf-32-le": "UTF-32LE",
    "utf-32-be": "UTF-32BE",
}
ROWS = 8
"""First rows shown of a file."""
LISTED = 50
"""Breaches of form listed."""


def draw(desk: Session) -> None:
    """The files, one at a time, each with what was understood of it."""
    st.header(_("ui.reading.reading"), anchor=False)
    paragraph(_("ui.reading.how_each_file_read"))
    _datasets(desk)
    if chosen := _chosen(desk.understood):
        _file(desk, chosen)


def _datasets(desk: Session) -> None:
    """Which of several datasets is under review, and what they give away together."""
    if len(desk.datasets) < 2:
        return
    st.subheader(_("ui.reading.several_datasets"), anchor=False)
    paragraph(_("ui.reading.under_review_now", name=desk.datasets[0]))
    for number, name in enumerate(desk.datasets[1:]):
        button(
            plain(_("ui.actions.review_instead", name=name)),
            f"turn-to-{number}",
            actions.turn_to,
            name,
        )
    found = [spoken(link.message) for link in desk.review.links]
    for message in found:
        notice(message, "warning")
    if not found:
        paragraph(_("ui.reading.no_columns_were_found"))


def _chosen(files: Sequence[Understood]) -> Understood | None:
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


def _name(files: Sequence[Understood], number: int) -> str:
    """A file's name, with its kind where it holds both."""
    source = files[number].source
    if sum(file.source.name == source.name for file in files) < 2:
        return source.name
    return _("ui.reading.name_and_kind", name=source.name, kind=called(source.kind))


def _file(desk: Session, chosen: Understood) -> None:
    """What was read and decided, what a schema says, the first rows, and the way to correct it."""
    source = chosen.source
    st.subheader(plain(source.name), anchor=False)
    st.html(pairs(facts(source)))
    if source.notes:
        paragraph(_("ui.reading.what_decided_while_reading"), "mk-small")
        st.html(items(text(spoken(note)) for note in source.notes))
    _definitions(chosen.schemas)
    if source.kind != "schema":
        _lint(chosen.lint)
    if source.name in desk.uploads:
        _correct(desk, source)


def _correct(desk: Session, source: Source) -> None:
    st.subheader(_("ui.reading.check_how_read"), anchor=False)
    options = ReadOptions.of(source)
    seen = _look(desk, source, options)
    if seen.rows:
        paragraph(_("ui.reading.first_rows_they_file"), "mk-small")
        width = max(len(row) for row in seen.rows)
        heads = [_("ui.reading.row"), *(_("ui.reading.column", n=n) for n in range(1, width + 1))]
        rows = [(str(n), *row) for n, row in enumerate(seen.rows, 1)]
        st.html(table(_("ui.reading.first_rows"), heads, rows))
    _correction(source, options, seen)


def facts(source: Source) -> list[tuple[str, str]]:
    """What was understood, as pairs of a label and a value; unknown ones left out."""
    rows = "" if source.rows is None else f"{source.rows:,}"
    skipped = "" if source.skip_rows is None else str(source.skip_rows)
    header = "" if source.header_rows is None else str(source.header_rows)
    found = [
        (_("ui.correction.kind"), called(source.kind)),
        (_("ui.reading.rows"), rows),
        (_("ui.correction.encoding"), called(source.encoding)),
        (_("ui.correction.delimiter"), called(source.delimiter)),
        (_("ui.correction.quote"), called(source.quote)),
        (_("ui.correction.sheet"), source.sheet or ""),
        (_("ui.correction.header_rows"), header),
        (_("ui.reading.rows_passed_over_above"), skipped),
    ]
    return [(label, value) for label, value in found if value]


def _look(desk: Session, source: Source, options: ReadOptions) -> Preview:
    held = screen().place.previews
    key = (source.name, options)
    if key not in held:
        with st.spinner(_("ui.reading.opening_file")):
            held[key] = preview(desk.uploads[source.name], options, ROWS)
    return held[key]


def _lint(notes: Sequence[LintNote]) -> None:
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


def _definitions(schemas: Iterable[Schema]) -> None:
    """Each definition of a file, for the reader to confirm."""
    for number, schema in enumerate(schemas):
        st.subheader(plain(_("ui.declared.definition", name=schema.name)), anchor=False)
        st.html(pairs(stated(schema)))
        _items(schema, f"declared-{screen().files}-{number}")


def stated(schema: Schema) -> list[tuple[str, str]]:
    """What is stated beside the items, as pairs of a label and a text."""
    layout = LAYOUTS.get(schema.layout)
    found = [
        (_("ui.correction.layout"), spoken(layout) if layout else schema.layout),
        (_("ui.declared.number_columns"), f"{len(schema.columns):,}"),
    ]
    if schema.layout not in _FORMS:
        return [*found, (_("ui.declared.description"), schema.purpose)] if schema.purpose else found
    blank = _("ui.declared.stated")
    found += [
        (_("ui.declared.purpose"), schema.purpose or blank),
        (_("ui.declared.scope_records"), schema.record_scope or blank),
        (_("ui.declared.way_collection"), schema.collection or blank),
    ]
    if schema.layout == "register":  # the form of an assessment has no place for it
        found += [
            (_("ui.declared.special_care_information"), _included(schema.special_care)),
            (
                _("ui.declared.special_care_under_ordinance"),
                _included(schema.ordinance_special_care),
            ),
        ]
    return [*found, (_("ui.declared.regular_recipients"), "\n".join(schema.recipients) or blank)]


def _included(said: bool | None) -> str:
    if said is None:
        return _("ui.declared.stated")
    return _("ui.declared.included") if said else _("ui.declared.included_2")


def _items(schema: Schema, key: str) -> None:
    _start, shown = page_of(schema.columns, PER_PAGE, key)
    heads, rows = declared_items(shown)
    st.html(table(_("ui.declared.defined_columns"), heads, rows))
    if len(heads) == len(_ALWAYS):
        only = _("ui.declared.definition_names_columns_only")
        paragraph(only, "mk-small")


def declared_items(columns: Iterable[DeclaredColumn]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table of items; what no item states is left out."""
    kept = list(columns)
    asked: list[tuple[str, Callable[[DeclaredColumn], str]]] = [
        (_("ui.declared.no"), lambda item: f"{item.position}"),
        (_("ui.declared.column_name"), lambda item: item.name),
        (_("ui.declared.description"), lambda item: item.description),
        (_("ui.declared.type"), _type),
        (_("ui.declared.length"), _length),
        (_("ui.declared.required"), _required),
        (_("ui.declared.allowed_values"), _allowed),
        (_("ui.declared.range"), _range),
        (_("ui.declared.pattern"), lambda item: item.pattern),
        (_("ui.declared.values_stand_blank"), lambda item: named(item.missing)),
    ]
    told = [(head, [read(item) for item in kept]) for head, read in asked]
    told = [(head, cells) for head, cells in told if any(cells)]
    rows = [[cells[n] for _head, cells in told] for n in range(len(kept))]
    return [head for head, _cells in told], rows


def _type(item: DeclaredColumn) -> str:
    if item.type_text and item.format:
        return _("ui.declared.type_and_format", type=item.type_text, format=item.format)
    return item.type_text or item.format


def _length(item: DeclaredColumn) -> str:
    if item.shortest and item.shortest != item.length:
        return _("ui.declared.from_to", a=item.shortest, b=item.length or "")
    return str(item.length or "")


def _required(item: DeclaredColumn) -> str:
    must = [_("ui.declared.required")] if item.required or not item.blank_allowed else []
    return listed([*must, *([_("ui.declared.no_repeats")] if item.unique else [])])


def _allowed(item: DeclaredColumn) -> str:
    labels = item.labels or ("",) * len(item.allowed)
    shown = [
        _("ui.declared.value_and_label", value=value, label=label) if label else value
        for value, label in zip(item.allowed[:VALUES], labels, strict=False)
    ]
    more = len(item.allowed) - VALUES
    said = listed(shown)
    return _("ui.declared.more", values=said, n=more) if more > 0 else said


def _range(item: DeclaredColumn) -> str:
    low, high = item.minimum, item.maximum
    if low is None and high is None:
        return ""
    ends = [
        ""
        if end is None
        else _("ui.declared.excluded", end=written(end))
        if beyond
        else written(end)
        for end, beyond in ((low, item.beyond_minimum), (high, item.beyond_maximum))
    ]
    return _("ui.declared.from_to", a=ends[0], b=ends[1])


def _correction(source: Source, options: ReadOptions, seen: Preview) -> None:
    """Only the choices that make sense for the file."""
    key = f"correct-{screen().files}-{source.sha256[:12]}"
    with st.form(key, border=True):
        left, right = st.columns(2)
        with left:
            _choice(
                _("ui.correction.kind"), ("data", "schema"), options.kind, called, f"{key}-kind"
            )
            if seen.encodings:
                _choice(
                    _("ui.correction.encoding"),
                    seen.encodings,
                    options.encoding,
                    called,
                    f"{key}-encoding",
                )
            if seen.delimiters:
                _choice(
                    _("ui.correction.delimiter"),
                    seen.delimiters,
                    options.delimiter,
                    called,
                    f"{key}-delimiter",
                )
                _choice(_("ui.correction.quote"), QUOTES, options.quote, called, f"{key}-quote")
            if now := _layout(source):
                _choice(_("ui.correction.layout"), FORMS, now, layout_name, f"{key}-layout")
            if sheets := (seen.sheets or source.sheets):
                _choice(_("ui.correction.sheet"), sheets, options.sheet, str, f"{key}-sheet")
        with right:
            if seen.rows and source.kind != "schema":
                _number(
                    _("ui.correction.rows_pass_over_above"),
                    options.skip_rows,
                    f"{key}-skip_rows",
                    100,
                )
                _number(
                    _("ui.correction.header_rows"), options.header_rows, f"{key}-header_rows", 10
                )
        st.form_submit_button(
            _("ui.correction.read_again_way"),
            on_click=guarded(partial(_again, source, options, key)),
        )


def _choice(label: str, choices: Any, now: str | None, name: Any, key: str) -> None:
    options = list(dict.fromkeys((*choices, now))) if now is not None else list(choices)
    st.selectbox(
        label, options, index=options.index(now) if now is not None else None,
        format_func=name, placeholder=_("ui.correction.decided_automatically"), key=key,
    )  # fmt: skip


def _number(label: str, now: int | None, key: str, most: int) -> None:
    st.number_input(label, min_value=0, max_value=most, value=now or 0, key=key)


def _again(source: Source, options: ReadOptions, key: str) -> None:
    given = {
        field: st.session_state[f"{key}-{field}"]
        for field in type(options).model_fields
        if f"{key}-{field}" in st.session_state
    }
    if given.get("layout") == _layout(source):
        given.pop("layout", None)  # a guess that was right is made anew
    actions.read_again(source.name, options.corrected(given))


def _layout(source: Source) -> str | None:
    """How a schema in cells was taken to be laid out; None for any other file."""
    return next((form for form, names in FORMS.items() if source.layout in names), None)


def layout_name(layout: str | None) -> str:
    """What a way to lay out a schema is called."""
    return spoken(LAYOUTS[FORMS[layout][0]]) if layout else ""


def called(value: str | None) -> str:
    """What a kind of file, an encoding, a delimiter or a quoting character is called."""
    if value in _CALLED:
        return _(_CALLED[value])
    return _ENCODINGS.get(value or "", value or "")
