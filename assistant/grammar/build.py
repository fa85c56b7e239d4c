"""Turning an intent and its clause into actions, or into a question back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from assistant.dialogue import Action, Context, Pending
from assistant.grammar.clauses import Clause
from assistant.grammar.intents import Intent
from assistant.grammar.lexicon import load
from assistant.grammar.reference import Doubt, Named, columns_meant, columns_of_role
from assistant.grammar.slots import counted, read
from core import Message

Built = tuple[Sequence[Action], Pending | None]
_ASK_FOR = {"column": "which_column", "row": "which_row", "*": "not_in_list"}
_FOR_ROLES = frozenset({"drop", "keep", "pseudonymize", "suppress_cells"})
"""What may be done to "all direct identifiers" at once: it fits a column of any type."""
_MOST_REPEATS = 20


@lru_cache(maxsize=1)
def questions() -> dict[str, Message]:
    """The questions the conversation may ask."""
    return {name: Message(**text) for name, text in load("questions.yaml").items()}


def ask(name: str, context: Context, **words: str) -> Action:
    """A question back."""
    text = questions()[name].text(context.lang)
    return Action(tool="ask_back", args={"question": text.format(**words)})


def build(intent: Intent, clause: Clause, context: Context) -> Built:
    """The actions of one clause. A required argument that is not there is asked for."""
    if intent.ask:
        return [ask(intent.ask, context)], None
    args: dict[str, Any] = dict(intent.set)
    for name, spec in intent.set_default.items():
        args[name] = read(spec, clause, context)
    for name, spec in intent.read.items():
        value = read(spec, clause, context)
        if value is None:
            return _ask_for(name, clause, context)
        args |= value if name == "*" else {name: value}
    for name, spec in intent.maybe.items():
        if (value := read(spec, clause, context)) is not None:
            args[name] = value
    if intent.each == "row":
        rows = dict.fromkeys(int(t.number or 0) for t in clause.tokens if t.unit == "row")
        return [Action(tool=intent.tool, args={"row": row, **args}) for row in rows], None
    if intent.each == "number":
        values = dict.fromkeys(int(t.number or 0) for t in counted(clause))
        return [Action(tool=intent.tool, args={"k": k, **args}) for k in values], None
    if intent.each:
        return _each(intent, args, clause, context)
    doubts = columns_meant(clause, context).doubts if _reads_columns(intent) else ()
    if doubts and doubts[0].options:
        return _doubt(doubts[0], Action(tool=intent.tool, args=args), context)
    times = read(intent.repeat, clause, context) if intent.repeat else None
    return [Action(tool=intent.tool, args=args)] * min(int(times or 1), _MOST_REPEATS), None


def _reads_columns(intent: Intent) -> bool:
    return "column" in intent.read.values() or "columns" in (
        *intent.read.values(),
        *intent.maybe.values(),
    )


def _each(intent: Intent, args: dict[str, Any], clause: Clause, context: Context) -> Built:
    elided = intent.loose or any("focus" in condition for condition in intent.when)
    named = columns_meant(clause, context, elided=elided)
    if not named.columns and not named.doubts and args.get("operation") in _FOR_ROLES:
        named = Named(columns_of_role(clause, context))
    actions = [
        Action(tool=intent.tool, args={"column": column, **args}) for column in named.columns
    ]
    if named.doubts:
        asked, pending = _doubt(named.doubts[0], Action(tool=intent.tool, args=args), context)
        return [*actions, *asked], pending
    if actions:
        return actions, None
    waiting = Pending(actions=(Action(tool=intent.tool, args=args),), slot="column")
    listed = context.dialogue.listed == "columns" and "number.ordinal" in clause.concepts
    return [ask("not_in_list" if listed else "which_column", context)], waiting


def _doubt(doubt: Doubt, action: Action, context: Context) -> Built:
    if not doubt.options:
        return [ask("no_such_column", context, phrase=doubt.phrase)], None
    mark = "「{}」" if context.lang == "ja" else "“{}”"
    options = ("、" if context.lang == "ja" else ", ").join(mark.format(o) for o in doubt.options)
    question = ask("which_of", context, phrase=doubt.phrase, options=options)
    return [question], Pending(actions=(action,), slot="column", options=doubt.options)


def _ask_for(name: str, clause: Clause, context: Context) -> Built:
    if name in _ASK_FOR:
        return [ask(_ASK_FOR[name], context)], None
    if name in {"k", "number", "parameter", "threshold"}:
        return [ask("which_number", context)], None
    return [ask("which_other", context, slot=clause.words)], None
