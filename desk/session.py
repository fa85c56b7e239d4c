"""One review from start to end: everything a door or the conversation can do."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from core import MekikiError, Message, Operation
from desk import explain, exports, hierarchies_and_keys, papers, planning, procedure  # noqa: F401
from desk.examination import THRESHOLD
from desk.reply import Outcome
from desk.tools import TOOLS, tool
from desk.workspace import Workspace


class Session(Workspace):
    """Everything a door or the conversation can do with one review.

    Every tool of `TOOLS` can be called by its name, `session.call("undo")` or `session.undo()`,
    and answers with an `Outcome`, which never holds a cell value. What else there is, is for
    screens: it may hold values.
    """

    def call(self, tool: str, /, *arguments: Any, **named: Any) -> Outcome:
        """Use a tool by its name. What changes the plan or the case is noted in the journal.

        Raises:
            KeyError: there is no such tool.
            MekikiError: it could not be done; the message says what to do.
        """
        entry = TOOLS[tool]
        outcome = entry.run(self, *arguments, **named)
        if entry.changes == "case" and self.history.states[0].plan is not None:
            self.suggest()  # the plan it began with was made for other columns
        if entry.changes:
            self.journal.append(entry.noted(arguments, named))
        return outcome

    def __getattr__(self, name: str) -> Callable[..., Outcome]:
        if name not in TOOLS:
            raise AttributeError(name)
        return partial(self.call, name)

    brief = papers.brief
    report = papers.report
    processed_file = exports.processed_file
    proposed_hierarchy = hierarchies_and_keys.proposed_hierarchy
    set_hierarchy = hierarchies_and_keys.set_hierarchy
    set_key = hierarchies_and_keys.set_key

    def suggest(self) -> None:
        """Start from a proposed plan where there are people to protect and no plan yet.

        Nothing is said and nothing can be undone: it is where the plan stack begins.
        """
        if self.plan is None and self.holds_people and self.examined.inspection.quasi:
            with suppress(MekikiError):
                found = planning.alternatives(self, planning.goal_of(k=THRESHOLD))
                self.alternatives = found
                self.begin_with(found[0].plan)

    def foresee(self, changes: Sequence[tuple[str, Operation, float | str | None]]) -> None:
        """Work out what changes on offer would make of the data, so that each is answered at once.

        For one thread beside the screen's own; nothing changes.
        """
        plan = self.plan
        if plan is None:
            return
        for change in changes:
            planned = planning.changed(self, plan, *change, self.readings_ahead)
            self.preview_of(planned, self.readings_ahead)

    def dump(self) -> list[dict[str, Any]]:
        """What was done, as JSON: the steps, never what they made of a cell."""
        return [dict(step) for step in self.journal]

    def load(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Do again what was dumped; steps for other data are left out."""
        for step in steps:
            arguments = {name: value for name, value in step.items() if name != "tool"}
            if step["tool"] in TOOLS and TOOLS[step["tool"]].changes:
                with suppress(MekikiError):
                    self.call(step["tool"], **arguments)


@tool(own_words=True)
def ask_back(session: Workspace, question: str) -> Outcome:
    """Put a question to the user instead of acting on a guess."""
    return Outcome(message=Message(ja=question, en=question))
