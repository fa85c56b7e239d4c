"""Words that people use for the words of the law."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from knowledge.tokens import tokens


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    path = Path(__file__).parent / "thesaurus.yaml"
    groups = YAML(typ="safe", pure=True).load(path)
    near: dict[str, set[str]] = {}
    for group in groups:
        parts = [tokens(phrase) for phrase in group]
        members = {words[0] for words in parts if len(words) == 1}
        everything = {word for words in parts for word in words}
        for word in members:
            near.setdefault(word, set()).update(everything - {word})
    return {word: frozenset(others) for word, others in near.items()}


def expand(words: Sequence[str]) -> list[str]:
    """Related words that the question does not hold itself, in a stable order.

    >>> "削除" in expand(["消す"])
    True
    """
    near = _neighbours()
    found = {other for word in words for other in near.get(word, frozenset())}
    return sorted(found - set(words))
