"""The intents of `intents.yaml`, validated, and which of them a clause asks for."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue import Context
from assistant.grammar.clauses import Clause
from assistant.grammar.lexicon import load
from assistant.grammar.reference import columns_meant
from assistant.grammar.slots import counted

_ORDERS = frozenset({"change_plan", "undo", "set_case_fact"})
"""Tools a mere question never calls."""
_SHORT = 6
"""Characters that may stay unread in a clause that is a column's name and little else."""


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
    return tuple(Intent.model_validate(entry) for entry in load("intents.yaml"))


def intent_of(clause: Clause, context: Context, *, loose: bool = False) -> Intent | None:
    """The first intent that fits the clause."""
    concepts = clause.concepts | _circumstances(clause, context)
    barred = _ORDERS if _only_asks(concepts) else frozenset()
    return next(
        (
            intent
            for intent in intents()
            if (loose or not intent.loose)
            and intent.tool not in barred
            and _holds(intent.when, concepts)
        ),
        None,
    )


def _only_asks(concepts: "set[str] | frozenset[str]") -> bool:
    """Whether a clause asks about a change ("is it enough to …?") and does not ask for it."""
    return "question" in concepts and not concepts & {"request", "whatif"}


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
