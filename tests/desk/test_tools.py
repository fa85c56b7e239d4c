"""The registry: every tool with its words, and what it takes to add one."""

from collections.abc import Iterator
from typing import Any

import pytest

from assistant import Assistant
from assistant.grammar import intents, lexicon
from core import Message
from desk import TOOLS, Outcome, Session, phrases, tools
from intake import Upload
from ui.state import Part

CONTRACT = {
    "list_columns": ["role", "type"],
    "explain_column": ["column"],
    "list_unusual": ["kind", "column"],
    "explain_cell": ["row", "column"],
    "measure_risk": ["quasi"],
    "propose_plan": ["k", "l", "t"],
    "choose_plan": ["number"],
    "change_plan": ["column", "operation", "parameter"],
    "preview": [],
    "undo": [],
    "protect_table": ["dimensions", "threshold"],
    "link_check": ["other"],
    "search_guidelines": ["query"],
    "check_procedure": ["topic"],
    "set_case_fact": ["name", "value"],
    "correct_column": ["column", "type", "role"],
    "compare_schema": [],
    "make_report": ["paper", "format"],
    "ask_back": ["question"],
}


def test_the_tools_are_those_of_the_contract() -> None:
    assert {name: list(t.arguments.model_fields) for name, t in TOOLS.items()} == CONTRACT


def test_every_tool_has_a_label_a_docstring_and_something_people_say() -> None:
    asked_for = {phrase.get("tool", "ask_back") for phrase in phrases()}
    for name, entry in TOOLS.items():
        assert entry.label.ja and entry.label.en
        assert entry.doc != name and entry.doc.endswith(".")
        assert entry.part in {*Part, ""}
    assert asked_for == set(TOOLS) == set(tools.words()["tools"])


def test_only_what_changes_something_is_noted(session: Session) -> None:
    session.list_columns()
    session.call("change_plan", column="年齢", operation="band", parameter=20)
    session.call("preview")
    session.undo()
    assert [step["tool"] for step in session.dump()] == ["change_plan", "undo"]


def test_a_step_made_coarser_is_done_again_as_it_was(session: Session) -> None:
    session.propose_plan(3)
    session.change_plan("年齢", "generalize")
    again = Session()
    again.add(list(session.uploads.values()))
    again.load(session.dump())
    assert again.plan == session.plan


@pytest.fixture
def greeting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A tool more: one function, and its words."""
    said: list[str] = []

    def greet(session: Session, name: str = "皆さん") -> Outcome:
        """Greet somebody."""
        said.append(name)
        return Outcome(message=Message(ja=f"{name}、こんにちは。", en=f"Hello {name}."))

    words: dict[str, Any] = tools.words()
    label = {"ja": "挨拶する", "en": "Greet"}
    says = ["挨拶{して,をお願い}", "say hello"]
    more = {**words["tools"], "greet": {"label": label, "says": says}}
    monkeypatch.setattr(tools, "words", lambda: {**words, "tools": more})
    monkeypatch.setitem(TOOLS, "greet", tools.Tool(greet))
    lexicon.lexicon.cache_clear()
    intents.intents.cache_clear()
    yield said
    lexicon.lexicon.cache_clear()
    intents.intents.cache_clear()


def test_adding_a_tool_is_one_function_with_its_words(greeting: list[str]) -> None:
    from assistant.graph import make_tools

    session = Session()
    session.add([Upload("a.csv", "氏名,年齢\n山田花子,30\n山田太郎,40\n".encode())])
    assert TOOLS["greet"].label.ja == "挨拶する"
    session.call("greet", name="委員")
    for message in ("挨拶をお願いします", "say hello"):
        reply = Assistant(session, provider=None).turn(message)
        assert [action.tool for action in reply.actions] == ["greet"]
        assert "こんにちは" in reply.reply
    assert greeting == ["委員", "皆さん", "皆さん"]
    offered = {made.name: made.description for made in make_tools(lambda _: "")}
    assert offered["greet"] == "Greet somebody."
