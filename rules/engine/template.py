"""Messages with fields of the matched facts in them.

`{c.key}` as it stands, `{r.share_at_risk|percent}` as a percentage, `{p.operation|word}` a word
of the vocabularies as people say it.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from core import CellKind, ColumnType, Language, Message, Operation, Role, label
from rules.fact import Fact
from rules.kinds import Value

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?:\|([a-z]+))?\}")


def _plain(value: Value, lang: Language) -> str:
    if isinstance(value, frozenset):
        return ("、" if lang == "ja" else ", ").join(sorted(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _percent(value: Value, lang: Language) -> str:
    return f"{value * 100:.1f}%" if isinstance(value, int | float) else _plain(value, lang)


@cache
def _words() -> Mapping[str, Message]:
    return {str(w): label(w) for words in (ColumnType, Role, CellKind, Operation) for w in words}


def _word(value: Value, lang: Language) -> str:
    known = _words().get(str(value))
    return known.text(lang) if known else _plain(value, lang)


FORMATS: Mapping[str | None, Callable[[Value, Language], str]] = {
    None: _plain,
    "percent": _percent,
    "word": _word,
}


def slots(message: Message) -> Iterator[tuple[str, str, str | None]]:
    """The (alias, field, format) of each slot, both languages."""
    for text in (message.ja, message.en):
        for found in _SLOT.finditer(text):
            yield found[1], found[2], found[3]


def fill(message: Message, bound: Mapping[str, Fact]) -> Message:
    """The message with its slots filled; a field the fact does not have becomes a dash.

    >>> fact = Fact.of("plan_column", "p", operation="keep")
    >>> fill(Message(ja="「{p.operation|word}」", en="{p.operation|word}"), {"p": fact}).ja
    '「そのまま残す」'
    """

    def text(template: str, lang: Language) -> str:
        def put(found: re.Match[str]) -> str:
            value = bound[found[1]].get(found[2])
            return "—" if value is None else FORMATS[found[3]](value, lang)

        return _SLOT.sub(put, template)

    return Message(ja=text(message.ja, "ja"), en=text(message.en, "en"))
