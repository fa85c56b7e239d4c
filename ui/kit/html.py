"""Small pieces of HTML. Whatever comes from a file is escaped here and nowhere else.

Text of a file never enters Streamlit's Markdown, which would read links, icons and
formulas into it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

import streamlit as st

Tone = Literal["error", "warning", "info", "success"]
_TONE_MARKS: dict[Tone, str] = {"error": "×", "warning": "！", "info": "ⓘ", "success": "✓"}
_MARKDOWN = set("\\`*_{}[]()<>#+-.!|~$:&@")


def text(value: str) -> str:
    """Any text as HTML that shows it unchanged, line breaks included.

    >>> text("<b>&\\n2")
    '&lt;b&gt;&amp;<br>2'
    """
    return escape(value).replace("\n", "<br>")


def plain(value: str) -> str:
    """Any text as Markdown that shows it unchanged, for labels of buttons and tabs.

    >>> plain("**A** :red[x]")
    '\\\\*\\\\*A\\\\*\\\\* \\\\:red\\\\[x\\\\]'
    """
    one_line = " ".join(value.split())
    return "".join("\\" + char if char in _MARKDOWN else char for char in one_line)


def tag(name: str, content: str, css: str = "", **attributes: str) -> str:
    """An element around content that is HTML already.

    >>> tag("span", text("要確認"), "mk-chip")
    '<span class="mk-chip">要確認</span>'
    """
    given = {"class": css, **attributes} if css else attributes
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{written}>{content}</{name}>"


def items(entries: Iterable[str], css: str = "mk-list") -> str:
    """A list of entries that are HTML already."""
    return tag("ul", "".join(tag("li", entry) for entry in entries), css)


def figure(label: str, value: str, note: str = "", tone: str = "") -> str:
    """A key figure. Wraps instead of cutting, unlike `st.metric`."""
    return tag(
        "div",
        tag("p", text(label), "mk-figure-label")
        + tag("p", text(value), "mk-figure-value")
        + (tag("p", text(note), "mk-figure-note") if note else ""),
        f"mk-figure {tone}".strip(),
    )


def figures(cards: Iterable[str]) -> None:
    """Draw key figures in a row that wraps."""
    st.html(tag("div", "".join(cards), "mk-figures"))


def notice(message: str, tone: Tone = "info") -> None:
    """Draw a message that may quote a file or column name."""
    role = "alert" if tone == "error" else "status"
    st.html(
        tag(
            "div",
            tag("span", _TONE_MARKS[tone], "mk-notice-mark", **{"aria-hidden": "true"})
            + tag("div", text(message)),
            f"mk-notice mk-{tone}",
            role=role,
        )
    )


def paragraph(message: str, css: str = "mk-text") -> None:
    """Draw a paragraph of text."""
    st.html(tag("p", text(message), css))


def table(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that scrolls sideways, also from the keyboard."""
    head = tag("tr", "".join(tag("th", text(each), scope="col") for each in heads))
    body = "".join(tag("tr", "".join(tag("td", text(cell)) for cell in row)) for row in rows)
    made = tag("table", tag("thead", head) + tag("tbody", body), "mk-table")
    return tag("div", made, "mk-scroll", tabindex="0", role="region", **{"aria-label": name})
