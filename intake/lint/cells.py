"""Rules about what a single cell holds."""

import re
from dataclasses import dataclass

import numpy as np

from core import Column, LintNote
from intake.lint.characters import INVISIBLE, MOJIBAKE, PLATFORM, PRIVATE, RARE
from intake.lint.note import Mask, matches, note_values


@dataclass(frozen=True)
class CellRule:
    """A pattern that no cell should match, and what to say of it."""

    code: str
    pattern: str
    ja: str
    en: str


_ERA = "(?:明治|大正|昭和|平成|令和|㍾|㍽|㍼|㍻|㋿)"
_NUMBER = "[0-9０-９]"
LAYOUT_SPACES = r"^[\s　]|[\s　]$|[ 　]{2}|\t|^\p{Han}(?:[ 　]\p{Han})+[ 　]?[0-9０-９]"
RULES = (
    CellRule(
        "line_breaks",
        r"[\r\n]",
        "セルの中に改行があります。1セルに1つの値とし、改行で体裁を整えないでください。",
        "Cells hold line breaks. Put one value in a cell and do not break lines for layout.",
    ),
    CellRule(
        "layout_spaces",
        LAYOUT_SPACES,
        "空白で体裁を整えたセルがあります（前後や連続した空白、文字の間を空ける空白）。"
        "空白を取り除いてください。",
        "Cells are padded with spaces: around the text, in a row, or between its letters. "
        "Remove them.",
    ),
    CellRule(
        "platform_characters",
        f"[{re.escape(PLATFORM)}]",
        "機種依存文字（①、Ⅳ、㈱、髙 など）があります。別の環境で正しく表示されないことがあります。",
        "Cells hold platform-dependent characters (①, Ⅳ, ㈱, 髙), which may not show elsewhere.",
    ),
    CellRule(
        "private_characters",
        f"[{PRIVATE}]",
        "外字があります。作成した環境以外では読めません。文字情報基盤などの標準の文字に"
        "置き換えるか、読み（カナ）を添えてください。",
        "Cells hold user-defined characters that no other system can show. Replace them by "
        "standard characters, or give the reading beside.",
    ),
    CellRule(
        "missing_glyphs",
        "〓",
        "「〓」（げた記号）で表した文字があります。元のシステムの外字など、出力できなかった文字の"
        "跡とみられます。元の文字を確かめ、標準の文字に置き換えてください。",
        "Cells hold 〓, which stands for a character that could not be output, such as a "
        "user-defined one. Find out the original and use a standard character.",
    ),
    CellRule(
        "rare_characters",
        f"[{RARE}]",
        "扱えない環境の多い文字（異体字、絵文字、まれな漢字）があります。",
        "Cells hold characters many systems cannot handle (variants, pictographs, rare kanji).",
    ),
    CellRule(
        "split_characters",
        r"[\x{3099}\x{309A}]",
        "濁点・半濁点が別の文字に分かれています。合成済みの文字（NFC）に直してください。",
        "Voiced marks are separate characters. Convert the text to composed form (NFC).",
    ),
    CellRule(
        "lost_characters",
        r"\x{FFFD}",
        "文字化けで失われた文字があります。元のデータから出し直してください。",
        "Characters were lost in an earlier conversion. Export the data again.",
    ),
    CellRule(
        "garbled",
        MOJIBAKE,
        "文字化けとみられる値があります（縺、ã などの並び）。元のデータから出し直してください。",
        "Cells look garbled (rows of 縺 or ã). Export the data again from the original.",
    ),
    CellRule(
        "invisible_characters",
        f"[{INVISIBLE}]",
        "目に見えない文字（幅のない空白、文字の向きの制御など）があります。見た目が同じ値でも"
        "別の値として扱われるため、取り除いてください。",
        "Cells hold characters that do not show (zero-width spaces, direction marks), so that "
        "values that look the same differ. Remove them.",
    ),
    CellRule(
        "era_years",
        f"{_ERA}\\s*(?:{_NUMBER}{{1,2}}|元)\\s*年|^[MTSHRＭＴＳＨＲ明大昭平令][.．]?"
        f"{_NUMBER}{{1,2}}[./．／年-]{_NUMBER}{{1,2}}",
        "和暦だけの年があります。西暦にするか、西暦を併記してください。",
        "Years are given in Japanese eras only. Use western years, or put them beside.",
    ),
    CellRule(
        "ditto_marks",
        r'^[\s　]*(?:〃|々|同上|同前|″|”|")[\s　]*$',
        "「同上」「〃」などで値を省略したセルがあります。全てのセルに値を入れてください。",
        "Cells stand for the one above (〃, 同上). Put the value in every cell.",
    ),
    CellRule(
        "error_values",
        r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|#+)$",
        "表計算のエラー値（#N/A など）があります。正しい値か空欄に直してください。",
        "Cells hold spreadsheet errors (#N/A). Replace them by the value or leave them blank.",
    ),
    CellRule(
        "lost_digits",
        r"^[0-9]\.[0-9]+E\+[0-9]{2}$",
        "指数表記（1.23E+11 など）になり、桁が失われた番号があります。"
        "文字列として出し直してください。",
        "Numbers turned into exponents (1.23E+11) and lost digits. Export them again as text.",
    ),
    CellRule(
        "formula_like",
        r"^[=＝@]|^[+-][^0-9.,\s]",
        "「=」「@」などで始まるセルがあります。表計算ソフトが数式として実行するおそれがあります。",
        "Cells begin with a sign such as = or @, which a spreadsheet may run as a formula.",
    ),
)
_WESTERN = r"(?:19|20|１９|２０)[0-9０-９]{2}"
_SHORT_ERA = f"^[MTSHRＭＴＳＨＲ明大昭平令][.．]?(?:{_NUMBER}{{1,2}}|元)(?:年度?)?$"
"""A year such as R6, in a column of years."""
_YEAR = f"^{_WESTERN}(?:年度?)?$"
_YEARS = re.compile(r"年度?$|年次$|^(?:fiscal[ _]?)?year$", re.IGNORECASE)
_ANY = "|".join(f"(?:{pattern})" for pattern in (*(r.pattern for r in RULES), _SHORT_ERA))


def check_cells(column: Column) -> list[LintNote]:
    """A note for each rule that some cell of a column breaks.

    One pass finds the values that break any rule at all: they are few.
    """
    suspects = np.flatnonzero(matches(column.values, _ANY))
    if not len(suspects):
        return []
    values = column.values.take(suspects)
    notes: list[LintNote] = []
    for rule in RULES:
        found = matches(values, rule.pattern)
        if rule.code == "era_years":
            found &= ~matches(values, _WESTERN)
            short = matches(values, _SHORT_ERA)
            if short.any() and _holds_years(column):
                found |= short
        hits: Mask = np.zeros(len(column.values), dtype=bool)
        hits[suspects[found]] = True
        notes += note_values(column, rule.code, hits, rule.ja, rule.en)
    return notes


def _holds_years(column: Column) -> bool:
    """Whether a column is one of years: by its name, or because half of its values are."""
    if _YEARS.search(column.header.strip()):
        return True
    years = int(column.counts[matches(column.values, _YEAR)].sum())
    return 2 * years >= int(column.counts[matches(column.values, r"[^\s　]")].sum())
