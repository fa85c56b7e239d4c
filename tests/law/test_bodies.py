"""No rule may rest on an article that does not bind the body of the case."""

import pytest

import law
import rules
from core.case import BodyType

EVERY_CARD = sorted({card for checked in rules.catalog().rules for card in checked.rule.cards})


@pytest.mark.parametrize(
    "body", ["city", "ward", "town", "prefecture", "board", "union", "agency_other", None]
)
def test_chapter_5_binds_municipalities(body: BodyType | None) -> None:
    assert law.binding(EVERY_CARD, body) == tuple(EVERY_CARD)


@pytest.mark.parametrize(
    "body", ["hospital", "university", "agency_hospital", "agency_university", "agency_research"]
)
def test_handling_in_hospitals_rests_on_chapter_4_and_the_register_stays(body: BodyType) -> None:
    bound = law.binding(EVERY_CARD, body)
    assert not set(bound) & {f"B-{n:02}" for n in (*range(1, 14), 19)}
    assert {"K-106", "K-107", "K-108", "K-111", "B-14", "D-01"} <= set(bound)


def test_an_assembly_stands_outside_chapter_5() -> None:
    bound = law.binding(EVERY_CARD, "assembly")
    assert "A-08" in bound
    assert not set(bound) & {"B-01", "B-14", "B-15", "B-16", "D-01", "D-05", "D-09", "D-15"}
    assert {"A-01", "B-18", "D-17"} <= set(bound)


def test_each_card_is_named_once() -> None:
    assert law.binding(("B-01", "B-05", "K-106"), "hospital") == ("K-106",)
