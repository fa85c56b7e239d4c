"""Text to the words that carry meaning: Japanese by SudachiPy, Latin script by a light stemmer."""

import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*|[^A-Za-z]+")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "接頭辞"}
_STOP = frozenset(Path(__file__).with_name("stopwords.txt").read_text("utf-8").split())
_ENDINGS = (
    "isations", "izations", "isation", "ization", "ifying", "ified", "ifies", "ations", "ation",
    "ments", "ment", "ising", "izing", "ised", "ized", "ions", "ion", "ing", "ise", "ize", "ers",
    "er", "or", "ed", "ly", "e",
)  # fmt: skip
_IRREGULAR = {
    form: word
    for word, forms in {
        "use": "used using uses usage user users", "lose": "lost losing", "tell": "told",
        "send": "sent", "hold": "held", "keep": "kept", "give": "gave given giving",
        "take": "took taken", "make": "made making", "sell": "sold", "leave": "left leaving",
        "write": "wrote written writing", "see": "saw seen", "know": "knew known",
        "hide": "hidden hid", "steal": "stole stolen", "people": "person persons",
        "child": "children", "pay": "paid", "go": "went gone going", "buy": "bought",
        "begin": "began begun", "find": "found", "die": "died dying", "put": "putting",
    }.items()
    for form in forms.split()
}  # fmt: skip
_lock = threading.Lock()


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(mode=SplitMode.A)


def tokens(text: str) -> list[str]:
    """Normalised content words, in order.

    >>> tokens("生年月日を消して、年代に丸める")
    ['生', '年月日', '消す', '年代', '丸める']
    >>> tokens("Erasing the birth dates")
    ['eras', 'birth', 'dat']
    """
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        if run[0].isascii() and run[0].isalpha():
            found.extend(_english(run))
        elif run.strip():
            found.extend(_japanese(run))
    return found


def _english(run: str) -> list[str]:
    words = (word.strip("'’") for word in run.lower().split("-"))
    return [stem(word) for word in words if word and word not in _STOP]


def stem(word: str) -> str:
    """An English word without its commonest endings.

    >>> [stem(w) for w in ("files", "policies", "deletes", "deleting", "deletion", "class")]
    ['fil', 'policy', 'delet', 'delet', 'delet', 'class']
    >>> stem("anonymised") == stem("anonymization") == stem("anonymize")
    True
    """
    word = _IRREGULAR.get(word, word)
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls" else word


def _japanese(run: str) -> list[str]:
    with _lock:  # the tokenizer is not safe across threads
        morphemes = [
            (m.normalized_form(), m.part_of_speech()[0]) for m in _tokenizer().tokenize(run)
        ]
    return [form.lower() for form, kind in morphemes if kind in _CONTENT and form not in _STOP]
