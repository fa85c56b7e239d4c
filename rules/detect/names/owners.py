"""Words in a name for whose it is, and empty ones around the thing itself."""

import re

from rules.detect.names.lexicon import Lexicon, lexicon

_PERSON = re.compile(r"[者人児婦主員父母親民客様]$|さま$")
_MOST_OWNERS = 3


def bare(text: str) -> str:
    """A squeezed name without owners in front and empty words behind.

    >>> bare("旧世帯主住所情報")
    '住所'
    """
    words = lexicon()
    for _ in range(_MOST_OWNERS):
        if text in words.japanese or without_tail(text, words) in words.japanese:
            break
        owner = next((o for o in words.owners if text.startswith(o) and len(text) > len(o)), "")
        text = text.removeprefix(owner).removeprefix("の")
    return without_tail(text, words)


def without_tail(text: str, words: Lexicon) -> str:
    """A name without empty words such as 情報 or 欄 behind it."""
    for tail in words.tails:
        if text.endswith(tail) and len(text) > len(tail) + 1 and text not in words.japanese:
            text = text.removesuffix(tail)
    return text


def only_owners(text: str) -> bool:
    """Whether a piece says nothing but whose it is, as 世帯主 or 旧保護者."""
    words = lexicon()
    for _ in range(_MOST_OWNERS):
        owner = next((o for o in words.owners if text.startswith(o)), "")
        text = text.removeprefix(owner).removeprefix("の")
        if not text:
            return True
        if not owner:
            return False
    return False


def owner_behind(text: str, words: Lexicon) -> str:
    """生年月日児童 without 児童, where a word stands before it."""
    for owner in words.owners:
        if text.endswith(owner) and text[: -len(owner)] in words.japanese:
            return text[: -len(owner)]
    return ""


def a_person(text: str) -> bool:
    """妊産婦 or 対象児: the number of somebody, whoever it is."""
    return bool(_PERSON.search(text)) and only_owners(text)
