"""Reading a column's name: Japanese, kana, abbreviations, romanised, English."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import ColumnType, yaml12
from rules.detect.romaji import respell, romanise

_FILE = Path(__file__).with_name("names.yaml")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOTE = re.compile(r"[(\[【〔<「『].*?[)\]】〕>」』]")
_MARKS = re.compile(r"[\s_\-./:;,*※●○◎■□・、。'\"#|+&()\[\]【】〔〕<>「」『』]+")
_PARTS = re.compile(r"[・/、,&+]|及び|および|兼|と(?=[^な])")
_KANA_WORD = re.compile(
    r"[(（]?(?:フリガナ|ふりがな|振り?仮名|カナ|かな|ヨミガナ?|よみ(?:がな)?|読み)[)）]?|_?kana$"
)
_ORDINAL = re.compile(r"[0-9]+$")

_NUMBERED = re.compile(r"(?:no|なんばー|ばんごう|番)$")
_CODED = re.compile(r"(?:cd|code)$")
_ANY_NUMBER = re.compile(r"(?:番号|こーど|id)$")
_KANA = re.compile(r"[ぁ-ゖー]{3,}(?:no|cd|id|code|番号)?")
_KANA_NUMBER = re.compile(r"(?:番号?|なんばー)$")
_DAY_WORD = re.compile(r"(?:年月日付?|日付|日時)$")
_SAME_LATIN = {
    "num": "no",
    "number": "no",
    "bango": "no",
    "bangou": "no",
    "bangoo": "no",
    "cd": "code",
}
"""Words that say the same in a name: koza_no is koza_bango, CITY_CD is city code."""
_LATIN_TAILS = frozenset({"cd", "dt", "kbn", "nm", "txt", "val", "ymd", "str"})

EXACT, OWNED, HEAD, TOPIC, INSIDE = 0.95, 0.92, 0.85, 0.8, 0.55
"""How sure a name alone makes us, by how it matched."""


@dataclass(frozen=True)
class NameMatch:
    """A type that a column's name suggests, how sure, and the word that did it."""

    type: ColumnType
    confidence: float
    word: str


@dataclass(frozen=True)
class _Lexicon:
    japanese: dict[str, ColumnType]
    latin: dict[tuple[str, ...], ColumnType]
    joined: dict[str, ColumnType]
    romaji: dict[str, ColumnType]
    owners: tuple[str, ...]
    tails: tuple[str, ...]
    topics: frozenset[ColumnType]
    texts: tuple[str, ...]
    numbers: frozenset[ColumnType]
    not_topics: tuple[str, ...]
    longest: int


@cache
def _lexicon() -> _Lexicon:
    raw = yaml12.load(_FILE.read_text(encoding="utf-8"))
    japanese: dict[str, ColumnType] = {}
    latin: dict[tuple[str, ...], ColumnType] = {}
    alike: dict[tuple[str, ...], ColumnType] = {}
    for name, words in raw["types"].items():
        for word in words:
            text = unicodedata.normalize("NFKC", str(word))
            if text.isascii():
                latin_words = tuple(text.lower().split())
                latin.setdefault(latin_words, ColumnType(name))
                alike.setdefault(_same(latin_words), ColumnType(name))
            else:
                japanese.setdefault(_hiragana(_MARKS.sub("", text).lower()), ColumnType(name))
    for words, type_ in alike.items():
        latin.setdefault(words, type_)
    joined = {"".join(words): type_ for words, type_ in latin.items()}
    romaji: dict[str, ColumnType] = {}
    for words, type_ in latin.items():
        romaji.setdefault(respell(*_same(words)), type_)
        romaji.setdefault(respell("".join(words)), type_)
    return _Lexicon(
        japanese=japanese,
        latin=latin,
        joined=joined,
        romaji=romaji,
        owners=tuple(sorted((_hiragana(w) for w in raw["owners"]), key=len, reverse=True)),
        tails=tuple(_hiragana(w) for w in raw["tails"]),
        topics=frozenset(ColumnType(t) for t in raw["topics"]),
        texts=tuple(_hiragana(w) for w in raw["texts"]),
        numbers=frozenset(ColumnType(t) for t in raw["numbers"]),
        not_topics=tuple(_hiragana(w) for w in raw["not_topics"]),
        longest=max(map(len, japanese)),
    )


def read_name(name: str) -> tuple[NameMatch, ...]:
    """The types a column name suggests, the surest first.

    >>> [m.type.value for m in read_name("患者_居住地")], read_name("TEL")[0].type.value
    (['address'], 'phone')
    >>> read_name("dateOfBirth")[0].type.value, read_name("生活保護受給フラグ")[0].type.value
    ('birth_date', 'welfare')
    >>> read_name("列1")
    ()
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if not text:
        return ()
    kana = _kana_of(text)
    if kana:
        return kana
    found: dict[ColumnType, NameMatch] = {}
    candidates = [text, _NOTE.sub("", text)]
    for match in [m for c in dict.fromkeys(candidates) for m in _matches(c)]:
        if match.type not in found or found[match.type].confidence < match.confidence:
            found[match.type] = match
    return tuple(sorted(found.values(), key=lambda m: -m.confidence))


def name_parts(name: str) -> tuple[ColumnType, ...]:
    """The types of a name that joins several, as 年代・性別; empty for a plain name.

    >>> [t.value for t in name_parts("年代・性別")], name_parts("氏名")
    (['age_band', 'sex'], ())
    """
    text = unicodedata.normalize("NFKC", name)
    if read_name(text) and read_name(text)[0].confidence >= EXACT:
        return ()
    types = []
    for part in _PARTS.split(text):
        matches = read_name(part)
        if not matches or matches[0].confidence < HEAD:
            return ()
        types.append(matches[0].type)
    return tuple(dict.fromkeys(types)) if len(types) > 1 else ()


def _kana_of(text: str) -> tuple[NameMatch, ...]:
    """What is spelled in kana here: the reading of a name, or of an address."""
    base = _NOTE.sub("", _KANA_WORD.sub("", text)).strip(" _-・/")
    if not base or not _KANA_WORD.search(text):
        return ()
    matches = read_name(base)
    if not matches or matches[0].confidence < HEAD:
        return ()
    if matches[0].type != ColumnType.PERSON_NAME:
        return matches
    return (NameMatch(ColumnType.PERSON_NAME_KANA, EXACT, "カナ"),)


def _matches(text: str) -> list[NameMatch]:
    return _latin(text) if text.isascii() else _japanese(text)


def _latin(text: str) -> list[NameMatch]:
    lexicon = _lexicon()
    words = [w.lower() for w in _MARKS.split(_CAMEL.sub(" ", text)) if w]
    words = [w for w in words if not w.isdecimal()] or words
    joined = _ORDINAL.sub("", "".join(words))
    if tuple(words) in lexicon.latin:
        return [NameMatch(lexicon.latin[tuple(words)], EXACT, " ".join(words))]
    if joined in lexicon.joined:
        return [NameMatch(lexicon.joined[joined], EXACT, joined)]
    same = _same(tuple(words))
    if same in lexicon.latin:
        return [NameMatch(lexicon.latin[same], OWNED, " ".join(words))]
    for spelled in (respell(*same), respell(joined)):
        if len(spelled) > 3 and spelled in lexicon.romaji:
            return [NameMatch(lexicon.romaji[spelled], OWNED, joined)]
    if len(words) > 1 and words[-1] in _LATIN_TAILS and tuple(words[:-1]) in lexicon.latin:
        return [NameMatch(lexicon.latin[tuple(words[:-1])], OWNED, " ".join(words[:-1]))]
    matches = []
    for start in range(1, len(words)):
        tail = tuple(words[start:])
        if tail in lexicon.latin:
            matches.append(NameMatch(lexicon.latin[tail], HEAD, " ".join(tail)))
            break
    for size in range(min(3, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            run = tuple(words[start : start + size])
            type_ = lexicon.latin.get(run)
            if type_ in lexicon.topics and len("".join(run)) > 2:
                matches.insert(0, NameMatch(type_, 0.9 if matches else TOPIC, " ".join(run)))
                return matches
            if type_ and not matches and len("".join(run)) > 2:
                matches.append(NameMatch(type_, INSIDE, " ".join(run)))
    return matches


def _japanese(text: str) -> list[NameMatch]:
    lexicon = _lexicon()
    whole = _hiragana(_MARKS.sub("", text).lower())
    stem = _ORDINAL.sub("", whole) or whole
    for form in (whole, stem):
        if form in lexicon.japanese:
            return [NameMatch(lexicon.japanese[form], EXACT, form)]
    bare = _bare(stem, lexicon)
    of_person = _number_of_person(stem, lexicon)
    if of_person:
        return [of_person]
    spelled = _CODED.sub("こーど", _NUMBERED.sub("番号", stem))
    if spelled != stem and spelled not in lexicon.japanese:
        spelled = _bare(spelled, lexicon)
    day = _DAY_WORD.sub("日", bare)
    for form in (_without_tail(stem, lexicon), bare, spelled, day):
        if form in lexicon.japanese:
            return [NameMatch(lexicon.japanese[form], OWNED, form)]
    if _KANA.fullmatch(stem):
        spelled_out = lexicon.romaji.get(romanise(_KANA_NUMBER.sub("no", stem)))
        if spelled_out:
            return [NameMatch(spelled_out, OWNED, stem)]
    matches = []
    for start in range(max(1, len(bare) - lexicon.longest), len(bare) - 1):
        type_ = lexicon.japanese.get(bare[start:])
        if type_:
            matches.append(NameMatch(type_, HEAD, bare[start:]))
            break
    if not any(word in whole for word in lexicon.not_topics) and not bare.endswith(lexicon.texts):
        topic = _longest_inside(bare, lexicon, topics_only=True)
        if topic:
            matches.insert(0, NameMatch(topic[0], max(TOPIC, 0.9 if matches else 0), topic[1]))
    if not matches:
        inside = _longest_inside(bare, lexicon, topics_only=False)
        if inside:
            matches.append(NameMatch(inside[0], INSIDE, inside[1]))
    matches.extend(m for m in _latin_inside(text) if not matches)
    return matches


def _number_of_person(stem: str, lexicon: _Lexicon) -> NameMatch | None:
    """A qualifier with any word for number: 学籍コード is a 学籍番号, 身障手帳No a 手帳番号.

    What the number is about (障害, 介護) does not count beside the number itself.
    """
    numbered = _CODED.sub("番号", _NUMBERED.sub("番号", stem))
    if not _ANY_NUMBER.search(numbered):
        return None
    for form in (numbered, _ANY_NUMBER.sub("番号", numbered)):
        for start in range(max(0, len(form) - lexicon.longest), len(form) - 2):
            type_ = lexicon.japanese.get(form[start:])
            if type_ in lexicon.numbers:
                return NameMatch(type_, OWNED if not start else HEAD, form[start:])
            if type_:
                break
    return None


def _bare(text: str, lexicon: _Lexicon) -> str:
    for owner in lexicon.owners:
        if text.startswith(owner) and len(text) > len(owner) and text not in lexicon.japanese:
            text = text[len(owner) :].removeprefix("の")
            break
    return _without_tail(text, lexicon)


def _same(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SAME_LATIN.get(word, word) for word in words)


def _without_tail(text: str, lexicon: _Lexicon) -> str:
    for tail in lexicon.tails:
        if text.endswith(tail) and len(text) > len(tail) + 1 and text not in lexicon.japanese:
            text = text.removesuffix(tail)
    return text


def _longest_inside(
    text: str, lexicon: _Lexicon, *, topics_only: bool
) -> tuple[ColumnType, str] | None:
    for size in range(min(lexicon.longest, len(text)), 1, -1):
        for start in range(len(text) - size + 1):
            word = text[start : start + size]
            type_ = lexicon.japanese.get(word)
            if type_ and (type_ in lexicon.topics or not topics_only):
                return type_, word
    return None


def _latin_inside(text: str) -> list[NameMatch]:
    runs = re.findall(r"[A-Za-z][A-Za-z _]+", text)
    return [m for run in runs for m in _latin(run) if m.confidence >= HEAD]


def _hiragana(text: str) -> str:
    """Katakana as hiragana, so that フリガナ and ふりがな are one word."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def bare_name(name: str) -> str:
    """A column name without marks, owner and empty tail words.

    >>> bare_name("患者_居住地"), bare_name("公表_年月日")
    ('居住地', '公表年月日')
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()
    lexicon = _lexicon()
    return text if text.isascii() else _bare(_hiragana(text), lexicon)
