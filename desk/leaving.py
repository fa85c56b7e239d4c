"""Files that leave the desk with their certificates, made in memory."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Literal

import anonymizer
from anonymizer import Certificate, Protected
from anonymizer.tables import Override
from core import UsageError
from desk.tabulation import table_file
from desk.workspace import Workspace

FileFormat = Literal["csv", "xlsx"]


def processed_file(session: Workspace, format: FileFormat) -> tuple[bytes, Certificate]:
    """The data as the plan in force makes it, and its certificate, measured on those bytes.

    Raises:
        UsageError: there is no plan or no data.
    """
    session.need_table()
    plan, seen = session.plan, session.preview_now()
    if plan is None or seen is None:
        raise UsageError.of(
            "no-plan",
            ja="まだ加工案がありません。先に加工案を作ってください。",
            en="There is no plan yet. Make one first.",
        )
    content, _ = anonymizer.encode(seen.processed.table, f".{format}")
    return content, anonymizer.certify_content(f"processed.{format}", content, plan)


def processed_files(session: Workspace, format: FileFormat) -> dict[str, bytes]:
    """The processed file, its certificate, and the plan that made it, by file name."""
    content, found = processed_file(session, format)
    plan = session.plan
    return {
        found.file: content,
        "certificate.json": found.model_dump_json(indent=1).encode(),
        "plan.yaml": plan.to_yaml().encode() if plan else b"",
    }


def table_files(
    found: Protected, format: FileFormat, override: Override | None = None
) -> dict[str, bytes]:
    """A table to publish and its certificate, by file name.

    Args:
        found: what `protected` gave.
        format: the table's; the certificate is JSON.
        override: `Override.record(by, reason)`, where someone decides to publish a table that
            fails an audit. The certificate then states who, why and when, and which audit failed.

    Raises:
        PlanError: an audit failed, and nobody took that decision.
    """
    content, stated = table_file(found, format, override)
    written = json.dumps(stated, ensure_ascii=False, indent=1).encode()
    return {f"table.{format}": content, "certificate.json": written}


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
