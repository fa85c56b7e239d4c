"""Words that by themselves tell what a column is about: levels of care, schools, trades.

Other words in such a column say nothing against it, so a name is never doubted for them.
"""

from core import ColumnType, Message
from rules.detect.profile import Mask, Profile
from rules.detect.values.base import Recogniser, pattern
from rules.detect.values.people import words

_T = ColumnType
_NOTE = r"(?:\(.{1,12}\))?"
_TRADES = (
    "会社員|会社役員|公務員|団体職員|自営業主?|自由業|農業|漁業|林業|農林漁業|無職|主婦|専業主婦"
    r"|主婦\(夫\)|学生|パート|パート・アルバイト|アルバイト|派遣社員|契約社員|正社員|医師|看護師"
    "|介護職員?|教員|教師|保育士|運転手|調理師|建設業|製造業|小売業|サービス業|年金生活者?|年金受給者"
    "|求職中|休職中"
)
_CERTIFICATE = r"(?:身体障?害?者?|身障|知的障?害?者?|精神障?害?者?|療育|愛の手帳)"


def _diseases(profile: Profile) -> Mask:
    named = "|".join(sorted(words("diseases"), key=len, reverse=True)).lower()
    return profile.matches(rf"^(?:{named}){_NOTE}$")


CARE_LEVEL = Recogniser(
    _T.MEDICAL_CARE,
    Message(ja="要介護・要支援の区分", en="levels of long-term care"),
    pattern(
        r"^要(?:介護度?|支援度?) ?[1-5一二三四五]$|^(?:要介護|要支援|経過的要介護|事業対象者)$"
    ),
    alone=0.93,
    at_least=0.6,
)
DISABILITY_GRADE = Recogniser(
    _T.DISABILITY,
    Message(ja="障害の等級や種別", en="grades or kinds of disability"),
    pattern(
        rf"^{_CERTIFICATE}(?:手帳)?[ ・:]?(?:[1-7一二三四五六七]|[abマル]{{1,4}}[12]?)[級度種]?$",
        r"^(?:身体|知的|精神|発達|視覚|聴覚|内部|肢体|重複|言語)障(?:害|がい)[者児]?$",
        r"^肢体不自由$",
    ),
    alone=0.9,
    at_least=0.6,
)
DISEASE = Recogniser(
    _T.DISEASE,
    Message(ja="病名に見える値", en="names of diseases"),
    _diseases,
    alone=0.88,
    at_least=0.6,
)
WELFARE = Recogniser(
    _T.WELFARE,
    Message(ja="扶助や保護の区分", en="kinds of public assistance"),
    pattern(
        r"^(?:生活|住宅|教育|医療|介護|出産|生業|葬祭)扶助(?:のみ)?$",
        r"^(?:生活保護|保護中|被保護|要保護|準要保護|保護受給中|受給中\(生保\))$",
    ),
    alone=0.9,
    at_least=0.6,
)
SCHOOL = Recogniser(
    _T.SCHOOL,
    Message(ja="学校や園の名", en="names of schools or nurseries"),
    pattern(
        r"^.{1,20}(?:小学校|中学校|高等学校|高校|大学|支援学校|義務教育学校)$",
        r"^.{1,20}(?:幼稚園|保育園|保育所|こども園)$",
        r"^(?:保育園|幼稚園|こども園|小学校|中学校|高校|大学)[1-6]?年?生?$",
    ),
    alone=0.85,
    at_least=0.85,
)
FACILITY = Recogniser(
    _T.FACILITY,
    Message(ja="施設の名", en="names of facilities"),
    pattern(
        r"^.{1,20}(?:病院|医院|診療所|クリニック|薬局|図書館|公民館|体育館|市民センター|保健センター|支所|出張所|事務所|ステーション|老人ホーム|デイサービス|避難所|コミュニティセンター)$"
    ),
    alone=0.82,
    at_least=0.85,
)
EMPLOYER = Recogniser(
    _T.EMPLOYER,
    Message(ja="会社や団体の名", en="names of companies"),
    pattern(r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|協同組合|社会福祉法人|医療法人)"),
    alone=0.8,
    at_least=0.7,
)
OCCUPATION = Recogniser(
    _T.OCCUPATION,
    Message(ja="職業の名", en="names of occupations"),
    pattern(rf"^(?:{_TRADES})$"),
    alone=0.86,
    at_least=0.6,
)
TAX = Recogniser(
    _T.TAX,
    Message(ja="課税の区分", en="kinds of taxation"),
    pattern(
        r"^(?:課税|非課税|均等割(?:のみ)?(?:課税)?|所得割課税|未申告|未課税|全額免除|特別徴収|普通徴収|特徴|普徴)$"
    ),
    alone=0.85,
    at_least=0.8,
)
VOCABULARIES = (
    CARE_LEVEL,
    DISABILITY_GRADE,
    DISEASE,
    WELFARE,
    SCHOOL,
    FACILITY,
    EMPLOYER,
    OCCUPATION,
    TAX,
)
