"""What the product claims of its own patterns, checked by a judge that shares no code with it."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer.tables import PrimaryRule, TableSpec, protect
from tests.anonymizer.tables.judge import Key, Reader, Spec, all_cells, key, sums

FLAT = [["計", ["a", "b", "c"]]]
DEEP = [["計", ["p", "q"]], ["p", ["p1", "p2"]], ["q", ["q1", "q2"]]]
TWICE = [["計", ["p", "q"]], ["p", ["1", "2"]], ["q", ["3", "4"]], ["計", ["r", "s"]],
         ["r", ["1", "3"]], ["s", ["2", "4"]]]  # fmt: skip
TWO = [["計", ["x", "y"]]]


def table(draw: Any, names: list[str], dims: list[Any], numbers: Any) -> dict[str, Any]:
    bare = {"names": names, "dims": dims}
    lowest = [
        w
        for w in all_cells(bare)
        if all(c not in {p for p, _ in d} for c, d in zip(w, dims, strict=True))
    ]
    return bare | {"cells": [[list(w), draw(numbers)] for w in lowest]}


@st.composite
def counts(draw: Any) -> dict[str, Any]:
    dims = draw(
        st.sampled_from(
            [[FLAT, TWO], [DEEP, TWO], [TWICE, TWO], [FLAT, FLAT], [TWO, TWO, TWO],
             [DEEP], [FLAT, TWO, TWO], [TWO, TWO, TWO, TWO]]
        )
    )  # fmt: skip
    small = st.one_of(st.integers(0, 5), st.integers(0, 30))
    return table(draw, [f"d{i}" for i in range(len(dims))], dims, small)


def claims(specs: list[Spec], rule: PrimaryRule, zeros: Any, earlier: Any = ()) -> dict[str, Any]:
    named = [TableSpec.model_validate({**s, "name": str(i)}) for i, s in enumerate(specs)]
    past = [TableSpec.model_validate(s) for s in earlier]
    return protect(named, rule, zeros=zeros, published=past, time_limit=20).to_json()


def picked(found: Mapping[str, Any], name: str, specs: list[Spec]) -> set[Key]:
    tables = found.get(f"{name}_tables", ["0"] * len(found[name]))
    return {key(specs[int(t)], c) for t, c in zip(tables, found[name], strict=True)}


def compare(
    found: Mapping[str, Any],
    audit: str,
    reader: Reader,
    specs: list[Spec],
    counts: Mapping[Key, float] | None = None,
) -> None:
    """The verdict and every interval of an audit with a single reader, who knows of `counts`."""
    report = found["audits"][audit]
    for claim in report["intervals"]:
        cell = key(specs[int(claim.get("table", 0))], claim["codes"])
        low, high = reader.interval(cell)
        assert claim["exact"]
        assert claim["low"] == pytest.approx(low, abs=1e-5)
        assert (claim["high"] or 0.0) == pytest.approx(
            0.0 if high == float("inf") else high, abs=1e-5
        )
        known = reader.knows_whole(cell, counts[cell]) if counts else reader.knows(cell)
        assert claim["point"] == known
    assert report["passed"] == (not any(c["point"] for c in report["intervals"]))


def bounds(values: Mapping[Key, float], primary: set[Key], threshold: int, zeros: str) -> Any:
    lower = {k: 1.0 for k, v in values.items() if v >= 1} if zeros == "publish" else {}
    return lower, dict.fromkeys(primary, threshold - 1.0)


@settings(max_examples=15)
@given(spec=counts(), threshold=st.integers(2, 5), zeros=st.sampled_from(["publish", "suppress"]))
def test_counts_of_any_shape(spec: Spec, threshold: int, zeros: str) -> None:
    found = claims([spec], PrimaryRule(threshold=threshold), zeros)
    values = sums(spec)
    primary = picked(found, "primary", [spec])
    assert primary == {k for k, v in values.items() if 0 < v < threshold}
    assert found["cost"]["sum"] <= found["certified_cost"]["sum"]
    for mask, cost in (("linear_secondary", "cost"), ("secondary", "certified_cost")):
        extra = picked(found, mask, [spec])
        assert not extra & primary
        assert found[cost] == {"cells": len(extra), "sum": sum(values[k] for k in extra)}
        assert zeros == "suppress" or all(values[k] for k in extra)
        printed = {k: v for k, v in values.items() if k not in primary | extra}
        outsider = Reader([spec], printed)
        assert not any(outsider.knows(cell) for cell in primary)
    compare(found, "linear", outsider, [spec])
    lower, upper = bounds(values, primary, threshold, zeros)
    compare(found, "rule_aware", Reader([spec], printed, lower, upper), [spec], values)
    assert found["passed"] or found["unprotected"] or zeros == "suppress"


@st.composite
def dense(draw: Any) -> dict[str, Any]:
    """Many people who are alone."""
    dims = draw(st.sampled_from([[FLAT, TWO], [DEEP, TWO], [FLAT, FLAT]]))
    return table(draw, ["a", "b"], dims, st.sampled_from([0, 0, 1, 1, 1, 2, 7]))


@settings(max_examples=20)
@given(
    spec=st.one_of(counts(), dense()), threshold=st.integers(2, 4), many=st.sampled_from([2, 30])
)
def test_nobody_who_was_counted_learns_of_others(spec: Spec, threshold: int, many: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "anonymizer.tables.disclosure_scenarios.MANY", many
        )  # above it one reader for all first
        found = claims([spec], PrimaryRule(threshold=threshold), "suppress")
    values, primary = sums(spec), picked(found, "primary", [spec])
    hidden = primary | picked(found, "secondary", [spec])
    printed = {k: v for k, v in values.items() if k not in hidden}
    _, upper = bounds(values, primary, threshold, "suppress")
    known: set[Key] = set()
    for own in [None, *(k for k, v in values.items() if v == 1)]:
        reader = Reader([spec], printed, {own: 1.0} if own else {}, upper)
        known |= {cell for cell in primary - {own} if reader.knows_whole(cell, values[cell])}
    points = {
        key(spec, i["codes"]) for i in found["audits"]["contributors"]["intervals"] if i["point"]
    }
    assert known == points


@settings(max_examples=12)
@given(data=st.data(), threshold=st.integers(2, 5))
def test_linked_tables(data: Any, threshold: int) -> None:
    whole = table(data.draw, ["a", "b", "c"], [FLAT, TWO, TWO], st.integers(0, 12))
    values = sums(whole)
    pair = [margin(whole, [0, 1]), margin(whole, [1, 2])]
    found = claims(pair, PrimaryRule(threshold=threshold), "publish")
    primary = picked(found, "primary", pair)
    shared = {k for s in pair for k in sums(s)}
    assert primary == {k for k in shared if 0 < values[k] < threshold}
    hidden = primary | picked(found, "secondary", pair)
    printed = {k: values[k] for k in shared - hidden}
    compare(found, "linear", Reader(pair, printed), pair)
    lower, upper = bounds(values, primary, threshold, "publish")
    compare(found, "rule_aware", Reader(pair, printed, lower, upper), pair, values)
    assert found["passed"] or found["unprotected"]


@settings(max_examples=12)
@given(data=st.data(), threshold=st.integers(2, 5))
def test_earlier_publications(data: Any, threshold: int) -> None:
    whole = table(data.draw, ["a", "b", "c"], [FLAT, TWO, TWO], st.integers(0, 12))
    now, before = margin(whole, [0, 1]), margin(whole, [0, 2])
    past = sums(before)
    shown = [
        [list(w), v if data.draw(st.booleans()) or v == 0 else None]
        for w in all_cells(before)
        for v in [past[key(before, w)]]
    ]
    earlier = {**before, "cells": shown}
    found = claims([now], PrimaryRule(threshold=threshold), "publish", [earlier])
    values, primary = sums(now), picked(found, "primary", [now])
    hidden = primary | picked(found, "secondary", [now])
    printed = {k: v for k, v in values.items() if k not in hidden}
    lower, upper = bounds(values, primary, threshold, "publish")
    compare(found, "linear", Reader([now], printed), [now])
    compare(found, "rule_aware", Reader([now], printed, lower, upper), [now], values)
    printed |= {key(before, w): v for w, v in shown if v is not None}
    # The bounds are about cells that are withheld now, not about those of long ago.
    own = {k: v for k, v in lower.items() if k in values}
    compare(found, "contributors", Reader([now, before], printed, own, upper), [now], values)
    assert found["passed"] or found["unprotected"]


def margin(spec: Spec, axes: list[int]) -> dict[str, Any]:
    """The table over some of the dimensions."""
    values = sums(spec)
    bare = {"names": [spec["names"][i] for i in axes], "dims": [spec["dims"][i] for i in axes]}
    return bare | {"cells": [[list(w), values[key(bare, w)]] for w in all_cells(bare)]}


@settings(max_examples=12)
@given(data=st.data(), least=st.integers(1, 2))
def test_amounts_and_their_contributors(data: Any, least: int) -> None:
    bare = table(data.draw, ["a", "b"], [FLAT, FLAT], st.integers(0, 90))
    cells = [[w, v, {"n": data.draw(st.integers(1, 4)) if v else 0}] for w, v in bare["cells"]]
    spec = {**bare, "cells": cells}
    found = claims([spec], PrimaryRule(contributors=least), "publish")
    values, people = sums(spec), sums(spec, 2, "n")
    primary = picked(found, "primary", [spec])
    assert primary == {k for k, n in people.items() if 0 < n <= least}
    hidden = primary | picked(found, "secondary", [spec])
    printed = {k: v for k, v in values.items() if k not in hidden}
    compare(found, "linear", Reader([spec], printed), [spec])
    known: set[Key] = set()
    for own in [frozenset[Any]()] + [k for k, n in people.items() if n == 1]:
        # Whoever is alone in a cell is alone in every single cell of it that is not empty.
        theirs = {k for k in primary if people[k] == 1 and (k <= own or own <= k)} if own else set()
        insider = Reader([spec], printed | {k: values[k] for k in theirs})
        known |= {cell for cell in primary - theirs if insider.knows(cell)}
    points = {
        key(spec, i["codes"]) for i in found["audits"]["contributors"]["intervals"] if i["point"]
    }
    assert known == points


@st.composite
def amounts(draw: Any) -> dict[str, Any]:
    """Turnover of a few firms in every cell, with the largest contributions of every total."""
    dims = draw(st.sampled_from([[FLAT, TWO], [FLAT, FLAT], [TWO, TWO, TWO]]))
    bare = {"names": [f"d{i}" for i in range(len(dims))], "dims": dims}
    own = st.lists(st.integers(1, 200), max_size=4)
    leaves = [w for w in all_cells(bare) if not any(c == "計" for c in w)]
    firms = {w: draw(own) for w in leaves} | {leaves[0]: [draw(st.integers(1, 200))]}
    cells = []
    for w in all_cells(bare):
        inside = [
            x
            for leaf, xs in firms.items()
            for x in xs
            if all(b in ("計", a) for a, b in zip(leaf, w, strict=True))
        ]
        largest = sorted(inside, reverse=True)
        cells.append([list(w), sum(inside), {"n": len(inside), "top": largest[:5]}])
    return {**bare, "cells": cells}


@settings(max_examples=25)
@given(spec=amounts(), coalition=st.integers(1, 2))
def test_no_contributor_comes_closer_than_the_rule_allows(spec: Spec, coalition: int) -> None:
    found = claims([spec], PrimaryRule(p_percent=15, coalition=coalition), "publish")
    values = {key(spec, c): v for c, v, _ in spec["cells"]}
    largest = {key(spec, c): more["top"] for c, _, more in spec["cells"]}
    primary = picked(found, "primary", [spec])
    hidden = primary | picked(found, "secondary", [spec])
    reader = Reader([spec], {k: v for k, v in values.items() if k not in hidden})
    close = set()
    for cell in primary:
        first, *others = largest[cell]
        low, high = reader.interval(cell)
        at_most = high - sum(others[:coalition])
        at_least = low - (values[cell] - first)
        if at_most < 1.15 * first - 1e-4 or at_least > 0.85 * first + 1e-4:
            close.add(cell)
    told = found["audits"]["linear"]["intervals"]
    assert close == {key(spec, i["codes"]) for i in told if i["point"] or i["close"]}
    assert found["passed"] == (not close) or found["unprotected"]
    assert not close or found["unprotected"]
