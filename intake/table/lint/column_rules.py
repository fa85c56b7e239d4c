"""Rules about a column as a whole: numbers without text, one width, one way to write dates."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from core import Column, LintNote, yaml12
from intake.table.lint.cell_rules import LAYOUT_SPACES
from intake.table.lint.notes import Mask, holding, matches, note_values

_SAMPLE = 20_000
"""How many distinct values decide whether a costly check is made."""
_MOST = 0.8
"""The share of filled rows that makes a column one of numbers or of dates."""

_SHAPES = yaml12.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_PLAIN, _DRESSED, _SYMBOL, _REMARKED = (
    "|".join(
        p.replace("NUMERAL", _SHAPES["numeral"]).replace("UNIT", f"(?:{_SHAPES['unit']})")
        for p in _SHAPES[name]
    )
    for name in ("plain", "dressed", "symbol", "remarked")
)
_DATES: list[str] = _SHAPES["dates"]
"""Ways to write a date, each of which may stand alone in a column."""
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
    filled = holding(column)
    if not filled.any():
        return []
    step = max(1, len(column.values) // _SAMPLE)
    sample = column.values.take(pa.array(np.arange(0, len(column.values), step)))
    notes: list[LintNote] = []
    numeric = matches(sample, _PLAIN) | matches(sample, _DRESSED)
    if numeric.mean() >= _MOST / 2:
        notes += _numbers(column, filled)
    if sum(matches(sample, p).mean() for p in _DATES) >= _MOST / 2:
        notes += _dates(column, filled)
    return [*notes, *_widths(column), *_spaced(column), *_several(column)]


def _rows(column: Column, hits: Mask) -> int:
    return int(column.counts[hits].sum())


def _numbers(column: Column, filled: Mask) -> list[LintNote]:
    plain, dressed = matches(column.values, _PLAIN), matches(column.values, _DRESSED)
    of = _rows(column, filled)
    if _rows(column, plain | dressed) < _MOST * of:
        return []
    notes = note_values(column, "dressed_numbers", dressed)
    if _rows(column, plain) >= _MOST * of:
        remarked = matches(column.values, _REMARKED) & ~plain & ~dressed
        notes += note_values(column, "symbols_among_numbers", matches(column.values, _SYMBOL))
        notes += note_values(column, "remarks_in_numbers", remarked)
    return notes


def _dates(column: Column, filled: Mask) -> list[LintNote]:
    shapes = [matches(column.values, pattern) for pattern in _DATES]
    counts = [_rows(column, hits) for hits in shapes]
    present = sorted((n for n, count in enumerate(counts) if count), key=lambda n: -counts[n])
    if len(present) < 2 or sum(counts) < _MOST * _rows(column, filled):
        return []
    others: Mask = np.logical_or.reduce([shapes[n] for n in present[1:]])
    return note_values(column, "mixed_dates", others)


def _widths(column: Column) -> list[LintNote]:
    notes: list[LintNote] = []
    for code, left, right in (
        ("mixed_width", _WIDE, _NARROW),
        ("mixed_kana", _NARROW_KANA, _WIDE_KANA),
    ):
        one = matches(column.values, left)
        if not one.any():
            continue
        other = matches(column.values, right)
        if not (other & ~one).any() and not (one & other).any():
            continue
        rarer = one if _rows(column, one) <= _rows(column, other) else other
        notes += note_values(column, code, rarer)
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
    return note_values(column, "uneven_spaces", hits)


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
    return note_values(column, "several_values", hits)
