"""One review from start to end: everything a door or the conversation can do."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from core import MekikiError, Operation
from desk import explain, exports, papers, planning, procedure
from desk.examination import THRESHOLD
from desk.reply import Outcome
from desk.tools import Tool
from desk.workspace import Workspace


class Session(Workspace):
    """Everything a door or the conversation can do with one review.

    A tool answers with an `Outcome`, which never holds a cell value. What else there is, is for
    screens: it may hold values.
    """

    list_columns = explain.list_columns
    explain_column = explain.explain_column
    compare_schema = explain.compare_schema
    list_unusual = explain.list_unusual
    explain_cell = explain.explain_cell
    measure_risk = explain.measure_risk
    link_check = explain.link_check
    propose_plan = planning.propose_plan
    choose_plan = planning.choose_plan
    change_plan = planning.change_plan
    preview = planning.preview
    undo = planning.undo
    protect_table = exports.protect_table
    set_case_fact = procedure.set_case_fact
    check_procedure = procedure.check_procedure
    search_guidelines = procedure.search_guidelines
    make_report = papers.make_report
    ask_back = procedure.ask_back

    report = papers.report
    processed_file = exports.processed_file
    judged = exports.judged
    hold_against = exports.hold_against

    def call(self, tool: str, /, **arguments: Any) -> Outcome:
        """Use a tool by its name.

        Raises:
            KeyError: there is no such tool.
            MekikiError: it could not be done; the message says what to do.
        """
        return TOOLS[tool](self, **arguments)

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


TOOLS: dict[str, Tool[...]] = {
    made.name: made for made in vars(Session).values() if isinstance(made, Tool)
}
"""Every tool by its name."""
