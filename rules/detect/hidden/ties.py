"""Links to other people: contact of No. n, family ties, travel and places visited.

The closed list of types has no word for a tie or a journey. The nearest are used: a relative of
No. n is the record's number and a household relation, any other contact the number with the
contact, a place visited a facility.
The reason in words says what it is.
"""

import re

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker, spans
from rules.detect.hidden.cues import FAMILY
from rules.detect.hidden.sensitive import about_the_office
from rules.detect.patterns import surnames

_LOOSE = "両親|親族|家族|同居人|配偶者|親戚|兄弟|姉妹"
_LONGER = "|".join(name for name in surnames().split("|") if len(name) > 1)
"""Surnames that may follow a family word directly; 父島 and 母校 are no people."""
_NUMBER = (
    r"(?:(?:no|№|患者|症例|事例|受付|受付番号)\.? ?\d{1,6}(?:例目|人目|番)?"
    r"|\d{1,6}(?:例目|人目|番目の(?:患者|感染者|陽性者|症例)))"
)
_LIST = rf"{_NUMBER}(?:(?:、|,|・|及び|又は|と|や) ?(?:{_NUMBER}|\d{{1,6}})){{0,12}}"

_OF_KIN = rf"(?:の患者)?の同居の?家族|(?:の患者)?の(?:同居の?)?(?:{FAMILY}|{_LOOSE})"
_OF_OTHERS = (
    r"(?:の患者)?の(?:(?:濃厚)?接触者?|同居者?|同居人|知人|友人|同僚|関係者|職場|同級生|同室者)"
    r"|と(?:の)?(?:濃厚)?接触|と同じ[一-龥ァ-ヶー]{0,8}|と同居|と会食"
)
_CONTACT_CHEAP = r"(?:no|№|患者|症例|事例|受付|番号)\.? ?\d|\d(?:例目|人目|番目)"
_CONTACT_SAYS = Message(
    ja="ほかの人の番号が書かれ、人と人のつながりが分かります",
    en="another person's number stands here and links the two",
)
_KIN_OF = re.compile(rf"(?P<number>{_LIST})(?P<tie>{_OF_KIN})", re.IGNORECASE)


def _kin_of(text: str) -> list[Found]:
    """Two finds: the other person's number, and what that person is to somebody."""
    found = list(_KIN_OF.finditer(text))
    return [(ColumnType.SEQUENCE_NUMBER, *m.span("number")) for m in found] + [
        (ColumnType.HOUSEHOLD_RELATION, *m.span("tie")) for m in found
    ]


KIN_OF = Seeker(
    ColumnType.HOUSEHOLD_RELATION, "hidden-contact", _CONTACT_CHEAP, _kin_of, _CONTACT_SAYS, 0.88
)
CONTACT = Seeker(
    ColumnType.SEQUENCE_NUMBER,
    "hidden-contact",
    _CONTACT_CHEAP,
    spans(ColumnType.SEQUENCE_NUMBER, rf"{_LIST}(?:{_OF_OTHERS})"),
    _CONTACT_SAYS,
    0.86,
)
_STRANGER = "患者|陽性者|感染者"
STRANGER = Seeker(
    ColumnType.DISEASE,
    "hidden-contact",
    rf"(?:{_STRANGER})[との]",
    spans(ColumnType.DISEASE, rf"(?:陽性)?(?:{_STRANGER})(?=との?(?:濃厚)?接触|の(?:濃厚)?接触者)"),
    Message(
        ja="感染した人との接触が書かれています", en="contact with an infected person stands here"
    ),
    0.85,
)
_OF_SOMEBODY = (
    rf"(?:(?<=\d)の|(?<=\d)と同居の|(?<=本人|患者)の|(?<=世帯主|対象者|申請者|受給者|相談者)の)"
    rf"(?:同居)?(?P<tie>{FAMILY}|{_LOOSE})"
)
_ACTS = (
    "宅|方(?=[、。) ])|談|回答|曰く|いわく|応対|対応|来庁|来所|来館|同席|同伴|付添|付き添|死亡|他界"
    "|同居|別居|在住|在宅|迎え|送迎|名義|宛|あて|入院|通院|だけ|のみ|から|より|さん|様|さま|まで|でも|とも"
    "|なら|らしい"
)
_ROLES = ("遺族", "扶養", "世帯主", "申請者", "届出人", "請求者", "代理人", "相続人", "の亡", "故")
_BEHIND_ROLE = "|".join(f"(?<={role})" for role in _ROLES)
_CLEAR = (
    "祖[父母]|次[男女]|[二三][男女]|叔[父母]|伯[父母]|義[父母]|息子"
    "|(?<![市町村区課部局社校園館会所議])長[男女]"
)
"""Family words that no longer word ends in, but for 市長女性会 and the like."""
_FREE = (
    rf"(?:(?<![一-龥々ァ-ヶーおご])|{_BEHIND_ROLE}|(?={_CLEAR}))"
    r"(?P<free>(?:同居の?|別居中?の?|母方の?|父方の?|実の|亡|故|元|前)?"
    rf"(?:{FAMILY})(?:の嫁|夫婦|家族)?)(?!さん向け|向け)"
    r"(?=[がはもへにをで、:。()「」 /=→・]|と(?!い)|の(?!日|手|会|湯|味|力|教室|部$|里|森|絵|像)"
    rf"|{_ACTS}|$|(?:{_LONGER})[一-龥々ぁ-んァ-ヶー])"
)
_CHILD = re.compile(
    r"(?:扶養の|同居の|[一二三]番目の|前夫の|前妻の|夫の|妻の)(?P<tie>子)(?=[のがはをにと、。)])"
)
_TIE = re.compile(rf"{_OF_SOMEBODY}|{_FREE}")
_NO_TIE = re.compile(
    r"^(?:主人公|ママさん|パパ?ママ)|^(?:妻恋|妻籠|父島|母島|母校|母港|兄島|弟島|姉川|孫文|孫子)"
)


def _ties(text: str) -> list[Found]:
    found = []
    for m in (*_TIE.finditer(text), *_CHILD.finditer(text)):
        start, end = m.span(m.lastgroup or 0)
        if not _NO_TIE.match(text[start : end + 2]) and not about_the_office(
            text, start, end, kin=False
        ):
            found.append((ColumnType.HOUSEHOLD_RELATION, start, end))
    return found


FAMILY_TIE = Seeker(
    ColumnType.HOUSEHOLD_RELATION,
    "hidden-family",
    (rf"(?:{FAMILY}|{_LOOSE})", "の子[のがはをにと、。)]"),
    _ties,
    Message(ja="家族のつながりが書かれています", en="a family tie stands here"),
    0.87,
)
COUNTRY_NAMES = (
    "フランス|イタリア|スペイン|イギリス|英国|ドイツ|米国|アメリカ|ハワイ"
    "|中国|武漢|韓国|台湾|タイ|フィリピン|ベトナム|エジプト|シンガポール"
    "|オーストラリア|カナダ|インド|インドネシア|ブラジル|ペルー|トルコ"
    "|オランダ|スイス|ポルトガル|ロシア|マレーシア|欧州|ヨーロッパ|海外"
)
TRAVEL = Seeker(
    ColumnType.FACILITY,
    "hidden-movement",
    rf"(?:{COUNTRY_NAMES})|ライブハウス|店舗|渡航|帰国|旅行|滞在|来店|ツアー|クルーズ",
    spans(
        ColumnType.FACILITY,
        rf"^(?:{COUNTRY_NAMES})(?:・(?:{COUNTRY_NAMES}))*$|(?:{COUNTRY_NAMES})(?:から"
        rf"|へ|に|を)?(?:の)?(?:渡航|帰国|旅行|滞在|出張|入国|訪問)(?!者?団)\w{{0,3}}"
        r"|[一-龥ァ-ヶー々]{2,8}(?:市|県|府|都|区|町)内?の?(?:[一-龥ァ-ヶー]{0,8})(?:ライブハウス"
        r"|店舗|施設|病院|飲食店|スポーツジム|ジム)(?:に|へ|で|を)(?:来店|滞在|訪|利用し|立ち寄|行)"
        r"|(?:海外|国内|県外)?(?:渡航|旅行)(?:歴(?:あり|有|が)?|から(?:帰|戻)|(?:を|に)(?:し|行|出)|中(?!止|心)|先|していた|$)"
        r"|クルーズ船(?:に|で|の?乗船|旅行|$)|ライブハウス(?:に|へ|で|を)(?:来店|滞在|訪|利用し|立ち寄|行)",
    ),
    Message(ja="移動や訪れた場所が書かれています", en="a journey or a place visited stands here"),
    0.84,
)
SEEKERS = (KIN_OF, CONTACT, STRANGER, FAMILY_TIE, TRAVEL)
