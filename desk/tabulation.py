"""Small-area tables: count the people and hide what is too small."""

from collections.abc import Sequence

import knowledge
from anonymizer.tables import PrimaryRule, Protected, TableSpec, load_table, tabulate
from anonymizer.tables import protect as protect_tables
from core import UsageError
from desk.grounds import passages
from desk.outcome import Outcome
from desk.words import listed
from desk.workspace import Workspace

GROUNDS = ("G-01", "G-05", "G-06", "G-09", "A-13")
TIME_LIMIT = 20.0


def protect(session: Workspace, dimensions: Sequence[str], threshold: int) -> Outcome:
    """Count the people by the dimensions and suppress cells under the threshold."""
    found = protected(session, dimensions, threshold)
    return Outcome(
        message=found.summary(),
        data={
            "dimensions": list(dimensions),
            "threshold": threshold,
            "primary": int(found.primary.sum()),
            "secondary": int(found.secondary.sum()),
            "status": found.status,
            "passed": found.passed,
        },
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def protected(session: Workspace, dimensions: Sequence[str], threshold: int) -> Protected:
    """The protected table itself, for a screen or a file.

    Raises:
        UsageError: no dimension, an unknown column, or other dimensions than a ready table has.
    """
    table, counts = session.need_table(), session.count_column
    unknown = [name for name in dimensions if name not in table]
    if unknown or not dimensions:
        names = listed(unknown)
        raise UsageError.of(
            "unknown-column",
            ja=f"{names.ja}という項目はありません。"
            if unknown
            else "何ごとに数えるか（町丁目、年代など）を指定してください。",
            en=f"There is no column {names.en}."
            if unknown
            else "Say by what to count, such as neighbourhood or age band.",
        )
    specs: tuple[TableSpec, ...]
    if counts is None:
        specs = (tabulate(table, tuple(dimensions)),)
    else:
        own = [key for key in table.keys if key != counts]
        if set(dimensions) != set(own):
            names = listed(own)
            raise UsageError.of(
                "table-dimensions",
                ja=f"件数の表なので、{names.ja}の全部で数えてください。",
                en=f"This is a table of counts: count by all of {names.en}.",
            )
        content = table.frame().to_csv(index=False).encode("utf-8-sig")
        specs = load_table(content, name=session.dataset.name)
    return protect_tables(
        specs, PrimaryRule(threshold=threshold), zeros="publish", time_limit=TIME_LIMIT
    )
