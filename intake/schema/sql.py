"""`CREATE TABLE` statements of any common database.

Every database adds words of its own after the closing bracket, and dumps hold settings, data and
`GO` between statements. So the bracketed definitions and the comments are cut out first, and
sqlglot reads the columns one by one: a word of one database spoils no more than its column.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlglot import exp, parse_one
from sqlglot.errors import ErrorLevel, SqlglotError

from core import DeclaredColumn, InputError, Schema
from intake.schema.definition_words import read_prose
from intake.upload import Limits, allow_bytes

_LARGEST = 300_000
"""Characters of a script; one of nothing but columns that no dialect reads takes seconds."""
_DIALECTS = (None, "postgres", "mysql", "oracle", "tsql", "sqlite")
_CREATE = re.compile(
    r"\bcreate\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?(?:temp(?:orary)?\s+|unlogged\s+)?"
    r"table\s+(?:if\s+not\s+exists\s+)?([^\s(]+)\s*\(",
    re.IGNORECASE,
)
_COMMENT_ON = re.compile(
    r"\bcomment\s+on\s+column\s+([^\s;]{1,200})\s+is\s+n?'((?:[^']|'')*)'", re.IGNORECASE
)
_PROPERTY = re.compile(
    r"'MS_Description'\s*,\s*(?:@value\s*=\s*)?N?'((?:[^']|'')*)'.{0,400}?"
    r"@level1name\s*=\s*N?'([^']*)'.{0,200}?@level2name\s*=\s*N?'([^']*)'",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(
    r"(?P<remark>--[^\n]*|/\*.*?\*/)|(?P<open>/\*)|'(?:[^']|'')*'|\"[^\"]{0,128}\"|`[^`]{0,128}`"
    r"|\[[^\]\n]{0,128}\]|(?P<mark>[(),])",
    re.DOTALL,
)
"""What decides where an element ends, and what only looks like it."""
_REMARK_AT_END = re.compile(r"--[^\n]*$|/\*[^*]*\*/$")
_CONSTRAINT = re.compile(
    r"(constraint|primary\s+key|foreign\s+key|unique|check|key|index|fulltext|spatial|exclude|like|"
    r"period)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"(?:\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|[^\s(),]+)\s*[A-Za-z\[\"]")
_MOST_FAILURES = 50
"""Columns that no dialect reads, after which the rest is passed over: each takes some ms."""
_LIMITS = Limits(columns=5_000)
_LONGEST = 4_000
"""Characters of one definition: a long list of CHECK values fits."""
_PRIMARY = re.compile(r"primary\s+key[^(]*\(([^()]*)\)", re.IGNORECASE)
_NOISE = re.compile(r"\b(?:enable|disable|novalidate|validate)\b|\bcollate\s+\S+", re.IGNORECASE)
logging.getLogger("sqlglot").addFilter(lambda record: False)  # it quotes what it cannot read


def read_sql(text: str) -> list[tuple[str, Schema]]:
    """One schema for each table created. Raises InputError when the SQL does not parse."""
    allow_bytes(len(text), _LARGEST)
    reader = _Reader()
    found = []
    for table in _tables(text):
        columns = reader.columns(table)
        _LIMITS.allow(columns=reader.read)
        if columns:
            found.append((table.name, Schema(name=table.name, layout="sql", columns=columns)))
    if not found and re.search(r"\bcreate\s+table\b", text, re.IGNORECASE):
        raise InputError.of("schema.sql.bad_sql")
    return found


@dataclass
class _Table:
    """The text of one table."""

    name: str
    elements: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """The remark beside each element, or where there are none, above it."""
    comments: dict[str, str] = field(default_factory=dict)
    """Comments given to columns by statements of their own, by lower-case name."""


def _tables(script: str) -> list[_Table]:
    """The tables a script creates, in order; a table cut off at the end is passed over.

    >>> [(t.name, t.elements) for t in _tables("create table a (x int, y char(2)) engine=z;")]
    [('a', ['x int', 'y char(2)'])]
    """
    tables = []
    at = 0
    while found := _CREATE.search(script, at):
        table = _Table(_bare(found.group(1)))
        at = _fill(table, script, found.end())
        if at < 0:
            break
        tables.append(table)
    by_name = {table.name.lower(): table for table in tables}
    for owner, column, text in _comments(script):
        if table_of := by_name.get(owner.lower()):
            table_of.comments[column.lower()] = text.replace("''", "'")
    return tables


def _bare(name: str) -> str:
    """The last part of a quoted name.

    >>> _bare('[dbo].[住民]'), _bare('"a"."b"'), _bare("`t`")
    ('住民', 'b', 't')
    """
    return re.sub(r'[\[\]"`]', "", name).split(".")[-1]


def _fill(table: _Table, script: str, start: int) -> int:
    """Cut the elements from the text after the bracket; where they end, or -1."""
    depth, begin, comma = 1, start, start
    above: list[str] = []
    for token in _TOKEN.finditer(script, start):
        if token["open"]:
            return -1
        if token["remark"]:
            if table.elements and not script[comma : token.start()].strip(", \t"):
                table.remarks[-1] = _words(token["remark"])
            continue
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0 or (depth == 1 and token["mark"] == ","):
            text = script[begin : token.start()]
            if element := _TOKEN.sub(lambda t: " " if t["remark"] else t.group(), text).strip():
                table.elements.append(element)
                table.remarks.append(_remark_at_end(text))
                above.append(_remark_above(text))
            begin, comma = token.end(), token.start()
        if depth == 0:
            if not any(table.remarks) and sum(map(bool, above)) > len(above) / 2:
                table.remarks = above
            return token.end()
    return -1


def _remark_at_end(text: str) -> str:
    """A remark that stands before the comma of its element, at the end of its line."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    found = _REMARK_AT_END.search(lines[-1]) if lines else None
    return _words(found.group()) if found and found.start() else ""


def _remark_above(text: str) -> str:
    """The remark on a line of its own above an element."""
    lines = [line.strip() for line in text.split("\n")[1:] if line.strip()]
    above = [line for line in lines if _REMARK_AT_END.fullmatch(line)]
    return _words(above[-1]) if above and lines[-1] not in above else ""


def _words(remark: str) -> str:
    """What a remark says."""
    return remark.removeprefix("--").removeprefix("/*").removesuffix("*/").strip()


def _comments(script: str) -> Iterator[tuple[str, str, str]]:
    """(table, column, text) of every comment in a statement of its own."""
    for name, text in _COMMENT_ON.findall(script):
        owner, _, column = name.rpartition(".")
        yield _bare(owner), _bare(column), text
    for text, owner, column in _PROPERTY.findall(script):
        yield owner.rpartition(".")[2], column.rpartition(".")[2], text


class _Reader:
    """Reads columns one by one, first in the dialect that read the one before."""

    def __init__(self) -> None:
        self._dialects = list(_DIALECTS)
        self._failures = 0
        self.read = 0

    def columns(self, table: _Table) -> tuple[DeclaredColumn, ...]:
        """The columns of a table, in order."""
        keys: set[str] = set()
        columns: list[DeclaredColumn] = []
        for element, remark in zip(table.elements, table.remarks, strict=True):
            if _CONSTRAINT.match(element):
                listed = (part.split() for k in _PRIMARY.findall(element) for part in k.split(","))
                keys |= {_bare(name[0]).lower() for name in listed if name}
            elif self.read <= _LIMITS.columns and (definition := self._definition(element)):
                self.read += 1
                comment = table.comments.get(definition.name.lower(), remark)
                columns.append(_column(definition, len(columns) + 1, comment))
        must = {"required": True, "blank_allowed": False}
        return tuple(c.model_copy(update=must) if c.name.lower() in keys else c for c in columns)

    def _definition(self, element: str) -> exp.ColumnDef | None:
        """The definition of one column, in whichever dialect reads it."""
        readable = len(element) <= _LONGEST and _COLUMN.match(element)
        if not readable or self._failures > _MOST_FAILURES:
            return None
        for text in dict.fromkeys((element, _NOISE.sub(" ", element))):
            for dialect in list(self._dialects):
                if definition := _parsed(text, dialect):
                    self._dialects.remove(dialect)
                    self._dialects.insert(0, dialect)
                    return definition
        self._failures += 1
        return None


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
    inside = next((r.name for r in rules if isinstance(r, exp.CommentColumnConstraint)), "")
    comment = inside or outside
    required = any(
        isinstance(r, exp.PrimaryKeyColumnConstraint)
        or (isinstance(r, exp.NotNullColumnConstraint) and not r.args.get("allow_null"))
        for r in rules
    )
    said = read_prose(comment)
    checks = [r for r in rules if isinstance(r, exp.CheckColumnConstraint)]
    listed = _listed(typed, checks)
    between = next((found for check in checks for found in check.find_all(exp.Between)), None)
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
        minimum=_number(between.args.get("low")) if between else None,
        maximum=_number(between.args.get("high")) if between else None,
        blank_allowed=not required,
    )


def _listed(typed: exp.DataType, checks: Sequence[exp.Expression]) -> tuple[str, ...]:
    """The values of an ENUM or of CHECK … IN."""
    holders: list[exp.Expression] = [typed] if typed.is_type("enum") else []
    holders += [found for check in checks for found in check.find_all(exp.In)]
    values = (value for holder in holders for value in holder.expressions)
    return tuple(dict.fromkeys(v.name for v in values if isinstance(v, exp.Literal)))


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
