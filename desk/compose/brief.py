"""What a paper is made of, and the words of its language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import knowledge
from core import Citation, Language, Message, Review, Schema
from papers import Block, Document

ACT, ACT_SHORT = "個人情報の保護に関する法律", "個人情報保護法"
"""The Act fills the narrow column of grounds; its revision is listed under the full title."""


@dataclass(frozen=True)
class Brief:
    """A review and what belongs beside it."""

    review: Review
    lang: Language = "ja"
    schema: Schema | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers on the guided form, for the checklists."""

    def t(self, ja: str, en: str) -> str:
        """One of the two."""
        return ja if self.lang == "ja" else en

    def say(self, message: Message) -> str:
        """A message in the paper's language."""
        return message.text(self.lang)

    def grounds(self, citations: Iterable[Citation]) -> str:
        """Citations as people write them, each once and on its own line."""
        labels = dict.fromkeys(knowledge.label(c, self.lang) for c in citations)
        return "\n".join(text.replace(ACT, ACT_SHORT) for text in labels)

    def document(self, title: str, blocks: Iterable[Block]) -> Document:
        """The paper, headed by the case's own title."""
        case = self.review.case
        head = "　".join(part for part in (case.number, case.title) if part)
        return Document(
            title=title,
            subtitle=head,
            lang=self.lang,
            mark=self.t("案", "Draft"),
            blocks=tuple(blocks),
        )
