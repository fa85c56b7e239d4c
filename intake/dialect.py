"""The delimiter and the quoting of a text, found by how evenly they cut its lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FIXED_LINES, _FIXED_BYTES = 3, 20
_PADDING = re.compile(r"[0-9\w](?: {2,}|　+)(?=\S)|(?: {2,}|　+)$")
DELIMITERS = (",", "\t", ";", "|", "、", "，")
"""The delimiters that are tried."""


@dataclass(frozen=True)
class Dialect:
    """How a delimited text is cut; `quote` is "" where nothing is quoted."""

    delimiter: str
    quote: str

    def reader(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        """A csv reader of this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            strict=strict,
        )


def find_dialect(sample: str, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """The dialect of a sample of whole lines, as far as it was not stated.

    >>> find_dialect("a;b,c;d\\n1;2,5;3\\n")
    Dialect(delimiter=';', quote='"')
    """
    candidates = [delimiter] if delimiter else DELIMITERS
    quotes = [quote] if quote is not None else ['"']
    if quote is None and _is_single_quoted(sample):
        quotes = ["'"]
    tried = [Dialect(d, q) for d in candidates for q in quotes]
    return max(tried, key=lambda dialect: _score(sample, dialect))


def is_fixed_width(sample: str, dialect: Dialect) -> bool:
    """Whether nothing separates the fields of equally long lines but padding.

    >>> is_fixed_width("0001佐藤　　19800101男\\n" * 3, Dialect(",", '"'))
    True
    >>> is_fixed_width("あいうえお\\nかきくけこ\\n", Dialect(",", '"'))
    False
    """
    lines = [line for line in sample.splitlines() if line.strip()]
    if len(lines) < _FIXED_LINES or any(dialect.delimiter in line for line in lines):
        return False
    lengths = {len(line.encode("cp932", "replace")) for line in lines}
    padded = sum(bool(_PADDING.search(line)) for line in lines)
    return len(lengths) == 1 and min(lengths) >= _FIXED_BYTES and padded >= len(lines) / 2


def _score(sample: str, dialect: Dialect) -> tuple[float, int, float]:
    try:
        widths = [len(row) for row in dialect.reader(io.StringIO(sample, newline="")) if row]
    except csv.Error:
        return (0.0, 0, 0.0)
    if not widths:
        return (0.0, 0, 0.0)
    width, rows = Counter(widths).most_common(1)[0]
    share = rows / len(widths)
    return (round(share, 1) if width > 1 else 0.0, width, share)


def _is_single_quoted(sample: str) -> bool:
    """Whether every line stands in single quotes; the line of names may do without."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    body = lines[1:] if len(lines) > 2 else lines
    return bool(body) and all(line[0] == line.rstrip()[-1] == "'" for line in body)
