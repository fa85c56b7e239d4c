"""The guideline cards: choosing which to show, and how each is shown."""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from core import STATUSES, Status, own_rules
from knowledge import search
from law import Card, card, cards, citations
from rules import in_force
from ui import library
from ui.kit.citation import place, wording
from ui.kit.html import items, paragraph, plain, tag, text
from ui.language import _, spoken

PER_PAGE = 10
FOUND = 10


def shown() -> list[Card]:
    """The cards that may be cited; those not verified stay out of sight."""
    return [found for found in cards() if found.status is not Status.UNVERIFIED]


def find(query: str, among: Sequence[Card]) -> list[Card]:
    """Cards that answer a question, best first; all of them without a question."""
    if not query.strip():
        return list(among)
    allowed = {found.id for found in among}
    ids = dict.fromkeys(passage.citation.id for passage in search(query, limit=FOUND))
    return [card(found) for found in ids if found in allowed]


def rules_by_card() -> dict[str, list[str]]:
    """The titles of the rules that rest on each card."""
    using: dict[str, list[str]] = defaultdict(list)
    for checked in in_force(own_rules()).rules:
        for card_id in checked.rule.cards:
            using[card_id].append(spoken(checked.rule.title))
    return using


def draw() -> None:
    """The box to search in, the filter, and a page of cards."""
    paragraph(_("ui.grounds.points_law_guidance_findings"))
    st.header(_("ui.grounds.cards"), anchor=False)
    query = st.text_input(
        _("ui.grounds.search_what_you_want"),
        placeholder=_("ui.grounds.example_must_contractors_supervised"),
        key="ground-query",
    )
    everything = shown()
    authority = st.selectbox(
        _("ui.grounds.filter_text"),
        sorted({found.authority for found in everything}),
        index=None,
        placeholder=_("ui.grounds.all_texts"),
        key="ground-authority",
    )
    found = find(query, [c for c in everything if authority in (None, c.authority)])
    paragraph(_("ui.about.n_entries", n=len(found)), "mk-small")
    page = 1
    if len(found) > PER_PAGE:
        page = st.pagination(-(-len(found) // PER_PAGE), key=f"ground-page-{authority}-{query}")
    using = rules_by_card()
    for each in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _draw_card(each, using.get(each.id, []))
    library.draw()


def _draw_card(each: Card, using: list[str]) -> None:
    name = plain(f"{spoken(each.title)}（{each.label}）")
    with st.expander(name, key=f"ground-{each.id}"):
        badge = tag("span", text(spoken(STATUSES[each.status])), "mk-badge mk-info")
        st.html(tag("p", badge, "mk-text") + wording(each))
        st.html(place(citations(each.id)[0]))
        if using:
            st.html(
                tag("p", text(_("ui.grounds.rules_use_ground")), "mk-small")
                + items(map(text, using))
            )
        else:
            paragraph(_("ui.grounds.no_rule_uses_ground"), "mk-small")


draw()
