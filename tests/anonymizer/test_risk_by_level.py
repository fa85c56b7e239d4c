"""Risk over hierarchies: against measuring a table that was widened, and against transport."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymizer import Hierarchy, risk_by_level, t_by_hierarchy
from core import InputError, Table
from measure import measure_risk

TREE = Hierarchy.of(
    "病名",
    [
        ("胃がん", "新生物", "身体", "*"),
        ("肺がん", "新生物", "身体", "*"),
        ("喘息", "呼吸器", "身体", "*"),
        ("うつ病", "精神", "こころ", "*"),
    ],
)
ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(TREE.leaves)), min_size=1, max_size=30
)


@given(ROWS)
def test_each_level_is_the_risk_of_the_table_widened_so_far(rows):
    table = Table.of({"区": [a for a, _ in rows], "病名": [b for _, b in rows]})
    found = risk_by_level(table, ["区", "病名"], {"病名": TREE}, 5)
    assert [f.level for f in found] == [0, 1, 2, 3]
    for f in found:
        wide = [TREE.label(b, f.level) or "" for _, b in rows]
        risk = measure_risk(Table.of({"区": [a for a, _ in rows], "病名": wide}), ["区", "病名"])
        assert (f.k, f.classes, f.uniques) == (risk.k, risk.classes, risk.uniques)
        assert f.share_at_risk == pytest.approx(risk.share_at_risk)
        assert f.values == len(set(wide))


def transport(q: np.ndarray, p: np.ndarray) -> float:
    """The earth mover's distance over the tree, by linear programming."""
    n = len(TREE.leaves)
    meet = np.array([
        [next(h for h in range(4) if TREE.path(i)[h] == TREE.path(j)[h]) / 3 for j in range(n)]
        for i in range(n)
    ])  # fmt: skip
    out = np.kron(np.eye(n), np.ones(n))
    back = np.kron(np.ones(n), np.eye(n))
    found = linprog(meet.ravel(), A_eq=np.vstack([out, back]), b_eq=np.r_[q, p])
    return float(found.fun)


@settings(max_examples=40)
@given(ROWS)
def test_the_distance_over_a_hierarchy_is_that_of_transport(rows):
    table = Table.of({"区": [a for a, _ in rows], "病名": [b for _, b in rows]})
    shares = {
        name: np.array([sum(b == leaf for _, b in part) / len(part) for leaf in TREE.leaves])
        for name, part in (
            ("*", rows),
            *((x, [r for r in rows if r[0] == x]) for x in sorted({a for a, _ in rows})),
        )
    }
    wanted = max(transport(q, shares["*"]) for name, q in shares.items() if name != "*")
    assert t_by_hierarchy(table, ["区"], "病名", TREE) == pytest.approx(wanted, abs=1e-9)


def test_groups_that_stand_in_the_file_already_are_understood():
    table = Table.of({"病名": ["新生物", "喘息", "身体", "不明", "*"]})
    found = risk_by_level(table, ["病名"], {"病名": TREE}, 5)
    assert [f.values for f in found] == [5, 5, 3, 2]


def test_values_a_hierarchy_lacks_are_named_by_shape_and_rows():
    table = Table.of({"病名": ["胃がん", "痛風", "痛風"]})
    with pytest.raises(InputError) as caught:
        risk_by_level(table, ["病名"], {"病名": TREE}, 5)
    (problem,) = caught.value.problems
    assert problem.code == "hierarchy_misses_values"
    assert "2行" in problem.message.ja
    assert "文字×2" in problem.message.ja
    assert "痛風" not in problem.message.ja
