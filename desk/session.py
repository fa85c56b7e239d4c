"""One review from start to end: everything a door or the conversation can do."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Self

import anonymizer
import intake
import papers
import rules
from anonymizer import Alternative, Plan, Preview
from core import (
    CaseFacts,
    CellKind,
    ColumnReport,
    ColumnType,
    Dataset,
    Finding,
    InputError,
    Language,
    Link,
    MekikiError,
    Message,
    Operation,
    Review,
    RiskReport,
    Role,
    Table,
)
from desk import asking, cells, columns, compose, planning, procedure, reviewing, risks, tabulation
from desk.compose import Brief, Paper
from desk.counts import count_column
from desk.outcome import Outcome
from desk.settings import THRESHOLD
from desk.state import History, State
from intake import ReadOptions, Upload
from knowledge import Library
from measure import Classes, canonical, code, count_classes
from rules import RulePack

_REPEATED = frozenset({"propose_plan", "choose_plan", "change_plan", "undo", "set_case_fact"})


class Session:
    """What was uploaded, what was seen in it, the plan with its undo, and the case.

    Uploads live in this object only. Methods that answer the conversation return an
    `Outcome`, which never holds a cell value; `table` and `preview_now` are for screens.
    """

    def __init__(
        self,
        *,
        pack: RulePack | None = None,
        settings: rules.Settings | None = None,
        library: Library | None = None,
        today: date | None = None,
    ) -> None:
        self.pack = pack or rules.catalog()
        self.settings = settings or rules.Settings()
        self.library = library
        self.today = today
        self.history = History()
        self.alternatives: tuple[Alternative, ...] = ()
        self.uploads: dict[str, Upload] = {}
        self.options: dict[str, ReadOptions] = {}
        self._examined: tuple[reviewing.Examined, ...] = ()
        self._given: Review | None = None
        self._review: Review | None = None
        self._done: list[dict[str, Any]] = []
        self._findings: tuple[Finding, ...] | None = None
        self._preview: tuple[Plan, Preview] | None = None
        self._further: tuple[RiskReport, ...] | None = None
        self._classes: Classes | None = None

    @classmethod
    def of_review(cls, review: Review, *, library: Library | None = None) -> Self:
        """A session over a review that was read back: tools that need its cells say so."""
        session = cls(library=library)
        session._given = review
        session._examined = (reviewing.reopened(review),)
        session.history = History([State(case=review.case)])
        return session

    # --- what is at hand ---------------------------------------------------------------

    def add(
        self, uploads: Sequence[Upload], options: Mapping[str, ReadOptions] | None = None
    ) -> None:
        """Take files in, beside those already here, and look at all of them anew.

        Raises:
            InputError: every problem of every file; what was here before stays.
        """
        self._given = None
        held = self.uploads | {u.name: u for u in uploads}
        chosen = self.options | dict(options or {})
        datasets = intake.read(tuple(held.values()), chosen)
        examined = tuple(reviewing.examine(d, self.settings) for d in datasets)
        self.uploads, self.options, self._examined = held, chosen, examined
        self.history, self.alternatives = History([State(case=self.case)]), ()
        self._further = self._classes = None
        self._forget()

    def read_again(self, name: str, options: ReadOptions) -> None:
        """Read one file again as the user corrects it (encoding, sheet, header …)."""
        self.add((), {name: options})

    @property
    def datasets(self) -> tuple[str, ...]:
        """Names of the datasets, the one under review first."""
        return tuple(e.dataset.name for e in self._examined)

    @property
    def examined(self) -> reviewing.Examined:
        """The dataset under review and what was seen in it.

        Raises:
            InputError: nothing was uploaded yet.
        """
        if not self._examined:
            raise InputError.of(
                "nothing-uploaded",
                ja="まだファイルがありません。項目の定義書やデータを添付してください。",
                en="There is no file yet. Attach a schema, data, or both.",
            )
        return self._examined[0]

    @property
    def dataset(self) -> Dataset:
        """The dataset under review."""
        return self.examined.dataset

    @property
    def table(self) -> Table | None:
        """Its rows; None where only a schema was given."""
        return self.dataset.table if self._examined else None

    @property
    def rows(self) -> int | None:
        """How many rows there are; None without a table."""
        return self.table.rows if self.table else None

    @property
    def columns(self) -> tuple[ColumnReport, ...]:
        """Every column of the review in file order; empty before the first upload."""
        return self.examined.inspection.columns if self._examined else ()

    @property
    def count_column(self) -> str | None:
        """The column of counts where the data is a table of counts, not of people."""
        return count_column(self.table, self.columns) if self.table else None

    @property
    def case(self) -> CaseFacts:
        """What the case says about itself."""
        return self.history.now.case

    @property
    def plan(self) -> Plan | None:
        """The processing plan in force."""
        return self.history.now.plan

    @property
    def threshold(self) -> int:
        """The k in force: the plan's, or the desk's setting (never a number of law)."""
        return self.plan.k if self.plan and self.plan.k else THRESHOLD

    @property
    def as_of(self) -> date:
        """The date whose law applies: the case's, or today."""
        return self.case.case_date or self.today or date.today()  # noqa: DTZ011

    # --- the review --------------------------------------------------------------------

    @property
    def review(self) -> Review:
        """The whole review as it stands now."""
        if self._given is not None:
            return self._given
        if self._review is None:
            self._review = reviewing.assemble(
                self.examined,
                self.findings,
                self.links,
                self.pack,
                self.as_of,
                self.case,
                planning.proposal(self),
                tuple(e.dataset for e in self._examined[1:]),
            )
        return self._review

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say; of the case and the plan alone before the first upload."""
        if self._given is not None:
            return self._given.findings
        if self._findings is None:
            examined = self._examined[0] if self._examined else None
            self._findings = reviewing.conclude(
                examined,
                self.case,
                self.pack,
                self.as_of,
                more=(*planning.facts(self), *rules.from_links(self.links)),
                answers=self.history.now.answers,
            )
        return self._findings

    @property
    def further_risks(self) -> tuple[RiskReport, ...]:
        """The risk when days of events are known as well, one report a set of columns."""
        if self._further is None:
            sets = self.examined.inspection.quasi_extended
            measured = (reviewing.risk_of(self.dataset, quasi, self.threshold) for quasi in sets)
            self._further = tuple(risk for risk in measured if risk is not None)
        return self._further

    @property
    def classes(self) -> Classes | None:
        """The classes over the quasi-identifiers of the review; None where there are none."""
        quasi = self.examined.inspection.quasi
        if self._classes is None and self.table is not None and quasi:
            coded = [code(self.table[name], canonical) for name in quasi]
            self._classes = count_classes(coded)
        return self._classes

    @property
    def links(self) -> tuple[Link, ...]:
        """What the files at hand give away together."""
        return tuple(
            link
            for other in self._examined[1:]
            for link in rules.link(
                self.examined.dataset,
                other.dataset,
                (self.examined.inspection, other.inspection),
            )
        )

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
    ) -> Outcome:
        """Two or three ways to reach k (and l, and t), numbered from 1."""
        outcome = planning.propose(self, k, l, t)
        self._note("propose_plan", k=k, l=l, t=t)
        return outcome

    def suggest(self) -> None:
        """Start from a proposed plan where there are people to protect and no plan yet.

        Nothing is said and nothing can be undone: it is where the plan stack begins.
        """
        if self.plan is None and self.table is not None and self.examined.inspection.quasi:
            try:
                found = planning.alternatives(self, THRESHOLD)
            except MekikiError:
                return
            self.alternatives = found
            self.history.states[0] = State(case=self.case, plan=found[0].plan)
            self._preview = (found[0].plan, found[0].preview)
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

    def preview(self) -> Outcome:
        """What the plan makes of the data: risk before and after, and what is lost."""
        return planning.describe(self)

    def preview_now(self) -> Preview | None:
        """The preview of the plan in force for a screen; None without plan or table."""
        if self.plan is None or self.table is None:
            return None
        if self._preview is None or self._preview[0] != self.plan:
            self._preview = (self.plan, self._try(self.plan))
        return self._preview[1]

    def _try(self, plan: Plan) -> Preview:
        return anonymizer.preview(
            planning.need_table(self), plan, self.columns, threshold=self.threshold
        )

    def undo(self) -> Outcome:
        """Take back the last change of the plan or the case."""
        undone = self.history.undo()
        self._note("undo")
        self._forget()
        return Outcome(
            message=Message(ja=f"取り消しました：{undone.ja}", en=f"Taken back: {undone.en}")
        )

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
        return [dict(step) for step in self._done]

    def load(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Do again what was dumped; steps for other data are left out."""
        for step in steps:
            arguments = {name: value for name, value in step.items() if name != "tool"}
            if step["tool"] in _REPEATED:
                with suppress(MekikiError):
                    getattr(self, step["tool"])(**arguments)

    def _note(self, tool: str, **arguments: Any) -> None:
        self._done.append({"tool": tool, **arguments})

    # --- bookkeeping -------------------------------------------------------------------

    def put_plan(self, plan: Plan, done: Message) -> None:
        """Make a plan the one in force; `undo` takes it back.

        Raises:
            PlanError: it cannot be carried out; the plan in force stays.
        """
        seen = self._try(plan)
        self.history.do(done, plan=plan)
        self._preview = (plan, seen)
        self._forget()

    def put_case(self, case: CaseFacts, done: Message) -> None:
        """Change what the case says; `undo` takes it back."""
        self.history.do(done, case=case)
        self._forget()

    def put_answer(self, topic: str, answer: str, done: Message) -> None:
        """Answer a question of the guided form; `undo` takes it back."""
        self.history.do(done, answers={**self.history.now.answers, topic: answer})
        self._forget()

    def _forget(self) -> None:
        self._review = self._findings = None
