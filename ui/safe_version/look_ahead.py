"""Looking ahead: what the stops of a slider would give is worked out before one is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import Operation
from ui.state import screen
from ui.waiting import Work

if TYPE_CHECKING:
    from desk import Session

LEAST_ROWS, MOST_ROWS = 5_000, 300_000
"""Fewer rows are quick anyway; of more, what was worked out could not be held."""
Change = tuple[str, Operation, int | None]


def look(desk: "Session", changes: Sequence[Change]) -> None:
    """Begin, in a thread that nobody waits for; what was begun for another plan is stopped."""
    wanted = (desk.plan, tuple(changes))
    held = screen().place
    if not LEAST_ROWS <= (desk.rows or 0) <= MOST_ROWS:
        return
    if held.ahead is not None and held.ahead[0] == wanted:
        return
    stop()

    def work(_work: "Work[None]") -> None:
        desk.foresee(wanted[1])

    held.ahead = (wanted, Work("", "plan", work, lambda _nothing: None).start())


def stop() -> None:
    """Stop looking ahead, so that what is wanted now has the machine to itself."""
    held = screen().place
    if held.ahead is not None:
        held.ahead[1].stop()
        held.ahead[1].wait(0.2)
        held.ahead = None
