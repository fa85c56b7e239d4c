"""Hostile texts: no detector may take time that grows faster than the text.

Columns are read by RE2, which is linear; sentences by Python patterns over bounded windows. A
blow-up would run into the limit of processor time.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from core import Dataset, Table
from language import read_age, read_age_band, read_date, read_number, read_sex
from rules import inspect
from rules.detect.columns import decide
from rules.detect.names import name_parts, read_name
from rules.detect.profile import Profile
from rules.detect.text.bare_names import unlisted
from rules.detect.text.free_text import SEEKERS
from rules.detect.text.reading import Reading
from rules.detect.text.seeker import Seeker, windows
from rules.detect.text.statements import spoken
from rules.detect.values import RECOGNISERS, Recogniser
from tests.processor import within

UNITS = [
    "1",
    "-1",
    "1-",
    "0",
    "市",
    "区町村",
    "愛知県名古屋市",
    "一丁目",
    "あ",
    "ア",
    "ｶﾞ",
    "山",
    "山田",
    "様",
    "佐藤健",
    "世帯主",
    "No.1、",
    "患者1と",
    "a@",
    "@a.",
    "a.",
    "a1",
    "妻",
    "の",
    "、",
    "(",
    "個人番号",
    "口座",
    "銀行1",
    "病",
    "障害",
    "昭和1年",
    "フランス・",
    " ",
    "\n",
    ":",
    "0:",
    "f-",
    "\\",
    "％",
    "大字山",
    "普通預金",
    "記号1",
    "+81-",
    "SATO ",
    "ア・",
    "様・",
    "の1",
    "生活保護の",
    "前科・",
    "旧姓",
    "長男の",
    "1981年(",
]
LONG = 10_000


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    with within(60):
        yield


def hostile(unit: str, tail: str = "!") -> str:
    return (unit * LONG)[:LONG] + tail


@cache
def pieces(unit: str) -> list[Reading]:
    return [reading for _, reading in windows(hostile(unit))]


@pytest.mark.parametrize("seeker", SEEKERS, ids=lambda s: f"{s.rule}-{s.type.value}")
def test_seekers(seeker: Seeker) -> None:
    for unit in UNITS:
        for reading in pieces(unit):
            list(seeker.find(reading))


def test_what_texts_speak_of() -> None:
    for unit in UNITS:
        for reading in pieces(unit):
            spoken(reading)
            unlisted(reading)


@pytest.mark.parametrize("r", RECOGNISERS, ids=lambda r: r.type.value)
def test_recognisers(r: Recogniser) -> None:
    column = Table.of({"x": [hostile(unit) for unit in UNITS]})["x"]
    profile = Profile.of(column)
    assert len(r.read(profile)) == len(r.shaped(profile)) == len(UNITS)


@pytest.mark.parametrize("unit", UNITS)
def test_readers_and_names(unit: str) -> None:
    for read in (read_date, read_age, read_age_band, read_number, read_sex):
        read(hostile(unit))
    short = hostile(unit)[:2_000]
    read_name(short)
    name_parts(short)


@pytest.mark.parametrize("part", range(4))
def test_whole_inspection(part: int) -> None:
    texts = [hostile(unit) for unit in UNITS[part::4]]
    table = Table.of({"備考": texts, "x": texts[::-1], "氏名": texts, "年代・性別": texts})
    seen = inspect(Dataset("hostile", table))
    assert len(seen.columns) == 4


def test_one_huge_cell() -> None:
    table = Table.of({"備考": ["山田太郎様 No.1と接触 " * 10_000, "済"]})
    seen = inspect(Dataset("huge", table))
    assert seen.cells and len(seen.cells[0].masked) <= 40


def test_decide_on_nothing() -> None:
    profile = Profile.of(Table.of({"": ["", " ", "-"]}).columns[0])
    assert decide("", profile, profile.sampled(10)).of == 0
