"""Which columns a clause is about, as people say it."""

import re
from dataclasses import dataclass

from assistant.dialogue import Context
from assistant.grammar.clauses import JOINTS, Clause
from assistant.grammar.scan import Token, either
from core import ColumnType, Role

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
