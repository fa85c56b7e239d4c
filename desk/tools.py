"""What a tool of the desk is: one thing that the conversation, a lesson or a screen can ask for.

A tool is one function in the module of its subject, marked with `@tool` and named in `Session`, and
its words in `tools.yaml`: what people call it and what they say to ask for it. Its name, its
arguments and its docstring are the function's own. The session uses tools, the assistant offers
them to a model and reads them out of messages, the doors show their labels: all from here.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, Concatenate, Generic, Literal, ParamSpec, Self, get_type_hints, overload

from pydantic import BaseModel, ConfigDict, create_model

from core import Message, yaml12
from desk.reply import Outcome
from desk.workspace import Workspace

P = ParamSpec("P")
Phrase = Mapping[str, Any]
"""What somebody says to ask for a tool, as `tools.yaml` explains it."""


@dataclass(frozen=True)
class Tool(Generic[P]):
    """One tool: its function, whose first argument is the session, and what holds for its use.

    As an attribute of a session it is used on that session, with the arguments of its function.
    """

    run: Callable[Concatenate[Any, P], Outcome]
    changes: Literal["plan", "case"] | None = None
    """What it changes: `undo` takes that back, and a saved session does it again."""
    open: bool = False
    """Whether its sentence is about columns, sums or law alone: a provider's model may read it."""
    own_words: bool = False
    """Whether its arguments are the user's own words, which a saved session does not hold."""

    @overload
    def __get__(self, session: None, owner: type) -> Self: ...

    @overload
    def __get__(self, session: Workspace, owner: type) -> Callable[P, Outcome]: ...

    def __get__(self, session: Workspace | None, owner: type) -> Self | Callable[P, Outcome]:
        return self if session is None else partial(self, session)

    def __call__(self, session: Workspace, *arguments: P.args, **named: P.kwargs) -> Outcome:
        """Use it. What changes the plan or the case is noted in the session's journal.

        Raises:
            MekikiError: it could not be done; the message says what to do.
        """
        outcome = self.run(session, *arguments, **named)
        if self.changes:
            bound = inspect.signature(self.run).bind(session, *arguments, **named)
            bound.apply_defaults()
            noted = dict(list(bound.arguments.items())[1:])
            session.journal.append({"tool": self.name, **noted})
        return outcome

    @property
    def name(self) -> str:
        """As `actions[]` and a model know it."""
        return self.run.__name__

    @property
    def doc(self) -> str:
        """What it does, in a sentence."""
        return inspect.getdoc(self.run) or self.name

    @property
    def label(self) -> Message:
        """What people call it."""
        return Message(**self._words["label"])

    @property
    def part(self) -> str:
        """The part of a review that shows what it does; empty for one that only speaks."""
        return str(self._words.get("part", ""))

    @property
    def lists(self) -> str:
        """What its outcome lists, to be counted through ("the second one"); empty where nothing."""
        return str(self._words.get("lists", ""))

    @property
    def order(self) -> bool:
        """Whether it takes an order: a mere question never asks for it."""
        return bool(self._words.get("order"))

    @property
    def again(self) -> bool:
        """Whether "the same for …" uses it again."""
        return bool(self._words.get("again"))

    @property
    def opening(self) -> Message | None:
        """What is said before it begins, where it may take a while; a template of its arguments."""
        return Message(**said) if (said := self._words.get("opening")) else None

    @property
    def ground(self) -> Message | None:
        """What "which article says so?" asks about once it was used."""
        return Message(**said) if (said := self._words.get("ground")) else None

    @property
    def says(self) -> tuple[str, ...]:
        """Phrases that name it and little else."""
        return tuple(self._words.get("says", ()))

    @property
    def _words(self) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = words()["tools"][self.name]
        return entry

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """Its arguments as a model gives them; what only a screen can say is keyword-only.

        >>> from desk import TOOLS
        >>> TOOLS["choose_plan"].arguments.model_validate({"number": 2}).number
        2
        """
        hints = get_type_hints(self.run, include_extras=True)
        fields: dict[str, Any] = {
            name: (hints[name], ... if p.default is p.empty else p.default)
            for name, p in list(inspect.signature(self.run).parameters.items())[1:]
            if p.kind is not p.KEYWORD_ONLY
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    def checked(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments as the function takes them: enums for their words.

        >>> from desk import TOOLS
        >>> TOOLS["list_columns"].checked({"role": "sensitive"})
        {'role': <Role.SENSITIVE: 'sensitive'>}

        Raises:
            ValidationError: one is missing, unknown, or of another type.
        """
        given = self.arguments.model_validate(dict(arguments))
        return {name: getattr(given, name) for name in given.model_fields_set}


def tool(
    *, changes: Literal["plan", "case"] | None = None, open: bool = False, own_words: bool = False
) -> Callable[[Callable[Concatenate[Any, P], Outcome]], Tool[P]]:
    """Mark a function as a tool; see `Tool` for what is said of it."""
    return lambda function: Tool(function, changes, open, own_words)


def phrases() -> tuple[Phrase, ...]:
    """What people say to ask for tools, in the order it is tried; each names its `tool`.

    A tool that no phrase names is asked for by what it `says` alone.
    """
    found = tuple(words()["phrases"])
    named = {phrase.get("tool") for phrase in found}
    plain = [name for name, entry in words()["tools"].items() if "says" in entry]
    return (*({"tool": name, "when": [name]} for name in plain if name not in named), *found)


@cache
def words() -> dict[str, Any]:
    """The file `tools.yaml`."""
    text = Path(__file__).with_name("tools.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml12.load(text)
    return found
