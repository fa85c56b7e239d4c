"""What columns are, told from values alone, from names and values together, or from a schema."""

import numpy as np
import pytest

from core import (
    CellKind,
    ColumnReport,
    ColumnType,
    Dataset,
    DeclaredColumn,
    LegalCategory,
    Role,
    Schema,
    Table,
)
from core import SchemaCheckKind as Kind
from rules import Settings, inspect

RNG = np.random.default_rng(7)


def report(name: str, values: list[str], settings: Settings | None = None) -> ColumnReport:
    return inspect(Dataset("t", Table.of({name: values})), settings).columns[0]


def my_numbers(count: int) -> list[str]:
    body = RNG.integers(0, 10, (count, 11))
    rest = body @ np.array([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    check = np.where(rest <= 1, 0, 11 - rest)
    return ["".join(map(str, [*b, c])) for b, c in zip(body, check, strict=True)]


def licences(count: int) -> list[str]:
    body = RNG.integers(0, 10, (count, 10))
    rest = body @ np.array([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return ["".join(map(str, [*b, (11 - r) % 10, 0])) for b, r in zip(body, rest, strict=True)]


def receipts(count: int) -> list[str]:
    return [str(202500000000 + 7 * i) for i in range(count)]


def test_my_number_from_its_check_digit() -> None:
    seen = report("列1", my_numbers(500))
    assert seen.type == ColumnType.MY_NUMBER and seen.role == Role.DIRECT_IDENTIFIER
    assert (seen.support.n, seen.support.of) == (500, 500)
    assert LegalCategory.SPECIFIC_PERSONAL in seen.categories
    assert any("500件のうち500件" in e.ja for e in seen.evidence)


def test_licences_are_no_my_numbers() -> None:
    assert report("列1", licences(500)).type == ColumnType.DRIVERS_LICENSE_NUMBER


@pytest.mark.parametrize("name", ["受付番号", "列1", "uketsuke_no", "番号"])
def test_receipt_numbers_are_no_identifier_type(name: str) -> None:
    assert report(name, receipts(500)).type == ColumnType.SEQUENCE_NUMBER


def test_a_my_number_column_that_does_not_pass_says_so_with_its_denominator() -> None:
    seen = report("個人番号", receipts(500))
    assert seen.type != ColumnType.MY_NUMBER or seen.confidence < 0.5
    seen = report("個人番号", my_numbers(480) + receipts(20))
    assert seen.type == ColumnType.MY_NUMBER and seen.support.of == 500


def test_one_hit_labels_nothing() -> None:
    values = ["窓口で対応", "電話で回答", "郵送した", "済", "保留"] * 20 + [
        "a@example.jp",
        "090-1234-5678",
    ]
    assert report("列1", values).type not in (ColumnType.EMAIL, ColumnType.PHONE)


def test_dates_of_birth_are_told_by_their_spread() -> None:
    births = [f"{1930 + i % 90}-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(400)]
    events = [f"2025-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(400)]
    assert report("列1", births).type == ColumnType.BIRTH_DATE
    assert report("列1", events).type == ColumnType.DATE
    assert report("発表日", births).type == ColumnType.DATE


def test_an_address_is_direct_only_with_house_numbers() -> None:
    full = [f"名古屋市中区三の丸{i}丁目{i}番{i}号" for i in range(1, 30)]
    assert report("住所", full).role == Role.DIRECT_IDENTIFIER
    assert report("居住地", ["名古屋市", "岡崎市", "豊田市"] * 10).role == Role.QUASI_IDENTIFIER


def test_repeated_numbers_point_to_nobody() -> None:
    assert report("番号", [str(i % 5) for i in range(100)]).role == Role.OTHER


def test_ordinance_special_care_is_the_council_own_list() -> None:
    settings = Settings(ordinance_special_care=("門中",))
    seen = report("門中の名", ["甲", "乙"] * 10, settings)
    assert LegalCategory.ORDINANCE_SPECIAL_CARE in seen.categories
    assert seen.role == Role.SENSITIVE and "A-04" in seen.cards
    assert LegalCategory.ORDINANCE_SPECIAL_CARE not in report("門中の名", ["甲"] * 9).categories


def register(special: bool | None, purpose: str = "支給事務") -> Schema:
    names = ("氏名", "生年月日", "病名", "口座番号")
    return Schema(
        name="給付ファイル簿",
        layout="register",
        columns=tuple(DeclaredColumn(name=n, position=i) for i, n in enumerate(names, 1)),
        purpose=purpose,
        record_scope="申請者",
        collection="本人",
        special_care=special,
    )


def test_a_schema_alone_is_read() -> None:
    seen = inspect(Dataset("r", schema=register(True)))
    assert [c.type.value for c in seen.columns] == [
        "person_name", "birth_date", "disease", "bank_account",
    ]  # fmt: skip
    assert seen.quasi == ("生年月日",) and seen.schema_check == () and seen.rows == 0


def test_special_care_content_where_the_register_says_none() -> None:
    checks = inspect(Dataset("r", schema=register(False))).schema_check
    assert [(c.kind, c.column) for c in checks] == [(Kind.UNDECLARED, "病名")]


def test_missing_purpose() -> None:
    checks = inspect(Dataset("r", schema=register(True, ""))).schema_check
    assert [(c.kind, c.declared) for c in checks] == [(Kind.REQUIRED, "利用目的")]


def test_schema_against_data() -> None:
    schema = Schema(
        name="s",
        layout="table_schema",
        columns=(
            DeclaredColumn(name="年齢", position=1, type_text="integer", minimum=0, maximum=120),
            DeclaredColumn(name="区分", position=2, allowed=("新規", "変更"), required=True),
            DeclaredColumn(name="コード", position=3, length=3),
            DeclaredColumn(name="日付", position=4, format="date"),
        ),
    )
    table = Table.of(
        {
            "年齢": ["30", "200", "不詳", "41"],
            "区分": ["新規", "更新", "", "変更"],
            "コード": ["123", "12", "1234", "12345"],
            "日付": ["2024-01-05", "2024/1/5", "R6.1.5", ""],
        }
    )
    seen = inspect(Dataset("d", table, schema))
    rows = {(c.kind.value, c.column): c.rows for c in seen.schema_check}
    assert rows == {
        ("type", "年齢"): 1, ("value", "年齢"): 1, ("required", "区分"): 1, ("value", "区分"): 1,
        ("length", "コード"): 2, ("type", "日付"): 2,
    }  # fmt: skip


def test_twelve_digits_that_are_no_my_numbers_say_why() -> None:
    seen = report("受付番号", receipts(500))
    assert any("12桁ですが" in e.ja and "500件のうち" in e.ja for e in seen.evidence)


def test_a_name_that_the_values_do_not_confirm_is_kept_with_a_doubt() -> None:
    for name, values in (
        ("個人番号", receipts(500)),
        ("生年月日", [str(20_000 + 37 * n) for n in range(500)]),
    ):
        seen = report(name, values)
        assert seen.type in (ColumnType.MY_NUMBER, ColumnType.BIRTH_DATE)
        assert seen.confidence < 0.5
        assert any("合いません" in e.ja and "500件のうち" in e.ja for e in seen.evidence)


@pytest.mark.parametrize("value", ["テスト太郎{}", "name{:03d}", "A{:03d}", "●●{}"])
def test_a_column_of_names_stays_one_where_its_values_look_made_up(value: str) -> None:
    seen = report("氏名", [value.format(n % 40) for n in range(80)])
    assert (seen.type, seen.role) == (ColumnType.PERSON_NAME, Role.DIRECT_IDENTIFIER)


def test_what_only_marks_whether_there_is_a_name_is_no_name() -> None:
    assert report("氏名", ["0", "1"] * 20).type == ColumnType.FLAG


@pytest.mark.parametrize("name", ["市区町村名", "氏名", "病名", "生年月日", "受付番号"])
def test_an_empty_column_points_to_nobody(name: str) -> None:
    seen = report(name, [""] * 40)
    assert (seen.role, seen.categories, seen.cards) == (Role.OTHER, (), ())


def test_a_file_of_headers_alone_is_read_by_them() -> None:
    assert report("氏名", []).role == Role.DIRECT_IDENTIFIER


def test_a_bare_number_says_nothing_against_a_check_digit() -> None:
    assert report("番号3", licences(500)).type == ColumnType.DRIVERS_LICENSE_NUMBER


def test_numbers_mixed_with_individual_numbers_are_told() -> None:
    mixed = [n for pair in zip(my_numbers(250), receipts(250), strict=True) for n in pair]
    assert any("混ざっている" in e.ja for e in report("番号", mixed).evidence)
    assert not any("混ざっている" in e.ja for e in report("番号", receipts(500)).evidence)


def test_counts_of_groups_are_statistics() -> None:
    table = Table.of(
        {"年代": ["20代", "20代", "30代"], "性別": ["男", "女", "男"], "人数": ["12", "1", "30"]}
    )
    seen = inspect(Dataset("t", table)).columns[2]
    assert seen.categories == (LegalCategory.STATISTICAL_ONLY,) and seen.cards == ("A-13",)
    people = Table.of({"氏名": ["佐藤 蓮", "森 葵"], "人数": ["1", "2"]})
    assert inspect(Dataset("t", people)).columns[1].categories == ()


@pytest.mark.parametrize("name", ["町丁目", "町名", "住所"])
def test_a_neighbourhood_is_no_direct_identifier(name: str) -> None:
    towns = [f"{town}{n}丁目" for town in ("本町", "緑が丘") for n in "一二三四"]
    seen = inspect(Dataset("t", Table.of({name: towns * 5})))
    assert (seen.columns[0].type.value, seen.columns[0].role.value) == (
        "address",
        "quasi_identifier",
    )
    assert seen.quasi == (name,)


@pytest.mark.parametrize("last", ["3番5号", "12番地", "3-5"])
def test_a_house_number_behind_the_neighbourhood_is(last: str) -> None:
    homes = [f"本町{n}丁目{last}" for n in "一二三四"]
    seen = inspect(Dataset("t", Table.of({"住所": homes * 5})))
    assert seen.columns[0].role.value == "direct_identifier"


def test_the_area_is_told_from_the_name_where_there_are_no_data() -> None:
    for name, role in (("町丁目", "quasi_identifier"), ("住所", "direct_identifier")):
        declared = Schema(name="t", layout="list", columns=(DeclaredColumn(name=name, position=1),))
        seen = inspect(Dataset("t", None, declared))
        assert seen.columns[0].role.value == role


@pytest.mark.parametrize("name", ["世帯人数", "世帯員数", "家族人数", "扶養人数", "household_size"])
def test_the_size_of_a_household_is_a_quantity_that_narrows_down(name: str) -> None:
    seen = inspect(Dataset("t", Table.of({name: [str(1 + i % 5) for i in range(50)]})))
    assert seen.columns[0].type.value == "quantity"
    assert seen.columns[0].role.value == "quasi_identifier"
    assert seen.quasi == (name,)


def era_coded(first: int, years: int, count: int = 200) -> list[str]:
    """昭和 (code 3) years as resident systems write them: code, year, month, day."""
    draw = RNG.integers([first, 1, 1], [first + years, 13, 29], (count, 3))
    return [f"3{y:02d}{m:02d}{d:02d}" for y, m, d in draw.tolist()]


def test_seven_digits_with_an_era_code_are_dates_as_a_column() -> None:
    assert report("列1", era_coded(2, 60)).type == ColumnType.BIRTH_DATE
    assert report("生年月日", era_coded(2, 60)).support.n == 200
    assert report("異動日", era_coded(60, 3)).type == ColumnType.DATE


def test_seven_digits_of_other_kinds_are_no_dates() -> None:
    numbers = [f"{n:07d}" for n in RNG.integers(0, 10**7, 300).tolist()]
    assert report("列1", numbers).type == ColumnType.SEQUENCE_NUMBER
    assert report("列1", ["4010101"] * 50).type != ColumnType.DATE


def test_an_impossible_month_breaks_the_form_of_era_coded_dates() -> None:
    values = [*era_coded(2, 60), "3551301"]
    seen = inspect(Dataset("t", Table.of({"異動日": values})))
    assert [n.row for n in seen.select(CellKind.FORMAT_BREAK)] == [201]


def test_year_and_month_without_a_mark() -> None:
    months = [f"20{y}{m:02d}" for y in (21, 22, 23) for m in range(1, 13)]
    assert report("列1", months * 3).type == ColumnType.DATE
    assert report("診療年月", months[:3]).type == ColumnType.DATE
    assert report("列1", [str(200_001 + n) for n in range(90)]).type != ColumnType.DATE


def test_a_text_column_is_what_its_statements_are() -> None:
    seen = report("備考", ["来庁済み", "うつ病で通院中", "個人番号123456789018を転記"] * 5)
    assert set(seen.categories) >= {
        LegalCategory.SPECIAL_CARE,
        LegalCategory.SPECIFIC_PERSONAL,
        LegalCategory.IDENTIFICATION_CODE,
    }
    assert {"A-02", "A-03", "E-01"} <= set(seen.cards)
    plain = report("備考", ["来庁済み", "連絡先は090-1234-5678", "郵送で対応"] * 5)
    assert plain.categories == (LegalCategory.PERSONAL_INFORMATION,)


def test_a_column_of_marks_is_not_empty() -> None:
    seen = report("追加", ["x", "", "x", "x"])
    assert seen.support.of == 3 and seen.type == ColumnType.FLAG
    assert report("結果", ["x", "12", "15", "18"] * 5).support.of == 15
