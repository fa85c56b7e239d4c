"""What a plan knows of the columns it keeps, and what comes of values it does not know."""

import pytest

from anonymizer import Goal, Plan, Step, apply, encode, propose, remember
from core import ColumnReport, ColumnType, Message, Operation, PlanError, Role, Support, Table


def report(name: str, kind: str, role: str) -> ColumnReport:
    return ColumnReport(
        name=name,
        position=1,
        type=ColumnType(kind),
        role=Role(role),
        confidence=1,
        support=Support(n=1, of=1),
        why=Message(ja="", en=""),
    )


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
    for option in propose(table, REPORTS, Goal(k=5)):
        (step,) = option.plan.of("病名")
        assert (step.operation, step.parameter) == (Operation.SUPPRESS_CELLS, 5)
        assert step.listed == ("糖尿病", "肺炎")
        assert "世界に三例の病" not in content(option.preview.processed.table)
        assert "不明" in content(option.preview.processed.table)
        assert "世界に三例の病" not in option.plan.to_yaml()
        assert any("「病名」の2行" in m.ja and "珍しい" in m.ja for m in option.preview.warnings)


def test_a_sensitive_column_of_common_values_stays_and_its_values_are_recorded():
    table = people(["糖尿病"] * 10 + ["肺炎"] * 10)
    plan = propose(table, REPORTS, Goal(k=5))[0].plan
    assert plan.of("病名")[0].operation is Operation.KEEP
    following = people(["糖尿病"] * 10 + ["新しい病"] * 10)
    done = apply(following, plan)
    assert "新しい病" not in content(done.table)
    assert any("「病名」の10行" in m.ja for m in done.warnings)


def test_common_values_of_the_next_file_are_not_passed_through_either():
    plan = propose(people(["糖尿病"] * 10 + ["肺炎"] * 3), REPORTS, Goal(k=5))[0].plan
    done = apply(people(["肺炎"] * 10 + ["糖尿病"] * 10), plan)
    assert "肺炎" not in content(done.table)
    assert any("計画に無い値" in m.ja for m in done.warnings)


def test_a_column_of_rare_values_only_is_dropped_and_said():
    option = propose(people([f"病{i}" for i in range(12)]), REPORTS, Goal(k=5))[0]
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
    option = propose(table, reports, Goal(k=3))[0]
    kept = option.preview.processed.table["x"]
    assert set(kept.texts) == set(before)
    following = Table.of({"年齢": ["41"] * 9, "x": [*before, "不明", *[strange] * 5]})
    done = apply(following, Plan.from_yaml(option.plan.to_yaml()))
    assert set(done.table["x"].texts) == {*before, "不明", "*"}
    said = "".join(m.ja for m in done.warnings)
    assert "「x」の5行" in said
    assert strange not in said


def test_quasi_identifiers_of_the_next_file_must_be_readable_too():
    plan = propose(people(["肺炎"] * 20), REPORTS, Goal(k=5))[0].plan
    following = people(["肺炎"] * 20)
    strange = Table.of(
        {c.key: [c.texts[i] for i in c.codes] for c in following} | {"年齢": ["山田太郎"] * 20}
    )
    assert "山田太郎" not in content(apply(strange, plan).table)


def test_unreadable_words_that_are_common_are_recorded():
    table = Table.of({"年齢": ["41"] * 10 + ["成人"] * 10})
    reports = [report("年齢", "age", "quasi_identifier")]
    option = propose(table, reports, Goal(k=5))[0]
    assert set(option.preview.processed.table["年齢"].texts) == {"41", "成人"}
    assert option.plan.steps[0].listed == ("成人",)


def test_the_record_of_numbers_names_none_of_them():
    incomes = [str(1_234_567 + 1111 * i) for i in range(20)]
    plan = propose(people(["肺炎"] * 20, incomes), REPORTS, Goal(k=5))[0].plan
    assert plan.of("所得")[0].within == (0.0, 10_000_000.0)
    assert not any(income in plan.to_yaml() for income in incomes)


def test_a_column_kept_with_rare_values_is_warned_about():
    table = people(["肺炎"] * 10 + ["世界に三例の病"])
    plan = propose(table, REPORTS, Goal(k=5))[0].plan.change("病名", Operation.KEEP)
    done = apply(table, remember(table, plan))
    assert "世界に三例の病" in content(done.table)
    assert any("珍しい値が1行に残ります" in m.ja for m in done.warnings)
    assert not any("世界に三例" in m.ja for m in done.warnings)


def test_a_change_is_recorded_without_naming_a_rare_value():
    table = people(["肺炎"] * 10 + ["糖尿病"] * 2)
    plan = propose(table, REPORTS, Goal(k=5))[0].plan
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
