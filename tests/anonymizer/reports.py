"""Columns as the tests of the anonymizer describe them."""

from core import ColumnReport, ColumnType, Message, Role, Support


def report(name: str, kind: str, role: str) -> ColumnReport:
    return ColumnReport(
        name=name,
        position=1,
        type=ColumnType(kind),
        role=Role(role),
        confidence=1,
        support=Support(n=1, of=1),
        why=Message(ja="", en=""),
    )
