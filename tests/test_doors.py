"""Every option of a terminal command does something, and papers are the same at every door."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

import pytest

import cli
from assistant import Assistant
from core import Language
from desk import PAPERS, Session, read_case
from intake import ReadOptions, Upload
from tests.golden.room import Room, opened
from tests.options import ROWS, Row, files
from ui.safe_version.downloads import paper_file


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    with opened(files(), schema="schema.csv", case="case.yaml") as place:
        place.review()
        place.run(["chat", "data.csv", "--session", "state.json", "k=3で安全にして"])
        yield place


def _row(row: Row) -> Any:
    marks = (pytest.mark.xfail(strict=True, reason=row.broken),) if row.broken else ()
    return pytest.param(row, id=row.name, marks=marks)


@pytest.mark.parametrize("row", [*map(_row, ROWS)])
def test_an_option_has_an_effect(row: Row, room: Room) -> None:
    same = row.seen(room, row.given) == row.seen(room, row.otherwise)
    assert not same, f"{row.name} leaves {row.differs} as it is"


def commands(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, str]]:
    """Each command with each of its options, and each of its words that may be left out."""
    if declare := getattr(parser, "declare", None):
        declare(parser)  # a command's arguments are declared when it is used
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from commands(inner, f"{name} {word}".strip())
        elif isinstance(action, argparse._HelpAction):
            continue
        elif action.option_strings:
            yield name, action.option_strings[-1]
        elif action.nargs in ("?", "*"):
            yield name, action.dest


def test_every_option_has_a_row() -> None:
    accepted = set(commands(cli.parser(whole=True)))
    tried = {(row.command, row.option) for row in ROWS}
    assert sorted(accepted - tried) == [], "options without a row in tests/options.py"
    assert sorted(tried - accepted) == [], "rows for options that are no more"


# --- papers --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(room: Room) -> Session:
    """The session of the review that lies in the room."""
    found = Session()
    kinds: dict[str, Any] = {"data.csv": "data", "schema.csv": "schema"}
    uploads = [Upload(name, (room.folder / name).read_bytes()) for name in kinds]
    found.set_case(read_case("case.yaml", (room.folder / "case.yaml").read_bytes()))
    found.add(uploads, {name: ReadOptions(kind=kind) for name, kind in kinds.items()})
    found.suggest()
    return found


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_the_same_at_every_door(
    paper: str, lang: Language, room: Room, desk: Session
) -> None:
    (asked,) = Assistant(desk, provider=None).turn(f"{PAPERS[paper].title.ja}をJSONで").data
    assert (asked["paper"], asked["file"]) == (paper, f"{paper}.json")
    words = ("report", "review.json", "--paper", paper, "--format", "json", "--lang", lang)
    at_terminal = room.call(*words, "--out", "out.json", files=("out.json",))["out.json"]
    assert json.loads(desk.report(paper, "json", lang)) == at_terminal
    assert json.loads(desk.report(asked["paper"], asked["format"], lang)) == at_terminal
    assert json.loads(paper_file(desk, paper, "json", lang)) == at_terminal
