"""What a case (案件) says about itself, beside its data."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.subject import SubjectKind

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
    sources: tuple[str, ...] = ()
