"""A running number that begins somewhere in a text column."""

import re

import numpy as np

from core import CellKind, Column, Message
from rules.detect.cells.base import Alarm
from rules.detect.profile import Profile

_TAIL = re.compile(r"^(.*\D)(\d{1,6})$")


def running_numbers(column: Column, profile: Profile) -> list[Alarm]:
    """The first cell of each text that from there on carries a rising number (…発表90, …発表91).

    Only where the same text stands without a number before: that is where a reader sees the
    numbering begin half-way.
    """
    tailed = np.flatnonzero(profile.matches(r"[^\d\-/.:,]\d{1,6}$") & profile.present)
    if not 3 <= len(tailed) <= 100_000:
        return []
    series: dict[str, list[tuple[int, int]]] = {}
    for code, text in zip(tailed.tolist(), profile.texts.take(tailed).to_pylist(), strict=True):
        found = _TAIL.match(text)
        if found:
            series.setdefault(found[1], []).append((int(found[2]), code))
    bare = set(profile.strings(profile.present & ~profile.matches(r"\d$")))
    starts: dict[int, int] = {}
    for stem, members in series.items():
        numbers = sorted(n for n, _ in members)
        if stem in bare and len(members) >= 3 and numbers[-1] - numbers[0] < 2 * len(numbers):
            starts[min(members)[1]] = len(members)
    if not starts:
        return []
    values = np.zeros(len(profile), np.bool_)
    values[list(starts)] = True

    def reason(code: int, count: int) -> Message:
        return Message(
            ja=(
                f"ここから末尾に通し番号が付き、{starts[code]}件続きます。"
                f"公表資料の番号なら、本人を特定する手がかりになります。"
            ),
            en=(
                f"From here a running number follows the text, {starts[code]} "
                f"times; if published elsewhere, it points to people."
            ),
        )

    return [Alarm(column, CellKind.FORMAT_BREAK, "running-number", 0.85, reason, values=values)]
