"""One turn while it happens: tools are carried out, words and grounds are collected."""

import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

from assistant import change_guard
from assistant.dialogue import Action, Context, Dialogue, Pending
from assistant.grammar import Reading
from assistant.grammar.intents import ask
from core import Citation, Language, MekikiError
from desk import TOOLS, Session
from knowledge import Passage


class Closed(Exception):  # noqa: N818  not an error: the turn is over
    """The turn ended; nothing more is carried out."""


@dataclass
class Run:
    """The actions of one turn, what the desk said, and what it rests on."""

    desk: Session
    dialogue: Dialogue
    reading: Reading
    context: Context
    guarded: bool
    """Whether a provider's model decides, so that changes must be the user's own."""
    actions: list[Action] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)
    pieces: "Queue[str]" = field(default_factory=Queue)
    pending: Pending | None = None
    busy: bool = False
    alive: float = 0.0
    """When there was a last sign of life (`time.monotonic`)."""
    closed: bool = False

    @property
    def lang(self) -> Language:
        """The language of the conversation."""
        return self.context.lang

    def say(self, text: str) -> None:
        """Add to the reply on a line of its own, unless it was said already."""
        if text and not any(text in word for word in self.words):
            piece = ("\n" if self.words else "") + text
            self.words.append(piece)
            self.pieces.put(piece)

    def act(self, action: Action) -> str:
        """Carry out a tool call and answer the model.

        Raises:
            Closed: the turn is over.
        """
        if self.closed:
            raise Closed
        self.busy = True
        try:
            return self._act(action)
        finally:
            self.alive = time.monotonic()
            self.busy = False

    def _act(self, action: Action) -> str:
        asked_first = False
        if self.guarded and not change_guard.allowed(action, self.reading):
            self.pending = Pending(actions=(action,))
            action = self._confirm(action)
            asked_first = True
        entry = TOOLS[action.tool]
        if entry.opening:
            self.say(entry.opening.text(self.lang).format_map(defaultdict(str, action.args)))
        try:
            outcome = self.desk.call(action.tool, **entry.checked(action.args))
        except MekikiError as error:
            self._record(action, {})
            self.say(error.text(self.lang))
            return _answer(done=False, problems=[p.code for p in error.problems])
        self._record(action, dict(outcome.data))
        self.say(outcome.message.text(self.lang))
        self.citations += outcome.citations
        self.passages += outcome.passages
        if asked_first:
            return _answer(done=False, asked_the_user_first=True)
        parts = {"id", "source", "locator", "quote"}
        quotes = [p.model_dump(include=parts) for p in outcome.passages]
        shown = {"passages": quotes} if quotes else {}
        if entry.open:
            return _answer(done=True, message=outcome.message.text(self.lang), **shown)
        # rows and shapes of cells stay here
        return _answer(done=True, shown_to_user=True, **shown)

    def _record(self, action: Action, data: dict[str, Any]) -> None:
        self.actions.append(action)
        self.data.append(data)
        self.dialogue.note(action, data)

    def _confirm(self, action: Action) -> Action:
        if action.tool == "ask_back":
            self.pending = None
            return ask("unclear", self.context)
        said = ", ".join(f"{name}={value}" for name, value in action.args.items())
        return ask("confirm", self.context, action=f"{action.tool}({said})")


def _answer(**parts: Any) -> str:
    return json.dumps(parts, ensure_ascii=False)
