"""The coverage page: current, and silent about no fact."""

from core import yaml12
from law import cards
from rules import catalog
from tools import coverage


def test_the_page_is_current() -> None:
    written = coverage.PAGE.read_text(encoding="utf-8")
    assert written == coverage.page(), "run: python -m tools.coverage"


def test_every_fact_has_a_rule_or_a_reason() -> None:
    notes = yaml12.load(coverage.OPEN.read_text(encoding="utf-8"))
    used = {card for checked in catalog().rules for card in checked.rule.cards}
    known = {card.id for card in cards()}
    assert used <= known
    assert known - used == set(notes["not_checkable"])
    assert set(notes["open"]) <= known
