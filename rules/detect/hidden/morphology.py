"""Names that no word list holds, told by SudachiPy's parts of speech.

Only texts that pass the cheap pattern of `names` get here: about ten microseconds each.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sudachipy import Dictionary, SplitMode

from rules.detect.values.people import words

_FAME = """
公 作品 原作 役 朗読 読書会 上映 公演 演奏 特集 祭 まつり 生家 墓 ゆかり 資料 記念館
全集 研究 展 企画 賞 杯 記念 作 著 選手 監督 美術館 文学 生誕 講演 史跡 像 銅像
ノーベル賞 絵本 小説 映画 コンサート 市(?!議) 区(?!議) 町(?!議) 駅 碑 歌碑 句碑 詩碑
原画 童話 詩集 書簡 講座 新刊 著書 伝記 漫画 楽曲 俳句 短歌 和歌 肖像 遺品 遺稿 業績
功績 偉業 史料 直筆 特別展 行列 城 古墳 句集 随筆 名言 足跡 屏風 伝説 旧宅 旧居 茶室
掛軸 絵画 墓所 胸像 顕彰 展示 物語 紙芝居 昔話
"""
PUBLIC = re.compile(
    rf"(?:氏|さん)?の?(?:{'|'.join(_FAME.split())})|の(?:本(?![人籍庁件日年来社店名署])|詩(?!織))"
)
"""What follows the name of a public figure or a place rather than of a resident."""
_LONGEST_SURNAME = 4
_GIVEN = ("名", "一般")
_KATAKANA = re.compile(
    r"(?<![ァ-ヶー・])(?:(?<=名義)カナ|(?<=氏名)カナ|フリガナ)?"
    r"(?P<first>[ァ-ヶー]{2,12})(?:[ ・](?P<second>[ァ-ヶー]{2,6}))?(?![ァ-ヶー・])"
)
_HAN = re.compile("[㐀-䶿一-鿿豈-鶴\U00020000-\U0002ffff々ヶノ]")
_ENDS = re.compile(r"$|[、。)」 ]|が|は|に|を|と|から|より|名義|\(")
_HONORIFICS = ("様", "さん", "さま", "氏", "殿", "くん", "ちゃん")


@cache
def _dictionary() -> Any:
    return Dictionary(dict="core")


def tokenizer() -> Any:
    """A tokenizer of one's own: it must not be shared between threads."""
    return _dictionary().tokenizer()


def person_names(text: str, tokens: Any) -> Iterator[tuple[int, int]]:
    """Surname and given name side by side, or either with 様, さん, 氏 …"""
    found = [
        (m.begin(), m.end(), m.surface(), m.part_of_speech())
        for m in tokens.tokenize(text, SplitMode.C)
    ]
    at = 0
    while at < len(found):
        start, end, _, pos = found[at]
        last = at
        if pos[2] == "人名":
            following = at + 1
            if following < len(found) and not found[following][2].strip(" ・　"):
                following += 1
            if pos[3] == "姓" and following < len(found) and found[following][3][3] in _GIVEN:
                last, end = following, found[following][1]
            after = found[last + 1][2] if last + 1 < len(found) else ""
            both = last > at and not (last == at + 1 and _is_product(found[last][2], after))
            named = after in _HONORIFICS and not PUBLIC.match(text, end + len(after))
            if (both and not PUBLIC.match(text, end)) or named:
                yield start, end
            elif pos[3] == "名" and _closes_a_name(text, start, end):
                yield _run_start(text, start), end
        at = last + 1


def _closes_a_name(text: str, start: int, end: int) -> bool:
    """Whether a given name ends a short run of kanji: the rest is a rare surname."""
    if end - start < 2:
        return False
    return 0 < start - _run_start(text, start) <= _LONGEST_SURNAME and bool(_ENDS.match(text, end))


def _run_start(text: str, at: int) -> int:
    """Where the run of kanji before a place begins, looking back as far as a surname may reach."""
    low = max(0, at - _LONGEST_SURNAME - 1)
    while at > low and _HAN.match(text[at - 1]):
        at -= 1
    return at


def _is_product(given: str, after: str) -> bool:
    """One character and の: as likely a kind of cherry (佐藤錦の) as a person."""
    return len(given) == 1 and after == "の"


def kana_names(text: str, tokens: Any) -> Iterator[tuple[int, int]]:
    """A surname and a given name spelled in katakana, with or without a space."""
    for found in _KATAKANA.finditer(text):
        first, second = found["first"], found["second"]
        if second:
            if first in readings("surnames") and _is_given(second, tokens):
                yield found.start("first"), found.end()
            continue
        for cut in range(3, len(first) - 1):
            if first[:cut] in readings("surnames") and first[cut:] in readings("given_names"):
                yield found.start("first"), found.end()
                break


def _is_given(kana: str, tokens: Any) -> bool:
    if kana in readings("given_names"):
        return True
    parts = list(tokens.tokenize(kana, SplitMode.C))
    return len(parts) == 1 and parts[0].part_of_speech()[2] == "人名"


@cache
def readings(name: str) -> frozenset[str]:
    """The katakana readings of a word list, as the dictionary gives them."""
    tokens = tokenizer()
    return frozenset(
        "".join(m.reading_form() for m in tokens.tokenize(word, SplitMode.C))
        for word in words(name)
    )
