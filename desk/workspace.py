"""What one review holds: the files, what was seen in them, the plan with its undo, the case.

Everything is in this object's memory and goes with it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import anonymizer
import intake
import rules
from anonymizer import Alternative, Hierarchy, Plan, Preview, Protected
from core import (
    CaseFacts,
    ColumnReport,
    Dataset,
    Finding,
    InputError,
    Link,
    MekikiError,
    Message,
    Review,
    RiskReport,
    Table,
    UsageError,
)
from desk import proposal, reviewing, understood
from desk.counts import count_column
from desk.hints import hints
from desk.previews import Previews
from desk.settings import THRESHOLD, own_rules
from desk.state import History, State
from desk.stated import Stated, stated
from intake import ReadOptions, Upload
from measure import Classes, canonical, code, count_classes
from rules import RulePack

if TYPE_CHECKING:  # it stands on Chroma, which takes a second to import
    from knowledge import Library

READ = 0.3
"""The share of the work on new files that is done once they are read."""


def threshold_of(plan: Plan) -> int:
    """The smallest class that is not called small under a plan."""
    return plan.k if plan.k > 1 else THRESHOLD


class Workspace:
    """The state of one review. `Session` adds what can be asked of it."""

    def __init__(
        self,
        *,
        pack: RulePack | None = None,
        settings: rules.Settings | None = None,
        library: "Library | None" = None,
        today: date | None = None,
    ) -> None:
        self.pack = pack or rules.in_force(own_rules())
        self.settings = _with_ordinance(settings or rules.Settings(), self.pack)
        self.library = library
        self.today = today
        self.history = History()
        self.alternatives: tuple[Alternative, ...] = ()
        self.uploads: dict[str, Upload] = {}
        self.options: dict[str, ReadOptions] = {}
        self.journal: list[dict[str, Any]] = []
        """What was asked for, in order, to be done again elsewhere."""
        self._examined: tuple[reviewing.Examined, ...] = ()
        self._given: Review | None = None
        self._review: Review | None = None
        self._findings: tuple[Finding, ...] | None = None
        self._previews = Previews()
        self.readings = anonymizer.Readings()
        """What was read of the values, so that a change of plan is answered at once."""
        self.readings_ahead = anonymizer.Readings()
        """The same for the thread that looks ahead."""
        self.keys: Mapping[str, bytes] = {}
        """A secret per recipient of pseudonyms; never stored."""
        self.protected: Protected | None = None
        """The table to publish that was protected last."""
        self._further: tuple[RiskReport, ...] | None = None
        self._classes: Classes | None = None

    @classmethod
    def of_review(cls, review: Review, *, library: "Library | None" = None) -> Self:
        """A session over a review that was read back: tools that need its cells say so."""
        session = cls(library=library)
        session._given = review
        session._examined = (reviewing.reopened(review),)
        session.history = History([State(case=review.case)])
        return session

    def add(
        self, uploads: Sequence[Upload], options: Mapping[str, ReadOptions] | None = None
    ) -> None:
        """Take files in, beside those already here, and look at all of them anew.

        Raises:
            InputError: every problem of every file; what was here before stays.
            Cancelled: whoever watches stopped it; what was here before stays.
        """
        held = self.uploads | {u.name: u for u in uploads}
        chosen = self.options | dict(options or {})
        examined = []
        with anonymizer.watched() as told:
            datasets = intake.read(tuple(held.values()), chosen)
            told(READ)
            for number, dataset in enumerate(datasets, 1):
                examined.append(reviewing.examine(dataset, self.settings))
                told(READ + (1 - READ) * number / len(datasets))
        self.uploads, self.options, self._examined = held, chosen, tuple(examined)
        self._given = None
        self._begin()

    def _begin(self) -> None:
        """Forget what was made of other data; what was said of the case stays."""
        said = State(case=self.case, answers=self.history.now.answers)
        self.history, self.alternatives = History([said]), ()
        self.journal = [step for step in self.journal if step["tool"] == "set_case_fact"]
        self._further = self._classes = self.protected = None
        self._previews.clear()
        self.readings, self.readings_ahead = anonymizer.Readings(), anonymizer.Readings()
        self._forget()

    def read_again(self, name: str, options: ReadOptions) -> None:
        """Read one file again as the user corrects it (encoding, sheet, header …)."""
        self.add((), {name: options})

    def turn_to(self, name: str) -> None:
        """Put another of the datasets under review; the plan, which was made for one, goes.

        Raises:
            UsageError: there is no dataset of this name.
        """
        if name not in self.datasets:
            raise UsageError.of(
                "unknown-dataset",
                ja=f"「{name}」というデータはありません。",
                en=f"There is no dataset “{name}”.",
            )
        first = [e for e in self._examined if e.dataset.name == name]
        self._examined = (*first, *(e for e in self._examined if e.dataset.name != name))
        self._begin()

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
    def understood(self) -> tuple[understood.Understood, ...]:
        """What was understood of each file, those of the dataset under review first."""
        return understood.files(e.dataset for e in self._examined)

    @property
    def dataset(self) -> Dataset:
        """The dataset under review."""
        return self.examined.dataset

    @property
    def table(self) -> Table | None:
        """Its rows; None where only a schema was given."""
        return self.dataset.table if self._examined else None

    def need_table(self) -> Table:
        """The rows of the review.

        Raises:
            UsageError: only a schema was given.
        """
        if self.table is None:
            raise UsageError.of(
                "no-data",
                ja="これには、データの添付が必要です（定義書だけではできません）。",
                en="This needs data; attach it beside the schema.",
            )
        return self.table

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
    def hints(self) -> tuple[Message, ...]:
        """Questions to begin with, such as the data can answer."""
        people = self.table is not None and self.count_column is None
        return hints(self.columns, people, people and bool(self.examined.inspection.quasi))

    @property
    def case(self) -> CaseFacts:
        """What the case says about itself."""
        return self.history.now.case

    @property
    def stated(self) -> tuple[Stated, ...]:
        """What the register states and the case does not say yet."""
        return stated(self.dataset, self.case) if self._examined else ()

    @property
    def plan(self) -> Plan | None:
        """The processing plan in force."""
        return self.history.now.plan

    @property
    def hierarchies(self) -> Mapping[str, Hierarchy]:
        """The hierarchies that were given, by column; for other columns the built-in ones hold."""
        return self.history.now.hierarchies

    @property
    def threshold(self) -> int:
        """The k in force: the plan's, or the desk's setting (never a number of law)."""
        return threshold_of(self.plan) if self.plan else THRESHOLD

    @property
    def changes(self) -> int:
        """How many changes of the plan or the case can be taken back."""
        return self.history.changes

    @property
    def as_of(self) -> date:
        """The date whose law applies: the case's, or today."""
        return self.case.case_date or self.today or date.today()  # noqa: DTZ011

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
                proposal.summarize(self.plan, self.preview_now()),
                self._examined[1:],
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
                more=(
                    *proposal.facts(self.plan, self.preview_now(), self.columns),
                    *rules.from_links(self.links),
                ),
                answers=self.history.now.answers,
            )
        return self._findings

    @property
    def questions(self) -> tuple[rules.Question, ...]:
        """What the rules still want to know and no file tells, in the form's order."""
        examined = self._examined[0] if self._examined else None
        answers = self.history.now.answers
        return self.pack.ask(reviewing.facts_of(examined, self.case, answers))

    @property
    def undecided(self) -> tuple[rules.Undecided, ...]:
        """The open questions whose answer changes a finding, the gravest first."""
        examined = self._examined[0] if self._examined else None
        facts = reviewing.facts_of(examined, self.case, self.history.now.answers)
        planned = proposal.facts(self.plan, self.preview_now(), self.columns)
        return rules.undecided(self.pack, (*facts, *planned), self.as_of)

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

    def preview_now(self) -> Preview | None:
        """The preview of the plan in force for a screen; None without plan or table."""
        if self.plan is None or self.table is None:
            return None
        return self._try(self.plan)

    def keep_preview(self, plan: Plan, seen: Preview) -> None:
        """Hold what a plan makes of the data, so that going back to it costs nothing."""
        cells = self.need_table().rows * len(self.columns)
        self._previews.keep(self._key(plan), seen, cells)

    def _key(self, plan: Plan) -> Hashable:
        return plan, frozenset(self.hierarchies.items())

    def look_ahead(self, plan: Plan) -> None:
        """Work out what a plan would make of the data, in one thread beside the screen's own."""
        self._try(plan, self.readings_ahead)

    def _try(self, plan: Plan, readings: anonymizer.Readings | None = None) -> Preview:
        held = self._previews.get(self._key(plan))
        if held is not None:
            return held
        seen = anonymizer.preview(
            self.need_table(),
            plan,
            self.columns,
            threshold=threshold_of(plan),
            hierarchies=self.hierarchies,
            keys=self.keys,
            readings=readings or self.readings,
        )
        self.keep_preview(plan, seen)
        return seen

    def put_hierarchies(self, hierarchies: Mapping[str, Hierarchy], done: Message) -> None:
        """Put other hierarchies in force; `undo` takes them back.

        Raises:
            PlanError: the plan in force cannot be carried out with them; all stays as it was.
        """
        self.history.do(done, hierarchies=hierarchies)
        try:
            self.preview_now()
        except MekikiError:
            self.history.undo()
            raise
        self._forget()

    def put_keys(self, keys: Mapping[str, bytes]) -> None:
        """Hold the recipients' keys from now on."""
        self.keys = keys
        self._previews.clear()

    def put_plan(self, plan: Plan, done: Message) -> None:
        """Make a plan the one in force; `undo` takes it back.

        Raises:
            PlanError: it cannot be carried out; the plan in force stays.
        """
        self._try(plan)
        self.history.do(done, plan=plan)
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


def _with_ordinance(settings: rules.Settings, pack: RulePack) -> rules.Settings:
    """The settings with the words of what the council's ordinance names as special-care."""
    words = tuple(word for item in pack.ordinance for word in item.words)
    known = (*settings.ordinance_special_care, *words)
    return replace(settings, ordinance_special_care=tuple(dict.fromkeys(known)))
