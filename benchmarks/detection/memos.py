"""Memos from templates: clean ones, and ones that hide personal data of a known type."""

import re
from pathlib import Path

import numpy as np

from benchmarks.detection.people import DISEASES, SURNAMES, People, Texts
from core import yaml12

_SLOT = re.compile(r"\{(\w+)\}")


def templates(part: str) -> dict[str, dict[str, list[str]]]:
    """The templates of `tune` or `held_out`."""
    raw = yaml12.load(Path(__file__).with_name("memos.yaml").read_text(encoding="utf-8"))
    return raw[part]  # type: ignore[no-any-return]


def fill(people: People, part: str, share: float) -> tuple[Texts, list[str | None]]:
    """One memo a row; the given share hides personal data.

    Returns:
        The memos, and per row the hidden type or None.
    """
    chosen = templates(part)
    rng, rows = people.rng, people.rows
    hidden = [(kind, t) for kind, group in chosen["hidden"].items() for t in group]
    slots = _slots(people)
    memos: list[str] = []
    truth: list[str | None] = []
    clean = rng.random(rows) >= share
    pick_clean = rng.integers(0, len(chosen["clean"]), rows)
    pick_hidden = rng.integers(0, len(hidden), rows)
    for row in range(rows):
        kind, text = (
            (None, chosen["clean"][pick_clean[row]]) if clean[row] else hidden[pick_hidden[row]]
        )
        memos.append(_SLOT.sub(lambda m, row=row: str(slots[m[1]][row]), text))
        truth.append(kind)
    return np.array(memos, dtype=object), truth


def _slots(people: People) -> dict[str, Texts]:
    rng, rows = people.rng, people.rows
    surnames = np.array([s for s, _ in SURNAMES], dtype=object)
    return {
        "name": people.names("") if rng.random() < 0.5 else people.names(" "),
        "surname": surnames[people.surname],
        "phone": people.phones(),
        "email": people.emails(),
        "address": people.addresses(),
        "my_number": people.my_numbers(),
        "bank": people.banks(),
        "disease": people._pick(DISEASES),
        "grade": rng.integers(1, 7, rows).astype(object),
        "n": rng.integers(1, 9, rows).astype(object),
        "m": rng.integers(10, 99, rows).astype(object),
        "month": rng.integers(1, 13, rows).astype(object),
        "day": rng.integers(1, 29, rows).astype(object),
        "yen": (rng.integers(1, 500, rows) * 100).astype(object),
        "digits12": people.receipts(),
        "digits6": people.digits(6),
    }
