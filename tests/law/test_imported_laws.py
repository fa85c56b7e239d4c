"""A law that is imported says which text it is, and is cited as law."""

from pathlib import Path

import knowledge
from core import Status
from knowledge import Library

MARKDOWN = """---
title: "見本市の記録に関する法律"
identifier: "499AC0000000001"
extra:
  law_num: "令和九十九年法律第一号"
  enforced_at: "2026-04-01"
---

### 第一章　総則

**第一条（目的）**　この法律は、見本の記録の保存について定める。

**第二条（保存）**　見本の記録は、三年間保存しなければならない。

**２**　市長は、前項の期間を延ばすことができる。
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<Law><LawBody><LawTitle>見本の台帳に関する法律</LawTitle><MainProvision>
<Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/>
<ParagraphSentence><Sentence>見本の台帳は、市長が備える。</Sentence></ParagraphSentence></Paragraph></Article>
</MainProvision></LawBody></Law>
"""


def library(folder: Path, name: str, text: str) -> Library:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    held = Library(folder / "library")
    held.add([path])
    return held


def test_a_law_in_markdown_carries_its_number_and_day(tmp_path: Path) -> None:
    held = library(tmp_path, "law.md", MARKDOWN)
    (document,) = held.list()
    assert (document.kind, document.title) == ("law", "見本市の記録に関する法律")
    assert (document.revision, document.dated) == ("499AC0000000001_20260401", "2026-04-01")
    place = held.article("見本市の記録に関する法律", "2", "2")
    assert place is not None
    assert (place.citation.kind, place.citation.status) == ("law", Status.VERIFIED_TEXT)
    assert place.citation.effective_from == "2026-04-01"
    assert "enforced_at" not in place.quote


def test_the_file_name_of_law_xml_tells_its_text(tmp_path: Path) -> None:
    held = library(tmp_path, "499AC0000000002_20250401_499AC0000000001.xml", XML)
    (document,) = held.list()
    assert document.revision == "499AC0000000002_20250401_499AC0000000001"
    assert document.dated == "2025-04-01"


def test_a_text_with_a_rule_above_it_is_no_law(tmp_path: Path) -> None:
    held = library(tmp_path, "minutes.md", "---\ntitle: 会議録\n---\n\n委員から質問があった。\n")
    assert [d.kind for d in held.list()] == ["document"]


def test_an_imported_law_answers_by_its_name(tmp_path: Path) -> None:
    held = library(tmp_path, "law.md", MARKDOWN)
    found = knowledge.answer("見本市の記録に関する法律の保存の期間は何年ですか", "ja", held)
    assert [c.law for c in found.citations][:1] == ["見本市の記録に関する法律"]
