"""Names, sexes, ages and relations."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import ColumnType, Message
from language import read_age, read_age_band, read_sex
from rules.detect.profile import Mask, Profile, as_mask
from rules.detect.values.base import Recogniser, pattern

_LEXICON = Path(__file__).parents[1] / "lexicon"
_GIVEN = r"[\p{Han}\p{Hiragana}\p{Katakana}々ヶー]"
KANA_PATTERN = (
    r"^[ァ-ヺー]{1,12}[ ・]?[ァ-ヺー]{1,12}(?:[ ・][ァ-ヺー]{1,12})?$"
    r"|^[ぁ-ゖー]{2,8} [ぁ-ゖー]{2,8}$"
)
BAND_PATTERN = (
    r"(?:[0-9一二三四五六七八九十]{1,3}(?:歳|才)?(?:代(?:前半|後半)?"
    r"|未満|以上|以下|[~〜-][0-9]{1,3}(?:歳|才)?)"
    r"(?:[0-9]{1,3}(?:歳|才)?未満)?)"
)
RELATIONS = (
    "世帯主|本人|妻|夫|子|長男|次男|二男|三男|四男|長女|次女|二女"
    "|三女|四女|父|母|祖父|祖母|孫|兄|弟|姉|妹|同居人|縁故者|"
    "子の妻|子の夫|妻の子|夫の子|妻の父|妻の母|夫の父|夫の母|妻\\(未届\\)"
    "|夫\\(未届\\)|養子|養女|おじ|おば|甥|姪|内縁の妻|内縁の夫|"
    "配偶者|未婚|既婚|離別|死別|有配偶|単身|単独世帯|夫婦のみ|核家族|母子|父子|三世代"
)


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of the lexicon folder."""
    return tuple((_LEXICON / f"{name}.txt").read_text(encoding="utf-8").split())


def surnames() -> str:
    """The surnames as one alternation, longest first."""
    return "|".join(sorted(words("surnames"), key=len, reverse=True))


def _names(profile: Profile) -> Mask:
    listed = profile.matches(rf"^(?:{surnames()})(?: ?{_GIVEN}{{1,4}}| ?[a-z]{{2,15}})$")
    spaced = profile.matches(r"^[\p{Han}々ヶ]{1,4} [\p{Han}\p{Hiragana}\p{Katakana}々ー]{1,5}$")
    latin = as_mask(
        pc.match_substring_regex(
            profile.texts, r"^[A-Z][a-zA-Z'\-]{1,20}(?: [A-Z][a-zA-Z.'\-]{0,20}){1,3}$"
        )
    )
    foreign = profile.matches(r"^[ァ-ヺー]{2,12}(?:・[ァ-ヺー]{2,12}){1,3}$")
    return (listed | spaced | latin | foreign) & ~profile.matches(_NOT_NAMES)


_NOT_NAMES = (
    r"(?:市|区|町|村|県|課|部|局|係|所|園|校|院|会|社|店|届|証|書|歳|代|税|費|料|金|中|済)$|\d"
)


def _lexical(read: Callable[[str], object], limit: int = 5_000) -> Callable[[Profile], Mask]:
    """A reader that asks a Python reader about each value; for columns of few distinct values."""

    def mask(profile: Profile) -> Mask:
        texts = profile.texts
        short = as_mask(pc.less_equal(pc.utf8_length(texts), 20)) & ~profile.missing
        result = np.zeros(len(profile), np.bool_)
        index = np.flatnonzero(short)
        if len(index) > limit:
            return result
        values = texts.take(pa.array(index)).to_pylist()
        result[index] = [read(text) is not None for text in values]
        return result

    return mask


PERSON_NAME = Recogniser(
    ColumnType.PERSON_NAME,
    Message(ja="氏名に見える値", en="values that look like a person's name"),
    _names,
    alone=0.9,
    at_least=0.6,
    shape=pattern(rf"^{_GIVEN}{{1,6}}[ ・]?{_GIVEN}{{0,6}}$", r"^[a-z][a-z .,'\-]{1,40}$"),
)
PERSON_NAME_KANA = Recogniser(
    ColumnType.PERSON_NAME_KANA,
    Message(ja="氏名の読みに見える値", en="values that look like the reading of a name"),
    pattern(KANA_PATTERN),
    alone=0.86,
    at_least=0.9,
    shape=pattern(r"^[ァ-ヺーぁ-ゖ ・a-z.\-]{1,40}$"),
)
SEX = Recogniser(
    ColumnType.SEX,
    Message(ja="性別を表す値", en="words for a sex"),
    _lexical(read_sex),
    alone=0.95,
    at_least=0.8,
    shape=lambda p: (
        _lexical(read_sex)(p) | p.matches(r"^[0-9]$|^[0-9][:.]?(?:男|女|その他|不明).{0,2}$")
    ),
)
AGE = Recogniser(
    ColumnType.AGE,
    Message(ja="年齢の範囲の整数", en="whole numbers in the range of ages"),
    _lexical(read_age),
    shape=_lexical(read_age),
)
AGE_WITH_UNIT = Recogniser(
    ColumnType.AGE,
    Message(ja="「歳」の付いた値", en="numbers followed by 歳"),
    pattern(r"^(?:満)?[0-9一二三四五六七八九十]{1,4}(?:歳|才)(?:[0-9]{1,2}[かヶケカ]月)?$"),
    alone=0.95,
    at_least=0.7,
)
AGE_BAND = Recogniser(
    ColumnType.AGE_BAND,
    Message(ja="年代を表す値", en="words for an age band"),
    lambda p: (
        _lexical(read_age_band)(p)
        & p.matches(r"代|歳|才|未満|以上|以下|^\d{1,2}[~〜-]\d{1,2}$|^\d{2,3}[+~]$|^\[")
    ),
    alone=0.92,
    at_least=0.7,
)
HOUSEHOLD_RELATION = Recogniser(
    ColumnType.HOUSEHOLD_RELATION,
    Message(ja="続柄等を表す値", en="words for family relations"),
    pattern(rf"^(?:{RELATIONS})$"),
    alone=0.93,
    at_least=0.8,
    shape=lambda p: ~p.missing,
)
RECOGNISERS = (
    PERSON_NAME,
    PERSON_NAME_KANA,
    SEX,
    AGE,
    AGE_WITH_UNIT,
    AGE_BAND,
    HOUSEHOLD_RELATION,
)
