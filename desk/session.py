"""One review from start to end: everything a door or the conversation can do."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import anonymizer
import papers
from core import (
    CaseFacts,
    CellKind,
    ColumnType,
    Language,
    MekikiError,
    Message,
    Operation,
    Role,
)
from desk import (
    asking,
    cells,
    columns,
    compose,
    given,
    leaving,
    planning,
    procedure,
    risks,
    tabulation,
)
from desk.compose import Brief, Paper
from desk.outcome import Outcome
from desk.settings import MAX_SUPPRESSION, THRESHOLD
from desk.workspace import Workspace

_REPEATED = frozenset({"propose_plan", "choose_plan", "change_plan", "undo", "set_case_fact"})


class Session(Workspace):
    """Everything a door or the conversation can do with one review.

    Methods that answer the conversation return an `Outcome`, which never holds a cell value;
    `table` and `preview_now` are for screens.
    """

    # --- the review --------------------------------------------------------------------

    def list_columns(self, role: Role | None = None, type: ColumnType | None = None) -> Outcome:
        """Columns of a role or type, or all."""
        return columns.listing(self.review, role, type)

    def explain_column(self, column: str) -> Outcome:
        """Why a column is flagged, with the article."""
        return columns.explain(self.review, column)

    def list_unusual(self, kind: CellKind | None = None, column: str | None = None) -> Outcome:
        """Unusual cells, gravest first; `rare_combination`: the people who are alone."""
        return cells.listing(self, kind, column)

    def explain_cell(self, row: int, column: str | None = None) -> Outcome:
        """Why a row (1 = first data row), or one cell of it, is unusual."""
        return cells.explain(self, row, column)

    def measure_risk(self, quasi: Sequence[str] | None = None) -> Outcome:
        """k, uniques and share at risk over the given columns, or those of the review."""
        return risks.measure(self, quasi)

    def compare_schema(self) -> Outcome:
        """Where schema and data disagree."""
        return columns.compare(self.review, self.dataset)

    def link_check(self, other: str | None = None) -> Outcome:
        """What becomes known when the file is matched with another, or with all at hand."""
        return risks.links(self, other)

    # --- the plan ----------------------------------------------------------------------

    def propose_plan(
        self,
        k: int,
        l: int | None = None,  # noqa: E741  the measure's own name
        t: float | None = None,
        *,
        sensitive: Sequence[str] = (),
        max_suppression: float = MAX_SUPPRESSION,
        mode: anonymizer.Mode = "local",
    ) -> Outcome:
        """Two or three ways to reach k (and l, and t), numbered from 1.

        `sensitive` are the columns l and t are about, those found to be sensitive where none are
        named; `max_suppression` is a share of the rows (0–1).
        """
        wanted: dict[str, Any] = {"k": k, "l": l, "t": t, "sensitive": list(sensitive)}
        wanted |= {"max_suppression": max_suppression, "mode": mode}
        outcome = planning.propose(self, planning.goal_of(**wanted))
        self._note("propose_plan", **wanted)
        return outcome

    def proposed_hierarchy(self, column: str) -> str:
        """A column's hierarchy as CSV, to be edited. It holds the column's values."""
        return given.proposed_hierarchy(self, column)

    def set_hierarchy(self, column: str, content: bytes | None) -> Message:
        """Put an edited hierarchy in force for a column; None takes it away."""
        return given.set_hierarchy(self, column, content)

    def set_key(self, recipient: str, key: bytes) -> None:
        """Give one recipient's key for pseudonyms; it is held in memory only."""
        given.set_key(self, recipient, key)

    def suggest(self) -> None:
        """Start from a proposed plan where there are people to protect and no plan yet.

        Nothing is said and nothing can be undone: it is where the plan stack begins.
        """
        people = self.table is not None and self.count_column is None
        if self.plan is None and people and self.examined.inspection.quasi:
            try:
                found = planning.alternatives(self, planning.goal_of(k=THRESHOLD))
            except MekikiError:
                return
            self.alternatives = found
            self.history.begin(found[0].plan)
            self._forget()

    def choose_plan(self, number: int) -> Outcome:
        """Take one of the alternatives proposed last."""
        outcome = planning.choose(self, number)
        self._note("choose_plan", number=number)
        return outcome

    def change_plan(
        self, column: str, operation: Operation, parameter: float | str | None = None
    ) -> Outcome:
        """Set one column's step in the plan."""
        outcome = planning.change(self, column, operation, parameter)
        self._note("change_plan", column=column, operation=operation, parameter=parameter)
        return outcome

    def foresee(self, changes: Sequence[tuple[str, Operation, float | str | None]]) -> None:
        """Work out what changes on offer would make of the data, so that each is answered at once.

        For one thread beside the screen's own; nothing changes.
        """
        plan = self.plan
        if plan is None:
            return
        for change in changes:
            self.look_ahead(planning.changed(self, plan, *change, self.readings_ahead))

    def preview(self) -> Outcome:
        """What the plan makes of the data: risk before and after, and what is lost."""
        return planning.describe(self)

    def undo(self) -> Outcome:
        """Take back the last change of the plan or the case."""
        undone = self.history.undo()
        self._note("undo")
        self._forget()
        return Outcome(
            message=Message(ja=f"取り消しました：{undone.ja}", en=f"Taken back: {undone.en}")
        )

    def processed_file(self, format: leaving.FileFormat) -> tuple[bytes, anonymizer.Certificate]:
        """The data as the plan in force makes it, and what was measured on those bytes."""
        return leaving.processed_file(self, format)

    def protect_table(self, dimensions: Sequence[str], threshold: int) -> Outcome:
        """Count the people by the dimensions and suppress cells under the threshold."""
        return tabulation.protect(self, dimensions, threshold)

    # --- the grounds and the case ------------------------------------------------------

    def search_guidelines(self, query: str) -> Outcome:
        """Passages that answer a question, or an open admission that there is none."""
        return asking.search(query, self.library)

    def check_procedure(self, topic: procedure.Topic) -> Outcome:
        """Which duty applies to this case, and what is still to be said about it."""
        return procedure.check(self, topic)

    def set_case_fact(self, name: str, value: Any) -> Outcome:
        """Set a field of `CaseFacts` by its dotted name ("contractor.selection")."""
        outcome = procedure.set_fact(self, name, value)
        self._note("set_case_fact", name=name, value=value)
        return outcome

    def set_case(self, case: CaseFacts) -> None:
        """Take a whole case description."""
        done = Message(ja="案件の情報の入力", en="the description of the case")
        self.history.do(done, case=case)
        self._forget()

    def make_report(self, paper: Paper, format: papers.Format) -> Outcome:
        """Prepare a draft paper; `data` names the file to download."""
        compose.write_paper(paper, self.brief("ja"))
        title = compose.TITLES[paper]
        return Outcome(
            message=Message(
                ja=f"「{title.ja}」を用意しました。「書類」の欄から受け取れます。",
                en=f"“{title.en}” is ready. Download it under “Papers”.",
            ),
            data={"paper": paper, "format": format, "file": f"{paper}.{format}"},
        )

    def report(self, paper: Paper, format: papers.Format, lang: Language = "ja") -> bytes:
        """The bytes of a draft paper."""
        return papers.render(compose.write_paper(paper, self.brief(lang)), format)

    def brief(self, lang: Language) -> Brief:
        """What papers are made of."""
        return Brief(self.review, lang, self.dataset.schema, self.history.now.answers)

    def ask_back(self, question: str) -> Outcome:
        """Put a question to the user instead of acting on a guess."""
        return Outcome(message=Message(ja=question, en=question))

    # --- state between calls ------------------------------------------------------------

    def dump(self) -> list[dict[str, Any]]:
        """What was done, as JSON: the steps, never what they made of a cell."""
        return [dict(step) for step in self.journal]

    def load(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Do again what was dumped; steps for other data are left out."""
        for step in steps:
            arguments = {name: value for name, value in step.items() if name != "tool"}
            if step["tool"] in _REPEATED:
                with suppress(MekikiError):
                    getattr(self, step["tool"])(**arguments)

    def _note(self, tool: str, **arguments: Any) -> None:
        self.journal.append({"tool": tool, **arguments})
