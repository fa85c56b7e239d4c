"""What a reader of a sheet should know: hidden parts, merged cells, formulas, drawings."""

from collections.abc import Sequence

from core import LintNote, Message
from intake.facts import SheetFacts, column_letters
from intake.grid import Header, Span

_NAMED = 5
"""Places named in a sentence."""
_COLUMNS = 50
"""Columns with a note of their own, for each rule."""


def describe(
    facts: SheetFacts | None, merged: Sequence[Span], header: Header, left: int = 0
) -> tuple[tuple[Message, ...], tuple[LintNote, ...]]:
    """Notes on what was assumed, and breaches of the rules for machine-readable tables.

    The rows of a breach are counted from the first row below the header, with all of them listed.
    `left` is how many columns of the sheet stand before the first.
    """
    notes: list[Message] = []
    lint = _merged(merged, header, left)
    if facts is not None:
        notes += _hidden(facts)
        lint += _formulas(facts, header, left)
        lint += _drawings(facts)
        if unsaved := sum(facts.unsaved.values()):
            notes.append(
                Message(
                    ja=f"計算結果が保存されていない数式が {unsaved:,} 個あり、"
                    "空欄として読みました。表計算ソフトで開いて保存し直すと、値を読めます。",
                    en=f"{unsaved:,} formulas have no saved result and were read as "
                    "blank. Open the file in a spreadsheet program and save it again.",
                )
            )
        if facts.errors:
            notes.append(
                Message(
                    ja=f"エラー値（#N/A など）のセルが {facts.errors:,} 個あり、"
                    "空欄として読みました。",
                    en=f"{facts.errors:,} cells hold an error (such as #N/A) "
                    "and were read as blank.",
                )
            )
    return tuple(notes), tuple(lint)


def _hidden(facts: SheetFacts) -> list[Message]:
    notes = []
    if facts.hidden_rows:
        count, first = len(facts.hidden_rows), facts.hidden_rows[0]
        notes.append(
            Message(
                ja=f"非表示の行が {count:,} 行あります（シートの {first} 行目など）。"
                "データに含めて読みました。",
                en=f"{count:,} rows are hidden (row {first} of the sheet, for one). "
                "They were read.",
            )
        )
    reach = [c for c in facts.hidden_columns if c <= facts.extent.columns]
    if reach:
        names = "、".join(column_letters(c) for c in reach[:10])
        notes.append(
            Message(
                ja=f"非表示の列が {len(reach)} 列あります（{names}）。データに含めて読みました。",
                en=f"{len(reach)} columns are hidden ({names.replace('、', ', ')}). "
                "They were read.",
            )
        )
    return notes


def _merged(merged: Sequence[Span], header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    inside: dict[int, list[int]] = {}
    for span in sorted(merged, key=lambda span: (span.top, span.left)):
        if span.bottom >= body:
            inside.setdefault(span.left, []).append(max(span.top - body + 1, 1))
    in_header = sorted(
        (span for span in merged if header.skip <= span.top < body),
        key=lambda span: (span.top, span.left),
    )
    lint = [
        LintNote(
            code="merged_cells",
            row=rows[0],
            rows=tuple(rows),
            column=_name(header, column),
            count=len(rows),
            message=Message(
                ja="データの中に結合セルがあります。同じ値を全てのセルに入れて読みました。"
                "結合を解き、1セルに1つの値を入れてください。",
                en="Merged areas are among the data. Their value was read into every cell. "
                "Unmerge them and put one value in each cell.",
            ),
        )
        for column, rows in sorted(inside.items())[:_COLUMNS]
    ]
    if in_header:
        ja, en = _listed([_area(span, left) for span in in_header])
        lint.append(
            LintNote(
                code="merged_header",
                column=_name(header, in_header[0].left),
                count=len(in_header),
                message=Message(
                    ja=f"項目名に結合セルがあります（シートの {ja}）。"
                    "項目名は1行にし、1セルに1つずつ入れてください。",
                    en=f"The header has merged cells ({en} of the sheet). Put the names in one "
                    "row, one name a cell.",
                ),
            )
        )
    return lint


def _name(header: Header, column: int) -> str:
    """What a column (0-based) is called."""
    known = column < len(header.names) and header.names[column]
    return known or f"#{column + 1}"


def _area(span: Span, left: int) -> str:
    """A merged area as spreadsheet programs write it."""
    first = f"{column_letters(span.left + left + 1)}{span.top + 1}"
    return f"{first}:{column_letters(span.right + left + 1)}{span.bottom + 1}"


def _listed(places: Sequence[str]) -> tuple[str, str]:
    """The first places in words, in both languages."""
    more = len(places) > _NAMED
    named = places[:_NAMED]
    return "、".join(named) + (" など" if more else ""), ", ".join(named) + (" …" if more else "")


def _formulas(facts: SheetFacts, header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    lint = []
    for column, rows in sorted(facts.formulas.items())[:_COLUMNS]:
        unsaved = facts.unsaved.get(column, 0)
        ja, en = _listed([f"{column_letters(column)}{row}" for row in rows[: _NAMED + 1]])
        read = _formulas_read(unsaved, len(rows))
        inside = tuple(row - body for row in rows if row > body)
        lint.append(
            LintNote(
                code="formulas",
                row=inside[0] if inside else None,
                rows=inside,
                column=_name(header, max(column - left - 1, 0)),
                count=len(rows),
                message=Message(
                    ja=f"数式のセルがあります（シートの {ja}）。{read.ja}"
                    "渡すデータでは数式を値に直してください。",
                    en=f"Cells are formulas ({en} of the sheet). {read.en}"
                    "Turn formulas into values in data that is handed over.",
                ),
            )
        )
    return lint


def _formulas_read(unsaved: int, of: int) -> Message:
    """What was read of the formulas of a column, of which some have no saved result."""
    if unsaved >= of:
        return Message(
            ja="計算結果が保存されていないため、空欄として読みました。",
            en="No result is saved with them, and they were read as blank. ",
        )
    if unsaved:
        return Message(
            ja=f"{unsaved:,} 個は計算結果が保存されていないため空欄として、"
            "ほかは保存されていた計算結果を読みました。",
            en=f"{unsaved:,} have no saved result and were read as blank; of the others the saved "
            "result was read. ",
        )
    return Message(ja="保存されていた計算結果を読みました。", en="Their saved results were read. ")


def _drawings(facts: SheetFacts) -> list[LintNote]:
    if not facts.drawings:
        return []
    return [
        LintNote(
            code="drawings",
            message=Message(
                ja="シートに図形・画像・グラフがあります。その中の文字は読めません。"
                "個人情報が写っていないか、目で確かめてください。",
                en="The sheet holds shapes, pictures or charts. What they show is not read: "
                "look at them for personal information.",
            ),
        )
    ]
