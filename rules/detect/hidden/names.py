"""People's names in a sentence.

A surname alone is no evidence (山口地区, 小林市): a name is a surname with a given name, or a
surname beside a cue such as 様, 係長 or 世帯主. The dictionary tells words from parts of words.
"""

import re
from collections.abc import Iterator, Sequence

from core import ColumnType, Message
from rules.detect.hidden import cues, public
from rules.detect.hidden.base import Found, Seeker
from rules.detect.hidden.called import called
from rules.detect.hidden.foreign import foreign_names
from rules.detect.hidden.kana import kana_names
from rules.detect.hidden.listed import (
    HAN,
    LONGER_GIVEN,
    PUBLISHED,
    famous,
    given_names,
    is_han,
    is_kana,
    surnames,
)
from rules.detect.hidden.morphology import Word, read, tokenizer
from rules.detect.patterns import surnames as listed_surnames

Place = tuple[int, int]
_LOOK_BACK = 24
_LONGEST_SURNAME = 4
_GIVEN_END = (
    "子美郎太介男夫雄之樹也人斗香恵江代枝菜奈花華央希音乃穂衣翔真平吾司志史一二三彦弘輝大哉"
    "馬里梨沙紗那未世織徳治正秀和博明浩健誠晴気幸義紀規仁信孝広宏光行昭敏隆康良助蔵造朗士"
    "生登豊弥矢基朋佳加歩実優愛桜凛"
)
_MIXED = "[ァ-ヶぁ-ん]{2,3}[子江代美枝]"
_LIKELY = re.compile(rf"[{HAN}]{{1,2}}[{_GIVEN_END}]|{_MIXED}|[ぁ-ん]{{2,4}}")
_LOOSE = re.compile(
    rf"[{HAN}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,5}}|{_MIXED}|[{HAN}]{{1,2}}[ぁ-ん]"
)
_ALSO = "新学光実一元海空花桜要力城守護保音満望心陸章文幸円都輝寿静岳緑縁泉登渡有藍功糸"
"""Given names of one character that are as often something else."""
_NO_GIVEN = re.compile(rf"第|{cues.HONORIFIC}|{cues.TITLE}|です|から|より|まで|だけ|など|こと")
_ORDINARY = frozenset(
    {"一般", "サ変可能", "形状詞可能", "副詞可能", "助数詞可能", "数詞", "サ変形状詞可能", "地名"}
)
"""Kinds of nouns that are words of the language before they are names."""
_NEVER = frozenset({"サ変可能", "数詞"})
"""Kinds of nouns that are no part of a given name of several words: 決裁済."""
_IN_SURNAMES = frozenset(
    {"名詞", "接頭辞", "接尾辞", "形状詞", "連体詞", "動詞", "形容詞", "副詞", "感動詞"}
)
"""Kinds of words that (parts of) surnames are taken for."""
_OF_PLACES = re.compile("[区局所店署駅]長|邸")
"""Posts and houses that are called after a place as often."""
_START = re.compile(rf"(?<![{HAN}])(?=[{HAN}])")
_LISTED_GIVEN = re.compile(rf" ?(?:{LONGER_GIVEN})")


def person_names(text: str) -> list[Found]:
    """Everybody named in a text."""
    text = text.translate(PUBLISHED)
    found = read(text, tokenizer())
    places = (
        *_by_words(text, found), *_at_start(text), *called(text, found),
        *kana_names(text, found), *foreign_names(text, found),
    )  # fmt: skip
    works = public.titles(text)
    return [
        (ColumnType.PERSON_NAME, start, end)
        for start, end in dict.fromkeys(places)
        if not any(a <= start and end <= b for a, b in works)
    ]


def _by_words(text: str, found: Sequence[Word]) -> Iterator[Place]:
    """Surnames with a given name, or with a cue on either side."""
    at = 0
    while at < len(found):
        taken = 1
        if size := _surname(found, at):
            place, taken = _person(text, found, at, size)
            if place:
                yield place
        elif found[at].name == "名":
            start = _rest_of_run(text, found[at])
            if start < found[at].start:
                yield start, found[at].end
        at += taken


def _surname(found: Sequence[Word], at: int) -> int:
    """How many words a surname takes that begins here; 0 where none does."""
    first = found[at]
    if first.part not in _IN_SURNAMES or not is_han(first.text):
        return 0
    rest = [w.text for w in found[at + 1 : at + 3]]
    for size in range(len(rest), -1, -1):
        if "".join((first.text, *rest[:size])) in surnames():
            return size + 1
    return int(first.name == "姓")


def _person(text: str, found: Sequence[Word], at: int, size: int) -> tuple[Place | None, int]:
    """The place of a name that begins with a surname, and how many words were read."""
    start, end = found[at].start, found[at + size - 1].end
    if public.FIRM_BEFORE.search(text, max(0, start - 8), start):
        return None, size + _given(text, found, at + size, behind_role=True)
    behind_role = cues.BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None
    firm = public.FIRM.match(text, end)
    given = _given(text, found, at + size, behind_role)
    if given:
        last = found[at + size + given - 1].end
        within = firm is not None and firm.end() >= last
        no_name = within or public.FIRM.match(text, last) or _is_public(text, start, last)
        return (None if no_name else (start, last)), size + given
    if firm and not (cues.HOUSE.match(text, end) or cues.AFTER.match(text, end)):
        return None, size
    told = _told(text, found[at : at + size], end, behind_role)
    return ((start, end) if told else None), size


def _given(text: str, found: Sequence[Word], at: int, behind_role: bool) -> int:
    """How many words, a space before it included, a given name takes that begins here."""
    spaced = at < len(found) and not found[at].text.strip()
    first = at + spaced
    for size in (3, 2, 1):
        words = found[first : first + size]
        if len(words) < size:
            continue
        run, ends = "".join(w.text for w in words), cues.WHOLE_END.match(text, words[-1].end)
        sure = spaced or behind_role or len(run) > 1 or run not in _ALSO
        closed = ends or (len(run) > 1 and words[0].name == "名")
        loose = ends and _LOOSE.fullmatch(run) and not _NO_GIVEN.match(run)
        if (run in given_names() and sure and closed) or (
            loose and _likely(words, run, spaced, behind_role)
        ):
            return spaced + size
    return 0


def _likely(words: Sequence[Word], run: str, spaced: bool, behind_role: bool) -> bool:
    """Whether what is on no list is a given name all the same."""
    if len(words) == 1 and words[0].of_person:
        return True
    ordinary = any(w.kind in _NEVER for w in words) or (
        len(words) == 1 and words[0].part == "名詞" and words[0].kind in _ORDINARY
    )
    if spaced and not ordinary:
        return True
    if not _LIKELY.fullmatch(run):
        return False
    return behind_role if is_kana(run) else not ordinary


def _told(text: str, name: Sequence[Word], end: int, behind_role: bool) -> bool:
    """Whether a surname without a given name is told to be one by what stands beside it."""
    place = len(name) == 1 and name[0].kind == "地名"
    after = cues.AFTER.match(text, end)
    if after and not (place and _OF_PLACES.match(after[0])):
        return not public.BEHIND.match(text, after.end())
    if cues.HOUSE.match(text, end):
        return True
    if not behind_role or (len(name[0].text) == len(name) == 1 and name[0].name != "姓"):
        return False
    return bool((cues.HARD_END if place else cues.END).match(text, end))


def _rest_of_run(text: str, given: Word) -> int:
    """Where a rare surname begins that a given name closes: the rest of its short run of kanji."""
    start = given.start
    while start > 0 and is_han(text[start - 1]):
        start -= 1
    ends = len(given.text) > 1 and cues.WHOLE_END.match(text, given.end)
    return start if ends and given.start - start <= _LONGEST_SURNAME else given.start


def _is_public(text: str, start: int, end: int) -> bool:
    """A name that everybody knows, or one that is spoken of as such."""
    if public.BEHIND.match(text, end) or public.FIRM_BEFORE.search(text, max(0, start - 8), start):
        return True
    return text[start:end] in famous() and not re.match(cues.HONORIFIC, text[end : end + 4])


def _at_start(text: str) -> Iterator[Place]:
    """A surname and a given name from where a run of kanji begins, whatever the dictionary cuts."""
    for found in _START.finditer(text):
        start = found.start()
        sizes = (s for s in (4, 3, 2) if text[start : start + s] in surnames())
        given = _LISTED_GIVEN.match(text, start + next(sizes, len(text)))
        ends = given and cues.WHOLE_END.match(text, given.end())
        if given and ends and not _is_public(text, start, given.end()):
            yield start, given.end()


_CUED = (
    r"様|さん|さま|氏|殿|くん|君|ちゃん|サン|サマ|[ァ-ヶー]{5}|[ァ-ヶー]{2}[ ・][ァ-ヶー]{2}"
    r"|[ぁ-ん]{2} [ぁ-ん]{2}|[a-z]{2}[ ,]{1,2}[a-z]{2}|\p{Han} [\p{Han}ァ-ヶー]"
    r"|[者人員主長師士児][はがを:「( ]?[\p{Han}ァ-ヶー]{2}"
    rf"|[{''.join(map(chr, PUBLISHED))}]"
)
NAME = Seeker(
    ColumnType.PERSON_NAME,
    "hidden-name",
    (_CUED, listed_surnames(), LONGER_GIVEN),
    person_names,
    Message(ja="人の名前が書かれています", en="a person's name stands here"),
    0.96,
)
SEEKERS = (NAME,)
