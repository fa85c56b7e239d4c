"""A plan on the next file: what it does not know is reported and never passed through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizer import Hierarchy, Plan, Step, apply, remember, untouched
from core import ColumnReport, ColumnType, Operation, Table
from tests.anonymizer.test_known import report

JOBS = ["会社員"] * 12 + ["看護師"] * 8 + ["農業"] * 6 + ["占い師"]
INCOMES = [str(2_000_000 + 50_000 * i) for i in range(len(JOBS))]
AGES = [str(20 + i) for i in range(len(JOBS))]
DAYS = [f"2024-05-{1 + i:02d}" for i in range(len(JOBS))]
COUNTS = [str(i % 9) for i in range(len(JOBS))]
POSTS = [f"460-00{i:02d}" for i in range(len(JOBS))]
PLACES = [f"名古屋市中区栄{i}丁目" for i in range(len(JOBS))]
SEXES = [("男性", "女性")[i % 2] for i in range(len(JOBS))]
STRANGE = "山田太郎七号"
FAR = "9876543210987"
TREE = Hierarchy.of("x", [(job, "働く人", "*") for job in dict.fromkeys(JOBS)])

CASES = [
    ("occupation", JOBS, Operation.KEEP, None),
    ("occupation", JOBS, Operation.SUPPRESS_CELLS, 3),
    ("occupation", JOBS, Operation.GENERALIZE, "other"),
    ("occupation", JOBS, Operation.GENERALIZE, "group"),
    ("category", JOBS, Operation.KEEP, None),
    ("category", JOBS, Operation.SUPPRESS_CELLS, 5),
    ("category", JOBS, Operation.GENERALIZE, "other"),
    ("category", JOBS, Operation.GENERALIZE, 0),
    ("category", JOBS, Operation.GENERALIZE, 1),
    ("category", JOBS, Operation.TRUNCATE, 2),
    ("category", JOBS, Operation.DROP, None),
    ("category", JOBS, Operation.PSEUDONYMIZE, "県"),
    ("sex", SEXES, Operation.KEEP, None),
    ("age", AGES, Operation.KEEP, None),
    ("age", AGES, Operation.BAND, 10),
    ("age", AGES, Operation.TOP_CODE, 40),
    ("age", AGES, Operation.BOTTOM_CODE, 25),
    ("age", AGES, Operation.ROUND, 5),
    ("age", AGES, Operation.MICROAGGREGATE, 3),
    ("age", AGES, Operation.SUPPRESS_CELLS, 1),
    ("date", DAYS, Operation.KEEP, None),
    ("date", DAYS, Operation.BAND, "month"),
    ("birth_date", DAYS, Operation.BAND, 10),
    ("address", PLACES, Operation.KEEP, None),
    ("address", PLACES, Operation.TRUNCATE, "town"),
    ("address", PLACES, Operation.TRUNCATE, "city"),
    ("postal_code", POSTS, Operation.KEEP, None),
    ("postal_code", POSTS, Operation.TRUNCATE, 3),
    ("municipality_code", ["23106"] * len(JOBS), Operation.TRUNCATE, 2),
    ("income", INCOMES, Operation.KEEP, None),
    ("income", INCOMES, Operation.BAND, 1_000_000),
    ("income", INCOMES, Operation.ROUND, 100_000),
    ("income", INCOMES, Operation.TOP_CODE, 3_000_000),
    ("income", INCOMES, Operation.BOTTOM_CODE, 2_500_000),
    ("income", INCOMES, Operation.MICROAGGREGATE, 5),
    ("quantity", COUNTS, Operation.NOISE, 1.0),
]


def planned(kind: str, values: list[str], operation: Operation, parameter, quasi: bool) -> Plan:
    step = Step(column="x", operation=operation, parameter=parameter, type=ColumnType(kind))
    kept = Step(column="y", operation=Operation.KEEP, type=ColumnType.SEX)
    chosen = ("x",) if quasi else ()
    plan = Plan(steps=(step, kept), quasi=chosen, k=1 if quasi else 5, max_suppression=1.0)
    made = remember(Table.of({"x": values, "y": SEXES}), plan)
    return Plan.from_yaml(made.to_yaml())


@pytest.mark.parametrize("quasi", [False, True])
@pytest.mark.parametrize(("kind", "values", "operation", "parameter"), CASES)
def test_what_a_plan_does_not_know_is_said_and_does_not_pass(
    kind, values, operation, parameter, quasi
):
    plan = planned(kind, values, operation, parameter, quasi)
    trees = {"x": TREE} if operation is Operation.GENERALIZE and isinstance(parameter, int) else {}
    numbers = kind in ("income",) and operation is not Operation.TOP_CODE
    strange = FAR if numbers or operation is Operation.NOISE else STRANGE
    following = Table.of({"x": [*values, *[strange] * 7], "y": [*SEXES, *["男性"] * 7]})
    done = apply(following, plan, hierarchies=trees, keys={"県": b"k" * 32})
    if operation is Operation.DROP:
        assert "x" not in done.table
        return
    shown = done.table["x"].texts
    assert not any(strange[:3] in text for text in shown)
    if operation is not Operation.PSEUDONYMIZE:
        said = [m.ja for m in done.warnings if "「x」" in m.ja and "行" in m.ja]
        assert said
        assert not any(strange in m for m in said)


@pytest.mark.parametrize(("kind", "values", "operation", "parameter"), CASES)
def test_on_its_own_file_a_plan_knows_every_value(kind, values, operation, parameter):
    plan = planned(kind, values, operation, parameter, quasi=False)
    trees = {"x": TREE} if operation is Operation.GENERALIZE and isinstance(parameter, int) else {}
    table = Table.of({"x": values, "y": SEXES})
    done = apply(table, plan, hierarchies=trees, keys={"県": b"k" * 32})
    assert not any("計画に無い値" in m.ja for m in done.warnings)
    if operation is Operation.KEEP:
        assert done.table["x"] is table["x"]


@given(
    st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=6, max_size=30),
    st.lists(st.sampled_from(["甲", "乙", "丙", "丁丁", "戊戊"]), min_size=6, max_size=30),
    st.sampled_from([Operation.KEEP, Operation.SUPPRESS_CELLS]),
    st.booleans(),
)
def test_only_values_of_the_first_file_come_out_of_the_second(first, second, operation, quasi):
    plan = planned("category", (first * 5)[: len(SEXES)], operation, None, quasi)
    sexes = (SEXES * 2)[: len(second)]
    done = apply(Table.of({"x": second, "y": sexes}), plan)
    shown = set(done.table["x"].texts)
    assert shown <= {*(first * 5)[: len(SEXES)], "*"}
    unseen = set(second) - set(first)
    assert not (unseen & shown)
    if unseen:
        assert any("「x」" in m.ja for m in done.warnings)


def test_a_plan_by_hand_names_no_rare_value():
    table = Table.of({"職業": JOBS, "所得": INCOMES})
    reports = [report("職業", "occupation", "sensitive"), report("所得", "income", "sensitive")]
    start = untouched(table, reports, ())
    for name, operation, parameter in (
        ("職業", Operation.KEEP, None),
        ("職業", Operation.SUPPRESS_CELLS, 1),
        ("職業", Operation.GENERALIZE, "other"),
        ("所得", Operation.ROUND, 1000),
    ):
        plan = remember(table, start.change(name, operation, parameter))
        assert "占い師" not in plan.to_yaml()
        assert not any(income in plan.to_yaml() for income in INCOMES)


def test_parts_of_a_column_have_their_record_too():
    values = ["40代男性"] * 6 + ["50代女性"] * 6
    given = ColumnReport.model_validate(
        report("年代・性別", "age_band", "quasi_identifier").model_dump()
        | {"parts": ("age_band", "sex")}
    )
    plan = untouched(Table.of({"年代・性別": values}), [given], ["年代・性別"])
    done = apply(Table.of({"年代・性別": [*values, "60代男児", "百代の過客"]}), plan)
    shown = done.table["年代・性別"].texts
    assert set(values) <= set(shown)
    assert not any("男児" in text or "過客" in text for text in shown)
    assert any("年代・性別" in m.ja and "計画に無い値" in m.ja for m in done.warnings)


def test_a_plan_without_a_record_says_so():
    step = Step(column="x", operation=Operation.KEEP)
    done = apply(Table.of({"x": ["甲"] * 9}), Plan(steps=(step,)))
    assert any("記録がない" in m.ja for m in done.warnings)
