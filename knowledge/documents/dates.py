"""The date a document bears, for saying how old it is."""

import re
import unicodedata
from datetime import date

_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    r"(?:(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)|((?:19|20)\d{2}))\s*年"
    r"(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?(?!度)"
)
_AMENDED = re.compile(r"\s*(?:に|最終|一部|全部)*\s*(?:改正|改定|改訂|更新)")
HEAD = 4000
"""Characters from the beginning in which a date is taken for the document's own."""
REFORM = date(2023, 4, 1)
"""Since then the Act applies to municipalities."""


def dated(text: str) -> date | None:
    """The first date with a month near the beginning; the first of the month without a day.

    Where the head names later amendments (… 一部改正), it is the last of those.

    >>> dated("会議録 日時 令和4年3月28日（月）")
    datetime.date(2022, 3, 28)
    >>> dated("令和3年度の報告 2024年10月")
    datetime.date(2024, 10, 1)
    >>> dated("平成28年11月（令和6年12月一部改正）")
    datetime.date(2024, 12, 1)
    """
    head = unicodedata.normalize("NFKC", text[:HEAD])
    found = [(day, match) for match in _DATE.finditer(head) if (day := _day(match))]
    amended = [day for day, match in found if _AMENDED.match(head, match.end())]
    return max(amended) if amended else found[0][0] if found else None


def _day(match: re.Match[str]) -> date | None:
    era, year, western, month, day = match.groups()
    if not month:
        return None
    number = int(western) if western else _ERA[era] + (1 if year == "元" else int(year))
    try:
        return date(number, int(month), int(day or 1))
    except ValueError:
        return None
