"""Names that no word list holds, told by SudachiPy's parts of speech.

Only texts that pass the cheap pattern of `names` get here: about ten microseconds each.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sudachipy import Dictionary, SplitMode

_FAME = """
展 企画 賞 杯 記念 作 著 選手 監督 美術館 文学 生誕 講演 史跡 像 銅像
絵本 小説 映画 コンサート 市 区 町 駅
"""
PUBLIC = tuple(link + word for link in ("", "の") for word in _FAME.split())
"""What follows the name of a public figure or a place rather than of a resident."""
_HONORIFICS = ("様", "さん", "さま", "氏", "殿", "くん", "ちゃん")


@cache
def _dictionary() -> Any:
    return Dictionary(dict="core")


def tokenizer() -> Any:
    """A tokenizer of one's own: it must not be shared between threads."""
    return _dictionary().tokenizer()


def person_names(text: str, tokens: Any) -> Iterator[tuple[int, int]]:
    """Surname and given name side by side, or either with 様, さん, 氏 …"""
    words = [
        (m.begin(), m.end(), m.surface(), m.part_of_speech())
        for m in tokens.tokenize(text, SplitMode.C)
    ]
    at = 0
    while at < len(words):
        start, end, _, pos = words[at]
        last = at
        if pos[2] == "人名":
            following = at + 1
            if following < len(words) and not words[following][2].strip(" ・　"):
                following += 1
            if pos[3] == "姓" and following < len(words) and words[following][3][3] == "名":
                last, end = following, words[following][1]
            after = words[last + 1][2] if last + 1 < len(words) else ""
            both = last > at
            if (both and not text.startswith(PUBLIC, end)) or after in _HONORIFICS:
                yield start, end
        at = last + 1
