"""Whose a row is: the subject of a table and its unit. Law, risk and sentences are about these."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from core.message import Message


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


_OF_PEOPLE = frozenset(
    {
        SubjectKind.PERSON,
        SubjectKind.HOUSEHOLD,
        SubjectKind.DECEASED,
        SubjectKind.MIXED,
        SubjectKind.UNKNOWN,
    }
)


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
