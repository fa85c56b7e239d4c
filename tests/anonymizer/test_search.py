"""The searches against brute force, and what they may never do."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer import load_hierarchies
from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.recoding import granularity
from anonymizer.search.constraint import Constraint, Sensitive
from anonymizer.search.full_domain import find_optimum
from anonymizer.search.local import recode_locally
from core import Table
from measure import code, count_classes

HIERARCHIES = [
    Hierarchy.of("a", [(str(i), str(i // 2), str(i // 4), "*") for i in range(8)]),
    Hierarchy.of("b", [(x, "xy" if x in "xy" else "z", "*") for x in "xyz"]),
    Hierarchy.of("c", [("0", "*"), ("1", "*")]),
]
ITEMS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 1), st.integers(0, 2)),
    min_size=8,
    max_size=40,
)


def brute_force(items, hierarchies, constraint, limit):
    """The least loss over all nodes, computed row by row in plain Python.

    Where too few rows are suppressed to hide among themselves, the smallest class goes with them,
    the first in order of its labels where several are as small.
    """
    best = None
    for node in itertools.product(*(range(h.height + 1) for h in hierarchies)):
        classes = {}
        for row, item in enumerate(items):
            key = tuple(h.nodes[lv][x] for h, lv, x in zip(hierarchies, node, item, strict=False))
            classes.setdefault(key, []).append(row)
        bad = {key for key, rows in classes.items() if not good(rows, items, constraint)}
        gone = sum(len(classes[key]) for key in bad)
        if 0 < gone < constraint.k:
            for key in sorted(classes, key=lambda key: (len(classes[key]), key)):
                if gone < constraint.k and key not in bad:
                    bad.add(key)
                    gone += len(classes[key])
        if gone > limit * len(items) + 1e-9:
            continue
        loss = 0.0
        for key, rows in classes.items():
            for row in rows:
                shares = [
                    h.share[lv][x] for h, lv, x in zip(hierarchies, node, items[row], strict=False)
                ]
                loss += 1 if key in bad else sum(shares) / len(shares)
        loss /= len(items)
        best = loss if best is None else min(best, loss)
    return best


def good(rows, items, constraint):
    if len(rows) < constraint.k:
        return False
    values = [items[row][3] for row in rows]
    if constraint.l is not None and len(set(values)) < constraint.l:
        return False
    if constraint.t is not None:
        everyone = [item[3] for item in items]
        distance = sum(
            abs(values.count(v) / len(values) - everyone.count(v) / len(everyone)) for v in range(3)
        )
        return distance / 2 <= constraint.t + 1e-9
    return True


def constraint_of(k, l, t, items):  # noqa: E741
    codes = np.array([item[3] for item in items], np.int32)
    shares = np.bincount(codes, minlength=3) / len(items)
    return Constraint(k, l, t, [Sensitive(codes, shares)])


@settings(max_examples=60)
@given(
    items=ITEMS,
    k=st.integers(2, 4),
    limit=st.sampled_from([0.0, 0.1, 0.3, 1.0]),
    lt=st.sampled_from([(None, None), (2, None), (None, 0.4), (2, 0.5)]),
)
def test_full_domain_finds_the_optimum(items, k, limit, lt):
    constraint = constraint_of(k, *lt, items)
    leaves = np.array([item[:3] for item in items], np.int32)
    found = find_optimum(leaves, np.ones(len(items), np.int64), HIERARCHIES, constraint, limit)
    best = brute_force(items, HIERARCHIES, constraint, limit)
    if best is None:
        assert found.levels is None
    else:
        assert found.loss == pytest.approx(best, abs=1e-9)


@settings(max_examples=60)
@given(
    items=ITEMS,
    k=st.integers(2, 4),
    lt=st.sampled_from([(None, None), (2, None), (None, 0.6), (2, 0.7)]),
    seed=st.integers(0, 99),
)
def test_local_recoding_keeps_every_row_and_the_goal(items, k, lt, seed):
    constraint = constraint_of(k, *lt, items)
    everyone = np.zeros(len(items), np.int32)
    if not constraint.holds(everyone, np.ones(len(items), np.int64), 1).all():
        return
    leaves = np.array([item[:3] for item in items], np.int32)
    ones = np.ones(len(items), np.int64)
    found = recode_locally(leaves, ones, HIERARCHIES, constraint, seed)
    assert np.array_equal(np.bincount(found.origin, found.weights), ones)
    shown = {}
    for piece, item in enumerate(found.origin.tolist()):
        key = tuple(
            h.labels[lv][h.nodes[lv][x]]
            for h, lv, x in zip(HIERARCHIES, found.levels[piece], items[item], strict=False)
        )
        shown.setdefault(key, []).append(item)
    assert all(good(rows, items, constraint) for rows in shown.values())


def test_equal_items_may_part_so_that_both_halves_are_safe():
    leaves = np.array([[0, 0, 0], [1, 0, 0]], np.int32)
    found = recode_locally(leaves, np.array([7, 3]), HIERARCHIES, Constraint(5), 0)
    assert sorted(np.bincount(found.index, found.weights).tolist()) == [5, 5]
    rows = np.repeat([0, 1], [7, 3])
    pieces = found.piece_of_rows(rows, 1)
    assert np.array_equal(found.origin[pieces], rows)
    assert np.array_equal(np.bincount(pieces), found.weights)


@pytest.fixture(scope="module")
def adult(shared: Path):
    import csv

    with (shared / "data/adult/adult.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file, delimiter=";")
    table = Table.of(list(zip(header, zip(*rows, strict=True), strict=True)))
    return table, load_hierarchies(shared / "data/adult")


def searched(adult, names, sensitive=()):
    table, hierarchies = adult
    trees = [hierarchies[name] for name in names]
    coded = [code(table[name]) for name in (*names, *sensitive)]
    classes = count_classes(coded)
    first = classes.first_rows()
    leaves = [
        np.array([tree.places[x] for x in c.labels], np.int32)[c.codes[first]]
        for tree, c in zip(trees, coded, strict=False)
    ]
    columns = [Sensitive(c.codes[first], c.counts / table.rows) for c in coded[len(names) :]]
    return np.stack(leaves, axis=1), classes.sizes, trees, columns


def kept(loss, trees):
    return (
        granularity([(loss, len(trees[0].leaves))])
        if len(trees) == 1
        else (1 - loss) / (1 - sum(1 / len(tree.leaves) for tree in trees) / len(trees))
    )


EIGHT = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass",
         "occupation"]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("limit", "best"), [(0.05, 0.72266), (1.0, 0.76087), (0.0, 0.29840)])
def test_adult_full_domain_reaches_the_true_optimum(adult, limit, best):
    leaves, weights, trees, _ = searched(adult, EIGHT)
    found = find_optimum(leaves, weights, trees, Constraint(5), limit)
    assert kept(found.loss, trees) == pytest.approx(best, abs=5e-6)
    assert found.evaluated < found.nodes / 10


@pytest.mark.shared
def test_adult_with_three_occupations_in_every_class(adult):
    names = [*(name for name in EIGHT if name != "occupation"), "salary-class"]
    leaves, weights, trees, columns = searched(adult, names, ["occupation"])
    found = find_optimum(leaves, weights, trees, Constraint(5, 3, None, columns), 0.05)
    assert kept(found.loss, trees) == pytest.approx(0.79765, abs=5e-6)


@pytest.mark.shared
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_adult_local_recoding(adult, seed):
    leaves, weights, trees, _ = searched(adult, EIGHT)
    found = recode_locally(leaves, weights, trees, Constraint(5), seed)
    assert kept(found.loss, trees) >= 0.9395
    assert np.bincount(found.index, found.weights).min() >= 5
    assert found.weights.sum() == 30162
