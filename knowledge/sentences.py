"""The sentences of an answer, each with the cards it rests on, composed into a paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import Language, Message
from knowledge.passage import Passage
from law import Card

_JA = re.compile(r"(?:「[^」]*」|[^。])+。?")


_EN = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True)
class Sentence:
    """One or more sentences that rest on the same passages, named by their ids.

    The ids come with the text from where it was taken; they are never looked for afterwards.
    """

    text: Message
    grounds: tuple[str, ...]
    whole: bool = False
    """A quotation, which is not cut at the ends of the sentences within it."""


def sentences(text: str, lang: Language) -> list[str]:
    """A text in its sentences.

    >>> sentences("See art. 98(1) of the Act. It is a draft.", "en")
    ['See art. 98(1) of the Act.', 'It is a draft.']
    >>> sentences("「はい。」と言う。次へ。", "ja")
    ['「はい。」と言う。', '次へ。']
    """
    parts = _EN.split(text) if lang == "en" else _JA.findall(text)
    return [part.strip() for part in parts if part.strip()]


def of_card(card: Card) -> Sentence:
    """A card in plain words."""
    return Sentence(card.plain, (card.id,))


def composed(
    said: Sequence[Sentence], passages: Sequence[Passage]
) -> tuple[Message, tuple[Passage, ...]]:
    """The paragraph, every sentence numbered, and its passages in the order of first use.

    Passages that no sentence uses come last.
    """
    used = dict.fromkeys(ground for sentence in said for ground in sentence.grounds)
    by_id = {passage.id: passage for passage in passages}
    ordered = [by_id[ground] for ground in used if ground in by_id]
    ordered += [passage for passage in passages if passage.id not in used]
    numbers = {passage.id: number for number, passage in enumerate(ordered, start=1)}
    return (
        Message(ja=_marked(said, numbers, "ja"), en=_marked(said, numbers, "en")),
        tuple(ordered),
    )


def _marked(said: Sequence[Sentence], numbers: dict[str, int], lang: Language) -> str:
    gap = " " if lang == "en" else ""
    parts = []
    for sentence in said:
        marks = "".join(f"[{n}]" for n in sorted(numbers[ground] for ground in sentence.grounds))
        text = sentence.text.text(lang)
        cut = [text] if sentence.whole else sentences(text, lang)
        parts += [f"{part}{gap}{marks}" for part in cut]
    return gap.join(parts)
