"""A question is read once, and its answer is that of its day and body."""

from datetime import date

import pytest

import knowledge
from knowledge.question import Question


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("2024年2月にサイトが改ざんされました", date(2024, 2, 1)),
        ("令和4年3月28日の時点では", date(2022, 3, 28)),
        ("What held in February 2024?", date(2024, 2, 1)),
        ("2026年7月17日の改正とは何ですか", None),
        ("名簿を渡せますか", None),
    ],
)
def test_the_day_it_speaks_of(asked: str, day: date | None) -> None:
    assert Question.of(asked).day == day


def test_the_case_gives_day_and_body_before_the_text() -> None:
    asked = Question.of("2024年2月に市民病院で", date(2025, 1, 1), "city")
    assert (asked.day, asked.body) == (date(2025, 1, 1), "city")


@pytest.mark.parametrize(
    ("asked", "body"),
    [
        ("公立大学法人の研究は", "agency_university"),
        ("市民病院で名簿をなくしました", "hospital"),
        ("大学に名簿を渡せますか", None),
        ("指定管理者の守秘義務は", None),
    ],
)
def test_the_body_it_names(asked: str, body: str | None) -> None:
    assert Question.of(asked).body == body


def test_an_answer_for_an_agency_rests_on_what_binds_it() -> None:
    asked = "名簿を紛失しました。何人から報告しますか"
    city = knowledge.answer(asked, body="city")
    agency = knowledge.answer(asked, body="agency_hospital")
    assert {"B-07"} <= {p.id for p in city.passages}
    assert "B-07" not in {p.id for p in agency.passages}
    assert any(c.article == "26" for c in agency.citations)


def test_an_answer_says_what_differed_on_its_day() -> None:
    asked = "漏えいはいつ報告しますか"
    then = knowledge.answer(asked, day=date(2024, 2, 10))
    assert "2024-04-01" in then.answer.ja
    assert "2024-04-01" not in knowledge.answer(asked).answer.ja


def test_before_the_act_bound_municipalities_the_answer_says_so() -> None:
    found = knowledge.answer("目的外に使えますか", day=date(2022, 3, 28))
    assert any("当時の条例" in caveat.ja for caveat in found.caveats)
    assert not any("施行予定" in text.ja for text in (found.answer, *found.caveats))


@pytest.mark.parametrize(
    ("asked", "law"),
    [
        ("洪水のおそれがあるとき、要支援者の名簿を町内会に渡せますか", "災害対策基本法"),
        (
            "保育園が虐待を疑う子のことを児童相談所に話してよいですか",
            "児童虐待の防止等に関する法律",
        ),
        ("家庭内暴力から逃げた人の住所を夫に知られないようにするには", "住民基本台帳法"),
    ],
)
def test_a_question_of_life_and_safety_is_answered_with_its_own_law(asked: str, law: str) -> None:
    found = knowledge.answer(asked)
    assert not found.abstained
    assert law in {c.law for c in found.citations}
