"""Characters that a printed or copied page holds in place of the ordinary ones."""

import re
import unicodedata

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = str.maketrans(
    "⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲",
    "民虎西角長青食鬼麦黄斉歯竜亀",
)
"""Radicals that NFKC leaves as they are; the pairs are Unicode's EquivalentUnifiedIdeograph."""


def ordinary(text: str) -> str:
    """The text with CJK radicals and compatibility ideographs as the characters people type.

    A quote stays verbatim: fonts draw both code points with the same glyph, so that a browser that
    prints a page to PDF may write down either for what stood there. Nothing else is normalised;
    full-width forms, circled numbers and variant characters of names stay as they are.

    >>> ordinary("⾒守りの⻑は⽇々①Ａ髙橋を⾒る")
    '見守りの長は日々①Ａ髙橋を見る'
    """
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).translate(
        _RADICALS
    )
