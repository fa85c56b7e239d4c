"""Values that break the form or the check digit the rest of their column keeps."""

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from core import CellKind, Column, ColumnType, Message, label
from rules.detect.cells.base import Alarm
from rules.detect.decision import Decision
from rules.detect.profile import Mask, Profile, as_mask

_T = ColumnType
_FORMED = frozenset(
    {
        _T.POSTAL_CODE, _T.MUNICIPALITY_CODE, _T.BIRTH_DATE, _T.DATE, _T.DATE_OF_DEATH, _T.AGE,
        _T.PHONE, _T.MY_NUMBER, _T.CORPORATE_NUMBER, _T.RESIDENT_RECORD_CODE, _T.RESIDENT_ID,
        _T.HOUSEHOLD_ID, _T.BASIC_PENSION_NUMBER, _T.DRIVERS_LICENSE_NUMBER, _T.PASSPORT_NUMBER,
        _T.RESIDENCE_CARD_NUMBER, _T.INSURER_NUMBER, _T.INSURED_PERSON_NUMBER,
        _T.EMPLOYMENT_INSURANCE_NUMBER, _T.DISABILITY_CERTIFICATE_NUMBER, _T.STUDENT_NUMBER,
        _T.BANK_ACCOUNT, _T.CREDIT_CARD, _T.IP_ADDRESS, _T.MAC_ADDRESS, _T.DEVICE_ID,
        _T.COOKIE_ID, _T.COORDINATES, _T.INCOME, _T.TAX, _T.QUANTITY, _T.SEQUENCE_NUMBER,
    }
)  # fmt: skip
"""Types whose values keep a form, so that another form is worth a look."""
_NUMERIC = frozenset({_T.QUANTITY, _T.AGE, _T.INCOME, _T.TAX, _T.COORDINATES})
_LOST = "[\ue000-\uf8ff〓\ufffd]"
"""External characters (外字), the mark that stands for one, and what decoding left behind."""
_LOST_WORDS = (
    "外字や文字化けがあります。別の環境では別の字に見えるか、読めません。",
    "An external or broken character: elsewhere it shows as another, or as none.",
)
_KEEPS = 0.85
"""Share of rows that must keep a form before the others break it."""


def format_breaks(column: Column, decision: Decision, profile: Profile, codes: Mask) -> list[Alarm]:
    """Wrong check digits, values without the type's form, and forms hardly used in the column."""
    if profile.of_rows < 10 or decision.parts:
        return []
    kept = profile.present & ~codes
    broken = np.zeros(len(profile), np.bool_)
    alarms = []
    r = decision.recogniser
    if r is not None:
        shaped, strict = r.shaped(profile), r.read(profile)
        if profile.ratio(shaped) >= _KEEPS:
            broken |= kept & ~shaped
        if r.chance and profile.ratio(strict) >= _KEEPS:
            wrong = kept & shaped & ~strict
            alarms += _alarm(
                column,
                CellKind.CHECK_DIGIT_BREAK,
                "check-digit",
                0.88,
                wrong,
                *_check_words(decision.type),
            )
    if decision.type in _FORMED or _one_each(decision, profile):
        broken |= kept & _odd_forms(profile, digits_vary=decision.type in _NUMERIC)
    lost = kept & as_mask(pc.match_substring_regex(profile.raw, _LOST))
    alarms += _alarm(column, CellKind.FORMAT_BREAK, "gaiji", 0.7, lost, *_LOST_WORDS)
    what = label(decision.type)
    alarms += _alarm(
        column, CellKind.FORMAT_BREAK, "format", 0.75, broken,
        f"この項目のほかの値（{what.ja}）と形が違います。",
        f"The form differs from the other values of the column ({what.en}).",
    )  # fmt: skip
    return alarms


def _one_each(decision: Decision, profile: Profile) -> bool:
    """Whether a column without a known form holds a code for each row, as S2512345."""
    plain = decision.type in (_T.CATEGORY, _T.UNKNOWN)
    return plain and profile.distinct > 0.5 * profile.of_rows


def _odd_forms(profile: Profile, *, digits_vary: bool) -> Mask:
    """Values whose form few share, where one form, or a few, rule the column."""
    for pattern, at_most in ((r"\d", 3), (r"\d+", 12)):
        if pattern == r"\d" and digits_vary:
            continue
        codes, share = _forms(profile, pattern)
        ruling = share >= 0.01
        if share[ruling].sum() >= 0.97 and ruling.sum() <= at_most:
            return ~ruling[codes]
    return np.zeros(len(profile), np.bool_)


def _forms(profile: Profile, digits: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The form of each value as a code, and the share of rows each form holds."""
    shapes = pc.replace_substring_regex(profile.lower, r"[a-z]", "A")
    shapes = pc.replace_substring_regex(shapes, r"元年", "1年")
    shapes = pc.replace_substring_regex(shapes, digits, "9")
    shapes = pc.replace_substring_regex(shapes, r"\p{Han}+|\p{Hiragana}+|[ァ-ヺー]+", "字")
    encoded = shapes.dictionary_encode()
    codes = np.asarray(encoded.indices, dtype=np.int64)
    weights = np.bincount(codes, weights=profile.counts * profile.present)
    return codes, weights / max(1, profile.of_rows)


def width_mismatches(column: Column, decision: Decision, profile: Profile) -> list[Alarm]:
    """Full-width among half-width values, or the other way round."""
    if decision.type == _T.FREE_TEXT or profile.of_rows < 10:
        return []
    full = as_mask(pc.match_substring_regex(profile.raw, r"[！-～]|\S　+\S"))
    half = as_mask(pc.match_substring_regex(profile.raw, r"[0-9A-Za-z\-]|[^\s\x21-\x7e] +\S"))
    kana = as_mask(pc.match_substring_regex(profile.raw, r"[ｦ-ﾟ]"))
    wide_kana = as_mask(pc.match_substring_regex(profile.raw, r"[ァ-ヺ]"))
    odd = _minority(profile, full, half) | _minority(profile, kana, wide_kana)
    return _alarm(
        column, CellKind.WIDTH_MISMATCH, "width", 0.6, odd & profile.present,
        "全角と半角が、この項目のほかの値と違います。",
        "Full-width or half-width characters differ from the rest of the column.",
    )  # fmt: skip


def _minority(profile: Profile, left: Mask, right: Mask) -> Mask:
    total = profile.rows((left | right) & profile.present)
    if not total:
        return np.zeros(len(profile), np.bool_)
    for mask in (left, right):
        if 0 < profile.rows(mask & profile.present) <= 0.05 * total:
            return mask
    return np.zeros(len(profile), np.bool_)


def _check_words(type_: ColumnType) -> tuple[str, str]:
    what = label(type_)
    return (
        f"{what.ja}の検査数字が合いません。入力の誤りか、別の番号の可能性があります。",
        f"The check digit of the {what.en} is wrong: a typing error, or another number.",
    )


def _alarm(
    column: Column, kind: CellKind, rule: str, weight: float, values: Mask, ja: str, en: str
) -> list[Alarm]:
    words = Message(ja=ja, en=en)
    return (
        [Alarm(column, kind, rule, weight, lambda _c, _n: words, values=values)]
        if values.any()
        else []
    )
