import pytest

from anonymizer import Step, coarser
from core import ColumnType, Operation, PlanError, Table

AGES = ["31", "34", "38", "52", "57", "71", "88"]
BANDS = ["30代男性"] * 3 + ["50代女性"] * 2 + ["70代男性"] * 2
TABLE = Table.of({"年齢": AGES, "年代・性別": BANDS})


def step(operation: Operation, parameter: int | None = None) -> Step:
    return Step(column="年齢", operation=operation, parameter=parameter, type=ColumnType.AGE)


def test_each_request_goes_one_rung_up() -> None:
    steps: tuple[Step, ...] = (step(Operation.KEEP),)
    widths: list[object] = []
    for _ in range(3):
        steps = coarser(TABLE["年齢"], steps, 5)
        widths.append(steps[0].parameter)
    assert widths == [5, 10, 40]


def test_a_rung_that_changes_nothing_is_passed_over() -> None:
    (raised,) = coarser(TABLE["年齢"], (step(Operation.BAND, 10),), 5)
    assert raised.parameter == 40


def test_at_the_top_it_says_what_else_can_be_done() -> None:
    with pytest.raises(PlanError) as caught:
        coarser(TABLE["年齢"], (step(Operation.BAND, 1000),), 5)
    assert "削除" in caught.value.text("ja")


def test_of_a_composite_only_the_parts_that_can_go_up_do() -> None:
    parts = tuple(
        Step(column="年代・性別", operation=Operation.KEEP, part=kind, type=kind)
        for kind in (ColumnType.AGE_BAND, ColumnType.SEX)
    )
    band, sex = coarser(TABLE["年代・性別"], parts, 5)
    assert band.operation is Operation.BAND
    assert sex == parts[1]
