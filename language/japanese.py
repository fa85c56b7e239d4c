"""Whether a text reads as everyday Japanese, and how one that does not was garbled.

It is the test of every guess at an encoding. Japanese records hold kana, or kanji that forms and
registers are full of: about 0.55 to 0.9 of their characters are counted here, down to bare lists
of surnames. The same bytes under a wrong encoding give 0.0 to 0.25.
"""

from pathlib import Path

_EVERYDAY = frozenset(
    "".join(
        line
        for line in Path(__file__).with_name("everyday_kanji.txt").read_text("utf-8").split("\n")
        if not line.startswith("#")
    )
)
_LOOK_AT = 1 << 16
"""Characters that a text is judged by."""
_ENOUGH = 12
"""Fewer characters than this tell nothing."""
READS_WELL = 0.3
"""A share below this is no Japanese that a municipality would write."""
_FOREIGN = ("gb18030", "big5", "euc_kr")
_WAYS = (
    ("cp932", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "cp932"),
    ("cp1252", "cp932"),
    ("latin-1", "euc_jp"),
)
"""(the wrong encoding it was read in, the one it had been written in)"""
_CLEARLY = 0.5
"""The share that text put right must reach: undoing garbles what was never garbled."""


def japanese_share(text: str) -> float | None:
    """The share of characters that are kana, full-width signs or everyday kanji, 0–1.

    ASCII and half-width katakana say nothing either way. None where fewer than 12 other
    characters are left.

    >>> japanese_share("氏名,住所\\n山田花子,北区中町1丁目"), japanese_share("abc")
    (1.0, None)
    """
    told = read = 0
    for char in text[:_LOOK_AT]:
        code = ord(char)
        if code < 0x80 or 0xFF61 <= code <= 0xFF9F:
            continue
        told += 1
        read += char in _EVERYDAY or 0x3000 <= code <= 0x30FF or 0xFF00 <= code <= 0xFF60
    return read / told if told >= _ENOUGH else None


def reads_well(text: str) -> bool:
    """Whether a text reads as Japanese, or is too short to tell."""
    share = japanese_share(text)
    return share is None or share >= READS_WELL


def is_foreign(content: bytes) -> bool:
    """Whether bytes read well in an encoding of Chinese or Korean."""
    for encoding in _FOREIGN:
        try:
            text = content.decode(encoding)[:_LOOK_AT]
        except UnicodeDecodeError:
            continue
        letters = [c for c in text if not c.isascii()]
        korean = sum("가" <= c <= "힣" for c in letters)
        if korean > len(letters) / 2 or (japanese_share(text) or 0) > READS_WELL:
            return True
    return False


def garbled_way(text: str) -> tuple[str, str] | None:
    """How a text was decoded wrongly once and saved again (縺ゅ＞, ã‚ã„).

    None where it reads as Japanese, or no way explains it.

    >>> garbled_way("縺薙ｌ縺ｯ縲∽ｽ乗園縺ｨ豌丞錐縺ｮ荳隕ｧ縺ｧ縺吶")
    ('cp932', 'utf-8')
    >>> garbled_way("これは、住所と氏名の一覧です") is None
    True
    """
    if reads_well(text):
        return None
    for wrong, right in _WAYS:
        again = text.encode(wrong, "ignore").decode(right, "ignore")
        if len(again) >= len(text) / 5 and (japanese_share(again) or 0.0) >= _CLEARLY:
            return wrong, right
    return None


def undo(text: str, way: tuple[str, str]) -> str | None:
    """A garbled text as it was written; None where characters were lost on the way."""
    wrong, right = way
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None
