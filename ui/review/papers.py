"""To be drawn."""

from typing import Any


def draw(desk: Any) -> None:
    """Nothing yet."""
