"""What only an imported document, an ordinance or another law can answer."""

from pathlib import Path

import pytest

import knowledge
from knowledge.document_answers import ORDINANCE, OTHER_LAW, unheld
from knowledge.question import Question

RULES = """青空市データ利用規程

第2条 分析用端末は、鍵付きの部屋に置き、庁舎の外に持ち出してはならない。

第3条 分析結果の保管期間は三年とする。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> knowledge.Library:
    place = tmp_path_factory.mktemp("alone")
    file = place / "青空市データ利用規程.txt"
    file.write_text(RULES, encoding="utf-8")
    held = knowledge.Library(place / "library")
    held.add([file])
    return held


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("うちの市の規程では分析結果の保管期間は何年ですか", "三年"),
        ("分析用端末の鍵付きの部屋はどこですか", "鍵付きの部屋"),
    ],
)
def test_a_document_answers_where_no_card_does(
    library: knowledge.Library, question: str, told: str
) -> None:
    answer = knowledge.answer(question, library=library)
    assert not answer.abstained
    assert told in answer.answer.ja
    assert answer.answer.ja.endswith("]")
    assert {p.source for p in answer.passages} == {"青空市データ利用規程.txt"}
    assert any("資料の記載だけ" in caveat.ja for caveat in answer.caveats)
    assert answer.limits


@pytest.mark.parametrize(
    "question",
    ["明日の天気は", "分析ソフトの値段は", "うちの市の規程では懲戒の種類は何と書いてありますか"],
)
def test_a_document_that_does_not_speak_of_it_is_not_quoted(
    library: knowledge.Library, question: str
) -> None:
    assert knowledge.answer(question, library=library).abstained


@pytest.mark.parametrize(
    "question", ["要配慮個人情報とは何ですか", "漏えいの報告は何日以内ですか", "法69条の例外は"]
)
def test_what_cards_answer_is_not_left_to_documents(
    library: knowledge.Library, question: str
) -> None:
    answer = knowledge.answer(question, library=library)
    assert ":" not in answer.passages[0].id


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("本市の条例では保存期間は何年ですか", ORDINANCE),
        ("青空市の施行条例の第5条には何と書いてありますか", ORDINANCE),
        ("What does our ordinance say about cameras?", ORDINANCE),
        ("道路交通法の罰則は", OTHER_LAW),
        ("What does the Road Traffic Act require?", OTHER_LAW),
        ("市の条例で要配慮個人情報を追加できますか", None),
        ("条例を改正したら届出は必要ですか", None),
        ("What may be regulated by ordinance?", None),
        ("加工方法と評価手法の違い", None),
        ("個人情報保護法と統計法の関係", None),
        ("現行法では誰が罰せられますか", None),
        ("What does the Act say?", None),
    ],
)
def test_texts_that_are_not_held_are_recognised(question: str, kind: str | None) -> None:
    assert unheld(Question.of(question)) == kind


def test_removed_documents_answer_no_more(tmp_path: Path) -> None:
    file = tmp_path / "利用規程.txt"
    file.write_text(RULES, encoding="utf-8")
    held = knowledge.Library(tmp_path / "library")
    (document,) = held.add([file])
    question = "うちの市の規程では分析結果の保管期間は何年ですか"
    assert not knowledge.answer(question, library=held).abstained
    held.remove(document.id)
    assert knowledge.answer(question, library=held).abstained
