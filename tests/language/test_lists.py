"""The lists of this room: eras and countries."""

from datetime import date, timedelta

import pytest

from language import COUNTRIES, ERAS, FOREIGN_COUNTRIES, era_year, read_date


@pytest.mark.parametrize("era", list(ERAS)[1:])
def test_an_era_begins_on_its_day(era: str) -> None:
    first = next(
        day
        for day in (date(ERAS[era][0], 1, 1) + timedelta(days=n) for n in range(366))
        if (found := era_year(day)) and found[0] == era
    )
    before = era_year(first - timedelta(days=1))
    assert era_year(first) == (era, 1)
    assert before and before[1] == first.year - ERAS[before[0]][0] + 1
    read = read_date(f"{era}元年{first.month}月{first.day}日")
    assert read and read.date == first


def test_a_name_belongs_to_one_country() -> None:
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES.values())
    assert "日本" not in FOREIGN_COUNTRIES.split("|")
    assert {*FOREIGN_COUNTRIES.split("|"), "日本"} == COUNTRIES.keys()


def test_a_longer_name_stands_before_one_it_begins_with() -> None:
    names = FOREIGN_COUNTRIES.split("|")
    assert names.index("インドネシア") < names.index("インド")
