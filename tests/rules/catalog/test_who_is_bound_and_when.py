"""Who is bound, when, and which law governs: what a second reading of the catalogue corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import law
import rules
from core import CaseFacts, Finding, Severity
from core.case import BodyType
from rules import Fact

TODAY = date(2026, 11, 20)
AGENCIES: tuple[BodyType, ...] = ("agency_hospital", "agency_university", "agency_research")
PATIENTS = Fact.of("dataset", "d", rows=300, direct=1, special_care=2, types=["disease"])


def found(
    *facts: Fact, day: date = TODAY, answers: Mapping[str, str] | None = None, **case: Any
) -> dict[str, Finding]:
    """The findings of a case by rule; the case has a purpose and a ground unless it says so."""
    told = {"title": "事業", "purpose": "事務", "legal_ground": "法令", **case}
    described = rules.from_case(CaseFacts.model_validate(told))
    everything = (*described, *rules.from_answers(answers or {}), *facts)
    return {f.rule: f for f in rules.evaluate(everything, rules.catalog(), day)}


def text(finding: Finding) -> str:
    return finding.message.ja + (finding.reason.ja if finding.reason else "") + finding.remedy.ja


# 1, 25: hospitals run directly, and agencies
def test_a_hospital_run_directly_is_told_58_2_and_an_agency_58_1() -> None:
    direct, agency = found(body_type="hospital"), found(body_type="agency_hospital")
    assert "58条2項" in text(direct["regime.hospital"])
    assert "58条1項2号" in text(agency["regime.agency"])
    assert "58条2項" not in text(agency["regime.agency"])
    assert "regime.hospital" not in agency


@pytest.mark.parametrize("body", ["hospital", "university", *AGENCIES])
def test_breaches_there_fall_under_26_whatever_the_form(body: BodyType) -> None:
    said = found(PATIENTS, body_type=body)
    assert "26条" in text(said["chapter_4.breach"])
    assert "dataset.breach_over_100" not in said


def test_any_other_agency_is_bound_by_chapter_5() -> None:
    said = found(PATIENTS, body_type="agency_other")
    assert {"regime.agency_other", "dataset.breach_over_100"} <= said.keys()


@pytest.mark.parametrize("body", [*AGENCIES, "hospital", "private"])
def test_an_item_of_69_2_does_not_fit_a_body_under_chapter_4(body: BodyType) -> None:
    assert "chapter_4.wrong_chapter" in found(body_type=body, legal_ground="法69条2項4号")
    assert "chapter_4.item_of_69" in found(body_type=body, answers={"exception": "item_4"})
    assert "chapter_4.wrong_chapter" not in found(body_type=body, legal_ground="法27条1項7号")
    assert "chapter_4.wrong_chapter" not in found(body_type="city", legal_ground="法69条2項4号")


@pytest.mark.parametrize("body", [*AGENCIES, "hospital"])
def test_chapter_4_has_checks_of_its_own(body: BodyType) -> None:
    said = found(
        body_type=body,
        purpose="大学との共同研究",
        recipients=["大学"],
        contractor={"used": True},
        server_country="米国",
        answers={"wants_out": "yes"},
    )
    own = {"provision", "research", "contractor", "abroad", "cessation"}
    assert {f"chapter_4.{name}" for name in own} <= said.keys()
    assert "rights.opt_out_wish" not in said


def test_security_reaches_a_designated_manager_but_not_61_and_69() -> None:
    said = found(
        body_type="designated_manager",
        contractor={"used": True, "recontract": True},
        legal_ground=None,
        purpose=None,
    )
    assert "contractor.recontract" in said
    assert not {"purpose.missing", "use.no_ground", "chapter_4.purpose_missing"} & said.keys()


# 2: opting out
def test_opt_out_is_about_special_care_under_chapter_4_alone() -> None:
    city = found(PATIENTS, body_type="city", consent="opt_out")
    assert "rights.opt_out_special_care" not in city
    assert "16条2項2号" in text(city["rights.no_consent_given"])
    assert "rights.opt_out_special_care" in found(
        PATIENTS, body_type="agency_hospital", consent="opt_out"
    )


@pytest.mark.parametrize("body", ["city", "hospital", "agency_hospital"])
def test_the_medical_act_is_not_the_opt_out_of_27(body: BodyType) -> None:
    said = found(
        PATIENTS, body_type=body, consent="opt_out", legal_ground="次世代医療基盤法52条1項"
    )
    assert not {"rights.opt_out_special_care", "rights.no_consent_given"} & said.keys()
    assert "届け出た" in text(said["rights.medical_act"])


# 3: before the Act bound municipalities
def test_a_case_of_2022_is_told_what_todays_law_would_say_and_keeps_what_is_no_law() -> None:
    alone = Fact.of("risk", "r", quasi="年代", uniques=3, rows=90, k=1)
    said = found(alone, PATIENTS, day=date(2022, 3, 28), body_type="city", purpose=None)
    assert not [f for f in said.values() if "施行予定" in f.message.ja]
    assert said["purpose.missing"].message.ja.startswith("現行法で言えば")
    assert said["purpose.missing"].severity is Severity.INFO
    assert said["risk.uniques"].severity is Severity.HIGH
    assert "当時の条例" in text(said["slip.law_before_reform"])
    assert found(day=date(2020, 1, 1), body_type="city", purpose=None)["purpose.missing"]


# 4: the assembly
def test_the_assembly_is_left_out_by_2_11_2() -> None:
    place = law.citation("A-08")
    assert (place.article, place.paragraph, place.item) == ("2", "11", "2")
    assert law.binding(("B-05", "D-05"), "assembly") == ("A-08",)


# 5: the register
def test_the_register_is_no_duty_of_an_assembly_nor_for_what_is_no_person() -> None:
    assert "75条2項1号・74条2項9号" in text(found(PATIENTS)["dataset.register_below_1000"])
    assert "dataset.register_below_1000" not in found(PATIENTS, body_type="assembly")
    facilities = Fact.of("subject", "s", subject="facility", personal=False)
    assert "dataset.register_below_1000" not in found(PATIENTS, facilities)


# 6: My Number in a hospital
def test_my_number_in_a_hospital_is_30_2_not_69() -> None:
    answers = {"number_statistics": "yes"}
    for body in ("hospital", "agency_hospital"):
        said = found(answers=answers, body_type=body, uses_my_number=True)
        assert "number.statistics" not in said
        assert "番号法30条2項" in text(said["number.beyond_purpose_in_hospital"])
    assert "number.statistics" in found(answers=answers, body_type="city")


# 7: victims, bullying, protective measures
@pytest.mark.parametrize("kind", ["crime_victim", "support_measure"])
def test_harm_and_protection_are_one_finding_that_leaves_special_care_open(kind: str) -> None:
    column = Fact.of(
        "column",
        "c",
        key="いじめ認知",
        type=kind,
        role="sensitive",
        categories=["special_care", "sensitive_unlisted"],
    )
    said = found(column)
    assert {r for r in said if r.startswith("column.")} == {"column.support_measure"}
    assert "事案により" in text(said["column.support_measure"])
    assert "刑事手続に着手" in text(said["column.support_measure"])


# 8: the dead
def test_a_table_of_the_dead_is_told_what_remains() -> None:
    dead = Fact.of("subject", "s", subject="deceased", personal=True)
    said = text(found(dead)["subject.deceased"])
    assert all(
        word in said for word in ("及びません", "番号法12条", "地方公務員法34条", "条例", "届出人")
    )


# 9: money
def test_an_account_number_alone_is_no_example_of_financial_harm() -> None:
    account = found(Fact.of("column", "c", key="口座番号", type="bank_account"))
    card = found(Fact.of("column", "c", key="カード番号", type="credit_card"))
    assert account["column.account"].severity is Severity.LOW
    assert "例にありません" in text(account["column.account"])
    assert card["column.money"].severity is Severity.HIGH


# 10: anonymisation is cited where something is anonymised
@pytest.mark.parametrize("pack", ["column.", "dataset.", "risk.", "cells.", "link."])
def test_what_is_only_used_inside_is_not_held_to_the_criteria_for_anonymising(pack: str) -> None:
    criteria = {f"D-{n:02}" for n in range(5, 10)}
    for checked in rules.catalog().rules:
        if checked.rule.id.startswith(pack):
            assert not criteria & set(checked.rule.cards), checked.rule.id


# 11: one finding for one column
@pytest.mark.parametrize("kind", ["household_id", "resident_id", "student_number"])
def test_a_ledger_number_is_one_finding_on_easy_collation(kind: str) -> None:
    column = Fact.of(
        "column",
        "c",
        key="番号",
        type=kind,
        role="direct_identifier",
        categories=["personal_information"],
    )
    said = found(column, Fact.of("dataset", "d", name="名簿", direct=1))
    on_it = [f for f in said.values() if f.target.column]
    assert [f.rule for f in on_it] == ["column.link_code"]
    assert "台帳と照合すれば" in text(said["column.link_code"])


# 14: which ban on finding people again
@pytest.mark.parametrize(
    ("claim", "rule", "place"),
    [
        ("anonymised_public", "after.mapping_kept", "109条3・4項"),
        ("pseudonymised", "after.mapping_kept_pseudonymised", "73条"),
        ("personal", "after.mapping_kept_inside", "66条"),
    ],
)
def test_a_kept_mapping_is_judged_by_what_is_made(claim: str, rule: str, place: str) -> None:
    said = found(answers={"claims_to_be": claim, "mapping_kept": "yes"})
    assert [r for r in said if r.startswith("after.mapping")] == [rule]
    assert place in text(said[rule])


def test_received_anonymised_information_has_its_own_ban() -> None:
    said = found(answers={"received_anonymised": "yes", "reidentification_test": "yes"})
    assert "123条" in text(said["after.reidentification_received"])
    assert "after.reidentification" not in said


# 15, 26: calls for proposals
def test_an_agency_need_not_call_for_proposals_whoever_founded_it() -> None:
    said = found(body_type="agency_hospital", answers={"claims_to_be": "anonymised_public"})
    assert "設立団体を問わず" in text(said["proposal.call_optional_agency"])
    assert "地方独立行政法人" in law.card("D-03").rule.ja


# 16: the yearly report
def test_the_yearly_report_is_asked_of_those_who_hold_files_with_numbers() -> None:
    answers = {"yearly_report": "no"}
    assert "number.yearly_report" not in found(answers=answers, uses_my_number=False)
    said = found(answers=answers, uses_my_number=True, body_type="union")
    assert "基礎項目評価書" in text(said["number.yearly_report"])


# 17: automatic decisions
def test_no_article_of_chapter_5_is_said_to_deal_with_automatic_decisions() -> None:
    said = found(answers={"decides_automatically": "yes"})["concern.automatic_decision"]
    assert said.severity is Severity.MEDIUM
    assert "自動決定を定めた条はありません" in text(said)


# 18, 23, 27: the text of the day
@pytest.mark.parametrize(
    ("day", "article", "standing"),
    [
        (date(2023, 4, 1), "69", "same"),
        (date(2023, 4, 1), "176", "differs"),
        (date(2024, 3, 31), "69", "same"),
        (date(2026, 8, 1), "69", "read"),
        (date(2026, 11, 30), "69", "superseded"),
        (date(2027, 1, 17), "69", "superseded"),
    ],
)
def test_the_act_of_a_day(day: date, article: str, standing: str) -> None:
    assert law.sources()["appi"].on(article, day)[0].value == standing


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2023, 5, 1), "differs"), (date(2024, 3, 31), "differs"), (date(2024, 4, 1), "later")],
)
def test_the_breach_rules_of_a_day(day: date, standing: str) -> None:
    assert law.sources()["rules"].on("43", day)[0].value == standing


def test_a_breach_before_april_2024_is_told_the_rules_of_then() -> None:
    said = found(PATIENTS, day=date(2024, 2, 10))
    assert "取得しようとしている" in text(said["law.breach_rules_before_2024"])
    assert "law.breach_rules_before_2024" not in found(PATIENTS, day=date(2024, 4, 1))


def test_a_citation_carries_the_text_of_the_day_where_it_was_compared() -> None:
    place = law.citation("B-09", date(2024, 2, 10))
    assert (place.revision, place.effective_from) == ("415AC0000000057_20230401", "2023-04-01")
    assert law.citation("B-09").effective_from == "2026-07-17"


@pytest.mark.parametrize(
    "day", [date(2023, 4, 1), date(2024, 3, 31), date(2026, 11, 30), date(2027, 1, 17)]
)
def test_every_reference_resolves_on_every_day(day: date) -> None:
    for card in law.cards():
        for place in law.citations(card.id, day):
            standing, other = law.standing(place, day)
            assert standing in law.Standing
            if standing is law.Standing.SAME:
                assert other is not None
                assert place.revision == other.revision
            if other is not None:
                assert law.card(other.told_by).rule.ja


# 19, 20: what is to come, and how surely it is known
def test_a_coming_amendment_is_told_with_its_dates_and_how_surely_they_are_known() -> None:
    said = text(found()["law.amendment_coming"])
    assert "2027年1月17日" in said
    assert "2027年4月1日" in said
    assert "二次資料" in said
    statuses = {place.revision: place.status.value for place in law.citations("J-01")}
    assert statuses["415AC0000000057_20261102_508AC0000000062"] == "VERIFIED-SECONDARY"


# 28 and the laws beside the Act
def test_survey_questionnaires_are_first_judged_by_the_statistics_act() -> None:
    said = found(purpose="国勢調査の調査票を市の計画に使う", legal_ground="法69条2項2号")
    assert "統計法52条" in text(said["use.statistical_questionnaire"])
    assert "use.statistical_questionnaire" not in found(legal_ground="法69条2項2号")


@pytest.mark.parametrize(
    ("purpose", "rule", "word"),
    [
        ("災害時に避難行動要支援者の名簿を自主防災組織に渡す", "other_law.k_01", "同意は要らない"),
        ("児童虐待の情報を児童相談所に渡す", "other_law.k_02", "同意は要件でない"),
        ("警察からの照会への回答", "other_law.k_06", "義務付けるものではなく"),
        ("空き家の所有者の調査", "other_law.k_05", "内部で利用できる"),
        ("公用車の更新の計画", None, ""),
    ],
)
def test_a_case_is_told_the_other_law_that_governs_it(
    purpose: str, rule: str | None, word: str
) -> None:
    said = {r: f for r, f in found(purpose=purpose).items() if r.startswith("other_law.")}
    assert (rule in said) if rule else not said
    assert not rule or word in text(said[rule])
