"""Tables leave the desk with their certificate, or with a recorded override, or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from anonymizer.tables.render import Printed, render
from anonymizer.tables.result import Protected
from core import Message, PlanError


class Override(BaseModel):
    """Someone's decision to publish although an audit failed."""

    model_config = ConfigDict(frozen=True)

    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)


def certificate(
    protected: Protected, printed: Sequence[Printed], override: Override | None = None
) -> dict[str, Any]:
    """What may be shown beside the published tables: no true value and no price.

    The sum of the withheld cells would be one more equation for the reader, and the list of
    primary cells tells which are small; neither is here.

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
        "override": override.model_dump() if override else None,
        "rule": protected.rule.model_dump(mode="json", exclude_none=True),
        "zeros": protected.zeros,
        "withheld": int(protected.suppressed.sum()),
        "tables": [
            {
                "name": p.name,
                "sha256": hashlib.sha256(p.to_csv()).hexdigest(),
                "notes": list(p.notes),
            }
            for p in printed
        ],
        "audits": {
            name: {"passed": r.passed, "knows": r.knows.model_dump(), "readers": r.readers}
            for name, r in protected.audits.items()
        },
        "legend": Message(
            ja="X は秘匿した値、- は 0 を示します。",
            en="X is a withheld value, - is zero.",
        ).model_dump(),
    }


def export(
    protected: Protected, directory: "str | Path", *, override: Override | None = None
) -> tuple[Path, ...]:
    """Write each table as CSV and one `certificate.json`; all of them, or none.

    Files are written beside their place and renamed. Raises PlanError as `certificate` does.
    """
    printed = render(protected)
    statement = certificate(protected, printed, override)
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"table{i}.csv": p.to_csv() for i, p in enumerate(printed, 1)}
    contents["certificate.json"] = json.dumps(statement, ensure_ascii=False, indent=1).encode()
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            handle, beside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
            waiting.append((Path(beside), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for beside_path, final in waiting:
            beside_path.replace(final)
    finally:
        for beside_path, _ in waiting:
            beside_path.unlink(missing_ok=True)
    return tuple(final for _, final in waiting)
