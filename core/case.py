"""What a case (案件) says about itself, and whose its rows are."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core import column_types
from core.message import Message
from core.vocabulary import ColumnType, Role


class SubjectKind(StrEnum):
    """What the rows of a table are about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    DECEASED = "deceased"
    SOLE_PROPRIETOR = "sole_proprietor"
    ORGANISATION = "organisation"
    FACILITY = "facility"
    THING = "thing"
    EVENT = "event"
    COUNT = "count"
    MIXED = "mixed"
    UNKNOWN = "unknown"

    @property
    def of_people(self) -> bool:
        """Whether every row is about people, or may be: what is said of people holds."""
        return self in _OF_PEOPLE


_OF_PEOPLE = frozenset(map(SubjectKind, ("person", "household", "deceased", "mixed", "unknown")))


class RowsPerUnit(BaseModel):
    """How many rows a unit has."""

    model_config = ConfigDict(frozen=True)

    median: float
    max: int


class Unit(BaseModel):
    """The columns that tell whose row it is; without any, each row is a unit of its own."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[str, ...] = ()
    units: int
    rows_per_unit: RowsPerUnit


class Split(BaseModel):
    """How many rows are about individuals, how many about bodies, and how many tell neither."""

    model_config = ConfigDict(frozen=True)

    people: int
    bodies: int
    unclear: int


class Subject(BaseModel):
    """What a table is about, why it is thought so, and how sure that is (0–1)."""

    model_config = ConfigDict(frozen=True)

    kind: SubjectKind
    confidence: float
    evidence: tuple[Message, ...] = ()
    unit: Unit | None = None
    """None for a schema alone."""
    split: Split | None = None
    """Row by row, where a table holds both."""
    people_columns: tuple[str, ...] = ()
    """The columns that are about people; in a table of people, those that identify or describe."""
    corrected_by: str | None = None
    """Who said so instead of the detectors: `option`, `case`, `screen`, `conversation`."""

    @property
    def sure(self) -> bool:
        """Whether it may be said without asking."""
        return self.corrected_by is not None or self.confidence >= SURE


SURE = 0.8
"""Below this the desk asks before it says anything alarming."""


BodyType = Literal[
    "city",
    "ward",
    "town",
    "prefecture",
    "board",
    "union",
    "hospital",
    "university",
    "agency_hospital",
    "agency_university",
    "agency_research",
    "agency_other",
    "designated_manager",
    "assembly",
    "private",
]
"""`hospital` and `university` are run directly; `agency_…` is a local independent administrative
agency, by its purpose; `board` is a board of education or another executive organ; `union` is an
association of municipalities."""


class Contractor(BaseModel):
    """Whether work is outsourced, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    used: bool | None = None
    recontract: bool | None = None
    selection: str | None = None


class ColumnCorrection(BaseModel):
    """What a person says a column is, instead of the detectors; None: as they say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ColumnType | None = None
    role: Role | None = None

    @field_validator("type", mode="before")
    @classmethod
    def _named(cls, said: Any) -> Any:
        """A type may be written as people call it (電話番号)."""
        return (column_types.named(said) or said) if isinstance(said, str) else said


class CaseFacts(BaseModel):
    """A case's own description. Everything is optional: what is missing is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    number: str | None = None
    case_date: date | None = None
    body_type: BodyType | None = None
    purpose: str | None = None
    legal_ground: str | None = None
    recipients: tuple[str, ...] = ()
    contractor: Contractor = Field(default_factory=Contractor)
    server_country: str | None = None
    headcount: int | None = Field(default=None, ge=0)
    staff: int | None = Field(default=None, ge=0)
    incident_last_year: bool | None = None
    uses_my_number: bool | None = None
    consent: Literal["opt_in", "opt_out", "none"] | None = None
    retention: str | None = None
    subject: SubjectKind | None = None
    """What the rows of the data are about, where a person said so instead of the detectors."""
    unit: tuple[str, ...] = ()
    """The columns that tell whose row it is, likewise."""
    columns: dict[str, ColumnCorrection] = Field(default_factory=dict)
    """What single columns are, likewise, by their names."""
    sources: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.model_dump_json())
