"""What a compound says: the word at its end is what it is, those before say of what.

The end of a name is read off word by word. Some words at the end speak of what stands before them
(障害等級 tells a disability); others decide what it is, whatever they are about (障害福祉課 is an
office). A word that is not known does the first where the dictionary has it as a deed or a state
(生活保護受給), the second where it is a thing (介護ロボット).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from core import ColumnType, column_types
from rules.detect.names.words import (
    HEAD,
    OWNED,
    TOPIC,
    NameMatch,
    Text,
    a_person,
    around,
    of_a_person,
    things,
)
from rules.detect.text.dictionary import Word, read_words

_T = ColumnType
_PLAIN = column_types.having("plain")
_TOPICS = column_types.having("topic")
_DAYS = column_types.having("day") - {_T.DATE}
_OPEN = frozenset({_T.CATEGORY, _T.FLAG})
_FACTS = column_types.having("fact")
_NUMBERS = column_types.having("number")
_STRONG = column_types.having("strong")
_SORTED = column_types.having("sorted")
_DEEDS = frozenset({"サ変可能", "形状詞可能", "サ変形状詞可能", "副詞可能"})
_BETWEEN = frozenset({"助詞", "動詞", "助動詞", "形容詞"})
Ends = Mapping[int, Word | None]
"""The places where a word of the dictionary ends, with the word."""
_WHOLE = 3
"""A known word of so many characters is one wherever the dictionary parts it."""
_BESIDE = 0.9
"""How sure a topic makes us where only words that speak of it stand behind."""


class _Way(Enum):
    """What a word at the end does."""

    TELLS = 1
    DECIDES = 2
    SPEAKS = 3
    CHANGES_NOTHING = 4


@dataclass
class _Behind:
    """What was read off behind: what the name is if nothing before says more."""

    own: NameMatch | None = None
    speaks: bool = False
    """Whether a word that speaks of what stands before it was among it."""
    deed: bool = False
    """Whether a deed, a state or a person was among it, of which a topic may be told."""

    @property
    def nothing(self) -> bool:
        return not self.speaks and not self.deed

    @property
    def numbers(self) -> bool:
        """Whether it is a word for number or code, and no deed."""
        return self.own is not None and not self.deed and self.own.word in around().numbers

    def tells(self, sure: float = TOPIC) -> list[NameMatch]:
        """What it is where nothing before says more."""
        return [replace(self.own, confidence=sure)] if self.own else []


def spelled(text: Text) -> str:
    """A compound as one string."""
    return text if isinstance(text, str) else " ".join(text)


def read_compound(text: Text, script: str = "") -> list[NameMatch]:
    """The types a compound suggests, the surest first.

    Args:
        text: squeezed Japanese, or Latin words.
        script: the same Japanese as it was written, katakana being katakana.
    """
    ends = _ends(text, script)
    found = _read(text, _Behind(), ends)
    words = {word.text for word in ends.values() if word} if isinstance(text, str) else {*text}
    missed = any(word in spelled(text) for word in things().near_misses)
    if missed or not around().no_people.isdisjoint(words):
        return [match for match in found if match.type not in _TOPICS | _DAYS]
    return found


def _read(rest: Text, behind: _Behind, ends: Ends) -> list[NameMatch]:
    while rest:
        if behind.numbers and a_person(rest):
            return [NameMatch(_T.RESIDENT_ID, HEAD, spelled(rest))]
        word, type_, way = _last(rest, behind, ends)
        noted = type_ is _T.FREE_TEXT and not behind.nothing
        if len(word) < len(rest) and (noted or (way is _Way.TELLS and type_ in _OPEN)):
            way = _Way.SPEAKS
        if way is _Way.TELLS:
            return _told(type_, word, _without(rest, word), behind, ends)
        if way is _Way.DECIDES:
            return behind.tells() or _decided(type_, word, _without(rest, word), ends)
        if way is _Way.SPEAKS:
            behind.speaks = True
            behind.own = behind.own or NameMatch(type_, HEAD, spelled(word))
        elif way is None:
            word = _deed(rest, ends)
            if not word:
                return behind.tells()
            behind.deed = True
        rest = _without(rest, word)
    return behind.tells()


def ends_in_thing(text: str) -> bool:
    """Whether the last word of a compound is a thing, and no deed or state.

    >>> ends_in_thing("街路樹"), ends_in_thing("利用")
    (True, False)
    """
    return not _is_deed(_ends(text, "").get(len(text)))


def _ends(text: Text, script: str) -> Ends:
    if not isinstance(text, str):
        return dict.fromkeys(range(len(text) + 1))
    same_places = len(script) == len(text)
    return {word.end: word for word in read_words(script if same_places else text, short=True)}


def _is_deed(word: Word | None) -> bool:
    """Whether a word is a deed, a state or stands between two words, and is no thing."""
    return word is not None and (word.kind in _DEEDS or word.part in _BETWEEN)


def _without(rest: Text, word: Text) -> Text:
    front = rest[: len(rest) - len(word)]
    return front.removesuffix("の") if isinstance(front, str) else front


def _last(rest: Text, behind: _Behind, ends: Ends) -> tuple[Text, ColumnType, _Way | None]:
    """The longest word that is known at the end, the type it stands for, and what it does."""
    for start in range(max(0, len(rest) - things().longest), len(rest)):
        whole = len(rest) - start >= _WHOLE and rest[start:] in things().names
        if start and not whole and not _between(rest, start, ends):
            continue
        type_, way = _role(rest[start:], rest[:start], behind)
        if way is None:
            continue
        if way in (_Way.TELLS, _Way.DECIDES) and start:
            shorter = _crossed(rest, start, behind, ends)
            if shorter:
                return rest[shorter:], *_role(rest[shorter:], rest[:shorter], behind)
        return rest[start:], type_, way
    for start in range(1, len(rest) - 1):
        word = rest[start:]
        if things().names.get(word) in _FACTS and word not in things().of_people:
            return word, things().names[word], _Way.TELLS
    if rest[-1:] in around().counting:
        return rest[-1:], _T.QUANTITY, _Way.DECIDES
    return rest[:0], _T.UNKNOWN, None


def _between(rest: Text, place: int, ends: Ends) -> bool:
    """Whether one word ends there and another begins."""
    return place in ends or rest[:place] in things().names


def _role(word: Text, front: Text, behind: _Behind) -> tuple[ColumnType, _Way | None]:
    """What a word does behind what stands before it, and the type it stands for."""
    known, lists = things(), around()
    if isinstance(front, str) and front.isdecimal():
        return _T.UNKNOWN, None
    type_ = known.names.get(word, _T.UNKNOWN)
    if word in known.of_people:
        if of_a_person(front) if front else behind.nothing:
            return type_, _Way.TELLS
        type_ = _T.UNKNOWN
    if front and word in lists.changes_nothing:
        return _T.UNKNOWN, _Way.CHANGES_NOTHING
    if front and word in lists.speaks:
        return lists.speaks[word], _Way.SPEAKS
    if front and word in lists.decides:
        return lists.decides[word], _Way.DECIDES
    return type_, None if type_ is _T.UNKNOWN else _Way.TELLS


def _crossed(rest: Text, start: int, behind: _Behind, ends: Ends) -> int:
    """Where a shorter end starts that leaves a longer word whole: 延滞金 + 額, not 延滞 + 金額."""
    for place in range(start + 1, len(rest)):
        way = _role(rest[place:], rest[:place], behind)[1]
        if way in (_Way.SPEAKS, _Way.CHANGES_NOTHING):
            first = max(0, place - things().longest)
            fronts = (at for at in range(first, start) if not at or _between(rest, at, ends))
            if any(rest[at:place] in things().names for at in fronts):
                return place
    return 0


def _deed(rest: Text, ends: Ends) -> Text:
    """A word at the end that is not known: a deed, a state or a person; empty for a thing."""
    if not isinstance(rest, str):
        return rest[-1:] if rest[-1] in around().latin_owners else ()
    for word in (*around().owners, *around().deeds):
        if rest.endswith(word):
            return word
    last = ends.get(len(rest))
    return rest[last.start :] if last and _is_deed(last) else ""


def _decided(type_: ColumnType, word: Text, front: Text, ends: Ends) -> list[NameMatch]:
    """What the end decides; the day of a birth stays one in 生年月日YMD."""
    before = _read(front, _Behind(), ends) if type_ is _T.DATE else []
    if before and before[0].type in _DAYS:
        return before
    return [NameMatch(type_, HEAD, spelled(word))]


def _told(
    type_: ColumnType, word: Text, front: Text, behind: _Behind, ends: Ends
) -> list[NameMatch]:
    """What a name is whose telling word has been found."""
    if front and not NameMatch(type_, HEAD, spelled(word)).itself:
        before = _read(front, _Behind(speaks=True), ends)
        if before and before[0].type in _TOPICS:
            return before
    if type_ in _TOPICS:
        strong = _strong_in(front, ends) if type_ not in _STRONG else None
        sure = HEAD if behind.deed or behind.nothing else _BESIDE
        return [NameMatch(strong or type_, sure, spelled(word)), *behind.tells()]
    if behind.nothing or (type_ in _NUMBERS and behind.numbers):
        return [NameMatch(type_, HEAD, spelled(word))]
    counted = behind.own is not None and behind.own.type is _T.SEQUENCE_NUMBER
    if type_ in _SORTED and not behind.deed and not counted:
        return [NameMatch(type_, OWNED, spelled(word))]
    if behind.own or type_ not in _PLAIN | {_T.FACILITY}:
        return behind.tells()
    return [NameMatch(type_, TOPIC, spelled(word))]


def _strong_in(front: Text, ends: Ends) -> ColumnType | None:
    """A topic before the end that weighs more than the word there."""
    known = things().names
    places = sorted({0, len(front), *(end for end in ends if end < len(front))})
    found = (known.get(front[a:b]) for a in places for b in places if a < b)
    return next((type_ for type_ in found if type_ in _STRONG), None)
