"""The words people use: wordings, concepts and told situations."""

import re
from collections import Counter

import pytest

import knowledge
import law
from knowledge.card_index import wordings
from knowledge.words import concepts, expand, frames, stem, tokens

SUBJECTS = {card.id for card in law.cards()} | {topic.id for topic in knowledge.topics()}


def test_wordings_belong_to_cards_and_topics_that_exist() -> None:
    assert set(wordings()) <= SUBJECTS
    lines = [line for found in wordings().values() for line in found]
    assert not [line for line, times in Counter(lines).items() if times > 1]
    assert all(line == line.strip() for line in lines)


def test_every_card_is_asked_for_in_both_languages_in_other_words() -> None:
    for card in law.cards():
        if card.id.startswith("K"):
            continue  # asked for by its own questions and its checked wording
        found = wordings().get(card.id, ())
        japanese = [line for line in found if re.search(r"[ぁ-ヶ一-龥]", line)]
        assert japanese, card.id
        assert len(japanese) < len(found), card.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("亡くなった人", "passed away"),
        ("孫請け", "sub-contractor"),
        ("オプトアウト", "opt out"),
        ("個人情報保護委員会", "the national watchdog"),
        ("条例", "by-law"),
        ("審議会に諮る", "consulting the panel"),
        ("自動車税の課", "tax office"),
    ],
)
def test_both_languages_meet_in_a_concept(one: str, other: str) -> None:
    assert {*concepts(tokens(one))} & {*concepts(tokens(other))}


@pytest.mark.parametrize(
    ("one", "other"), [("開示請求", "weather"), ("ラーメン", "disclosure"), ("", "fee")]
)
def test_unrelated_words_share_no_concept(one: str, other: str) -> None:
    assert not {*concepts(tokens(one))} & {*concepts(tokens(other))}


def test_a_phrase_needs_its_words_side_by_side() -> None:
    away = concepts(tokens("passed away"))
    assert away
    assert not {*away} & {*concepts(tokens("passed the road, far away"))} - {
        *concepts(["pass"]),
        *concepts(["away"]),
    }
    assert "eras" in expand(["消す"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anonymised", "anonymization"),
        ("deletion", "deleting"),
        ("policies", "policy"),
        ("used", "users"),
        ("stopped", "stop"),
        ("supplier", "suppliers"),
    ],
)
def test_forms_of_an_english_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("class", "clash"), ("policy", "police"), ("us", "use")]
)
def test_other_english_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("told", "frame"),
    [
        ("検診のために集めた記録を町づくりに使いたい", "#change of purpose"),
        ("Addresses collected for taxes are now wanted for a mailing.", "#change of purpose"),
        ("県から名簿がほしいと頼まれた", "#asked by another body"),
        ("The police want our list.", "#asked by another body"),
        ("名簿を自治会へ渡したい", "#handed to a private group"),
        ("We would share the list with a charity.", "#handed to a private group"),
        ("一人だけ百歳の人がいる", "#only one of its kind"),
        ("There is only one such family.", "#only one of its kind"),
        ("清掃の人が書類を読めてしまう", "#seen by outsiders"),
        ("Visitors can see the screen.", "#seen by outsiders"),
        ("書類を別の家に送ってしまった", "#got out or got lost"),
        ("The bag was left on a train.", "#got out or got lost"),
        ("業者が別の会社に仕事を回した", "#passed on by a contractor"),
        ("申請書に使わない欄があります", "#more than needed"),
        ("番号の下四桁だけ残した", "#partly hidden number"),
    ],
)
def test_a_situation_is_read_from_how_it_is_told(told: str, frame: str) -> None:
    assert frame in frames(told)


@pytest.mark.parametrize(
    "told",
    [
        "個人情報とは何ですか",
        "開示請求の期限は",
        "健診のお知らせを送る",
        "市の人口は",
        "What is the fee?",
        "The list holds names and addresses.",
        "会社員の数",
        "",
    ],
)
def test_a_plain_question_tells_no_situation(told: str) -> None:
    assert frames(told) == []
