"""Parquet, every value as text."""

from typing import Any

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from core import InputError, Source, Table
from intake.formats import Format, Rank
from intake.formats.structured_text import value_text
from intake.table.lint import lint
from intake.upload import File, Limits, Preview, Reading


def _read(source: Source, file: File) -> list[Reading]:
    table = _load(file.content, file.limits)
    return [Reading(source.told(rows=table.rows), table, lint=lint(table))]


def _load(content: bytes, limits: Limits) -> Table:
    """A file as text. Raises InputError when it is damaged or above the limits."""
    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        meta = file.metadata
        limits.allow(meta.num_rows, meta.num_columns)
        groups = (meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if sum(groups) > limits.unpacked_bytes:
            raise InputError.of("intake.file.unpacks_too_large")
        table = file.read()
        texts = [_as_text(column) for column in table.columns]
        for text in texts:
            text.validate(full=True)  # bytes that are no UTF-8
        return Table.from_arrow(table.column_names, texts)
    except (pa.ArrowException, OSError, ValueError, IndexError, KeyError):
        raise InputError.of("intake.file.damaged") from None


def _as_text(column: Any) -> Any:
    try:
        if pa.types.is_floating(column.type):
            return _numbers(column)
        text = pc.cast(column, pa.string())
    except pa.ArrowException:  # lists, structs, bytes
        return pa.array([value_text(value) for value in column.to_pylist()], pa.string())
    return _moments(text) if pa.types.is_timestamp(column.type) else text


def _numbers(column: Any) -> Any:
    """Floats as text: no number (NaN) is blank, and codes that became floats lose their point."""
    known = pc.if_else(pc.is_nan(column), None, column)
    whole = pc.all(pc.and_(pc.equal(pc.floor(known), known), pc.less(pc.abs(known), 2.0**53)))
    return pc.cast(pc.cast(known, pa.int64()) if whole.as_py() else known, pa.string())


def _moments(text: Any) -> Any:
    """Timestamps without idle fractions, and as dates where all are at midnight."""
    text = pc.replace_substring_regex(text, r"\.0+$", "")
    midnight = pc.all(pc.match_substring_regex(text, r" 00:00:00$")).as_py()
    return pc.replace_substring_regex(text, r" 00:00:00$", "") if midnight else text


FORMATS = (
    Format(
        "parquet",
        Rank.SIGNATURE,
        lambda upload: upload.content.startswith(b"PAR1"),
        _read,
        lambda file, rows: Preview(),
        endings=("parquet",),
    ),
)
