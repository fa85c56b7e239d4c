"""Kept results against those of now: where they part, never what stands there."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

MOST = 12
"""How many differences are named."""
WIDTH = 120
"""How many characters a line holds before it is broken."""


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written(value: Any) -> str:
    """As a golden file holds it: what is short on one line, what is long over several."""
    return "".join(_lines(value, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    flat = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(flat) <= WIDTH or not value or not isinstance(value, dict | list):
        yield flat
        return
    named = sorted(value.items()) if isinstance(value, dict) else [(None, v) for v in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    for number, (name, inside) in enumerate(named):
        yield f"{',' if number else opening}\n{indent} "
        if name is not None:
            yield f"{json.dumps(name, ensure_ascii=False)}: "
        yield from _lines(inside, indent + " ")
    yield f"\n{indent}{closing}"


def fingerprint(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def hashed(results: dict[str, Any]) -> dict[str, Any]:
    """Results as a fingerprint for each top-level key of what was printed or written.

    >>> sorted(hashed({"review": {"exit": 0, "json": {"risk": 1, "cells": []}}})["review"])
    ['exit', 'json']
    """
    return {
        call: {part: _hashed(part, value) for part, value in result.items() if part != "command"}
        for call, result in results.items()
    }


def _hashed(part: str, value: Any) -> Any:
    if part == "exit":
        return value
    if isinstance(value, dict):
        return {name: fingerprint(inside) for name, inside in value.items()}
    return fingerprint(value)


def differences(kept: Any, now: Any, place: str = "") -> Iterator[str]:
    """The places where two results part, outermost first, with no value of either.

    >>> list(differences({"a": [1, {"b": "甲"}], "c": 1}, {"a": [1, {"b": "甲乙"}], "d": 1}))
    ['a[1].b: another text from character 1 (1 → 2 long)', 'c: gone', 'd: new']
    >>> list(differences([1, 2], [1]))
    ['(top): 2 → 1 items']
    """
    here = place or "(top)"
    if isinstance(kept, dict) and isinstance(now, dict):
        for name in sorted(kept.keys() | now.keys()):
            at = f"{place}.{name}" if place else name
            if name not in now:
                yield f"{at}: gone"
            elif name not in kept:
                yield f"{at}: new"
            else:
                yield from differences(kept[name], now[name], at)
    elif isinstance(kept, list) and isinstance(now, list):
        if len(kept) != len(now):
            yield f"{here}: {len(kept)} → {len(now)} items"
        for number, (was, is_now) in enumerate(zip(kept, now, strict=False)):
            yield from differences(was, is_now, f"{place}[{number}]")
    elif type(kept) is not type(now):
        yield f"{here}: {type(kept).__name__} → {type(now).__name__}"
    elif isinstance(kept, str) and kept != now:
        pairs = zip(kept, now, strict=False)
        first = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(kept), len(now)))
        yield f"{here}: another text from character {first} ({len(kept)} → {len(now)} long)"
    elif kept != now:
        yield f"{here}: another {type(kept).__name__}"


def told(found: list[str]) -> str:
    """The first differences, and how many there are.

    >>> told(["a: gone"])
    'a: gone'
    """
    more = [f"… and {len(found) - MOST} more"] if len(found) > MOST else []
    return "\n".join([*found[:MOST], *more])
