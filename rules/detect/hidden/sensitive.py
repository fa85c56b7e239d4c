"""Statements about health, disability, welfare, crime, protection and belief."""

import re
from collections.abc import Callable

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker
from rules.detect.values.people import words

_T = ColumnType
_PUBLIC = re.compile(
    r"講座|講演|啓発|予防|対策|パンフ|ポスター|チラシ|ちらし|案内"
    r"|月間|週間|協会|研修|制度|係|課|室|窓口|センター|サポーター"
    r"|条例|法第|"
    r"教室|検診|セミナー|周知|相談会|計画|事業|支部|物|情報|発生|復旧|対応"
)
"""Words that follow a topic where the text is about an office, a service or an event."""


def _about_a_person(type_: ColumnType, pattern: str) -> Callable[[str], list[Found]]:
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(text: str) -> list[Found]:
        return [
            (type_, m.start(), m.end())
            for m in compiled.finditer(text)
            if not _PUBLIC.match(text, m.end())
        ]

    return find


def _seeker(
    type_: ColumnType, cheap: str, pattern: str, ja: str, en: str, weight: float = 0.92
) -> Seeker:
    return Seeker(
        type_,
        f"hidden-{type_.value.replace('_', '-')}",
        cheap,
        _about_a_person(type_, pattern),
        Message(ja=f"{ja}が書かれています", en=f"{en} stands here"),
        weight,
    )


_DISEASES = "|".join(
    sorted((re.escape(w.lower()) for w in words("diseases")), key=len, reverse=True)
)
_ILL = (
    r"[一-龥ァ-ヶー]{1,8}(?:病|症候群|症|がん|癌|肉腫|炎)(?=(?:の|で"
    r"|を|に|が|のため|により)?(?:治療|診断|通院|入院|手術|罹患|療養"
    r"|発症|既往|疑い|患|服薬|投薬))"
)
DISEASE = _seeker(
    _T.DISEASE,
    rf"{_DISEASES}|病|症|陽性|がん|癌|炎",
    rf"(?:{_DISEASES})(?![ァ-ヶー])|{_ILL}|陽性(?:者|患者|判定|と判明)",
    "病気に関すること",
    "a statement about illness",
)
MEDICAL_CARE = _seeker(
    _T.MEDICAL_CARE,
    r"通院|入院|服薬|投薬|透析|手術|要介護|要支援|妊娠|流産|受診|療養|介護認定",
    r"(?:通院|入院|療養|服薬|妊娠|加療)中|(?:手術|投薬|透析)(?:を"
    r"|中)|要(?:介護|支援)[1-5一二三四五]|(?:精神科|心療内科|産婦人科"
    r"|泌尿器科)[にをへで]",
    "診療や介護に関すること",
    "a statement about treatment or care",
    0.9,
)
DISABILITY = _seeker(
    _T.DISABILITY,
    r"障害|障がい|障碍|療育手帳|愛の手帳|みどりの手帳|車いす|手帳",
    r"(?:身体|知的|精神|発達|視覚|聴覚|内部|肢体|言語|重度|軽度|視力"
    r"|歩行)に?(?:障害|障がい|障碍)(?:者(?:保健福祉)?手帳|者|児|があ"
    r"|を有|のため|で)?"
    r"|(?:障害|障がい)(?:者手帳|等級|基礎年金|年金|支援区分|があ"
    r"|を有|を持|をもつ|の程度)|(?:療育|愛の|みどりの|身体障害者"
    r"|精神)手帳|身障手帳",
    "障害に関すること",
    "a statement about a disability",
)
WELFARE = _seeker(
    _T.WELFARE,
    r"生活保護|生保|被保護|生活困窮|扶助|就学援助",
    r"生活保護(?:を|の受給|の開始|の廃止|受給|世帯|費|中)|生保(?:受給"
    r"|世帯|を|中)|被保護(?:者|世帯)|生活に?困窮(?:し|者|状態)|(?:医療"
    r"|住宅|生活|介護)扶助(?:を|費|受給)|就学援助(?:を|受給|世帯)",
    "生活保護等に関すること",
    "a statement about welfare",
    0.91,
)
SUPPORT_MEASURE = _seeker(
    _T.SUPPORT_MEASURE,
    r"支援措置|dv|ストーカー|暴力|閲覧制限|避難|シェルター|接近禁止|保護命令",
    r"支援措置|(?<![a-z])dv(?![a-z])|ストーカー|(?:配偶者|夫|妻|元夫"
    r"|元妻|交際相手|父|母)(?:から|による|の)の?暴力|閲覧制限|(?:身を寄せ"
    r"|避難)て?い?(?:る|中)|シェルター|接近禁止|保護命令",
    "暴力からの保護に関すること",
    "a statement about protection from violence",
    0.97,
)
CRIMINAL_RECORD = _seeker(
    _T.CRIMINAL_RECORD,
    r"前科|前歴|逮捕|服役|有罪|起訴|実刑|執行猶予|刑務所|少年院|保護観察"
    r"|犯歴|犯罪歴|送検|勾留|窃盗|詐欺|傷害事件|覚醒剤|薬物|補導"
    r"|受刑",
    r"前科|前歴(?:あり|が)|逮捕(?:歴|され)?|服役|有罪|(?:不)?起訴(?:され"
    r"|処分)?|実刑|執行猶予|刑務所|少年院|保護観察|犯歴|犯罪歴|書類送検"
    r"|勾留|(?:窃盗|詐欺|傷害|恐喝|横領)(?:罪|事件|で(?:有罪|逮捕"
    r"|起訴))|覚醒剤|薬物(?:使用|所持)|補導(?:歴|され)|受刑",
    "犯罪の経歴等に関すること",
    "a statement about a criminal record",
    0.95,
)
CRIME_VICTIM = _seeker(
    _T.CRIME_VICTIM,
    r"虐待|被害|暴行|いじめ",
    r"(?:児童|高齢者|身体的|性的|心理的)?虐待(?:を|の疑い|され|歴"
    r"|通告|が)|(?:性|犯罪|暴行|詐欺|盗難|ひき逃げ)被害(?:を|に|者)?"
    r"|被害(?:に遭|を受け|届を)|暴行を受け|いじめ(?:を受け|の被害"
    r"|に遭)",
    "被害を受けたこと",
    "a statement about having been a victim",
    0.94,
)
CREED = _seeker(
    _T.CREED,
    r"信者|宗教|信仰|入信|党員|支持政党|支持者|教会|改宗|創価|エホバ"
    r"|イスラム|ムスリム|組合活動|思想",
    r"信者|(?:宗教|信仰)(?:上の理由|を理由|を持|に入)|入信|[一-龥]{1,4}党員"
    r"|支持政党|改宗|創価学会|エホバの証人|イスラム教徒?|ムスリム"
    r"|キリスト教徒|組合活動家|(?:政治|過激)思想",
    "信条に関すること",
    "a statement about belief",
)
SOCIAL_STATUS = _seeker(
    _T.SOCIAL_STATUS,
    r"部落|同和|非嫡出|アイヌ|在日|帰化|元受刑",
    r"(?:被差別)?部落(?:出身|の出)|同和地区(?:出身|の)|非嫡出子?"
    r"|アイヌ(?:民族|の血|出身)|在日(?:韓国|朝鮮|[一-龥]{1,3}人)"
    r"|帰化し",
    "社会的身分や出自に関すること",
    "a statement about social status or origin",
    0.95,
)
SEEKERS = (
    DISEASE,
    MEDICAL_CARE,
    DISABILITY,
    WELFARE,
    SUPPORT_MEASURE,
    CRIMINAL_RECORD,
    CRIME_VICTIM,
    CREED,
    SOCIAL_STATUS,
)
