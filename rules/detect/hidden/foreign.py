"""Names as they are written abroad: katakana with dots or spaces, Latin letters, two Han words."""

import re
from collections.abc import Iterator, Sequence

from rules.detect.hidden import cues, public
from rules.detect.hidden.kana import LABELS
from rules.detect.hidden.listed import famous
from rules.detect.hidden.morphology import Word

_KATAKANA = re.compile(
    r"(?<![ァ-ヶー・])[ァ-ヶー]{2,12}(?:[・= ][ァ-ヶー]{1,12}){1,4}(?![ァ-ヶー・])"
)
_ONE = re.compile(
    rf"(?<![ァ-ヶーA-Za-z])(?:[ァ-ヶー]{{2,10}}|[A-Z][A-Za-z'\-]{{2,20}})(?={cues.HONORIFIC})"
)
_LATIN = re.compile(
    r"(?<![A-Za-z@.])[A-Z][A-Za-z'\-]{1,20}(?:[ ,]{1,2}[A-Z][A-Za-z'.\-]{0,20}){1,3}(?![A-Za-z@\d])"
)
_CLEAR = "王李張陳劉朴崔鄭姜趙黄呉周徐孫馬胡郭"
_AS_OFTEN_WORDS = (
    "楊朱何梁羅宋謝韓唐馮于董蕭程曹袁鄧許傅沈彭呂蘇盧蔡賈魏薛葉杜鍾汪尹申権柳洪金林高安全田白文"
)
_HAN_PAIR = re.compile(
    rf"(?:[{_CLEAR}] ?|[{_AS_OFTEN_WORDS}] )[一-龥]{{1,2}}(?![一-龥])|金[一-龥]{{2}}(?![一-龥])"
)
_MIXED = re.compile("[王李張陳劉金朴崔鄭姜趙楊黄呉周徐孫馬林高][ ・][ァ-ヶー]{2,6}(?![ァ-ヶー])")
_THREE_PARTS = re.compile(
    r"(?<![ァ-ヶー・])[ァ-ヶー]{2,12}(?:・[ァ-ヶー]{1,12}){2,3}(?=が|は|より|から|の|に[説連電]|、|\)|$)"
)
_ABROAD = re.compile(
    "在留|国籍|英訳|英語|翻訳|多言語|籍[のはがを、。)]|旅券|パスポート|名義|通称|転入|帰化|通訳|日本語|母語|外国|実習生|留学|本国|来庁|登録者|氏名"
)


def foreign_names(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Names of several parts with a cue, or of unknown words beside a word of living abroad."""
    abroad = bool(_ABROAD.search(text))
    for pattern in (_KATAKANA, _LATIN, _HAN_PAIR, _MIXED):
        for match in pattern.finditer(text):
            if public.BEHIND.match(text, match.end()) or re.search(
                rf"{LABELS}", text[max(0, match.start() - 2) : match.end()]
            ):
                continue
            if _cued(text, match) or (abroad and _likely(pattern, match, found)):
                yield match.span()
    if public.MASCOT.search(text):
        return
    for match in (*_ONE.finditer(text), *_THREE_PARTS.finditer(text)):
        if (
            len(match[0]) >= 3
            and match[0] not in famous()
            and not public.BEHIND.match(text, match.end())
        ):
            yield match.span()


def _likely(pattern: re.Pattern[str], match: re.Match[str], found: Sequence[Word]) -> bool:
    """Whether it can hardly be anything but a name: its words are unknown, or known as names."""
    if pattern is _KATAKANA:
        parts = [w for w in found if match.start() <= w.start < match.end() and len(w.text) > 1]
        ordinary = any(w.known and not w.of_person and w.kind != "地名" for w in parts)
        return any(w.of_person for w in parts) or (bool(parts) and not ordinary)
    if pattern is _HAN_PAIR:
        return False  # only with a cue
    return all(len(part) > 1 for part in re.split(r"[ ,・]+", match[0]))


def _cued(text: str, match: re.Match[str]) -> bool:
    before = cues.BEFORE.search(text, max(0, match.start() - 24), match.start())
    named = cues.NAMED.search(text, max(0, match.start() - 16), match.start())
    ends = cues.WHOLE_END.match(text, match.end())
    return bool(re.match(rf"\s?{cues.HONORIFIC}", text[match.end() : match.end() + 6])) or bool(
        (before or named) and ends
    )
