"""What a told situation comes to: collected for one thing, used for another; seen by outsiders."""

import re
import unicodedata
from functools import cache

from knowledge.catalog import HERE, read_yaml


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    frames = read_yaml(HERE / "frames.yaml")
    return tuple(
        (f"#{name}", re.compile(f"{frame['ja']}|{frame['en']}", re.I))
        for name, frame in frames.items()
    )


def frames(text: str) -> list[str]:
    """The situations that a text tells of.

    >>> frames("健診のために集めた記録を観光の計画に使いたい")
    ['#change of purpose']
    >>> frames("The cleaners can read the files on our desks.")
    ['#seen by outsiders']
    """
    told = unicodedata.normalize("NFKC", text)
    return [name for name, pattern in _patterns() if pattern.search(told)]
