"""The date a document bears, for saying how old it is."""

import re
import unicodedata
from datetime import date

from language import ERAS, read_date

_DATE = re.compile(
    rf"(?:(?:{'|'.join(ERAS)})\s*(?:\d{{1,2}}|元)|(?:19|20)\d{{2}})\s*年"
    r"\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?(?!度)"
)
_AMENDED = re.compile(r"\s*(?:に|最終|一部|全部)*\s*(?:改正|改定|改訂|更新)")
_HEAD = 4000
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
    head = unicodedata.normalize("NFKC", text[:_HEAD])
    found = [(read, match) for match in _DATE.finditer(head) if (read := read_date(match[0]))]
    amended = [read.date for read, match in found if _AMENDED.match(head, match.end())]
    return max(amended) if amended else found[0][0].date if found else None
