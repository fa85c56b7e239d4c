"""Text to the words that carry meaning, and the concepts and situations behind them.

Japanese is read by SudachiPy, Latin script by a light stemmer; words are grouped by the thesaurus.
"""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from core import yaml12
from law import read_yaml

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


Phrase = tuple[str, ...]


@cache
def _phrases() -> tuple[dict[Phrase, frozenset[str]], int]:
    """The concepts that each phrase stands for, and how many words the longest phrase has."""
    groups = yaml12.load(Path(__file__).with_name("thesaurus.yaml").read_text("utf-8"))
    found: dict[Phrase, set[str]] = {}
    for group in groups:
        for phrase in group:
            if words := tuple(tokens(str(phrase))):
                found.setdefault(words, set()).add(f"#{group[0]}")
    return {words: frozenset(names) for words, names in found.items()}, max(map(len, found))


def concepts(words: Sequence[str]) -> list[str]:
    """The concepts that the words, or runs of them, stand for, in a stable order.

    >>> set(concepts(["消す"])) & set(concepts(["eras"]))
    {'#消す'}
    """
    phrases, longest = _phrases()
    found = {
        name
        for start in range(len(words))
        for end in range(start + 1, min(start + longest, len(words)) + 1)
        for name in phrases.get(tuple(words[start:end]), ())
    }
    return sorted(found)


@cache
def _members() -> dict[str, frozenset[str]]:
    """The single words of each concept."""
    found: dict[str, set[str]] = {}
    for words, names in _phrases()[0].items():
        if len(words) == 1:
            for name in names:
                found.setdefault(name, set()).add(words[0])
    return {name: frozenset(words) for name, words in found.items()}


def expand(words: Sequence[str]) -> list[str]:
    """Other words for the same concepts, in a stable order.

    >>> "削除" in expand(["消す"])
    True
    """
    members = _members()
    found = {other for name in concepts(words) for other in members.get(name, ())}
    return sorted(found - set(words))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    frames = read_yaml(Path(__file__).with_name("situations.yaml"))
    return tuple(
        (f"#{name}", re.compile(f"{frame['ja']}|{frame['en']}", re.I))
        for name, frame in frames.items()
    )


def frames(text: str) -> list[str]:
    """The situations that a text tells of.

    >>> frames("健診のために集めた記録を観光の計画に使いたい")
    ['#change of purpose']
    >>> frames("The cleaners can read the files on our desks.")
    ['#seen by outsiders']
    """
    told = unicodedata.normalize("NFKC", text)
    return [name for name, pattern in _patterns() if pattern.search(told)]
