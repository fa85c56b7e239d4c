"""Sentences that stand beside every answer."""

from core import Message, Status
from knowledge.passage import Passage

STATUS = {
    Status.VERIFIED_SECONDARY: Message(
        ja="二次資料で確認した内容を含みます。原文での確認が必要です。",
        en="Part of this was checked against a secondary source only; consult the original.",
    ),
    Status.SEED_ONLY: Message(
        ja="資料によれば、という内容です。法令の定めではありません。",
        en="According to the document cited; this is not a rule of law.",
    ),
}
NO_GROUND = Message(
    ja="手元の根拠（法令・指針のカードと取り込んだ資料）には、この質問に答えるものがありません。",
    en="Nothing in the cards or the imported documents answers this question.",
)
ASK = Message(
    ja="所管課・法規担当に確認してください。法の解釈であれば、自治体として個人情報保護委員会に"
    "助言を求めることができます（法166条）。",
    en="Ask the responsible section or the legal officer. On a reading of the Act, a municipality"
    " may request advice from the Personal Information Protection Commission (art. 166).",
)


def according(found: Passage, quote: str, number: int) -> Message:
    """A document's own words, introduced as such."""
    return Message(
        ja=f"資料（{found.source}、{found.locator}）には「{quote}」とあります。[{number}]",
        en=f"A document ({found.source}, {found.locator}) says: “{quote}”. [{number}]",
    )
