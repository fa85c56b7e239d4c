"""The processed file, made and certified in memory."""

from typing import Literal

import anonymizer
from anonymizer import Certificate
from core import UsageError
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
