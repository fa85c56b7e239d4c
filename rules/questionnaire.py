"""Checklists and questions: what no file can tell, asked of a person.

The answers become `case_answer` facts; an item answered `no` becomes a finding.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from core import Severity, say
from rules.engine import Pattern, Rule, Text, holds, parse
from rules.facts import KINDS, Fact

TopicId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
YES_NO = ("yes", "no")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Group(_Part):
    """Questions that are asked together, and on which facts they are worth asking."""

    id: TopicId
    title: Text
    when: tuple[Pattern, ...] = ()
    """Any one of these must match a fact; without them the group is always asked."""

    def fits(self, facts: Iterable[Fact]) -> bool:
        """Whether the group is worth asking about a case."""
        if not self.when:
            return True
        patterns = [(p.fact, parse(KINDS[p.fact], p.where, {})) for p in self.when]
        return any(
            fact.kind == kind and any(all(holds(t, fact) for t in tests) for tests in alternatives)
            for fact in facts
            for kind, alternatives in patterns
        )


class Question(_Part):
    """Something to ask about a case, with the answers to choose from."""

    topic: TopicId
    group: TopicId
    ask: Text
    choices: tuple[str, ...] = YES_NO
    cards: tuple[str, ...] = ()


class Item(_Part):
    """One point of a checklist, put so that `yes` is as it should be."""

    id: TopicId
    text: Text
    remedy: Text
    severity: Severity = Severity.LOW
    cards: tuple[str, ...] = Field(min_length=1)


class Checklist(_Part):
    """Points to be gone through one by one."""

    id: TopicId
    title: Text
    about: Text
    group: TopicId
    force: str = "guidance"
    items: tuple[Item, ...] = Field(min_length=1)

    def topic(self, item: Item) -> str:
        """The topic under which the item's answer is kept."""
        return f"{self.id}_{item.id}"

    def questions(self) -> tuple[Question, ...]:
        """The items as questions."""
        return tuple(
            Question(topic=self.topic(i), group=self.group, ask=i.text, cards=i.cards)
            for i in self.items
        )

    def rules(self) -> tuple[Rule, ...]:
        """One rule per item: it speaks when the answer is `no`."""
        return tuple(self._rule(item) for item in self.items)

    def _rule(self, item: Item) -> Rule:
        topic = self.topic(item)
        written: dict[str, Any] = {
            "id": f"checklist.{self.id}.{item.id}",
            "title": item.text,
            "force": self.force,
            "severity": item.severity,
            "cards": item.cards,
            "when": [{"fact": "case_answer", "where": {"topic": topic, "answer": "no"}}],
            "message": say("rules.questionnaire.answered_no", checklist=self.title, item=item.text),
            "reason": self.about,
            "remedy": item.remedy,
            "examples": {
                "match": [[{"case_answer": {"topic": topic, "answer": "no"}}]],
                "no_match": [[{"case_answer": {"topic": topic, "answer": "yes"}}]],
            },
        }
        return Rule.model_validate(written)
