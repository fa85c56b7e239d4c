"""Which schema belongs to which data: the one that names the most of its columns.

Of several that name as many, the one with the fewest items besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core import (
    Dataset,
    DeclaredColumn,
    LintNote,
    Message,
    Schema,
    Source,
    Table,
    fold,
    say,
)

_FORMS = ("register", "pia")
"""Layouts of which one file often holds several, each about a dataset of its own."""


@dataclass(frozen=True)
class Parsed:
    """One file, or one part of it, as it was read."""

    source: Source
    table: Table | None = None
    schemas: tuple[tuple[str, Schema], ...] = ()
    """Candidates with the names of their parts; the best match is taken."""
    lint: tuple[LintNote, ...] = field(default=())


def told(source: Source, *notes: Message, **facts: Any) -> Source:
    """A source with further notes and facts on how it was read."""
    return source.model_copy(update={**facts, "notes": (*source.notes, *notes)})


def pair(parsed: Sequence[Parsed]) -> tuple[Dataset, ...]:
    """Datasets in the order of their files; a schema joins the data it describes."""
    tables = [p for p in parsed if p.table is not None]
    schemas = [p for p in parsed if p.table is None]
    chosen: dict[int, list[tuple[Parsed, Schema]]] = {i: [] for i in range(len(tables))}
    alone: list[tuple[Parsed, Schema]] = []
    for given in schemas:
        fits = [(i, *_best(given, data.table)) for i, data in enumerate(tables) if data.table]
        takers = [(i, part, schema) for i, part, schema, shared in fits if shared]
        if not takers and len(tables) == len(schemas) == 1:
            takers = [(i, part, schema) for i, part, schema, _ in fits]
        for i, part, schema in takers:
            chosen[i].append((_with_part(given, part), schema))
        if not takers:
            whole = [s for _, s in given.schemas if s.layout in _FORMS] or [given.schemas[0][1]]
            alone += [(_with_part(given, s.name), s) for s in whole]
    datasets = [_join(data, chosen[i]) for i, data in enumerate(tables)]
    datasets += [
        Dataset(schema.name, schema=schema, sources=(p.source,), lint=p.lint) for p, schema in alone
    ]
    return tuple(datasets)


def _best(given: Parsed, table: Table) -> tuple[str, Schema, int]:
    headers = {fold(c.header) for c in table} - {""}
    scored = [
        (part, schema, len(headers & {n for c in schema.columns for n in _names(c)}))
        for part, schema in given.schemas
    ]
    return max(scored, key=lambda s: (s[2], -len(s[1].columns)))


def _names(column: DeclaredColumn) -> frozenset[str]:
    return column.other_names | {fold(column.name)}


def _with_part(given: Parsed, part: str) -> Parsed:
    """The part that was taken, and those that could be taken instead, are said in the source."""
    parts = tuple(name for name, _ in given.schemas)
    if len(parts) < 2:
        return given
    note = say("intake.pairing.part_used", count=len(parts), part=part)
    source = told(given.source, note, sheet=part, sheets=parts)
    return replace(given, source=source)


def _join(data: Parsed, schemas: list[tuple[Parsed, Schema]]) -> Dataset:
    """The data with the schema that shares the most columns; other schemas stay as sources."""
    if not schemas or data.table is None:
        return Dataset(data.source.name, data.table, None, (data.source,), data.lint)
    table = data.table
    given, schema = max(
        schemas, key=lambda s: _best(replace(s[0], schemas=(("", s[1]),)), table)[2]
    )
    return Dataset(
        data.source.name, table, schema, (data.source, given.source), (*data.lint, *given.lint)
    )
