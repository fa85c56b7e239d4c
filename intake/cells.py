"""Cell values of a workbook as text."""

import datetime as dt


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO order.

    >>> cell_text(600001.0), cell_text(0.5), cell_text(dt.date(2024, 4, 1)), cell_text(True)
    ('600001', '0.5', '2024-04-01', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return "" if value is None else str(value)


def pad(text: str, digits: int) -> str:
    """A whole number as a number format of zeros shows it.

    >>> pad("600001", 7), pad("1.5", 7)
    ('0600001', '1.5')
    """
    return text.zfill(digits) if text.isascii() and text.isdigit() else text
