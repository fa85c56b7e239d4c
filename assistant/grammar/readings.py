"""How a header sounds, for people who write it in kana."""

import re
import threading
from functools import cache
from typing import Any

from assistant.grammar.scan import flatten, tidy

_KANA = re.compile(r"[ぁ-ゖー]{4,}")
_KANJI = re.compile(r"[一-鿿]")
_SHORTEST = 4
_lock = threading.Lock()


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(mode=SplitMode.C)


def may_hold_reading(flat: str) -> bool:
    """Whether a flattened message has kana enough to spell a header."""
    return bool(_KANA.search(flat))


def reading(header: str) -> str | None:
    """A header in hiragana; None where it has no kanji, or sounds too short to be sure.

    >>> reading("接触状況"), reading("区"), reading("zip_code")
    ('せっしょくじょうきょう', None, None)
    """
    if not _KANJI.search(header):
        return None
    with _lock:  # the tokenizer is not safe across threads
        morphemes = _tokenizer().tokenize(tidy(header))
        sound = "".join(m.reading_form() for m in morphemes)
    heard = flatten(sound)
    return heard if len(heard) >= _SHORTEST else None
