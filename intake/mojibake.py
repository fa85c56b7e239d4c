"""Text decoded wrongly once and saved again (縺ゅ＞, ã‚ã„): undone where nothing was lost."""

from intake.japanese import READS_WELL, japanese_share

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


def garbled_way(text: str) -> tuple[str, str] | None:
    """How a text was garbled; None where it reads as Japanese, or no way explains it.

    >>> garbled_way("縺薙ｌ縺ｯ縲∽ｽ乗園縺ｨ豌丞錐縺ｮ荳隕ｧ縺ｧ縺吶")
    ('cp932', 'utf-8')
    >>> garbled_way("これは、住所と氏名の一覧です") is None
    True
    """
    share = japanese_share(text)
    if share is None or share >= READS_WELL:
        return None
    for wrong, right in _WAYS:
        again = text.encode(wrong, "ignore").decode(right, "ignore")
        if len(again) >= len(text) / 5 and (japanese_share(again) or 0.0) >= _CLEARLY:
            return wrong, right
    return None


def undo(text: str, way: tuple[str, str]) -> str | None:
    """The text as it was written; None where characters were lost on the way."""
    wrong, right = way
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None
