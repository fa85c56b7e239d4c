"""Links to other people: contact of No. n, family ties, travel and places visited."""

from core import ColumnType, Message
from rules.detect.hidden.base import Seeker, spans

FAMILY = "妻|夫|長男|次男|二男|三男|長女|次女|二女|三女|息子|娘|父親?|母親?|祖父|祖母|孫|兄|弟|姉|妹|両親|親族|家族|同居人|配偶者|義父|義母|叔父|叔母|甥|姪"
_NO = r"(?:no|№|番号|患者|症例|事例)\.? ?\d+(?:(?:、|,|・|及び|又は|と|や)(?:no|№)?\.? ?\d+)*"

CONTACT = Seeker(
    ColumnType.SEQUENCE_NUMBER,
    "hidden-contact",
    r"(?:no|№|患者|症例|事例)\.? ?\d",
    spans(
        ColumnType.SEQUENCE_NUMBER,
        rf"{_NO}(?:例目)?(?:の?患者)?(?:の?(?:濃厚)?接触者|と(?:の)?(?:濃厚)?接触|と同じ\w{{1,6}})?",
    ),
    Message(
        ja="ほかの人の番号が書かれ、人と人のつながりが分かります",
        en="another person's number stands here and links the two",
    ),
    0.86,
)
FAMILY_TIE = Seeker(
    ColumnType.HOUSEHOLD_RELATION,
    "hidden-family",
    rf"(?:{FAMILY})",
    spans(
        ColumnType.HOUSEHOLD_RELATION,
        rf"(?:{_NO}|本人|世帯主|患者|対象者|申請者|受給者|相談者)(?:の|及びその)(?P<tie>{FAMILY})"
        rf"|(?P<tie2>(?:{FAMILY})(?:が|は|と|も|の)(?:同居|別居|死亡|離婚|入院|入所|介護|代理|来庁|申請|世帯|窓口|不在|認知症|扶養|勤務))",
    ),
    Message(ja="家族のつながりが書かれています", en="a family tie stands here"),
    0.87,
)
COUNTRY_NAMES = "フランス|イタリア|スペイン|イギリス|英国|ドイツ|米国|アメリカ|ハワイ|中国|武漢|韓国|台湾|タイ|フィリピン|ベトナム|エジプト|シンガポール|オーストラリア|カナダ|インド|インドネシア|ブラジル|ペルー|トルコ|オランダ|スイス|ポルトガル|ロシア|マレーシア|欧州|ヨーロッパ|海外"
TRAVEL = Seeker(
    ColumnType.FACILITY,
    "hidden-movement",
    rf"(?:{COUNTRY_NAMES})|ライブハウス|店舗|渡航|帰国|旅行|滞在|来店|ツアー|クルーズ",
    spans(
        ColumnType.FACILITY,
        rf"^(?:{COUNTRY_NAMES})(?:・(?:{COUNTRY_NAMES}))*$|(?:{COUNTRY_NAMES})(?:から|へ|に|を)?(?:の)?(?:渡航|帰国|旅行|滞在|出張|入国|訪問)\w{{0,3}}"
        r"|[一-龥ァ-ヶー々]{2,8}(?:市|県|府|都|区|町)内?の?(?:[一-龥ァ-ヶー]{0,8})(?:ライブハウス|店舗|施設|病院|飲食店|スポーツジム|ジム)"
        r"|(?:海外)?(?:渡航|旅行|クルーズ船)(?:歴(?:あり|有))?",
    ),
    Message(ja="移動や訪れた場所が書かれています", en="a journey or a place visited stands here"),
    0.84,
)
SEEKERS = (CONTACT, FAMILY_TIE, TRAVEL)
