"""Names in kanji and kana: whose it is stands around it, what it is stands at the end."""

import re

from core import ColumnType
from rules.detect.names.base import (
    EXACT,
    HEAD,
    INSIDE,
    MARKS,
    ORDINAL,
    OWNED,
    TOPIC,
    UNSURE,
    NameMatch,
    hiragana,
    squeezed,
)
from rules.detect.names.lexicon import Lexicon, lexicon
from rules.detect.names.numbers import number_of_person, shortened, spelled_number
from rules.detect.names.owners import a_person, bare, only_owners, owner_behind, without_tail
from rules.detect.romaji import romanise

_T = ColumnType
_KANA_WORD = re.compile(
    r"ふりがな|ふりかな|振り?仮名|読み?仮名|[読よ]み(?:がな|かな)?|かたかな|片仮名|かな|kana|yomi"
)
_ANY_NUMBER = re.compile(r"(?:番号|こーど|id)$")
_KANA = re.compile(r"[ぁ-ゖー]{3,}(?:no|cd|id|code|番号)?")
_KANA_NUMBER = re.compile(r"(?:番号?|なんばー)$")
_ITSELF = {
    _T.PERSON_NAME: re.compile(r"(?:名|名前|姓|氏|漢字)$"),
    _T.HOUSEHOLD_RELATION: re.compile(r"(?:続柄|関係)$"),
    _T.SCHOOL: re.compile(r"校名$"),
}
_DAY_WORD = re.compile(r"(?:年月日付?|日付|日時)$")
_PART = re.compile(r"(?<=氏名)(?:姓|名|氏)$")
_PART_OF_NAME = ("姓", "名", "氏", "せい", "めい")
_PLAIN = frozenset(
    {_T.CATEGORY, _T.FLAG, _T.QUANTITY, _T.DATE, _T.FREE_TEXT, _T.SEQUENCE_NUMBER, _T.UNKNOWN}
)
_WIDE = frozenset({_T.ADDRESS, _T.PERSON_NAME, _T.PERSON_NAME_KANA})
"""Facts that have facts of their own: the postal code of an address, the sex of a person."""
_COUNTED = frozenset({_T.QUANTITY, _T.FLAG})
_PEOPLE = frozenset({_T.PERSON_NAME, _T.HOUSEHOLD_RELATION})
_SHORTEST = 2
_OF = re.compile(r"の(?=番号|記号|こーど|no$|id$)")


def read_japanese(text: str) -> list[NameMatch]:
    """The types a name suggests, in kanji or kana; marks part it into pieces.

    >>> [read_japanese(n)[0].type.value for n in ("生年月日_児童", "法人番号_支払者")]
    ['birth_date', 'corporate_number']
    """
    words, unsure = lexicon().japanese, lexicon().unsure
    whole = squeezed(text)
    stem = ORDINAL.sub("", whole) or whole
    for form in (whole, stem):
        if form in words:
            return [NameMatch(words[form], UNSURE if form in unsure else EXACT, form)]
    pieces = [p for p in map(_stem, MARKS.split(hiragana(text.lower()))) if p]
    return _reading_of(stem, pieces) or _of_pieces(pieces) or _of_word(stem)


def _stem(piece: str) -> str:
    return ORDINAL.sub("", piece)


def _reading_of(stem: str, pieces: list[str]) -> list[NameMatch]:
    """What is spelled in kana here: the reading of a person's name, or of an address."""
    found = _KANA_WORD.search(stem)
    if not found:
        return []
    at_an_end = found.start() == 0 or found.end() == len(stem)
    if not at_an_end and not any(_KANA_WORD.fullmatch(piece) for piece in pieces):
        return []
    base = stem[: found.start()] + stem[found.end() :]
    if only_owners(base) or base in _PART_OF_NAME or set(base) <= set("姓名氏"):
        return [NameMatch(_T.PERSON_NAME_KANA, EXACT, found[0])]
    matches = read_japanese(_PART.sub("", base))
    if not matches or matches[0].confidence < HEAD:
        return []
    if matches[0].type != _T.PERSON_NAME:
        return matches
    return [NameMatch(_T.PERSON_NAME_KANA, EXACT, found[0])]


def _of_pieces(pieces: list[str]) -> list[NameMatch]:
    """A name in pieces, of which some say whose it is and one says what it is."""
    if len(pieces) < 2:
        return []
    words = lexicon()
    whole = _strict("".join(pieces))
    if whole and whole.type not in _PLAIN and _itself(whole.type, whole.word):
        return [whole]
    kept = [p for p in pieces if not only_owners(p)] or _things(pieces) or pieces
    if len(kept) == 1 and _ANY_NUMBER.fullmatch(spelled_number(kept[0])):
        return _of_word("".join(pieces))
    for form in ("".join(kept), "".join(reversed(kept))):
        sure = _strict(form)
        if sure:
            return [sure]
    if len(kept) == 1:
        return _of_word(kept[0])
    turned = number_of_person("".join(reversed(kept)), words)
    if turned and len(turned.word) > len(kept[0]):
        return [turned]
    read = [_strict(p) for p in kept]
    if read[-1] is not None and read[-1].type in _PLAIN:
        return []
    counted = [m for m in read if m is not None and m.type in _COUNTED]
    if counted:
        return counted[:1]
    telling = [
        m
        for m in read
        if m is not None and m.type in words.numbers | words.facts and _itself(m.type, m.word)
    ]
    if not telling:
        return []
    return [min(telling, key=lambda m: m.type in _WIDE)]


def _things(pieces: list[str]) -> list[str]:
    """Of owners' words alone, the one that is a thing of its own: 勤務先_保護者."""
    known = lexicon().japanese
    return [p for p in pieces if p in known and known[p] not in _PEOPLE]


def _strict(form: str) -> NameMatch | None:
    """A piece that is a word by itself, an owner's word and a tail aside."""
    words = lexicon()
    if form.isascii() and form in words.joined:
        return NameMatch(words.joined[form], OWNED, form)
    for text in (form, bare(form)):
        if text in words.japanese:
            return NameMatch(words.japanese[text], OWNED, text)
    return _sorted(form, words)


def _of_word(stem: str) -> list[NameMatch]:
    words = lexicon()
    stem = _OF.sub("", stem)
    plain = bare(stem)
    of_person = number_of_person(stem, words)
    if of_person:
        return [of_person]
    by_kind = _sorted(stem, words)
    if by_kind and (by_kind.type in words.topics or words.japanese.get(plain) in _PLAIN):
        return [by_kind]
    numbered = _ANY_NUMBER.sub("", spelled_number(stem))
    if numbered != stem and a_person(numbered):
        return [NameMatch(_T.RESIDENT_ID, HEAD, stem)]
    spelled = spelled_number(stem)
    if spelled != stem and spelled not in words.japanese:
        spelled = bare(spelled)
    day = _DAY_WORD.sub("日", plain)
    for form in (without_tail(stem, words), plain, spelled, day, owner_behind(stem, words)):
        if form in words.japanese:
            return [NameMatch(words.japanese[form], OWNED, form)]
    if plain.isascii() and plain in words.joined:
        return [NameMatch(words.joined[plain], OWNED, plain)]
    told = by_kind or shortened(stem, words)
    if told:
        return [told]
    if _KANA.fullmatch(stem):
        spelled_out = words.romaji.get(romanise(_KANA_NUMBER.sub("no", stem)))
        if spelled_out:
            return [NameMatch(spelled_out, OWNED, stem)]
    return _by_words(stem, plain, words)


def _by_words(whole: str, plain: str, words: Lexicon) -> list[NameMatch]:
    """The word at the end, and the topic wherever it stands."""
    end = _word_at_end(plain, words)
    topic = None
    if not any(word in whole for word in words.not_topics) and not plain.endswith(words.texts):
        topic = _longest_inside(plain, words, topics_only=True)
    if topic and plain.endswith(words.counts):
        return [NameMatch(_T.QUANTITY, HEAD, plain), NameMatch(*_at(topic, INSIDE))]
    if topic and topic[0] != _T.SUPPORT_MEASURE and plain.endswith(words.consents):
        return [NameMatch(_T.FLAG, HEAD, plain), NameMatch(*_at(topic, INSIDE))]
    personal = words.facts | words.numbers
    if topic and end and end.type in personal and _itself(end.type, end.word):
        return [end, NameMatch(*_at(topic, INSIDE))]
    if topic and plain.endswith(words.years):
        return [NameMatch(_T.DATE, OWNED, plain), NameMatch(*_at(topic, TOPIC))]
    if topic and end and end.type in words.topics and topic[0] not in words.strong:
        return [NameMatch(end.type, 0.9, end.word), NameMatch(*_at(topic, INSIDE))]
    matches = [end] if end else _by_ending(plain, words) if topic else []
    if topic:
        matches.insert(0, NameMatch(*_at(topic, 0.9 if matches else TOPIC)))
    if not matches:
        matches = _by_ending(plain, words)
    if not matches:
        inside = _longest_inside(plain, words, topics_only=False)
        if inside:
            matches.append(NameMatch(*_at(inside, INSIDE)))
    return matches


def _by_ending(plain: str, words: Lexicon) -> list[NameMatch]:
    """Days and amounts of things not known, as 面接日 or 送信数."""
    if len(plain) > _SHORTEST and plain.endswith(words.days):
        return [] if plain.endswith(words.not_days) else [NameMatch(_T.DATE, TOPIC, plain)]
    if len(plain) > _SHORTEST and plain.endswith(words.amounts):
        return [NameMatch(_T.QUANTITY, TOPIC, plain)]
    if plain.endswith(words.consents):
        return [NameMatch(_T.FLAG, TOPIC, plain)]
    return []


def _at(found: tuple[ColumnType, str], sure: float) -> tuple[ColumnType, float, str]:
    return found[0], sure, found[1]


def _word_at_end(text: str, words: Lexicon) -> NameMatch | None:
    for start in range(max(1, len(text) - words.longest), len(text) - 1):
        type_ = words.japanese.get(text[start:])
        if type_:
            return NameMatch(type_, HEAD, text[start:])
    return None


def _itself(type_: ColumnType, word: str) -> bool:
    """Not 保護者 or 世帯区分 alone, which behind other words only say whose it is."""
    told = _ITSELF.get(type_)
    return told is None or bool(told.search(word))


def _sorted(stem: str, words: Lexicon) -> NameMatch | None:
    """A known thing by its kind, state or code: 職業区分, 保護受給状態."""
    text, last = stem, ""
    for _ in range(2):
        tail = next((t for t in words.sorts if text.endswith(t) and len(text) > len(t) + 1), "")
        if not tail:
            return None
        text, last = text.removesuffix(tail), tail
        for form in (text, bare(text)):
            type_ = words.japanese.get(form)
            if type_ in words.sorted or (type_ == _T.BIRTH_DATE and last == "こーど"):
                return NameMatch(type_, OWNED, form)
    return None


def _longest_inside(
    text: str, words: Lexicon, *, topics_only: bool
) -> tuple[ColumnType, str] | None:
    for size in range(min(words.longest, len(text)), 1, -1):
        for start in range(len(text) - size + 1):
            word = text[start : start + size]
            type_ = words.japanese.get(word)
            if type_ and (type_ in words.topics or not topics_only):
                return type_, word
    return None
