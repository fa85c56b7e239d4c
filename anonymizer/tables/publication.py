"""Tables leave as CSV, XLSX or JSON with their certificate, or with a recorded override, or not."""

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from anonymizer.release.write import neutral
from anonymizer.tables.disclosure_audit import Audited
from anonymizer.tables.sources import words
from anonymizer.tables.specification import TableSpec, codes_of, problem
from core import Message, PlanError, UsageError

WITHHELD, ZERO = "X", "-"
_SHEET_LIMIT = 31
"""Characters of a worksheet's name that Excel allows."""
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True)
class Printed:
    """One table as text: a header and rows, notes below; the last `values` columns hold values."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    values: int
    legend: Message


def render(protected: Audited) -> tuple[Printed, ...]:
    """Every table as it may be printed; two dimensions as a cross table, others as a list."""
    return tuple(_print(protected, number) for number in range(len(protected.system.tables)))


def _print(protected: Audited, number: int) -> Printed:
    spec, place = protected.system.tables[number], protected.system.places[number]
    if len(spec.dims) != 2:
        header, rows = _listed(protected, number)
        return Printed(spec.name, header, rows, spec.notes, 1, protected.legend)
    down, across = (codes_of(d) for d in spec.dims)
    names = _names(spec)
    corner = words()["corner"].format(rows=names[0], columns=names[1])
    texts = np.array(_texts(protected, number), dtype=object).reshape(place.shape)
    rows = tuple((code, *line) for code, line in zip(down, texts.tolist(), strict=True))
    header = (corner, *across)
    return Printed(spec.name, header, rows, spec.notes, len(across), protected.legend)


def _listed(protected: Audited, number: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header of a list of cells, and a row for each of them."""
    spec = protected.system.tables[number]
    rows = zip(spec.combinations(), _texts(protected, number), strict=True)
    header = (*_names(spec), words()["count" if spec.is_count else "value"])
    return header, tuple((*codes, text) for codes, text in rows)


def _texts(protected: Audited, number: int) -> list[str]:
    """Every cell of a table as it is printed."""
    place = protected.system.places[number].ravel()
    cells = zip(protected.suppressed[place], protected.system.values[place].tolist(), strict=True)
    zero = ZERO if protected.method == "suppress" else "0"
    return [
        WITHHELD if hidden else zero if value == 0 else str(_plain(value))
        for hidden, value in cells
    ]


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _names(spec: TableSpec) -> list[str]:
    """The dimensions' names; numbered where they have none."""
    return [name or f"{words()['dimension']}{i}" for i, name in enumerate(spec.names, 1)]


def encode(protected: Audited, suffix: str) -> bytes:
    """The content of a file of `.csv`, `.xlsx` or `.json`.

    Labels that a spreadsheet would run as formulas get a leading `'` in CSV and XLSX.

    Raises:
        UsageError: another ending, or a CSV for several tables.
    """
    check_format(suffix, len(protected.system.tables))
    return _FORMATS[suffix.lower()](protected)


def check_format(suffix: str, tables: int) -> None:
    """Raise UsageError for an ending that cannot hold so many tables."""
    if suffix.lower() not in _FORMATS:
        raise UsageError(problem("tables.publication.format"))
    if suffix.lower() == ".csv" and tables > 1:
        raise UsageError(problem("tables.publication.format_several"))


def _csv(protected: Audited) -> bytes:
    header, rows = _listed(protected, 0)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*map(neutral, header[:-1]), header[-1]])
    writer.writerows([*map(neutral, row[:-1]), row[-1]] for row in rows)
    writer.writerows(
        [words()["note"].format(note=note)] for note in protected.system.tables[0].notes
    )
    return text.getvalue().encode("utf-8-sig")


def _xlsx(protected: Audited) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for number, printed in enumerate(render(protected), 1):
        sheet = book.create_sheet(_sheet_name(printed, number, taken))
        labels = len(printed.header) - printed.values
        for row in (printed.header, *printed.rows):
            sheet.append(_cells(sheet, row, labels if row is not printed.header else len(row)))
        for note in (printed.legend.ja, *printed.notes):
            sheet.append(_cells(sheet, [note], 1))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(sheet: Any, row: Sequence[str], labels: int) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    made = [WriteOnlyCell(sheet, neutral(text)) for text in row[:labels]]
    for cell in made:
        cell.data_type = "s"
    for text in row[labels:]:
        number = text.replace(".", "", 1).isdecimal()
        made.append(WriteOnlyCell(sheet, float(text) if number else text))
        if not number:
            made[-1].data_type = "s"
    return made


def _sheet_name(printed: Printed, number: int, taken: set[str]) -> str:
    name = printed.name.translate(_NOT_IN_SHEET_NAMES).strip("'")[:_SHEET_LIMIT]
    if not name or name.casefold() in taken:
        name = f"table{number}"
    taken.add(name.casefold())
    return name


def _json(protected: Audited) -> bytes:
    tables = [_published(protected, number) for number in range(len(protected.system.tables))]
    return json.dumps(tables, ensure_ascii=False).encode()


def _published(protected: Audited, number: int) -> dict[str, Any]:
    """A table specification as `--published` takes it later: withheld cells are null."""
    spec, place = protected.system.tables[number], protected.system.places[number].ravel()
    hidden, values = protected.suppressed[place], protected.system.values[place].tolist()
    return {
        **spec.model_dump(mode="json", include={"name", "names", "dims"}),
        "cells": [
            [codes, None if withheld else _plain(value)]
            for codes, withheld, value in zip(spec.combinations(), hidden, values, strict=True)
        ],
        "population": spec.population,
        "notes": [*spec.notes, protected.legend.ja],
    }


_FORMATS: dict[str, Callable[[Audited], bytes]] = {".csv": _csv, ".xlsx": _xlsx, ".json": _json}


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
            raise UsageError(problem("tables.publication.override"))
        return cls(by=by, reason=reason)


def certificate(
    protected: Audited, content: bytes, override: Override | None = None, file: str = ""
) -> dict[str, Any]:
    """What may be shown beside the published tables: no true value and no price.

    The sum of the withheld cells would be one more equation for the reader, and the list of
    primary cells tells which are small; neither is here. `content` is the file that leaves.

    Raises:
        PlanError: an audit failed and nobody took the decision.
    """
    if not protected.passed and override is None:
        failed = ", ".join(n for n, r in protected.audits.items() if not r.passed)
        raise PlanError(problem("tables.publication.not_certified", audits=failed))
    return {
        "passed": protected.passed,
        "override": override.model_dump(mode="json") if override and not protected.passed else None,
        "file": file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "rule": protected.rule.model_dump(mode="json", exclude_none=True),
        "method": protected.method,
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
    protected: Audited,
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
