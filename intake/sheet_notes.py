"""What a reader of a sheet should know: hidden parts, merged cells, formulas, drawings."""

from collections.abc import Sequence

from core import LintNote, Message
from intake.facts import SheetFacts, column_letters
from intake.grid import Header, Span


def describe(
    facts: SheetFacts | None, merged: Sequence[Span], header: Header
) -> tuple[tuple[Message, ...], tuple[LintNote, ...]]:
    """Notes on what was assumed, and breaches of the rules for machine-readable tables."""
    notes: list[Message] = []
    lint = _merged(merged, header)
    if facts is not None:
        notes += _hidden(facts)
        lint += _formulas(facts)
        if facts.unsaved_formulas:
            notes.append(
                Message(
                    ja=f"計算結果が保存されていない数式が {facts.unsaved_formulas:,} 個あり、"
                    "空欄として読みました。表計算ソフトで開いて保存し直すと、値を読めます。",
                    en=f"{facts.unsaved_formulas:,} formulas have no saved result and were read as "
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


def _named(header: Header, span: Span) -> str | None:
    """The column a merged area begins in."""
    inside = span.left < len(header.names)
    return (header.names[span.left] or f"#{span.left + 1}") if inside else None


def _merged(merged: Sequence[Span], header: Header) -> list[LintNote]:
    body = header.skip + header.rows
    inside = [span for span in merged if span.bottom >= body]
    in_header = [span for span in merged if header.skip <= span.top < body]
    lint = []
    if inside:
        first = min(inside, key=lambda span: (span.top, span.left))
        lint.append(
            LintNote(
                code="merged_cells",
                row=max(first.top - body + 1, 1),
                column=_named(header, first),
                count=len(inside),
                message=Message(
                    ja=f"データの中に結合セルが {len(inside):,} か所あります。"
                    "同じ値を全てのセルに入れて読みました。"
                    "結合を解き、1セルに1つの値を入れてください。",
                    en=f"{len(inside):,} merged areas are among the data. Their value was read "
                    "into every cell. Unmerge them and put one value in each cell.",
                ),
            )
        )
    if in_header:
        lint.append(
            LintNote(
                code="merged_header",
                column=_named(header, min(in_header, key=lambda span: (span.top, span.left))),
                count=len(in_header),
                message=Message(
                    ja="項目名に結合セルがあります。項目名は1行にし、1セルに1つずつ入れてください。",
                    en="The header has merged cells. Put the names in one row, one name a cell.",
                ),
            )
        )
    return lint


def _formulas(facts: SheetFacts) -> list[LintNote]:
    lint = []
    if facts.formulas:
        lint.append(
            LintNote(
                code="formulas",
                count=facts.formulas,
                message=Message(
                    ja=f"数式のセルが {facts.formulas:,} 個あります。"
                    "保存されていた計算結果を読みました。渡すデータでは数式を値に直してください。",
                    en=f"{facts.formulas:,} cells are formulas; their saved results were read. "
                    "Turn formulas into values in data that is handed over.",
                ),
            )
        )
    if facts.drawings:
        lint.append(
            LintNote(
                code="drawings",
                message=Message(
                    ja="シートに図形・画像・グラフがあります。その中の文字は読めません。"
                    "個人情報が写っていないか、目で確かめてください。",
                    en="The sheet holds shapes, pictures or charts. What they show is not read: "
                    "look at them for personal information.",
                ),
            )
        )
    return lint
