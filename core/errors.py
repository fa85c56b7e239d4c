"""Every error the product raises on purpose.

MekikiError
├── InputError      a file, schema, hierarchy or table that cannot be used
├── PlanError       a plan that does not fit the data, or asks the impossible
├── RuleError       a rule pack that does not load
├── KnowledgeError  a card, document or index that cannot be used
└── UsageError      a command or argument that makes no sense

An error holds all the problems found, each with a stable code and a message that
says what happened and what to do next. It never holds a cell value.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from core.message import Language, Message, listed, say

_MISFITS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "enum": "choice",
    "literal_error": "choice",
    "string_type": "text",
    "string_pattern_mismatch": "pattern",
    "bool_type": "truth",
    "bool_parsing": "truth",
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "fields"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "date"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "whole_number"),
    **dict.fromkeys(("float_type", "float_parsing"), "number"),
    **dict.fromkeys(
        ("greater_than", "greater_than_equal", "less_than", "less_than_equal"), "range"
    ),
}
"""The sentence (`core.misfit.*`) for each kind of misfit that pydantic tells, or else `other`."""
_CHOICE = re.compile(r"'([^']*)'")


class Problem(BaseModel):
    """One thing that is wrong: where it is, what happened, what to do next."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: Message
    source: str | None = None
    """The file name as the user knows it."""

    @classmethod
    def of(cls, id: str, /, *, source: str | None = None, **values: Any) -> Self:
        """The problem whose message is `id`; its code is the last part of it."""
        return cls(code=id.rpartition(".")[2], message=say(id, **values), source=source)


class MekikiError(Exception):
    """Base class; carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(p.code for p in self.problems))

    @classmethod
    def of(cls, id: str, /, *, source: str | None = None, **values: Any) -> Self:
        """An error with a single problem; its code is the last part of the message's id.

        `values` fill the fields of the message `id` in the catalogue.
        """
        return cls(Problem.of(id, source=source, **values))

    def about(self, source: str) -> Self:
        """The same problems, of a file."""
        return type(self)(p.model_copy(update={"source": source}) for p in self.problems)

    def text(self, lang: Language) -> str:
        """All messages, one a line."""
        return "\n".join(
            (f"{p.source}: " if p.source else "") + p.message.text(lang) for p in self.problems
        )


def misfits(error: ValidationError) -> Iterator[Message]:
    """What does not fit the shape of a document, and where, without a value of it.

    A validator that raises `ValueError` with a message of the catalogue is quoted.

    >>> class Band(BaseModel):
    ...     width: int
    >>> try:
    ...     Band.model_validate({"width": "wide"})
    ... except ValidationError as error:
    ...     [said.en for said in misfits(error)]
    ['width: write a whole number.']
    """
    for found in error.errors(include_input=False, include_url=False):
        place = ".".join(map(str, found["loc"])) or "—"
        context = found.get("ctx", {})
        own = context["error"].args[:1] if found["type"] == "value_error" else ()
        if own and isinstance(own[0], Message):
            yield say("core.misfit.own", place=place, said=own[0])
            continue
        kind = _MISFITS.get(found["type"], "other")
        choices = listed(_CHOICE.findall(str(context.get("expected", ""))))
        yield say(f"core.misfit.{kind}", place=place, choices=choices)


class InputError(MekikiError):
    """A file, schema, hierarchy or table that cannot be used as it is."""


class PlanError(MekikiError):
    """A plan that does not fit the data, or asks for what cannot be had."""


class RuleError(MekikiError):
    """A rule pack that does not load."""


class KnowledgeError(MekikiError):
    """A card, a document or the index cannot be used."""


class UsageError(MekikiError):
    """A command or an argument that makes no sense here."""
