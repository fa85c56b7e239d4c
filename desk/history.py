"""What can be taken back (the plan and the case, one value after another), and the previews of
plans, so that going back costs nothing."""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymizer import Hierarchy, Plan, Preview
from core import CaseFacts, Message, UsageError, say

MOST = 12
"""Previews held; a person goes back a few steps, seldom more."""
CELLS = 20_000_000
"""Cells of processed tables held in all, so that large tables do not fill the memory."""


@dataclass(frozen=True)
class State:
    """The plan in force and what the case says, at one moment."""

    case: CaseFacts = field(default_factory=CaseFacts)
    plan: Plan | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers on the guided form, topic to answer."""
    hierarchies: Mapping[str, Hierarchy] = field(default_factory=dict, repr=False)
    """Hierarchies that were given, by column."""
    done: Message | None = None
    """What led here, for `undo` to name."""


@dataclass
class History:
    """A stack of states; the last one is in force."""

    states: list[State] = field(default_factory=lambda: [State()])

    @property
    def now(self) -> State:
        """The state in force."""
        return self.states[-1]

    @property
    def changes(self) -> int:
        """How many changes can be taken back."""
        return len(self.states) - 1

    def do(self, done: Message, **changes: Any) -> None:
        """Put a changed state on top."""
        self.states.append(replace(self.now, done=done, **changes))

    def begin(self, plan: Plan) -> None:
        """Put a plan under what is in force, so that it cannot be taken back."""
        self.states[:] = [replace(state, plan=state.plan or plan) for state in self.states]

    def undo(self) -> Message:
        """Take the last change back and say what it was.

        Raises:
            UsageError: nothing was changed yet.
        """
        if not self.changes:
            raise UsageError.of("desk.history.nothing-to-undo")
        return self.states.pop().done or say("desk.history.last_change")


class Previews:
    """The last previews of one review; two threads may use it."""

    def __init__(self) -> None:
        self._held: dict[Hashable, Preview] = {}
        self._keeping = threading.Lock()

    def get(self, key: Hashable) -> Preview | None:
        """What was held under a key."""
        return self._held.get(key)

    def keep(self, key: Hashable, seen: Preview, cells: int) -> None:
        """Hold a preview of a table of so many cells; the oldest go when there is no room."""
        most = min(MOST, max(2, CELLS // max(1, cells)))
        with self._keeping:
            while len(self._held) >= most:
                del self._held[next(iter(self._held))]
            self._held[key] = seen

    def clear(self) -> None:
        """Forget all of them."""
        self._held.clear()
