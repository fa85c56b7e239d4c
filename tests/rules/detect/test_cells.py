"""Unusual cells: each kind planted in a clean column, and what must stay quiet."""

import numpy as np
import pytest

from core import CellKind, Dataset, Table
from rules import Inspection, Settings, inspect
from rules.detect.cells import totals

RNG = np.random.default_rng(3)


def look(name: str, values: list[str]) -> Inspection:
    return inspect(Dataset("t", Table.of({name: values})), Settings(cells_limit=None))


def rows(seen: Inspection, kind: str) -> list[int]:
    return sorted(n.row for n in seen.cells if n.kind == kind)


POSTAL = [f"{100 + i % 900}-{i * 37 % 10000:04d}" for i in range(300)]
AMOUNTS = [str(int(a)) for a in np.exp(RNG.normal(11, 0.5, 300))]
AGES = [str(a) for a in RNG.integers(0, 99, 300)]
DATES = [f"{1940 + i % 80}-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(300)]
PHONES = [f"090-{i * 7919 % 10000:04d}-{i * 104729 % 10000:04d}" for i in range(300)]
KINDS = (["転入", "転出", "転居", "出生"] * 75)[:300]


@pytest.mark.parametrize(
    ("name", "clean", "odd", "kind"),
    [
        ("郵便番号", POSTAL, "460-12", "format_break"),
        ("郵便番号", POSTAL, "４６０－００１２", "width_mismatch"),
        ("郵便番号", POSTAL, "4600012", "format_break"),
        ("電話番号", PHONES, "090-1234-567X", "format_break"),
        ("電話番号", PHONES, "000-0000-0000", "missing_code"),
        ("支給額", AMOUNTS, "98765432100", "outlier"),
        ("年齢", AGES, "180", "outlier"),
        ("年齢", AGES, "999", "missing_code"),
        ("年齢", AGES, "-1", "missing_code"),
        ("生年月日", DATES, "2199-01-01", "outlier"),
        ("生年月日", DATES, "1800-05-05", "format_break"),
        ("生年月日", DATES, "9999-99-99", "missing_code"),
        ("異動事由", KINDS, "職権消除", "rare_value"),
        ("異動事由", KINDS, "不明", "missing_code"),
        ("異動事由", KINDS, "090-1234-5678に連絡", "hidden_personal_data"),
    ],
)
def test_a_planted_cell_is_found(name: str, clean: list[str], odd: str, kind: str) -> None:
    values = [*clean]
    values[150] = odd
    assert rows(look(name, values), kind) == [151]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("郵便番号", POSTAL), ("電話番号", PHONES), ("支給額", AMOUNTS), ("年齢", AGES),
        ("異動事由", KINDS), ("備考", ["済", "窓口で対応", "郵送で対応"] * 100),
    ],
)  # fmt: skip
def test_clean_columns_stay_quiet(name: str, clean: list[str]) -> None:
    seen = look(name, clean)
    assert set(seen.cell_totals) <= {CellKind.RARE_COMBINATION}


def test_totals_are_exact_and_the_list_is_bounded() -> None:
    values = ["山田太郎様より電話"] * 500 + ["済"] * 500
    seen = inspect(Dataset("t", Table.of({"備考": values})), Settings(cells_limit=20))
    assert seen.cell_totals[CellKind.HIDDEN_PERSONAL_DATA] == 500
    assert len(seen.cells) == 20
    assert [n.weight for n in seen.cells] == sorted((n.weight for n in seen.cells), reverse=True)


def test_a_cell_counts_once_per_kind() -> None:
    seen = look("備考", ["山田太郎様、090-1234-5678、うつ病で通院中"] + ["済"] * 30)
    assert seen.cell_totals[CellKind.HIDDEN_PERSONAL_DATA] == 1
    note = next(n for n in seen.cells if n.kind == CellKind.HIDDEN_PERSONAL_DATA)
    assert {s.type.value for s in note.spans} >= {"person_name", "phone", "disease"}
    assert totals(()) == ({}, {})


def test_empty_tables_and_columns() -> None:
    assert inspect(Dataset("t", Table.of({"a": []}))).cells == ()
    assert inspect(Dataset("t", Table.of({}))).columns == ()
    assert inspect(Dataset("t")).columns == ()


def test_no_value_in_any_message() -> None:
    secret = "山田太郎様の口座番号は7654321、うつ病で通院中"
    seen = look("備考", [secret] * 3 + ["済"] * 40)
    text = seen.columns[0].model_dump_json() + "".join(n.model_dump_json() for n in seen.cells)
    for piece in ("山田", "7654321", "うつ病"):
        assert piece not in text


def test_very_old_people_and_lost_characters() -> None:
    assert rows(look("年齢", [*AGES, "108"]), "rare_value") == [301]
    assert rows(
        look("氏名", ["佐藤 翔太", "鈴木 蓮", "髙〓 凛"] + ["森 葵"] * 20), "format_break"
    ) == [3]


def with_check(body: str) -> str:
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(body)))
    return body + str(0 if total % 11 <= 1 else 11 - total % 11)


@pytest.mark.parametrize("name", ["宛名番号", "世帯番号"])
def test_the_office_s_own_check_digit_is_learned_from_the_column(name: str) -> None:
    numbers = [with_check(f"{1_000_200 + 7 * i}") for i in range(100)]
    numbers[41] = numbers[41][:-1] + str((int(numbers[41][-1]) + 3) % 10)
    seen = look(name, numbers)
    assert rows(seen, "check_digit_break") == [42]
    assert (seen.columns[0].support.n, seen.columns[0].support.of) == (99, 100)


@pytest.mark.parametrize("name", ["宛名番号", "世帯番号"])
def test_arbitrary_numbers_have_no_check_digit_to_break(name: str) -> None:
    assert not rows(look(name, [str(20_000_001 + 13 * i) for i in range(200)]), "check_digit_break")


def test_a_few_numbers_prove_no_check_digit() -> None:
    few = [with_check(f"{1_000_200 + 7 * i}") for i in range(11)]
    few[3] = few[3][:-1] + str((int(few[3][-1]) + 3) % 10)
    assert not rows(look("宛名番号", few), "check_digit_break")


def test_outliers_are_measured_on_the_scale_that_fits() -> None:
    even = [str(10 + i * 37 % 90) for i in range(300)]
    assert rows(look("点数", [*even, "700"]), "outlier") == [301]
    assert not rows(look("支給額", [*AMOUNTS, str(max(map(int, AMOUNTS)) * 2)]), "outlier")


def amounts(rows: int = 2_000) -> list[str]:
    return [str(int(n) // 100 * 100) for n in np.random.default_rng(5).uniform(100, 99_999, rows)]


def rows_of(kind: CellKind, name: str, values: list[str]) -> list[int]:
    seen = inspect(Dataset("t", Table.of({name: values})), Settings(cells_limit=None))
    return sorted(n.row for n in seen.select(kind))


def test_many_amounts_far_out_are_seen_when_they_stand_apart() -> None:
    values = amounts()
    wrong = list(range(0, 2_000, 80))
    for row in wrong:
        values[row] += "000"
    assert set(rows_of(CellKind.OUTLIER, "支給額", values)) >= {
        row + 1 for row in wrong if int(values[row]) > 10**6
    }


def test_a_long_tail_is_no_crowd_of_outliers() -> None:
    tail = np.random.default_rng(6).pareto(1.2, 5_000) * 10_000
    assert len(rows_of(CellKind.OUTLIER, "支払額", [str(int(n)) for n in tail])) <= 25


def test_a_second_group_of_amounts_is_no_outlier() -> None:
    values = amounts() + [str(50_000_000 + n) for n in range(200)]
    assert rows_of(CellKind.OUTLIER, "支払額", values) == []


def test_negative_and_misplaced_numbers() -> None:
    assert rows_of(CellKind.OUTLIER, "給付額", [*amounts(), "-500"]) == [2_001]
    north = [f"35.{n:06d}" for n in range(400_000, 400_300)]
    assert rows_of(CellKind.OUTLIER, "緯度", [*north, "0.000000", "139.412345"]) == [301, 302]


def test_a_date_far_from_the_columns_own_range() -> None:
    born = [f"{2011 + n % 9}-0{n % 9 + 1}-1{n % 10}" for n in range(200)]
    assert rows_of(CellKind.OUTLIER, "児童生年月日", [*born, "1935-04-02"]) == [201]


def test_what_an_office_decides_is_no_missing_code() -> None:
    decided = ["受給中"] * 30 + ["非該当"] * 70 + ["不明"]
    assert rows_of(CellKind.MISSING_CODE, "生活保護", decided) == [101]
    ages = [str(20 + n % 60) for n in range(100)]
    assert rows_of(CellKind.MISSING_CODE, "年齢", [*ages, "非該当"]) == [101]


def test_an_amount_held_once_is_no_rare_category() -> None:
    taxes = [str(100 * (n % 300)) for n in range(2_000)] + ["123400"]
    assert rows_of(CellKind.RARE_VALUE, "住民税額", taxes) == []


@pytest.mark.parametrize("short", ["090-1234-567", "0901234567", "03-1234-567", "052-12-345"])
def test_a_telephone_number_one_digit_short(short: str) -> None:
    numbers = [f"090-1234-{n:04d}" for n in range(60)] + [f"052-123-{n:04d}" for n in range(60)]
    assert rows_of(CellKind.FORMAT_BREAK, "電話番号", [*numbers, short]) == [121]


def test_kanji_among_readings_whatever_the_header_says() -> None:
    readings = [f"ﾔﾏﾀﾞ ﾊﾙ{k}" for k in "ｱｲｳｴｵｶｷｸｹｺ"] * 5
    assert rows_of(CellKind.FORMAT_BREAK, "シメイ", [*readings, "不破"]) == [51]


def test_a_ditto_mark_is_not_called_a_missing_value() -> None:
    table = Table.of({"町名": ["本町", "〃", "同上", "不明", "栄町", *["本町", "栄町"] * 20]})
    cells = {c.row: c for c in inspect(Dataset("x", table)).cells if c.kind == "missing_code"}
    assert set(cells) == {2, 3, 4}
    assert "上と同じ" in cells[2].reason.ja and "上のセルの値を入れて" in cells[3].reason.ja
    assert "値がない" in cells[4].reason.ja
    assert [cells[row].rule for row in (2, 3, 4)] == ["ditto-mark", "ditto-mark", "missing-code"]
