"""A protected table as a file: CSV (a row per cell), XLSX (as printed), JSON (a specification)."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from anonymizer.records.write import neutral
from anonymizer.tables.render import Leaving, Printed, names_of, render, shown
from anonymizer.tables.spec import TableSpec, codes_of
from core import UsageError

_SHEET_LIMIT = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def encode(protected: Leaving, suffix: str) -> bytes:
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
        raise UsageError.of(
            "tables.format",
            ja="表の出力形式は CSV、XLSX、JSON です。ファイル名の終わりを直してください。",
            en="A table is written as CSV, XLSX or JSON. Change the ending of the file name.",
        )
    if suffix.lower() == ".csv" and tables > 1:
        raise UsageError.of(
            "tables.format_several",
            ja="CSV には表を1つしか書けません。.xlsx か .json を指定してください。",
            en="A CSV holds one table. Name an .xlsx or a .json for several.",
        )


def _csv(protected: Leaving) -> bytes:
    spec, place = protected.system.tables[0], protected.system.places[0]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*map(neutral, names_of(spec)), "件数" if spec.is_count else "値"])
    codes = product(*(codes_of(d) for d in spec.dims))
    for where, cell in zip(codes, place.ravel().tolist(), strict=True):
        writer.writerow([*map(neutral, where), shown(protected, cell)])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(protected: Leaving) -> bytes:
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


def _json(protected: Leaving) -> bytes:
    tables = [published(protected, number) for number in range(len(protected.system.tables))]
    return json.dumps(tables, ensure_ascii=False).encode()


def published(protected: Leaving, number: int) -> dict[str, Any]:
    """A table specification as `--published` takes it later: withheld cells are null."""
    spec: TableSpec = protected.system.tables[number]
    place = protected.system.places[number].ravel().tolist()
    cells = []
    for where, cell in zip(product(*(codes_of(d) for d in spec.dims)), place, strict=True):
        value = None if protected.suppressed[cell] else float(protected.system.values[cell])
        whole = value is not None and value.is_integer()
        cells.append([list(where), int(value) if whole and value is not None else value])
    return {
        "name": spec.name,
        "names": list(spec.names),
        "dims": [[[parent, list(parts)] for parent, parts in d] for d in spec.dims],
        "cells": cells,
        "population": spec.population,
        "notes": [*spec.notes, protected.legend.ja],
    }


_FORMATS: dict[str, Callable[[Leaving], bytes]] = {".csv": _csv, ".xlsx": _xlsx, ".json": _json}
