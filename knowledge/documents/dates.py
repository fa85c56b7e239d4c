"""The date a document bears, for saying how old it is."""

import re
import unicodedata
from datetime import date

_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    r"(?:(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)|((?:19|20)\d{2}))\s*年"
    r"(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?(?!度)"
)
HEAD = 4000
"""Characters from the beginning in which a date is taken for the document's own."""
REFORM = date(2023, 4, 1)
"""Since then the Act applies to municipalities."""


def dated(text: str) -> date | None:
    """The first date with a month near the beginning; the first of the month without a day.

    >>> dated("会議録 日時 令和4年3月28日（月）")
    datetime.date(2022, 3, 28)
    >>> dated("令和3年度の報告 2024年10月")
    datetime.date(2024, 10, 1)
    """
    for era, year, western, month, day in _DATE.findall(unicodedata.normalize("NFKC", text[:HEAD])):
        if month:
            number = int(western) if western else _ERA[era] + (1 if year == "元" else int(year))
            try:
                return date(number, int(month), int(day or 1))
            except ValueError:
                continue
    return None
