"""The processed file and its certificate never touch the disk."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from core import Operation, UsageError
from desk import Session
from intake import Upload

DATA = "氏名,年齢,区\n" + "".join(
    f"山田{('花子', '太郎')[n % 2]},{20 + n % 30},{('北区', '南区')[n % 2]}\n" for n in range(80)
)


@pytest.fixture
def session() -> Session:
    made = Session()
    made.add([Upload("名簿.csv", DATA.encode())])
    made.suggest()
    return made


def test_the_certificate_is_of_the_bytes_handed_out(session: Session) -> None:
    content, certificate = session.processed_file("csv")
    assert certificate.sha256 == hashlib.sha256(content).hexdigest()
    assert certificate.passed and certificate.k >= 5
    assert "山田" not in content.decode("utf-8-sig")


def test_a_workbook_is_certified_as_well(session: Session) -> None:
    content, certificate = session.processed_file("xlsx")
    assert certificate.passed
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None and sheet.max_row == 81


def test_a_plan_that_misses_its_goal_says_so(session: Session) -> None:
    session.change_plan("年齢", Operation.KEEP)
    _, certificate = session.processed_file("csv")
    assert certificate.k == session.preview_now().after.k  # type: ignore[union-attr]
    assert certificate.passed == (certificate.k >= certificate.goal.k) or certificate.failures


def test_nothing_is_written(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    real: Callable[..., Any] = io.open

    def watched(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if set(mode) & set("wax+"):
            opened.append(file)
        return real(file, mode, *rest, **more)

    monkeypatch.setattr("builtins.open", watched)
    monkeypatch.setattr("io.open", watched)
    session.processed_file("csv")
    assert opened == []


def test_without_a_plan_there_is_no_file() -> None:
    made = Session()
    made.add([Upload("名簿.csv", DATA.encode())])
    with pytest.raises(UsageError):
        made.processed_file("csv")


def test_turning_to_another_dataset_keeps_the_case_and_drops_the_plan(session: Session) -> None:
    session.set_case_fact("title", "名簿の提供")
    session.add([Upload("別.csv", DATA.replace("区", "町").encode())])
    first, second = session.datasets
    session.suggest()
    session.turn_to(second)
    assert session.datasets == (second, first)
    assert session.plan is None and session.case.title == "名簿の提供"
    with pytest.raises(UsageError):
        session.turn_to("ない")


def test_answers_leave_fewer_questions_and_outlive_a_new_file(session: Session) -> None:
    asked = session.questions
    session.put_answer(asked[0].topic, asked[0].choices[0], asked[0].ask)
    assert asked[0] not in session.questions
    session.add([Upload("別.csv", DATA.encode())])
    assert asked[0] not in session.questions
