"""What breaks the declaration of one column, in values and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core import DeclaredColumn, Message, SchemaCheckKind, fold
from measure import read_number
from rules.detect.composite import part_texts
from rules.detect.declared.formats import wrong_type
from rules.detect.declared.matching import Match
from rules.detect.declared.shapes import shapes
from rules.detect.profile import Mask, Profile

_K = SchemaCheckKind
_READ = 200_000
"""Columns with more distinct values are checked for blanks and lengths only."""
_LISTED = 12
"""How many allowed values a message names."""


@dataclass(frozen=True)
class Breach:
    """The values that break a declaration, and what to say of them."""

    kind: SchemaCheckKind
    values: Mask
    said: Message
    """Follows "N rows of COLUMN"."""
    detail: Message | None = None
    """A sentence of its own: what is allowed, what shapes the values have."""


def breaches(match: Match, profile: Profile) -> Iterator[Breach]:
    """Everything in a column that its declaration does not allow."""
    item = match.declared
    blank = profile.empty
    if (item.required or not item.blank_allowed) and blank.any():
        said = Message(ja="必須ですが空です。", en="are empty though required")
        yield Breach(_K.REQUIRED, blank, said)
    if item.length:
        yield from _too_long(item.length, profile)
    if len(profile) > _READ:
        return
    raw: list[str] = profile.raw.to_pylist()
    texts: list[str] = profile.texts.to_pylist()
    part = part_texts(texts, match.part) if match.part else texts
    if part is None:
        return
    written = part if match.part else raw
    yield from _unlisted(item, part, profile)
    wrong = wrong_type(item.type_text, item.format, part, written)
    if wrong is not None and (wrong & ~blank).any():
        declared = item.format or item.type_text
        yield Breach(
            _K.TYPE,
            wrong & ~blank,
            Message(
                ja=f"型や形式（{declared}）に合いません。",
                en=f"do not fit the declared type or format ({declared})",
            ),
            _shaped(profile, wrong & ~blank),
        )
    yield from _out_of_range(item, part, profile)


def _too_long(length: int, profile: Profile) -> Iterator[Breach]:
    long = profile.lengths > length
    if long.any():
        longest = int(profile.lengths.max())
        yield Breach(
            _K.LENGTH,
            long,
            Message(ja=f"長さ（{length}）を超えています。", en=f"are longer than {length}"),
            Message(ja=f"最も長いものは{longest}文字です。", en=f"The longest has {longest}."),
        )


def _unlisted(item: DeclaredColumn, texts: Sequence[str], profile: Profile) -> Iterator[Breach]:
    if not item.allowed:
        return
    allowed = {fold(a) for a in item.allowed}
    outside = ~profile.empty & np.array([fold(t) not in allowed for t in texts], dtype=np.bool_)
    if not outside.any():
        return
    kinds = int(outside.sum())
    shaped = shapes(profile, outside)
    listed = "、".join(item.allowed[:_LISTED]) + ("ほか" if len(item.allowed) > _LISTED else "")
    quoted = ", ".join(item.allowed[:_LISTED]) + (" …" if len(item.allowed) > _LISTED else "")
    yield Breach(
        _K.VALUE,
        outside,
        Message(
            ja=f"値の一覧（{listed}）にありません。",
            en=f"hold values outside the list ({quoted})",
        ),
        Message(
            ja=f"一覧にない値は{kinds}種類で、形は {shaped.ja}です。",
            en=f"They are {kinds} values of the shapes {shaped.en}.",
        ),
    )


def _out_of_range(item: DeclaredColumn, texts: Sequence[str], profile: Profile) -> Iterator[Breach]:
    if item.minimum is None and item.maximum is None:
        return
    low = -np.inf if item.minimum is None else item.minimum
    high = np.inf if item.maximum is None else item.maximum
    numbers = np.array([n if (n := read_number(t)) is not None else np.nan for t in texts])
    beyond = ~profile.empty & ((numbers < low) | (numbers > high))
    if beyond.any():
        ends = tuple("" if end is None else f"{end:g}" for end in (item.minimum, item.maximum))
        yield Breach(
            _K.VALUE,
            beyond,
            Message(
                ja=f"範囲（{ends[0]}〜{ends[1]}）を外れています。",
                en=f"are outside the declared range ({ends[0]}–{ends[1]})",
            ),
            _shaped(profile, beyond),
        )


def _shaped(profile: Profile, values: Mask) -> Message:
    shaped = shapes(profile, values)
    return Message(ja=f"形は {shaped.ja}です。", en=f"Their shapes: {shaped.en}.")
