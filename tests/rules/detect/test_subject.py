"""Whose rows a table holds, and what follows: what is no person's is not called one."""

import pytest

from core import CaseFacts, Dataset, Role, Source, SubjectKind, Table
from rules import Settings, from_inspection, inspect

K = SubjectKind


def table(name: str, columns: dict[str, list[str]]) -> Dataset:
    source = Source(name=f"{name}.csv", sha256="", kind="data")
    return Dataset(name=f"{name}.csv", table=Table.of(columns), sources=(source,))


RESIDENTS = {
    "宛名番号": [f"{n:08}" for n in range(101, 113)],
    "氏名": ["山田 太郎", "佐藤 花子", "鈴木 一郎"] * 4,
    "生年月日": [f"1980-01-{n:02}" for n in range(1, 13)],
    "性別": ["男", "女", "男"] * 4,
}
CLAIMS = {
    "被保険者番号": [f"{n:08}" for n in range(1, 5) for _ in range(6)],
    "診療年月": [f"2024-{m:02}" for _ in range(4) for m in range(1, 7)],
    "傷病名": ["高血圧症", "糖尿病", "腰痛症", "胃炎", "感冒", "湿疹"] * 4,
    "点数": [str(100 + n) for n in range(24)],
}
PARKS = {
    "名称": ["北公園", "南公園", "東運動場", "西図書館"],
    "所在地": ["北町1-1", "南町2-3", "東町4-5", "西町6-7"],
    "電話番号": ["03-1111-2222", "03-1111-3333", "03-1111-4444", "03-1111-5555"],
    "開館時間": ["9:00", "9:00", "8:30", "10:00"],
}
SALONS = {
    "施設名称": ["美容室あお", "ヘアサロンみどり", "理容ひかり", "カットハウス空"],
    "施設所在地": ["北町1-1", "南町2-3", "東町4-5", "西町6-7"],
    "開設者名": ["山田 太郎", "株式会社みどり", "佐藤 花子", "有限会社空"],
    "許可番号": ["第1号", "第2号", "第3号", "第4号"],
}
POPULATION = {
    "町名": ["北町", "南町", "東町", "西町", "中町", "港町"],
    "0～4歳": ["12", "3", "40", "2", "9", "0"],
    "5～9歳": ["10", "1", "33", "4", "8", "1"],
    "総数": ["22", "4", "73", "6", "17", "1"],
}
DEAD = {
    "氏名": ["山田 太郎", "佐藤 花子", "鈴木 一郎", "高橋 次郎"],
    "死亡年月日": ["2024-01-02", "2024-02-03", "2024-03-04", "2024-04-05"],
    "火葬年月日": ["2024-01-05", "2024-02-06", "2024-03-07", "2024-04-08"],
}
HOUSEHOLDS = {
    "世帯番号": [f"{n:07}" for n in range(1, 9)],
    "世帯主氏名": ["山田 太郎", "佐藤 花子", "鈴木 一郎", "高橋 次郎"] * 2,
    "世帯人数": ["3", "1", "2", "4", "5", "2", "1", "3"],
    "町丁目": ["北町", "南町"] * 4,
}
FIRMS = {
    "法人番号": ["1234567890123", "2234567890123", "3234567890123"],
    "法人名": ["株式会社あお", "有限会社みどり", "一般社団法人ひかり"],
    "所在地": ["北町1-1", "南町2-3", "東町4-5"],
    "資本金": ["1000", "300", "0"],
}


@pytest.mark.parametrize(
    ("name", "columns", "kind"),
    [
        ("住民", RESIDENTS, K.PERSON),
        ("レセプト", CLAIMS, K.PERSON),
        ("公園一覧", PARKS, K.FACILITY),
        ("data", PARKS, K.FACILITY),
        ("美容所一覧", SALONS, K.FACILITY),
        ("町別年齢別人口", POPULATION, K.COUNT),
        ("data", POPULATION, K.COUNT),
        ("火葬台帳", DEAD, K.DECEASED),
        ("世帯台帳", HOUSEHOLDS, K.HOUSEHOLD),
        ("登録業者", FIRMS, K.ORGANISATION),
    ],
)
def test_the_subject_of_a_table(name: str, columns: dict[str, list[str]], kind: K) -> None:
    subject = inspect(table(name, columns)).subject
    assert subject is not None
    assert subject.kind is kind
    assert subject.evidence


def test_what_tells_nothing_is_unknown_and_asked() -> None:
    subject = inspect(table("x", {"a": ["p", "q", "r"], "b": ["s", "t", "u"]})).subject
    assert subject is not None
    assert subject.kind is K.UNKNOWN
    assert not subject.sure


def test_several_rows_of_a_person_are_one_unit() -> None:
    subject = inspect(table("レセプト", CLAIMS)).subject
    assert subject is not None and subject.unit is not None
    assert subject.unit.columns == ("被保険者番号",)
    assert subject.unit.units == 4
    assert (subject.unit.rows_per_unit.median, subject.unit.rows_per_unit.max) == (6.0, 6)


def test_a_list_of_facilities_has_no_quasi_identifiers_and_nobody_to_find() -> None:
    seen = inspect(table("公園一覧", PARKS))
    assert all(column.role is Role.OTHER for column in seen.columns)
    assert not seen.quasi
    assert not seen.personal
    facts = from_inspection(seen, CaseFacts())
    assert not [fact for fact in facts if fact.kind in {"column", "case_missing", "risk"}]


def test_proprietors_in_a_list_of_facilities_stay_people() -> None:
    seen = inspect(table("美容所一覧", SALONS))
    assert seen.subject is not None
    assert seen.subject.people_columns == ("開設者名",)
    assert [c.name for c in seen.columns if c.role is Role.DIRECT_IDENTIFIER] == ["開設者名"]
    assert any("個人が 2 件" in said.ja for said in seen.subject.evidence)


def test_a_mobile_number_in_a_list_of_facilities_is_somebodys() -> None:
    mobile = PARKS | {"電話番号": ["090-1111-2222", *PARKS["電話番号"][1:]]}
    seen = inspect(table("公園一覧", mobile))
    assert seen.subject is not None
    assert seen.subject.people_columns == ("電話番号",)


def test_small_counts_of_people_are_counted() -> None:
    small = inspect(table("町別年齢別人口", POPULATION)).small_counts
    assert small is not None
    assert (small.cells, small.small) == (18, 7)


def test_small_counts_of_things_are_nobodys() -> None:
    columns = {"町名": POPULATION["町名"], "街路灯の数": ["1", "2", "3", "4", "1", "2"]}
    assert inspect(table("街路灯", columns)).small_counts is None


def test_of_the_dead_only_what_still_binds_is_flagged() -> None:
    seen = inspect(table("火葬台帳", DEAD | {"届出人氏名": ["田中 実"] * 3 + ["林 薫"]}))
    assert seen.subject is not None
    assert seen.subject.people_columns == ("届出人氏名",)
    assert [c.name for c in seen.columns if c.categories] == ["届出人氏名"]


def test_what_a_person_says_holds_over_what_is_seen() -> None:
    settings = Settings(subject=K.PERSON, unit=("名称",), said_by="option")
    seen = inspect(table("公園一覧", PARKS), settings)
    assert seen.subject is not None and seen.subject.unit is not None
    assert (seen.subject.kind, seen.subject.corrected_by) == (K.PERSON, "option")
    assert seen.subject.sure
    assert seen.subject.unit.columns == ("名称",)
    assert any(column.role is not Role.OTHER for column in seen.columns)


@pytest.mark.parametrize("name", ["駐輪場利用", "施設利用者", "公園"])
def test_an_identifier_of_a_person_is_never_talked_away(name: str) -> None:
    columns = {"利用者番号": [f"U{n:03}" for n in range(10)], "氏名": ["見本 花子"] * 10}
    seen = inspect(table(name, columns | {"駐輪場名": ["北駐輪場", "南駐輪場"] * 5}))
    assert seen.personal
    assert "氏名" in {c.name for c in seen.about_people}
    assert next(c for c in seen.columns if c.name == "氏名").role is Role.DIRECT_IDENTIFIER
