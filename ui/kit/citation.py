"""Chips that name a ground, and the dialog that shows its text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from core import STATUSES, Citation, MekikiError
from ui.kit.html import plain, tag, text
from ui.language import _, language, spoken

if TYPE_CHECKING:
    from law import Card


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
    pairs = "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in rows if v)
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
    return tag("dl", pairs, "mk-pairs") + link
