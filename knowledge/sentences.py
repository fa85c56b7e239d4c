"""The sentences of an answer: what they rest on, the paragraph they make, what stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import Language, Message, Status, say
from intake.documents import REFORM
from knowledge.document_index import Document
from knowledge.passage import Passage
from language import era_year
from law import Card, label

_JA = re.compile(r"(?:「[^」]*」|（[^（）]*）|[^。])+。?")


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


def sentences_of(text: str, lang: Language) -> list[str]:
    """A text in its sentences.

    >>> sentences_of("See art. 98(1) of the Act. It is a draft.", "en")
    ['See art. 98(1) of the Act.', 'It is a draft.']
    >>> sentences_of("「はい。」と言う。次へ。", "ja")
    ['「はい。」と言う。', '次へ。']
    >>> sentences_of("拒める（12条6項。附票も）。次へ。", "ja")
    ['拒める（12条6項。附票も）。', '次へ。']
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
        cut = [text] if sentence.whole else sentences_of(text, lang)
        parts += [f"{part}{gap}{marks}" for part in cut]
    return gap.join(parts)


STATUS = {
    Status.VERIFIED_SECONDARY: say("knowledge.phrases.part_checked_against_secondary"),
    Status.SEED_ONLY: say("knowledge.phrases.what_said_according_document"),
}
NO_GROUND = say("knowledge.phrases.nothing_cards_imported_documents")
ONLY_DOCUMENTS = say("knowledge.phrases.rests_imported_documents_alone")
ASK = say("knowledge.phrases.ask_responsible_section_legal")
APPLY = say("knowledge.phrases.whether_fits_case_at")


LONGEST = 200
"""Characters of a provision that are quoted in the paragraph."""
TITLE = 60
"""A longer title is a first line that was taken for one; the file's name stands for it."""


def according(found: Passage, quote: str) -> Message:
    """A document's own words, introduced as such."""
    title = found.citation.title
    title = title if title and len(title) <= TITLE and "。" not in title else found.source
    quote = " ".join(quote.split("\n"))
    stop = "" if quote.endswith(("。", "…", ".")) else "."
    return say(
        "knowledge.phrases.document_says",
        title=title,
        locator=found.locator,
        quote=quote,
        stop=stop,
    )


def provides(found: Passage) -> Message:
    """The beginning of a provision in its own words; the passage holds all of it."""
    quote = found.quote if len(found.quote) <= LONGEST else found.quote[: LONGEST - 1] + "…"
    return say(
        "knowledge.phrases.reads",
        citation=label(found.citation),
        quote=quote,
        citation_en=label(found.citation, "en"),
    )


def worded(quote: str) -> Message:
    """A sentence of a card's checked wording."""
    return Message(ja=f"「{quote.rstrip('。')}」とされています。", en=quote)


def age(document: Document) -> Message:
    """How old a dated document is, and whether it predates the Act for municipalities."""
    day = date.fromisoformat(document.dated or "")
    era, year = era_year(day) or ("西暦", day.year)
    era = f"{era}{'元' if year == 1 else year}年"
    kind_ja = f"「{document.title}」（{document.name}）は{era}{day.month}月の資料です。"
    kind_en = f"{document.name} is a document of {day:%B %Y}."
    if day >= REFORM:
        return Message(ja=kind_ja, en=kind_en)
    return say("knowledge.phrases.predates_april_when_act", kind_ja=kind_ja, kind_en=kind_en)
