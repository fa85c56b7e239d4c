"""What the conversation asks of the desk: one method for each chat tool.

`desk.Session` satisfies `Desk` by its shape; nothing here is inherited. Every method answers
with an `Outcome` that holds no cell value, or raises a `core.MekikiError` whose message
says what to do.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core import CellKind, Citation, ColumnReport, ColumnType, Message, Operation, Role
from desk import Format, Paper, Topic


class Passage(Protocol):
    """A verbatim quote and where it stands (`knowledge.Passage`)."""

    @property
    def id(self) -> str:
        """Unique among the passages of one answer."""

    @property
    def source(self) -> str:
        """The law or document, as people call it."""

    @property
    def locator(self) -> str:
        """Article or page."""

    @property
    def quote(self) -> str:
        """The words themselves, untouched."""


class Outcome(Protocol):
    """What a tool did, in words, as data, and with its grounds (`desk.Outcome`)."""

    @property
    def message(self) -> Message:
        """What to say. Masked: never a cell value."""

    @property
    def data(self) -> Mapping[str, Any]:
        """JSON-able, without cell values.

        Read by the conversation for "the second one", where present: `columns`
        [{name}], `cells` [{row, column, kind}], `alternatives` [{number}].
        """

    @property
    def citations(self) -> Sequence[Citation]:
        """The law, guideline or document the message rests on."""

    @property
    def passages(self) -> Sequence[Passage]:
        """The quotes found, best first."""


class Desk(Protocol):
    """One review from start to end, as the conversation sees it."""

    @property
    def columns(self) -> Sequence[ColumnReport]:
        """Every column of the review in file order; empty before the first upload."""

    @property
    def datasets(self) -> Sequence[str]:
        """Names of the files at hand, the one under review first."""

    @property
    def rows(self) -> int | None:
        """Rows of the table under review; None without one."""

    @property
    def threshold(self) -> int:
        """The k in force: the plan's, or the setting (never a number of law)."""

    @property
    def changes(self) -> int:
        """How many changes of the plan or the case can be taken back."""

    def list_columns(self, role: Role | None = None, type: ColumnType | None = None) -> Outcome:
        """Columns of a role or type, or all."""

    def explain_column(self, column: str) -> Outcome:
        """Why a column is flagged, with the article."""

    def list_unusual(self, kind: CellKind | None = None, column: str | None = None) -> Outcome:
        """Unusual cells, gravest first; `rare_combination`: the people who are alone."""

    def explain_cell(self, row: int, column: str | None = None) -> Outcome:
        """Why a row (1 = first data row), or one cell of it, is unusual."""

    def measure_risk(self, quasi: Sequence[str] | None = None) -> Outcome:
        """k, uniques and share at risk over the given columns, or those of the review."""

    def propose_plan(
        self,
        k: int,
        l: int | None = None,  # noqa: E741  the measure's own name
        t: float | None = None,
    ) -> Outcome:
        """Two or three ways to reach k (and l, and t), numbered from 1."""

    def choose_plan(self, number: int) -> Outcome:
        """Take one of the alternatives proposed last."""

    def change_plan(
        self, column: str, operation: Operation, parameter: int | float | str | None = None
    ) -> Outcome:
        """Set one column's step in the plan."""

    def preview(self) -> Outcome:
        """What the plan makes of the data: risk before and after, and what is lost."""

    def undo(self) -> Outcome:
        """Take back the last change of the plan or the case."""

    def protect_table(self, dimensions: Sequence[str], threshold: int) -> Outcome:
        """Count the people by the dimensions and suppress cells under the threshold."""

    def link_check(self, other: str | None = None) -> Outcome:
        """What becomes known when the file is matched with another, or with all at hand."""

    def search_guidelines(self, query: str) -> Outcome:
        """Passages that answer a question, or an open admission that there is none."""

    def check_procedure(self, topic: Topic) -> Outcome:
        """Which duty applies to this case, and what is still to be said about it."""

    def set_case_fact(self, name: str, value: Any) -> Outcome:
        """Set a field of `CaseFacts` by its dotted name ("contractor.selection")."""

    def compare_schema(self) -> Outcome:
        """Where schema and data disagree."""

    def make_report(self, paper: Paper, format: Format) -> Outcome:
        """Prepare a draft paper; `data` names the file to download."""

    def ask_back(self, question: str) -> Outcome:
        """Put a question to the user instead of acting on a guess."""
