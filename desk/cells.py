"""What the desk says about unusual cells and rows."""

from core import CELL_KINDS, TYPES, CellKind, CellNote, Message, UsageError, mask
from desk.grounds import cited, passages
from desk.outcome import Outcome
from desk.risks import class_of_row
from desk.settings import EXAMPLES_SAID
from desk.words import joined, listed
from desk.workspace import Workspace

SHOWN = 50
"""How many cells the data of a listing holds."""
GROUNDS: dict[CellKind, tuple[str, ...]] = {
    CellKind.RARE_COMBINATION: ("A-01", "D-09"),
    CellKind.RARE_VALUE: ("D-09", "D-08"),
    CellKind.OUTLIER: ("D-08", "D-09"),
    CellKind.HIDDEN_PERSONAL_DATA: ("A-01", "A-03", "B-01"),
    CellKind.FORMAT_BREAK: ("B-04",),
    CellKind.CHECK_DIGIT_BREAK: ("B-04",),
    CellKind.WIDTH_MISMATCH: ("B-04",),
    CellKind.UNDECLARED_VALUE: ("H-06", "B-14"),
    CellKind.MISSING_CODE: ("B-04",),
}
ACCURACY = "65条"
"""What B-04 stands for here: keeping data accurate, not the ban on improper use."""


def listing(session: Workspace, kind: CellKind | None, column: str | None) -> Outcome:
    """Unusual cells, gravest first, and how many there are of each kind."""
    review = session.review
    chosen = session.examined.inspection.select(kind=kind, column=column, limit=SHOWN)
    totals = {
        k: n
        for k, n in session.examined.inspection.totals(column).items()
        if n and (kind is None or k is kind)
    }
    if not totals:
        what = CELL_KINDS[kind] if kind else Message(ja="特異なデータ", en="Unusual cells")
        where = Message(ja=f"「{column}」に、", en=f" in “{column}”") if column else None
        return Outcome(
            message=Message(
                ja=f"{where.ja if where else ''}{what.ja}は見つかりませんでした。",
                en=f"{what.en}{where.en if where else ''}: none were found.",
            )
        )
    parts = [_total(k, n) for k, n in totals.items()]
    head = Message(
        ja="、".join(p.ja for p in parts) + "あります。", en=", ".join(p.en for p in parts) + "."
    )
    said = [head]
    if kind is CellKind.RARE_COMBINATION and review.risk is not None and column is None:
        said.append(_alone(session))
    said += [_line(note) for note in chosen[:EXAMPLES_SAID]]
    cards = dict.fromkeys(card for k in totals for card in GROUNDS[k])
    return Outcome(
        message=joined(said),
        data={
            "cells": [{"row": c.row, "column": c.column, "kind": c.kind.value} for c in chosen],
            "totals": {k.value: n for k, n in totals.items()},
        },
        citations=cited(cards, ACCURACY),
        passages=passages(cards),
    )


def _total(kind: CellKind, count: int) -> Message:
    return Message(ja=f"{CELL_KINDS[kind].ja}が{count:,}件", en=f"{CELL_KINDS[kind].en}: {count:,}")


def _alone(session: Workspace) -> Message:
    """How many people are alone, over which columns, and over the further sets worth knowing."""
    risk = session.review.risk
    if risk is None:
        return Message(ja="", en="")
    names = listed(risk.quasi)
    said = [
        Message(
            ja=f"{names.ja}の組合せが他にいない人は{risk.uniques:,}人です。",
            en=f"{risk.uniques:,} people are alone in their combination of {names.en}.",
        )
    ]
    for further in session.further_risks:
        added = [name for name in further.quasi if name not in risk.quasi]
        more = listed(added)
        said.append(
            Message(
                ja=f"{more.ja}も知られると{further.uniques:,}人になります。",
                en=f"With {more.en} known as well, {further.uniques:,} are.",
            )
        )
    return joined(said)


def _line(note: CellNote) -> Message:
    return Message(
        ja=f"{note.row:,}行目「{note.column}」（{note.masked}）：{note.reason.ja}",
        en=f"Row {note.row:,}, “{note.column}” ({note.masked}): {note.reason.en}",
    )


def explain(session: Workspace, row: int, column: str | None) -> Outcome:
    """Everything that is unusual about a row, or about one cell of it."""
    table = session.table
    if table is None:
        raise UsageError.of(
            "no-data",
            ja="行やセルを説明するには、データの添付が必要です。",
            en="Explaining a row or a cell needs data; attach it.",
        )
    if not 1 <= row <= table.rows:
        raise UsageError.of(
            "unknown-row",
            ja=f"{row:,}行目はありません。1から{table.rows:,}までの行を指定してください。",
            en=f"There is no row {row:,}. Choose one from 1 to {table.rows:,}.",
        )
    if column is not None and column not in table:
        raise UsageError.of(
            "unknown-column",
            ja=f"「{column}」という項目はありません。",
            en=f"There is no column “{column}”.",
        )
    notes = session.examined.inspection.at(row, column)
    said = [_head(session, row, column)]
    said += [Message(ja=f"{CELL_KINDS[n.kind].ja}：{n.reason.ja}", en=n.reason.en) for n in notes]
    cards: dict[str, None] = dict.fromkeys(card for n in notes for card in GROUNDS[n.kind])
    alone = class_of_row(session, row, column)
    if alone is not None and not any(n.kind is CellKind.RARE_COMBINATION for n in notes):
        said.append(alone)
        cards |= dict.fromkeys(GROUNDS[CellKind.RARE_COMBINATION])
    if column is not None:
        report = next(c for c in session.columns if c.name == column)
        said.append(report.why)
        cards |= dict.fromkeys(report.cards)
    if len(said) == 1:
        said.append(
            Message(
                ja="この行に特異な点は見つかっていません。",
                en="Nothing unusual was found in this row.",
            )
        )
    return Outcome(
        message=joined(said),
        data={
            "cells": [{"row": n.row, "column": n.column, "kind": n.kind.value} for n in notes]
            or [{"row": row, "column": column, "kind": None}],
        },
        citations=cited(cards, ACCURACY),
        passages=passages(cards),
    )


def _head(session: Workspace, row: int, column: str | None) -> Message:
    table = session.table
    if column is None or table is None:
        return Message(ja=f"{row:,}行目です。", en=f"Row {row:,}.")
    held = table[column]
    code = int(held.codes[row - 1])
    value, count = held.texts[code], int(held.counts[code])
    type_ = TYPES[next(c.type for c in session.columns if c.name == column)]
    shape = mask(value)
    if not value:
        return Message(
            ja=f"{row:,}行目「{column}」は空欄です。", en=f"Row {row:,}, “{column}” is empty."
        )
    return Message(
        ja=f"{row:,}行目「{column}」（{type_.ja}、値の形：{shape}）。同じ値は{count:,}行です。",
        en=f"Row {row:,}, “{column}” ({type_.en.lower()}, shape {shape}). "
        f"{count:,} rows hold this value.",
    )
