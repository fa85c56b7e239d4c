"""Built-in hierarchies: for each type of column, the rungs from a value up to nothing."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anonymizer.hierarchies.bands import age_band, date_band, number_band, read_range
from anonymizer.hierarchies.places import (
    CUTS,
    Cut,
    Place,
    cut,
    cut_code,
    home_prefecture,
    lists_towns,
    read_place,
)
from core import ColumnType, Operation, fold, yaml12
from language import is_missing_word

Label = Callable[[str], str | None]
Parameter = int | float | str
Cuts = Callable[[Parameter], Label | None]
OTHER = "その他"
FOREIGNER = "外国"
NUMBERS = (ColumnType.INCOME, ColumnType.TAX, ColumnType.QUANTITY)
DATES = (ColumnType.DATE, ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH)
AGES = (ColumnType.AGE, ColumnType.AGE_BAND)
CODES = {
    ColumnType.POSTAL_CODE: re.compile(r"〒?[0-9]{2,3}(-?[0-9]{2,4})?"),
    ColumnType.MUNICIPALITY_CODE: re.compile(r"[0-9]{2,6}"),
}
READ = frozenset({*NUMBERS, *DATES, *AGES, *CODES, ColumnType.ADDRESS})
"""Types whose values are read; of all others a plan lists the values it knows."""
_RUNGS: dict[ColumnType, tuple[Operation, Sequence[Parameter]]] = {
    **dict.fromkeys(AGES, (Operation.BAND, (5, 10, 20, 40))),
    **dict.fromkeys(DATES, (Operation.BAND, ("month", "quarter", "year", 10))),
    ColumnType.BIRTH_DATE: (Operation.BAND, ("month", "year", 5, 10, 20)),
    ColumnType.ADDRESS: (Operation.TRUNCATE, CUTS),
    ColumnType.POSTAL_CODE: (Operation.TRUNCATE, (3, 2)),
    ColumnType.MUNICIPALITY_CODE: (Operation.TRUNCATE, ("city", "prefecture", "region")),
}
"""Bands of the yearbooks and of common practice; of a postal code the first digits are an area."""


@dataclass(frozen=True)
class Rung:
    """One level of a built-in hierarchy and the step that produces it."""

    operation: Operation
    parameter: Parameter | None
    label: Label


def keeping_missing(label: Label) -> Label:
    """Words for "no value" (不明, 非公表 …) stay as they are."""
    return lambda text: text if is_missing_word(text) else label(text)


def ladder(
    kind: ColumnType, texts: Sequence[str], listed: Sequence[str] = (), cuts: Cuts | None = None
) -> tuple[Rung, ...]:
    """The rungs between "as it is" and "nothing" for a column that holds `texts`.

    >>> [rung.parameter for rung in ladder(ColumnType.AGE, ["40", "52"])]
    [5, 10, 20, 40]
    """
    operation, parameters = _RUNGS.get(kind, (Operation.GENERALIZE, ()))
    if kind in NUMBERS:
        operation, parameters = Operation.BAND, widths(texts)
    elif group_label(kind):
        parameters = ("group",)
    elif listed and names_common(kind):
        parameters = ("other",)
    cuts = cuts or cut_labels(texts, kind)
    labels = ((p, label_of(kind, operation, p, texts, listed, cuts)) for p in parameters)
    return tuple(Rung(operation, p, keeping_missing(label)) for p, label in labels if label)


def label_of(
    kind: ColumnType,
    operation: Operation,
    parameter: Parameter,
    texts: Sequence[str],
    listed: Sequence[str] = (),
    cuts: Cuts | None = None,
) -> Label | None:
    """The function behind an operation that widens values; None where it does not fit."""
    if operation is Operation.BAND:
        return _band_label(kind, parameter)
    if operation is Operation.TRUNCATE:
        return (cuts or cut_labels(texts, kind))(parameter)
    if operation is Operation.GENERALIZE and parameter == "group":
        return group_label(kind)
    if operation is Operation.GENERALIZE and parameter == "other":
        known = {fold(text): text for text in listed}
        return lambda text: known.get(fold(text), OTHER)
    return None


def _band_label(kind: ColumnType, parameter: Parameter) -> Label | None:
    number = isinstance(parameter, int | float) and parameter > 0
    if kind in AGES:
        return (lambda text: age_band(text, int(parameter))) if number and int(parameter) else None
    if kind in DATES:
        if number and int(parameter):
            return lambda text: date_band(text, int(parameter))
        if parameter in ("month", "quarter", "year", "era"):
            return lambda text: date_band(text, str(parameter))
        return None
    return (lambda text: number_band(text, float(parameter))) if number else None


def cut_labels(texts: Sequence[str], kind: ColumnType = ColumnType.UNKNOWN) -> Cuts:
    """The functions behind `truncate`: a place for addresses, a number of characters for codes.

    All of them share what was read of an address, for as long as they live.
    """
    pattern = CODES.get(kind)
    seen: dict[str, Place | None] = {}
    home: list[str] = []
    towns: list[bool] = []

    def read(text: str, prefecture: str) -> Place | None:
        if text not in seen:
            seen[text] = read_place(text, prefecture, towns=towns[0])
        return seen[text]

    def may(text: str) -> bool:
        return pattern is None or pattern.fullmatch(fold(text)) is not None

    def label(parameter: Parameter) -> Label | None:
        if isinstance(parameter, int) and parameter > 0:
            return lambda text: fold(text)[:parameter] if may(text) else None
        if parameter not in CUTS:
            return None
        level: Cut = parameter
        if kind is ColumnType.MUNICIPALITY_CODE:
            return lambda text: cut_code(text, level)
        if not home:
            home.append(home_prefecture(texts))
            towns.append(lists_towns(texts))
        return lambda text: cut(text, level, home[0], read)

    return label


@cache
def group_label(kind: ColumnType) -> Label | None:
    """The built-in groups behind `generalize` "group" for a type; a group's own name stays.

    >>> [group_label(ColumnType.OCCUPATION)(t) for t in ("看護師", "トラック運転手", "占い師")]
    ['専門的・技術的職業', '生産・輸送・建設等', 'その他']
    >>> [group_label(ColumnType.DISEASE)(t) for t in ("2型糖尿病", "胃がん", "肺がん疑い")]
    ['内分泌・代謝疾患', '新生物', '新生物']
    >>> [group_label(ColumnType.NATIONALITY)(t) for t in ("日本人", "中国")]
    ['日本', '外国']
    """
    groups = _groups().get(kind.value)
    if groups is None:
        return None
    words = [(fold(word), group) for group, text in groups.items() for word in text.split()]
    if kind is ColumnType.NATIONALITY:
        whole = dict(words)
        return lambda text: whole.get(fold(text), FOREIGNER)
    words.sort(key=lambda pair: -len(pair[0]))

    def label(text: str) -> str:
        folded = fold(text)
        if text in groups:
            return text
        return next((group for word, group in words if word in folded), OTHER)

    return label


@cache
def _groups() -> dict[str, dict[str, str]]:
    """Words by group, by type of column."""
    text = (Path(__file__).parent / "groups.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml12.load(text)
    return found


def names_common(kind: ColumnType) -> bool:
    """Whether a type's only rung names the common values and puts the others together."""
    plain = kind not in (ColumnType.SEX, ColumnType.FLAG)
    return plain and kind not in READ and group_label(kind) is None


def widths(texts: Sequence[str]) -> tuple[float, ...]:
    """Nested band widths that suit the spread of some numbers.

    >>> widths(["0", "1000"])
    (50.0, 100.0, 500.0)
    """
    numbers = [found[0] for text in texts if (found := read_range(text)) is not None]
    spread = max(numbers, default=0) - min(numbers, default=0)
    if not spread:
        return ()
    first = 10.0 ** math.floor(math.log10(spread / 10))
    nice = [first / 2, first, first * 5, first * 10]
    return tuple(w for w in nice if w < spread and (w >= 1 or spread < 10))
