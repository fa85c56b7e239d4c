"""What the views are built from: pieces of HTML, colours, widgets, chips that name a ground.

Whatever comes from a file is escaped here and nowhere else. Text of a file never enters Streamlit's
Markdown, which would read links, icons and formulas into it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import streamlit as st

from core import STATUSES, Citation, MekikiError, Role
from ui.language import _, language, spoken

if TYPE_CHECKING:
    from law import Card


T = TypeVar("T")
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


def pairs(facts: Iterable[tuple[str, str]], css: str = "mk-pairs") -> str:
    """Labels with what stands beside them."""
    return tag("dl", "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in facts), css)


def badge(label: str, kind: str) -> str:
    """A small mark with a word in it."""
    return tag("span", text(label), f"mk-badge mk-{kind}")


def entry(title: Iterable[str], body: Iterable[str], kind: str = "") -> str:
    """One of a list of things found: its title's parts in a line, and paragraphs below."""
    content = tag("p", "".join(title), "mk-entry-title") + "".join(body)
    return tag("div", content, f"mk-entry e-{kind}" if kind else "mk-entry")


def quote(source: str, words: str) -> str:
    """Words of a text, below where they stand."""
    return tag("p", text(source), "mk-small") + tag("blockquote", text(words), "mk-quote")


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


class Colour(NamedTuple):
    """Text on its ground."""

    text: str
    ground: str

    @property
    def css(self) -> str:
        """As a declaration for one cell of a table."""
        return f"color: {self.text}; background-color: {self.ground}"


ROLE_COLOURS: dict[Role, Colour] = {
    Role.DIRECT_IDENTIFIER: Colour("#850000", "#ffdada"),  # 8.2
    Role.QUASI_IDENTIFIER: Colour("#604b00", "#fff0b3"),  # 7.3
    Role.SENSITIVE: Colour("#30016c", "#ecddff"),  # 12.1
    Role.OTHER: Colour("#032213", "#ffffff"),
}
UNUSUAL = Colour("#ffffff", "#ce0000")  # 5.8
FOCUS = Colour("#ffffff", "#0017c1")  # 11.1
CHANGED = Colour("#032213", "#cfead9")
"""A value the plan changes."""


def follow(key: str, value: object) -> str:
    """Let the widget of this key show a value; what the reader picked since then stays.

    Call it before the widget is drawn. A key that changed with the value instead would draw the
    widget anew, and take the focus from whoever uses the keyboard.
    """
    stamp = f"{key}-follows"
    if key not in st.session_state or st.session_state.get(stamp) != value:
        st.session_state[stamp] = st.session_state[key] = value
    return key


def page_of(entries: Sequence[T], most: int, key: str) -> tuple[int, Sequence[T]]:
    """The entries of the page that is chosen, `most` at a time, and the place of the first."""
    page = 1
    if len(entries) > most:
        page = st.pagination(-(-len(entries) // most), key=key)
    start = (page - 1) * most
    return start, entries[start : start + most]


def redraw_page() -> None:
    """Have the whole page drawn after a callback in a fragment."""
    st.session_state[_WHOLE] = True


def follow_page() -> None:
    """At the beginning of a fragment: draw the whole page where a callback asked for it."""
    if st.session_state.pop(_WHOLE, False):
        st.rerun()


def scroll_up() -> None:
    """Have the page drawn next shown from its top."""
    st.session_state[_TOP] = True


def follow_scroll() -> None:
    """Move to the top of the page where that was asked for."""
    if st.session_state.pop(_TOP, False):
        count = st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
        script = f"document.querySelector('[data-testid=stMain]').scrollTo(0, 0); // {count}"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


_WHOLE = "redraw-page"
_TOP, _TIMES = "scroll-up", "scroll-times"


def distinct(citations: Sequence[Citation]) -> list[Citation]:
    """Citations of different places, in their order."""
    seen: dict[tuple[str | None, ...], Citation] = {}
    for cited in citations:
        seen.setdefault((cited.id, cited.law, cited.article, cited.paragraph, cited.item), cited)
    return list(seen.values())


def chips(citations: Sequence[Citation], key: str, limit: int = 3) -> None:
    """Draw a chip for each ground; pressing one opens its text."""
    from law import label

    chosen = distinct(citations)[:limit]
    if not chosen:
        return
    with st.container(horizontal=True, gap="small", key=f"cite-{key}"):
        for number, cited in enumerate(chosen):
            name = plain(_("ui.citation.ground", place=label(cited, language())))
            if st.button(name, key=f"cite-{key}-{number}", wrap=True):
                open_ground(cited)


def open_ground(cited: Citation) -> None:
    """Open the dialog with the text a citation rests on."""
    st.dialog(_("ui.citation.grounds"), width="large")(draw_ground)(cited)


def draw_ground(cited: Citation) -> None:
    """The checked wording, the same in plain words, and where it stands."""
    from law import card

    try:
        found = card(cited.id)
    except MekikiError:
        st.html(tag("h3", text(cited.title or cited.law)) + place(cited))
        return
    st.html(tag("h3", text(spoken(found.title))) + wording(found) + place(cited))


def wording(card: "Card") -> str:
    """What a card says, as HTML: plain words, the checked wording, and reservations."""
    parts = []
    if card.plain != card.rule:
        parts.append(tag("p", text(spoken(card.plain)), "mk-text"))
    parts.append(tag("p", text(_("ui.citation.checked")), "mk-small"))
    parts.append(tag("blockquote", text(spoken(card.rule)), "mk-quote"))
    if card.caveat:
        parts.append(tag("p", text(_("ui.citation.note")) + text(spoken(card.caveat)), "mk-text"))
    if card.limits:
        parts.append(tag("p", text(spoken(card.limits)), "mk-text"))
    return "".join(parts)


def place(cited: Citation) -> str:
    """Where a citation stands, as HTML."""
    from law import label

    rows = [
        (_("ui.citation.place"), label(cited, language())),
        (_("ui.citation.document"), cited.law),
        (_("ui.citation.versions"), cited.revision or ""),
        (_("ui.citation.force_from"), cited.effective_from or ""),
        (_("ui.citation.checked_how"), spoken(STATUSES[cited.status])),
        (_("ui.citation.card"), cited.id),
    ]
    link = (
        tag(
            "p",
            tag(
                "a",
                text(_("ui.citation.open_official_text_outside")),
                href=cited.url,
                rel="noreferrer",
            ),
        )
        if cited.url and cited.url.startswith("https://")
        else ""
    )
    return pairs((k, v) for k, v in rows if v) + link
