"""The conversation about one review."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue import Action, Context, Dialogue
from assistant.grammar import parse
from assistant.provider import Provider
from assistant.run import Run, drain, follow, grounded
from core import Citation, Language, UsageError, say, switch_off_telemetry
from desk import TOOLS, Session
from knowledge import Passage

OFFLINE = "offline"

_REMEMBERED = 6
"""Turns a provider's model is reminded of."""


class Turn(BaseModel):
    """What was done, what to say, and what it rests on."""

    model_config = ConfigDict(frozen=True)

    actions: tuple[Action, ...] = ()
    reply: str = ""
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    engine: str = OFFLINE
    """`offline`, or the provider's model that read the message."""
    note: str = ""
    """Why the offline reading stepped in, where a provider is configured and failed."""
    data: tuple[dict[str, Any], ...] = Field(default=(), exclude=True)
    """The outcomes' data, one for each action, for a screen."""


class ProviderFailed(Exception):  # noqa: N818  caught here: the offline reading answers
    """The provider's model failed, fell silent, or did nothing at all."""


def warm() -> None:
    """Load what a first answer needs (about two seconds), for a thread after first paint."""
    switch_off_telemetry()
    from assistant import graph

    graph.open_model(None)
    parse("年齢の列はなぜ黄色ですか", Context())  # loads the grammar and the tokenizer


@dataclass
class Assistant:
    """Turns free Japanese or English into what the desk can do.

    Args:
        desk: the review, a `desk.Session`.
        provider: the configured model; None reads everything offline.
        lang: the language of the replies.
    """

    desk: Session
    provider: Provider | None = field(default_factory=Provider.configured)
    lang: Language = "ja"
    dialogue: Dialogue = field(default_factory=Dialogue)
    _history: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def turn(self, message: str) -> Turn:
        """Answer one message."""
        *_, last = self.stream(message)
        assert isinstance(last, Turn)  # noqa: S101  a stream ends with its turn
        return last

    def stream(self, message: str) -> Iterator[str | Turn]:
        """The reply in pieces as it comes, then the `Turn`; the pieces together are its reply."""
        switch_off_telemetry()
        run = self._run(message, guarded=self.provider is not None)
        engine, note = OFFLINE, ""
        if self.provider:
            try:
                yield from self._provided(run, message, self.provider)
                engine = self.provider.name
            except ProviderFailed as failed:
                note = self._why(failed, run)
                yield from drain(run)
        if engine == OFFLINE and not run.actions:
            run = self._run(message, guarded=False)
            yield from follow(run, _steps(None, run, (), message))
        yield self._finish(run, message, engine, note)

    def look(self, column: str | None, row: int | None = None) -> None:
        """Tell the conversation what was chosen on the screen ("this column", "this cell")."""
        self.dialogue.look(column, row)

    def dump(self) -> dict[str, Any]:
        """The state as JSON: names and numbers of columns and rows, no cell value, no message."""
        return self.dialogue.model_dump(mode="json")

    def load(self, state: dict[str, Any]) -> None:
        """Take up a state that was dumped."""
        self.dialogue = Dialogue.model_validate(state)

    def _run(self, message: str, *, guarded: bool) -> Run:
        context = Context.of(self.desk, self.dialogue, self.lang)
        context = context.model_copy(update={"dialogue": self.dialogue.model_copy(deep=True)})
        return Run(self.desk, self.dialogue, parse(message, context), context, guarded)

    def _provided(self, run: Run, message: str, provider: Provider) -> Iterator[str]:
        try:
            steps = _steps(provider, run, tuple(self._history), message)
            words = yield from follow(run, steps, provider.timeout)
        except Exception as error:  # whatever a provider does, the desk answers
            raise ProviderFailed from error
        if not run.actions:
            raise ProviderFailed
        self._claim(run, words)
        yield from drain(run)

    def _why(self, failed: ProviderFailed, run: Run) -> str:
        if isinstance(failed.__cause__, UsageError):
            return failed.__cause__.text(self.lang)
        said = "provider_stopped" if run.actions else "provider_failed"
        return say(f"assistant.reply.{said}").text(self.lang)

    def _claim(self, run: Run, words: str) -> None:
        from assistant import graph

        for claim in grounded(graph.claims_in(words), run.passages):
            place = next(p for p in run.passages if p.id == claim.passage_id)
            run.say(f"{claim.text}（{place.source} {place.locator}）")

    def _finish(self, run: Run, message: str, engine: str, note: str) -> Turn:
        read = run.reading.pending if tuple(run.actions) == run.reading.actions else None
        self.dialogue.pending = run.pending or read
        self.dialogue.last = tuple(a for a in run.actions if not TOOLS[a.tool].own_words)
        done = [action.model_dump(mode="json") for action in run.actions]
        self._history.append((message, json.dumps({"done": done}, ensure_ascii=False)))
        del self._history[:-_REMEMBERED]
        return Turn(
            actions=tuple(run.actions),
            reply="".join(run.words),
            citations=tuple({(c.id, c.article, c.paragraph): c for c in run.citations}.values()),
            passages=tuple(run.passages),
            engine=engine,
            note=note,
            data=tuple(run.data),
        )


def _steps(
    provider: Provider | None, run: Run, history: tuple[tuple[str, str], ...], message: str
) -> Iterator[str]:
    """A turn's steps. Loading the model is no part of them: it is not a provider's silence."""
    from assistant import graph

    model = graph.open_model(provider)
    return graph.run(model, run.act, run.context, history, message)
