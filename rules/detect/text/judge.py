"""Whether a text says something of somebody, or speaks of the office's own work and of nobody.

A linear model over the words around what was found. Its weights are learned from memos of several
hands (`python -m benchmarks.detection.train_judge`); each is one word in one place, so that a
judgement can be read off it.
"""

import re
from collections.abc import Iterator
from functools import cache

from rules.detect.text.cues import CUES, titles
from rules.detect.text.person_names import told_names
from rules.detect.text.reading import Reading, Word, material
from rules.detect.text.terms import Mention, mentions

_NOUNS = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_MARKS = frozenset({"補助記号", "空白"})
_SAID = re.compile(r"と(?:診断|言|訴|話|申|の(?:こと|診断|申出|話)|記載|回答)|で|が|のため")
"""Behind a word in quotes: somebody said it."""
_ADDRESS = re.compile(CUES["HONORIFIC"])
_AGE = re.compile(r"\d{1,3}(?:歳|才)|\d0代")
_LENGTHS = (6, 12, 20, 35)


def of_somebody(reading: Reading, mention: Mention) -> bool:
    """Whether what a text speaks of is said of somebody."""
    weigh = _weights("statements").get
    return sum(weigh(feature, 0) for feature in features(reading, mention)) > 0


def names_somebody(reading: Reading, mention: Mention) -> bool:
    """Whether a word that may be a name is one here, and no place, firm or thing of that name."""
    weigh = _weights("names").get
    return sum(weigh(feature, 0) for feature in features(reading, mention)) > 0


@cache
def _weights(model: str) -> dict[str, int]:
    return {
        f"{place}={word}": weight
        for place, words in material("judge")[model].items()
        for word, weight in words.items()
    }


def features(reading: Reading, mention: Mention) -> Iterator[str]:
    """What the model looks at, each as its place and a word."""
    text, words = reading.text, reading.words
    first, behind = reading.between(mention.start, mention.end)
    yield "bias=1"
    yield f"type={mention.type}"
    yield f"how={mention.how}"
    yield f"how={mention.how}/{mention.type}"
    if behind > first:
        yield f"said={words[behind - 1].lemma}"
    end = behind
    while end < len(words) and words[end].part in _NOUNS:
        end += 1
    if end > behind:
        yield f"head={words[end - 1].lemma}"
        yield f"next={words[behind].lemma}"
        yield "compound=1"
    case = words[end] if end < len(words) else None
    yield f"case={case.lemma if case else ''}"
    if case and case.part == "助詞":
        head = _head(words, end + 1)
        if head:
            yield f"of{'の' if case.lemma == 'の' else ''}={head.lemma}"
    if first:
        yield f"before={words[first - 1].lemma}"
        if first > 1:
            yield f"before2={words[first - 2].lemma}"
    else:
        yield "before=^"
    yield from _sentence(reading, mention)
    yield from _text(reading)
    if any(a <= mention.start and mention.end <= b for a, b in titles(text)):
        yield "title=1"
    marks = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    if marks in ("「」", "『』") and not _SAID.match(text, mention.end + 1):
        yield "quoted=1"


def _head(words: list[Word], at: int) -> Word | None:
    """The last noun of the run that begins at a word, or the word itself."""
    if at >= len(words):
        return None
    end = at
    while end + 1 < len(words) and words[end].part in _NOUNS and words[end + 1].part in _NOUNS:
        end += 1
    return words[end]


def _sentence(reading: Reading, mention: Mention) -> Iterator[str]:
    """The other words of the sentence, and how it ends."""
    start, end = reading.sentence(mention.start, mention.end)
    first, behind = reading.between(start, end)
    inner, after = reading.between(mention.start, mention.end)
    said = reading.once("features of words", _of_words)
    around = dict.fromkeys(said[first:inner])
    around.update(dict.fromkeys(said[after:behind]))
    around.pop("", None)
    yield from around
    last = next((at for at in range(behind - 1, first - 1, -1) if said[at]), None)
    if last is not None:
        close = reading.words[last]
        yield f"end={close.lemma}"
        yield f"close={reading.text[max(start, close.end - 4) : close.end]}"
        yield f"ends={close.part}/{close.kind}"
        if close.end <= mention.end:
            yield "ends=here"
    if not around.keys().isdisjoint(_kin()):
        yield "somebody=kin"
    if any(start <= name[1] < end for name in told_names(reading)):
        yield "somebody=named"
    if _ADDRESS.search(reading.text, start, end):
        yield "somebody=addressed"
    if _AGE.search(reading.text, start, end):
        yield "somebody=aged"


def _of_words(reading: Reading) -> list[str]:
    """What each word of a text gives as one of a sentence; nothing for marks."""
    return ["" if w.part in _MARKS else f"word={w.lemma}" for w in reading.words]


@cache
def _kin() -> frozenset[str]:
    return frozenset(f"word={word}" for word in material("frames")["classes"]["kin"])


def _text(reading: Reading) -> Iterator[str]:
    subjects = len({mention.type for mention in reading.once("mentions", mentions)})
    yield f"subjects={min(subjects, 3)}"
    size = sum(len(reading.text) > length for length in _LENGTHS)
    yield f"length={size}"
    if told_names(reading):
        yield "text=named"
