"""The form that corrects how a file was read."""

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import LAYOUTS, Source
from ui import actions
from ui.boundary import guarded
from ui.language import _, say
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
            _choice(_("種類"), ("data", "schema"), options.kind, kind_name, f"{key}-kind")
            if seen.encodings:
                _choice(
                    _("文字コード"),
                    seen.encodings,
                    options.encoding,
                    encoding_name,
                    f"{key}-encoding",
                )
            if seen.delimiters:
                _choice(
                    _("区切り"), seen.delimiters, options.delimiter, delimiter_name,
                    f"{key}-delimiter",
                )  # fmt: skip
                _choice(_("引用符"), QUOTES, options.quote, quote_name, f"{key}-quote")
            if now := _form(source):
                _choice(_("定義書の形"), FORMS, now, layout_name, f"{key}-layout")
            if sheets := (seen.sheets or source.sheets):
                _choice(_("シート"), sheets, options.sheet, str, f"{key}-sheet")
        with right:
            if seen.rows and source.kind != "schema":
                _number(_("見出しの上で飛ばす行数"), options.skip_rows, f"{key}-skip_rows", 100)
                _number(_("見出しの行数"), options.header_rows, f"{key}-header_rows", 10)
        st.form_submit_button(
            _("この読み方で読み直す"), on_click=guarded(partial(_again, source, options, key))
        )


def _choice(label: str, choices: Any, now: str | None, name: Any, key: str) -> None:
    options = list(dict.fromkeys((*choices, now))) if now is not None else list(choices)
    st.selectbox(
        label, options, index=options.index(now) if now is not None else None,
        format_func=name, placeholder=_("自動で判断"), key=key,
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
    return {"data": _("実データ"), "schema": _("定義書")}.get(kind or "", "")


def layout_name(layout: str | None) -> str:
    """What a way to lay out a schema is called."""
    return say(LAYOUTS[FORMS[layout][0]]) if layout else ""


def encoding_name(encoding: str | None) -> str:
    """What an encoding is called."""
    names = {
        "utf-8": "UTF-8",
        "utf-8-sig": _("UTF-8（BOM付き）"),
        "cp932": _("シフトJIS（CP932）"),
        "euc_jp": "EUC-JP",
        "iso2022_jp": "ISO-2022-JP",
        "utf-16-le": "UTF-16LE",
        "utf-16-be": "UTF-16BE",
        "utf-32-le": "UTF-32LE",
        "utf-32-be": "UTF-32BE",
        "utf-8+cp932": _("UTF-8 とシフトJIS（行ごと）"),
    }
    return names.get(encoding or "", encoding or "")


def delimiter_name(delimiter: str | None) -> str:
    """What a delimiter is called."""
    names = {
        ",": _("コンマ"),
        "\t": _("タブ"),
        ";": _("セミコロン"),
        "|": _("縦線"),
        " ": _("空白"),
    }
    return names.get(delimiter or "", delimiter or "")


def quote_name(quote: str | None) -> str:
    """What a quoting character is called."""
    if quote is None:
        return ""
    return {'"': _('二重引用符（"）'), "'": _("一重引用符（'）"), "": _("なし")}.get(quote, quote)
