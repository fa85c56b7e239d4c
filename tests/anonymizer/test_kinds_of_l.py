"""Entropy and recursive l-diversity: searched for, and measured again on the file that leaves."""

import math
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from anonymizer import Goal, Plan, apply, certify_content, encode, leave, propose
from core import PlanError, Table
from tests.anonymizer.reports import report

REPORTS = [
    report("年齢", "age", "quasi_identifier"),
    report("性別", "sex", "quasi_identifier"),
    report("病名", "disease", "sensitive"),
]
ILLS = ["高血圧"] * 5 + ["糖尿病"] * 3 + ["喘息"] * 2


def people(n: int) -> Table:
    return Table.of(
        {
            "年齢": [str(30 + 7 * i % 40) for i in range(n)],
            "性別": [("男", "女")[i % 3 == 0] for i in range(n)],
            "病名": [ILLS[i * i % 10] for i in range(n)],
        }
    )


def classes(table: Table) -> list[Counter[str]]:
    frame = table.frame()
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in frame.itertuples(index=False):
        key = tuple(row[:-1])
        if set(key) != {"*"}:
            found[key][row[-1]] += 1
    return list(found.values())


def even(held: Counter[str]) -> float:
    n = held.total()
    return math.exp(-sum(x / n * math.log(x / n) for x in held.values()))


def holds(held: Counter[str], kind: str, l: int, c: float) -> bool:  # noqa: E741
    if kind == "entropy":
        return even(held) >= l - 1e-9
    falling = sorted(held.values(), reverse=True)
    return falling[0] < c * sum(falling[l - 1 :])


@pytest.mark.parametrize("mode", ["local", "full-domain", "mondrian"])
@pytest.mark.parametrize(("kind", "l", "c"), [("entropy", 2, None), ("recursive", 2, 1.5)])
def test_every_class_is_as_even_as_asked(mode, kind, l, c):  # noqa: E741
    table = people(300)
    goal = Goal(k=4, l=l, l_kind=kind, c=c, mode=mode)
    for option in propose(table, REPORTS, goal):
        done = option.preview.processed
        assert done.met
        assert all(holds(held, kind, l, c or 0) for held in classes(done.table))
        again = Plan.from_yaml(option.plan.to_yaml())
        assert (again.l_kind, again.c) == (kind, c)
        made = leave(table, again, "a.csv")
        assert made.certificate.passed
        least = min(map(even, classes(made.processed.table)))
        assert made.certificate.l_entropy["病名"] == pytest.approx(least)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=4, max_size=40),
    st.sampled_from([("entropy", 2, None), ("recursive", 2, 1.5), ("recursive", 3, 4.0)]),
)
def test_the_certificate_and_the_search_judge_alike(rows, goal):
    kind, l, c = goal  # noqa: E741
    table = Table.of({"年齢": [{"a": "41", "b": "52"}[a] for a, _ in rows],
                      "病名": [s for _, s in rows]})  # fmt: skip
    steps = [{"column": name, "operation": "keep", "type": kind_of}
             for name, kind_of in (("年齢", "age"), ("病名", "disease"))]  # fmt: skip
    plan = Plan.model_validate(
        {"steps": steps, "quasi": ["年齢"], "sensitive": ["病名"], "k": 1, "l": l, "l_kind": kind,
         "c": c, "max_suppression": 0.0, "mode": "full-domain"}
    )  # fmt: skip
    plan = plan.model_copy(update={"attackers": ("quasi",)})
    done = apply(table, plan)
    content, _ = encode(done.table, ".csv")
    right = all(holds(held, kind, l, c or 0) for held in classes(table))
    assert done.met is right
    assert certify_content("a.csv", content, plan).passed is right


def test_recursive_l_needs_c():
    with pytest.raises(ValidationError):
        Goal(l=2, l_kind="recursive")
    with pytest.raises(PlanError):
        Plan.from_yaml("{steps: [], l: 2, l_kind: recursive}")
