"""The cards say what was checked, and nothing is cited that was not."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlparse

import pytest
from defusedxml import ElementTree

import knowledge
from core import KnowledgeError, Status
from law import card as card_of
from law import card_catalog, cards, citation, citations
from law.card_catalog import Card

CARDS = cards()
CORRECTED = {"A-12": "直営", "X-07": "地方独立行政法人", "D-03": "地方独立行政法人"}
"""Facts that a second reading corrected, and the word that says in what."""


@pytest.mark.parametrize("card_id", CORRECTED)
def test_a_corrected_fact_says_whom_it_binds(card_id: str) -> None:
    assert CORRECTED[card_id] in card_of(card_id).rule.ja


def test_there_are_cards_for_every_group() -> None:
    assert len(CARDS) >= 60
    assert len({card.id for card in CARDS}) == len(CARDS)


@pytest.mark.shared
def test_rules_keep_the_wording_of_the_facts(shared: Path) -> None:
    files = ("facts.json", "municipal.json")
    facts = [
        fact for file in files for fact in json.loads((shared / "facts" / file).read_text("utf-8"))
    ]
    held = {card.id: card for card in CARDS}
    citable = [fact for fact in facts if not fact["status"].startswith("UNVERIFIED")]
    assert {fact["id"] for fact in citable} == held.keys()
    for fact in citable:
        card = held[fact["id"]]
        if card.id in CORRECTED:
            continue
        assert (card.rule.ja, card.rule.en) == (fact["ja"], fact["en"])
        assert card.status == re.match(r"[A-Z]+(-[A-Z]+)?", fact["status"]).group()  # type: ignore[union-attr]
        assert card.verification == fact["status"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_can_be_cited_and_asked_for(card: Card) -> None:
    assert card.status is not Status.UNVERIFIED
    places = citations(card.id)
    assert citation(card.id) == places[0]
    for place in places:
        assert place.status is not Status.UNVERIFIED
        if place.effective_from:
            assert date.fromisoformat(place.effective_from)
        if place.url:
            address = urlparse(place.url)
            assert address.scheme == "https"
            assert address.netloc
        if place.kind == "law" and place.law != "GDPR" and place.url:
            assert place.url.startswith("https://laws.e-gov.go.jp/law/")
        if place.article and place.kind == "law":
            assert re.fullmatch(r"附則\d*|別表|前文\d+|\d+(-\d+)?|\d+\(\d+\)", place.article)
    beside = card.id.startswith("K")  # said in the wording that was checked
    assert len(card.questions.ja) >= (1 if beside else 4)
    assert len(card.questions.en) >= (1 if beside else 2)
    assert (card.plain == card.rule) is beside
    assert card.words.ja
    assert card.words.en


@pytest.mark.shared
@pytest.mark.parametrize(
    ("law", "file"),
    [
        ("個人情報の保護に関する法律", "415AC0000000057_appi.xml"),
        ("番号法", "425AC0000000027_number_act.xml"),
    ],
)
def test_every_cited_article_paragraph_and_item_is_in_the_act(
    shared: Path, law: str, file: str
) -> None:
    main = ElementTree.parse(shared / "data" / "laws" / file).find(".//MainProvision")
    assert main is not None
    articles = {str(a.get("Num")).replace("_", "-"): a for a in main.iter("Article")}
    cited = {place for card in CARDS for place in citations(card.id) if place.law == law}
    numbered = [p for p in cited if p.article and not re.match("附則|別表", p.article)]
    assert len(numbered) > 15
    for place in numbered:
        found = articles[place.article or ""]
        if place.paragraph:
            paragraphs = {p.get("Num"): p for p in found.iter("Paragraph")}
            found = paragraphs[place.paragraph]
        if place.item:
            assert place.item in {i.get("Num") for i in found.iter("Item")}, place


@pytest.mark.shared
def test_no_address_of_an_answer_is_made_up(shared: Path) -> None:
    facts = "".join(
        (shared / "facts" / f"{name}.md").read_text("utf-8") for name in ("FACTS", "MUNICIPAL")
    )
    given = set(re.findall(r"ppc\.go\.jp/all_faq_index/[\w-]+", facts))
    for card in CARDS:
        for place in citations(card.id):
            if place.url and "all_faq_index" in place.url:
                assert place.url.removeprefix("https://www.") in given, (card.id, place.url)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_what_is_old_local_or_secondary_says_so(card: Card) -> None:
    weak = {Status.SEED_ONLY, Status.VERIFIED_SECONDARY}
    assert card.status not in weak or card.caveat is not None


def test_text_reserved_as_unverified_has_a_caveat_or_limit() -> None:
    reserved = [card for card in CARDS if "UNVERIFIED" in card.verification]
    assert reserved
    assert all(card.caveat or card.limits for card in reserved)


def test_no_card_names_a_file_or_a_machine() -> None:
    for path in [*card_catalog.HERE.rglob("*.yaml")]:
        assert not re.search(r"\.txt\b|file:/", path.read_text("utf-8")), path.name


def test_an_unverified_card_is_not_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    card = card_of("A-01").model_copy(update={"status": Status.UNVERIFIED})
    monkeypatch.setattr(card_catalog, "card", lambda _: card)
    with pytest.raises(KnowledgeError) as caught:
        card_catalog.citations("A-01")
    assert caught.value.problems[0].code == "unverified"


def test_only_the_verified_half_of_a_mixed_card_is_cited() -> None:
    card = card_of("B-02")
    half = card.references[0].model_copy(update={"status": Status.UNVERIFIED})
    mixed = card.model_copy(update={"references": (half, *card.references[1:])})
    places = mixed.citations(card_catalog.sources())
    assert len(places) == len(card.references) - 1
    assert all(place.status is not Status.UNVERIFIED for place in places)


@pytest.mark.parametrize("name", ["Z-99", "a-03", "", "A-3", "../A"])
def test_an_unknown_card_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        card_of(name)
    assert caught.value.problems[0].code == "unknown_card"


@pytest.mark.parametrize(
    ("card_id", "law", "article"),
    [
        ("B-09", "個人情報の保護に関する法律", "69"),
        ("D-03", "個人情報の保護に関する法律", "附則7"),
        ("E-12", "番号法", "29-4"),
        ("D-08", "個人情報の保護に関する法律施行規則", "62"),
        ("A-13", "PPCガイドライン（仮名加工情報・匿名加工情報編）", "3-1-1"),
        ("F-03", "特定個人情報保護評価に関する規則", "4"),
    ],
)
def test_citations_name_law_and_article(card_id: str, law: str, article: str) -> None:
    assert any(p.law == law and p.article == article for p in citations(card_id))


def test_topics_name_cards_that_exist() -> None:
    for topic in knowledge.topics():
        for card_id in topic.cards:
            card_of(card_id)
        assert topic.cards or topic.limits, f"{topic.id} says neither what nor whom to ask"
        assert topic.questions.ja
        assert topic.questions.en
    assert len({topic.id for topic in knowledge.topics()}) == len(knowledge.topics())
