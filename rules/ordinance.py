"""Special-care items that a council's own ordinance names (条例要配慮個人情報)."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from core import Message, Severity
from rules.engine import Rule


class OrdinanceItem(BaseModel):
    """An item, the words that tell it in a column's name, and the ordinance that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)
    ordinance: str = Field(min_length=1)
    """The ordinance and its article, as it is to be shown."""

    def rule(self, number: int) -> Rule:
        """The rule that finds the item among the columns."""
        words = "|".join(re.escape(word) for word in self.words)
        written: dict[str, Any] = {
            "id": f"ordinance.item_{number}",
            "title": Message(ja=f"条例要配慮: {self.item}", en=f"By ordinance: {self.item}"),
            "severity": Severity.HIGH,
            "cards": ("A-04",),
            "source": Message(ja=self.ordinance, en=self.ordinance),
            "when": [{"fact": "column", "as": "c", "where": {"key": {"matches": words}}}],
            "derive": {"fact": "ordinance_item", "values": {"column": "$c.key"}},
            "message": Message(
                ja=f"「{{c.key}}」は、{self.ordinance}が定める条例要配慮個人情報（{self.item}）に当たり得ます。",
                en=f"“{{c.key}}” may be special-care by ordinance ({self.item}; {self.ordinance}).",
            ),
            "remedy": Message(
                ja="個人情報ファイル簿にその旨を書き、漏えい時は人数を問わず報告の対象になることを確かめてください。",
                en="State it in the register; a breach is reportable whatever the head-count.",
            ),
            "examples": {
                "match": [[{"column": {"key": self.words[0]}}]],
                "no_match": [[{"column": {"key": "—"}}]],
            },
        }
        return Rule.model_validate(written)
