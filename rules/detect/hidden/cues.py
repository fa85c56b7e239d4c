"""What stands beside a name and tells that it is one: forms of address, titles, roles, homes."""

import re
from functools import cache
from pathlib import Path

from core import yaml12


@cache
def _raw() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml12.load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    )
    return loaded


def words(*names: str) -> str:
    """Lists of `cues.yaml` as one alternation, longest first."""
    listed = [word for name in names for word in _raw()[name]]
    return "|".join(sorted(listed, key=len, reverse=True))


HONORIFIC = (
    r"(?:様(?![式子態相々疾症物])|さん(?!ぎょう|かく)|さま|サン(?![ァ-ヶー])|サマ(?![ァ-ヶー])"
    r"|氏(?![名族物神館城邸])|殿(?!堂)|くん(?![蒸製])|君(?!が代)|ちゃん)"
)
_INITIALS = r"(?:CM|CW|SW|PSW|MSW|SSW|SC|Dr|Ns|PT|OT|ST|KP)\.?(?![A-Za-z])"
TITLE = (
    rf"(?:(?:{words('posts', 'trades')})"
    r"(?![会室用課席選制職簿長費料]|名簿|一覧|候補|向|募集)"
    rf"|ドクター|{_INITIALS})"
)
FAMILY = words("family")
ROLE = (
    rf"(?:{words('roles')}|[一-龥々ァ-ヶー]{{0,8}}[^\W\d_ぁ-ん]"
    r"(?:者|人|員|主|役|師|士|生|児|係|医|長|方)(?<!一方)(?<!地方)(?<!当方)(?<!双方)"
    rf"|{_INITIALS}|ケアマネ(?:ジャー)?|ヘルパー|ワーカー)"
)
_LINK = (
    r"(?:名義|氏名|名)?(?:である|の氏名は|の名前は|[は:=→]|[がのをに])?"
    r"(?:[「『(/・、 ①-⑨]|→)?\s?"
)
BEFORE = re.compile(rf"(?:{ROLE}|(?<![一-龥])(?:母方|父方|同居の)?(?:{FAMILY}|子)){_LINK}$")
"""Right before a name: 飼主, 担当は, 長男の, 代理人「."""
NAMED = re.compile(
    r"(?:氏名|名前|(?<!\d)名|本人名|名義人?|旧姓|旧氏|新姓|改姓前|通称名?|本名|読み(?:方|仮名)?"
    r"|ふりがな|フリガナ|振り?仮名|カナ|かな|ローマ字(?:表記|氏名)?|メイギ|正|正しく)"
    r"(?:相違)?(?:は|が|を|:|=|に)?[「『(:/ ]{0,2}$"
)
"""Right before what is said to be somebody's name."""
_SAYS = (
    r"ですが|だけど|ですけど|だが[、。]|です[、。](?=.{0,6}と名乗)|と申し|と名乗|と言い?ます"
    r"|といいます|曰く|いわく"
)
_HOME = (
    r"宅(?![地配急])|邸(?!の?(?:一般)?公開)"
    r"|方(?=[、。)(\s/]|$|の(?!法)|に(?![よ向])|へ|から|より|で)|夫妻|夫婦|一家|親子"
)
_COMES = r"が(?:再?来庁|来所|来館|受領|持参|記入|電話|申請|届出|同席|署名)"
_WHOSE = r"の(?:おばあ|おじい|お母さん|お父さん|奥さん|ご主人|旦那|息子さん?|娘さん?)"
AFTER = re.compile(
    rf"\s?{HONORIFIC}|[「」]?(?:{TITLE})|[A-Z]{{2,4}}会長|(?:{_SAYS})|(?:{_HOME})|{_COMES}|{_WHOSE}"
)
"""Right behind a surname."""
HOUSE = re.compile(
    r"家(?=[はがのにへをと、。)]|より|から|$)(?!の?(?:文書|墓所|屋敷|住宅|史料|資料|ゆかり))"
)
END = re.compile(
    r"\s*(?:$|[、。()」』/→;〕\]]|より|から(?!の)|宛|あて|名義|宅|が(?!丘)|は(?!し)"
    r"|[もへをに](?![一-龥]{2}地)|と(?![いす同])|来庁|来所|来館|立会|同席|出席|欠席|分は"
    r"|の(?:件|携帯|電話|連絡|署名|印|口座|自宅|み|代理))"
)
"""Where a surname behind a role ends."""
HARD_END = re.compile(
    r"\s*(?:$|[、。()」』/〕]|より"
    r"|から(?=引継|連絡|電話|聴取|報告|相談|依頼|申出|説明|通報|提供))"
)
"""The same for a word that is a place as often: 福島, 山口."""
WHOLE_END = re.compile(
    rf"\s*(?:$|[^㐀-鿿豈-鶴々ヶぁ-んァ-ヶーA-Za-z]|{HONORIFIC}|{TITLE}|[はがのをにへともでや]"
    r"|から|より|さ?まで|宅|邸|方|夫妻|名義|宛|あて|名|分|来庁|来所|来館|生(?!涯|家|誕)|ほか"
    r"|他(?!界)|本人|です|曰く|いわく|[市県区町村都]?議|だ|ら|など|死亡|立会|同席|欠席|出席)"
)
"""Where a surname with a given name ends."""
