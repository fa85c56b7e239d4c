"""`CREATE TABLE` statements of any common database."""

import logging
import re

from sqlglot import exp, parse_one
from sqlglot.errors import ErrorLevel, SqlglotError

from core import DeclaredColumn, Schema
from intake import problems
from intake.schema.prose import read_prose
from intake.schema.sql_text import TableText, bare, find_tables

_LARGEST = 300_000
_DIALECTS = (None, "postgres", "mysql", "oracle", "tsql", "sqlite")
_CONSTRAINT = re.compile(
    r"(constraint|primary\s+key|foreign\s+key|unique|check|key|index|fulltext|spatial|exclude|like|"
    r"period)\b",
    re.IGNORECASE,
)
_CREATE = re.compile(r"\bcreate\s+table\b", re.IGNORECASE)
_COLUMN = re.compile(r"(?:\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|[^\s(),]+)\s*[A-Za-z\[\"]")
_MOST_FAILURES = 50
_MOST_COLUMNS = 5_000
_LONGEST = 4_000
"""Characters of one definition: a long list of CHECK values fits."""
_PRIMARY = re.compile(r"primary\s+key[^(]*\(([^()]*)\)", re.IGNORECASE)
_NOISE = re.compile(r"\b(?:enable|disable|novalidate|validate)\b|\bcollate\s+\S+", re.IGNORECASE)
logging.getLogger("sqlglot").addFilter(lambda record: False)  # it quotes what it cannot read


def read_sql(name: str, text: str) -> list[tuple[str, Schema]]:
    """One schema for each table created. Raises InputError when the SQL does not parse."""
    if len(text) > _LARGEST:
        raise problems.too_large(name, _LARGEST)
    reader = _Reader()
    found = []
    for table in find_tables(text):
        columns = reader.columns(table)
        if reader.read > _MOST_COLUMNS:
            raise problems.too_many(name, "columns", _MOST_COLUMNS)
        if columns:
            found.append((table.name, Schema(name=table.name, layout="sql", columns=columns)))
    if not found and _CREATE.search(text):
        raise problems.problem(
            name,
            "bad_sql",
            "SQL を読み取れません。CREATE TABLE 文だけを残して保存してください。",
            "The SQL cannot be read. Keep only the CREATE TABLE statements.",
        )
    return found


class _Reader:
    """Reads columns one by one, so that a word of one database spoils no more than its column."""

    def __init__(self) -> None:
        self._dialects = list(_DIALECTS)
        self._failures = 0
        self.read = 0

    def columns(self, table: TableText) -> tuple[DeclaredColumn, ...]:
        """The columns of a table, in order."""
        keys: set[str] = set()
        columns: list[DeclaredColumn] = []
        for element, remark in zip(table.elements, table.remarks, strict=True):
            if _CONSTRAINT.match(element):
                keys |= {bare(key).lower() for key in _keys(element)}
            elif self.read <= _MOST_COLUMNS and (definition := self._definition(element)):
                self.read += 1
                comment = table.comments.get(definition.name.lower(), remark)
                columns.append(_column(definition, len(columns) + 1, comment))
        must = {"required": True, "blank_allowed": False}
        return tuple(c.model_copy(update=must) if c.name.lower() in keys else c for c in columns)

    def _definition(self, element: str) -> exp.ColumnDef | None:
        """The definition of one column, in whichever dialect reads it."""
        if len(element) > _LONGEST or not _COLUMN.match(element):
            return None
        if self._failures > _MOST_FAILURES:
            return None
        for text in dict.fromkeys((element, _NOISE.sub(" ", element))):
            for dialect in list(self._dialects):
                definition = _parsed(text, dialect)
                if definition is not None:
                    self._dialects.remove(dialect)
                    self._dialects.insert(0, dialect)
                    return definition
        self._failures += 1
        return None


def _keys(constraint: str) -> list[str]:
    names = [part for inside in _PRIMARY.findall(constraint) for part in inside.split(",")]
    return [name.split()[0] for name in names if name.strip()]


def _parsed(text: str, dialect: str | None) -> exp.ColumnDef | None:
    statement = f"CREATE TABLE t ({text})"
    try:
        parsed = parse_one(statement, dialect=dialect, error_level=ErrorLevel.RAISE)
    except (SqlglotError, RecursionError, ValueError):
        return None
    definition = parsed.find(exp.ColumnDef)
    typed = definition is not None and isinstance(definition.args.get("kind"), exp.DataType)
    return definition if typed else None


def _column(definition: exp.ColumnDef, position: int, outside: str) -> DeclaredColumn:
    kind = definition.args.get("kind")
    typed = kind if isinstance(kind, exp.DataType) else exp.DataType()
    rules = [c.args.get("kind") for c in definition.args.get("constraints") or []]
    comment = next((r.name for r in rules if isinstance(r, exp.CommentColumnConstraint)), "")
    comment = comment or outside
    required = any(
        isinstance(r, exp.PrimaryKeyColumnConstraint)
        or (isinstance(r, exp.NotNullColumnConstraint) and not r.args.get("allow_null"))
        for r in rules
    )
    said = read_prose(comment)
    listed = _listed(typed, rules)
    low, high = _range(rules)
    return DeclaredColumn(
        name=definition.name,
        position=position,
        description=comment,
        type_text=typed.sql(),
        exact=True,
        length=_length(typed) or said.length,
        required=required,
        allowed=listed or said.allowed,
        exact_values=bool(listed),
        labels=() if listed else said.labels,
        minimum=low,
        maximum=high,
        blank_allowed=not required,
    )


def _listed(typed: exp.DataType, rules: list[object]) -> tuple[str, ...]:
    """The values of an ENUM or of CHECK … IN."""
    holders: list[exp.Expression] = [typed] if typed.is_type("enum") else []
    for rule in rules:
        if isinstance(rule, exp.CheckColumnConstraint):
            holders += rule.find_all(exp.In)
    literals = (
        literal.name
        for holder in holders
        for literal in holder.expressions
        if isinstance(literal, exp.Literal)
    )
    return tuple(dict.fromkeys(literals))


def _range(rules: list[object]) -> tuple[float | None, float | None]:
    """The ends of CHECK … BETWEEN."""
    for rule in rules:
        between = rule.find(exp.Between) if isinstance(rule, exp.CheckColumnConstraint) else None
        if between is not None:
            return _number(between.args.get("low")), _number(between.args.get("high"))
    return None, None


def _number(node: object) -> float | None:
    try:
        return float(node.sql()) if isinstance(node, exp.Expression) else None
    except ValueError:
        return None


def _length(typed: exp.DataType) -> int | None:
    """Characters of the longest value; a decimal point counts as one."""
    if typed.is_type("enum") or typed.is_type(*exp.DataType.TEMPORAL_TYPES):
        return None
    sizes = [int(p.name) for p in typed.expressions if p.name.isdigit() and len(p.name) < 9]
    if not sizes:
        return None
    return sizes[0] + (1 if len(sizes) > 1 and sizes[1] else 0) or None
