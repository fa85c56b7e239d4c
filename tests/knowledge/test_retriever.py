"""The same passages through LangChain's interface, and nothing reported anywhere."""

import os
from pathlib import Path

import knowledge
from core import QUIET
from knowledge import GroundRetriever, Library, Passage


class File:
    name = "規程.txt"
    content = "共有端末は課長が管理する。".encode()


def test_documents_carry_the_passage(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add([File()])
    found = GroundRetriever(library=library).invoke("共有端末の管理")
    passages = [Passage.model_validate(document.metadata) for document in found]
    assert [p.quote for p in passages] == [d.page_content for d in found]
    assert passages[-1].source == "規程.txt"
    cards = [p.id for p in passages if p.source != "規程.txt"]
    assert cards == [p.id for p in knowledge.search("共有端末の管理")]


def test_the_libraries_are_told_to_keep_quiet() -> None:
    assert all(os.environ[name] == value for name, value in QUIET.items())
