"""What a text speaks of: terms of the types' subjects, and sentences made of classes of words.

Words are compared as the dictionary normalises them, and a term of one word stands for its group of
synonyms. Whether the text says it of somebody is for `judge` to tell.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from core import ColumnType, column_types
from rules.detect.text.reading import Reading, Word, material, read_terms

_LOOK_BACK = 6
"""Words between what is spoken of and what is said of it, at most."""
_NEAR = 3
"""Words between the two that still make one place."""
_LOOK_AHEAD = 4
"""Words behind a predicate that may give it its form."""
_FORMS = {
    "negated": frozenset({"ない", "無い", "ず", "ぬ", "まい", "辛い", "難い", "兼ねる", "なし"}),
    "passive": frozenset({"れる", "られる", "される", "てる", "しまう", "仕舞う", "貰う"}),
}
_GOES_ON = frozenset({"助動詞", "助詞", "接尾辞"})


class Mention(NamedTuple):
    """Something of a type that a text speaks of."""

    type: ColumnType
    start: int
    end: int
    how: str
    """By what it was found: pattern, term, ending or frame."""


class _Lexicon(NamedTuple):
    terms: dict[str, list[tuple[tuple[str, ...], ColumnType]]]
    """By their first word; the words, and the type."""
    alike: dict[int, ColumnType]
    """Groups of synonyms."""
    endings: dict[str, ColumnType]
    no_terms: frozenset[str]
    frames: dict[str, list[tuple[frozenset[str], str | None, ColumnType]]]
    """By the predicate: what is spoken of, the form, the type."""
    apart: frozenset[str]
    """Words that are told of their own, apart from what is said of them: people, violence."""


@cache
def _lexicon() -> _Lexicon:
    classes = {name: _lemmas(words) for name, words in material("frames")["classes"].items()}
    made = _Lexicon({}, {}, {}, frozenset(), {}, classes["kin"] | classes["violence"])
    no_terms: set[str] = set()
    for type_, described in column_types.described().items():
        told = described.statement
        if not told:
            continue
        for term in read_terms(told.terms):
            lemmas = tuple(word.lemma for word in term)
            made.terms.setdefault(lemmas[0], []).append((lemmas, type_))
            if len(term) == 1 and len(term[0].alike) == 1:
                made.alike.setdefault(term[0].alike[0], type_)
        made.endings.update(dict.fromkeys(told.suffixes, type_))
        no_terms.update(told.no_terms)
        for frame in told.frames:
            of = classes[frame.of] if frame.of else frozenset()
            for lemma in classes[frame.says]:
                made.frames.setdefault(lemma, []).append((of, frame.form, type_))
    return made._replace(no_terms=frozenset(no_terms))


def _lemmas(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        "".join(word.lemma for word in term) for term in read_terms(words)
    ) | frozenset(words)


def mentions(reading: Reading) -> list[Mention]:
    """Everything that a text speaks of, the types' subjects side by side.

    >>> [(m.type.value, m.how) for m in mentions(Reading("腰を痛め、家賃が払えず"))]
    [('disease', 'frame'), ('income', 'frame')]
    """
    words, lexicon = reading.words, _lexicon()
    endings = tuple(lexicon.endings)
    found: dict[Mention, None] = {}
    for at, word in enumerate(words):
        if word.lemma in lexicon.terms and (terms := list(_terms(words, at, lexicon))):
            found.update(dict.fromkeys(terms))
        elif word.part == "名詞" and word.text not in lexicon.no_terms:
            if len(word.alike) == 1 and (alike := lexicon.alike.get(word.alike[0])):
                found[Mention(alike, word.start, word.end, "term")] = None
            elif (word.lemma if word.known else word.text).endswith(endings) and (
                ending := _ending(words, at, lexicon)
            ):
                found[ending] = None
        for of, form, type_ in lexicon.frames.get(word.lemma, ()):
            if (first := _spoken_of(words, at, of)) is not None and _has_form(words, at, form):
                near = at - first <= (1 if words[first].lemma in lexicon.apart else _NEAR)
                start = words[first if near else at].start
                found[Mention(type_, start, _end(words, at), "frame")] = None
    return [mention for mention in found if not _names_a_body(reading.text, mention)]


def _names_a_body(text: str, mention: Mention) -> bool:
    """Whether a term is part of what a body is called: 父母の会."""
    return mention.how == "term" and bool(_bodies().match(text, mention.end))


@cache
def _bodies() -> re.Pattern[str]:
    bodies = "|".join(material("frames")["bodies"])
    return re.compile(f"の?(?:{bodies})|の会(?![うっわえい])")


def _terms(words: Sequence[Word], at: int, lexicon: _Lexicon) -> Iterator[Mention]:
    """The longest term of each type that begins at a word."""
    longest: dict[ColumnType, int] = {}
    for lemmas, type_ in lexicon.terms[words[at].lemma]:
        size = len(lemmas)
        if size == 1 or tuple(w.lemma for w in words[at : at + size]) == lemmas:
            longest[type_] = max(size, longest.get(type_, 0))
    for type_, size in longest.items():
        yield Mention(type_, words[at].start, words[at + size - 1].end, "term")


def _ending(words: Sequence[Word], at: int, lexicon: _Lexicon) -> Mention | None:
    """A noun that its end makes a term, with the noun before where it is nothing but the end."""
    word = words[at]
    text = word.lemma if word.known else word.text
    suffix = max((s for s in lexicon.endings if text.endswith(s)), key=len)
    start = word.start
    if text == suffix:
        if not at or words[at - 1].part not in ("名詞", "接頭辞"):
            return None
        start = words[at - 1].start
    return Mention(lexicon.endings[suffix], start, word.end, "ending")


def _spoken_of(words: Sequence[Word], at: int, of: frozenset[str]) -> int | None:
    """The nearest word of a class before a predicate, or itself where none is needed."""
    if not of:
        return at
    for before in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        if words[before].text in "。\n":
            return None
        if words[before].lemma in of:
            return before
    return None


def _has_form(words: Sequence[Word], at: int, form: str | None) -> bool:
    if form is None:
        return True
    for word in words[at + 1 : at + 1 + _LOOK_AHEAD]:
        if word.lemma in _FORMS[form]:
            return True
        if word.part not in _GOES_ON and word.kind != "非自立可能" and word.part != "動詞":
            return False
    return False


def _end(words: Sequence[Word], at: int) -> int:
    """Where a predicate with its auxiliaries ends."""
    last = at
    while last + 1 < len(words) and words[last + 1].part in ("助動詞", "接尾辞"):
        last += 1
    return words[last].end
