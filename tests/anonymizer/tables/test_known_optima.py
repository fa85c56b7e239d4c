"""The figures of the literature and of the tools in use."""

import json

import pytest

from anonymizer.tables import PrimaryRule, load_table, protect, tabulate
from intake import Upload, read

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def adult(shared):
    content = (shared / "data" / "adult" / "adult.csv").read_bytes()
    return read([Upload("adult.csv", content)])[0].table


def test_published_examples(shared):
    path = shared / "data" / "tables" / "examples.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    for spec, expected in zip(load_table(path), known, strict=True):
        by_sum = protect([spec], zeros="suppress")
        by_cells = protect([spec], zeros="suppress", cost="cells")
        optimum = expected["exact_optimum"]
        assert by_sum.cost.sum == optimum["sum_secondary"]
        assert by_cells.cost.cells == optimum["n_secondary_when_minimising_cells"]
        assert by_sum.status == by_cells.status == "optimal"
        assert by_sum.passed and by_cells.passed


@pytest.mark.parametrize(
    ("dimensions", "zeros", "linear", "certified"),
    [
        (["education", "occupation"], "publish", 138, 144),
        (["marital-status", "occupation"], "publish", 342, 342),
        (["education", "occupation"], "suppress", 68, None),
        (["marital-status", "occupation"], "suppress", 257, None),
        (["education", "occupation", "sex"], "publish", 1458, 1516),
    ],
)
def test_adult_counts(adult, dimensions, zeros, linear, certified):
    protected = protect([tabulate(adult, dimensions)], PrimaryRule(threshold=5), zeros=zeros)
    assert protected.cost.sum == linear
    assert certified is None or protected.certified_cost.sum == certified
    assert protected.passed
