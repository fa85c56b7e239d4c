"""A plan: what is done to each column, as a document that replays on the next file."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from anonymizer.hierarchies.ladders import AGES, DATES
from core import ColumnType, Message, Operation, PlanError, Problem, Table, listed, yaml12
from measure import owners_of

Mode = Literal["local", "full-domain", "mondrian"]
LKind = Literal["distinct", "entropy", "recursive"]
Attacker = Literal[
    "quasi", "pairs", "triples", "visible", "published", "recipient", "algorithm", "inference"
]
"""Who reads what leaves: somebody who knows the quasi-identifiers; any two, or any three columns;
what anyone can see of a person; a list that was published; another recipient's file; how the file
was made; or who infers from what most of a class have in common."""
READERS: tuple[Attacker, ...] = get_args(Attacker)
IN_FORCE: tuple[Attacker, ...] = (
    "quasi", "pairs", "visible", "published", "recipient", "algorithm"
)  # fmt: skip


class Step(BaseModel):
    """One operation on one column, or on one part of a composite column.

    `parameter` is a level for generalize (0 = as it is), a width for band (years; or month,
    quarter, year, era for dates), a place for truncate (town, ward, city, prefecture, region; or a
    number of digits), a bound for top_code and bottom_code, a base for round, a smallest count for
    suppress_cells and microaggregate, a recipient for pseudonymize, an epsilon for noise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    operation: Operation
    parameter: int | float | str | None = None
    part: ColumnType | None = None
    """Which part of a composite column such as 年代・性別."""
    type: ColumnType = ColumnType.UNKNOWN
    """How the values are read."""
    listed: tuple[str, ...] = ()
    """The values the plan knows, all of them common. Others become その他 under generalize "other",
    and `*` under keep, suppress_cells and a cut to some characters; there an empty list without
    `made_for` knows nothing and lets all pass, which is reported."""
    made_for: str = ""
    """Fingerprint of the column that a keep, suppress_cells or cut was set for by hand: on that
    very column every value is known, on any other one only those listed."""
    within: tuple[float, float] | None = None
    """For numbers: the range outside which a value is reported and becomes `*`."""
    bottom: float | None = None
    """For top_code and band: values at or below this become one too."""
    top: float | None = None
    """For band: values at or above this become one too."""
    cuts: tuple[float, ...] = ()
    """In mode mondrian: the bounds at which numbers or dates (as ordinals of days) may be cut;
    freely where there are none."""

    @property
    def has_ends(self) -> bool:
        """Whether the lowest or highest values become one."""
        ends = self.operation in (Operation.TOP_CODE, Operation.BOTTOM_CODE)
        return ends or self.top is not None or self.bottom is not None

    @field_validator("parameter", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        """A number written as text is a number."""
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            return float(value) if "." in value else int(value)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError("a parameter must be finite")
        return value


class Goal(BaseModel):
    """What a safe version must satisfy, and what may be given up for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    k: int = Field(default=5, ge=2)
    l: int | None = Field(default=None, ge=1)  # noqa: E741
    """At least so many different values of each sensitive column in a class."""
    l_kind: LKind = "distinct"
    """What `l` counts: different values, exp of the entropy, or recursively with `c`."""
    c: float | None = Field(default=None, gt=0)
    """For recursive l: the commonest value has fewer than c times the rows of the l-th commonest
    and all rarer ones together."""
    t: float | None = Field(default=None, ge=0, le=1)
    """At most this distance between a class's sensitive values and the file's."""
    max_suppression: float = Field(default=0.05, ge=0, le=1)
    """Largest share of rows that may be suppressed."""
    mode: Mode = "local"
    sensitive: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    """The columns that tell whose row it is; without any, each row is a unit of its own."""
    attackers: tuple[Attacker, ...] = IN_FORCE
    """The readers of the file against whom it must hold."""

    @model_validator(mode="after")
    def _recursive_needs_c(self) -> Self:
        return _with_c(self)


Aim = TypeVar("Aim", bound="Goal | Plan")


def _with_c(goal: Aim) -> Aim:
    if goal.l is not None and goal.l_kind == "recursive" and goal.c is None:
        raise PydanticCustomError("c", "recursive l-diversity needs c")
    return goal


class Plan(BaseModel):
    """The steps, the quasi-identifiers and the goal the result must reach."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    steps: tuple[Step, ...]
    quasi: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    """The columns that tell whose row it is; they are read even where a step drops them."""
    attackers: tuple[Attacker, ...] = IN_FORCE
    """The readers of the file against whom it must hold."""
    guarded: bool = False
    """Whether cells outside the quasi-identifiers are suppressed until those readers fail."""
    k: int = Field(default=5, ge=1)
    l: int | None = Field(default=None, ge=1)  # noqa: E741
    l_kind: LKind = "distinct"
    c: float | None = Field(default=None, gt=0)
    t: float | None = Field(default=None, ge=0, le=1)
    max_suppression: float = Field(default=0.05, ge=0, le=1)
    mode: Mode = "full-domain"
    seed_id: str = "0"
    """Names the seed that decides ties, so that a run can be repeated."""

    @field_validator("steps")
    @classmethod
    def _one_step_per_target(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        seen = set()
        for step in steps:
            if (step.column, step.part) in seen or (step.column, None) in seen:
                raise ValueError("a column or part has two steps")
            seen.add((step.column, step.part))
        return steps

    @model_validator(mode="after")
    def _recursive_needs_c(self) -> Self:
        return _with_c(self)

    def of(self, column: str) -> tuple[Step, ...]:
        """The steps for one column, its parts in their order."""
        return tuple(step for step in self.steps if step.column == column)

    @property
    def pseudonyms(self) -> tuple[str, ...]:
        """The columns of codes that nobody knows who has not the key."""
        made = (s.column for s in self.steps if s.operation is Operation.PSEUDONYMIZE)
        return tuple(dict.fromkeys(made))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the plan speaks of, each once."""
        return tuple(dict.fromkeys(step.column for step in self.steps))

    def change(
        self, column: str, operation: Operation, parameter: int | float | str | None = None
    ) -> "Plan":
        """The plan with another operation for one column.

        On a composite column the operation goes to the part it fits; keep and drop go to all.
        Without a parameter the guideline's own example is taken where there is one.

        >>> plan = Plan(steps=(Step(column="年齢", operation="keep", type="age"),))
        >>> plan.change("年齢", Operation.BAND, 20).steps[0].parameter
        20
        """
        steps = self.of(column)
        if not steps:
            raise PlanError.of("anonymizer.plan.unknown_column", column=column)
        targets = [s for s in steps if s.part is None or operation in FITS.get(s.part, ANY)]
        if not targets:
            raise PlanError.of("anonymizer.plan.operation_does_not_fit", column=column)
        new = tuple(
            Step(
                column=s.column,
                operation=operation,
                parameter=usual(operation, s.type) if parameter is None else parameter,
                part=s.part,
                type=s.type,
                listed=s.listed if operation is Operation.GENERALIZE else (),
            )
            if s in targets
            else s
            for s in self.steps
        )
        return self.model_copy(update={"steps": new})

    def to_yaml(self) -> str:
        """The plan as YAML, without what is at its default."""
        return yaml12.dump(self.model_dump(mode="json", exclude_defaults=True) | {"version": 1})

    @classmethod
    def from_yaml(cls, text: str) -> Self:
        """Read a plan. Raises PlanError that says which entries are wrong.

        >>> plan = Plan(steps=(Step(column="氏名", operation="drop"),), quasi=("年齢",), k=3)
        >>> Plan.from_yaml(plan.to_yaml()) == plan
        True
        """
        try:
            return cls.model_validate(yaml12.load(text))
        except yaml12.YAMLError as error:
            raise PlanError.of("anonymizer.plan.plan_not_yaml") from error
        except ValidationError as error:
            places = [".".join(map(str, e["loc"])) or "plan" for e in error.errors()]
            raise PlanError(
                Problem.of("anonymizer.plan.plan_invalid", place=place)
                for place in dict.fromkeys(places)
            ) from None


ANY = frozenset(Operation)
_COMMON = frozenset(
    {Operation.KEEP, Operation.DROP, Operation.SUPPRESS_CELLS, Operation.GENERALIZE}
)
_NUMERIC = _COMMON | {Operation.BAND, Operation.TOP_CODE, Operation.BOTTOM_CODE}
FITS = {
    ColumnType.AGE: _NUMERIC | {Operation.ROUND},
    ColumnType.AGE_BAND: _NUMERIC,
    ColumnType.SEX: _COMMON - {Operation.GENERALIZE},
    ColumnType.ADDRESS: _COMMON | {Operation.TRUNCATE},
    ColumnType.DATE: _COMMON | {Operation.BAND},
    ColumnType.BIRTH_DATE: _COMMON | {Operation.BAND},
}
"""Which operations make sense on a part of a composite column; others take any."""


def usual(operation: Operation, kind: ColumnType) -> int | str | None:
    """The parameter an operation takes when none is given; None where there is no usual one.

    Birth dates to the month, addresses to the city and ages of 90 and over as one are the examples
    of the PPC guideline on anonymously processed information; the others are practice.

    >>> usual(Operation.TRUNCATE, ColumnType.ADDRESS), usual(Operation.BAND, ColumnType.AGE)
    ('city', 10)
    """
    if operation is Operation.BAND:
        return 10 if kind in AGES else "month" if kind in DATES else None
    if operation is Operation.TRUNCATE:
        return "city" if kind in (ColumnType.ADDRESS, ColumnType.MUNICIPALITY_CODE) else 3
    if operation is Operation.TOP_CODE:
        return 90 if kind in AGES else None
    return {Operation.GENERALIZE: 1, Operation.ROUND: 10}.get(operation)


def check_plan(table: Table, plan: Plan) -> None:
    """Raise PlanError where the plan is for other columns, or its goal makes no sense here."""
    missing = [name for name in dict.fromkeys((*plan.columns, *plan.unit)) if name not in table]
    if missing:
        raise PlanError.of("anonymizer.plan.plan_for_other_columns", columns=quoted(missing))
    unplanned = [name for name in (*plan.quasi, *plan.sensitive) if name not in plan.columns]
    if unplanned:
        raise PlanError.of("anonymizer.plan.quasi_without_step", columns=quoted(unplanned))
    check_sensitive(plan, plan.sensitive)
    check_rows(table, plan.k if plan.quasi else 1, plan.unit)


def check_sensitive(goal: Goal | Plan, sensitive: Sequence[str]) -> None:
    """Raise PlanError where l or t is asked for and no column is there that they are about."""
    if (goal.l is not None or goal.t is not None) and not sensitive:
        raise PlanError.of("anonymizer.plan.no_sensitive_column")


def check_rows(table: Table, k: int, unit: Sequence[str] = ()) -> None:
    """Raise PlanError where a table has no rows, or fewer than k units."""
    if not table.rows:
        raise PlanError.of("anonymizer.plan.no_rows")
    owners = owners_of(table, unit)
    units = table.rows if owners is None else int(owners.max()) + 1
    if k > units:
        raise PlanError.of("anonymizer.plan.k_above_rows", k=k, rows=units)


def quoted(names: Iterable[str]) -> Message:
    """Column names in a row, each in quotes where the language has them so."""
    return listed(Message(ja=f"「{name}」", en=name) for name in names)


def named_l(l: int, kind: LKind, c: float | None) -> str:  # noqa: E741
    """The condition on sensitive values in short.

    >>> named_l(3, "distinct", None), named_l(3, "entropy", None), named_l(3, "recursive", 2.0)
    ('l=3', 'entropy l=3', '(c, l)=(2, 3)')
    """
    if kind == "recursive":
        return f"(c, l)=({c:g}, {l})"
    return f"l={l}" if kind == "distinct" else f"entropy l={l}"
