"""People's names in a sentence.

A surname alone is no evidence (山口地区, 小林市): a name needs a cue such as 様 or 世帯主 beside
it, or a surname followed by a given name and a boundary.
"""

import re
from collections.abc import Iterator
from functools import cache

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker
from rules.detect.hidden.morphology import PUBLIC, kana_names, person_names, tokenizer
from rules.detect.values.people import surnames, words

_HAN = "一-龥々ヶ﨑髙塚"
_HONORIFIC = (
    r"(?:様(?![式子態相々])|さん(?!ぎょう|かく)|さま|氏(?![名族])|殿(?!堂)|くん|君(?!が代)|ちゃん)"
)
_AFTER = rf"(?=$|[^{_HAN}ぁ-んァ-ヶー]|[はがのをにへともより、。]|から|宅|夫妻|名義|{_HONORIFIC})"
_GIVEN_END = (
    "子美郎太介男夫雄之樹也人斗香恵江代枝菜奈花華央希音乃穂衣翔真平吾司志史一二三彦弘輝大哉"
    "馬里梨沙紗那未世織徳治正秀和博明浩健誠晴気幸義紀規仁信孝広宏光行昭敏隆康良夫助蔵造朗士"
    "生登豊弥矢基朋佳加歩実優愛桜凛"
)
_LABELS = (
    "世帯主|[一-龥]{1,3}者|申請者|届出人|届出者|代理人|同席者|相談者|相談員|保護者"
    "|後見人|保証人|保佐人|補助人|担当者?|受給者|請求者|対象者|被相続人|相続人"
    "|"
    "納税義務者|納税者|所有者|使用者|契約者|本人|氏名|名前|患者"
    "|児童|生徒|父親?|母親?|妻|夫|長男|長女|次男|次女|子|主治医"
    "|民生委員|来庁者|窓口担当|旧姓|同居人|名義人?|宛名"
)
_LABELLED = re.compile(rf"(?:{_LABELS})(?:は|の|が|、|:|\(|「| )?\s?(?=[{_HAN}])")
_CALLED = re.compile(
    rf"(?P<run>[{_HAN}]{{1,8}}(?:[ ・]?[{_HAN}ぁ-んァ-ヶー]{{1,4}})?)(?P<h>{_HONORIFIC})"
)
_FOREIGN = re.compile(
    rf"(?P<run>[ァ-ヶー]{{2,10}}(?:[・ ][ァ-ヶー]{{2,10}}){{0,3}})(?={_HONORIFIC})"
)
_LABELLED_FOREIGN = re.compile(
    rf"(?:{_LABELS})(?:は|の|が|、|:|\(|「| )\s?"
    r"(?P<run>[ァ-ヶー]{2,10}(?:・[ァ-ヶー]{2,10}){1,3})"
)
_TEACHER = re.compile(r"(?:先生|医師|議員|弁護士|主任|係長)(?![方会用])")
_START = re.compile(rf"(?<![{_HAN}])(?=[{_HAN}])")

_CLAUSE_END = re.compile(r"\s*(?:$|[、。)]|より)")
_OFFICES = tuple("者人客係員長官士師店社課主")
"""Last characters of words for posts and parties."""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words("not_names"))


@cache
def _given() -> re.Pattern[str]:
    listed = "|".join(sorted(words("given_names"), key=len, reverse=True))
    return re.compile(rf"[ ・]?(?:{listed}|[{_HAN}]{{0,2}}[{_GIVEN_END}]){_AFTER}")


_LOOSE_GIVEN = re.compile(
    rf"[ ・]?(?:[{_HAN}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,4}})(?=$"
    rf"|[^{_HAN}ぁ-んァ-ヶー]|[はがのをにへともより、]|から)"
)


def _names(text: str) -> list[Found]:
    places = {*_called(text), *_labelled(text), *_full(text)}
    if not places:
        tokens = tokenizer()
        places = {*person_names(text, tokens), *kana_names(text, tokens)}
    return [(ColumnType.PERSON_NAME, start, end) for start, end in places]


def _called(text: str) -> Iterator[tuple[int, int]]:
    """Somebody addressed with 様, さん, 氏 …"""
    for found in _CALLED.finditer(text):
        run, start = found["run"], found.start("run")
        label = re.match(rf"(?:{_LABELS})(?:の|は|が)?", run)
        if label and label.end() < len(run):
            run, start = run[label.end() :], start + label.end()
        bare = run.split("の")[-1] if "の" in run else run
        start += len(run) - len(bare)
        known = len(bare) > 1 or bare in _surnames()
        if known and bare not in _not_names() and not bare.endswith(_OFFICES):
            yield start, start + len(bare)
    for found in _FOREIGN.finditer(text):
        if len(found["run"]) >= 3:
            yield found.start(), found.end()
    for found in _LABELLED_FOREIGN.finditer(text):
        yield found.span("run")
    for found in _TEACHER.finditer(text):
        for size in (4, 3, 2):
            start = found.start() - size
            if start >= 0 and text[start : found.start()] in _surnames():
                if start == 0 or not re.match(f"[{_HAN}]", text[start - 1]):
                    yield start, found.start()
                break


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """A label such as 世帯主, then a surname with a given name, or a surname and an end."""
    for found in _LABELLED.finditer(text):
        start = found.end()
        for size in (4, 3, 2, 1):
            after = start + size
            if after <= len(text) and text[start:after] in _surnames():
                given = _LOOSE_GIVEN.match(text, after) or _given().match(text, after)
                if given:
                    yield start, given.end()
                elif size > 1 and _CLAUSE_END.match(text, after):
                    yield start, after
                else:
                    continue
                break


def _full(text: str) -> Iterator[tuple[int, int]]:
    """A surname and a given name that stand free."""
    for found in _START.finditer(text):
        start = found.start()
        for size in (4, 3, 2):
            if text[start : start + size] in _surnames():
                given = _given().match(text, start + size)
                bare = given[0].strip(" ・") if given else ""
                if given and (len(bare) >= 2 or (bare and bare != given[0])):
                    if not text.startswith(PUBLIC, given.end()):
                        yield start, given.end()
                    break


_LONGER_GIVEN = "|".join(word for word in words("given_names") if len(word) > 1)
_FREE = rf"\p{{Han}}{{3,8}}(?:より|から|\()|[ァ-ヶー]{{3,}}|{_LONGER_GIVEN}"
"""Where a name may stand without a cue: the dictionary has the last word."""
NAME = Seeker(
    ColumnType.PERSON_NAME,
    "hidden-name",
    rf"様|さん|さま|氏|殿|くん|君|ちゃん|{_LABELS}|{surnames()}|{_FREE}",
    _names,
    Message(ja="人の名前が書かれています", en="a person's name stands here"),
    0.96,
)
SEEKERS = (NAME,)
