"""Table specifications from files: JSON, a CSV of dimensions and one count, a cross table."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.tables.cross import WITHHELD, ZERO, lengthened
from anonymizer.tables.spec import CellSpec, TableSpec
from anonymizer.tables.tabulate import dimension, total_code
from core import Column, InputError, fold
from intake import Upload, read
from language import read_number
from measure import canonical

COUNT_NAMES = {"件数", "人数", "度数", "世帯数", "値", "count", "n", "value", "freq", "frequency"}


def load_table(
    source: "str | Path | bytes",
    hierarchies: Mapping[str, Hierarchy] | None = None,
    *,
    name: str = "",
) -> tuple[TableSpec, ...]:
    """The tables of a file: one for a CSV, one or several for JSON.

    Args:
        source: a path, or the file's content.
        hierarchies: further levels for the CSV's columns, by column name.
        name: what to call the file in messages; the path's name where there is a path.

    Raises:
        InputError: the file cannot be read as a table; the message says what to do.
    """
    if isinstance(source, bytes):
        content = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError.of(
                "tables.unreadable",
                ja="表のファイルを開けません。場所と名前を確かめてください。",
                en="The table's file cannot be opened. Check its place and name.",
                source=name,
            ) from error
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _from_json(content, name)
    return (_from_csv(content, hierarchies or {}, name or "table.csv"),)


def _from_json(content: bytes, name: str) -> tuple[TableSpec, ...]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
        items = data if isinstance(data, list) else [data]
        specs = tuple(TableSpec.model_validate(item) for item in items)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError.of(
            "tables.json",
            ja="JSON として読めません。UTF-8 の JSON で保存し直してください。",
            en="This is not valid JSON. Save it again as JSON in UTF-8.",
            source=name or None,
        ) from error
    except ValidationError as error:
        places = sorted({".".join(str(p) for p in e["loc"][:2]) for e in error.errors()})[:3]
        shown = "、".join(p for p in places if p) or "dims"
        raise InputError.of(
            "tables.specification",
            ja=f"表の指定の形が違います（{shown}）。dims は次元ごとに [親, [子, …]] の並び、"
            "cells は [[区分, …], 値] の並びで書いてください。",
            en=f"The table specification has another shape than expected ({shown}). Write dims as "
            "lists of [parent, [children]] per dimension and cells as [[codes], value].",
            source=name or None,
        ) from None
    named = (s if s.name or not name else s.model_copy(update={"name": name}) for s in specs)
    return tuple(named)


def _from_csv(content: bytes, hierarchies: Mapping[str, Hierarchy], name: str) -> TableSpec:
    (dataset, *_) = read([Upload(name, content)])
    table = dataset.table
    if table is None or len(table.columns) < 2 or not table.rows:
        raise InputError.of(
            "tables.columns",
            ja="分類の列と件数の列がそろっていません。1行に1つの組合せと件数を書いてください。",
            en="The file lacks dimension columns or a count column. "
            "Write one combination and its count per row.",
            source=name,
        )
    table = lengthened(table)
    counts = next((c for c in table if fold(c.header) in COUNT_NAMES), table.columns[-1])
    numbers = _numbers(counts, name)
    columns = [c for c in table if c is not counts]
    dims, codes = [], []
    for column in columns:
        total = total_code(column)
        parts = dimension(column, hierarchies.get(column.key), total)
        dims.append(parts.groups)
        codes.append(parts.codes)
    cells = tuple(
        CellSpec(
            codes=tuple(
                c[int(column.codes[row])] for c, column in zip(codes, columns, strict=True)
            ),
            value=numbers[int(counts.codes[row])],
        )
        for row in range(table.rows)
    )
    return TableSpec(name=name, names=tuple(c.key for c in columns), dims=tuple(dims), cells=cells)


def _numbers(column: Column, name: str) -> list[float | None]:
    """Each distinct text of the count column as a number; None where it was withheld."""
    numbers: list[float | None] = []
    unread = blank = 0
    for text, rows in zip(column.texts, column.counts, strict=True):
        plain = canonical(text).strip().lower()
        number = None
        if plain in ZERO:
            number = 0.0
        elif plain not in WITHHELD:
            number = read_number(text)
            blank += 0 if plain else int(rows)
            unread += int(rows) if plain and number is None else 0
        numbers.append(None if number is None else float(number))
    if blank:
        raise InputError.of(
            "tables.blank",
            ja=f"列「{column.key}」の {blank} 行に件数がありません。0 件なら 0 と書くか、"
            "その行を除いてください。",
            en=f"{blank} rows of column “{column.key}” have no count. Write 0 where there is none, "
            "or leave the row out.",
            source=name,
        )
    if unread:
        raise InputError.of(
            "tables.not_a_number",
            ja=f"列「{column.key}」の {unread} 行が数として読めません。件数の列を最後に置き、"
            "数だけを書いてください。個票であれば、集計する分類の列を選んでください"
            "（--dimensions 列名,列名）。",
            en=f"{unread} rows of column “{column.key}” are not numbers. Put the count column last "
            "and write numbers only; if these are records, choose the columns to count by "
            "(--dimensions a,b).",
            source=name,
        )
    return numbers
