"""Links to other people: contact of No. n, family ties, travel and places visited.

The closed list of types has no word for a tie or a journey. The nearest are used: a relative of
No. n is the record's number and a household relation, any other contact the number with the
contact, a place visited a facility.
The reason in words says what it is.
"""

import re

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker, spans
from rules.detect.values.people import surnames

FAMILY = (
    "妻|夫|長男|次男|二男|三男|長女|次女|二女|三女|息子|娘|父親?"
    "|母親?|祖父|祖母|孫|兄|弟|姉|妹|義父|義母|義兄|義姉|"
    "叔父|叔母|伯父|伯母|甥|姪|内縁の夫|内縁の妻|元夫|元妻|前夫|前妻|先夫|先妻|姑|舅"
    "|実母|実父|養母|養父|継母|継父|義理の[父母兄弟姉妹]|義弟|義妹|従兄弟|従姉妹|いとこ"
    "|祖父母|婚約者|双子の[兄弟姉妹]"
)
_LOOSE = "両親|親族|家族|同居人|配偶者|親戚|兄弟|姉妹"
_LONGER = "|".join(name for name in surnames().split("|") if len(name) > 1)
"""Surnames that may follow a family word directly; 父島 and 母校 are no people."""
_NUMBER = (
    r"(?:(?:no|№|患者|症例|事例|受付|受付番号)\.? ?\d{1,6}(?:例目|人目|番)?|\d{1,6}(?:例目|人目))"
)
_LIST = rf"{_NUMBER}(?:(?:、|,|・|及び|又は|と|や) ?(?:{_NUMBER}|\d{{1,6}})){{0,12}}"

_OF_KIN = rf"(?:の患者)?の同居の?家族|(?:の患者)?の(?:同居の?)?(?:{FAMILY}|{_LOOSE})"
_OF_OTHERS = (
    r"(?:の患者)?の(?:濃厚)?接触者?|と(?:の)?(?:濃厚)?接触|と同じ[一-龥ァ-ヶー]{0,8}|と同居|と会食"
    r"|(?:の患者)?の(?:知人|友人|同僚|関係者|職場|同級生|同室者)"
)
_CONTACT_CHEAP = r"(?:no|№|患者|症例|事例|受付|番号)\.? ?\d|\d(?:例目|人目)"
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
FAMILY_TIE = Seeker(
    ColumnType.HOUSEHOLD_RELATION,
    "hidden-family",
    rf"(?:{FAMILY}|{_LOOSE})",
    spans(
        ColumnType.HOUSEHOLD_RELATION,
        rf"(?:(?<=\d)の|(?<=\d)と同居の|(?<=本人|患者)の|(?<=世帯主"
        rf"|対象者|申請者|受給者|相談者)の)(?:同居)?(?P<tie>{FAMILY}"
        rf"|{_LOOSE})"
        rf"|(?<![一-龥])(?P<free>(?:同居|別居中?|実|養|亡)?の?(?:{FAMILY})(?:夫婦)?)(?=[がはともへにを、:(]|から"
        rf"|より|宅|さん|様|来庁|来所|同席|死亡|同居|在住|\)|$|の(?:{surnames()})[一-龥々ぁ-んァ-ヶー]|(?:{_LONGER})[一-龥々ぁ-んァ-ヶー]|の[一-龥]{{2}}(?<!の日)(?<!の手))",
    ),
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
