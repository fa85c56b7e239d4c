"""Tables leave the desk with their certificate, or with a recorded override, or not at all."""

import hashlib
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from anonymizer.tables.formats import check_format, encode
from anonymizer.tables.render import Leaving
from core import PlanError, UsageError


class Override(BaseModel):
    """Someone's decision to publish although an audit failed: who, why, and on which day.

    >>> Override.record("課長", " 既に公表済み ").reason
    '既に公表済み'
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    on: date = Field(default_factory=date.today)

    @classmethod
    def record(cls, by: str, reason: str) -> Self:
        """The decision, from what a person typed. Raises UsageError if a part of it is blank."""
        if not by.strip() or not reason.strip():
            raise UsageError.of(
                "tables.override",
                ja="点検に合格しない表を書き出すには、決めた人と、公表する理由の両方を"
                "記入してください。",
                en="To write a table that fails an audit, state both who decided and the reason "
                "for publishing it.",
            )
        return cls(by=by, reason=reason)


def certificate(
    protected: Leaving, content: bytes, override: Override | None = None, file: str = ""
) -> dict[str, Any]:
    """What may be shown beside the published tables: no true value and no price.

    The sum of the withheld cells would be one more equation for the reader, and the list of
    primary cells tells which are small; neither is here. `content` is the file that leaves.

    Raises:
        PlanError: an audit failed and nobody took the decision.
    """
    if not protected.passed and override is None:
        failed = ", ".join(n for n, r in protected.audits.items() if not r.passed)
        raise PlanError.of(
            "tables.not_certified",
            ja=f"点検（{failed}）に合格していないため書き出せません。分類をまとめるなどして"
            "やり直すか、公表する理由と決めた人を記録してください。",
            en=f"The table cannot leave: an audit failed ({failed}). Collapse categories and try "
            "again, or record the reason for publishing it and who decided.",
        )
    return {
        "passed": protected.passed,
        "override": override.model_dump(mode="json") if override and not protected.passed else None,
        "file": file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "rule": protected.rule.model_dump(mode="json", exclude_none=True),
        "method": getattr(protected, "method", "suppress"),
        "zeros": protected.zeros,
        "withheld": int(protected.suppressed.sum()),
        "tables": [{"name": t.name, "notes": list(t.notes)} for t in protected.system.tables],
        "audits": {
            name: {"passed": r.passed, "knows": r.knows.model_dump(), "readers": r.readers}
            for name, r in protected.audits.items()
        },
        "statements": [message.model_dump() for message in protected.statements()],
        "legend": protected.legend.model_dump(),
    }


def certificate_path(path: "str | Path") -> Path:
    """Where a table's certificate goes if nothing else is said.

    >>> certificate_path("table.csv").name
    'table.certificate.json'
    """
    return Path(path).with_suffix(".certificate.json")


def export(
    protected: Leaving,
    path: "str | Path",
    *,
    override: Override | None = None,
    certificate_to: "str | Path | None" = None,
) -> tuple[Path, Path]:
    """Write the tables (by the ending of `path`) and their certificate: both, or nothing.

    Files are written beside their place and renamed. Raises PlanError as `certificate` does, and
    UsageError for an ending that cannot be written.
    """
    target = Path(path)
    proof = Path(certificate_to) if certificate_to else certificate_path(target)
    check_format(target.suffix, len(protected.system.tables))
    content = encode(protected, target.suffix)
    statement = certificate(protected, content, override, target.name)
    document = json.dumps(statement, ensure_ascii=False, indent=1).encode()
    waiting: list[tuple[Path, Path]] = []
    try:
        for final, data in ((target, content), (proof, document)):
            handle, beside = tempfile.mkstemp(dir=final.parent, prefix=".", suffix=".part")
            waiting.append((Path(beside), final))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        for beside_path, final in waiting:
            beside_path.replace(final)
    finally:
        for beside_path, _ in waiting:
            beside_path.unlink(missing_ok=True)
    return target, proof
