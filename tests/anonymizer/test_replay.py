"""A plan on the next file: what it does not know is reported and never passed through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizer import Goal, Hierarchy, Plan, Step, apply, encode, propose, remember, untouched
from core import ColumnReport, ColumnType, Operation, PlanError, Table
from tests.anonymizer.reports import report

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
    done = apply(following, plan, hierarchies=trees, keys={"県": b"9Qd2vX7mLr4TzA8w"})
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
    done = apply(table, plan, hierarchies=trees, keys={"県": b"9Qd2vX7mLr4TzA8w"})
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


REPORTS = [
    report("年齢", "age", "quasi_identifier"),
    report("病名", "disease", "sensitive"),
    report("所得", "income", "sensitive"),
    report("受付日", "date", "other"),
]


def people(diseases: list[str], incomes: list[str] | None = None) -> Table:
    n = len(diseases)
    return Table.of(
        {
            "年齢": [str(40 + i % 2) for i in range(n)],
            "病名": diseases,
            "所得": incomes or [str(3_000_000 + 1000 * i) for i in range(n)],
            "受付日": [f"2024-05-{1 + i % 28:02d}" for i in range(n)],
        }
    )


def content(table: Table) -> str:
    return encode(table, ".csv")[0].decode("utf-8-sig")


def test_rare_sensitive_values_are_suppressed_and_said():
    table = people(["糖尿病"] * 20 + ["肺炎"] * 5 + ["世界に三例の病"] * 2 + ["不明"])
    for option in propose(table, REPORTS, Goal(k=5, attackers=("quasi",))):
        (step,) = option.plan.of("病名")
        assert (step.operation, step.parameter) == (Operation.SUPPRESS_CELLS, 5)
        assert step.listed == ("糖尿病", "肺炎")
        assert "世界に三例の病" not in content(option.preview.processed.table)
        assert "不明" in content(option.preview.processed.table)
        assert "世界に三例の病" not in option.plan.to_yaml()
        assert any("「病名」の2行" in m.ja and "珍しい" in m.ja for m in option.preview.warnings)


def test_a_sensitive_column_of_common_values_stays_and_its_values_are_recorded():
    table = people(["糖尿病"] * 10 + ["肺炎"] * 10)
    plan = propose(table, REPORTS, Goal(k=5, attackers=("quasi",)))[0].plan
    assert plan.of("病名")[0].operation is Operation.KEEP
    following = people(["糖尿病"] * 10 + ["新しい病"] * 10)
    done = apply(following, plan)
    assert "新しい病" not in content(done.table)
    assert any("「病名」の10行" in m.ja for m in done.warnings)


def test_common_values_of_the_next_file_are_not_passed_through_either():
    plan = propose(
        people(["糖尿病"] * 10 + ["肺炎"] * 3), REPORTS, Goal(k=5, attackers=("quasi",))
    )[0].plan
    done = apply(people(["肺炎"] * 10 + ["糖尿病"] * 10), plan)
    assert "肺炎" not in content(done.table)
    assert any("計画に無い値" in m.ja for m in done.warnings)


def test_a_column_of_rare_values_only_is_dropped_and_said():
    option = propose(
        people([f"病{i}" for i in range(12)]), REPORTS, Goal(k=5, attackers=("quasi",))
    )[0]
    assert "病名" not in option.preview.processed.table
    assert any("「病名」" in m.ja and "削除" in m.ja for m in option.preview.warnings)


@pytest.mark.parametrize(
    ("kind", "before", "strange"),
    [
        ("age", ["41", "52", "40代"], "山田太郎"),
        ("date", ["2024-05-01", "令和6年5月", "2024年"], "連絡先は妻"),
        ("income", ["3,000,000円", "0", "12"], "多額"),
        ("income", ["3,000,000円", "0", "12"], "99,000,000"),
        ("address", ["名古屋市中区三の丸1", "愛知県岡崎市", "岡崎市"], "花子の家"),
        ("postal_code", ["444-8601", "4448601", "444"], "市役所"),
        ("municipality_code", ["23100", "231002", "23"], "名古屋"),
    ],
)
def test_a_kept_column_takes_only_what_its_type_reads(kind, before, strange):
    table = Table.of({"年齢": ["41"] * 9, "x": before * 3})
    reports = [report("年齢", "age", "quasi_identifier"), report("x", kind, "other")]
    option = propose(table, reports, Goal(k=3, attackers=("quasi",)))[0]
    kept = option.preview.processed.table["x"]
    assert set(kept.texts) == set(before)
    following = Table.of({"年齢": ["41"] * 9, "x": [*before, "不明", *[strange] * 5]})
    done = apply(following, Plan.from_yaml(option.plan.to_yaml()))
    assert set(done.table["x"].texts) == {*before, "不明", "*"}
    said = "".join(m.ja for m in done.warnings)
    assert "「x」の5行" in said
    assert strange not in said


def test_quasi_identifiers_of_the_next_file_must_be_readable_too():
    plan = propose(people(["肺炎"] * 20), REPORTS, Goal(k=5, attackers=("quasi",)))[0].plan
    following = people(["肺炎"] * 20)
    strange = Table.of(
        {c.key: [c.texts[i] for i in c.codes] for c in following} | {"年齢": ["山田太郎"] * 20}
    )
    assert "山田太郎" not in content(apply(strange, plan).table)


def test_unreadable_words_that_are_common_are_recorded():
    table = Table.of({"年齢": ["41"] * 10 + ["成人"] * 10})
    reports = [report("年齢", "age", "quasi_identifier")]
    option = propose(table, reports, Goal(k=5, attackers=("quasi",)))[0]
    assert set(option.preview.processed.table["年齢"].texts) == {"41", "成人"}
    assert option.plan.steps[0].listed == ("成人",)


def test_the_record_of_numbers_names_none_of_them():
    incomes = [str(1_234_567 + 1111 * i) for i in range(20)]
    plan = propose(people(["肺炎"] * 20, incomes), REPORTS, Goal(k=5, attackers=("quasi",)))[0].plan
    assert plan.of("所得")[0].within == (0.0, 10_000_000.0)
    assert not any(income in plan.to_yaml() for income in incomes)


def test_a_column_kept_with_rare_values_is_warned_about():
    table = people(["肺炎"] * 10 + ["世界に三例の病"])
    plan = propose(table, REPORTS, Goal(k=5, attackers=("quasi",)))[0].plan.change(
        "病名", Operation.KEEP
    )
    done = apply(table, remember(table, plan))
    assert "世界に三例の病" in content(done.table)
    assert any("珍しい値が1行に残ります" in m.ja for m in done.warnings)
    assert not any("世界に三例" in m.ja for m in done.warnings)


def test_a_change_is_recorded_without_naming_a_rare_value():
    table = people(["肺炎"] * 10 + ["糖尿病"] * 2)
    plan = propose(table, REPORTS, Goal(k=5, attackers=("quasi",)))[0].plan
    looser = remember(table, plan.change("病名", Operation.SUPPRESS_CELLS, 2))
    assert looser.of("病名")[0].listed == ("肺炎",)
    assert "糖尿病" in content(apply(table, looser).table)
    kept = remember(table, plan.change("病名", Operation.KEEP))
    assert kept.of("病名")[0].listed == ("肺炎",)
    assert "糖尿病" in content(apply(table, kept).table)
    assert "糖尿病" not in content(apply(people(["肺炎"] * 9 + ["糖尿病"] * 9), kept).table)


@pytest.mark.parametrize("values", [["1.5", "2"], ["-1", "2"], ["三人", "約2"], ["41歳代", "2"]])
def test_noise_is_for_counts_alone(values):
    step = Step(column="件数", operation=Operation.NOISE, parameter=1.0)
    with pytest.raises(PlanError) as caught:
        apply(Table.of({"件数": values}), Plan(steps=(step,)))
    assert caught.value.problems[0].code == "noise_needs_counts"
