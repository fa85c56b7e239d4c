"""What a case (案件) says about itself, beside its data."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core import column_types
from core.subject import SubjectKind
from core.vocabulary import ColumnType, Role

BodyType = Literal["city", "ward", "town", "prefecture", "hospital", "university", "assembly"]


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
