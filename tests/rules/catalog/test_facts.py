"""From an inspection, a case and a plan to facts; and never a cell value among them."""

from datetime import date
from pathlib import Path

import pytest

from core import (
    CaseFacts,
    ColumnReport,
    ColumnType,
    Contractor,
    Dataset,
    LegalCategory,
    Link,
    Message,
    RiskReport,
    Role,
    RuleError,
    Schema,
    Support,
    Table,
)
from intake import Upload, read
from rules import (
    Fact,
    catalog,
    evaluate,
    from_answers,
    from_case,
    from_inspection,
    from_links,
    from_plan,
    inspect,
)
from rules.fact_sources import from_columns, from_dataset, from_risk

TODAY = date(2026, 11, 20)
SAY = Message(ja="理由", en="why")


def report(name: str, position: int, **fields: object) -> ColumnReport:
    given: dict[str, object] = {
        "type": ColumnType.CATEGORY,
        "role": Role.OTHER,
        "confidence": 0.9,
        "support": Support(n=8, of=10),
        "why": SAY,
    }
    return ColumnReport.model_validate({"name": name, "position": position, **given, **fields})


def test_a_column_becomes_a_fact() -> None:
    column = report(
        "病名",
        3,
        type=ColumnType.DISEASE,
        role=Role.SENSITIVE,
        categories=(LegalCategory.SPECIAL_CARE,),
    )
    (fact,) = from_columns([column])
    assert fact["key"] == "病名"
    assert fact["type"] == "disease"
    assert fact["support_ratio"] == 0.8
    assert fact["categories"] == frozenset({"special_care"})
    assert (fact["unnamed"], fact["empty"]) == (False, False)


def test_an_empty_column_without_a_name() -> None:
    (fact,) = from_columns([report("#7", 7, support=Support(n=0, of=0))])
    assert (fact["unnamed"], fact["empty"], fact["support_ratio"]) == (True, True, 0.0)


def test_a_dataset_counts_its_roles_and_types() -> None:
    columns = [
        report("氏名", 1, type=ColumnType.PERSON_NAME, role=Role.DIRECT_IDENTIFIER),
        report("年代・性別", 2, type=ColumnType.AGE_BAND, parts=(ColumnType.SEX,)),
    ]
    table = Table.of({"氏名": ["あ"], "年代・性別": ["い"]})
    schema = Schema(name="簿", layout="register", columns=(), special_care=False)
    (fact,) = from_dataset(columns, Dataset("例", table, schema))
    assert (fact["rows"], fact["direct"], fact["special_care"]) == (1, 1, 0)
    assert fact["types"] == frozenset({"person_name", "age_band", "sex"})
    assert (fact["special_care_declared"], fact["purpose_present"]) == ("no", False)


def test_the_risk_and_links() -> None:
    risk = RiskReport(
        quasi=("年代", "性別"),
        k=1,
        classes=10,
        uniques=3,
        share_at_risk=0.25,
        threshold=5,
        threshold_source=SAY,
        rows=40,
    )
    (fact,) = from_risk(risk)
    assert (fact["quasi"], fact["quasi_count"], fact["share_at_risk"]) == ("年代 × 性別", 2, 0.25)
    link = Link(
        left="A", right="B", keys=(("k", "k"),), matched=4, unique_before=1, unique_after=2,
        message=SAY,
    )  # fmt: skip
    (fact,) = from_links([link])
    assert (fact["keys"], fact["unique_after"]) == (1, 2)


def test_a_case_says_what_it_says_and_what_is_missing() -> None:
    case = CaseFacts(
        case_date=date(2026, 11, 1),
        purpose="人口の分析",
        recipients=("甲", "乙"),
        contractor=Contractor(used=True),
        server_country="シンガポール",
        sources=("資料１",),
    )
    facts = list(from_case(case))
    assert facts[0]["date"] == date(2026, 11, 1)
    assert (facts[0]["recipients"], facts[0]["server_abroad"]) == (2, True)
    missing = {f["field"] for f in facts if f.kind == "case_missing"}
    assert {"headcount", "legal_ground", "recontract", "selection"} <= missing
    assert not missing & {"purpose", "recipients", "case_date", "contractor_used"}
    texts = {f["text"] for f in facts if f.kind == "case_text"}
    assert texts == {"人口の分析", "資料1"}


def test_an_empty_case_is_all_missing() -> None:
    kinds = [f.kind for f in from_case(CaseFacts())]
    assert kinds.count("case") == 1
    assert set(kinds) == {"case", "case_missing"}


def test_a_plan_keeps_what_it_has_no_step_for() -> None:
    columns = [report("氏名", 1), report("年齢", 2)]
    plan, name, age = from_plan([("氏名", "drop", None)], columns, k=5, k_after=4)
    assert (plan["k"], plan["k_after"], plan["steps"]) == (5, 4, 1)
    assert (name["operation"], age["operation"]) == ("drop", "keep")


def test_answers_become_facts() -> None:
    (fact,) = from_answers({"rhythm": "standing"})
    assert (fact["topic"], fact["answer"]) == ("rhythm", "standing")


@pytest.mark.parametrize(
    ("kind", "values"),
    [("colum", {}), ("column", {"name": "x"}), ("column", {"position": "1"})],
)
def test_a_fact_is_checked_when_it_is_made(kind: str, values: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        Fact(kind, "f", values)  # type: ignore[arg-type]


def test_no_cell_value_is_among_the_facts_or_findings() -> None:
    secrets = [f"秘密の値{n:04d}" for n in range(30)]
    notes = [f"{s}さんの電話は090-1234-{n:04d}です" for n, s in enumerate(secrets)]
    table = Table.of({"氏名": secrets, "備考": notes, "年齢": [str(n) for n in range(30)]})
    dataset = Dataset("例", table)
    facts = from_inspection(inspect(dataset), CaseFacts(), dataset=dataset)
    said = "".join(f.model_dump_json() for f in evaluate(facts, catalog(), TODAY))
    for text in (repr(facts), said):
        assert "秘密の値" not in text
        assert "090-1234" not in text


def test_only_groups_that_fit_the_case_are_asked() -> None:
    pack = catalog()
    plain = {q.group for q in pack.ask(from_case(CaseFacts(purpose="道路の補修")))}
    assert plain >= {"use", "contractor", "council"}
    assert not plain & {"my_number", "camera", "tables", "location"}
    camera = {q.group for q in pack.ask(from_case(CaseFacts(purpose="カメラで人数を数える")))}
    assert "camera" in camera
    number = {q.group for q in pack.ask(from_case(CaseFacts(uses_my_number=True)))}
    assert "my_number" in number


def test_what_is_answered_is_not_asked_again() -> None:
    pack = catalog()
    topics = {q.topic for q in pack.ask(from_answers({"rhythm": "standing"}))}
    assert "rhythm" not in topics
    assert "exception" in topics


@pytest.mark.shared
def test_a_published_patient_list_against_its_published_schema(shared: Path) -> None:
    names = ("patient_schema_ja.yaml", "aichi_patients.csv")
    uploads = [Upload(name, (shared / "data" / name).read_bytes()) for name in names]
    (dataset,) = read(uploads)
    facts = from_inspection(inspect(dataset), dataset=dataset)
    found = {(f.rule, f.target.column) for f in evaluate(facts, catalog(), TODAY)}
    assert ("column.ties_between_people", "接触状況") in found
    assert ("cells.hidden_personal_data", "接触状況") in found
    assert ("column.composite", "年代・性別") in found
    assert ("column.empty", "#7") in found
    assert ("schema.undeclared", "接触状況") in found
    assert ("cells.rare_combination", None) in found


MEMOS = ["DV支援措置対象", "電話 090-1234-5678 と 080-1234-5678", "転入の届出あり"] * 2 + [
    "転出済み"
] * 20


def test_what_hides_in_texts_is_counted_by_cells_and_named_in_words() -> None:
    dataset = Dataset("控え", Table.of({"備考": MEMOS}))
    seen = inspect(dataset)
    facts = from_inspection(seen, dataset=dataset)
    counts = {f["type"]: f["count"] for f in facts if f.kind == "hidden_data"}
    assert counts == {"support_measure": 2, "phone": 2}
    (cells,) = (
        f for f in facts if f.get("cell_kind") == "hidden_personal_data" and f.get("column")
    )
    assert cells["count"] == 4
    assert cells["what_ja"] == "支援措置 2 件、電話番号 2 件"
    assert cells["what_en"] == "Support measure: 2, Telephone number: 2"


def test_counts_of_what_hides_are_those_of_all_rows_not_of_the_list() -> None:
    memos = [f"電話 090-1234-{n:04d}" for n in range(300)]
    dataset = Dataset("控え", Table.of({"備考": memos}))
    seen = inspect(dataset)
    assert len(seen.cells) < 300
    assert seen.hidden == {("備考", ColumnType.PHONE): 300}


def test_a_text_that_holds_one_number_is_not_itself_the_number() -> None:
    memos = ["個人番号 1234 5678 9018 を確認", *(f"届出を受け付けた {n} 回目" for n in range(40))]
    dataset = Dataset("控え", Table.of({"備考": memos}))
    findings = evaluate(from_inspection(inspect(dataset), dataset=dataset), catalog(), TODAY)
    rules = {f.rule for f in findings}
    assert "column.hidden_my_number" in rules
    assert not {"column.identification_code", "column.special_care"} & rules
