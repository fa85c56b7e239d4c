"""Numbers issued to people, companies and municipalities."""

import numpy as np

from core import ColumnType, Message
from rules.detect import checksums
from rules.detect.profile import Mask, Profile
from rules.detect.values.base import Recogniser, checked, digits, pattern

_T = ColumnType


def _insurer(profile: Profile) -> Mask:
    return checked(8, checksums.double_add)(profile) | checked(6, checksums.double_add)(profile)


MY_NUMBER = Recogniser(
    _T.MY_NUMBER,
    Message(
        ja="12桁で個人番号の検査数字に合う値",
        en="12 digits that pass the Individual Number's check",
    ),
    checked(12, checksums.my_number),
    alone=0.97,
    at_least=0.85,
    shape=digits(12),
    chance=0.10,
)
DRIVERS_LICENSE = Recogniser(
    _T.DRIVERS_LICENSE_NUMBER,
    Message(
        ja="12桁で免許証番号の検査数字に合う値",
        en="12 digits that pass the driving licence's check",
    ),
    checked(12, checksums.drivers_license),
    alone=0.9,
    at_least=0.9,
    shape=digits(12),
    chance=0.10,
)
CORPORATE_NUMBER = Recogniser(
    _T.CORPORATE_NUMBER,
    Message(
        ja="13桁で法人番号の検査数字に合う値", en="13 digits that pass the corporate number's check"
    ),
    checked(13, checksums.corporate_number),
    alone=0.97,
    at_least=0.85,
    shape=digits(13),
    chance=0.11,
)
RESIDENT_RECORD_CODE = Recogniser(
    _T.RESIDENT_RECORD_CODE,
    Message(
        ja="11桁で住民票コードの検査数字（候補の式）に合う値",
        en="11 digits that pass the resident record code's check (a candidate rule)",
    ),
    checked(11, checksums.resident_record_code),
    alone=0.85,
    at_least=0.9,
    shape=digits(11),
    chance=0.10,
)
MUNICIPALITY_CODE = Recogniser(
    _T.MUNICIPALITY_CODE,
    Message(
        ja="6桁で団体コードの検査数字に合う値",
        en="6 digits that pass the municipality code's check",
    ),
    checked(6, checksums.municipality_code),
    alone=0.92,
    at_least=0.95,
    shape=digits(6),
    chance=0.05,
)
INSURER_NUMBER = Recogniser(
    _T.INSURER_NUMBER,
    Message(ja="保険者番号の検査数字に合う値", en="digits that pass the insurer number's check"),
    _insurer,
    shape=pattern(r"^\d{8}$", r"^\d{6}$"),
    chance=0.10,
)
CREDIT_CARD = Recogniser(
    _T.CREDIT_CARD,
    Message(
        ja="カード番号の検査数字に合う値", en="digits that pass the card number's check (Luhn)"
    ),
    lambda p: checked(16, checksums.double_add)(p) | checked(15, checksums.double_add)(p),
    alone=0.93,
    at_least=0.9,
    shape=lambda p: digits(16)(p) | digits(15)(p),
    chance=0.10,
)
BASIC_PENSION_NUMBER = Recogniser(
    _T.BASIC_PENSION_NUMBER,
    Message(ja="基礎年金番号の形（4桁-6桁）", en="the form of a pension number (4-6 digits)"),
    pattern(r"^\d{4}-\d{6}$"),
    alone=0.85,
    at_least=0.95,
    shape=pattern(r"^\d{4}-?\d{6}$"),
)
RESIDENCE_CARD_NUMBER = Recogniser(
    _T.RESIDENCE_CARD_NUMBER,
    Message(ja="在留カード番号の形", en="the form of a residence card number"),
    pattern(r"^[a-z]{2}\d{8}[a-z]{2}$"),
    alone=0.93,
    at_least=0.9,
)
PASSPORT_NUMBER = Recogniser(
    _T.PASSPORT_NUMBER,
    Message(ja="旅券番号の形", en="the form of a passport number"),
    pattern(r"^[a-z]{2}\d{7}$"),
    alone=0.8,
    at_least=0.95,
)
EMPLOYMENT_INSURANCE_NUMBER = Recogniser(
    _T.EMPLOYMENT_INSURANCE_NUMBER,
    Message(
        ja="雇用保険の番号の形（4桁-6桁-1桁）",
        en="the form of an employment insurance number (4-6-1)",
    ),
    pattern(r"^\d{4}-\d{6}-\d$"),
    alone=0.93,
    at_least=0.9,
    shape=pattern(r"^\d{4}-?\d{6}-?\d$"),
)
BANK_ACCOUNT = Recogniser(
    _T.BANK_ACCOUNT,
    Message(ja="口座番号の形", en="the form of an account number"),
    pattern(
        r"^(?:.{1,20}(?:銀行|信用金庫|信金|農協|ゆうちょ).{0,30})?(?:普通|当座|貯蓄)?[ :]?\d{6,8}$",
        r"^1\d{4}-\d{1,8}1?$",
        r"^\d{4}-?\d{3}-?(?:\d-?)?\d{7}$",
    ),
)
BANK_IN_WORDS = Recogniser(
    _T.BANK_ACCOUNT,
    Message(ja="金融機関名の付いた口座番号", en="an account number with the bank's name"),
    pattern(r"(?:銀行|信用金庫|信金|信用組合|農協|ゆうちょ|労働金庫).{0,30}\d{5,8}$"),
    alone=0.93,
    at_least=0.8,
)
VEHICLE_NUMBER = Recogniser(
    _T.VEHICLE_NUMBER,
    Message(ja="車のナンバーの形", en="the form of a number plate"),
    pattern(
        r"^[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,4} ?\d{1,2}[0-9a-z]? ?"
        r"[\p{Hiragana}a-z] ?[\d・.\-]{1,5}$"
    ),
    alone=0.95,
    at_least=0.8,
)
_OWN_CHECK_DISTINCT = 12
_OWN_CHECK_RATIO = 0.95


def own_check_digit(type_: ColumnType, profile: Profile) -> Recogniser | None:
    """A recogniser for 宛名番号 or 世帯番号 where this column follows the modulus 11.

    Only newly issued numbers follow it, so the column itself must show it: its ruling length
    passes in at least 95 % of the rows, which no dozen of arbitrary numbers does.
    """
    numbers = profile.matches(r"^\d{5,15}$") & profile.present
    if profile.ratio(numbers) < _OWN_CHECK_RATIO or numbers.sum() < _OWN_CHECK_DISTINCT:
        return None
    lengths = profile.lengths[numbers]
    length = int(np.bincount(lengths, weights=profile.counts[numbers]).argmax())
    read = checked(length, checksums.modulus_11)
    if profile.ratio(read(profile)) < _OWN_CHECK_RATIO:
        return None
    looks = Message(
        ja=f"{length}桁でモジュラス11の検査数字に合う値",
        en=f"{length} digits that pass the modulus 11 check",
    )
    return Recogniser(type_, looks, read, shape=digits(length), chance=0.10)


RECOGNISERS = (
    MY_NUMBER,
    DRIVERS_LICENSE,
    CORPORATE_NUMBER,
    RESIDENT_RECORD_CODE,
    MUNICIPALITY_CODE,
    INSURER_NUMBER,
    CREDIT_CARD,
    BASIC_PENSION_NUMBER,
    RESIDENCE_CARD_NUMBER,
    PASSPORT_NUMBER,
    EMPLOYMENT_INSURANCE_NUMBER,
    BANK_ACCOUNT,
    BANK_IN_WORDS,
    VEHICLE_NUMBER,
)
