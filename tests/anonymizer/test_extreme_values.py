"""Extreme numbers of kept columns: shown as one, said, and held on the next file."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizer import Goal, Plan, apply, certify_content, encode, propose
from anonymizer.records.extreme_values import ends_of
from core import Operation, Table
from tests.anonymizer.reports import report

REPORTS = [report("年齢", "age", "quasi_identifier"), report("年収", "income", "sensitive")]


@given(st.lists(st.integers(-50, 5000), min_size=1, max_size=60), st.integers(2, 6))
def test_each_end_holds_k_rows_and_something_is_left_between(numbers, k):
    spans = [(float(n), float(n)) for n in numbers]
    bottom, top = ends_of(spans, np.ones(len(numbers), np.int64), k)
    above = sum(top is not None and n >= top for n in numbers)
    below = sum(bottom is not None and n <= bottom for n in numbers)
    assert top is None or above >= k
    assert bottom is None or below >= k
    if top is not None or bottom is not None:
        assert above + below < len(numbers)
    if top is None and len(set(numbers)) > 2 and numbers.count(max(numbers)) < k:
        assert sum(n > min(numbers) for n in numbers) < k
    assert ends_of(spans, np.full(len(numbers), k), k) == (None, None)


def people(incomes: list[str]) -> Table:
    return Table.of({"年齢": [str(40 + i % 2) for i in range(len(incomes))], "年収": incomes})


ORDINARY = [str(2_000_000 + 5_000 * i) for i in range(80)]


@pytest.mark.parametrize("mode", ["local", "full-domain", "mondrian"])
def test_nobody_is_recognised_by_a_fortune(mode):
    table = people([*ORDINARY, "987,654,321円", "12"])
    for option in propose(table, REPORTS, Goal(k=5, mode=mode)):
        (step,) = option.plan.of("年収")
        assert step.operation in (Operation.TOP_CODE, Operation.BAND)
        assert step.has_ends
        shown = option.preview.processed.table["年収"]
        assert not {"987,654,321円", "12"} & set(shown.texts)
        tails = [text for text in shown.texts if text.endswith(("以上", "以下"))]
        assert all(shown.counts[shown.texts.index(text)] >= 5 for text in tails)
        assert any("「年収」" in m.ja and "飛び抜けた" in m.ja for m in option.preview.warnings)


def test_the_next_file_is_held_to_the_bounds():
    plan = propose(people([*ORDINARY, "98,765,432"]), REPORTS, Goal(k=5))[0].plan
    again = Plan.from_yaml(plan.to_yaml())
    done = apply(people([*ORDINARY, "77,777,777", "0", "たくさん"]), again)
    shown = done.table["年収"].texts
    assert not {"77,777,777", "0", "たくさん"} & set(shown)
    assert any("「年収」の1行" in m.ja and "計画に無い値" in m.ja for m in done.warnings)


def test_values_keep_their_order_for_t():
    table = people([*ORDINARY, "98,765,432"])
    option = propose(table, REPORTS, Goal(k=5, t=0.4, attackers=("quasi",)))[0]
    (found,) = option.preview.after_measures.diversity
    assert found.t_ordered is not None
    content, _ = encode(option.preview.processed.table, ".csv")
    certificate = certify_content("a.csv", content, option.plan)
    assert certificate.t_ordered == ("年収",)
    assert certificate.t["年収"] == pytest.approx(found.t_ordered, abs=1e-9)


def test_common_numbers_stay_as_they_are():
    table = people([str(n % 5) for n in range(50)])
    assert propose(table, REPORTS, Goal(k=5))[0].plan.of("年収")[0].operation is Operation.KEEP


def test_a_column_kept_by_hand_with_extremes_is_warned_about():
    table = people([*ORDINARY, "98,765,432"])
    plan = propose(table, REPORTS, Goal(k=5))[0].plan.change("年収", Operation.KEEP)
    assert any("飛び抜けて大きい" in m.ja for m in apply(table, plan).warnings)
