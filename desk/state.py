"""What can be undone: the plan and the case, as one value after another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymizer import Hierarchy, Plan
from core import CaseFacts, Message, UsageError


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
            raise UsageError.of(
                "nothing-to-undo",
                ja="取り消せる操作はまだありません。",
                en="There is nothing to undo yet.",
            )
        undone = self.states.pop().done
        return undone or Message(ja="最後の操作", en="the last change")
