"""Sentences that stand beside every answer."""

from datetime import date

from core import Message, Status
from intake.documents import REFORM
from knowledge.label import label
from knowledge.passage import Passage
from knowledge.store import Document

STATUS = {
    Status.VERIFIED_SECONDARY: Message(
        ja="二次資料で確認した内容を含みます。原文での確認が必要です。",
        en="Part of this was checked against a secondary source only; consult the original.",
    ),
    Status.SEED_ONLY: Message(
        ja="資料による説明の部分は、法令の定めではありません。",
        en="What is said according to a document is not a rule of law.",
    ),
}
NO_GROUND = Message(
    ja="手元の根拠（法令・指針のカードと取り込んだ資料）には、この質問に答えるものがありません。",
    en="Nothing in the cards or the imported documents answers this question.",
)
ONLY_DOCUMENTS = Message(
    ja="取り込んだ資料の記載だけによる回答です。法令・指針のカードに、これに答えるものはありません。",
    en="This rests on imported documents alone; no card on law or guidelines answers it.",
)
ASK = Message(
    ja="所管課・法規担当に確認してください。法の解釈であれば、自治体として個人情報保護委員会に"
    "助言を求めることができます（法166条）。",
    en="Ask the responsible section or the legal officer. On a reading of the Act, a municipality"
    " may request advice from the Personal Information Protection Commission (art. 166).",
)


APPLY = Message(
    ja="この案件に当てはまるかは事実関係によります。事業の所管課・法規担当に確認してください。",
    en="Whether this fits the case at hand depends on its facts; confirm with the section in charge"
    " or the legal officer.",
)


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
    return Message(
        ja=f"資料「{title}」（{found.locator}）には「{quote}」とあります。",
        en=f"The document “{title}” ({found.locator}) says: “{quote}”{stop}",
    )


def provides(found: Passage) -> Message:
    """The beginning of a provision in its own words; the passage holds all of it."""
    quote = found.quote if len(found.quote) <= LONGEST else found.quote[: LONGEST - 1] + "…"
    return Message(
        ja=f"{label(found.citation)}の条文は「{quote}」です。",
        en=f"{label(found.citation, 'en')} reads: “{quote}”",
    )


def worded(quote: str) -> Message:
    """A sentence of a card's checked wording."""
    return Message(ja=f"「{quote.rstrip('。')}」とされています。", en=quote)


def age(document: Document) -> Message:
    """How old a dated document is, and whether it predates the Act for municipalities."""
    day = date.fromisoformat(document.dated or "")
    year = day.year - (2018 if day >= date(2019, 5, 1) else 1988)
    era = f"{'令和' if day >= date(2019, 5, 1) else '平成'}{'元' if year == 1 else year}年"
    kind_ja = f"「{document.title}」（{document.name}）は{era}{day.month}月の資料です。"
    kind_en = f"{document.name} is a document of {day:%B %Y}."
    if day >= REFORM:
        return Message(ja=kind_ja, en=kind_en)
    return Message(
        ja=f"{kind_ja}令和5年4月1日に改正法が自治体に施行される前の旧制度のもので、手続の根拠にはなりません。",
        en=f"{kind_en} It predates 1 April 2023, when the Act came to apply to municipalities"
        " (old rules), and is no ground for procedure.",
    )
