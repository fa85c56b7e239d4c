"""The examination sets: their own truth holds, and the figures of the detectors do not fall."""

import pytest
from stdnum.jp import cn, in_

from benchmarks.detect import alarmed, see
from benchmarks.detection.exam import near_misses, tables
from benchmarks.detection.exam.scoring import ExamScore
from benchmarks.detection.exam.tables import build
from core import ColumnType

HALVES = ("second_development", "second_unseen")


@pytest.fixture(scope="module", params=tables.sets())
def score(request: pytest.FixtureRequest) -> ExamScore:
    total = ExamScore()
    for shape in tables.shapes(request.param):
        table = build(request.param, shape, 1_000, 7, share=0.3)
        total.of_exam(table, see(table.columns, table.schema))
    return total


@pytest.mark.parametrize("name", tables.sets())
def test_types_of_a_set_are_known_and_columns_have_names_of_their_own(name: str) -> None:
    told = tables.material(name)
    known = {kind.value for kind in ColumnType} | {"*"}
    for template in told["hidden"]:
        assert tables.marked_types(template) <= known, template
    for shape, columns in told["shapes"].items():
        assert sum(way == "memo" for way, *_ in columns.values()) == 1
        for column in columns.values():
            assert set(column[1].split("|")) <= known
        for seed in (1, 2, 3):
            assert len(build(name, shape, 10, seed).columns) == len(columns), (shape, seed)


@pytest.mark.parametrize("part", HALVES)
def test_numbers_are_right_but_where_they_were_spoiled(part: str) -> None:
    table = build(part, "nameless", 300, 1)
    for kind, valid in (("my_number", in_.is_valid), ("corporate_number", cn.is_valid)):
        header = next(name for name, kinds in table.truth.items() if kinds == {kind})
        wrong = {r for r, text in enumerate(table.columns[header], 1) if not valid(text)}
        assert wrong == {row for row, name in table.planted if name == header}


@pytest.mark.parametrize("name", tables.sets())
def test_marks_stand_where_the_text_stands(name: str) -> None:
    table = build(name, tables.shapes(name)[-1], 2_000, 1, share=0.5)
    texts = table.columns[table.memo]
    marked = [
        (text, mark) for text, (_, marks) in zip(texts, table.memos, strict=True) for mark in marks
    ]
    assert marked
    for text, mark in marked:
        assert 0 <= mark.start < mark.end <= len(text)
        assert not set("<>{}|") & set(text)


def test_halves_share_no_template_and_no_header() -> None:
    first, second = map(tables.material, HALVES)
    for name in ("clean", "hidden"):
        assert not set(first[name]) & set(second[name])
    for shape, columns in first["headers"].items():
        for key, names in columns.items():
            assert not set(names) & set(second["headers"][shape][key])


UNSEEN = {"second_unseen", "council_unseen", "trainer_unseen", "ombudsman"}
"""Sets whose misses nobody read while mending."""


def test_figures_do_not_fall(score: ExamScore, request: pytest.FixtureRequest) -> None:
    """Floors under what was measured, lower on the sets that nobody mended for."""
    unseen = any(f"[{name}]" in request.node.name for name in UNSEEN)
    count = score.counts
    assert count["typed_right"] == count["typed"], score.wrong_types
    assert count["claimed_right"] >= 0.97 * count["claimed"], score.wrong_types
    assert count["hidden_right"] >= (0.87 if unseen else 0.97) * count["hidden"]
    assert count["planted_found"] >= 0.97 * count["planted"], score.cells.most_common(5)
    assert count["planted_alarms"] <= 3 * count["planted"]


def test_false_alarms_are_rare(score: ExamScore, request: pytest.FixtureRequest) -> None:
    if "[case_work]" in request.node.name:
        reason = "offices and companies whose names hold a word for people: 0.46 %"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    unseen = any(f"[{name}]" in request.node.name for name in UNSEEN)
    assert score.counts["false_alarms"] <= (0.025 if unseen else 0.003) * score.counts["clean"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="3 of 292: 周知文, 老健"))
        if name == "welfare"
        else name
        for name in near_misses.lists()
    ],
)
def test_memos_about_nobody_are_left_alone(name: str) -> None:
    """Known gaps among them are at most one in each hundred begun."""
    found, of = alarmed(name)
    assert len(found) <= 0.01 * of, found
