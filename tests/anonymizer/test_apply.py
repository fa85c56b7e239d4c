"""From a table and a plan to a file and its certificate."""

import csv
import hashlib
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizer import (
    Goal,
    Hierarchy,
    Plan,
    Step,
    apply,
    certify,
    encode,
    leave,
    preview,
    propose,
    write,
)
from core import ColumnReport, ColumnType, Message, Operation, PlanError, Role, Support, Table
from measure import measure_risk

NAMES = ("氏名", "年齢", "年代・性別", "住所", "職業", "病名", "備考")
KINDS = {
    "氏名": ("person_name", "direct_identifier"),
    "年齢": ("age", "quasi_identifier"),
    "年代・性別": ("age_band", "quasi_identifier"),
    "住所": ("address", "quasi_identifier"),
    "職業": ("occupation", "quasi_identifier"),
    "病名": ("disease", "sensitive"),
    "備考": ("free_text", "other"),
}


def report(name: str, kind: str, role: str) -> ColumnReport:
    parts = (ColumnType.AGE_BAND, ColumnType.SEX) if "・" in name else ()
    return ColumnReport(
        name=name,
        position=1,
        type=ColumnType(kind),
        parts=parts,
        role=Role(role),
        confidence=1,
        support=Support(n=1, of=1),
        why=Message(ja="", en=""),
    )


REPORTS = [report(name, *KINDS[name]) for name in NAMES]
PERSON = st.tuples(
    st.integers(0, 105),
    st.sampled_from(["男性", "女性"]),
    st.sampled_from(
        ["名古屋市中区三の丸1-2", "名古屋市東区", "岡崎市", "札幌市北区", "不明", "火星"]
    ),
    st.sampled_from(["看護師", "会社員", "農業", "無職"]),
    st.sampled_from(["糖尿病", "胃がん", "肺炎"]),
)


def table_of(people) -> Table:
    rows = []
    for i, (age, sex, place, job, disease) in enumerate(people):
        name = f"架空{i:03d}子"
        band = f"{age // 10 * 10}代" if age > 9 else "10歳未満"
        rows.append((name, str(age), band + sex, place, job, disease, f"{name}の連絡先"))
    return Table.of(list(zip(NAMES, zip(*rows, strict=True), strict=True)))


def smallest_class(content: bytes, quasi) -> int:
    """k, counted with nothing but the standard library; suppressed rows left out."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    left = [name for name in quasi if rows and name in rows[0]]
    classes = Counter(tuple(row[name] for name in left) for row in rows)
    sizes = [n for key, n in classes.items() if not left or set(key) != {"*"}]
    return min(sizes, default=0)


@settings(max_examples=50)
@given(people=st.lists(PERSON, min_size=6, max_size=50), k=st.integers(2, 6))
def test_every_alternative_keeps_its_promise(people, k):
    table = table_of(people)
    before = measure_risk(table, ["年齢", "年代・性別", "住所", "職業"]).k
    try:
        options = propose(table, REPORTS, Goal(k=k, max_suppression=0.2))
    except PlanError as error:
        assert [p.code for p in error.problems] == ["goal_out_of_reach"]
        assert len(people) < 4 * k
        return
    for option in options:
        result = option.preview.processed.table
        content, _ = encode(result, ".csv")
        text = content.decode("utf-8-sig")
        assert "架空" not in text
        assert result.rows == len(people)
        suppressed = option.preview.loss.suppressed_rows
        found = smallest_class(content, option.plan.quasi)
        assert found >= k
        assert option.preview.after.k >= min(before, k)
        assert suppressed <= 0.2 * len(people) + 1e-9
        assert suppressed == 0 or suppressed >= k
        again = preview(table, Plan.from_yaml(option.plan.to_yaml())).processed
        assert encode(again.table, ".csv")[0] == content


@settings(max_examples=20)
@given(
    first=st.lists(PERSON, min_size=6, max_size=40),
    second=st.lists(PERSON, min_size=6, max_size=40),
)
def test_a_plan_made_for_one_file_is_safe_on_the_next(first, second):
    try:
        options = propose(table_of(first), REPORTS, Goal(k=3, max_suppression=0.5))
    except PlanError as error:
        assert [p.code for p in error.problems] == ["goal_out_of_reach"]
        return
    for option in options:
        done = apply(table_of(second), option.plan)
        content, _ = encode(done.table, ".csv")
        assert "架空" not in content.decode("utf-8-sig")
        if done.met:
            found = smallest_class(content, option.plan.quasi)
            assert found >= 3 or done.suppressed_rows == len(second)
        else:
            assert any("上限" in m.ja for m in done.warnings)


@settings(max_examples=20)
@given(people=st.lists(PERSON, min_size=12, max_size=50))
def test_diversity_and_closeness_hold_on_the_result(people):
    table = table_of(people)
    goal = Goal(k=2, l=2, t=0.5, max_suppression=0.3, sensitive=("病名",))
    try:
        options = propose(table, REPORTS, goal)
    except PlanError as error:
        assert error.problems[0].code == "goal_out_of_reach"
        return
    for option in options:
        result, quasi = option.preview.processed.table, option.plan.quasi
        left = [name for name in quasi if name in result]
        columns = [[c.texts[i] for i in c.codes] for c in (result[name] for name in left)]
        values = [result["病名"].texts[i] for i in result["病名"].codes]
        classes: dict[tuple[str, ...], list[str]] = {}
        for key, value in zip(zip(*columns, strict=True) if left else [()] * len(values), values,
                              strict=True):  # fmt: skip
            classes.setdefault(key, []).append(value)
        for key, members in classes.items():
            if left and set(key) == {"*"}:
                continue
            assert len(set(members)) >= 2
            far = sum(abs(members.count(v) / len(members) - values.count(v) / len(values))
                      for v in set(values))  # fmt: skip
            assert far / 2 <= 0.5 + 1e-9


PEOPLE = [(20 + i % 50, "男性" if i % 3 else "女性", "岡崎市", "会社員", "肺炎") for i in range(60)]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_certificate_is_measured_on_the_written_file(suffix: str):
    table = table_of(PEOPLE)
    option = propose(table, REPORTS, Goal(k=4))[0]
    made = leave(table, option.plan, f"out{suffix}")
    certificate = made.certificate
    assert certificate.passed
    assert certificate.sha256 == hashlib.sha256(made.content).hexdigest()
    assert certificate.k == option.preview.after.k >= 4
    assert certificate.classes == option.preview.after.classes
    assert certificate.k_wildcard == option.preview.after_measures.k_wildcard
    assert certificate.l["病名"] == option.preview.after_measures.diversity[0].distinct_l


def test_certificate_does_not_trust_the_plan(tmp_path: Path):
    table = table_of(PEOPLE)
    option = propose(table, REPORTS, Goal(k=4))[0]
    target = tmp_path / "out.csv"
    write(option.preview.processed.table, target)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace("会社員", "僧侶").replace("事務", "僧侶")
    target.write_text("\n".join(lines), encoding="utf-8-sig")
    certificate = certify(target, option.plan)
    assert not certificate.passed
    assert certificate.k == 1
    assert "k=4" in certificate.failures[0].ja


def test_formulas_are_neutralised_and_noted(tmp_path: Path):
    table = Table.of({"式": ["=1+1", "@cmd", "-5", "北区"], "=見出し": ["a", "b", "c", "d"]})
    written = write(table, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["式", "'=1+1", "'@cmd", "-5", "北区"]
    assert rows[0][1] == "'=見出し"
    assert "「式」" in written.notes[0].ja


def test_nothing_half_written_when_writing_fails(tmp_path: Path, monkeypatch):
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write(table_of(PEOPLE), target)
    assert target.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_pseudonyms_differ_between_recipients_and_repeat_under_one_key():
    table = Table.of({"番号": ["A-1", "A-2", "A-1"]})

    def codes(recipient: str, keys: dict[str, bytes]) -> list[str]:
        step = Step(column="番号", operation=Operation.PSEUDONYMIZE, parameter=recipient)
        column = apply(table, Plan(steps=(step,)), keys=keys).table["番号"]
        return [column.texts[i] for i in column.codes]

    keys = {"大学": b"9Qd2vX7mLr4TzA8w", "病院": b"Jc5yB1nHf6KuE3sG"}
    assert codes("大学", keys)[0] == codes("大学", keys)[2] == codes("大学", keys)[0]
    assert not set(codes("大学", keys)) & set(codes("病院", keys))
    assert not set(codes("大学", {})) & set(codes("大学", {}))
    with pytest.raises(PlanError):
        codes("大学", {"大学": b"short"})


@pytest.mark.parametrize(
    ("kind", "operation", "parameter", "before", "after"),
    [
        ("age", "top_code", 90, ["89", "91", "不明"], ["89", "90歳以上", "不明"]),
        ("age", "bottom_code", 18, ["17", "30"], ["18歳以下", "30"]),
        ("quantity", "top_code", 1000, ["999", "1,200"], ["999", "1000以上"]),
        ("quantity", "round", 10, ["14", "15", "ab"], ["10", "20", "*"]),
        ("quantity", "band", 100, ["150", "99円"], ["100以上200未満", "0以上100未満"]),
        ("quantity", "microaggregate", 2, ["1", "3", "10", "20"], ["2", "2", "15", "15"]),
        ("birth_date", "band", "year", ["S55.4.1", "１９８０年５月"], ["1980年", "1980年"]),
        ("date", "band", "era", ["1989-01-07", "1989-01-08"], ["昭和", "平成"]),
        (
            "address",
            "truncate",
            "city",
            ["愛知県岡崎市十王町2-9", "札幌市北区北8条"],
            ["岡崎市", "札幌市"],
        ),
        ("postal_code", "truncate", 3, ["444-8601"], ["444"]),
        ("category", "suppress_cells", 2, ["a", "a", "b"], ["a", "a", "*"]),
        (
            "occupation",
            "generalize",
            "group",
            ["看護師", "農家"],
            ["専門的・技術的職業", "農林漁業"],
        ),
        ("age", "generalize", 2, ["41", "48", "77"], ["40～49歳", "40～49歳", "70～79歳"]),
    ],
)
def test_operations(kind, operation, parameter, before, after):
    step = Step(column="x", operation=operation, parameter=parameter, type=kind)
    column = apply(Table.of({"x": before}), Plan(steps=(step,))).table["x"]
    assert [column.texts[i] for i in column.codes] == after


def test_noise_is_laplace_of_the_asked_scale():
    step = Step(column="件数", operation=Operation.NOISE, parameter=0.5)
    table = Table.of({"件数": ["100"] * 4000})
    done = apply(table, Plan(steps=(step,)), secret=b"s" * 16)
    column = done.table["件数"]
    assert "ε=0.5" in done.warnings[0].ja
    drawn = [int(column.texts[i]) - 100 for i in column.codes]
    assert abs(sum(drawn) / 4000) < 0.3
    assert sum(map(abs, drawn)) / 4000 == pytest.approx(2, abs=0.3)


def test_composite_column_is_generalised_part_by_part():
    age, sex = ColumnType.AGE_BAND, ColumnType.SEX
    steps = (
        Step(column="年代・性別", part=age, type=age, operation=Operation.BAND, parameter=20),
        Step(column="年代・性別", part=sex, type=sex, operation=Operation.KEEP),
    )
    table = Table.of({"年代・性別": ["40代男性", "50代女性", "10歳未満", "非公表"]})
    plan = Plan(steps=steps)
    assert apply(table, plan).table["年代・性別"].texts == [
        "40～59歳・男性", "40～59歳・女性", "0～19歳", "非公表",
    ]  # fmt: skip
    assert apply(table, plan.change("年代・性別", Operation.GENERALIZE)).table.rows == 4
    wider = plan.change("年代・性別", Operation.BAND, 40)
    assert apply(table, wider).table["年代・性別"].texts[0] == "40～79歳・男性"


def test_unknown_values_are_reported_and_never_passed_through():
    sizes = Hierarchy.of("型", [("大", "*"), ("小", "*")])
    step = Step(column="型", operation=Operation.GENERALIZE, parameter=0)
    table = Table.of({"型": ["大", "小", "極秘の値", "大"]})
    plan = Plan(steps=(step,), quasi=("型",), k=1, mode="full-domain")
    done = apply(table, plan, hierarchies={"型": sizes})
    assert done.table["型"].texts == ["大", "小", "*"]
    assert "文字×4" in done.warnings[0].ja
    assert "極秘" not in "".join(m.ja + m.en for m in done.warnings)


def test_undeclared_columns_are_reported_and_left_out():
    table = Table.of({"年齢": ["40", "41"], "謎": ["a", "b"]})
    step = Step(column="年齢", operation=Operation.KEEP)
    done = apply(table, Plan(steps=(step,)))
    assert done.table.keys == ["年齢"]
    assert "「謎」" in done.warnings[0].ja


def test_examples_show_no_rare_value():
    table = table_of([*PEOPLE, (104, "女性", "札幌市北区", "看護師", "胃がん")])
    option = propose(table, REPORTS, Goal(k=5))[0]
    shown = [e.before for examples in option.preview.changes.values() for e in examples]
    assert shown
    assert not {"104", "札幌市北区", "看護師"} & set(shown)


def test_loss_is_said_in_words():
    table = table_of([(i % 100, "男性", "岡崎市", "会社員", "肺炎") for i in range(30)])
    plan = Plan(
        steps=(
            Step(column="年齢", operation=Operation.SUPPRESS_CELLS, parameter=2, type="age"),
            Step(column="職業", operation=Operation.KEEP),
        ),
        quasi=("年齢", "職業"),
        k=2,
    )
    said = preview(table, plan).warnings
    assert any("年齢" in m.ja and "分からなく" in m.ja for m in said)


def test_a_column_that_repeats_a_quasi_identifier_is_dropped_and_said():
    days = [f"2020-03-{1 + i % 9:02d}" for i in range(90)]
    table = Table.of({"発表日": days, "date": [f"3/{d[-2:]}" for d in days], "月": ["3"] * 90})
    reports = [
        report("発表日", "date", "quasi_identifier"),
        report("date", "category", "other"),
        report("月", "category", "other"),
    ]
    option = propose(table, reports, Goal(k=5))[0]
    assert option.preview.processed.table.keys == ["発表日", "月"]
    assert any("「date」" in m.ja for m in option.preview.warnings)


@pytest.mark.shared
@pytest.mark.parametrize("quasi", [("年代・性別", "住居地"), ("年代・性別", "住居地", "発表日")])
def test_published_patients_become_safe(shared: Path, tmp_path: Path, quasi):
    with (shared / "data/aichi_patients.csv").open(encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    table = Table.of(list(zip(header, zip(*rows, strict=True), strict=True)))
    reports = [
        report("年代・性別", "age_band", "quasi_identifier"),
        report("住居地", "address", "quasi_identifier"),
        report("発表日", "date", "quasi_identifier"),
        report("接触状況", "free_text", "sensitive"),
    ]
    options = propose(table, reports, Goal(k=5), quasi=quasi)
    assert len(options) >= 2
    for option in options:
        certificate = leave(table, option.plan, "out.csv").certificate
        assert certificate.passed
        assert "接触状況" not in certificate.columns
    assert options[0].preview.loss.granularity > 0.65


def test_a_value_the_plan_has_not_seen_is_grouped_and_said():
    table = Table.of({"区分": ["甲", "乙"] * 10, "年齢": ["41", "42"] * 10})
    reports = [
        report("区分", "category", "quasi_identifier"),
        report("年齢", "age", "quasi_identifier"),
    ]
    following = Table.of({"区分": ["甲", "新しい値"] * 10, "年齢": ["41", "42"] * 10})
    for option in propose(table, reports, Goal(k=5)):
        done = apply(following, option.plan)
        assert "新しい値" not in encode(done.table, ".csv")[0].decode("utf-8-sig")
        assert any("「区分」の10行" in m.ja for m in done.warnings)


def test_a_change_without_a_parameter_takes_the_usual_one():
    steps = tuple(
        Step(column=name, operation=Operation.KEEP, type=ColumnType(kind))
        for name, kind in (("年齢", "age"), ("住所", "address"), ("生年月日", "birth_date"))
    )
    plan = Plan(steps=steps)
    assert plan.change("年齢", Operation.TOP_CODE).of("年齢")[0].parameter == 90
    assert plan.change("住所", Operation.TRUNCATE).of("住所")[0].parameter == "city"
    assert plan.change("生年月日", Operation.BAND).of("生年月日")[0].parameter == "month"
    assert plan.change("年齢", Operation.BAND, "20").of("年齢")[0].parameter == 20


def test_spellings_of_one_value_leave_as_one_so_that_the_certificate_agrees():
    table = Table.of({"年齢": ["12"] * 4 + ["１２"] + ["40", "４０", "40 ", "40", "40"],
                      "病名": ["糖尿病", "糖尿病 ", "肺炎", "糖尿病", "糖尿病"] * 2})  # fmt: skip
    plan = Plan(
        steps=(
            Step(column="年齢", operation=Operation.KEEP, type=ColumnType.AGE),
            Step(column="病名", operation=Operation.KEEP, listed=("糖尿病", "肺炎")),
        ),
        quasi=("年齢",),
        sensitive=("病名",),
        attackers=("quasi",),
        k=5,
        l=2,
    )
    done = apply(table, plan)
    assert set(done.table["年齢"].texts) == {"12", "40"}
    assert set(done.table["病名"].texts) == {"糖尿病", "肺炎"}
    found = leave(table, plan, "a.csv").certificate
    assert (found.k, found.l, found.passed) == (5, {"病名": 2}, True)


def test_noise_cannot_be_drawn_again_from_the_plan():
    table = Table.of({"件数": [str(1000 + i) for i in range(200)]})
    plan = Plan(steps=(Step(column="件数", operation=Operation.NOISE, parameter=0.1),))

    def drawn(secret: bytes) -> list[str]:
        made = apply(table, plan, secret=secret).table["件数"]
        return [made.texts[code] for code in made.codes]

    assert drawn(b"") != drawn(b"")
    assert drawn(b"a" * 16) == drawn(b"a" * 16) != drawn(b"b" * 16)
