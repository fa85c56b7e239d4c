"""Numbers of people, told by a label nearby: a bare number proves nothing in a sentence."""

import re
from collections.abc import Callable

import pyarrow as pa

from core import ColumnType, Message, label
from rules.detect.checksums import digit_matrix, my_number
from rules.detect.hidden.base import Found, Seeker, spans
from rules.detect.hidden.names import person_names

_T = ColumnType
_GAP = r"(?:[^\d\n]|1[0-9]桁|(?<!\d)\d[冊枚通件名回点]){0,12}?"


def _labelled(type_: ColumnType, cue: str, number: str) -> Callable[[str], list[Found]]:
    return spans(type_, rf"(?:{cue}){_GAP}(?P<n>(?<![\d]){number})(?![\d])", "n")


def _said(type_: ColumnType) -> Message:
    what = label(type_)
    return Message(ja=f"{what.ja}が書かれています", en=f"{what.en} stands here")


_MY = (
    r"個人番号|個番|マイナンバー|マイナ番号|通知カード|番号カード|マイナカード|個人no\.?|my ?number"
)
_BANK = r"銀行|信用金庫|信金|信用組合|信組|農協|ゆうちょ|労働金庫|労金|口座|通帳番号|振込先|振替先"
_BANK_NAME = r"銀行|信用金庫|信金|信用組合|農協|労働金庫|バンク"
_KIND = r"(?:普通|当座|貯蓄)(?:預金|口座|貯金)?|(?<=\()普|(?<=\()当"
_NO = r"[ ):.]{0,2}(?:no\.?|番号|口座番号)?[ :.]?"
_CARD = r"\d{4}[\- ]?\d{4}[\- ]?\d{4}[\- ]?\d{2,4}"
_OTHERS: tuple[tuple[ColumnType, str, str], ...] = (
    (_T.BASIC_PENSION_NUMBER, r"基礎年金番号|基年番?号?|年金番号|年金手帳|年番", r"\d{4}-?\d{6}"),
    (_T.DRIVERS_LICENSE_NUMBER, r"免許証番号|免許番号|免許証|免許", r"\d{12}"),
    (
        _T.INSURED_PERSON_NUMBER,
        r"被保険者番号|被保険者証|被保(?:険者)?番|保険証|資格確認書"
        r"|(?<!ゆうちょ)(?<!ゆうちょ )記号番号",
        r"(?:記号[ :]?)?(?:\d{4,12}|\d{1,8}-\d{2,10}|\d{1,8}[^\d\n]{1,4}番号[ :]?\d{1,8})",
    ),
    (_T.RESIDENT_RECORD_CODE, r"住民票コード|住基コード|住コ|コード通知[書票]", r"\d{11}"),
    (_T.EMPLOYMENT_INSURANCE_NUMBER, r"雇用保険", r"\d{4}-\d{6}-\d"),
    (_T.PASSPORT_NUMBER, r"旅券|パスポート|passport", r"[a-z]{2}\d{7}"),
    (_T.HOUSEHOLD_ID, r"世帯番号|世帯コード", r"\d{5,15}"),
    (_T.STUDENT_NUMBER, r"学籍番号|学生番号|生徒番号", r"[a-z]?\d{4,12}"),
    (_T.RESIDENT_ID, r"宛名番号|住民番号|住民コード", r"\d{5,15}"),
    (
        _T.DISABILITY_CERTIFICATE_NUMBER,
        r"(?<!年金)(?<!母子健康)(?<!母子)(?<!保健)手帳(?:の?(?:交付)?番号)?[^\d\n、。]{0,6}?",
        r"(?:第\d{4,10}号|(?<=番号)\d{4,10}|\d{5,10}号)",
    ),
    (
        _T.CREDIT_CARD,
        r"カード番号|クレジットカード|クレカ|クレジット|カード(?:払い|決済|で支払)",
        _CARD,
    ),
)

_TWELVE = re.compile(r"(?<![\d\-])\d{4}[\- ]?\d{4}[\- ]?\d{4}(?![\d\-])")
_ANY_MY = re.compile(rf"{_MY}|特定個人情報|番号法", re.IGNORECASE)
_NEXT_TO_LABEL = _labelled(_T.MY_NUMBER, _MY, r"\d{4}[\- ]?\d{4}[\- ]?\d{4}")


def _my_numbers(text: str) -> list[Found]:
    """Right behind a label; elsewhere in a text that speaks of them, with a right check digit."""
    found = _NEXT_TO_LABEL(text)
    if _ANY_MY.search(text):
        found += [
            (_T.MY_NUMBER, *m.span())
            for m in _TWELVE.finditer(text)
            if _checks(re.sub(r"\D", "", m[0])) and not _OTHER_TWELVE.search(text, 0, m.start())
        ]
    return list(dict.fromkeys(found))


def _checks(digits: str) -> bool:
    whole, matrix = digit_matrix(pa.array([digits]), 12)
    return bool(whole[0]) and bool(my_number(matrix)[0])


_OTHER_TWELVE = re.compile(r"(?:免許証?|受付|整理|申請|管理)(?:の)?(?:番号)?[^\d\n]{0,6}$")
MY_NUMBER = Seeker(
    _T.MY_NUMBER,
    "hidden-my-number",
    (rf"(?:{_MY}).{{0,15}}?\d{{4}}", rf"\d{{4}}.{{0,12}}(?:{_MY})|特定個人情報.*\d{{4}}"),
    _my_numbers,
    _said(_T.MY_NUMBER),
    0.99,
)
_ACCOUNTS = tuple(
    spans(_T.BANK_ACCOUNT, pattern)
    for pattern in (
        rf"(?:(?:[一-龥ァ-ヶーA-Za-z]{{2,12}}|(?<![ぁ-ん])[ぁ-ん]{{3,6}})(?:{_BANK_NAME})|JA[一-龥ぁ-んァ-ヶー]{{1,8}})"
        r"(?:\(\d{4}\))? ?[一-龥ァ-ヶー]{0,10}(?:本店|支店|支所|出張所|営業部)?(?:\(\d{3}\))?"
        rf"[ (]{{0,2}}(?:{_KIND}){_NO}\d{{6,7}}(?!\d)",
        rf"(?:{_KIND}){_NO}(?P<n>\d{{6,7}})(?!\d)",
        rf"(?:(?:{_BANK_NAME})|JA)[^\d\n、。]{{2,20}} ?[普当] ?(?P<n>\d{{6,7}})(?!\d)",
        r"(?:記号[ :]?|ゆうちょ[^\d\n]{0,10})1\d{4}[^\d\n]{1,6}\d{6,8}(?!\d)",
        rf"(?:{_BANK})(?:(?!記号)[^\d\n]){{0,24}}?"
        r"(?P<n>(?<!\d)(?:\d{3}-)?\d{5,8}(?:-\d{1,8})?)(?!\d)",
    )
)
"""With bank and branch, by the kind of account, Yucho's 記号 and 番号, and behind a cue."""


def _accounts(text: str) -> list[Found]:
    return [place for find in _ACCOUNTS for place in find(text)]


BANK_ACCOUNT = Seeker(
    _T.BANK_ACCOUNT,
    "hidden-account",
    rf"(?:{_BANK}|バンク).{{0,24}}\d{{5}}|記号 ?1\d{{4}}|(?:普通|当座|貯蓄).{{0,8}}\d{{6}}",
    _accounts,
    _said(_T.BANK_ACCOUNT),
    0.95,
)
IP_ADDRESS = Seeker(
    _T.IP_ADDRESS,
    "hidden-ip-address",
    r"ip.{0,12}\d\.\d",
    _labelled(_T.IP_ADDRESS, r"ip ?(?:アドレス|address)?", r"(?:\d{1,3}\.){3}\d{1,3}"),
    _said(_T.IP_ADDRESS),
    0.9,
)
POSTAL_CODE = Seeker(
    _T.POSTAL_CODE,
    "hidden-postal-code",
    r"(?:〒|郵便番号)[^0-9]{0,6}\d{3}",
    _labelled(_T.POSTAL_CODE, r"〒|郵便番号", r"\d{3}-?\d{4}"),
    _said(_T.POSTAL_CODE),
    0.8,
)
RESIDENCE_CARD = Seeker(
    _T.RESIDENCE_CARD_NUMBER,
    "hidden-residence-card",
    r"[a-z]{2}\d{8}[a-z]{2}",
    spans(_T.RESIDENCE_CARD_NUMBER, r"(?<![a-z0-9])[a-z]{2}\d{8}[a-z]{2}(?![a-z0-9])"),
    _said(_T.RESIDENCE_CARD_NUMBER),
    0.95,
)
_K = "[一二三四五六七八九十元〇]"
_DAY = (
    r"(?:(?:\d{4}|(?:明治|大正|昭和|平成|令和|[mtshr明大昭平令])\.?\s?(?:元|\d{1,2}))\s?"
    r"(?:年|[./\-])\s?\d{1,2}\s?(?:月|[./\-])\s?\d{1,2}日?"
    r"|[mtshr]\d{6}(?!\d)|(?:19|20)\d{6}(?!\d)"
    rf"|(?:明治|大正|昭和|平成|令和){_K}{{1,4}}年{_K}{{1,3}}月{_K}{{1,3}}日)"
)
_BIRTH_LABEL = re.compile(
    rf"(?:生年月日|誕生日|生まれは|(?<![一-龥])生(?=[mtshr明大昭平令\d]))"
    rf"[^\d\n明大昭平令mtshr。]{{0,14}}(?P<a>{_DAY})",
    re.IGNORECASE,
)
_BIRTH_TAIL = re.compile(rf"(?P<a>(?<!\d){_DAY})\s?生(?:まれ|れ)?(?![一-龥])", re.IGNORECASE)

_LONG_AGO = re.compile(
    rf"(?<!\d)(?P<a>(?:明治|大正|昭和|[mtsMTS明大昭]\.?(?=\d{{1,2}}[./年]))"
    rf"{_K[:-1]}\d]{{1,4}}[年./]{_K[:-1]}\d]{{1,3}}[月./]{_K[:-1]}\d]{{1,3}}日?|19[0-8]\d[年/.\-]\d{{1,2}}[月/.\-]\d{{1,2}}日?)"
    r"(?!\d|以[前後降]|から|まで|より|付|[にの](?:施行|制定|改正|建|竣工|設置|開設|完成|設立|創|開|締結|告示|公布|登記|決定|許可|認可|婚姻|転入|取得))",
)
_NO_BIRTH = re.compile(
    "施行|制定|改正|建築|建設|竣工|設置|開設|完成|設立|創立|創業|開館|開業|締結|協定|告示|公布|規格|年式|製造|発行日|適用|登記|許可|認可|登録日"
    "|昭和史|年表|開始|発足|制度|開通|合併|廃止|創刊|制作|記念|撮影|刊行|出版|発掘|指定文化|築"
)


_BESIDE = re.compile(rf"[ (]{{1,2}}(?P<a>(?<!\d){_DAY})(?=[)\s、。]|$)", re.IGNORECASE)
_RECENT = re.compile("令和|r|20(?:19|[2-9]\\d)", re.IGNORECASE)


def _births(text: str) -> list[Found]:
    found = [*_BIRTH_LABEL.finditer(text), *_BIRTH_TAIL.finditer(text)]
    if not _NO_BIRTH.search(text):
        found += _LONG_AGO.finditer(text)
    beside = [m for m in _BESIDE.finditer(text) if m[0][0] == "(" or not _RECENT.match(m["a"])]
    if beside:
        ends = {end for _, _, end in person_names(text)}
        found += [m for m in beside if m.start() in ends]
    return list(dict.fromkeys((_T.BIRTH_DATE, m.start("a"), m.end("a")) for m in found))


BIRTH_DATE = Seeker(
    _T.BIRTH_DATE,
    "hidden-birth-date",
    (
        r"生年月日|誕生日|生まれ|日生|\d生|生[mtshr明大昭平令\d]",
        r"[ (](?:平成|h|\d{4})\.?\d{0,2}[年./\-]\d{1,2}[月./\-]\d",
        r"(?:明治|大正|昭和|[mts])\.?[\d一二三四五六七八九十元]{1,3}[年./]|19[0-8]\d[年/.\-]\d",
    ),
    _births,
    _said(_T.BIRTH_DATE),
    0.93,
)
_DEATH = re.compile(
    rf"(?:死亡日|死亡年月日|命日|没年月日)(?:[:は(]|が)?\s?(?P<a>{_DAY})"
    rf"|(?P<b>{_DAY})\s?に?(?:死亡|逝去|永眠|他界|亡くな)",
    re.IGNORECASE,
)
DATE_OF_DEATH = Seeker(
    _T.DATE_OF_DEATH,
    "hidden-date-of-death",
    r"死亡|命日|没年|逝去|永眠|他界|亡くな",
    lambda text: [(_T.DATE_OF_DEATH, *m.span(m.lastgroup or 0)) for m in _DEATH.finditer(text)],
    _said(_T.DATE_OF_DEATH),
    0.9,
)
COORDINATES = Seeker(
    _T.COORDINATES,
    "hidden-coordinates",
    r"\d\.\d{3}",
    spans(
        _T.COORDINATES,
        r"(?<!\d)(?:2[0-9]|3\d|4[0-5])\.\d{3,8}[, 、]{1,3}1[2-5]\d\.\d{3,8}(?!\d)",
    ),
    _said(_T.COORDINATES),
    0.9,
)
_AROUND = re.compile(r"\(\?<?[!=][^()]*\)")
"""Looking around, which RE2 does not."""
PENSION_AFTER = Seeker(
    _T.BASIC_PENSION_NUMBER,
    "hidden-basic-pension-number",
    r"\d{4}-?\d{6}.{0,2}(?:基礎)?年金",
    spans(_T.BASIC_PENSION_NUMBER, r"(?<![\d\-])(?P<n>\d{4}-\d{6})[ (（]{0,2}(?:基礎)?年金", "n"),
    _said(_T.BASIC_PENSION_NUMBER),
    0.95,
)
"""With its label behind it."""
SEEKERS = (
    MY_NUMBER,
    PENSION_AFTER,
    DATE_OF_DEATH,
    COORDINATES,
    BANK_ACCOUNT,
    IP_ADDRESS,
    POSTAL_CODE,
    RESIDENCE_CARD,
    BIRTH_DATE,
    *(
        Seeker(
            type_,
            f"hidden-{type_.value.replace('_', '-')}",
            rf"(?:{_AROUND.sub('', cue)}).{{0,15}}?\d{{4}}",
            _labelled(type_, cue, number),
            _said(type_),
            0.95,
        )
        for type_, cue, number in _OTHERS
    ),
)
