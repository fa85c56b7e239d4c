"""Files that leave the desk with their certificates, made in memory: the processed data, and tables
to publish with what is too small hidden."""

import io
import json
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from typing import Literal

import anonymizer
from anonymizer import Attacker, Certificate, Readings, reader_name
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
    protect,
    tabulate,
)
from core import UsageError, listed, say
from desk.reply import Outcome, grounds, quoted
from desk.tools import tool
from desk.workspace import Workspace

FileFormat = Literal["csv", "xlsx"]
GROUNDS = ("G-01", "G-05", "G-06", "G-09", "A-13")
TIME_LIMIT = 20.0
"""Seconds a search for the cheapest pattern may take: someone waits for it at a screen."""


def processed_file(session: Workspace, format: FileFormat) -> tuple[bytes, Certificate]:
    """The data as the plan in force makes it, and its certificate, measured on those bytes.

    Ties and the order of rows are drawn anew each time.

    Raises:
        UsageError: there is no plan or no data.
    """
    table, plan = session.need_table(), session.plan
    if plan is None:
        raise UsageError.of("desk.exports.no-plan")
    made = anonymizer.leave(
        table,
        plan,
        f"processed.{format}",
        hierarchies=session.hierarchies,
        keys=session.keys,
        readings=Readings(),
    )
    return made.content, made.certificate


def judged(session: Workspace) -> Certificate:
    """Who would be found in the file that the plan in force makes; held until the plan changes.

    Raises:
        UsageError: there is no plan or no data.
    """
    key = session.plan, frozenset(session.hierarchies.items())
    if session.judged_for is None or session.judged_for[0] != key:
        session.judged_for = (key, processed_file(session, "csv")[1])
    return session.judged_for[1]


def hold_against(session: Workspace, readers: Sequence[Attacker]) -> Outcome:
    """Say which readers the file must hold against; `undo` takes it back.

    Raises:
        UsageError: there is no plan.
    """
    if session.plan is None:
        raise UsageError.of("desk.exports.no-plan")
    changed = {"attackers": tuple(readers), "guarded": True}
    done = say("desk.exports.holding", readers=listed(map(reader_name, readers)))
    session.put_plan(session.plan.model_copy(update=changed), done)
    return Outcome(message=done)


def processed_files(session: Workspace, format: FileFormat) -> dict[str, bytes]:
    """The processed file, its certificate, and the plan that made it, by file name."""
    content, found = processed_file(session, format)
    plan = session.plan
    return {
        found.file: content,
        "certificate.json": found.model_dump_json(indent=1).encode(),
        "plan.yaml": plan.to_yaml().encode() if plan else b"",
    }


@tool()
def protect_table(session: Workspace, dimensions: Sequence[str], threshold: int) -> Outcome:
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
        **grounds(GROUNDS),
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
    return protect(
        [prepare(spec, preset, threshold)],
        PrimaryRule(threshold=threshold),
        zeros=practice.zeros,
        complement=practice.complement,
        time_limit=TIME_LIMIT,
    )


def _spec(session: Workspace, dimensions: Sequence[str], identifier: str | None) -> TableSpec:
    table, counts = session.need_table(), session.count_column
    if unknown := [name for name in dimensions if name not in table]:
        raise UsageError.of("desk.risk.unknown-column", columns=quoted(unknown))
    if not dimensions:
        raise UsageError.of("desk.exports.unknown-column")
    if identifier is not None:
        return mobile_statistics(table, identifier, dimensions, secrets.token_bytes(32))
    if counts is None:
        return tabulate(table, tuple(dimensions))
    own = [key for key in table.keys if key != counts]
    if set(dimensions) != set(own):
        raise UsageError.of("desk.exports.table-dimensions", columns=quoted(own))
    content = table.frame().to_csv(index=False).encode("utf-8-sig")
    return load_table(content, name=session.dataset.name)[0]


def table_files(
    found: Protected, format: FileFormat, override: Override | None = None
) -> dict[str, bytes]:
    """A table to publish and the certificate that goes with exactly these bytes, by file name.

    Args:
        found: what `protected` gave.
        format: the table's; the certificate is JSON.
        override: `Override.record(by, reason)`, where someone decides to publish a table that
            fails an audit. The certificate then states who, why and when, and which audit failed.

    Raises:
        PlanError: an audit failed, and nobody took that decision.
    """
    file = f"table.{format}"
    content = encode(found, f".{format}")
    stated = certificate(found, content, override, file)
    written = json.dumps(stated, ensure_ascii=False, indent=1).encode()
    return {file: content, "certificate.json": written}


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP archive.

    >>> zipfile.ZipFile(io.BytesIO(bundle({"a.csv": b"1"}))).read("a.csv")
    b'1'
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
