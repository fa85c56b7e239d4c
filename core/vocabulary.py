"""The closed vocabularies of the product. Their values are the JSON contract."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

COLUMN_TYPES = Path(__file__).parents[1] / "column_types"
"""One file for each type of column; see `core.column_types`."""
_TYPES = sorted(path.stem for path in COLUMN_TYPES.glob("*.yaml"))


class ColumnType(StrEnum):
    """What a column holds; the closed list of the JSON contract.

    It has one member for each file of `column_types/`, in alphabetical order. The names below are
    for the type checker: those that code calls by name.
    """

    if TYPE_CHECKING:
        PERSON_NAME = "person_name"
        PERSON_NAME_KANA = "person_name_kana"
        ADDRESS = "address"
        POSTAL_CODE = "postal_code"
        MUNICIPALITY_CODE = "municipality_code"
        BIRTH_DATE = "birth_date"
        DATE = "date"
        AGE = "age"
        AGE_BAND = "age_band"
        SEX = "sex"
        NATIONALITY = "nationality"
        PHONE = "phone"
        EMAIL = "email"
        MY_NUMBER = "my_number"
        RESIDENT_RECORD_CODE = "resident_record_code"
        RESIDENT_ID = "resident_id"
        HOUSEHOLD_ID = "household_id"
        BASIC_PENSION_NUMBER = "basic_pension_number"
        DRIVERS_LICENSE_NUMBER = "drivers_license_number"
        PASSPORT_NUMBER = "passport_number"
        RESIDENCE_CARD_NUMBER = "residence_card_number"
        INSURER_NUMBER = "insurer_number"
        INSURED_PERSON_NUMBER = "insured_person_number"
        EMPLOYMENT_INSURANCE_NUMBER = "employment_insurance_number"
        DISABILITY_CERTIFICATE_NUMBER = "disability_certificate_number"
        STUDENT_NUMBER = "student_number"
        BANK_ACCOUNT = "bank_account"
        CREDIT_CARD = "credit_card"
        MAC_ADDRESS = "mac_address"
        DEVICE_ID = "device_id"
        COOKIE_ID = "cookie_id"
        COORDINATES = "coordinates"
        IP_ADDRESS = "ip_address"
        VEHICLE_NUMBER = "vehicle_number"
        CORPORATE_NUMBER = "corporate_number"
        HOUSEHOLD_RELATION = "household_relation"
        OCCUPATION = "occupation"
        EMPLOYER = "employer"
        INCOME = "income"
        TAX = "tax"
        WELFARE = "welfare"
        DISEASE = "disease"
        DISABILITY = "disability"
        MEDICAL_CARE = "medical_care"
        CRIMINAL_RECORD = "criminal_record"
        CRIME_VICTIM = "crime_victim"
        SUPPORT_MEASURE = "support_measure"
        DATE_OF_DEATH = "date_of_death"
        CREED = "creed"
        RACE = "race"
        SOCIAL_STATUS = "social_status"
        BIOMETRIC = "biometric"
        GENETIC = "genetic"
        URL = "url"
        FREE_TEXT = "free_text"
        CATEGORY = "category"
        QUANTITY = "quantity"
        SEQUENCE_NUMBER = "sequence_number"
        FLAG = "flag"
        FACILITY = "facility"
        UNKNOWN = "unknown"
    else:
        vars().update({name.upper(): name for name in _TYPES})


class Role(StrEnum):
    """What a column does to the people in the table."""

    DIRECT_IDENTIFIER = "direct_identifier"
    QUASI_IDENTIFIER = "quasi_identifier"
    SENSITIVE = "sensitive"
    OTHER = "other"


class LegalCategory(StrEnum):
    """Which legal category a column touches. A column may have several."""

    PERSONAL_INFORMATION = "personal_information"
    IDENTIFICATION_CODE = "identification_code"
    SPECIAL_CARE = "special_care"
    SPECIFIC_PERSONAL = "specific_personal"
    ORDINANCE_SPECIAL_CARE = "ordinance_special_care"
    SENSITIVE_UNLISTED = "sensitive_unlisted"
    STATISTICAL_ONLY = "statistical_only"


class CellKind(StrEnum):
    """Why a cell is unusual (特異なデータ)."""

    RARE_VALUE = "rare_value"
    RARE_COMBINATION = "rare_combination"
    OUTLIER = "outlier"
    FORMAT_BREAK = "format_break"
    CHECK_DIGIT_BREAK = "check_digit_break"
    WIDTH_MISMATCH = "width_mismatch"
    HIDDEN_PERSONAL_DATA = "hidden_personal_data"
    UNDECLARED_VALUE = "undeclared_value"
    MISSING_CODE = "missing_code"


class SchemaCheckKind(StrEnum):
    """How schema and data disagree."""

    ABSENT = "absent"
    UNDECLARED = "undeclared"
    TYPE = "type"
    LENGTH = "length"
    VALUE = "value"
    REQUIRED = "required"


class Severity(StrEnum):
    """How much a finding matters; `order` sorts the gravest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def order(self) -> int:
        """0 for the gravest.

        >>> sorted([Severity.INFO, Severity.HIGH], key=lambda s: s.order)[0].value
        'high'
        """
        return list(Severity).index(self)


class Operation(StrEnum):
    """What a plan can do to one column."""

    KEEP = "keep"
    DROP = "drop"
    GENERALIZE = "generalize"
    BAND = "band"
    TRUNCATE = "truncate"
    TOP_CODE = "top_code"
    BOTTOM_CODE = "bottom_code"
    ROUND = "round"
    SUPPRESS_CELLS = "suppress_cells"
    MICROAGGREGATE = "microaggregate"
    PSEUDONYMIZE = "pseudonymize"
    NOISE = "noise"


class Status(StrEnum):
    """How far a statement of law was checked. UNVERIFIED is never cited."""

    VERIFIED_TEXT = "VERIFIED-TEXT"
    VERIFIED_OFFICIAL = "VERIFIED-OFFICIAL"
    VERIFIED_SECONDARY = "VERIFIED-SECONDARY"
    SEED_ONLY = "SEED-ONLY"
    UNVERIFIED = "UNVERIFIED"
