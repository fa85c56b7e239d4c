"""Days as points on a line, and how stretches of days are written."""

from calendar import monthrange
from datetime import date, timedelta

from language import read_date

Span = tuple[float, float]


def day_span(text: str) -> Span | None:
    """The first and the last day a date may mean, as ordinals; None where it cannot be read.

    >>> [date.fromordinal(int(n)).isoformat() for n in day_span("昭和55年4月")]
    ['1980-04-01', '1980-04-30']
    """
    reading = read_date(text)
    if reading is None:
        return None
    first = last = reading.date
    if reading.precision == "year":
        last = date(first.year, 12, 31)
    elif reading.precision == "month":
        last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    return float(first.toordinal()), float(last.toordinal())


def roundest_day(above: float, to: float) -> float:
    """The day after `above` and up to `to` at which the longest unit of the calendar begins.

    >>> days = [date(*d).toordinal() for d in ((1978, 5, 2), (1983, 1, 9), (1983, 4, 20))]
    >>> [date.fromordinal(int(roundest_day(a, b))).isoformat() for a, b in zip(days, days[1:])]
    ['1980-01-01', '1983-04-01']
    """
    last = date.fromordinal(int(to))
    for years in (10, 5, 1):
        start = date(max(1, last.year // years * years), 1, 1)
        if start.toordinal() > above:
            return float(start.toordinal())
    for months in (3, 1):
        start = date(last.year, (last.month - 1) // months * months + 1, 1)
        if start.toordinal() > above:
            return float(start.toordinal())
    return to


def days_label(low: float | None, high: float | None) -> str:
    """The days from `low` to before `high`; None is no bound on that side.

    >>> day = lambda *d: date(*d).toordinal()
    >>> days_label(day(1980, 1, 1), day(1985, 1, 1)), days_label(None, day(1980, 4, 1))
    ('1980～1984年', '1980年3月以前')
    >>> days_label(day(1980, 4, 1), day(1982, 4, 1)), days_label(day(2005, 1, 1), None)
    ('1980年4月～1982年3月', '2005年以降')
    """
    first = date.fromordinal(int(low)) if low is not None else None
    after = date.fromordinal(int(high)) if high is not None else None
    edges = [day for day in (first, after) if day is not None]
    years = all((day.month, day.day) == (1, 1) for day in edges)
    months = all(day.day == 1 for day in edges)

    def written(day: date) -> str:
        if years:
            return f"{day.year}年"
        return f"{day.year}年{day.month}月" + ("" if months else f"{day.day}日")

    if after is None:
        return f"{written(first)}以降" if first else "*"
    last = written(after - timedelta(days=1))
    if first is None:
        return f"{last}以前"
    start = written(first)
    if start == last:
        return start
    return f"{start.removesuffix('年')}～{last}" if years else f"{start}～{last}"
