"""The alternatives that answer what a search gives up."""

import random

import pytest

from anonymizer import Goal, propose_widely
from core import Dataset, Operation, Table
from rules import Inspection, inspect


def cases(rows: int = 200) -> tuple[Table, Inspection]:
    """People announced day by day, nearly all of one nationality, with the weekday beside."""
    draw = random.Random(7)
    days = [f"2026-{draw.randint(4, 6):02}-{draw.randint(1, 28):02}" for _ in range(rows)]
    weekday = {day: str(number % 7) for number, day in enumerate(sorted(set(days)))}
    table = Table.of(
        {
            "年代": [f"{draw.choice(range(20, 90, 10))}代" for _ in days],
            "性別": [draw.choice("男女") for _ in days],
            "発表日": days,
            "曜日番号": [weekday[day] for day in days],
            "国籍": ["日本"] * (rows - 3) + ["中国"] * 3,
        }
    )
    return table, inspect(Dataset("例", table))


def proposed(goal: Goal) -> tuple:
    table, seen = cases()
    days = [day for day in seen.quasi_extended[-1] if day not in seen.quasi]
    return propose_widely(
        table, seen.columns, goal, quasi=seen.quasi, days=days, follows=seen.redundant
    )


def test_one_alternative_keeps_the_days_and_counts_them() -> None:
    *plain, dated = proposed(Goal(k=5))
    assert dated.title.ja == "「発表日」も残す"
    assert "発表日" in dated.plan.quasi
    assert dated.preview.after.k >= 5
    assert all("発表日" not in a.plan.quasi for a in plain)
    assert [a.number for a in (*plain, dated)] == list(range(1, len(plain) + 2))


def test_what_follows_from_a_day_goes_with_it() -> None:
    for alternative in proposed(Goal(k=5)):
        (step,) = [s for s in alternative.plan.steps if s.column == "曜日番号"]
        assert step.operation is Operation.DROP
        assert any("曜日番号" in w.ja for w in alternative.preview.warnings)


def test_a_stubborn_sensitive_column_may_go_instead() -> None:
    goal = Goal(k=5, l=2, sensitive=("国籍",))
    *kept, dropped = proposed(goal)
    assert all(a.plan.l == 2 for a in kept)
    assert "国籍" in dropped.title.ja
    assert dropped.plan.l is None
    assert dropped.preview.loss.granularity > max(a.preview.loss.granularity for a in kept)
    assert "国籍" not in dropped.preview.processed.table.keys


@pytest.mark.parametrize("l", [None, 2])
def test_no_extra_without_need(l: int | None) -> None:  # noqa: E741  the measure's own name
    draw = random.Random(1)
    rows = range(400)
    table = Table.of(
        {
            "年代": [f"{draw.choice((20, 30, 40))}代" for _ in rows],
            "性別": [draw.choice("男女") for _ in rows],
            "病名": [draw.choice(("風邪", "骨折", "喘息", "胃炎")) for _ in rows],
        }
    )
    seen = inspect(Dataset("例", table))
    found = propose_widely(table, seen.columns, Goal(k=5, l=l), quasi=seen.quasi)
    assert not any("も残す" in a.title.ja or "を落とす" in a.title.ja for a in found)
