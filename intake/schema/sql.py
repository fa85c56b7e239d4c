"""`CREATE TABLE` statements of any common database."""

import logging

from sqlglot import exp, parse
from sqlglot.errors import ErrorLevel, SqlglotError

from core import DeclaredColumn, Schema
from intake import problems
from intake.schema.prose import read_prose

_LARGEST = 300_000
logging.getLogger("sqlglot").addFilter(lambda record: False)  # it quotes what it cannot read


def read_sql(name: str, text: str) -> list[tuple[str, Schema]]:
    """One schema for each table created. Raises InputError when the SQL does not parse."""
    if len(text) > _LARGEST:
        raise problems.too_large(name, _LARGEST)
    try:
        statements = parse(text, error_level=ErrorLevel.RAISE)
    except (SqlglotError, RecursionError, ValueError):
        raise problems.problem(
            name,
            "bad_sql",
            "SQL を読み取れません。CREATE TABLE 文だけを残して保存してください。",
            "The SQL cannot be read. Keep only the CREATE TABLE statements.",
        ) from None
    found = []
    for statement in statements:
        if isinstance(statement, exp.Create) and isinstance(statement.this, exp.Schema):
            columns = tuple(
                _column(definition, position)
                for position, definition in enumerate(statement.find_all(exp.ColumnDef), 1)
            )
            if columns:
                table = statement.this.this.name
                found.append((table, Schema(name=table, layout="sql", columns=columns)))
    return found


def _column(definition: exp.ColumnDef, position: int) -> DeclaredColumn:
    kind = definition.args.get("kind")
    sizes = [p.name for p in kind.expressions] if isinstance(kind, exp.DataType) else []
    rules = [c.args.get("kind") for c in definition.args.get("constraints") or []]
    comment = next((r.name for r in rules if isinstance(r, exp.CommentColumnConstraint)), "")
    required = any(
        isinstance(r, exp.PrimaryKeyColumnConstraint)
        or (isinstance(r, exp.NotNullColumnConstraint) and not r.args.get("allow_null"))
        for r in rules
    )
    said = read_prose(comment)
    checked = tuple(
        dict.fromkeys(
            literal.name
            for rule in rules
            if isinstance(rule, exp.CheckColumnConstraint)
            for within in rule.find_all(exp.In)
            for literal in within.expressions
            if isinstance(literal, exp.Literal)
        )
    )
    return DeclaredColumn(
        name=definition.name,
        position=position,
        description=comment,
        type_text=kind.sql() if isinstance(kind, exp.DataType) else "",
        length=int(sizes[0]) if sizes and sizes[0].isdigit() and len(sizes[0]) < 9 else said.length,
        required=required,
        allowed=checked or said.allowed,
        labels=() if checked else said.labels,
        blank_allowed=not required,
    )
