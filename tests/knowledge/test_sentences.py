"""Each sentence carries the ground it was taken from, and that ground holds what it names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
import law
from core import Citation, Language, Message, Status
from knowledge import Passage
from knowledge.card_index import refuses
from knowledge.sentences import Sentence, composed, sentences_of

SAID = [(topic.id, said) for topic in knowledge.topics() for said in topic.says]
ARTICLE = re.compile(r"(?<!\d)(\d{1,3})条")
MARKS = re.compile(r"((?:\[\d\])+)")


def passage(name: str) -> Passage:
    place = Citation(id=name, kind="law", law="法", status=Status.VERIFIED_TEXT)
    return Passage(id=name, source="法", locator="", quote=name, citation=place)


def held(card_id: str) -> str:
    card = law.card(card_id)
    places = "、".join(f"{r.article}条" for r in card.references if r.article)
    return f"{card.label}、{card.rule.ja}、{card.remedy}、{places}"


def numbers_in(text: str) -> set[int]:
    """Articles a text names, ranges and lists filled in."""
    found: set[int] = set()
    for run in re.findall(r"(?<!\d)((?:\d{1,3}(?:条)?[・、〜～])*\d{1,3})条", text):
        for part in re.split(r"[・、]", run.replace("条", "")):
            first, *last = re.split(r"[〜～]", part)
            if first.isdigit():
                found.update(range(int(first), int(last[0] if last else first) + 1))
    return found


@pytest.mark.parametrize(("topic", "said"), SAID, ids=lambda v: v if isinstance(v, str) else "")
def test_an_article_named_in_a_sentence_is_held_by_its_own_cards(
    topic: str, said: knowledge.Topic
) -> None:
    cards = said.cards
    behind = set().union(*(numbers_in(held(card_id)) for card_id in cards))
    assert {int(n) for n in ARTICLE.findall(said.ja)} <= behind, (topic, said.ja)  # type: ignore[attr-defined]


@pytest.mark.parametrize("card", law.cards(), ids=lambda card: card.id)
def test_an_article_named_in_plain_words_is_held_by_the_card(card: law.Card) -> None:
    assert {int(n) for n in ARTICLE.findall(card.plain.ja)} <= numbers_in(held(card.id))


def test_a_topic_speaks_with_its_own_verified_cards() -> None:
    for topic in knowledge.topics():
        for said in topic.says:
            assert set(said.cards) <= set(topic.cards), topic.id
            assert all(law.card(c).status is not Status.UNVERIFIED for c in said.cards)
        assert len(topic.cards) <= 5 or topic.says, topic.id
        assert topic.says or not topic.lead or refuses(topic), topic.id


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_marks_of_a_sentence_lead_to_the_cards_it_was_taken_from(lang: Language) -> None:
    checked = 0
    for topic in knowledge.topics():
        answer = knowledge.answer(getattr(topic.questions, lang)[0], lang)
        for said in topic.says:
            for part in sentences_of(said.text(lang), lang):
                if part not in answer.answer.text(lang):
                    continue
                after = answer.answer.text(lang).partition(part)[2].lstrip()
                marks = MARKS.match(after)
                assert marks, part
                ids = {answer.passages[int(n) - 1].id for n in re.findall(r"\d", marks[1])}
                assert ids == set(said.cards), (topic.id, part, ids)
                checked += 1
    assert checked > 60


@given(
    st.lists(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=3, unique=True), max_size=5)
)
def test_numbers_are_given_in_the_order_of_first_use(grounds: list[list[str]]) -> None:
    said = [Sentence(Message(ja="文。", en="Text."), tuple(names)) for names in grounds]
    text, passages = composed(said, [passage(name) for name in "EDCBA"])
    used = list(dict.fromkeys(name for names in grounds for name in names))
    assert [p.id for p in passages][: len(used)] == used
    assert {p.id for p in passages} == set("ABCDE")
    runs = [
        [passages[int(n) - 1].id for n in re.findall(r"\d", run)] for run in MARKS.findall(text.ja)
    ]
    assert [set(run) for run in runs] == [set(names) for names in grounds]
    assert len(MARKS.findall(text.en)) == len(grounds)


def test_a_quotation_is_not_cut() -> None:
    quote = Sentence(
        Message(ja="資料に「一。「二。」三。」とある。", en="It says: “A. B.”"), ("A",), True
    )
    text, _ = composed([quote], [passage("A")])
    assert text.ja == "資料に「一。「二。」三。」とある。[1]"
    assert text.en == "It says: “A. B.” [1]"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_answer_says_whom_to_ask(lang: Language) -> None:
    subjects: list[law.Card | knowledge.Topic] = [*law.cards()[::6]]
    for subject in [*subjects, *knowledge.topics()[::4]]:
        answer = knowledge.answer(getattr(subject.questions, lang)[0], lang)
        assert answer.limits
        assert all(limit.ja and limit.en for limit in answer.limits)


def test_only_grounds_that_sentences_use_bring_their_caveats() -> None:
    answer = knowledge.answer("開示請求の期限は")
    used = {int(n) for n in re.findall(r"\[(\d)\]", answer.answer.ja)}
    own = {law.card(p.id).caveat for i, p in enumerate(answer.passages, 1) if i in used}
    assert {c for c in answer.caveats if "資料" not in c.ja} <= own
