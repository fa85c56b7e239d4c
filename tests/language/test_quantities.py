from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Table
from language import AgeBand, is_missing_word, read_age, read_age_band, read_number, read_sex
from language.dates import ERAS, read_date
from language.numerals import read_kanji_number
from measure import canonical, code

DAY = date(1980, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1980-04-01",
        "1980/4/1",
        "1980.4.1",
        "1980年4月1日",
        "１９８０年４月１日",
        "19800401",
        "1980/4/1 00:00",
        "1980-04-01T09:30:00+09:00",
        "1980-04-01 09:30:00.123",
        "1980年4月1日(火)",
        "S55.4.1",
        "s55/4/1",
        "S55-04-01",
        "S550401",
        "S.55.4.1",
        "S55 4 1",
        "昭550401",
        "昭和550401",
        "3550401",
        "3-55-04-01",
        "1980年(昭和55年)4月1日",
        "昭和55年（1980年）4月1日",
        "(昭和55年)1980年4月1日",
        "1980年4月1日(昭和55年4月1日)",
        "1980/4/1 午前9:30",
        "昭和55年4月1日",
        "昭55.4.1",
        "㍼55年4月1日",
        "昭和五十五年四月一日",
        "昭和55年4月1日生",
        "昭和 55年 4月 1日",
        "　昭和55年4月1日　",
        "19800401T0930",
    ],
)
def test_one_day_in_every_spelling(text: str) -> None:
    reading = read_date(text)
    assert reading is not None and reading.date == DAY and reading.precision == "day"


@pytest.mark.parametrize(
    ("text", "year", "precision"),
    [
        ("令和元年", 2019, "year"),
        ("R2", 2020, "year"),
        ("平成31年4月", 2019, "month"),
        ("2020年1月", 2020, "month"),
        ("2020-01", 2020, "month"),
        ("202001", 2020, "month"),
        ("R0201", 2020, "month"),
        ("令和2年(2020年)", 2020, "year"),
        ("2020年", 2020, "year"),
        ("㋿2年", 2020, "year"),
        ("H1.1", 1989, "month"),
        ("大正15年", 1926, "year"),
        ("2020年度", 2020, "year"),
    ],
)
def test_less_exact_dates(text: str, year: int, precision: str) -> None:
    reading = read_date(text)
    assert reading is not None
    assert (reading.date.year, reading.precision) == (year, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020",
        "202013",
        "189012",
        "6010203",
        "3551301",
        "4600001",
        "3-10-2-1",
        "3.10.2.1",
        "S.12",
        "(1980)",
        "1-2-3",
        "3-5-12",
        "20200230",
        "2020-13-01",
        "昭和65年1月1日",
        "昭和0年",
        "03-1234-5678",
        "123-4567",
        "12:30",
        "No.3",
        "東京都",
        "T",
        "1",
        "99999999",
        "12345678",
        "100-0001",
        "1.5",
        "4月1日",
        "m",
        "平成",
        "192.168.0.1",
        "2020-01-01-01",
        "H" * 39,
        "1" * 400,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(date(1989, 1, 8), date(2019, 4, 30)))
def test_every_heisei_day_reads_back(day: date) -> None:
    year = day.year - ERAS["平成"][0] + 1
    for text in (
        f"平成{year}年{day.month}月{day.day}日",
        f"H{year}.{day.month}.{day.day}",
        day.isoformat(),
    ):
        reading = read_date(text)
        assert reading is not None and reading.date == day


@given(st.text(max_size=60))
def test_readers_never_fail(text: str) -> None:
    for read in (
        read_date,
        read_age,
        read_age_band,
        read_number,
        read_sex,
        is_missing_word,
        read_kanji_number,
    ):
        read(text)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("10歳未満", (0, 9)),
        ("40代", (40, 49)),
        ("４０歳代", (40, 49)),
        ("90歳以上", (90, None)),
        ("90代以上", (90, None)),
        ("20～24歳", (20, 24)),
        ("20〜24", (20, 24)),
        ("0-9", (0, 9)),
        ("20歳以上30歳未満", (20, 29)),
        ("19歳以下", (0, 19)),
        ("四十代", (40, 49)),
        ("30代前半", (30, 34)),
        ("30代後半", (35, 39)),
        ("85+", (85, None)),
        ("<10", (0, 9)),
        ("[20, 30)", (20, 29)),
        ("65歳～", (65, None)),
        ("20歳から24歳", (20, 24)),
    ],
)
def test_age_bands(text: str, band: tuple[int, int | None]) -> None:
    assert read_age_band(text) == AgeBand(*band)


@pytest.mark.parametrize(
    "text",
    ["", "45", "40代男性", "45代", "30-20", "200-300", "時代", "1-2-3", "0歳未満", "2020-01"],
)
def test_what_is_no_age_band(text: str) -> None:
    assert read_age_band(text) is None


@given(st.integers(0, 130))
def test_ages_read_back(age: int) -> None:
    assert read_age(f"{age}歳") == read_age(str(age)) == read_age(f"満{age}才") == age


@given(st.integers(-(10**12), 10**12))
def test_numbers_read_back(number: int) -> None:
    assert read_number(f"{number:,}") == number
    assert read_number(f"{number}円") == number


@pytest.mark.parametrize("text", ["", "1,23", "12a", "1-2", "一丁目", "1 2 3", "№", "1.2.3"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["非公表", "不明", "-", "－", "***", "ー", "N/A", "　", "該当なし", "調査中", "〃", "同上"],
)
def test_missing_words(text: str) -> None:
    assert is_missing_word(text)


@pytest.mark.parametrize("text", ["0", "9999", "なし", "北区", "a", "無職"])
def test_values_that_are_no_missing_words(text: str) -> None:
    assert not is_missing_word(text)


def test_numbers_of_seven_and_eight_digits_are_dates_only_among_dates():
    incomes = code(
        Table.of({"年収": ["3550401", "３５５０４０１", "19800401", "120"]})["年収"], canonical
    )
    assert incomes.labels == ("3550401", "19800401", "120")
    assert incomes.ranks is not None
    days = code(Table.of({"日": ["S55.4.1", "19800401", "1980-04-01", "不明"]})["日"], canonical)
    assert days.labels == ("1980-04-01", "不明")
