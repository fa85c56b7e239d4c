"""What a provider's model may do: only what the user's own message asks for.

A header or a document can hold sentences that look like instructions. So a call that
changes something is carried out only when our own reading of the message finds the same
request; any other is put to the user first. Calls that only look are let through.
"""

import re
from collections.abc import Iterable

from assistant.dialogue import Action
from assistant.grammar import Reading
from desk import TOOLS
from knowledge import Claim, Passage, verify_claims

_LONGEST = 300
_LAW = re.compile(r"法|条|違反|義務|\b(law|legal|illegal|article|act|duty)\b", re.IGNORECASE)
_ACTIVE = re.compile(r"https?:|www\.|[<>]|\]\(|!\[", re.IGNORECASE)


def allowed(action: Action, reading: Reading) -> bool:
    """Whether the user's message itself asks for the action."""
    if action in reading.actions:
        return True
    if action.tool == "ask_back":
        return is_question(str(action.args.get("question", "")))
    return TOOLS[action.tool].changes is None


def is_question(text: str) -> bool:
    """A short question that states no law.

    >>> is_question("どの列のことですか。"), is_question("法69条違反ですが、よいですか。")
    (True, False)
    """
    return (
        is_plain(text) and text.rstrip("。 ").endswith(("か", "?", "？")) and not _LAW.search(text)
    )


def is_plain(text: str) -> bool:
    """Short, and without links or markup."""
    return len(text) <= _LONGEST and not _ACTIVE.search(text)


def grounded(claims: Iterable[Claim], passages: Iterable[Passage]) -> tuple[Claim, ...]:
    """The claims that may be said: plain, and quoted from a passage of this turn."""
    return tuple(c for c in verify_claims(claims, tuple(passages)) if is_plain(c.text))
