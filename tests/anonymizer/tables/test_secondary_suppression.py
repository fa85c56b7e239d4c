"""The pattern is the cheapest that holds, and the audits see what a reader sees."""

from itertools import combinations, count, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymizer.tables import PrimaryRule, TableSpec, protect, secondary_suppression
from anonymizer.tables.disclosure_scenarios import Levels, find_primary, readers
from anonymizer.tables.feasibility_intervals import Probe
from anonymizer.tables.linear_programs import Budget
from anonymizer.tables.linked_tables import check
from core import Cancelled, watched


def cross(values, **more):
    """A two-way table of counts; its totals are left out and computed."""
    rows = [f"r{i}" for i in range(len(values))]
    columns = [f"c{j}" for j in range(len(values[0]))]
    cells = [
        ([r, c], v)
        for r, line in zip(rows, values, strict=True)
        for c, v in zip(columns, line, strict=True)
    ]
    return TableSpec.of([["計", rows]], [["計", columns]], cells=cells, **more)


def intervals(system, suppressed, reader, cells, *, exact=True):
    """What the product finds."""
    nothing = np.zeros(len(system.values))
    probe = Probe(system.values, suppressed, reader, Levels(nothing, nothing, False), cells)
    probe.show(Budget(), Budget())
    if exact:
        probe.finish(Budget())
    return probe.intervals()


def interval(system, suppressed, reader, cell):
    """An independent judge: scipy's LP over all cells, no reduction."""
    fixed = ~suppressed | reader.knows
    bounds = [
        (v, v) if f else (low, None if np.isinf(high) else high)
        for v, f, low, high in zip(system.values, fixed, reader.lower, reader.upper, strict=True)
    ]
    ends = []
    for sign in (1, -1):
        cost = np.zeros(len(bounds))
        cost[cell] = sign
        solved = linprog(
            cost,
            A_eq=reader.relations.toarray(),
            b_eq=np.zeros(reader.relations.shape[0]),
            bounds=bounds,
            method="highs",
        )
        ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
    return ends


def holds(system, suppressed, people, primary):
    for reader in people:
        for cell in np.flatnonzero(primary & ~reader.own):
            low, high = interval(system, suppressed, reader, cell)
            if not high - low > 1e-6:
                return False
    return True


def cheapest(system, able, people, primary):
    """Brute force over every set of secondary cells."""
    extra = np.flatnonzero(able & ~primary)
    best = np.inf
    for size in range(len(extra) + 1):
        for chosen in combinations(extra, size):
            price = system.values[list(chosen)].sum()
            if price >= best:
                continue
            suppressed = primary.copy()
            suppressed[list(chosen)] = True
            if holds(system, suppressed, people, primary):
                best = price
    return best


small_tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=2, max_size=2
    )
)


@pytest.mark.slow
@settings(max_examples=12)
@given(values=small_tables, zeros=st.sampled_from(["publish", "suppress"]))
def test_no_cheaper_pattern_holds(values, zeros):
    rule = PrimaryRule(threshold=3)
    protected = protect([cross(values)], rule, zeros=zeros)
    system, primary = protected.system, protected.primary
    people = readers(system, primary, rule, zeros)
    able = system.values > 0 if zeros == "publish" else np.ones(len(primary), bool)
    assert protected.status == "optimal"
    for mask, who in ((protected.linear_secondary, people[:1]), (protected.secondary, people)):
        if protected.unprotected.any():
            continue
        assert holds(system, mask | primary, who, primary)
        assert system.values[mask].sum() == cheapest(system, able, who, primary)


@settings(max_examples=25)
@given(values=small_tables, hidden=st.lists(st.booleans(), min_size=12, max_size=12))
def test_intervals_are_those_of_an_independent_judge(values, hidden):
    system = check([cross(values)])
    rule = PrimaryRule(threshold=4)
    primary = find_primary(system, rule)
    suppressed = primary | np.resize(np.array(hidden), len(primary)) & (system.values > 0)
    for reader in readers(system, primary, rule, "publish"):
        cells = np.flatnonzero(primary)
        found = intervals(system, suppressed, reader, cells)
        for i, cell in enumerate(cells):
            assert [found.low[i], found.high[i]] == pytest.approx(
                interval(system, suppressed, reader, cell), abs=1e-6
            )


@settings(max_examples=15)
@given(values=st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_three_dimensions_hold_for_every_reader(values):
    codes = list(product("ab", "xy", "st"))
    spec = TableSpec.of(
        [["計", ["a", "b"]]],
        [["計", ["x", "y"]]],
        [["計", ["s", "t"]]],
        cells=[(list(c), v) for c, v in zip(codes, values, strict=True)],
    )
    rule = PrimaryRule(threshold=4)
    protected = protect([spec], rule)
    people = readers(protected.system, protected.primary, rule, "publish")
    safe = protected.primary & ~protected.unprotected
    assert holds(protected.system, protected.suppressed, people, safe)
    assert protected.passed == (not protected.unprotected.any())


def test_two_hidden_cells_in_every_line_are_not_enough():
    values = [[2, 3, 20, 30], [3, 2, 25, 20], [40, 30, 2, 3], [20, 30, 3, 2]]
    protected = protect([cross(values)], PrimaryRule(threshold=5))
    assert protected.passed
    assert protected.cost.sum == 0  # two blocks, each closed in itself


def test_linked_tables_are_one_system():
    # The second table prints what the first withholds only as a shared total.
    by_sex = TableSpec.of(
        [["計", ["北", "南", "東"]]],
        [["計", ["男", "女"]]],
        names=["区", "性"],
        cells=[
            (["北", "男"], 2), (["北", "女"], 20), (["南", "男"], 30),
            (["南", "女"], 40), (["東", "男"], 25), (["東", "女"], 35),
        ],
    )  # fmt: skip
    by_age = TableSpec.of(
        [["計", ["男", "女"]]],
        [["計", ["若", "老"]]],
        names=["性", "年齢"],
        cells=[(["男", "若"], 50), (["男", "老"], 7), (["女", "若"], 60), (["女", "老"], 35)],
    )
    together = protect([by_sex, by_age], PrimaryRule(threshold=5))
    assert together.passed
    assert together.system.cells == 12 + 9 - 3  # 計, 男 and 女 are the same cells
    refs = {(r.table, r.codes) for r in together.refs(together.secondary)}
    assert len(refs) == 3


def test_an_earlier_publication_is_known_and_mended():
    now = cross([[2, 10, 20], [15, 12, 18], [30, 22, 14]])
    alone = protect([now], PrimaryRule(threshold=5))
    # Earlier, a cell that now serves as a complement was printed.
    shown = alone.refs(alone.secondary)[0]
    value = float(alone.system.values[np.flatnonzero(alone.secondary)[0]])
    earlier = now.model_copy(
        update={"cells": TableSpec.of(*now.dims, cells=[(shown.codes, value)]).cells}
    )
    again = protect([now], PrimaryRule(threshold=5), published=[earlier])
    assert again.passed
    assert again.certified_cost.sum > alone.certified_cost.sum
    assert again.cost == alone.cost


def test_a_cell_that_was_published_before_cannot_be_protected():
    now = cross([[2, 10], [15, 12]])
    protected = protect([now], PrimaryRule(threshold=5), published=[now])
    assert not protected.passed
    assert protected.audits["linear"].passed
    assert protected.unprotected.sum() == 1


def test_a_contributor_alone_in_a_cell_gives_no_neighbour_away():
    cells = [
        (["r0", "c0"], 50, {"n": 1}), (["r0", "c1"], 40, {"n": 1}), (["r0", "c2"], 900, {"n": 9}),
        (["r1", "c0"], 60, {"n": 1}), (["r1", "c1"], 70, {"n": 1}), (["r1", "c2"], 800, {"n": 8}),
        (["r2", "c0"], 600, {"n": 7}), (["r2", "c1"], 500, {"n": 6}), (["r2", "c2"], 700, {"n": 9}),
    ]  # fmt: skip
    spec = TableSpec.of([["計", ["r0", "r1", "r2"]]], [["計", ["c0", "c1", "c2"]]], cells=cells)
    protected = protect([spec], PrimaryRule(threshold=3))
    assert protected.cost.sum == 0  # the four hide each other from outsiders
    assert protected.certified_cost.sum > 0  # but each of them could work out the others
    assert protected.passed


def test_dominance_and_p_percent():
    cells = [
        (["a"], 100, {"n": 5, "top": [90, 4]}),
        (["b"], 100, {"n": 5, "top": [30, 30]}),
        (["c"], 100, {"n": 5, "top": [50, 48]}),
    ]
    spec = TableSpec.of([["計", ["a", "b", "c"]]], cells=cells)
    system = check([spec])
    names = system.refs

    def primary(rule):
        return {names[int(i)].codes[0] for i in np.flatnonzero(find_primary(system, rule))}

    assert primary(PrimaryRule(dominance=(1, 85))) == {"a"}
    assert primary(PrimaryRule(dominance=(2, 85))) == {"a", "c"}
    assert primary(PrimaryRule(p_percent=10)) == {"a", "c"}
    assert primary(PrimaryRule(contributors=5)) == {"a", "b", "c"}
    assert primary(PrimaryRule(threshold=5)) == set()


@pytest.mark.parametrize("method", ["cheapest", "next_smallest"])
def test_the_practice_is_mended_until_it_holds(method):
    values = [[3, 40, 50, 9], [60, 8, 70, 30], [20, 30, 4, 10]]
    protected = protect([cross(values)], PrimaryRule(threshold=5), complement=method)
    assert protected.passed


def test_practice_costs_at_least_the_cheapest():
    values = [[3, 40, 50, 9], [60, 8, 70, 30], [20, 30, 4, 10]]
    exact = protect([cross(values)], PrimaryRule(threshold=5))
    practice = protect([cross(values)], PrimaryRule(threshold=5), complement="next_smallest")
    assert practice.certified_cost.sum >= exact.certified_cost.sum


def test_when_time_is_up_the_pattern_still_holds():
    rng = np.random.default_rng(1)
    values = rng.poisson(8, (9, 9)).tolist()
    rule = PrimaryRule(threshold=6)
    protected = protect([cross(values)], rule, time_limit=0.0)
    assert protected.status == "feasible"
    people = readers(protected.system, protected.primary, rule, "publish")
    cells = np.flatnonzero(protected.primary)
    for reader in people:
        found = intervals(protected.system, protected.suppressed, reader, cells, exact=False)
        assert not found.known.any()


def test_work_is_counted_so_that_the_clock_decides_nothing(monkeypatch):
    rng = np.random.default_rng(3)
    codes = product([f"r{i}" for i in range(9)], [f"c{j}" for j in range(8)], "xyz")
    spec = TableSpec.of(
        [["計", [f"r{i}" for i in range(9)]]],
        [["計", [f"c{j}" for j in range(8)]]],
        [["計", ["x", "y", "z"]]],
        cells=[(list(c), int(rng.exponential(30))) for c in codes],
    )

    def found():
        done = protect([spec], PrimaryRule(threshold=5), time_limit=0.4)
        assert done.status == "feasible" and done.passed
        return {name: value for name, value in done.to_json().items() if name != "seconds"}

    first, hours = found(), count(step=3600.0)
    monkeypatch.setattr(secondary_suppression.time, "monotonic", lambda: next(hours))
    assert found() == first


def test_the_user_can_stop_it():
    def stop(done):
        raise Cancelled.by_user()

    with watched(stop), pytest.raises(Cancelled):
        protect([cross([[2, 10, 20], [15, 12, 18], [30, 22, 14]])], PrimaryRule(threshold=5))
