"""Mode mondrian: no row lost, the goal kept, ranges from cut points, the same on the next file."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer import Goal, Hierarchy, Plan, apply, leave, preview, propose
from anonymizer.hierarchies.bands import day_span, roundest
from anonymizer.hierarchies.ordered_axis import OrderedAxis
from anonymizer.search.constraint import Constraint, Sensitive
from anonymizer.search.mondrian import partition
from core import ColumnType, Table
from tests.anonymizer.reports import report

REPORTS = [
    report("年齢", "age", "quasi_identifier"),
    report("所得", "income", "quasi_identifier"),
    report("性別", "sex", "quasi_identifier"),
    report("病名", "disease", "sensitive"),
]
PERSON = st.tuples(
    st.sampled_from([*(str(n) for n in range(18, 105)), "不明", "４１"]),
    st.sampled_from([f"{n}万円" for n in range(0, 900, 7)] + ["12,345,678"]),
    st.sampled_from("男女"),
    st.sampled_from(["肺炎", "糖尿病", "胃がん"]),
)


def table_of(people) -> Table:
    return Table.of(list(zip([r.name for r in REPORTS], zip(*people, strict=True), strict=True)))


def rows_of(table: Table, names) -> list[tuple[str, ...]]:
    columns = [[c.texts[i] for i in c.codes] for c in (table[name] for name in names)]
    return list(zip(*columns, strict=True))


TREE = Hierarchy.of("b", [(x, "xy" if x in "xy" else "z", "*") for x in "xyz"])
ITEM = st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=60)
@given(
    items=st.lists(ITEM, min_size=8, max_size=60),
    k=st.integers(2, 4),
    lt=st.sampled_from([(None, None), (2, None), (None, 0.5), (2, 0.6)]),
    seed=st.integers(0, 9),
)
def test_every_part_satisfies_the_constraint(items, k, lt, seed):
    codes = np.array([item[2] for item in items], np.int32)
    shares = np.bincount(codes, minlength=3) / len(items)
    constraint = Constraint(k, *lt, [Sensitive(codes, shares, np.arange(3))])
    ones = np.ones(len(items), np.int64)
    if not constraint.holds(np.zeros(len(items), np.int32), ones, 1).all():
        return
    line = OrderedAxis.of(ColumnType.AGE, [str(n) for n in range(10)])
    cells = np.array([item[:2] for item in items], np.int32)
    found = partition(cells, ones, [line, TREE], constraint, seed)
    assert constraint.holds(found.index, ones, len(found.boxes)).all()
    for item, part in zip(cells.tolist(), found.index.tolist(), strict=True):
        low, high = found.boxes[part][0]
        assert low <= item[0] < high
    labels = Counter(
        (line.label(*box[0]), TREE.labels[box[1][0]][TREE.nodes[box[1][0]][item[1]]])
        for item, part in zip(cells.tolist(), found.index.tolist(), strict=True)
        for box in [found.boxes[part]]
    )
    assert min(labels.values()) >= k


@settings(max_examples=25)
@given(people=st.lists(PERSON, min_size=20, max_size=60), k=st.integers(2, 5))
def test_the_published_rows_reach_k_and_replay(people, k):
    table = table_of(people)
    options = propose(table, REPORTS, Goal(k=k, max_suppression=1.0, mode="mondrian"))
    plan = options[0].plan
    assert plan.mode == "mondrian"
    result = options[0].preview.processed.table
    assert result.rows == len(people)
    assert min(Counter(rows_of(result, ["年齢", "所得", "性別"])).values()) >= k
    again = preview(table, Plan.from_yaml(plan.to_yaml())).processed.table
    assert rows_of(again, again.keys) == rows_of(result, result.keys)


def test_ranges_are_cut_between_people_and_name_no_one():
    ages = ["18", "19", "21", "22", "34", "36", "41", "43", "87", "98"] * 2
    table = Table.of({"年齢": ages})
    option = propose(table, REPORTS[:1], Goal(k=4, mode="mondrian"))[0]
    shown = Counter(row[0] for row in rows_of(option.preview.processed.table, ["年齢"]))
    assert shown == {"19歳以下": 4, "20～34歳": 6, "35～41歳": 4, "42歳以上": 6}
    assert option.plan.steps[0].cuts == (20, 35, 42)


def test_the_next_file_is_cut_at_the_same_points():
    table = Table.of({"年齢": [str(20 + i % 60) for i in range(240)]})
    plan = propose(table, REPORTS[:1], Goal(k=10, mode="mondrian"))[0].plan
    following = Table.of({"年齢": [str(25 + i % 33) for i in range(90)]})
    done = apply(following, plan)
    assert done.met
    assert set(done.cuts["年齢", None]) <= set(plan.steps[0].cuts)
    assert min(done.table["年齢"].counts) >= 10


def test_bands_are_never_cut_through():
    line = OrderedAxis.of(ColumnType.AGE_BAND, ["40代", "45", "50～59歳", "60歳以上", "非公表"])
    cuttable = [b for b in line.bounds if b == b and b > 0]
    assert cuttable == [50, 60]
    assert line.label(1, 3) == "49歳以下"
    assert line.label(0, 1) == "非公表"
    assert line.label(0, 2) == "*"


def test_fractions_and_words():
    line = OrderedAxis.of(ColumnType.QUANTITY, ["36.4", "36.9", "38.2"])
    assert [line.label(0, 1), line.label(1, 2), line.label(2, 3)] == [
        "36.5未満", "36.5以上38未満", "38以上",
    ]  # fmt: skip
    assert OrderedAxis.of(ColumnType.QUANTITY, ["多い", "1", "2"]) is None
    assert OrderedAxis.of(ColumnType.CATEGORY, ["1", "2"]) is None


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_the_roundest_number_lies_between(above, width):
    assert above < roundest(above, above + width) <= above + width or width < abs(above) * 1e-12


def test_the_certificate_of_a_mondrian_plan():
    people = [(str(20 + i % 50), f"{i % 37 * 13}万円", "男女"[i % 2], "肺炎") for i in range(200)]
    goal = Goal(k=5, mode="mondrian", max_suppression=0)
    option = propose(table_of(people), REPORTS, goal)[0]
    certificate = leave(table_of(people), option.plan, "out.csv").certificate
    assert certificate.passed
    assert certificate.suppressed_rows == 0
    assert certificate.classes == option.preview.after.classes >= 10


@pytest.mark.parametrize("mode", ["local", "mondrian"])
def test_l_and_t_hold_in_both_modes_that_lose_no_row(mode):
    people = [(str(20 + i % 50), f"{i % 37 * 13}万円", "男女"[i % 2],
               ("肺炎", "糖尿病", "胃がん")[i * i % 3]) for i in range(200)]  # fmt: skip
    goal = Goal(k=4, l=2, t=0.3, mode=mode)
    option = propose(table_of(people), REPORTS, goal)[0]
    measured = option.preview.after_measures.diversity[0]
    assert measured.distinct_l >= 2
    assert measured.t_equal <= 0.3


DAY = st.dates(min_value=date(1930, 1, 1), max_value=date(2024, 12, 31))


@settings(max_examples=30)
@given(days=st.lists(DAY, min_size=12, max_size=60), k=st.integers(2, 4))
def test_dates_are_cut_and_every_range_holds_its_days(days, k):
    texts = [d.isoformat() if i % 3 else f"{d.year}年{d.month}月{d.day}日"
             for i, d in enumerate(days)]  # fmt: skip
    table = Table.of({"生年月日": texts})
    reports = [report("生年月日", "birth_date", "quasi_identifier")]
    plan = propose(table, reports, Goal(k=k, max_suppression=1.0, mode="mondrian"))[0].plan
    for given_plan in (plan, Plan.from_yaml(plan.to_yaml())):
        shown = [row[0] for row in rows_of(apply(table, given_plan).table, ["生年月日"])]
        assert min(Counter(shown).values()) >= k
        for day, label in zip(days, shown, strict=True):
            assert label == "*" or within(day, label)


def within(day: date, label: str) -> bool:
    """Whether a day lies in what a label says."""
    start, mark, end = label.partition("～")
    if not mark:
        bare = label.removesuffix("以降").removesuffix("以前")
        span = day_span(bare)
        assert span is not None, label
        low = -1 if label.endswith("以前") else span[0]
        high = 10**7 if label.endswith("以降") else span[1]
    else:
        first, last = day_span(start if "年" in start else f"{start}年"), day_span(end)
        assert first, label
        assert last, label
        low, high = first[0], last[1]
    return low <= day.toordinal() <= high


def test_dates_are_kept_finer_than_by_whole_decades():
    days = [date(1950, 1, 1) + timedelta(days=97 * i) for i in range(200)]
    table = Table.of({"生年月日": [d.isoformat() for d in days]})
    reports = [report("生年月日", "birth_date", "quasi_identifier")]
    found = propose(table, reports, Goal(k=5, mode="mondrian"))[0]
    assert found.preview.loss.granularity > 0.9
    assert len(found.preview.processed.table["生年月日"].texts) > 25
