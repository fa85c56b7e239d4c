"""Reads a workbook in a process of its own: the file on stdin, answers as JSON lines on stdout.

The compiled reader may abort on a hostile file, and what it prints then may quote a cell. In here
neither reaches anyone. Standard library and calamine only, so that it starts in no time.
"""

import datetime as dt
import io
import json
import sys
from itertools import islice
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

BLOCK = 2_000
"""Rows in a line of the answer, so that neither end waits long."""
MEMORY = 6 << 30
"""Bytes: this process fails before the machine does."""


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO order.

    >>> cell_text(600001.0), cell_text(0.5), cell_text(dt.date(2024, 4, 1)), cell_text(True)
    ('600001', '0.5', '2024-04-01', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return "" if value is None else str(value)


def pad(value: object, text: str, digits: int) -> str:
    """A whole number as a number format of zeros shows it.

    >>> pad(600001.0, "600001", 7), pad("12", "12", 7), pad(1.5, "1.5", 7)
    ('0600001', '12', '1.5')
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return text.zfill(digits) if is_number and text.isdigit() else text


def answer(message: object) -> None:
    """One line to whoever asked."""
    sys.stdout.buffer.write(json.dumps(message).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def shape(sheet: Any) -> dict[str, Any] | None:
    """Where the cells of a sheet are; None for a sheet without any."""
    if sheet.start is None:
        return None
    return {
        "left": sheet.start[1],
        "height": sheet.height,
        "width": sheet.width,
        "merged": sheet.merged_cell_ranges or [],
    }


def send_rows(sheet: Any, limit: int | None, padding: dict[int, int]) -> None:
    """The rows as blocks of texts, then null."""
    rows = islice(sheet.iter_rows(), limit)
    while block := list(islice(rows, BLOCK)):
        texts = [[v if isinstance(v, str) else cell_text(v) for v in row] for row in block]
        for column, digits in padding.items():
            for row, shown in zip(block, texts, strict=True):
                if 0 <= column < len(row):
                    shown[column] = pad(row[column], shown[column], digits)
        answer(texts)
    answer(None)


def limit_memory() -> None:
    """Let this process fail before the machine does, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Answer requests `{"sheet": name}` and `{"sheet": name, "limit": n, "padding": {…}}`."""
    limit_memory()
    size = int(sys.stdin.buffer.readline())
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read(size)))
    answer(
        [
            [sheet.name, sheet.visible is not SheetVisibleEnum.Visible]
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]
    )
    loaded: dict[str, Any] = {}
    for line in sys.stdin.buffer:
        request = json.loads(line)
        name = request["sheet"]
        if name not in loaded:
            loaded[name] = book.get_sheet_by_name(name)
        if "padding" in request:
            padding = {int(column): digits for column, digits in request["padding"].items()}
            send_rows(loaded[name], request["limit"], padding)
        else:
            answer(shape(loaded[name]))


if __name__ == "__main__":
    main()
