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

from collections.abc import Iterable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from core.message import Language, Message, say


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
        if values.keys() == {"ja", "en"}:
            return cls(Problem(code=id, message=Message(**values), source=source))
        return cls(Problem.of(id, source=source, **values))

    def about(self, source: str) -> Self:
        """The same problems, of a file."""
        return type(self)(p.model_copy(update={"source": source}) for p in self.problems)

    def text(self, lang: Language) -> str:
        """All messages, one a line."""
        return "\n".join(
            (f"{p.source}: " if p.source else "") + p.message.text(lang) for p in self.problems
        )


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
