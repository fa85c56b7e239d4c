"""People by a form of address, by what they are called, or by what they are to somebody."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rules.detect.hidden import cues, public
from rules.detect.hidden.listed import (
    HAN,
    LONGER_GIVEN,
    given_names,
    is_han,
    is_kana,
    longest_first,
    not_names,
    surnames,
)
from rules.detect.hidden.morphology import Word

Place = tuple[int, int]
_CALLED = re.compile(
    rf"(?P<run>(?:(?![様殿氏君][・ ])[{HAN}]){{1,8}}"
    rf"(?:[ ・][{HAN}ぁ-んァ-ヶー]{{1,4}}|[ぁ-ん]{{2,4}}[{HAN}]?"
    rf"|ノ[{HAN}]{{1,5}}|[ァ-ヶー]{{2,4}})?){cues.HONORIFIC}"
)
_PARTICLES = re.compile(
    "から|より|では|には|とは|まで|にて|への|での|との|にも|でも|として|という|[はがをにのと]"
)
_OFFICES = tuple("者人客係員長官士師店社課主屋手生神位工ん方")
"""Last characters of words for posts and parties."""
_CHILD = re.compile(
    rf"(?P<run>[{HAN}]{{1,3}}|[ァ-ヶー]{{2,4}}[子江代美枝]|[ぁ-ん]{{2,5}}|[ァ-ヶー]{{2,6}})"
    r"(?:くん(?![蒸製])|君(?!が代)|ちゃん(?!と))(?![」号])"
)
_KANA_CALLED = re.compile(
    r"(?<![ぁ-んァ-ヶー一-龥])(?P<run>[ぁ-ん]{2,4}|[ァ-ヶー]{2,4}|[ぁ-んァ-ヶ]{1,2}[江子代美枝])(?:さん|様|さま)"
)
_NO_CHILD = re.compile(r"赤$|坊$|^お|^皆|ゆる|キャラ|マイナ$|[園児生]$")
_FORMER = re.compile(
    rf"(?:旧姓|旧氏|新姓|改姓前)[はがを:(「・ ]{{0,2}}(?P<run>[{HAN}]{{1,4}}|[{HAN}]ノ[{HAN}])"
    r"(?=$|[、。)」\s]|で|と|の(?:まま|ため|併記))"
)
_WRITTEN_AS = re.compile(
    rf"(?:氏名|名前|本人名|[児者人徒員患]名)[:は]\s?(?P<run>[{HAN}]{{1,4}} ?"
    rf"(?:[{HAN}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,4}}))(?=$|[、。)(\s])"
)


def called(text: str, found: Sequence[Word]) -> Iterator[Place]:
    """Everybody addressed with 様, さん, ちゃん …, named after a label or a family word."""
    yield from _addressed(text, found)
    if not public.MASCOT.search(text):
        yield from _children(text)
    for match in _KANA_CALLED.finditer(text):
        if match["run"] in given_names():
            yield match.span("run")
    for pattern in (_FORMER, _WRITTEN_AS, _kin()):
        for match in pattern.finditer(text):
            yield match.span(match.lastgroup or 0)


def _addressed(text: str, found: Sequence[Word]) -> Iterator[Place]:
    """Somebody addressed with 様, さん, 氏 …, whatever the name."""
    starts = {w.start for w in found}
    for match in _CALLED.finditer(text):
        run, start = match["run"], match.start("run")
        if match.end("run") not in starts:
            continue  # 仕様, 同様
        left, _, right = run.replace("・", " ").rpartition(" ")
        if left and _bare(left) not in surnames() and not is_kana(left):
            run, start = right, start + len(run) - len(right)
        bare = _bare(run)
        start += len(run) - len(bare)
        known = bare in surnames() or bare in given_names()
        known = known or (len(bare) > 1 and not bare.endswith(_OFFICES))
        if known and bare not in not_names() and not public.BEHIND.match(text, match.end()):
            yield start, start + len(bare)


def _bare(run: str) -> str:
    """A run without the role and the words before the name."""
    label = re.match(rf"(?:{cues.ROLE})(?:の|は|が)?", run)
    return _behind_particles(run[label.end() :] if label and label.end() < len(run) else run)


def _behind_particles(run: str) -> str:
    """The last piece of a run such as 窓口に北; hiragana inside a given name stay."""
    pieces = [m.end() for m in _PARTICLES.finditer(run)]
    pieces = [
        at for at in pieces if is_han(run[at : at + 1].lstrip("おご") or run[at + 1 : at + 2])
    ]
    return run[pieces[-1] :] if pieces else run


def _children(text: str) -> Iterator[Place]:
    """A child by its given name: さくらちゃん, but no 「さくらちゃん」 and no さくらちゃん号."""
    for match in _CHILD.finditer(text):
        end = match.end("run")
        bare = _behind_particles(match["run"])
        if bare and bare not in not_names() and not _NO_CHILD.search(bare):
            yield end - len(bare), end


@cache
def _kin() -> re.Pattern[str]:
    """A given name behind a family word: 妻（陽子）, 亡夫正一の, 子の名は凛."""
    listed = longest_first(given_names())
    told = r"[(・「 :]|の名(?:前)?(?:は|を|:)?\s?"
    return re.compile(
        rf"(?:{cues.FAMILY}|子|本人)"
        rf"(?:(?:{told})(?P<told>{listed})|(?:の|は)?(?P<run>{LONGER_GIVEN}))"
        rf"(?={cues.WHOLE_END.pattern})"
    )
