from pathlib import Path

import pytest

import law
from casebook import TrainingCase, load_case, training_cases
from core import CellKind, ColumnType, InputError, Role, SchemaCheckKind, UsageError

CASES = {case.id: case for case in training_cases()}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_every_step_says_something_in_both_languages(case: TrainingCase) -> None:
    session = case.open()
    for step in case.steps:
        outcome = step.run(session)
        assert outcome.message.ja, step.title
        assert outcome.message.en, step.title
    assert session.review.findings


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_no_step_repeats_a_value_of_the_data(case: TrainingCase) -> None:
    session = case.open()
    table = session.table
    assert table is not None
    rare = {
        text
        for column in table
        for text, count in zip(column.texts, column.counts, strict=True)
        if count == 1 and len(text) >= 5 and not text.isdecimal()
    }
    said = " ".join(step.run(session).model_dump_json() for step in case.steps)
    assert not {text for text in rare if text in said}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_quiz_cards_exist(case: TrainingCase) -> None:
    for quiz in case.quiz:
        assert law.citation(quiz.card)


def test_the_platform_holds_what_it_teaches() -> None:
    session = CASES["ward_platform"].open()
    review = session.review
    roles = {c.name: c.role for c in review.columns}
    assert roles["氏名"] is Role.DIRECT_IDENTIFIER
    assert roles["宛名番号"] is Role.DIRECT_IDENTIFIER
    rows = {(c.row, c.kind) for c in session.examined.inspection.select()}
    assert (134, CellKind.OUTLIER) in rows, "the extreme income"
    assert (89, CellKind.HIDDEN_PERSONAL_DATA) in rows, "a relative's phone in the remarks"
    assert (241, CellKind.HIDDEN_PERSONAL_DATA) in rows, "an illness in the remarks"
    assert (376, CellKind.CHECK_DIGIT_BREAK) in rows, "a resident number with a wrong digit"
    checks = {(c.kind, c.declared or c.column) for c in review.schema_check}
    assert (SchemaCheckKind.ABSENT, "電話番号") in checks
    assert (SchemaCheckKind.UNDECLARED, "生活保護") in checks


def test_the_patients_can_be_linked() -> None:
    review = CASES["patients_open_data"].open().review
    types = {c.name: c.type for c in review.columns}
    assert types["年代"] is ColumnType.AGE_BAND
    assert review.risk is not None
    assert review.risk.uniques > 0
    assert any(f.rule.startswith("column.ties") for f in review.findings)


def test_the_small_area_table_is_read_as_counts() -> None:
    session = CASES["small_area_table"].open()
    risk = session.review.risk
    assert session.count_table is not None
    assert session.count_table.counted == ("世帯数",)
    assert risk is not None
    assert risk.quasi == ("町丁目", "世帯の家族類型")
    assert risk.rows > 700, "households, not lines of the file"


def test_a_broken_case_is_explained(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(tmp_path)
    assert "case.yaml" in caught.value.text("ja")


def test_a_listing_step_finds_what_it_names() -> None:
    case = CASES["ward_platform"]
    session = case.open()
    step = next(s for s in case.steps if s.args.get("kind") == "outlier")
    assert step.args["kind"] is CellKind.OUTLIER
    assert step.run(session).data["cells"]


def test_a_case_opens_with_a_plan_that_cannot_be_undone() -> None:
    session = CASES["ward_platform"].open()
    assert session.plan is not None and session.alternatives
    with pytest.raises(UsageError):
        session.undo()
    assert CASES["small_area_table"].open().plan is None, "cells of a table are not people"
