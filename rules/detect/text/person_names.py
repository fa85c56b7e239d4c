"""People's names in a sentence.

A surname alone is no evidence (山口地区, 小林市): a name is a surname with a given name, or a
surname beside a cue such as 様, 係長 or 世帯主. The dictionary tells words from parts of words.
"""

import re
from collections.abc import Iterator, Sequence

from core import ColumnType
from rules.detect.patterns import alternation, surnames
from rules.detect.text import cues
from rules.detect.text.reading import (
    FAMOUS,
    GIVEN_NAMES,
    HAN,
    LONGER_GIVEN,
    NOT_NAMES,
    PUBLISHED,
    SURNAME_STARTS,
    SURNAMES,
    Reading,
    Word,
    is_han,
    is_kana,
)
from rules.detect.text.seeker import Found, compiled, patterns, place
from rules.detect.text.transcribed_names import foreign_names, kana_names

Place = tuple[int, int]
PATTERNS = patterns(
    "person_names",
    **cues.CUES,
    HAN=HAN,
    GIVEN=alternation(GIVEN_NAMES),
    LONGER_GIVEN=LONGER_GIVEN,
    LISTED_SURNAMES=surnames(),
    VARIANTS="".join(map(chr, PUBLISHED)),
)
_CALLED, _PARTICLES, _OFFICES, _CHILD, _NO_CHILD, _KANA_CALLED = compiled(
    PATTERNS, "CALLED", "PARTICLES", "OFFICES", "CHILD", "NO_CHILD", "KANA_CALLED"
)
_CHILDLIKE = re.compile("くん|君|ちゃん")
_CAPITAL = re.compile("[A-Z]")
(_INITIALS,) = compiled(PATTERNS, "INITIALS")
_BEHIND_LABELS = compiled(PATTERNS, "FORMER", "WRITTEN_AS", "KIN")
_LIKELY, _LOOSE, _ALSO_WORDS, _NO_GIVEN, _OF_PLACES = compiled(
    PATTERNS, "LIKELY", "LOOSE", "ALSO_WORDS", "NO_GIVEN", "OF_PLACES"
)
_ROLE = re.compile(rf"(?:{cues.CUES['ROLE']})(?:の|は|が)?")
_RUN_START = re.compile(rf"(?<![{HAN}])(?=[{HAN}])")
_LISTED_GIVEN = re.compile(rf" ?(?:{LONGER_GIVEN})")
_LOOK_BACK = 24
"""Characters before a name in which a cue may stand."""
_LONGEST_SURNAME = 4
"""Kanji, as 四月一日; a longer run is a word of the office."""
_ORDINARY = frozenset(
    {"一般", "サ変可能", "形状詞可能", "副詞可能", "助数詞可能", "数詞", "サ変形状詞可能", "地名"}
)
"""Kinds of nouns that are words of the language before they are names."""
_NEVER = frozenset({"サ変可能", "数詞"})
"""Kinds of nouns that are no part of a given name of several words: 決裁済."""
_NO_ROLE = frozenset({"サ変可能", "助数詞可能", "副詞可能", "数詞"})
"""Kinds of nouns right behind which an unlisted surname is a word cut wrongly: 時間中利用可."""
_IN_SURNAMES = frozenset(
    {"名詞", "接頭辞", "接尾辞", "形状詞", "連体詞", "動詞", "形容詞", "副詞", "感動詞"}
)
"""Kinds of words that (parts of) surnames are taken for."""


def told_names(reading: Reading) -> list[Found]:
    """Everybody whom a given name, a form of address, a role or a label tells to be named."""
    return reading.once("told names", _read)


def _read(reading: Reading) -> list[Found]:
    text, found = reading.plain, reading.words
    if cues.TEMPLATE.search(text):
        return []
    places = (
        *_initials(text),
        *_by_words(text, found), *_at_start(text), *_called(text, found),
        *kana_names(text, found), *foreign_names(text, found),
    )  # fmt: skip
    works = cues.titles(text)
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
            name, taken = _person(text, found, at, size)
            if name:
                yield name
        elif found[at].name == "名":
            start = _rest_of_run(text, found[at])
            if start < found[at].start:
                yield start, found[at].end
        at += taken


def _surname(found: Sequence[Word], at: int) -> int:
    """How many words a surname takes that begins here; 0 where none does."""
    first = found[at]
    if first.part not in _IN_SURNAMES:
        return 0
    if first.text[:1] in SURNAME_STARTS:
        rest = [w.text for w in found[at + 1 : at + 3]]
        for size in range(len(rest), -1, -1):
            if "".join((first.text, *rest[:size])) in SURNAMES:
                return size + 1
    inside = at > 0 and found[at - 1].kind in _NO_ROLE and is_han(found[at - 1].text)
    return int(first.name == "姓" and is_han(first.text) and not inside)


def _person(text: str, found: Sequence[Word], at: int, size: int) -> tuple[Place | None, int]:
    """The place of a name that begins with a surname, and how many words were read."""
    start, end = found[at].start, found[at + size - 1].end
    if cues.FIRM_BEFORE.search(text, max(0, start - 8), start):
        return None, size + _given(text, found, at + size, behind_role=True)
    behind_role = cues.BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None
    firm = cues.FIRM.match(text, end)
    given = _given(text, found, at + size, behind_role)
    if given:
        last = found[at + size + given - 1].end
        within = firm is not None and firm.end() >= last
        no_name = within or cues.FIRM.match(text, last) or _is_public(text, start, last)
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
        if len(words) == size and _is_given(text, words, spaced, behind_role):
            return spaced + size
    return 0


def _is_given(text: str, words: Sequence[Word], spaced: bool, behind_role: bool) -> bool:
    """Whether some words are a given name, by the list or by their looks."""
    run, ends = "".join(w.text for w in words), cues.WHOLE_END.match(text, words[-1].end)
    if run in GIVEN_NAMES:
        sure = spaced or behind_role or not _ALSO_WORDS.fullmatch(run)
        if sure and (ends or (len(run) > 1 and words[0].name == "名")):
            return True
    if not ends or not _LOOSE.fullmatch(run) or _NO_GIVEN.match(run):
        return False
    return _likely(words, run, spaced, behind_role)


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
    is_place = len(name) == 1 and name[0].kind == "地名"
    after = cues.AFTER.match(text, end)
    if after and not (is_place and _OF_PLACES.match(after[0])):
        return not cues.BEHIND.match(text, after.end())
    if cues.HOUSE.match(text, end):
        return True
    if not behind_role or (len(name[0].text) == len(name) == 1 and name[0].name != "姓"):
        return False
    return bool((cues.HARD_END if is_place else cues.END).match(text, end))


def _rest_of_run(text: str, given: Word) -> int:
    """Where a rare surname begins that a given name closes: the rest of its short run of kanji."""
    start, earliest = given.start, max(0, given.start - _LONGEST_SURNAME)
    if len(given.text) == 1 or not cues.WHOLE_END.match(text, given.end):
        return start
    while start > earliest and is_han(text[start - 1]):
        start -= 1
    longer = start > 0 and is_han(text[start - 1])
    return given.start if longer else start


def _is_public(text: str, start: int, end: int) -> bool:
    """A name that everybody knows, or one that is spoken of as such."""
    if cues.BEHIND.match(text, end) or cues.FIRM_BEFORE.search(text, max(0, start - 8), start):
        return True
    return text[start:end] in FAMOUS and not cues.HONORIFIC.match(text[end : end + 4])


def _at_start(text: str) -> Iterator[Place]:
    """A surname and a given name from where a run of kanji begins, whatever the dictionary cuts."""
    for found in _RUN_START.finditer(text):
        start = found.start()
        sizes = (s for s in (4, 3, 2) if text[start : start + s] in SURNAMES)
        given = _LISTED_GIVEN.match(text, start + next(sizes, len(text)))
        ends = given and cues.WHOLE_END.match(text, given.end())
        if given and ends and not _is_public(text, start, given.end()):
            yield start, given.end()


def _initials(text: str) -> Iterator[Place]:
    """Somebody by initials: A.S., M.Kuroda, H・Kさん, M子."""
    if _CAPITAL.search(text):
        yield from (place(match) for match in _INITIALS.finditer(text))


def _called(text: str, found: Sequence[Word]) -> Iterator[Place]:
    """Everybody addressed with 様, さん, ちゃん …, named after a label or a family word."""
    yield from _addressed(text, found)
    if not cues.MASCOT.search(text):
        yield from _children(text)
    for match in _KANA_CALLED.finditer(text):
        if match["run"] in GIVEN_NAMES:
            yield match.span("run")
    for pattern in _BEHIND_LABELS:
        for match in pattern.finditer(text):
            yield place(match)


def _addressed(text: str, found: Sequence[Word]) -> Iterator[Place]:
    """Somebody addressed with 様, さん, 氏 …, whatever the name."""
    if not cues.HONORIFIC.search(text):
        return
    starts = {w.start for w in found}
    for match in _CALLED.finditer(text):
        run, start = match["run"], match.start("run")
        if match.end("run") not in starts:
            continue  # 仕様, 同様
        left, _, right = run.replace("・", " ").rpartition(" ")
        if left and _bare(left) not in SURNAMES and not is_kana(left):
            run, start = right, start + len(run) - len(right)
        bare = _bare(run)
        start += len(run) - len(bare)
        known = bare in SURNAMES or bare in GIVEN_NAMES
        known = known or (len(bare) > 1 and not _OFFICES.search(bare))
        if known and bare not in NOT_NAMES and not cues.BEHIND.match(text, match.end()):
            yield start, start + len(bare)


def _bare(run: str) -> str:
    """A run without the role and the words before the name."""
    label = _ROLE.match(run)
    return _behind_particles(run[label.end() :] if label and label.end() < len(run) else run)


def _behind_particles(run: str) -> str:
    """The last piece of a run such as 窓口に北; hiragana inside a given name stay."""
    pieces = [m.end() for m in _PARTICLES.finditer(run)]
    pieces = [
        at for at in pieces if is_han(run[at : at + 1].lstrip("おご") or run[at + 1 : at + 2])
    ]
    return run[pieces[-1] :] if pieces else run


def _children(text: str) -> Iterator[Place]:
    """Children by their given names."""
    if not _CHILDLIKE.search(text):
        return
    for match in _CHILD.finditer(text):
        end = match.end("run")
        bare = _behind_particles(match["run"])
        if bare and bare not in NOT_NAMES and not _NO_CHILD.search(bare):
            yield end - len(bare), end
