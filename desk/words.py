"""Small pieces of sentences in both languages."""

from collections.abc import Sequence

from core import Message


def joined(messages: Sequence[Message]) -> Message:
    """Sentences one after another.

    >>> joined([Message(ja="はい。", en="Yes."), Message(ja="二つ。", en="Two.")]).en
    'Yes. Two.'
    """
    return Message(ja="".join(m.ja for m in messages), en=" ".join(m.en for m in messages))


def listed(names: Sequence[str], limit: int | None = None) -> Message:
    """Names in a row, the rest as a number.

    >>> listed(["年齢", "性別", "住所"], limit=2).ja
    '「年齢」「性別」ほか1件'
    """
    shown = list(names if limit is None else names[:limit])
    more = len(names) - len(shown)
    ja = "".join(f"「{name}」" for name in shown) + (f"ほか{more:,}件" if more else "")
    en = ", ".join(f"“{name}”" for name in shown) + (f" and {more:,} more" if more else "")
    return Message(ja=ja or "なし", en=en or "none")


def percent(share: float) -> str:
    """A share (0–1) for people; small ones are not rounded away.

    >>> percent(0.2), percent(0.0004), percent(0.0)
    ('20%', '0.1%未満', '0%')
    """
    if 0 < share < 0.001:
        return "0.1%未満"
    text = f"{share:.1%}"
    return text.replace(".0%", "%")


def percent_en(share: float) -> str:
    """As `percent`, in English."""
    return percent(share).replace("0.1%未満", "under 0.1%")
