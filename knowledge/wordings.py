"""Other ways in which people put the questions of cards and topics: searched, never shown."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "wordings"


@cache
def wordings() -> dict[str, tuple[str, ...]]:
    """Questions by card or topic id.

    >>> "Are criminal records special?" in wordings()["A-03"]
    False
    """
    found: dict[str, list[str]] = {}
    for path in sorted(HERE.glob("*.txt")):
        owner: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("= "):
                owner = found.setdefault(line[2:].strip(), [])
            elif line and not line.startswith("#"):
                owner.append(line)
    return {name: tuple(lines) for name, lines in found.items()}
