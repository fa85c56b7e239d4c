"""Whole cases against the catalog: what must be said, and on which ground."""

from datetime import date

import pytest

from core import CaseFacts, Contractor, Severity
from rules import Fact, catalog, evaluate, from_answers, from_case
from rules.engine import oracle

TODAY = date(2026, 11, 20)


def found(*facts: Fact, as_of: date = TODAY) -> dict[str, Severity]:
    findings = evaluate(facts, catalog(), as_of)
    assert findings == oracle.evaluate(facts, catalog(), as_of)
    return {f.rule: f.severity for f in findings}


def case(**fields: object) -> tuple[Fact, ...]:
    return tuple(from_case(CaseFacts.model_validate(fields)))


ASSESSMENTS = [
    (999, 10, False, "assessment.none"),
    (1_000, 600, True, "assessment.basic_by_number"),
    (9_999, 10, False, "assessment.basic_by_number"),
    (10_000, 499, False, "assessment.basic_by_staff"),
    (80_000, 300, False, "assessment.basic_by_staff"),
    (99_999, 500, False, "assessment.key_items_below_100000"),
    (10_000, 499, True, "assessment.key_items_below_100000"),
    (100_000, 499, False, "assessment.key_items_below_300000"),
    (299_999, 500, False, "assessment.full_below_300000"),
    (100_000, 499, True, "assessment.full_below_300000"),
    (300_000, 1, False, "assessment.full_by_number"),
]


@pytest.mark.parametrize(("persons", "handlers", "incident", "due"), ASSESSMENTS)
def test_exactly_one_assessment_is_due(
    persons: int, handlers: int, incident: bool, due: str
) -> None:
    facts = case(
        uses_my_number=True, headcount=persons, staff=handlers, incident_last_year=incident
    )
    said = {rule for rule in found(*facts) if rule.startswith("assessment.")}
    assert said == {due}


def test_a_full_assessment_brings_the_third_party_review_with_its_derivation() -> None:
    facts = case(uses_my_number=True, headcount=400_000)
    (review,) = [
        f for f in evaluate(facts, catalog(), TODAY) if f.rule == "council.full_assessment_review"
    ]
    assert [t.rule for t in review.trace.because] == ["assessment.full_by_number"]
    assert review.trace.because[0].facts[0]["headcount"] == 400_000


@pytest.mark.parametrize(
    "known",
    [{}, {"headcount": 50_000}, {"headcount": 50_000, "staff": 30}, {"staff": 30}],
)
def test_without_the_numbers_it_says_what_is_missing(known: dict[str, int]) -> None:
    assert "assessment.cannot_tell" in found(*case(uses_my_number=True, **known))


def test_numbers_that_settle_it_need_nothing_else() -> None:
    facts = case(uses_my_number=True, headcount=50_000, staff=700)
    assert "assessment.cannot_tell" not in found(*facts)


def test_a_municipality_is_not_given_private_articles() -> None:
    ground = "個人情報保護法第２７条第１項"
    assert "slip.private_articles" in found(*case(body_type="ward", legal_ground=ground))
    assert "slip.private_articles" not in found(*case(body_type="hospital", legal_ground=ground))


@pytest.mark.parametrize(
    ("country", "abroad"),
    [
        ("日本", False),
        ("東京リージョン", False),
        ("Japan", False),
        ("シンガポール", True),
        ("US", True),
    ],
)
def test_servers_abroad(country: str, abroad: bool) -> None:
    assert ("abroad.server" in found(*case(server_country=country))) is abroad


def test_a_contractor_without_a_stated_selection() -> None:
    used = Contractor(used=True)
    assert "contractor.selection_unknown" in found(*case(contractor=used))


def test_the_law_of_the_day_is_used() -> None:
    text = Fact.of("case_text", "t", field="source", text="番号法9条2項の事務に類する事務")
    assert "slip.similar_duties" in found(text, as_of=date(2023, 6, 9))
    before = found(text, as_of=date(2023, 6, 8))
    assert before["slip.similar_duties"] is Severity.INFO


def test_a_rule_to_come_is_announced_with_its_day() -> None:
    text = Fact.of("case_text", "t", field="source", text="番号法9条2項の事務に類する事務")
    findings = evaluate([text], catalog(), date(2023, 6, 8))
    (coming,) = [f for f in findings if f.rule == "slip.similar_duties"]
    assert coming.message.ja.startswith("2023-06-09施行の決まり")


def test_a_case_from_before_the_reform_is_told_so() -> None:
    assert "slip.law_before_reform" in found(as_of=date(2022, 3, 28))
    assert "slip.law_before_reform" not in found(as_of=date(2023, 4, 1))


def test_the_amendment_to_come_is_announced_and_then_warned_about() -> None:
    assert "law.amendment_coming" in found()
    assert found(as_of=date(2027, 1, 17))["law.amendment_in_force"] is Severity.MEDIUM


def test_a_checklist_item_answered_no_is_a_finding_and_yes_is_not() -> None:
    topic = "specification_own_use"
    assert "checklist.specification.own_use" in found(*from_answers({topic: "no"}))
    assert "checklist.specification.own_use" not in found(*from_answers({topic: "yes"}))


def test_the_checklists_an_officer_asks_for_are_there() -> None:
    items = {c.id: len(c.items) for c in catalog().checklists}
    assert items["nine_duties"] == 9
    assert items["camera"] == 16
    assert {"specification", "screening", "register", "number_risks", "council_questions"} <= set(
        items
    )


def test_every_question_has_answers_some_rule_reads() -> None:
    topics = [q.topic for q in catalog().questions]
    assert len(topics) == len(set(topics))
    read = {
        (test.value if isinstance(test.value, str) else "")
        for c in catalog().rules
        for m in (*c.when, *c.unless)
        if m.kind == "case_answer"
        for tests in m.alternatives
        for test in tests
        if test.field == "topic"
    } | {
        topic
        for c in catalog().rules
        for m in (*c.when, *c.unless)
        if m.kind == "case_answer"
        for tests in m.alternatives
        for test in tests
        if test.field == "topic" and isinstance(test.value, tuple)
        for topic in test.value
    }
    assert set(topics) == read - {""}


def test_no_note_on_foreign_law_reads_as_binding() -> None:
    for checked in catalog().rules:
        foreign = [card for card in checked.rule.cards if card.startswith("I-")]
        if checked.rule.id.startswith("abroad_note."):
            assert checked.rule.force == "note"
            assert checked.rule.severity is Severity.INFO
            assert checked.rule.message is not None
            assert checked.rule.message.ja.startswith("参考")
        else:
            assert not foreign, checked.rule.id


def test_old_minutes_are_named_with_their_date_and_system() -> None:
    for checked in catalog().rules:
        rule = checked.rule
        said = "".join(m.ja for m in (rule.message, rule.reason, rule.remedy) if m)
        if "会議録" in said:
            assert "令和4年3月" in said, rule.id
            assert "旧制度" in said, rule.id
