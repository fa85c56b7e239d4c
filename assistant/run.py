"""One turn while it happens: tools are carried out, words and grounds are collected, what is said
comes at once, and silence has an end.

A header or a document can hold sentences that look like instructions. So where a provider's model
decides, a call that changes something is carried out only when our own reading of the message finds
the same request; any other is put to the user first. Calls that only look are let through.
"""

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import Any

from assistant.dialogue import Action, Context, Dialogue, Pending
from assistant.grammar import Reading
from assistant.grammar.clauses import JOINTS
from assistant.grammar.intents import ask
from assistant.grammar.scan import either
from core import Citation, Language, MekikiError
from desk import TOOLS, Session
from knowledge import Claim, Passage, verify_claims


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
        if self.guarded and not allowed(action, self.reading):
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


_LONGEST = 300
_LAW = re.compile(either(JOINTS["law"]), re.IGNORECASE)
_ASKS = tuple(JOINTS["asks"])
_ACTIVE = re.compile(r"https?:|www\.|[<>]|\]\(|!\[", re.IGNORECASE)


def allowed(action: Action, reading: Reading) -> bool:
    """Whether the user's message itself asks for the action."""
    if action in reading.actions:
        return True
    if action.tool == "ask_back":
        return _is_question(str(action.args.get("question", "")))
    return TOOLS[action.tool].changes is None


def _is_question(text: str) -> bool:
    """A short question that states no law.

    >>> _is_question("どの列のことですか。"), _is_question("法69条違反ですが、よいですか。")
    (True, False)
    """
    return _is_plain(text) and text.rstrip("。 ").endswith(_ASKS) and not _LAW.search(text)


def _is_plain(text: str) -> bool:
    """Short, and without links or markup."""
    return len(text) <= _LONGEST and not _ACTIVE.search(text)


def grounded(claims: Iterable[Claim], passages: Iterable[Passage]) -> tuple[Claim, ...]:
    """The claims that may be said: plain, and quoted from a passage of this turn."""
    return tuple(c for c in verify_claims(claims, tuple(passages)) if _is_plain(c.text))


_GLANCE = 0.02
"""Seconds between looks at what the thread has done."""


class Silence(Exception):  # noqa: N818  caught by the conversation, which answers offline
    """A model gave no sign of life in time."""


def follow(
    run: Run, steps: Iterator[str], limit: float = float("inf")
) -> Generator[str, None, str]:
    """Run a model's steps in a thread; yield what is said, return the last step.

    `limit` is in seconds without a sign of life; the desk's own work does not count.

    Raises:
        Silence: the limit passed. The thread can do nothing more.
        Exception: whatever ended the steps.
    """
    ended: Queue[str | Exception] = Queue()

    def work() -> None:
        last = ""
        try:
            for step in steps:
                run.alive, last = time.monotonic(), step
            ended.put(last)
        except Exception as error:  # passed on to whoever follows
            ended.put(error)

    run.alive = time.monotonic()
    context = copy_context()  # whoever watches long work watches it here too
    threading.Thread(target=context.run, args=(work,), daemon=True, name="conversation").start()
    try:
        while True:
            yield from drain(run)
            try:
                result = ended.get(timeout=_GLANCE)
            except Empty:
                if not run.busy and time.monotonic() - run.alive > limit:
                    raise Silence from None
                continue
            yield from drain(run)
            if isinstance(result, Exception):
                raise result
            return result
    finally:
        run.closed = True


def drain(run: Run) -> Iterator[str]:
    """What was said and not yet passed on."""
    while not run.pieces.empty():
        yield run.pieces.get()
