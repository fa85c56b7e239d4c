"""The form that corrects how a file was read."""

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import LAYOUTS, Source
from ui import actions
from ui.language import _, spoken
from ui.running.boundary import guarded
from ui.state import screen

if TYPE_CHECKING:
    from intake import Preview, ReadOptions

QUOTES = ('"', "'", "")
FORMS = {
    "register": ("register",),
    "pia": ("pia",),
    "codes": ("code_list",),
    "list": ("list",),
    "items": ("item_list", "database", "gif"),
}
"""How a schema may be laid out in cells, and by which names that is known."""


def draw(source: Source, options: "ReadOptions", seen: "Preview") -> None:
    """Only the choices that make sense for the file."""
    key = f"correct-{screen().files}-{source.sha256[:12]}"
    with st.form(key, border=True):
        left, right = st.columns(2)
        with left:
            _choice(
                _("ui.correction.kind"), ("data", "schema"), options.kind, kind_name, f"{key}-kind"
            )
            if seen.encodings:
                _choice(
                    _("ui.correction.encoding"),
                    seen.encodings,
                    options.encoding,
                    encoding_name,
                    f"{key}-encoding",
                )
            if seen.delimiters:
                _choice(
                    _("ui.correction.delimiter"),
                    seen.delimiters,
                    options.delimiter,
                    delimiter_name,
                    f"{key}-delimiter",
                )
                _choice(_("ui.correction.quote"), QUOTES, options.quote, quote_name, f"{key}-quote")
            if now := _form(source):
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


def _again(source: Source, options: "ReadOptions", key: str) -> None:
    given = {
        field: st.session_state[f"{key}-{field}"]
        for field in type(options).model_fields
        if f"{key}-{field}" in st.session_state
    }
    if given.get("layout") == _form(source):
        given.pop("layout", None)  # a guess that was right is made anew
    actions.read_again(source.name, options.corrected(given))


def _form(source: Source) -> str | None:
    """How a schema in cells was taken to be laid out; None for any other file."""
    return next((form for form, names in FORMS.items() if source.layout in names), None)


def kind_name(kind: str | None) -> str:
    """What a kind of file is called."""
    return {"data": _("ui.correction.data"), "schema": _("ui.correction.schema")}.get(
        kind or "", ""
    )


def layout_name(layout: str | None) -> str:
    """What a way to lay out a schema is called."""
    return spoken(LAYOUTS[FORMS[layout][0]]) if layout else ""


def encoding_name(encoding: str | None) -> str:
    """What an encoding is called."""
    names = {
        "utf-8": "UTF-8",
        "utf-8-sig": _("ui.correction.utf_bom"),
        "cp932": _("ui.correction.shift_jis_cp"),
        "euc_jp": "EUC-JP",
        "iso2022_jp": "ISO-2022-JP",
        "utf-16-le": "UTF-16LE",
        "utf-16-be": "UTF-16BE",
        "utf-32-le": "UTF-32LE",
        "utf-32-be": "UTF-32BE",
        "utf-8+cp932": _("ui.correction.utf_shift_jis_line"),
    }
    return names.get(encoding or "", encoding or "")


def delimiter_name(delimiter: str | None) -> str:
    """What a delimiter is called."""
    names = {
        ",": _("ui.correction.comma"),
        "\t": _("ui.correction.tab"),
        ";": _("ui.correction.semicolon"),
        "|": _("ui.correction.vertical_bar"),
        " ": _("ui.correction.space"),
    }
    return names.get(delimiter or "", delimiter or "")


def quote_name(quote: str | None) -> str:
    """What a quoting character is called."""
    if quote is None:
        return ""
    return {
        '"': _("ui.correction.double_quote"),
        "'": _("ui.correction.single_quote"),
        "": _("ui.correction.none"),
    }.get(quote, quote)
