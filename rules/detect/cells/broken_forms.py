"""Values that break the form, the check digit or the width the rest of their column keeps."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, Message, column_types, label, say
from rules.detect.cells.alarm import Alarm, alarms
from rules.detect.cells.numbering import broken_numbers, counts_up
from rules.detect.cells.outliers import AMOUNTS, numbers_of
from rules.detect.decision import Decision
from rules.detect.profile import Mask, Profile, as_mask

_T = ColumnType
_FORMED = column_types.having("formed")
"""Types whose values keep a form, so that another form is worth a look."""
_NUMERIC = frozenset({_T.QUANTITY, _T.AGE, _T.INCOME, _T.TAX, _T.COORDINATES})
_LOST = "[\ue000-\uf8ff〓\ufffd]"
"""External characters (外字), the mark that stands for one, and what decoding left behind."""
_KEEPS = 0.85
"""Share of rows that must keep a form before the others break it."""
_OTHER_NAMES = 0.02
"""Share of a column of names from which on what is no person's name is another proper noun."""
_ALL_NUMBERS = 0.97
"""Share of rows from which on a word among amounts is out of place."""
_FEW = 0.05
"""Share of the rows up to which one of two widths is the odd one."""
_WIDE = "[！-～ｦ-ﾟ　]"
_WIDTHS = {
    "full": "[！-～]",
    "half": r"[0-9A-Za-z\-]",
    "words": r"[\p{Han}\p{Hiragana}\p{Katakana}]",
    "full_digit": "[０-９]",
    "half_digit": "[0-9]",
    "full_space": r"\S　+\S",
    "half_space": r"[^\s\x21-\x7e] +\S",
    "half_kana": "[ｦ-ﾟ]",
    "full_kana": "[ァ-ヺ]",
}
_SHAPE_OF_BYTE = np.arange(256, dtype=np.uint8)
_SHAPE_OF_BYTE[ord("0") : ord("9") + 1] = ord("9")
_SHAPE_OF_BYTE[ord("a") : ord("z") + 1] = ord("A")
_NUMBERED = re.compile(r"^(.*\D)(\d{1,6})$")
_MOST_NUMBERED = 100_000
"""Distinct values with a number at their end; where there are more, the number is their form."""


def format_breaks(column: Column, decision: Decision, profile: Profile, codes: Mask) -> list[Alarm]:
    """Wrong check digits, values without the type's form, and what breaks a numbering."""
    if profile.of_rows < 10 or decision.parts:
        return []
    kept = profile.present & ~codes
    broken = np.zeros(len(profile), np.bool_)
    found = []
    what = label(decision.type)
    r = decision.recogniser
    if r is not None:
        shaped, strict = r.shaped(profile), r.read(profile)
        other = kept & ~shaped
        proper = decision.type is _T.PERSON_NAME and profile.ratio(other) > _OTHER_NAMES
        if profile.ratio(shaped) >= _KEEPS and not proper:
            broken |= other
        if r.chance and profile.ratio(strict) >= _KEEPS:
            found += alarms(
                column,
                CellKind.CHECK_DIGIT_BREAK,
                "check-digit",
                0.88,
                kept & shaped & ~strict,
                say("rules.broken_forms.check_digit", type=what),
            )
    if decision.type in _FORMED or _one_each(decision, profile):
        vary = decision.type in _NUMERIC or counts_up(profile, kept)
        broken |= kept & _odd_forms(profile, digits_vary=vary)
    if decision.type in AMOUNTS:
        numbers = ~np.isnan(numbers_of(profile))
        if profile.ratio(numbers) >= _ALL_NUMBERS:
            broken |= kept & ~numbers
    lost = kept & as_mask(pc.match_substring_regex(profile.raw, _LOST))
    said = say("rules.broken_forms.lost_character")
    found += alarms(column, CellKind.FORMAT_BREAK, "gaiji", 0.7, lost, said)
    said = say("rules.broken_forms.other_form", type=what)
    found += alarms(column, CellKind.FORMAT_BREAK, "format", 0.75, broken & ~lost, said)
    return found + broken_numbers(column, decision, profile, kept, broken)


def _one_each(decision: Decision, profile: Profile) -> bool:
    """Whether a column without a known form holds a code for each row, as S2512345."""
    plain = decision.type in (_T.CATEGORY, _T.UNKNOWN)
    return plain and profile.distinct > 0.5 * profile.of_rows


def _odd_forms(profile: Profile, *, digits_vary: bool) -> Mask:
    """Values whose form few share, where one form, or a few, rule the column."""
    encoded = _shapes(profile.lower).dictionary_encode()
    codes, forms = np.asarray(encoded.indices, dtype=np.int64), encoded.dictionary
    for at_most in (3, 12):
        if at_most == 3 and digits_vary:
            continue
        if at_most == 12:
            runs = pc.replace_substring_regex(forms, "9+", "9").dictionary_encode()
            codes = np.asarray(runs.indices, dtype=np.int64)[codes]
        weights = np.bincount(codes, weights=profile.counts * profile.present)
        share = weights / max(1, profile.of_rows)
        ruling = share >= 0.01
        if share[ruling].sum() >= 0.97 and ruling.sum() <= at_most:
            return ~ruling[codes]
    return np.zeros(len(profile), np.bool_)


def _shapes(texts: pa.StringArray) -> pa.StringArray:
    """The form of each text: 9 for a digit, A for a letter, 字 for a Japanese word."""
    if pc.all(pc.string_is_ascii(texts)).as_py():
        _, offsets, letters = texts.buffers()
        shaped = _SHAPE_OF_BYTE[np.frombuffer(letters or b"", np.uint8)]
        return pa.StringArray.from_buffers(
            len(texts), offsets, pa.py_buffer(shaped), offset=texts.offset
        )
    shapes = pc.replace_substring_regex(texts, r"[a-z]", "A")
    shapes = pc.replace_substring_regex(shapes, r"元年", "1年")
    shapes = pc.replace_substring_regex(shapes, r"\d", "9")
    return pc.replace_substring_regex(shapes, r"\p{Han}+|\p{Hiragana}+|[ァ-ヺー]+", "字")


def width_mismatches(column: Column, decision: Decision, profile: Profile) -> list[Alarm]:
    """Full-width among half-width values, or the other way round.

    A name keeps its own spelling (as 丸の内ＪＰタワー): letters among Japanese words count only
    where the same name stands in the other width too, digits also where it occurs once.
    """
    if decision.type == _T.FREE_TEXT or profile.of_rows < 10:
        return []
    if not as_mask(pc.match_substring_regex(profile.raw, _WIDE)).any():
        return []
    raw = {name: as_mask(pc.match_substring_regex(profile.raw, p)) for name, p in _WIDTHS.items()}
    words, once = raw["words"], profile.counts == 1
    odd = _minority(profile, raw["full"] & ~words, raw["half"] & ~words)
    odd |= _minority(profile, raw["full_digit"] & words, raw["half_digit"] & words) & once
    odd |= _minority(profile, raw["full_space"], raw["half_space"])
    odd |= _minority(profile, raw["half_kana"], raw["full_kana"])
    odd |= _twins(profile, raw["full"] | raw["half_kana"] | raw["full_space"])
    said = say("rules.broken_forms.other_width")
    return alarms(column, CellKind.WIDTH_MISMATCH, "width", 0.6, odd & profile.present, said)


def _minority(profile: Profile, left: Mask, right: Mask) -> Mask:
    total = profile.rows((left | right) & profile.present)
    if total:
        for mask in (left, right):
            if 0 < profile.rows(mask & profile.present) <= _FEW * total:
                return mask
    return np.zeros(len(profile), np.bool_)


def _twins(profile: Profile, wide: Mask) -> Mask:
    """The rarer ones of values that differ in width alone, where few rows hold them."""
    if not wide.any():
        return wide
    same = np.asarray(profile.texts.dictionary_encode().indices, dtype=np.int64)
    both = np.isin(same, same[wide]) & np.isin(same, same[~wide])
    most = np.zeros(len(profile), np.int64)
    np.maximum.at(most, same, profile.counts)
    odd: Mask = both & (profile.counts < most[same])
    return odd if profile.rows(odd) <= _FEW * profile.of_rows else np.zeros(len(profile), np.bool_)


def running_numbers(column: Column, profile: Profile) -> list[Alarm]:
    """The first cell of each text that from there on carries a rising number (…発表90, …発表91).

    Only where the same text stands without a number before: that is where a reader sees the
    numbering begin half-way.
    """
    numbered = np.flatnonzero(profile.matches(r"[^\d\-/.:,]\d{1,6}$") & profile.present)
    if not 3 <= len(numbered) <= _MOST_NUMBERED:
        return []
    series: dict[str, list[tuple[int, int]]] = {}
    for code, text in zip(numbered.tolist(), profile.texts.take(numbered).to_pylist(), strict=True):
        if found := _NUMBERED.match(text):
            series.setdefault(found[1], []).append((int(found[2]), code))
    bare = set(profile.strings(profile.present & ~profile.matches(r"\d$")))
    starts: dict[int, int] = {}
    for stem, members in series.items():
        numbers = sorted(n for n, _ in members)
        if stem in bare and len(members) >= 3 and numbers[-1] - numbers[0] < 2 * len(numbers):
            starts[min(members)[1]] = len(members)
    values = np.zeros(len(profile), np.bool_)
    values[list(starts)] = True

    def reason(code: int, count: int) -> Message:
        return say("rules.broken_forms.running_number", times=starts[code])

    said = say("rules.broken_forms.running_numbers", times=sum(starts.values()))
    return alarms(column, CellKind.FORMAT_BREAK, "running-number", 0.85, values, said, reason)
