"""Hospitals, universities and assemblies are not judged by articles that do not bind them."""

import re
from datetime import date
from typing import Any

import pytest

import rules
from core import CaseFacts, Finding

CASE: dict[str, Any] = {
    "title": "図書館の記録の毎月の分析",
    "purpose": "将来の分析のため、国からの要請により児童の記録を使う",
    "legal_ground": "法69条2項2号",
    "contractor": {"used": True, "recontract": True},
    "server_country": "米国",
}
ANSWERS = {
    "exception": "item_2",
    "provision_to": "other_organ",
    "rhythm": "standing",
    "contractor_reuse": "silent",
    "whole_office_access": "yes",
    "recipient_conditions": "no",
    "shared_ids": "yes",
    "erasure": "undecided",
    "secrecy_clause": "no",
    "scores_people": "yes",
}
CHAPTER_5 = re.compile(r"(?<!規則)(?<!番号法)(?<!\d)(6[1-9]|7[0-3])条")


def findings(body: str) -> list[Finding]:
    facts = (
        *rules.from_case(CaseFacts.model_validate({"body_type": body, **CASE})),
        *rules.from_answers(ANSWERS),
    )
    return list(rules.evaluate(facts, rules.catalog(), date(2026, 11, 20)))


ABOUT_THE_SLIP = {"chapter_4.wrong_chapter", "chapter_4.item_of_69", "regime.designated_manager"}
"""They name chapter 5 in order to say that it does not bind."""


def said(finding: Finding) -> str:
    if finding.rule in ABOUT_THE_SLIP:
        return ""
    return finding.message.ja + (finding.reason.ja if finding.reason else "")


@pytest.mark.parametrize(
    "body",
    ["hospital", "university", "agency_hospital", "agency_research", "assembly", "private"],
)
def test_no_finding_holds_the_body_to_chapter_5(body: str) -> None:
    found = findings(body)
    assert any(f.rule.startswith("regime.") for f in found)
    assert [f.rule for f in found if CHAPTER_5.search(said(f))] == []


def test_a_city_is_judged_by_chapter_5() -> None:
    assert len([f for f in findings("city") if CHAPTER_5.search(said(f))]) >= 8
