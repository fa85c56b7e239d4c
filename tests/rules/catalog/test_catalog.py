"""The rules the product comes with: each speaks on its examples and keeps quiet on near misses."""

import json
from datetime import date
from pathlib import Path

import pytest

import law
from core import ColumnType, LegalCategory, Role, SchemaCheckKind, Status
from core.vocabulary import CellKind, Operation
from rules import CATALOG, Fact, catalog, check_pack, evaluate
from rules.engine import Checked
from rules.engine.condition import Test as Condition
from rules.loading import failures

TODAY = date(2026, 11, 20)
VOCABULARY = {
    ("column", "type"): ColumnType,
    ("column", "role"): Role,
    ("column", "categories"): LegalCategory,
    ("column", "parts"): ColumnType,
    ("column_cells", "cell_kind"): CellKind,
    ("column_cells", "role"): Role,
    ("column_cells", "type"): ColumnType,
    ("cell_total", "cell_kind"): CellKind,
    ("dataset", "types"): ColumnType,
    ("dataset", "categories"): LegalCategory,
    ("hidden_data", "type"): ColumnType,
    ("schema_check", "check"): SchemaCheckKind,
    ("plan_column", "type"): ColumnType,
    ("plan_column", "role"): Role,
    ("plan_column", "operation"): Operation,
    ("plan_column", "categories"): LegalCategory,
}
ALL = catalog().rules


@pytest.mark.parametrize("checked", ALL, ids=lambda c: c.rule.id)
def test_a_rule_keeps_to_its_examples(checked: Checked) -> None:
    assert [p.message.en for p in failures(checked, source="catalog")] == []


def test_the_catalog_has_no_problems() -> None:
    assert [p.message.en for p in check_pack(CATALOG)] == []


def conditions_of(checked: Checked) -> list[tuple[str, Condition]]:
    return [
        (m.kind, test)
        for m in (*checked.when, *checked.unless)
        for tests in m.alternatives
        for test in tests
    ]


@pytest.mark.parametrize("checked", ALL, ids=lambda c: c.rule.id)
def test_a_rule_names_only_words_of_the_vocabulary(checked: Checked) -> None:
    for kind, test in conditions_of(checked):
        words = VOCABULARY.get((kind, test.field))
        if words is None or test.op == "exists":
            continue
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        assert {w for w in wanted if isinstance(w, str)} <= {str(w) for w in words}


@pytest.mark.parametrize("checked", ALL, ids=lambda c: c.rule.id)
def test_a_rule_says_why_and_what_to_do_in_both_languages(checked: Checked) -> None:
    rule = checked.rule
    if rule.derive is not None and rule.message is None:
        return
    for text in (rule.message, rule.reason, rule.remedy, rule.title):
        assert text is not None
        assert text.ja.strip()
        assert text.en.strip()
        assert text.en.replace("’", "").isascii() or "“" in text.en
    for text in (rule.message, rule.reason, rule.remedy):
        assert text is not None
        assert text.ja.endswith(("。", "。）"))
        assert text.en.endswith((".", ".)", ".”"))
    assert rule.cards


@pytest.mark.shared
def test_every_card_is_a_fact_that_may_be_cited(shared: Path) -> None:
    files = [shared / "facts" / name for name in ("facts.json", "municipal.json")]
    facts = [fact for file in files for fact in json.loads(file.read_text(encoding="utf-8"))]
    status = {fact["id"]: fact["status"] for fact in facts}
    for checked in ALL:
        for card in checked.rule.cards:
            assert not status[card].startswith("UNVERIFIED")


def test_a_finding_rests_on_the_facts_it_read() -> None:
    fact = Fact.of("column", "column:1", key="個人番号", type="my_number", role="direct_identifier")
    found = {f.rule: f for f in evaluate([fact], catalog(), TODAY)}
    assert found["column.my_number"].target.column == "個人番号"
    assert found["column.my_number"].trace.facts[0]["id"] == "column:1"
    assert "column.direct_identifier" not in found


@pytest.mark.parametrize("checked", ALL, ids=lambda c: c.rule.id)
def test_a_rule_says_when_it_rests_on_less_than_the_law(checked: Checked) -> None:
    rule = checked.rule
    statuses = {law.card(card).status for card in rule.cards}
    said = "".join(m.ja for m in (rule.message, rule.reason, rule.title) if m)
    assert Status.UNVERIFIED not in statuses
    if statuses == {Status.SEED_ONLY}:
        assert "資料" in said or "会議録" in said
    if statuses <= {Status.SEED_ONLY, Status.VERIFIED_SECONDARY}:
        assert "資料" in said
