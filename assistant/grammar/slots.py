"""Reading a tool's arguments out of a clause: which columns it is about, and every other value."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.dialogue import Context
from assistant.grammar.clauses import JOINTS, Clause
from assistant.grammar.scan import Token, either
from core import ColumnType, Role
from desk import TOOLS

_IMPLIED = {
    "number.years": {ColumnType.AGE, ColumnType.AGE_BAND},
    "everyone": {ColumnType.AGE, ColumnType.AGE_BAND},
    "year_only": {ColumnType.BIRTH_DATE},
    "month_only": {ColumnType.BIRTH_DATE},
}
"""What a clause that names no column can only be about."""
_PART_OF = re.compile(either(JOINTS["part_of"]))
_GLUE = frozenset(JOINTS["glue"])


@dataclass(frozen=True)
class Doubt:
    """A phrase that may mean several columns, or a kind of column that is not there."""

    phrase: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """The columns meant, and what stays in doubt."""

    columns: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def columns_meant(clause: Clause, context: Context, *, elided: bool = False) -> Named:
    """The columns a clause names or points back to.

    `elided`: take the column spoken of last when the clause says nothing at all.
    """
    named = _named(clause, context)
    if named.columns or named.doubts:
        return named
    if found := _listed(clause, context):
        return Named(found)
    if "this" in clause.concepts and context.dialogue.columns:
        return Named(context.dialogue.columns)
    for said, types in _IMPLIED.items():
        only = tuple(c.name for c in context.columns if {c.type, *c.parts} & types)
        if said in clause.concepts and len(only) == 1:
            return Named(only)
    if absent := clause.first("type"):
        return Named(doubts=(Doubt(_words(clause, absent)),))
    if elided:
        return Named(context.dialogue.columns)
    return Named()


def _named(clause: Clause, context: Context) -> Named:
    columns: list[str] = []
    doubts: list[Doubt] = []
    for phrase, options in _mentions(clause, context):
        if len(options) == 1:
            columns.extend(options)
        else:
            doubts.append(Doubt(phrase, options))
    if "unnamed" in clause.concepts:
        columns.extend(c.name for c in context.columns if c.name.startswith("#"))
    kept = tuple(dict.fromkeys(columns))
    return Named(kept, tuple(d for d in doubts if not set(d.options) & set(kept)))


def _mentions(clause: Clause, context: Context) -> list[tuple[str, tuple[str, ...]]]:
    """Phrases with the columns they may mean; "世帯の番号" narrows to what both pieces fit."""
    mentions: list[tuple[str, tuple[str, ...], Token]] = []
    for token in clause.tokens:
        options = _options(token, context)
        if not options:
            continue
        phrase = _words(clause, token)
        if mentions:
            said, before, last = mentions[-1]
            common = tuple(o for o in before if o in options)
            between = clause.flat[last.end : token.start]
            if common and between in _GLUE:
                mentions[-1] = (said + phrase, common, token)
                continue
            if _PART_OF.fullmatch(
                between
            ):  # a part of a column ("備考の電話番号"): which one is meant?
                either = tuple(dict.fromkeys((*before, *options)))
                mentions[-1] = (f"{said}{JOINTS['of']}{phrase}", either, token)
                continue
        mentions.append((phrase, options, token))
    return [(phrase, options) for phrase, options, _ in mentions]


def _options(token: Token, context: Context) -> tuple[str, ...]:
    if token.unit == "column" and token.number is not None:
        return tuple(c.name for c in context.columns if c.position == token.number)
    return token.meaning.columns


def _words(clause: Clause, token: Token) -> str:
    return clause.text[token.start : token.end]


def _listed(clause: Clause, context: Context) -> tuple[str, ...]:
    dialogue = context.dialogue
    if dialogue.listed != "columns" or not dialogue.items:
        return ()
    if "last_one" in clause.concepts:
        return dialogue.items[-1:]
    places = [int(t.number) for t in clause.tokens if t.unit == "ordinal" and t.number]
    return tuple(dialogue.items[n - 1] for n in places if 1 <= n <= len(dialogue.items))


def columns_of_role(clause: Clause, context: Context) -> tuple[str, ...]:
    """The columns of a role the clause names ("all direct identifiers")."""
    token = clause.first("role")
    if not token:
        return ()
    roles = {c.removeprefix("role.") for c in token.concepts if c.startswith("role.")}
    return tuple(c.name for c in context.columns if Role(c.role).value in roles)


Reader = Callable[[Clause, Context, str], Any]

_LIST = re.compile(rf"\s*{either(JOINTS['list'])}\s*")
_POLITE = re.compile(rf"{either(JOINTS['polite'])}?[。.!！、,\s]*$")
_DURATION = re.compile(rf"\s*{either(JOINTS['duration'])}?")

_PLACES = frozenset({"row", "column", "ordinal"})
_POINTING = 12
"""Characters a question may hold beside "which article" and still ask about something else."""


def read(spec: str, clause: Clause, context: Context) -> Any:
    """Read by a reader's name and its argument: `number:years`, `concept:kind`."""
    name, _, argument = spec.replace("number.", "number:").partition(":")
    return READERS[name](clause, context, argument)


def counted(clause: Clause) -> list[Token]:
    """The numbers that are no place in the table or a list."""
    return [t for t in clause.tokens if t.number is not None and t.unit not in _PLACES]


def _number_token(clause: Clause, unit: str = "") -> Token | None:
    if unit:
        numbers = [t for t in clause.tokens if t.number is not None and t.unit == unit]
        return next(iter(numbers if unit in _PLACES else reversed(numbers)), None)
    return next(reversed(counted(clause)), None)


def _number(clause: Clause, context: Context, unit: str) -> int | float | None:
    token = _number_token(clause, unit)
    return token.number if token else None


def _number_below(clause: Clause, context: Context, _: str) -> int | float | None:
    number = _number(clause, context, "")
    return None if number is None else number - 1


def _whole(unit: str) -> Reader:
    def reader(clause: Clause, context: Context, _: str) -> int | None:
        number = _number(clause, context, unit)
        return None if number is None else int(number)

    return reader


def _setting(clause: Clause, context: Context, name: str) -> int | float | None:
    """The number said of k, l or t; what was set before, or the threshold in force for k."""
    said: list[int | float] = []
    for place, token in enumerate(clause.tokens):
        if f"setting.{name}" in token.concepts:
            for later in clause.tokens[place + 1 :]:
                if any(c.startswith("setting.") for c in later.concepts):
                    break
                if later.number is not None:
                    said.append(later.number)
                    break
    if said:
        return said[-1 if "rather" in clause.concepts else 0]
    if name == "l" and (kinds := _number_token(clause, "kinds")):
        return kinds.number
    kept = context.dialogue.goal.get(name)
    return context.threshold if kept is None and name == "k" else kept


def _shifted(clause: Clause, context: Context, name: str) -> int | float | None:
    """What was set before, a step up or down."""
    start, token = context.dialogue.goal.get(name, context.threshold), _number_token(clause)
    if token is None or token.number is None:
        return None
    return start + (-token.number if "raise.down" in clause.concepts else token.number)


def _concept(clause: Clause, context: Context, family: str) -> str | None:
    token = clause.first(family)
    if not token:
        return None
    return next(c for c in sorted(token.concepts) if c.startswith(family + ".")).removeprefix(
        family + "."
    )


def _phrase(clause: Clause, context: Context, concept: str) -> str | None:
    token = clause.first(concept)
    return clause.text[token.start : token.end] if token else None


def _after(clause: Clause, context: Context, concept: str) -> str | None:
    token = clause.first(concept)
    if not token:
        return None
    said = clause.text[token.end : clause.end].strip(JOINTS["topic"])
    return _POLITE.sub("", said).strip("「」『』\"' ") or None


def _list_after(clause: Clause, context: Context, concept: str) -> list[str] | None:
    said = _after(clause, context, concept)
    return [part for part in _LIST.split(said) if part] if said else None


def _list_before(clause: Clause, context: Context, concept: str) -> list[str] | None:
    token = clause.first(concept)
    said = clause.text[clause.start : token.start].strip(" 、。") if token else ""
    return [part for part in _LIST.split(said) if part] or None


def _duration(clause: Clause, context: Context, _: str) -> str | None:
    token = _number_token(clause)
    if not token:
        return None
    rest = _DURATION.match(clause.text, token.end)
    return (clause.text[token.start : token.end] + (rest[0] if rest else "")).strip()


def _column(clause: Clause, context: Context, _: str) -> str | None:
    named = columns_meant(clause, context).columns
    return named[0] if len(named) == 1 else None


def _holder(clause: Clause, context: Context, _: str) -> str | None:
    """The column something stands in, where more than one is named ("names in the remarks")."""
    inside = {name for token in clause.holders for name in token.meaning.columns}
    texts = {c.name for c in context.columns if c.type is ColumnType.FREE_TEXT}
    columns = columns_meant(clause, context).columns
    named = [name for name in columns if name in (inside or texts)]
    return named[0] if len(named) == 1 else _column(clause, context, "")


def _listed_cell(clause: Clause, context: Context, _: str) -> dict[str, Any] | None:
    number, cells = _number(clause, context, "ordinal"), context.dialogue.cells
    if "last_one" in clause.concepts:
        number = len(cells)
    if number is None or not 1 <= number <= len(cells):
        return None
    cell = cells[int(number) - 1]
    return _cell(cell.row, None if cell.whole_row else cell.column)


def _focus_cell(clause: Clause, context: Context, _: str) -> dict[str, Any] | None:
    dialogue = context.dialogue
    if dialogue.row is None:
        return None
    whole = "here_row" in clause.concepts
    return _cell(dialogue.row, None if whole or not dialogue.columns else dialogue.columns[0])


def _cell(row: int, column: str | None) -> dict[str, Any]:
    return {"row": row} | ({"column": column} if column else {})


def _query(clause: Clause, context: Context, _: str) -> str:
    """The question itself; or, when it only points ("which article?"), what it points at."""
    if "ground" not in clause.concepts or clause.unread > _POINTING:
        return clause.words
    named = columns_meant(clause, context).columns
    last = context.dialogue.last[-1].tool if context.dialogue.last else ""
    if not named and last in TOOLS and (ground := TOOLS[last].ground):
        return ground.text(context.lang)
    column = context.column(next(iter(named or context.dialogue.columns), ""))
    return f"{column.name} {column.why}".strip() if column else clause.words


READERS: dict[str, Reader] = {
    "number": _number,
    "number_below": _number_below,
    "steps": lambda clause, context, _: (
        _number(clause, context, "times") or _number(clause, context, "step")
    ),
    "row": _whole("row"),
    "ordinal": _whole("ordinal"),
    "setting": _setting,
    "shifted": _shifted,
    "changes": lambda clause, context, _: context.changes,
    "goal": lambda clause, context, _: _setting(clause, context, "k"),
    "threshold": lambda clause, context, _: context.threshold,
    "concept": _concept,
    "phrase": _phrase,
    "after": _after,
    "list_after": _list_after,
    "list_before": _list_before,
    "truth": lambda clause, context, _: not clause.concepts & {"absent", "negation"},
    "duration": _duration,
    "column": _column,
    "columns": lambda clause, context, _: list(columns_meant(clause, context).columns) or None,
    "holder": _holder,
    "listed_cell": _listed_cell,
    "focus_cell": _focus_cell,
    "query": _query,
}
