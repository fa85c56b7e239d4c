"""Columns that no recogniser claims: numbers, flags, categories, free text."""

import numpy as np

from core import ColumnType, Message
from rules.detect.decision import Decision
from rules.detect.profile import Mask, Profile

_T = ColumnType
NUMBER_PATTERN = (
    r"^[\-+△▲]?\s*[¥$]?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*"
    r"(?:円|千円|百万円|人|名|件|%|歳|才|回|個|台|世帯|戸|棟|年|か月"
    r"|日|時間|分|km|m|cm|kg|g|m2|度|点|級)?$"
)
_FLAG_WORDS = (
    r"^(?:0|1|true|false|y|n|yes|no|有|無|あり|なし|有り|無し|○|〇|×"
    r"|✓|レ|x|済|未|該当|非該当|可|不可|要|不要|はい|いいえ|同意|不同意"
    r"|対象|対象外|on|off|t|f|●|-|希望する|希望しない)$"
)
_NUMERIC_TYPES = {_T.QUANTITY}
_DISTINCT_NEEDED = {
    _T.SEX: 2,
    _T.PERSON_NAME: 5,
    _T.PERSON_NAME_KANA: 10,
    _T.ADDRESS: 3,
    _T.MUNICIPALITY_CODE: 3,
    _T.COORDINATES: 5,
    _T.MY_NUMBER: 5,
    _T.DRIVERS_LICENSE_NUMBER: 20,
    _T.CORPORATE_NUMBER: 5,
    _T.RESIDENT_RECORD_CODE: 20,
    _T.CREDIT_CARD: 5,
    _T.BASIC_PENSION_NUMBER: 5,
    _T.PASSPORT_NUMBER: 5,
}


def distinct_needed(type_: ColumnType) -> int:
    """How many distinct values must agree before values alone name a type."""
    return _DISTINCT_NEEDED.get(type_, 1)


def plausible(type_: ColumnType, profile: Profile) -> Mask:
    """The values that do not speak against a type which only its name tells."""
    if type_ in _NUMERIC_TYPES:
        return profile.matches(NUMBER_PATTERN)
    if type_ == _T.SEQUENCE_NUMBER:
        return profile.matches(r"\d|^[a-z]{1,4}$") & (profile.lengths <= 40)
    if type_ == _T.FLAG:
        return profile.lengths <= 10
    return profile.present


def classify(profile: Profile, sample: Profile) -> Decision:
    """The plainest true statement about a column nothing more is known of."""
    of = profile.of_rows
    numeric = profile.matches(NUMBER_PATTERN) & profile.present
    flags = profile.matches(_FLAG_WORDS) & profile.present
    distinct, lengths = profile.distinct, profile.lengths[profile.present]
    weights = profile.counts[profile.present]
    mean_length = float(np.average(lengths, weights=weights)) if of else 0.0
    unique = distinct / of if of else 0.0
    if distinct <= 3 and profile.ratio(flags) >= 0.95:
        return _as(
            _T.FLAG,
            0.75,
            profile.rows(flags),
            of,
            "値が有無や該当を表しています。",
            "The values mark whether something applies.",
        )
    if profile.ratio(numeric) >= 0.9:
        same_length = len(set(sample.lengths.tolist())) == 1
        if unique > 0.95 and of >= 20 and ((same_length and mean_length >= 5) or _running(profile)):
            return _as(
                _T.SEQUENCE_NUMBER,
                0.7,
                profile.rows(numeric),
                of,
                "行ごとに異なる番号です。",
                "A number that differs in every row.",
            )
        if distinct <= 30 and unique < 0.2 and mean_length <= 3:
            return _as(_T.CATEGORY, 0.55, of, of, "少ない種類の符号です。", "A few codes.")
        return _as(
            _T.QUANTITY, 0.6, profile.rows(numeric), of, "値が数です。", "The values are numbers."
        )
    identifiers = profile.matches(r"^[a-z]{0,6}[\-_]?[0-9a-f\-_]*\d[0-9a-f\-_]*$") & profile.present
    if unique > 0.95 and of >= 20 and profile.ratio(identifiers) >= 0.95:
        return _as(
            _T.SEQUENCE_NUMBER,
            0.65,
            profile.rows(identifiers),
            of,
            "行ごとに異なる番号です。",
            "A number that differs in every row.",
        )
    sentences = (
        profile.matches(r"[。、！？,.\n]|です|ます|した|する|ない|あり|中$|済み?$")
        & profile.present
    )
    long = (profile.lengths >= 15) & profile.present
    if distinct > 10 and (mean_length >= 12 or profile.ratio(sentences | long) >= 0.5):
        return _as(
            _T.FREE_TEXT,
            0.7,
            of,
            of,
            "文や語句が自由に書かれています。",
            "Free sentences or phrases.",
        )
    singles = float((profile.counts[profile.present] == 1).mean())
    if distinct > 50 and mean_length >= 5 and singles >= 0.3:
        return _as(
            _T.FREE_TEXT,
            0.6,
            of,
            of,
            "一度しか出ない語句が多くあります。",
            "Many phrases occur once.",
        )
    if distinct <= max(30, 0.05 * of) or unique < 0.5:
        return _as(
            _T.CATEGORY, 0.6, of, of, f"値は{distinct}種類です。", f"{distinct} distinct values."
        )
    return _as(
        _T.UNKNOWN, 0.3, 0, of, "種類を決める手がかりがありません。", "Nothing tells the type."
    )


def _running(profile: Profile) -> bool:
    """Whether whole numbers run without large gaps, as row numbers do."""
    whole = profile.matches(r"^\d{1,12}$")
    numbers = np.array([int(t) for t in profile.strings(whole)[:5_000]], dtype=np.int64)
    if len(numbers) < 20:
        return False
    return bool(np.mean(np.abs(np.diff(numbers)) == 1) > 0.8)


def _as(type_: ColumnType, confidence: float, n: int, of: int, ja: str, en: str) -> Decision:
    return Decision(type_, confidence, n, of, (), (Message(ja=ja, en=en),))
