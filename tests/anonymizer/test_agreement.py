"""What the search calls met, the certificate finds on the file: whatever stands in the cells."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anonymizer import Goal, Plan, apply, certify_content, encode, propose
from core import PlanError, Table
from tests.anonymizer.test_known import report

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
        done = apply(table, plan)
        assert done.met == option.preview.processed.met
        content, _ = encode(done.table, ending)
        found = certify_content(f"a{ending}", content, plan)
        assert found.passed, [m.en for m in found.failures]
        assert found.k == option.preview.after.k
        assert found.suppressed_rows == done.suppressed_rows
