"""Boxes ticked in a form: ☑氏名 □性別, [○]個人番号 [ ]口座, or a mark in a cell of its own."""

import re
from collections.abc import Sequence

_ON = "☑☒■✓✔✅🗹◉"
_OFF = "□☐◻▢"
_RE = r"(?<![ァ-ヶー])レ(?=[ 　])"
"""レ stands for a tick where it is no part of a word."""
_TICKED = re.compile(
    r"[\[［][ \t　]*[○〇◯●✓✔レ][ \t　]*[\]］]\s*([^\[［\n]+)"
    rf"|(?:[{_ON}]|{_RE})[ \t　]*([^\s{_ON}{_OFF}][^\n{_ON}{_OFF}]*)"
)
_BOX = re.compile(
    rf"[{_ON}{_OFF}]|[\[［][ \t　]*[○〇◯●✓✔レ]?[ \t　]*[\]］]|(?:^|(?<=[ 　\n])){_RE}"
)
_RADIO = re.compile(r"●[ \t　]*([^\s●○〇◯][^\n●○〇◯]*)")
_BLANKS = re.compile(r"\s*[（(]\s*[)）]\s*$")
_MARKS = frozenset([*_ON, *"○〇◯●レﾚ", "✓", "v", "V"])


def ticked(text: str) -> list[str]:
    """What stands beside the ticked boxes.

    >>> ticked("☑氏名　□性別　☑その他（　　）"), ticked("[ ○ ] 個人番号 [  ] 口座")
    (['氏名', 'その他'], ['個人番号'])
    >>> ticked("レセプト"), ticked("●含む　○含まない")
    ([], ['含む'])
    """
    found = ["".join(pair) for pair in _TICKED.findall(text)]
    if not found and "●" in text and any(ring in text for ring in "○〇◯"):
        found = _RADIO.findall(text)
    labels = (_BLANKS.sub("", " ".join(label.split())) for label in found)
    return [label for label in labels if label]


def has_boxes(text: str) -> bool:
    """Whether there are boxes to tick."""
    return len(_BOX.findall(text)) > 1


def marked(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The cells beside a cell with nothing but a tick; None where there are no such ticks."""
    filled = [[cell.strip() for cell in row] for row in rows]
    cells = [[cell for cell in row if cell] for row in filled]
    if sum(cell in _MARKS for row in cells for cell in row) < 2:
        return None
    behind = any(row[-1] in _MARKS for row in cells if row)
    behind = behind and not any(row[0] in _MARKS for row in cells if row)
    labels: list[str] = []
    for row in filled:
        on = False
        found: list[str] = []
        for cell in reversed(row) if behind else row:
            if cell and on and cell not in _MARKS:
                found.append(cell)
            on = cell in _MARKS or (on and not cell)
        labels += reversed(found) if behind else found
    return labels
