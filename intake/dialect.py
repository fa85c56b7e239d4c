"""The delimiter and the quoting of a text, found by how evenly they cut its lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    return bool(lines) and all(line[0] == line.rstrip()[-1] == "'" for line in lines)
