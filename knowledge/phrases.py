"""Sentences that stand beside every answer."""

from datetime import date

from core import Message, Status, say
from intake.documents import REFORM
from knowledge.document_index import Document
from knowledge.passage import Passage
from language import era_year
from law import label

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
