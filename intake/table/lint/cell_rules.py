"""Rules about what a single cell holds."""

import re
from pathlib import Path

import numpy as np

from core import Column, LintNote, yaml12
from intake.table.lint.notes import Mask, holding, matches, note_values

_EXTENSIONS = (0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC)
"""The lead bytes of the NEC and IBM extensions in CP932."""


def _platform() -> str:
    """The characters of the extensions that JIS X 0208 does not have."""
    pairs = (bytes((a, b)) for a in _EXTENSIONS for b in (*range(0x40, 0x7F), *range(0x80, 0xFD)))
    found = {pair.decode("cp932", "replace") for pair in pairs} - {"\ufffd"}
    return "".join(sorted(c for c in found if len(c) == 1 and not c.encode("shift_jis", "ignore")))


_RULES: dict[str, str] = {
    code: pattern.replace("PLATFORM", re.escape(_platform()))
    for code, pattern in yaml12.load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    ).items()
}
LAYOUT_SPACES = _RULES["layout_spaces"]
_WESTERN = r"(?:19|20|１９|２０)[0-9０-９]{2}"
_SHORT_ERA = r"^[MTSHRＭＴＳＨＲ明大昭平令][.．]?(?:[0-9０-９]{1,2}|元)(?:年度?)?$"
"""A year such as R6, in a column of years."""
_YEAR = f"^{_WESTERN}(?:年度?)?$"
_YEARS = re.compile(r"年度?$|年次$|^(?:fiscal[ _]?)?year$", re.IGNORECASE)
_ANY = "|".join(f"(?:{pattern})" for pattern in (*_RULES.values(), _SHORT_ERA))


def check_cells(column: Column) -> list[LintNote]:
    """A note for each rule that some cell of a column breaks.

    One pass finds the values that break any rule at all: they are few.
    """
    suspects = np.flatnonzero(matches(column.values, _ANY))
    if not len(suspects):
        return []
    values = column.values.take(suspects)
    notes: list[LintNote] = []
    for code, pattern in _RULES.items():
        found = matches(values, pattern)
        if code == "era_years":
            found &= ~matches(values, _WESTERN)
            short = matches(values, _SHORT_ERA)
            if short.any() and _holds_years(column):
                found |= short
        hits: Mask = np.zeros(len(column.values), dtype=bool)
        hits[suspects[found]] = True
        notes += note_values(column, code, hits)
    return notes


def _holds_years(column: Column) -> bool:
    """Whether a column is one of years: by its name, or because half of its values are."""
    if _YEARS.search(column.header.strip()):
        return True
    years = int(column.counts[matches(column.values, _YEAR)].sum())
    return 2 * years >= int(column.counts[holding(column)].sum())
