"""The certificate agrees with the search and the measuring room, whatever stands in the cells."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anonymizer import Goal, Plan, Step, certify, leave, propose, write
from anonymizer.search.constraint import Sensitive, distances
from core import Operation, PlanError, Table
from measure import measure_risk
from tests.anonymizer.reports import report

SECRET = bytes.fromhex("5d0e6b0a93c1f4427ab8de11c7296f35")
ROW = st.tuples(st.integers(0, 4), st.integers(0, 9))


def brute_force(rows: list[tuple[int, int]], values: list[int]) -> float:
    """The largest earth mover's distance of a class, from the definition."""
    worst = 0.0
    for of in {row[0] for row in rows}:
        mine = [row[1] for row in rows if row[0] == of]
        total = gap = 0.0
        for value in values[:-1]:
            everyone = sum(row[1] == value for row in rows) / len(rows)
            gap += mine.count(value) / len(mine) - everyone
            total += abs(gap)
        worst = max(worst, total / max(len(values) - 1, 1))
    return worst


@settings(max_examples=60)
@given(rows=st.lists(ROW, min_size=2, max_size=60))
def test_distances_follow_the_definition(rows):
    values = sorted({row[1] for row in rows})
    ranks = np.arange(len(values))
    codes = np.array([values.index(row[1]) for row in rows])
    column = Sensitive(codes, np.bincount(codes) / len(rows), ranks)
    pairs = sorted(set(zip([row[0] for row in rows], codes.tolist(), strict=True)))
    of, value = (np.array(x) for x in zip(*pairs, strict=True))
    sizes = {o: sum(row[0] == o for row in rows) for o in of.tolist()}
    q = np.array([sum(r == (o, values[v]) for r in rows) / sizes[o] for o, v in pairs])
    far = distances(of, value, q, column, 5)
    assert far.max() == pytest.approx(brute_force(rows, values), abs=1e-9)


@settings(max_examples=15)
@given(rows=st.lists(ROW, min_size=2, max_size=60), dates=st.booleans())
def test_the_certificate_measures_the_same(tmp_path_factory, rows, dates):
    folder = tmp_path_factory.mktemp("t")
    texts = [f"2024-03-{1 + row[1]:02d}" if dates else str(row[1]) for row in rows]
    table = Table.of({"区": [f"第{row[0]}" for row in rows], "値": texts})
    write(table, folder / "out.csv")
    steps = tuple(Step(column=name, operation=Operation.KEEP) for name in table.keys)
    plan = Plan(steps=steps, quasi=("区",), sensitive=("値",), k=1)
    found = certify(folder / "out.csv", plan)
    measured = measure_risk(table, ["区"], sensitive=["値"]).diversity[0]
    assert found.t_ordered == ("値",)
    assert found.t["値"] == pytest.approx(measured.t_ordered, abs=1e-9)
    assert found.l["値"] == measured.distinct_l


@pytest.mark.parametrize("mode", ["local", "full-domain", "mondrian"])
def test_an_ordered_t_is_reached_and_certified(mode):
    rows = [(str(20 + i % 50), str(i * 7 % 10)) for i in range(300)]
    table = Table.of(list(zip(("年齢", "点数"), zip(*rows, strict=True), strict=True)))
    reports = [
        report("年齢", "age", "quasi_identifier"),
        report("点数", "quantity", "sensitive"),
    ]
    option = propose(table, reports, Goal(k=5, t=0.1, mode=mode))[0]
    certificate = leave(table, option.plan, "out.csv").certificate
    assert certificate.k >= 5
    assert certificate.t_ordered == ("点数",)
    assert certificate.t["点数"] <= 0.1
    assert certificate.classes > 1


def test_values_without_an_order_are_equally_apart(tmp_path):
    table = Table.of({"区": ["北", "北", "南", "南"], "病名": ["甲", "乙", "甲", "甲"]})
    write(table, tmp_path / "out.csv")
    steps = tuple(Step(column=name, operation=Operation.KEEP) for name in table.keys)
    found = certify(
        tmp_path / "out.csv", Plan(steps=steps, quasi=("区",), sensitive=("病名",), k=1)
    )
    assert found.t_ordered == ()
    assert found.t["病名"] == pytest.approx(0.25)


NASTY = ["*", "", " ", "不明", "１２", "12", "=1+1", "'=1+1", "a\nb", 'q"q', "A", "Ａ", "a", ";",
         "1980-04-01", "S55.4.1", "19800401", "40代", "41", "愛知県", "名古屋市中区", "1e3",
         "−5", "-5", "+5", ",", "\ufeffx", "男", "女", "その他", "0", "00"]  # fmt: skip
KINDS = ["age", "category", "income", "birth_date", "address", "sex", "occupation", "postal_code"]
CELLS = st.sampled_from(NASTY)


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=4, max_size=40),
    kinds=st.tuples(*[st.sampled_from(KINDS)] * 3),
    goal=st.builds(
        Goal,
        k=st.integers(2, 4),
        l=st.sampled_from([None, 2]),
        t=st.sampled_from([None, 0.6]),
        max_suppression=st.sampled_from([0.0, 0.3, 1.0]),
        mode=st.sampled_from(["local", "full-domain", "mondrian"]),
    ),
)
@example(  # two spellings of a day beside a number that is suppressed
    rows=[
        ("*", "*", "*"),
        *[("1980-04-01", "*", "*"), ("19800401", "*", "*")] * 2,
        ("0", "*", "*"),
    ],
    kinds=("age", "age", "age"),
    goal=Goal(k=2, max_suppression=1.0, mode="local"),
)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_certificate_agrees_with_the_search(ending, rows, kinds, goal):
    names = ("甲", "乙", "丙")
    table = Table.of(list(zip(names, zip(*rows, strict=True), strict=True)))
    roles = ("quasi_identifier", "quasi_identifier", "sensitive")
    reports = [report(n, k, r) for n, k, r in zip(names, kinds, roles, strict=True)]
    try:
        options = propose(table, reports, goal)
    except PlanError:
        return
    for option in options:
        plan = Plan.from_yaml(option.plan.to_yaml())
        made = leave(table, plan, f"a{ending}", secret=SECRET)
        found = made.certificate
        assert made.processed.met == option.preview.processed.met
        seen = [a.name for a in found.attackers if a.in_force and not a.passed]
        if goal.l is None and goal.t is None:
            assert found.passed, [m.en for m in found.failures]
        assert len(found.failures) == len(seen), [m.en for m in found.failures]
        assert set(seen) <= {"pairs", "visible"}
        assert found.k >= goal.k or found.suppressed_rows == table.rows
        assert found.suppressed_rows == made.processed.suppressed_rows
