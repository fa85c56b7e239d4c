"""Articles that moved: which one is it today."""

import pytest

import knowledge
from knowledge.question import Question
from law.card_catalog import sources
from law.renumbered_articles import moves


@pytest.mark.parametrize(
    ("question", "today"),
    [
        ("番号法27条の評価は、今は何条ですか", "28条"),
        ("番号法第二十七条は現在どの条ですか", None),
        ("個人情報保護法の旧36条は現在どこにありますか", "43条"),
        ("古い資料の107条は現行では何条?", "109条"),
        ("規則19条の加工基準は今の何条に当たりますか", "34条"),
        ("番号法19条7号は現在何号ですか", "19条8号"),
        ("番号法2条8項の定義は今どこですか", "2条9項"),
        ("Which article is article 119 of the APPI today?", "121条"),
        ("Article 36 of the My Number Act: which number is it now?", "33条"),
    ],
)
def test_an_old_place_leads_to_todays(question: str, today: str | None) -> None:
    answer = knowledge.answer(question)
    found = [p.locator for p in answer.passages if p.id.startswith("M-")]
    assert found
    if today:
        assert found[0] == today
        assert today in answer.answer.ja
    assert not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "番号法27条とは何ですか",
        "69条は現在も同じですか",
        "市の条例の36条は今何条ですか",
        "今は何時ですか",
        "",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert list(Question.of(question).moves) == []


def test_two_matters_that_stood_in_one_place_are_both_told() -> None:
    told = {
        move.today for move, _ in list(Question.of("個人情報保護法23条は現在の何条ですか").moves)
    }
    assert told == {"27条"}
    assert len(list(Question.of("番号法27条は現在何条ですか").moves)) == 1
    assert {move.today for move, _ in list(Question.of("旧法17条は今は何条ですか").moves)} == {
        "20条"
    }


def test_the_table_is_whole() -> None:
    for move in moves():
        assert move.source in sources()
        assert len(move.texts) == len(move.places)
        assert list(move.texts) == sorted(move.texts)
        assert move.today
        assert move.earlier(), move
