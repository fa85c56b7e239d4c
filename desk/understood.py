"""What was understood of each file: the definitions read from it, and breaches of its form."""

from collections.abc import Iterable
from dataclasses import dataclass

from core import Dataset, LintNote, Schema, Source


@dataclass(frozen=True)
class Understood:
    """One file as data, or as definitions."""

    source: Source
    schemas: tuple[Schema, ...] = ()
    """Every definition read from it that is in use."""
    lint: tuple[LintNote, ...] = ()


def files(datasets: Iterable[Dataset]) -> tuple[Understood, ...]:
    """Each file once, or twice where one part of it is data and another defines them."""
    found: dict[tuple[str, str], Understood] = {}
    for dataset in datasets:
        for source in dataset.sources:
            key = source.name, source.kind
            held = found.get(key, Understood(source))
            if source.kind == "schema":
                more = [s for s in (dataset.schema,) if s is not None and s not in held.schemas]
                found[key] = Understood(held.source, (*held.schemas, *more), held.lint)
            else:
                found[key] = Understood(held.source, (), (*held.lint, *dataset.lint))
    return tuple(found.values())
