"""Records: JSON Lines, a JSON array of objects, Parquet. Every value becomes text."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from core import Table
from intake import problems, readings
from intake.columns import ColumnBuilder
from intake.decoding import Text
from intake.encoding import decode
from intake.formats import extension
from intake.held import are_fields, held_records, looks_like_schema
from intake.upload import Limits, ReadOptions

_LINES = {"jsonl", "ndjson"}


def load_json_records(
    name: str, content: bytes, options: ReadOptions, limits: Limits
) -> tuple[Text, Table] | None:
    """The text with notes, and the table; None when the JSON is a document without records."""
    text = decode(name, content, options.encoding)
    body = bytes(text.utf8).decode("utf-8").strip()
    if body.startswith("["):
        parsed = _parse(name, body)
        if options.kind != "data" and are_fields(parsed):
            return None
        if not parsed or not all(isinstance(record, Mapping) for record in parsed):
            raise problems.no_table(name)
        return text, _table(name, iter(parsed), limits)
    held = held_records(body)
    if held is not None:
        key, records = held
        return text.noting(readings.records_held(key)), _table(name, iter(records), limits)
    first, _, rest = body.partition("\n")
    if not _is_object(first) or (rest.strip() and not _is_object(rest.strip().partition("\n")[0])):
        return None
    if not rest.strip() and options.kind != "data" and extension(name) not in _LINES:
        return None
    if options.kind != "data" and looks_like_schema(_parse(name, first)):
        return None
    lines = (line for line in io.StringIO(body) if line.strip())
    return text, _table(name, (_parse(name, line) for line in lines), limits)


def load_parquet(name: str, content: bytes, limits: Limits) -> Table:
    """A Parquet file as text. Raises InputError when it is damaged or above the limits."""
    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        meta = file.metadata
        if meta.num_columns > limits.columns:
            raise problems.too_many(name, "columns", limits.columns)
        if meta.num_rows > limits.rows:
            raise problems.too_many(name, "rows", limits.rows)
        if meta.num_rows * meta.num_columns > limits.cells:
            raise problems.too_many(name, "cells", limits.cells)
        groups = (meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if sum(groups) > limits.unpacked_bytes:
            raise problems.bomb(name)
        table = file.read()
        return Table.from_arrow(table.column_names, [_as_text(c) for c in table.columns])
    except (pa.ArrowException, OSError, ValueError, IndexError, KeyError):
        raise problems.damaged(name) from None


def _as_text(column: Any) -> Any:
    try:
        if pa.types.is_floating(column.type):
            return _numbers(column)
        text = pc.cast(column, pa.string())
    except pa.ArrowException:  # lists, structs, bytes
        return pa.array([_text(value) for value in column.to_pylist()], pa.string())
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


def _table(name: str, records: Iterator[Any], limits: Limits) -> Table:
    places: dict[str, int] = {}
    builder = ColumnBuilder(name, limits)
    for record in records:
        if not isinstance(record, Mapping):
            raise problems.damaged(name)
        row = [""] * len(places)
        for key, value in record.items():
            place = places.setdefault(key, len(places))
            if place == len(row):
                row.append("")
            row[place] = _text(value)
        builder.add(row)
    if not places:
        raise problems.no_table(name)
    return builder.table(list(places))


def _parse(name: str, text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise problems.damaged(name) from None


def _is_object(line: str) -> bool:
    return line.startswith("{") and line.rstrip().endswith("}")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        return ""
