"""What one review holds: its files, the case, the plan with its undo, and what follows from them.

Everything is in this object's memory and goes with it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import anonymizer
import rules
from anonymizer import Alternative, Certificate, Hierarchy, Plan, Preview, Protected, Readings
from core import (
    CaseFacts,
    ColumnType,
    Finding,
    MekikiError,
    Message,
    Review,
    RiskReport,
    UsageError,
    own_rules,
    say,
)
from desk import examination
from desk.examination import THRESHOLD
from desk.history import History, Previews, State
from desk.input_summary import Inputs, Stated, register_suggestions
from rules import Fact, RulePack

if TYPE_CHECKING:  # it stands on Chroma, which takes a second to import
    from knowledge import Library


def threshold_of(plan: Plan) -> int:
    """The smallest class that is not called small under a plan."""
    return plan.k if plan.k > 1 else THRESHOLD


class Workspace(Inputs):
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
        self.library = library
        self.today = today
        self.history = History()
        self.alternatives: tuple[Alternative, ...] = ()
        self.journal: list[dict[str, Any]] = []
        """What was asked for, in order, to be done again elsewhere."""
        self.keys: Mapping[str, bytes] = {}
        """A secret per recipient of pseudonyms; never stored."""
        super().__init__(_with_ordinance(settings or rules.Settings(), self.pack))

    def _begin(self) -> None:
        """Forget what was made of other data; what was said of the case stays."""
        super()._begin()
        said = State(case=self.case, answers=self.answers)
        self.history, self.alternatives = History([said]), ()
        self.journal = [step for step in self.journal if step["tool"] == "set_case_fact"]
        self.protected: Protected | None = None
        """The table to publish that was protected last."""
        self.readings = Readings()
        """What was read of the values, so that a change of plan is answered at once."""
        self.readings_ahead = Readings()
        """The same for the thread that looks ahead."""
        self._previews = Previews()
        self.judged_for: tuple[Hashable, Certificate] | None = None
        """The certificate of a trial file, and for which plan and hierarchies."""
        self._looked_with = self.settings_in_force
        self._further: tuple[RiskReport, ...] | None = None
        self._forget()

    def _forget(self) -> None:
        self._review: Review | None = None
        self._findings: tuple[Finding, ...] | None = None

    @classmethod
    def of_review(cls, review: Review, *, library: "Library | None" = None) -> Self:
        """A session over a review that was read back: tools that need its cells say so."""
        session = cls(library=library)
        session._given = review
        session._examined = (examination.reopened(review),)
        session.history = History([State(case=review.case, answers=review.answers)])
        return session

    # --- what was seen in them ---------------------------------------------------------

    @property
    def as_of(self) -> date:
        """The date whose law applies: the case's, or today."""
        return self.case.case_date or self.today or date.today()  # noqa: DTZ011

    @property
    def review(self) -> Review:
        """The whole review as it stands now."""
        if self._review is None:
            if self._given is not None:
                self._review = self._given.model_copy(update={"answers": self.answers})
            else:
                self._review = examination.assemble(
                    (self.examined, *self._examined[1:]),
                    self.findings,
                    links=self.links,
                    pack=self.pack,
                    as_of=self.as_of,
                    case=self.case,
                    answers=self.answers,
                    proposal=examination.summarize(self.plan, self.preview_now()),
                )
        return self._review

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say; of the case and the plan alone before the first upload."""
        if self._given is not None:
            return self._given.findings
        if self._findings is None:
            facts = (*self._facts, *self._facts_of_plan, *rules.from_links(self.links))
            self._findings = examination.conclude(facts, self.case, self.pack, self.as_of)
        return self._findings

    @property
    def _facts(self) -> tuple[Fact, ...]:
        examined = self._examined[0] if self._examined else None
        return examination.facts_of(examined, self.case, self.answers)

    @property
    def _facts_of_plan(self) -> tuple[Fact, ...]:
        return examination.facts_of_plan(self.plan, self.preview_now(), self.columns)

    @property
    def questions(self) -> tuple[rules.Question, ...]:
        """What the rules still want to know and no file tells, in the form's order."""
        return self.pack.ask(self._facts)

    @property
    def undecided(self) -> tuple[rules.Undecided, ...]:
        """The open questions whose answer changes a finding, the gravest first."""
        return rules.undecided(self.pack, (*self._facts, *self._facts_of_plan), self.as_of)

    @property
    def further_risks(self) -> tuple[RiskReport, ...]:
        """The risk when days of events are known as well, one report a set of columns."""
        if self._further is None:
            sets = self.examined.inspection.quasi_extended
            measured = (
                examination.risk_of(self.dataset, quasi, self.threshold, self.unit)
                for quasi in sets
            )
            self._further = tuple(risk for risk in measured if risk is not None)
        return self._further

    # --- the case ----------------------------------------------------------------------

    @property
    def case(self) -> CaseFacts:
        """What the case says about itself."""
        return self.history.now.case

    @property
    def stated(self) -> tuple[Stated, ...]:
        """What the register states and the case does not say yet."""
        return register_suggestions(self.dataset, self.case) if self._examined else ()

    def set_case(self, case: CaseFacts, done: Message | None = None) -> None:
        """Take a whole case description; `undo`, which names it `done`, takes it back."""
        for name in case.unit if self._examined else ():
            self.need_column(name)
        self.history.do(done or say("desk.case.described"), case=case)
        self._forget()
        self._look_again()

    @property
    def settings_in_force(self) -> rules.Settings:
        """As set, with what the case says of the subject and the unit of the data."""
        case = self.case
        if case.subject is None and not case.unit:
            return self.settings
        return replace(self.settings, subject=case.subject, unit=case.unit or None, said_by="case")

    def _look_again(self) -> None:
        """Look at the data anew where what the case says of their subject or unit has changed."""
        if self._examined and self.settings_in_force != self._looked_with:
            first = examination.examine(self.dataset, self.settings_in_force)
            self._examined = (first, *self._examined[1:])
            self._classes = self._further = None
        self._looked_with = self.settings_in_force

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers on the guided form, topic to answer."""
        return self.history.now.answers

    def put_answer(self, topic: str, answer: str, done: Message) -> None:
        """Answer a question of the guided form; `undo` takes it back."""
        self.history.do(done, answers={**self.answers, topic: answer})
        self._forget()

    # --- the plan ----------------------------------------------------------------------

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
    def unit(self) -> tuple[str, ...]:
        """The columns that tell whose row it is, where people or households have several rows."""
        subject = self.examined.inspection.subject
        unit = subject.unit if subject is not None else None
        return unit.columns if unit is not None and unit.rows_per_unit.max > 1 else ()

    @property
    def changes(self) -> int:
        """How many changes of the plan or the case can be taken back."""
        return self.history.changes

    def preview_now(self) -> Preview | None:
        """The preview of the plan in force for a screen; None without plan or table."""
        if self.plan is None or self.table is None:
            return None
        return self.preview_of(self.plan)

    def preview_of(self, plan: Plan, readings: Readings | None = None) -> Preview:
        """What a plan makes of the data, worked out or held from before.

        A thread beside the screen's own gives the readings it may use.
        """
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

    def keep_preview(self, plan: Plan, seen: Preview) -> None:
        """Hold what a plan makes of the data, so that going back to it costs nothing."""
        cells = self.need_table().rows * len(self.columns)
        self._previews.keep(self._key(plan), seen, cells)

    def _key(self, plan: Plan) -> Hashable:
        return plan, frozenset(self.hierarchies.items())

    def put_plan(self, plan: Plan, done: Message) -> None:
        """Make a plan the one in force; `undo` takes it back.

        Raises:
            PlanError: it cannot be carried out; the plan in force stays.
        """
        self.preview_of(plan)
        self.history.do(done, plan=plan)
        self._forget()

    # --- what a person gives beside the files: it names values or opens pseudonyms, so it goes into
    # no journal, paper or plan, and cannot be asked for in a conversation

    def proposed_hierarchy(self, column: str) -> str:
        """The hierarchy in force for a column as CSV, to be edited; the built-in one at first.

        It names every value of the column: as confidential as the data.
        """
        held = self.need_column(column)
        given = self.hierarchies.get(column)
        if given is not None:
            return given.to_csv()
        kind = next((c.type for c in self.columns if c.name == column), ColumnType.UNKNOWN)
        return anonymizer.proposed_hierarchy(held, kind).to_csv()

    def set_hierarchy(self, column: str, content: bytes | None) -> None:
        """Put a hierarchy in force for a column, or take it away (None); `undo` takes it back.

        Raises:
            InputError: it is no tree, or lacks values that the column holds.
            PlanError: the plan in force cannot be carried out with it; all stays as it was.
            UsageError: there is no such column.
        """
        held = self.need_column(column)
        changed = {name: h for name, h in self.hierarchies.items() if name != column}
        if content is None:
            done = say("desk.hierarchies_and_keys.hierarchy_taken_away", column=column)
        else:
            changed[column] = anonymizer.parse_hierarchy(column, content)
            anonymizer.check_covers(changed[column], held)
            done = say("desk.hierarchies_and_keys.hierarchy_given", column=column)
        self.history.do(done, hierarchies=changed)
        try:
            self.preview_now()
        except MekikiError:
            self.history.undo()
            raise
        self._forget()

    def set_key(self, recipient: str, key: bytes) -> None:
        """Give one recipient's key for pseudonyms; without one a fresh key is used and forgotten.

        Raises:
            PlanError: the key could be guessed.
            UsageError: it is another recipient's.
        """
        others = {name: held for name, held in self.keys.items() if name != recipient}
        anonymizer.check_key(key.strip())
        if key.strip() in others.values():
            raise UsageError.of("desk.hierarchies_and_keys.key-shared")
        self.keys = {**others, recipient: key.strip()}
        self._previews.clear()

    def begin_with(self, plan: Plan) -> None:
        """Put a plan in force that cannot be taken back: it is where the plan stack begins."""
        self.history.begin(plan)
        self._forget()

    def take_back(self) -> Message:
        """Undo the last change of the plan or the case, and say what it was.

        Raises:
            UsageError: nothing was changed yet.
        """
        undone = self.history.undo()
        self._forget()
        self._look_again()
        return undone


def _with_ordinance(settings: rules.Settings, pack: RulePack) -> rules.Settings:
    """The settings with the words of what the council's ordinance names as special-care."""
    words = tuple(word for item in pack.ordinance for word in item.words)
    known = (*settings.ordinance_special_care, *words)
    return replace(settings, ordinance_special_care=tuple(dict.fromkeys(known)))
