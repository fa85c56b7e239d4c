"""Small-area tables: count the people and hide what is too small."""

import secrets
from collections.abc import Sequence
from typing import Any, Literal

import knowledge
from anonymizer.tables import (
    PRESETS,
    Override,
    PresetName,
    PrimaryRule,
    Protected,
    TableSpec,
    certificate,
    encode,
    load_table,
    mobile_statistics,
    prepare,
    tabulate,
)
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
    found = session.protected = protected(session, dimensions, threshold)
    return Outcome(
        message=found.summary(),
        data={
            "dimensions": list(dimensions),
            "threshold": threshold,
            "primary": int(found.primary.sum()),
            "secondary": int(found.secondary.sum()),
            "status": found.status,
            "passed": found.passed,
            "statements": [statement.model_dump() for statement in found.statements()],
        },
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def protected(
    session: Workspace,
    dimensions: Sequence[str],
    threshold: int,
    preset: PresetName = "cheapest",
    identifier: str | None = None,
) -> Protected:
    """The protected table itself, for a screen (`anonymizer.tables.render`) or a file.

    `preset` is a practice of `PRESETS`; `mobile_statistics` takes the column `identifier` that
    tells whose record it is.

    Raises:
        UsageError: no dimension, an unknown column, or other dimensions than a ready table has.
    """
    spec = _spec(session, dimensions, identifier if preset == "mobile_statistics" else None)
    practice = PRESETS[preset]
    return protect_tables(
        [prepare(spec, preset, threshold)],
        PrimaryRule(threshold=threshold),
        zeros=practice.zeros,
        complement=practice.complement,
        time_limit=TIME_LIMIT,
    )


def table_file(
    found: Protected, format: Literal["csv", "xlsx", "json"], override: Override | None = None
) -> tuple[bytes, dict[str, Any]]:
    """The protected table as a file, and the certificate that goes with exactly these bytes.

    Raises:
        PlanError: an audit failed, and no override says who decided to publish and why.
    """
    content = encode(found, f".{format}")
    return content, certificate(found, content, override, f"table.{format}")


def _spec(session: Workspace, dimensions: Sequence[str], identifier: str | None) -> TableSpec:
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
    if identifier is not None:
        return mobile_statistics(table, identifier, dimensions, secrets.token_bytes(32))
    if counts is None:
        return tabulate(table, tuple(dimensions))
    own = [key for key in table.keys if key != counts]
    if set(dimensions) != set(own):
        names = listed(own)
        raise UsageError.of(
            "table-dimensions",
            ja=f"件数の表なので、{names.ja}の全部で数えてください。",
            en=f"This is a table of counts: count by all of {names.en}.",
        )
    content = table.frame().to_csv(index=False).encode("utf-8-sig")
    return load_table(content, name=session.dataset.name)[0]
