"""Spoiled cells: each way with the kinds of unusual cell that name it rightly."""

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.detection.exam.writer import half_kana, wide


class Spoil(NamedTuple):
    """`ruin(text, n)` gives the spoiled text of the n-th cell; `kinds` are the right names."""

    kinds: str
    ruin: Callable[[str, int], str]


def _always(*texts: str) -> Callable[[str, int], str]:
    return lambda _text, n: texts[n % len(texts)]


def _check(position: int) -> Callable[[str, int], str]:
    """Turn the check digit at a position into another digit."""

    def ruin(text: str, n: int) -> str:
        at = position % len(text)
        return f"{text[:at]}{(int(text[at]) + 1 + n % 8) % 10}{text[at + 1 :]}"

    return ruin


def _letter(text: str, _n: int) -> str:
    """The last zero as the letter O, else the last digit as l."""
    at = text.rfind("0")
    if at >= 0:
        return f"{text[:at]}O{text[at + 1 :]}"
    at = max(i for i, c in enumerate(text) if c.isdigit())
    return f"{text[:at]}l{text[at + 1 :]}"


def _bad_date(text: str, n: int) -> str:
    """A day that does not exist, in the spelling of the column."""
    if "年" in text:
        return (f"{text.partition('年')[0]}年2月30日", f"{text.partition('年')[0]}年13月1日")[n % 2]
    if text.isdigit():
        return text[:4] + ("0230", "1301")[n % 2]
    mark = next(c for c in text if not c.isalnum())
    return mark.join((text.split(mark)[0], *(("2", "30"), ("13", "01"))[n % 2]))


def _century(text: str, years: int) -> str:
    """The year moved, in the spelling of the column; an era year becomes one that never was."""
    if "年" in text:
        return f"令和{68 + years % 7}年{text.partition('年')[2]}"
    if text[0].isalpha():
        return f"R68{text[text.index('.') :]}"
    return f"{int(text[:4]) + years}{text[4:]}"


_RARE = "rare_value"
_BREAK = "format_break"
_MISSING = "missing_code"
SPOILS: dict[str, Spoil] = {
    "short": Spoil("format_break|check_digit_break", lambda t, _: t[:-1]),
    "letter": Spoil("format_break|check_digit_break|width_mismatch", _letter),
    "fullwidth": Spoil("width_mismatch", lambda t, _: wide(t)),
    "half_kana": Spoil("width_mismatch|format_break", lambda t, _: half_kana(t)),
    "kanji_in_kana": Spoil(
        "format_break|width_mismatch", _always("山田 ハル", "鈴木 三郎", "不破")
    ),
    "no_at": Spoil(_BREAK, lambda t, _: t.replace("@", ".")),
    "bad_ip": Spoil(_BREAK, _always("300.1.2.3", "10.0.0")),
    "other_style": Spoil(_BREAK, _always("昭和59年2月3日", "S61.7.9", "平成4年11月")),
    "bad_date": Spoil(_BREAK, _bad_date),
    "next_century": Spoil("outlier|format_break", lambda t, n: _century(t, 95 + n % 5)),
    "eighty_years": Spoil("outlier", lambda t, n: _century(t, -80 - n % 5)),
    "missing_date": Spoil("missing_code|format_break", _always("9999-99-99", "0000-00-00")),
    "missing_nines8": Spoil("missing_code|format_break", _always("9999999")),
    "missing_word": Spoil(_MISSING, _always("不明", "不詳")),
    "missing_dash": Spoil("missing_code|format_break", _always("－", "***", "-")),
    "missing_digits": Spoil("missing_code|format_break", _always("0000000000", "999-9999-9999")),
    "missing_nines": Spoil("missing_code|outlier", _always("999999", "9999999")),
    "age_138": Spoil("outlier|format_break", _always("138", "151")),
    "times_1000": Spoil("outlier", lambda t, _: f"{max(1, int(t))}000"),
    "negative": Spoil("outlier|format_break", lambda t, _: f"-{t}"),
    "zero": Spoil("outlier|missing_code|format_break", _always("0.000000")),
    "swapped": Spoil("outlier|format_break", _always("138.912345")),
    "wrong_check": Spoil("check_digit_break", _check(-1)),
    "wrong_first": Spoil("check_digit_break", _check(0)),
    "wrong_check10": Spoil("check_digit_break", _check(10)),
    "off_list": Spoil("undeclared_value|rare_value|format_break", _always()),
    "rare": Spoil(_RARE, _always()),
}
