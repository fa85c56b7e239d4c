"""Questions find their ground, in other words and in English, or are refused plainly."""

import re

import pytest

import knowledge
import law
from core import Language
from knowledge.card_index import refuses
from law.assessment_level import read


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("法69条の例外は", {"B-09", "B-08", "B-10", "C-05", "X-01"}),
        ("番号法第29条の4について", {"E-12"}),
        ("ハッシュにすれば匿名ですか", {"D-18"}),
        ("職員が情報を売ったら罪ですか", {"B-06"}),
        ("Is a hashed name anonymous?", {"D-18"}),
        ("Must we report a lost USB stick?", {"B-07"}),
    ],
)
def test_a_question_finds_its_card(question: str, expected: set[str]) -> None:
    assert {p.id for p in knowledge.search(question)[:3]} & expected


@pytest.mark.parametrize("query", ["", "   ", "?", "🙂", "。。。", "x" * 5000])
def test_odd_questions_are_refused_not_crashed(query: str) -> None:
    answer = knowledge.answer(query)
    assert answer.abstained
    assert answer.limits
    assert not answer.citations


@pytest.mark.parametrize(
    "query",
    [
        "明日の天気は",
        "ラーメンの作り方",
        "市の条例の第12条を教えて",
        "Tell me a joke",
        "裁判に勝てますか",
    ],
)
def test_out_of_scope_is_refused_and_says_whom_to_ask(query: str) -> None:
    answer = knowledge.answer(query)
    assert answer.abstained
    assert answer.passages == ()
    assert all(limit.ja and limit.en for limit in answer.limits)


@pytest.mark.slow
def test_the_answer_to_a_cards_question_rests_on_it() -> None:
    asked = [(card.id, q) for card in law.cards() for q in card.questions.all()]
    early = [
        (card, q)
        for card, q in asked
        if card not in [p.id for p in knowledge.answer(q).passages][:3]
    ]
    assert len(early) <= 0.05 * len(asked), early


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sentence_of_an_answer_carries_a_number(lang: Language) -> None:
    subjects: list[law.Card | knowledge.Topic] = [*law.cards()]
    for subject in [*subjects, *knowledge.topics()]:
        if isinstance(subject, knowledge.Topic) and refuses(subject):
            continue
        answer = knowledge.answer(getattr(subject.questions, lang)[0])
        if answer.abstained:
            continue
        text = re.sub(r"「[^」]*」|“[^”]*”", "", answer.answer.text(lang))
        for said in re.split(r"(?<=\])(?!\[)", text):
            assert not said.strip() or re.search(r"\[\d\]$", said.strip()), text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_statement_has_a_numbered_ground(lang: str) -> None:
    answers = [
        knowledge.answer(topic.questions.ja[0])
        for topic in knowledge.topics()
        if not refuses(topic)
    ]
    for answer in answers:
        text = answer.answer.text(lang)  # type: ignore[arg-type]
        numbers = {int(n) for n in re.findall(r"\[(\d)\]", text)}
        assert numbers
        assert numbers <= set(range(1, len(answer.passages) + 1))
        assert text.rstrip().endswith("]")
        assert 1 <= len(answer.passages) <= 5
        assert {p.citation.law for p in answer.passages} <= {c.law for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "card"),
    [
        ("対象が900人の事務に特定個人情報保護評価は必要ですか", "F-01"),
        ("対象者が5千人なら評価はどれですか。特定個人情報保護評価です", "F-02"),
        ("対象5万人、取扱者100人、過去1年に重大事故なし。特定個人情報保護評価は?", "F-03"),
        ("対象5万人、職員500人の特定個人情報保護評価は", "F-04"),
        ("対象5万人、職員100人、重大事故がありました。特定個人情報保護評価は", "F-04"),
        ("対象12万人、取扱者40人、重大事故はありません。特定個人情報保護評価は", "F-05"),
        ("対象12万人、取扱者600人の特定個人情報保護評価は", "F-06"),
        ("対象30万人の特定個人情報保護評価は", "F-06"),
        ("Which My Number assessment is due for 99,999 people, 499 staff and no incident?", "F-03"),
        ("Which My Number assessment for 100,000 people, 40 staff, no incident?", "F-05"),
    ],
)
def test_the_numbers_decide_the_assessment(question: str, card: str) -> None:
    answer = knowledge.answer(question)
    assert answer.passages[0].id == card


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("対象が1,000人、職員10名、事故なし", (1000, 10, False)),
        ("住民8.5万人で取扱者は二百人", (85000, 200, None)),
        ("職員500人が30万人分を扱う", (300000, 500, None)),
        ("no serious incident, 20 thousand people", (20000, None, False)),
        ("対象は十二万人、職員は四十人、事故なし", (120000, 40, False)),
        ("fifty thousand people and six hundred staff", (50000, 600, None)),
        ("千人以上1万人未満", (9999, None, None)),
        ("fewer than 1,000 people", (999, None, None)),
        ("人数は分かりません", (None, None, None)),
    ],
)
def test_numbers_are_read(text: str, expected: tuple[int | None, int | None, bool | None]) -> None:
    assert read(text) == expected


def test_no_threshold_is_put_into_the_mouth_of_the_law() -> None:
    answer = knowledge.answer("法律でk=5と決まっていますか")
    assert "G-09" in [p.id for p in answer.passages]
    assert not re.search(r"法(律)?(は|が)[^。]*k\s*=\s*\d", answer.answer.ja)


def test_a_local_matter_says_that_the_ordinance_is_not_here() -> None:
    answer = knowledge.answer("条例要配慮個人情報には何がありますか")
    assert any("条例" in limit.ja for limit in answer.limits)


def test_coming_law_is_not_mixed_into_the_answer() -> None:
    answer = knowledge.answer("令和8年の改正で何が変わりますか")
    assert any("施行" in caveat.ja for caveat in answer.caveats)
