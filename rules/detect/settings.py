"""The thresholds of an inspection. None of them is in the law: they are the office's choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core import ColumnCorrection, SubjectKind


@dataclass(frozen=True)
class Settings:
    """What an administrator may set; the defaults are common working values."""

    rare_count: int = 2
    """A value or combination held by fewer rows than this is rare (1 = alone)."""
    cells_limit: int | None = 200
    """How many unusual cells are listed (None: all); the rest is counted in the totals."""
    ordinance_special_care: tuple[str, ...] = ()
    """Column names that the local ordinance designates (条例要配慮個人情報)."""
    quasi: tuple[str, ...] | None = None
    """Quasi-identifiers chosen by a person instead of by the detectors."""
    subject: SubjectKind | None = None
    """What the rows are about, where a person said so."""
    unit: tuple[str, ...] | None = None
    """The columns that tell whose row it is, where a person said so."""
    columns: Mapping[str, ColumnCorrection] = field(default_factory=dict)
    """What single columns are, where a person said so."""
    said_by: str | None = None
    """How they said it: `option`, `case`, `screen`, `conversation`."""
    sample: int = 2_000
    """Distinct values looked at to choose which detectors read the whole column."""
