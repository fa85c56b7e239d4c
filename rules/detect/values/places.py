"""Addresses, postal codes, coordinates, countries."""

from core import ColumnType, Message
from rules.detect.values.base import Recogniser, pattern

PREFECTURES = (
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県"
    "|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県"
    "|福井県|"
    "山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府"
    "|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県"
    "|徳島県|"
    "香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
)
_NUM = r"(?:\d{1,4}|[一二三四五六七八九十百〇]{1,4})"
_JA = r"[\p{Han}\p{Hiragana}\p{Katakana}々ヶケノー]"
STREET = rf"{_NUM}(?:丁目|番地の?|番|[\-‐−ー]\d)"
HOUSE = rf"{_NUM}(?:番地?|[\-‐−ー]\d)|丁目の?\d"
"""A house number: 三丁目 alone is a neighbourhood."""
ADDRESS_PATTERN = (
    rf"(?:〒?\d{{3}}-\d{{4}} ?)?(?:(?:{PREFECTURES}) ?)?{_JA}{{1,6}}(?:市|区|町|村|郡)"
)
COUNTRIES = (
    "日本|中国|韓国|朝鮮|北朝鮮|台湾|ベトナム|フィリピン|ブラジル"
    "|ネパール|インドネシア|米国|アメリカ|アメリカ合衆国|英国|イギリス"
    "|タイ|"
    "ペルー|インド|ミャンマー|スリランカ|パキスタン|バングラデシュ"
    "|フランス|ドイツ|ロシア|カナダ|イタリア|スペイン|モンゴル|カンボジア"
    "|"
    "マレーシア|シンガポール|オーストラリア|ボリビア|イラン|トルコ"
    "|ナイジェリア|無国籍|大韓民国|中華人民共和国"
)

POSTAL_CODE = Recogniser(
    ColumnType.POSTAL_CODE,
    Message(ja="郵便番号の形", en="the form of a postal code"),
    pattern(r"^〒? ?\d{3}[\-‐−ー]\d{4}$"),
    alone=0.96,
    at_least=0.8,
    shape=pattern(r"^〒? ?\d{3}[\-‐−ー]?\d{4}$"),
)
ADDRESS = Recogniser(
    ColumnType.ADDRESS,
    Message(ja="住所や地名に見える値", en="values that look like an address or place"),
    pattern(
        rf"^{ADDRESS_PATTERN}",
        rf"^(?:{PREFECTURES})",
        rf"^{_JA}{{1,10}}{STREET}",
        rf"^{_JA}{{1,6}}(?:地方|管内|地区|学区|町内会)$",
    ),
    alone=0.9,
    at_least=0.8,
    shape=lambda p: ~p.missing,
)
COORDINATES = Recogniser(
    ColumnType.COORDINATES,
    Message(ja="日本付近の緯度・経度の値", en="latitudes or longitudes around Japan"),
    pattern(
        r"^(?:2[0-9]|3[0-9]|4[0-5])\.\d{3,}$",
        r"^1(?:2[2-9]|3[0-9]|4[0-9]|5[0-3])\.\d{3,}$",
        r"^(?:2[0-9]|3[0-9]|4[0-5])\.\d{3,}[, ]+1[2-5]\d\.\d{3,}$",
    ),
    alone=0.75,
    at_least=0.98,
    shape=pattern(r"^-?\d{1,3}(?:\.\d+)?(?:[, ]+-?\d{1,3}\.\d+)?$"),
)
NATIONALITY = Recogniser(
    ColumnType.NATIONALITY,
    Message(ja="国名", en="names of countries"),
    pattern(rf"^(?:{COUNTRIES})(?:国籍|籍|人)?$", r"^外国籍?$"),
    alone=0.85,
    at_least=0.9,
    shape=lambda p: ~p.missing,
)
RECOGNISERS = (POSTAL_CODE, ADDRESS, COORDINATES, NATIONALITY)
