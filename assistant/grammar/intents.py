"""The phrases of the desk's tools as intents: which one a clause asks for, and the actions that
follow from it, or a question back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue import Action, Context, Pending
from assistant.grammar.clauses import Clause
from assistant.grammar.slots import Doubt, Named, columns_meant, columns_of_role, counted, read
from core import Message, listed, say
from desk import TOOLS, phrases

Built = tuple[Sequence[Action], Pending | None]

_SHORT = 6
"""Characters that may stay unread in a clause that is a column's name and little else."""
_ASK_FOR = {"column": "which_column", "row": "which_row", "*": "not_in_list"} | dict.fromkeys(
    ("k", "number", "parameter", "threshold"), "which_number"
)
"""The question for an argument that is not there."""
_FOR_ROLES = frozenset({"drop", "keep", "pseudonymize", "suppress_cells"})
"""What may be done to "all direct identifiers" at once: it fits a column of any type."""
_MOST_REPEATS = 20
"""Steps taken back at most by one message: more is a slip."""


class Intent(BaseModel):
    """What a clause must speak of, and the tool and arguments that follow from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tool: str = "ask_back"
    when: tuple[str, ...]
    set: dict[str, Any] = Field(default_factory=dict)
    set_default: dict[str, str] = Field(default_factory=dict)
    read: dict[str, str] = Field(default_factory=dict)
    maybe: dict[str, str] = Field(default_factory=dict)
    each: str | None = None
    ask: str | None = None
    repeat: str | None = None
    gather: bool = False
    loose: bool = False


@lru_cache(maxsize=1)
def intents() -> tuple[Intent, ...]:
    """The grammar's intents, in the order they are tried."""
    return tuple(map(Intent.model_validate, phrases()))


def intent_of(clause: Clause, context: Context, *, loose: bool = False) -> Intent | None:
    """The first intent that fits the clause."""
    concepts = clause.concepts | _circumstances(clause, context)
    asks = "question" in concepts and not concepts & {"request", "whatif"}
    return next(
        (
            intent
            for intent in intents()
            if (loose or not intent.loose)
            and not (asks and TOOLS[intent.tool].order)  # "is it enough to …?"
            and _holds(intent.when, concepts)
        ),
        None,
    )


def _circumstances(clause: Clause, context: Context) -> set[str]:
    dialogue = context.dialogue
    found = {
        plain
        for plain, concept in (("row", "number.row"), ("ordinal", "number.ordinal"))
        if concept in clause.concepts
    }
    if "last_one" in clause.concepts:
        found.add("ordinal")
    if dialogue.listed:
        found.add(f"listed.{dialogue.listed}")
    if dialogue.columns:
        found.add("focus")
    if dialogue.row is not None:
        found.add("focus.row")
    if clause.holders:
        found.add("part_of")
    if context.changing:
        found.add("after_change")
    if clause.relative:
        found.add("relative")
    if len(counted(clause)) >= 2:
        found.add("numbers")
    if clause.unread <= _SHORT:
        found.add("short")
    named = columns_meant(clause, context)
    if len(named.columns) + len(named.doubts) >= 2:
        found.add("columns")
    return found


def _holds(when: tuple[str, ...], concepts: "set[str] | frozenset[str]") -> bool:
    return all(any(_is(word, concepts) for word in condition.split("|")) for condition in when)


def _is(word: str, concepts: "set[str] | frozenset[str]") -> bool:
    if word.startswith("!"):
        return not _is(word[1:], concepts)
    if word.endswith(".*"):
        return any(concept.startswith(word[:-1]) for concept in concepts)
    return word in concepts


def ask(name: str, context: Context, **words: str | Message) -> Action:
    """A question back."""
    question = say(f"assistant.question.{name}", **words).text(context.lang)
    return Action(tool="ask_back", args={"question": question})


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
            question = _ASK_FOR.get(name, "which_other")
            return [ask(question, context, slot=clause.words)], None
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
    options = listed(Message(ja=f"「{o}」", en=f"“{o}”") for o in doubt.options)
    question = ask("which_of", context, phrase=doubt.phrase, options=options)
    return [question], Pending(actions=(action,), slot="column", options=doubt.options)
