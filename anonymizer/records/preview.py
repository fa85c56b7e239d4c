"""What a plan would do: risk before and after, what is lost, and warnings in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.apply import ColumnLoss, Processed, apply
from anonymizer.records.fields import Readings
from anonymizer.records.keyed import LOOKING
from anonymizer.records.plan import Plan, named_l, quoted
from core import (
    Codes,
    ColumnReport,
    Message,
    Operation,
    Progress,
    RiskReport,
    Role,
    Table,
    each,
    inherited,
    listed,
    mask,
    say,
    watchable,
)
from language import is_missing_word
from measure import THRESHOLD_SOURCE, Measures, measure_risk, owners_of

_MANY = 0.05
"""A column unknown for one in twenty is missed by those who count."""
_COARSE = 0.5
"""From here on a cell stands for half of the column's values."""


@dataclass(frozen=True)
class Loss:
    """What the whole table loses. Shares are 0-1."""

    granularity: float
    rows: int
    suppressed_rows: int
    suppressed_cells: int
    columns: tuple[ColumnLoss, ...]

    @property
    def suppressed_share(self) -> float:
        """Suppressed rows as a share of all rows."""
        return self.suppressed_rows / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class Example:
    """One value before and after, and how many rows it stands for.

    The value before is shown only where at least k rows share it, else its shape.
    """

    before: str
    after: str
    rows: int


@dataclass(frozen=True, eq=False)
class Preview:
    """Before and after, side by side."""

    before: RiskReport
    after: RiskReport
    before_measures: Measures
    after_measures: Measures
    loss: Loss
    changes: Mapping[str, tuple[Example, ...]]
    warnings: tuple[Message, ...]
    processed: Processed


@watchable
def preview(
    table: Table,
    plan: Plan,
    columns: Sequence[ColumnReport] = (),
    *,
    threshold: int = 5,
    threshold_source: Message | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    examples: int = 3,
    keys: Mapping[str, bytes] | None = None,
    secret: bytes = b"",
    before: Measures | None = None,
    progress: Progress = inherited,
    readings: Readings | None = None,
) -> Preview:
    """Apply a plan in memory and measure both sides. Nothing is written.

    `columns` adds warnings about sensitive columns that stay; `before` saves measuring the table
    again where that was done with the same settings. `readings`, kept by the caller
    beside the table, saves reading the same values again. Raises PlanError as `apply` does.
    """
    processed = apply(
        table,
        plan,
        hierarchies=hierarchies,
        keys=keys,
        secret=secret or LOOKING,
        progress=progress,
        readings=readings,
    )
    source = threshold_source or THRESHOLD_SOURCE
    sensitive = [name for name in plan.sensitive if name in processed.table]
    owners = owners_of(table, plan.unit)
    before = before or measure_before(table, plan, threshold, source, readings)
    left = [name for name in plan.quasi if name in processed.table]
    after = _measured(processed.table, left, threshold, source, sensitive, owners)
    loss = Loss(
        granularity=processed.granularity,
        rows=table.rows,
        suppressed_rows=processed.suppressed_rows,
        suppressed_cells=sum(c.cells_suppressed for c in processed.changes),
        columns=tuple(
            ColumnLoss(**{f.name: getattr(c, f.name) for f in fields(ColumnLoss)})
            for c in processed.changes
        ),
    )
    goal = [] if processed.met else [_not_met(plan)]
    return Preview(
        before=before.report(),
        after=after.report(),
        before_measures=before,
        after_measures=after,
        loss=loss,
        changes={
            c.column: _examples(table, processed, c.column, max(plan.k, threshold), examples)
            for c in processed.changes
            if c.rows_changed and c.column in processed.table
        },
        warnings=(*processed.warnings, *goal, *_losses(processed, columns)),
        processed=processed,
    )


def measure_before(
    table: Table,
    plan: Plan,
    threshold: int,
    source: Message = THRESHOLD_SOURCE,
    readings: Readings | None = None,
) -> Measures:
    """The risk of the table as it is, for `preview` to take instead of measuring it again."""
    dropped = {s.column for s in plan.steps if s.operation is Operation.DROP and s.part is None}
    sensitive = [name for name in plan.sensitive if name not in dropped]
    held = readings or Readings()
    key = ("before", table, plan.quasi, threshold, source, tuple(sensitive), plan.unit)
    owners = owners_of(table, plan.unit)
    measure = partial(_measured, table, plan.quasi, threshold, source, sensitive, owners)
    return held.once(key, measure)


def _measured(
    table: Table,
    quasi: Sequence[str],
    threshold: int,
    source: Message,
    sensitive: Sequence[str],
    owners: Codes | None,
) -> Measures:
    """The risk of a table; without any quasi-identifier all rows are alike."""
    if quasi:
        return measure_risk(
            table,
            quasi,
            threshold=threshold,
            threshold_source=source,
            sensitive=sensitive,
            owners=owners,
        )
    blank = Table.of({"-": ["-"] * table.rows})
    return measure_risk(blank, ["-"], threshold=threshold, threshold_source=source)


def _not_met(plan: Plan) -> Message:
    """A plan whose result may not leave."""
    wanted = [f"k={plan.k}"]
    wanted += [named_l(plan.l, plan.l_kind, plan.c)] if plan.l is not None else []
    wanted += [f"t={plan.t:g}"] if plan.t is not None else []
    return say("anonymizer.preview.not_met", goal=listed(wanted))


def _losses(processed: Processed, columns: Sequence[ColumnReport]) -> Iterator[Message]:
    """What people would miss, in words."""
    plan, rows, gone = processed.plan, processed.table.rows, processed.suppressed_rows
    if gone:
        yield say("anonymizer.preview.rows_gone", share=tenths(gone / rows), rows=gone)
    dropped, kept = [], set()
    for change in processed.changes:
        name = change.column
        if any(s.operation is Operation.KEEP for s in change.steps) and (
            change.cells_suppressed <= gone
        ):
            kept.add(name)
        if name not in plan.quasi:
            continue
        unknown = (change.cells_suppressed - gone) / rows
        if all(s.operation is Operation.DROP for s in change.steps):
            dropped.append(name)
        elif change.distinct_after and unknown >= _MANY:
            yield say("anonymizer.preview.column_unknown", share=tenths(unknown), column=name)
        elif change.distinct_after and change.loss >= _COARSE:
            before, after = change.distinct_before, change.distinct_after
            yield say("anonymizer.preview.column_coarse", column=name, before=before, after=after)
    if dropped:
        yield say("anonymizer.preview.quasi_dropped", columns=quoted(dropped))
    sensitive = [c.name for c in columns if c.role is Role.SENSITIVE and c.name in kept]
    if sensitive:
        yield say("anonymizer.preview.sensitive_kept", columns=quoted(sensitive))


def tenths(share: float) -> Message:
    """A share in the words people use.

    >>> tenths(0.42).text("en"), tenths(0.004).text("ja"), tenths(0.98).text("ja")
    ('about four in ten', '1%未満', 'ほとんどすべて')
    """
    if share < 0.01:
        return say("anonymizer.preview.under_one_percent")
    if share < 0.095:
        return say("anonymizer.preview.about_percent", share=share)
    if share >= 0.95:
        return say("anonymizer.preview.nearly_all")
    return say(f"anonymizer.preview.about_{min(9, round(share * 10))}_in_ten")


def _examples(
    table: Table, processed: Processed, name: str, least: int, limit: int
) -> tuple[Example, ...]:
    """The commonest changes, values that few rows share shown by their shape only."""
    before, after = table[name], processed.table[name]
    pairs = before.codes.astype(np.int64) * len(after.values) + after.codes
    found, counts = np.unique(pairs, return_counts=True)
    shown: dict[tuple[str, str], int] = {}
    for i in each(np.argsort(-counts, kind="stable").tolist()):
        old, new = divmod(int(found[i]), len(after.values))
        text, made = before.texts[old], after.texts[new]
        if text == made:
            continue
        rare = before.counts[old] < least and not is_missing_word(text)
        key = (mask(text) if rare else text, made)
        shown[key] = shown.get(key, 0) + int(counts[i])
        if len(shown) >= limit:
            break
    return tuple(Example(b, a, n) for (b, a), n in shown.items())
