"""Rules about a column as a whole: numbers without text, one width, one way to write dates."""

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote
from intake.lint.cells import LAYOUT_SPACES
from intake.lint.note import Mask, matches, note_values

_SAMPLE = 20_000
_MOST = 0.8
"""The share of filled rows that makes a column one of numbers or of dates."""

_PLAIN = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"
_UNIT = (
    "(?:円|千円|万円|百万円|億円|人|名|件|世帯|戸|歳|才|%|％|㎡|m2|ha|km|kg|g|m|cm|個|台|回|日|時間|分|"
    "年間|か月|ヶ月|カ月|箇所|か所|冊|点|校|棟)"
)
_DRESSED = (
    r"^[¥￥\\]?[-▲△－−+]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?\s*"
    f"{_UNIT}?$|^[¥￥\\\\▲△－−][0-9０-９]+(?:[.．][0-9０-９]+)?\\s*{_UNIT}?$"
    f"|^[0-9０-９]+(?:[.．][0-9０-９]+)?\\s*{_UNIT}$"
    f"|^(?:約|およそ|概ね)\\s*[0-9０-９,，.．]+\\s*{_UNIT}?(?:程度)?$"
    f"|^[0-9０-９,，.．]+\\s*{_UNIT}?程度$"
)
_SYMBOL = r"^(?:[-－―‐ー*＊×xXΧ…・.。?？△▲]{1,4}|不明|不詳|なし|無|非公表|秘匿|未定|[nN]/?[aA])$"
_NUMERAL = r"[-▲△－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_REMARKED = (
    f"^{_NUMERAL}\\s*{_UNIT}?\\s*(?:[(（\\[［【〔].{{1,30}}|[*＊※†‡#＃]+[0-9０-９]*|[rpeRPE]"
    "|以上|以下|未満|超|程度|余り?|前後|強|弱|推計|速報値?|概数|見込み?|年度?)$"
    f"|^(?:約|およそ|概ね|推計|[*＊※<>＜＞≧≦≒~〜～])\\s*{_NUMERAL}\\s*{_UNIT}?$"
)
"""A number with a remark in the same cell: 12(推計), 1.5*, 約30."""
_DATES = {
    "slash": r"^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}\b",
    "hyphen": r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b",
    "dot": r"^[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}\b",
    "kanji": r"^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日",
    "compact": r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$",
    "era": r"^(?:明治|大正|昭和|平成|令和|[MTSHR])[.]?(?:[0-9]{1,2}|元)[年./-]",
}
_WIDE = r"[０-９Ａ-Ｚａ-ｚ]"
_NARROW = r"[0-9A-Za-z]"
_NARROW_KANA = r"[ｦ-ﾟ]"
_WIDE_KANA = r"[ァ-ヺ]"
_MARKS = "、，,;；／/|｜\n"
_SEPARATOR = f"[{_MARKS}]"
_JOINED = 5_000
"""How many distinct joined values are looked into."""


def check_column(column: Column) -> list[LintNote]:
    """Notes on a column; the costly checks run only where a sample asks for them."""
    filled = matches(column.values, r"[^\s　]")
    if not filled.any():
        return []
    sample = _sample(column)
    notes: list[LintNote] = []
    numeric = matches(sample, _PLAIN) | matches(sample, _DRESSED)
    if numeric.mean() >= _MOST / 2:
        notes += _numbers(column, filled)
    if sum(matches(sample, p).mean() for p in _DATES.values()) >= _MOST / 2:
        notes += _dates(column, filled)
    notes += _widths(column)
    notes += _spaced(column)
    notes += _several(column)
    return notes


def _sample(column: Column) -> pa.StringArray:
    step = max(1, len(column.values) // _SAMPLE)
    return column.values.take(pa.array(np.arange(0, len(column.values), step)))


def _rows(column: Column, hits: Mask) -> int:
    return int(column.counts[hits].sum())


def _numbers(column: Column, filled: Mask) -> list[LintNote]:
    plain, dressed = matches(column.values, _PLAIN), matches(column.values, _DRESSED)
    of = _rows(column, filled)
    notes: list[LintNote] = []
    if _rows(column, plain | dressed) >= _MOST * of:
        notes += note_values(
            column,
            "dressed_numbers",
            dressed,
            "数値に桁区切り・単位・通貨記号・▲などが付いています。"
            "数字だけにし、単位は項目名に書いてください。",
            "Numbers carry separators, units or signs. Keep digits only and name the unit above.",
        )
        if _rows(column, plain) >= _MOST * of:
            notes += note_values(
                column,
                "symbols_among_numbers",
                matches(column.values, _SYMBOL),
                "数値の列に「-」「*」「不明」などの記号や文字が混じっています。"
                "空欄にし、意味を注記してください。",
                "A column of numbers also holds symbols or words. "
                "Leave such cells blank and say why.",
            )
            notes += note_values(
                column,
                "remarks_in_numbers",
                matches(column.values, _REMARKED) & ~plain & ~dressed,
                "数値の列に、注記や記号を付けた数値（「(推計)」「*」「約」など）があります。"
                "数字だけにし、注記は別の列に分けてください。",
                "Numbers carry a remark or mark in the same cell, such as (estimate) or *. "
                "Keep digits only and put remarks in a column of their own.",
            )
    return notes


def _dates(column: Column, filled: Mask) -> list[LintNote]:
    shapes = {name: matches(column.values, pattern) for name, pattern in _DATES.items()}
    counts = {name: _rows(column, hits) for name, hits in shapes.items()}
    present = sorted((n for n, c in counts.items() if c), key=lambda n: -counts[n])
    if len(present) < 2 or sum(counts.values()) < _MOST * _rows(column, filled):
        return []
    others: Mask = np.logical_or.reduce([shapes[name] for name in present[1:]])
    return note_values(
        column,
        "mixed_dates",
        others,
        "日付の書き方が混在しています。2024-04-01 のような一つの書き方にそろえてください。",
        "Dates are written in several ways. Use one, such as 2024-04-01.",
    )


def _widths(column: Column) -> list[LintNote]:
    notes: list[LintNote] = []
    for code, left, right, ja, en in (
        ("mixed_width", _WIDE, _NARROW, "英数字", "digits and Latin letters"),
        ("mixed_kana", _NARROW_KANA, _WIDE_KANA, "カタカナ", "katakana"),
    ):
        one = matches(column.values, left)
        if not one.any():
            continue
        other = matches(column.values, right)
        if not (other & ~one).any() and not (one & other).any():
            continue
        rarer = one if _rows(column, one) <= _rows(column, other) else other
        notes += note_values(
            column,
            code,
            rarer,
            f"全角と半角の{ja}が混在しています。どちらかにそろえてください。",
            f"Full-width and half-width {en} are mixed. Use one of them.",
        )
    return notes


def _spaced(column: Column) -> list[LintNote]:
    """Cells with spaces inside where others say the same without, numbers aside."""
    spaced = matches(column.values, r"\S[ 　]\S") & ~matches(column.values, LAYOUT_SPACES)
    if not spaced.any() or 2 * spaced.sum() > len(spaced):
        return []
    tight = pc.replace_substring_regex(column.values, r"[ 　]+", "")
    shapes = pc.replace_substring_regex(tight, r"[0-9０-９]+", "0")
    others = shapes.filter(pa.array(~spaced)).unique()
    hits = pc.is_in(shapes, value_set=others).to_numpy(zero_copy_only=False) & spaced
    return note_values(
        column,
        "uneven_spaces",
        hits,
        "ほかのセルでは空けていない所に、空白を入れたセルがあります。"
        "同じ値が別の値として扱われるため、空白を取り除いてください。",
        "Cells hold spaces where others write the same without them, so that equal values differ. "
        "Remove the spaces.",
    )


def _several(column: Column) -> list[LintNote]:
    """Cells whose parts are, each by itself, values of the same column."""
    joined = np.flatnonzero(matches(column.values, _SEPARATOR))
    if not len(joined) or len(joined) == len(column.values):
        return []
    joined = joined[:_JOINED]
    texts = column.values.take(pa.array(joined)).to_pylist()
    split = [[[p.strip() for p in text.split(mark)] for mark in _MARKS] for text in texts]
    parts = sorted({part for ways in split for way in ways for part in way if part})
    found = pc.is_in(pa.array(parts, pa.string()), value_set=column.values).to_pylist()
    known = {part for part, is_known in zip(parts, found, strict=True) if is_known}
    hits: Mask = np.zeros(len(column.values), dtype=bool)
    hits[joined] = [any(len(w) > 1 and known.issuperset(w) for w in ways) for ways in split]
    return note_values(
        column,
        "several_values",
        hits,
        "1つのセルに複数の値が入っています。1セルに1つの値とし、行か列を分けてください。",
        "Cells hold several values. Put one value in a cell; add rows or columns.",
    )
