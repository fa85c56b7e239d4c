"""What the product knows of each type of column, from one file a type: `column_types/<type>.yaml`.

The folder stands beside the rooms because several of them read it: core the names and labels, the
detectors how a column of the type is told, the assistant what people call it. How to add a type is
in `column_types/README.md`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core import yaml12
from core.message import Message
from core.vocabulary import COLUMN_TYPES, ColumnType, LegalCategory, Role

Trait = Literal[
    "any_form", "believed", "categorical", "day", "fact", "formed", "linking", "number",
    "plain", "sorted", "strong", "telling", "topic", "visible", "wide",
]  # fmt: skip
"""How the readers of headers and values treat a type; each is explained in the README there."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Form(_Section):
    """What a value looks like: one of the ways must fit, and none of the bars.

    Patterns are RE2 on the value in NFKC and lower case. `{name}` in one stands for an entry of
    the type's `parts`, for its `vocabulary`, or for a word list of the detectors.
    """

    any: bool = False
    """Whatever is written."""
    patterns: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    """Patterns on the value in its own case."""
    digits: tuple[int, ...] = ()
    """How many digits it may have, separators aside."""
    check: str | None = None
    """The function of `rules.detect.checksums` that those digits pass."""
    reader: str | None = None
    """A reader of `rules.detect.values` that must understand it."""
    needs: str | None = None
    """A pattern that must be found too."""
    dialled: str | None = None
    """A pattern that what is left without anything but digits must match too."""
    never: str | None = None
    """A pattern that must not be found."""
    longest: int | None = None
    """Characters it may have at most."""


class ValueForm(Form):
    """A form by which a column of values is told to be of the type."""

    looks: Message
    """The form in words: "the form of an e-mail address"."""
    form: Form | None = None
    """The loose form, of values whose check digit or marks may be wrong."""
    alone: float = Field(default=0.0, ge=0, le=1)
    """How sure full support makes us without a telling header; 0: the header is needed too."""
    at_least: float = Field(default=0.9, ge=0, le=1)
    """Share of the rows that must have the form then."""
    distinct: int = 1
    """Different values that must have it then."""
    chance: float = Field(default=0.0, ge=0, le=1)
    """Share of arbitrary numbers of this length that pass the check digit."""
    common: bool = False
    """Other numbers are written in this form too: a header that tells of one is believed."""
    open: bool = False
    """The words tell the type, and other words beside them say nothing against it."""


class Sought(_Section):
    """How a value of the type is found in a sentence: a number behind its label, or a pattern.

    Python's patterns, whatever the case of letters, on folded text.
    """

    label: str | None = None
    number: str | None = None
    """What stands at most twelve characters behind the label."""
    pattern: str | None = None
    cheap: str | None = None
    """A RE2 pattern that texts must hold to be read; for a label it follows from that."""
    rule: str | None = None
    weight: float = Field(default=0.95, ge=0, le=1)


class Statement(_Section):
    """What a sentence says of somebody that is of the type."""

    what: Message
    weight: float = Field(ge=0, le=1)
    alone: tuple[str, ...] = ()
    """What says it as the whole cell."""
    words: tuple[str, ...]
    """One of them must stand in the text: a cheap test over the column."""
    patterns: tuple[str, ...]
    """What is then looked for."""
    public: tuple[str, ...] = ()
    """What right behind a hit takes it back."""


class Examples(_Section):
    """Headers and values from which the type must be told; the tests read them."""

    headers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """A column of these tells its type without any header."""


class TypeDescription(_Section):
    """One type of column: what it means for people, how it is told, what it is called."""

    label: Message
    in_text: Message | None = None
    """What it is called where it stands inside a text, if that is something else."""
    role: Role
    categories: tuple[LegalCategory, ...]
    cards: tuple[str, ...]
    """Ids of the cards that say why."""
    why: Message
    """The reason a council member reads."""
    traits: frozenset[Trait] = frozenset()

    names: tuple[str, ...] = ()
    """Headers. Latin ones are written as words: "date of birth" is also dateOfBirth, BIRTH_DT."""
    unsure: tuple[str, ...] = ()
    """Those of them that leave it open which number is meant: values that do not fit win."""
    of_people: tuple[str, ...] = ()
    """Those that are of the type only alone or behind a word for people: 児童名, but no 路線名."""
    itself: tuple[str, ...] = ()
    """Endings without which a header only says whose something is: 保護者 is no name yet."""
    subjects: tuple[str, ...] = ()
    """What stands before a word for any number (管理番号) where it is a number of this type."""
    near_misses: tuple[str, ...] = ()
    """Headers that hold a word of the type and are about something else."""

    vocabulary: tuple[str, ...] = ()
    parts: Mapping[str, str] = {}
    """Pieces of patterns by name."""
    values: tuple[ValueForm, ...] = ()
    values_of: ColumnType | None = None
    """The type whose values it shares: dates of birth are dates."""
    form: Form = Form(any=True)
    """Values that do not speak against a type which only its header tells."""
    own_check: str | None = None
    """The check digit that newly issued numbers follow; the column must show that it does."""

    sought: tuple[Sought, ...] = ()
    statement: Statement | None = None

    spoken: tuple[str, ...] = ()
    """What people call such a column in conversation."""
    examples: Examples = Examples()


@cache
def described() -> Mapping[ColumnType, TypeDescription]:
    """Every type by its name, in alphabetical order.

    Raises ValueError naming the file and what it lacks.

    >>> described()[ColumnType.NATIONALITY].role.value
    'sensitive'
    """
    return {type_: _read(type_) for type_ in ColumnType}


def _read(type_: ColumnType) -> TypeDescription:
    path = COLUMN_TYPES / f"{type_}.yaml"
    try:
        return TypeDescription.model_validate(yaml12.load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise ValueError(f"{path.parent.name}/{path.name}: {'; '.join(wrong)}") from None


@cache
def having(trait: Trait) -> frozenset[ColumnType]:
    """The types of a trait.

    >>> ColumnType.BIRTH_DATE in having("day"), ColumnType.AGE in having("day")
    (True, False)
    """
    return frozenset(type_ for type_, told in described().items() if trait in told.traits)
