"""What a register or an assessment states that the case does not say yet; people decide."""

from dataclasses import dataclass

from core import CaseFacts, Dataset

_FORMS = ("register", "pia")


@dataclass(frozen=True)
class Stated:
    """A value for a field of the case, as a file states it."""

    name: str
    """The field, one of `FIELDS`."""
    value: str | tuple[str, ...]
    source: str
    """The file's name."""


def stated(dataset: Dataset, case: CaseFacts) -> tuple[Stated, ...]:
    """The purpose and the recipients, where the case leaves them open and the file does not."""
    schema = dataset.schema
    if schema is None or schema.layout not in _FORMS:
        return ()
    source = next((s.name for s in dataset.sources if s.kind == "schema"), schema.name)
    found = []
    if schema.purpose.strip() and not case.purpose:
        found.append(Stated("purpose", schema.purpose.strip(), source))
    if schema.recipients and not case.recipients:
        found.append(Stated("recipients", schema.recipients, source))
    return tuple(found)
