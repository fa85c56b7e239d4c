"""Law with its places: the cards, the texts they rest on, articles and what became of them."""

from law.articles import Spot, articles_of, cited, names_item, spots, without
from law.assessment_level import decide, read
from law.bodies import binding, body_of, speaks_of
from law.card_catalog import (
    Card,
    Frozen,
    Source,
    Standing,
    Texts,
    card,
    cards,
    citation,
    citations,
    read_yaml,
    sources,
    standing,
    written_names,
)
from law.citing import label, law_name, named, numbers, places
from law.renumbered_articles import Move, moved, moves

__all__ = [
    "Card",
    "Frozen",
    "Move",
    "Source",
    "Spot",
    "Standing",
    "Texts",
    "articles_of",
    "binding",
    "body_of",
    "card",
    "cards",
    "citation",
    "citations",
    "cited",
    "decide",
    "label",
    "law_name",
    "moved",
    "moves",
    "named",
    "names_item",
    "numbers",
    "places",
    "read",
    "read_yaml",
    "sources",
    "speaks_of",
    "spots",
    "standing",
    "without",
    "written_names",
]
