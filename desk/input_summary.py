"""The files of one review and what they tell before anything is judged: the definitions read from
each and breaches of their form, what a register says that the case does not, and questions the data
can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import anonymizer
import intake
import rules
from core import (
    CaseFacts,
    Column,
    ColumnReport,
    ColumnType,
    Dataset,
    InputError,
    Link,
    LintNote,
    Message,
    Review,
    Schema,
    Source,
    Table,
    UsageError,
    say,
)
from desk.examination import Examined, count_column, examine
from intake import ReadOptions, Upload
from measure import Classes, canonical, code, count_classes

READ = 0.3
"""The share of the work on new files that is done once they are read."""
_FORMS = ("register", "pia")
"""Layouts of a schema that states what the data are for: registers and impact assessments."""
_WHAT_IF = (
    (ColumnType.AGE, "desk.hints.age_in_bands"),
    (ColumnType.AGE_BAND, "desk.hints.age_in_bands"),
    (ColumnType.BIRTH_DATE, "desk.hints.birth_in_bands"),
)
"""What could be widened, the most telling first."""


@dataclass(frozen=True)
class Understood:
    """One file as data, or as definitions."""

    source: Source
    schemas: tuple[Schema, ...] = ()
    """Every definition read from it that is in use."""
    lint: tuple[LintNote, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A value for a field of the case, as a file states it; people take it over, or not."""

    name: str
    """The field, one of `FIELDS`."""
    value: str | tuple[str, ...]
    source: str
    """The file's name."""


def register_suggestions(dataset: Dataset, case: CaseFacts) -> tuple[Stated, ...]:
    """The purpose and the recipients, where the case leaves them open and the file does not."""
    schema = dataset.schema
    if schema is None or schema.layout not in _FORMS:
        return ()
    source = next((s.name for s in dataset.sources if s.kind == "schema"), schema.name)
    found = []
    if schema.purpose.strip() and not case.purpose:
        found.append(Stated("purpose", schema.purpose.strip(), source))
    if schema.recipients and not case.recipients:
        found.append(Stated("recipients", schema.recipients, source))
    return tuple(found)


class Inputs:
    """The files of one review and what was seen in them, in memory only."""

    def __init__(self, settings: rules.Settings) -> None:
        self.settings = settings
        self.uploads: dict[str, Upload] = {}
        self.options: dict[str, ReadOptions] = {}
        self._examined: tuple[Examined, ...] = ()
        self._given: Review | None = None
        """A review that was read back: it stands in place of files."""
        self._begin()

    @property
    def settings_in_force(self) -> rules.Settings:
        """The settings for the dataset under review."""
        return self.settings

    def _begin(self) -> None:
        """Forget what was made of other data."""
        self._classes: Classes | None = None

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
                settings = self.settings_in_force if number == 1 else self.settings
                examined.append(examine(dataset, settings))
                told(READ + (1 - READ) * number / len(datasets))
        self.uploads, self.options, self._examined = held, chosen, tuple(examined)
        self._given = None
        self._begin()

    def read_again(self, name: str, options: ReadOptions) -> None:
        """Read one file again as the user corrects it (encoding, sheet, header …)."""
        self.add((), {name: options})

    def turn_to(self, name: str) -> None:
        """Put another of the datasets under review; the plan, which was made for one, goes.

        Raises:
            UsageError: there is no dataset of this name.
        """
        if name not in self.datasets:
            raise UsageError.of("desk.workspace.unknown-dataset", name=name)
        self._examined = tuple(sorted(self._examined, key=lambda e: e.dataset.name != name))
        self._begin()

    @property
    def datasets(self) -> tuple[str, ...]:
        """Names of the datasets, the one under review first."""
        return tuple(e.dataset.name for e in self._examined)

    @property
    def examined(self) -> Examined:
        """The dataset under review and what was seen in it.

        Raises:
            InputError: nothing was uploaded yet.
        """
        if not self._examined:
            raise InputError.of("desk.workspace.nothing-uploaded")
        return self._examined[0]

    @property
    def inspections(self) -> tuple[rules.Inspection, ...]:
        """What was seen in each dataset, the one under review first."""
        return tuple(e.inspection for e in self._examined)

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What was understood of each file, those of the dataset under review first.

        Each file comes once, or twice where one part of it is data and another defines them.
        """
        found: dict[tuple[str, str], Understood] = {}
        for dataset in (e.dataset for e in self._examined):
            for source in dataset.sources:
                key = source.name, source.kind
                held = found.get(key, Understood(source))
                if source.kind == "schema":
                    more = [s for s in (dataset.schema,) if s is not None and s not in held.schemas]
                    found[key] = Understood(held.source, (*held.schemas, *more), held.lint)
                else:
                    found[key] = Understood(held.source, (), (*held.lint, *dataset.lint))
        return tuple(found.values())

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
            raise UsageError.of("desk.workspace.no-data")
        return self.table

    def need_column(self, name: str) -> Column:
        """A column of the rows.

        Raises:
            UsageError: only a schema was given, or there is no such column.
        """
        table = self.need_table()
        if name not in table:
            raise UsageError.of("desk.workspace.unknown-column", column=name)
        return table[name]

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
    def holds_people(self) -> bool:
        """Whether there are rows, and each is about people: there is somebody to protect."""
        return (
            self.table is not None
            and self.count_column is None
            and self.examined.inspection.of_people
        )

    @property
    def hints(self) -> tuple[Message, ...]:
        """Questions to begin with, only such as the data at hand can answer."""
        found = []
        people = self.holds_people
        if people and self.examined.inspection.quasi:
            found += [say("desk.hints.alone"), say("desk.hints.make_it_safe")]
        if people:
            widened = (
                say(question, name=column.name)
                for kind, question in _WHAT_IF
                for column in self.columns
                if kind in (column.type, *column.parts)
            )
            found += islice(widened, 1)
        return (*found, say("desk.hints.special_care"))

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
