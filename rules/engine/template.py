"""Messages with fields of the matched facts in them: `{c.key}`, `{r.share_at_risk|percent}`."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

from core import Message
from rules.facts import Fact
from rules.kinds import Value

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?:\|([a-z]+))?\}")


def _percent(value: Value) -> str:
    return f"{float(value) * 100:.1f}%" if isinstance(value, int | float) else str(value)


def _plain(value: Value) -> str:
    if isinstance(value, frozenset):
        return "、".join(sorted(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


FORMATS: Mapping[str | None, Callable[[Value], str]] = {None: _plain, "percent": _percent}


def slots(message: Message) -> Iterator[tuple[str, str, str | None]]:
    """The (alias, field, format) of each slot, both languages."""
    for text in (message.ja, message.en):
        for found in _SLOT.finditer(text):
            yield found[1], found[2], found[3]


def fill(message: Message, bound: Mapping[str, Fact]) -> Message:
    """The message with its slots filled; a field the fact does not have becomes a dash."""

    def put(found: re.Match[str]) -> str:
        value = bound[found[1]].get(found[2])
        return "—" if value is None else FORMATS[found[3]](value)

    return Message(ja=_SLOT.sub(put, message.ja), en=_SLOT.sub(put, message.en))
