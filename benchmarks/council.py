"""The 20 real council questions: is every expected ground among what an answer cites?"""

import time
from pathlib import Path
from typing import Any

import knowledge
from core import yaml12
from knowledge import Answer


def cited(ground: dict[str, Any], answer: Answer) -> bool:
    """Whether the answer cites a place: a law's article, a guideline's section, or a paragraph."""
    if ground["kind"] == "seed":
        return any(
            passage.source == ground["file"] and ground["anchor"] in passage.quote
            for passage in answer.passages
        )
    law, article = (
        (ground["law"], ground["article"])
        if ground["kind"] == "law"
        else (ground["doc"], ground["section"])
    )
    return any(place.law == law and place.article == article for place in answer.citations)


def missing(question: dict[str, Any], answer: Answer) -> list[dict[str, Any]]:
    """Expected grounds that the answer does not cite."""
    lost = [ground for ground in question["expected_all"] if not cited(ground, answer)]
    some = question["expected_any"]
    if some and not any(cited(ground, answer) for ground in some):
        lost.append({"any_of": some})
    return lost


def questions(shared: Path) -> list[dict[str, Any]]:
    """The real questions."""
    path = shared / "facts" / "questions.yaml"
    return list(yaml12.load(path.read_text("utf-8"))["questions"])


def documents(shared: Path) -> list[Path]:
    """The real documents a council would import."""
    folders = ("seeds", "data/laws", "data/guidelines")
    return [path for folder in folders for path in sorted((shared / folder).iterdir())]


def grounds(shared: Path, directory: Path, verbose: bool) -> None:
    """Import the documents, ask the questions and print how many are fully grounded."""
    library = knowledge.Library(directory)
    started = time.perf_counter()
    library.add(documents(shared), revision="20260717")
    print(f"import of {len(library.list())} documents {time.perf_counter() - started:.1f} s")
    complete = 0
    asked = questions(shared)
    for question in asked:
        answer = knowledge.answer(question["question_ja"], "ja", library)
        lost = missing(question, answer)
        complete += not lost
        if verbose:
            print(f"  {question['id']} {[p.id for p in answer.passages]} {answer.answer.ja}")
            for ground in lost:
                print(f"      missing {ground}")
    print(f"council questions: all expected grounds cited in {complete} of {len(asked)}")
