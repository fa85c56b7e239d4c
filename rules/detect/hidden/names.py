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

_HAN = "㐀-䶿一-鿿豈-鶴\U00020000-\U0002ffff々ヶ"
_HONORIFIC = (
    r"(?:様(?![式子態相々疾症物])|さん(?!ぎょう|かく)|さま|氏(?![名族物])|殿(?!堂)"
    r"|くん|君(?!が代)|ちゃん)"
)
_HONORIFICS = re.compile(_HONORIFIC)
_AFTER = (
    rf"(?=$|[^{_HAN}ぁ-んァ-ヶー]|[はがのをにへともより、。]|から|宅|夫妻|名義"
    rf"|[市県区町村都]?議(?:員|より|から|が|の|に)|{_HONORIFIC})"
)
_GIVEN_END = (
    "子美郎太介男夫雄之樹也人斗香恵江代枝菜奈花華央希音乃穂衣翔真平吾司志史一二三彦弘輝大哉"
    "馬里梨沙紗那未世織徳治正秀和博明浩健誠晴気幸義紀規仁信孝広宏光行昭敏隆康良夫助蔵造朗士"
    "生登豊弥矢基朋佳加歩実優愛桜凛"
)
_LABELS = (
    "世帯主|[一-龥]{1,3}者|申請者|届出人|届出者|代理人|同席者|相談者|相談員|保護者"
    "|後見人|保証人|保佐人|補助人|担当者?|受給者|請求者|対象者|被相続人|相続人"
    "|差出人|受取人|立会人|引受人|管理人|筆頭者|親権者|使者|通報者|家主|大家|担任|宛先|ケアマネ(?:ジャー)?|ヘルパー|(?:ケース)?ワーカー|保健師|看護師|訪問員"
    "|(?:司法|行政)書士|弁護士|税理士|社労士|通訳|(?:通帳|口座|預金|登記|登録|カード)の?名義|通称名?|本名|旧氏|新姓|改姓前|登録名|カナ(?:氏名)?|フリガナ"
    "|ふりがな|ローマ字(?:表記|氏名)?|園児|在籍児|対象児|義[父母兄弟姉妹]|叔父|叔母|伯父|伯母|祖父|祖母"
    "|納税義務者|納税者|所有者|使用者|契約者|本人|氏名|名前|患者"
    "|児童|生徒|父親?|母親?|妻|夫|長男|長女|次男|次女|子|主治医"
    "|民生委員|来庁者|窓口担当|旧姓|同居人|名義人?|宛名"
)
_TITLE = (
    "課長補佐|課長|係長|主任|主査|主事|(?:司法|行政)書士|弁護士|税理士|社労士|医師|看護師|保健師"
)
_LABELLED = re.compile(
    rf"(?:{_LABELS})(?:名|名義)?(?:は|の|が|を|、|:|\(|「|『|・| )?\s?(?:{_TITLE} ?)?(?=[{_HAN}])"
)
_CALLED = re.compile(
    rf"(?P<run>(?:(?![様殿氏君][・ ])[{_HAN}]){{1,8}}"
    rf"(?:[ ・][{_HAN}ぁ-んァ-ヶー]{{1,4}}|[ぁ-ん]{{2,4}}[{_HAN}]?"
    rf"|ノ[{_HAN}]{{1,5}}|[ァ-ヶー]{{2,4}})?)(?P<h>{_HONORIFIC})"
)
_PARTICLES = re.compile(
    "から|より|では|には|とは|まで|にて|への|での|との|にも|でも|として|という|[はがをにのと]"
)
_ABROAD = (
    r"[ァ-ヶー]{2,12}(?:[・=][ァ-ヶー]{2,12}){1,3}"
    r"|[A-Z][A-Za-z'\-]{1,20}(?:[ ,]{1,2}[A-Z][A-Za-z'.\-]{0,20}){1,3}"
)
"""A name written as it is abroad: in katakana with dots, or in Latin capitals."""
_THREE_PARTS = re.compile(
    r"(?<![ァ-ヶー・])(?P<run>[ァ-ヶー]{2,12}(?:・[ァ-ヶー]{1,12}){2,3})(?=が|は|より|から|の|に[説連電]|$)"
)
_WRITTEN_AS = re.compile(
    rf"(?:氏名|名前|本人名|[児者人徒員患]名)[:は]\s?(?P<run>[{_HAN}]{{1,4}} ?"
    rf"(?:[{_HAN}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,4}}))(?=$|[、。)(\s])"
)
_FORMER = re.compile(
    rf"(?:旧姓|旧氏|新姓|改姓前)[はがを:(「・ ]{{0,2}}"
    rf"(?P<run>[{_HAN}]{{1,4}}|[{_HAN}]ノ[{_HAN}])(?=$|[、。)」\s]|で|と|の(?:まま|ため))"
)
_SPELLED = re.compile(
    r"(?:ふりがな|フリガナ)[はがを:]?[「『(](?!ひらがな|かたかな)"
    r"(?P<run>[ぁ-ん]{2,5} ?[ぁ-ん]{2,6})(?=[」』)])"
)
_FOREIGN = re.compile(
    rf"(?P<run>{_ABROAD}|[ァ-ヶー]{{2,10}}(?:[・ ][ァ-ヶー]{{2,10}}){{0,3}}"
    rf"|[A-Z][A-Za-z'\-]{{2,20}})(?={_HONORIFIC})"
)
_LINK = r"(?:は|の|が|を|、|:|\(|「|『| |で|に)\s?"
_LABELLED_FOREIGN = re.compile(
    rf"(?:(?:{_LABELS}){_LINK})(?P<run>{_ABROAD}|[ァ-ヶー]{{2,8}} [ァ-ヶー]{{2,8}}"
    rf"|[{_HAN}]{{1,2}} [{_HAN}]{{1,3}}(?=$|[^{_HAN}]))"
)
_TEACHER = re.compile(
    r"(?:先生|医師|議員|弁護士|主任|係長|教諭|保健師|看護師|司法書士|行政書士|ケアマネ|ワーカー|dr\.?|ns\.?"
    rf"|(?:課長補佐|課長|部長|次長|室長|所長|館長|園長|校長|教頭|主査|主事)(?![{_HAN}]))"
    r"(?![方会用a-z])",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(
    rf"(?<![{_HAN}])(?P<run>[{_HAN}]{{2,4}}?)(?:宅(?![地配急急便])|夫妻|一家|です、|と名乗|が(?:再?来庁|来所|受領|持参|記入|電話|申請|届出|同席|署名)|\((?:旧姓|旧氏))"
)
_START = re.compile(rf"(?<![{_HAN}])(?=[{_HAN}])")

_LONGER_GIVEN = "|".join(word for word in words("given_names") if len(word) > 1)
_KIN = (
    "夫|妻|父親?|母親?|長男|次男|二男|三男|長女|次女|二女|三女|息子|娘|祖父|祖母|孫"
    "|兄|弟|姉|妹|本人"
)
_CLAUSE_END = re.compile(r"\s*(?:$|[、。)(]|より)")
_ROLE = re.compile(
    "担当|相談員|民生委員|弁護士|(?:司法|行政)書士|税理士|社労士|主治医|ケアマネ|ヘルパー|ワーカー|保健師|看護師|訪問員|保証人|代理人|後見人|通訳"
)
_ROLE_END = re.compile(r"\s*(?:$|[、。)]|より|から|[がはにをと](?![一-龥]{2}地))")
"""Behind the one who acts a surname may stand alone: 司法書士 水谷に."""
_COMMON_ENDS = re.compile("[市区町村県国]史$|[町市区村][一-龥]$")
_OFFICES = tuple("者人客係員長官士師店社課主屋手生神位工ん")
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


def _is_han(text: str) -> bool:
    return bool(re.match(f"[{_HAN}]", text))


@cache
def _one_character() -> frozenset[str]:
    """Given names of one character that are hardly ever anything else behind a surname."""
    return frozenset(word for word in words("given_names") if len(word) == 1) - frozenset(_ALSO)


_ALSO = "新学光実一元海空花桜要力城守護保音満望心陸章文幸円都輝寿静岳緑縁泉登渡有藍功糸"
_LOOSE_GIVEN = re.compile(
    rf"[ ・]?(?:[{_HAN}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,4}})(?=$"
    rf"|[^{_HAN}ぁ-んァ-ヶー]|[はがのをにへともより、]|から)"
)


def _names(text: str) -> list[Found]:
    places = {*_called(text), *_labelled(text), *_full(text), *_kin(text)}
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
        bare = _behind_particles(run)
        start += len(run) - len(bare)
        known = bare in _surnames() or (len(bare) > 1 and not bare.endswith(_OFFICES))
        if known and bare not in _not_names() and not PUBLIC.match(text, found.end()):
            yield start, start + len(bare)
    for found in _FOREIGN.finditer(text):
        honorific = _HONORIFICS.match(text, found.end())
        behind = honorific.end() if honorific else found.end()
        if len(found["run"]) >= 3 and not PUBLIC.match(text, behind):
            yield found.span("run")
    for pattern in (_LABELLED_FOREIGN, _FORMER, _THREE_PARTS, _WRITTEN_AS, _SPELLED):
        for found in pattern.finditer(text):
            if not PUBLIC.match(text, found.end()):
                yield found.span("run")
    yield from _titled(text)


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """A surname in front of a title, or of what belongs to a household."""
    for found in _TEACHER.finditer(text):
        start = found.start() - 1
        while start >= 0 and _is_han(text[start]):
            start -= 1
        run = text[start + 1 : found.start()]
        teacher = found[0] == "先生" and 2 <= len(run) <= 3 and not run.endswith(_OFFICES)
        if run in _surnames() or (teacher and run not in _not_names()):
            yield start + 1, found.start()
    for found in _HOUSEHOLD.finditer(text):
        said = found[0].endswith("と名乗") and found["run"] not in _not_names()
        if said or found["run"] in _surnames():
            yield found.span("run")


def _behind_particles(run: str) -> str:
    """The last piece of a run such as 窓口に北; hiragana inside a given name stay."""
    pieces = [m.end() for m in _PARTICLES.finditer(run)]
    pieces = [
        at for at in pieces if _is_han(run[at : at + 1].lstrip("おご") or run[at + 1 : at + 2])
    ]
    return run[pieces[-1] :] if pieces else run


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """A label such as 世帯主, then a surname with a given name, or a surname and an end."""
    for found in _LABELLED.finditer(text):
        start = found.end()
        for size in (4, 3, 2, 1):
            after = start + size
            if after <= len(text) and text[start:after] in _surnames():
                given = _given().match(text, after)
                if size > 1:
                    given = _LOOSE_GIVEN.match(text, after) or given
                if given:
                    yield start, given.end()
                elif size > 1 and (_ROLE_END if _ROLE.search(found[0]) else _CLAUSE_END).match(
                    text, after
                ):
                    yield start, after
                else:
                    continue
                break


def _kin(text: str) -> Iterator[tuple[int, int]]:
    """A given name behind a family word: 妻（陽子）, 亡夫正一の."""
    for found in _kin_pattern().finditer(text):
        yield found.span("a") if found["a"] else found.span("b")


@cache
def _kin_pattern() -> re.Pattern[str]:
    given = "|".join(sorted(words("given_names"), key=len, reverse=True))
    end = r"(?=[)・」がはをのとに、。\s]|から|より|$)"
    return re.compile(
        rf"(?:{_KIN})(?:[(・「 :](?P<a>{given}){end}|の?(?P<b>(?:{_LONGER_GIVEN})){end})"
    )


def _full(text: str) -> Iterator[tuple[int, int]]:
    """A surname and a given name that stand free."""
    for found in _START.finditer(text):
        start = found.start()
        for size in (4, 3, 2):
            if text[start : start + size] in _surnames():
                given = _given().match(text, start + size)
                bare = given[0].strip(" ・") if given else ""
                alone = given is not None and len(given[0]) == 1
                odd = _COMMON_ENDS.search(bare) and bare not in words("given_names")
                if given and bare and not odd and (not alone or bare in _one_character()):
                    if not PUBLIC.match(text, given.end()):
                        yield start, given.end()
                    break


_FREE = r"\p{Han}{3,8}(?:より|から|\()|[ァ-ヶー]{3,}"
"""Where a name may stand without a cue: the dictionary has the last word."""
NAME = Seeker(
    ColumnType.PERSON_NAME,
    "hidden-name",
    (rf"様|さん|さま|氏|殿|くん|君|ちゃん|{_LABELS}|{_FREE}", surnames(), _LONGER_GIVEN),
    _names,
    Message(ja="人の名前が書かれています", en="a person's name stands here"),
    0.96,
)
SEEKERS = (NAME,)
