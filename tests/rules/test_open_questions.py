"""Only questions that change a finding are asked, one of a chain at a time."""

from datetime import date

import pytest

from core import CaseFacts, Contractor
from rules import Fact, Undecided, catalog, from_answers, from_case, undecided

DAY = date(2026, 11, 20)


def asked(**answers: str) -> dict[str, Undecided]:
    facts: list[Fact] = list(from_answers(answers))
    return {u.question.topic: u for u in undecided(catalog(), facts, DAY)}


def test_the_gravest_come_first() -> None:
    orders = [u.severity.order for u in undecided(catalog(), [], DAY)]
    assert orders == sorted(orders)
    assert len(orders) < len(catalog().ask([]))


@pytest.mark.parametrize(
    ("first", "second", "on", "off"),
    [
        ("direct_collection", "purpose_shown", "yes", "no"),
        ("provision_to", "recipient_conditions", "private", "nobody"),
    ],
)
def test_a_second_question_waits_for_the_first(first: str, second: str, on: str, off: str) -> None:
    assert first in asked()
    assert second not in asked()
    assert second in asked(**{first: on})
    assert second not in asked(**{first: off})


def test_an_answer_that_settles_a_rule_takes_its_question_away() -> None:
    assert "shared_ids" in asked()
    assert "shared_ids" not in asked(shared_ids="yes")


def test_a_case_without_a_contractor_is_not_asked_for_the_contract() -> None:
    def topics(used: bool | None) -> set[str]:
        case = CaseFacts(contractor=Contractor(used=used))
        return {u.question.topic for u in undecided(catalog(), from_case(case), DAY)}

    assert "contractor_reuse" in topics(None) & topics(True)
    assert "contractor_reuse" not in topics(False)
