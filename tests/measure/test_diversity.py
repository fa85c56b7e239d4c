"""Diversity and closeness against pyCANON's figures and against a slow reference of our own."""

import csv
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import Table
from measure import code, count_classes, measure_diversity, measure_risk

# Computed with pyCANON 1.3.6 (pandas 2.3.3) in an environment of its own:
#   data = pandas.read_csv("adult.csv", sep=";")
#   for f in (alpha_k_anonymity, l_diversity, entropy_l_diversity, t_closeness,
#             basic_beta_likeness, enhanced_beta_likeness, delta_disclosure):
#       f(data, quasi, [sensitive])
# Its t is the equal distance for texts and the ordered distance for numbers; its entropy l is cut
# to a whole number.
PAIR = ("sex", "race")
THREE = ("sex", "marital-status", "education")
PYCANON = [
    (PAIR, "occupation", 0.2789115646258503, 10, 7, 0.3249624441807344, 17.722532588454378,
     8.11711355558441, 3.132721992807618),
    (PAIR, "age", 0.08045977011494253, 33, 27, 0.09193571485872032, 16.61799065420561,
     10.31433813292063, 2.868920576218943),
    (PAIR, "salary-class", 0.9540229885057471, 2, 1, 0.20294547375208355, 0.38366751560398815,
     0.38366751560398815, 1.6890000223204622),
    (THREE, "occupation", 1.0, 1, 1, 0.9952589350838804, 209.92307692307693, 8.11711355558441,
     5.351493502660723),
    (THREE, "age", 1.0, 1, 1, 0.5645308759926445, 2153.4285714285716, 10.31433813292063,
     7.675280803305371),
    (THREE, "salary-class", 1.0, 1, 1, 0.7510775147536636, 3.0173148641449123,
     1.3906137352142307, 3.8537752893082504),
]  # fmt: skip


@pytest.fixture(scope="module")
def adult(shared: Path) -> Table:
    with (shared / "data/adult/adult.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file, delimiter=";")
    return Table.of(list(zip(header, zip(*rows, strict=True), strict=True)))


@pytest.mark.shared
@pytest.mark.parametrize("figures", PYCANON, ids=lambda f: f"{len(f[0])}-{f[1]}")
def test_figures_of_pycanon(adult, figures):
    quasi, sensitive, alpha, distinct, entropy, t, beta, enhanced, delta = figures
    (found,) = measure_risk(adult, quasi, sensitive=[sensitive]).diversity
    assert found.alpha == pytest.approx(alpha, abs=1e-9)
    assert found.distinct_l == distinct
    assert math.floor(found.entropy_l + 1e-9) == entropy
    mine = found.t_ordered if sensitive == "age" else found.t_equal
    assert mine == pytest.approx(t, abs=1e-9)
    assert found.beta == pytest.approx(beta, abs=1e-9)
    assert found.enhanced_beta == pytest.approx(enhanced, abs=1e-9)
    assert found.delta == pytest.approx(delta, abs=1e-9)


def slow(rows):
    """Every figure straight from its definition, in exact fractions as far as that goes."""
    everyone = Counter(value for _, value in rows)
    p = {value: Fraction(n, len(rows)) for value, n in everyone.items()}
    levels = sorted(p)
    classes: dict[str, Counter[int]] = {}
    for key, value in rows:
        classes.setdefault(key, Counter())[value] += 1
    q = [{v: Fraction(n, c.total()) for v, n in c.items()} for c in classes.values()]
    distinct = min(len(c) for c in classes.values())
    beta = max((x[v] - p[v]) / p[v] for x in q for v in x)

    def ordered(x):
        steps = (sum(x.get(w, 0) - p[w] for w in levels[: i + 1]) for i in range(len(levels)))
        return sum(abs(s) for s in steps) / (len(levels) - 1) if len(levels) > 1 else 0

    def recursive(c):
        falling = sorted(c.values(), reverse=True)
        return Fraction(falling[0], sum(falling[distinct - 1 :]))

    return {
        "distinct_l": distinct,
        "entropy_l": math.exp(min(-sum(float(y) * math.log(y) for y in x.values()) for x in q)),
        "recursive_c": max(map(recursive, classes.values())) if distinct > 1 else None,
        "t_equal": max(sum(abs(x.get(v, 0) - p[v]) for v in p) / 2 for x in q),
        "t_ordered": max(map(ordered, q)),
        "alpha": max(max(x.values()) for x in q),
        "beta": beta,
        "enhanced_beta": min(float(beta), -math.log(min(p.values()))),
        "delta": max(abs(math.log(x[v] / p[v])) for x in q for v in x),
    }


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 12)), min_size=1, max_size=60))
def test_against_the_definitions(rows):
    table = Table.of({"q": [q for q, _ in rows], "s": [str(s) for _, s in rows]})
    found = measure_diversity(count_classes([code(table["q"])]), code(table["s"]))
    for name, value in slow(rows).items():
        expected = None if value is None else pytest.approx(float(value), abs=1e-9)
        assert getattr(found, name) == expected, name


def test_words_have_no_order():
    table = Table.of({"q": ["a", "a"], "s": ["糖尿病", "肺炎"]})
    (found,) = measure_risk(table, ["q"], sensitive=["s"]).diversity
    assert found.t_ordered is None
