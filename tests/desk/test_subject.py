"""What a table is about is said, corrected and taken back, and all that follows changes with it."""

import pytest

from core import CaseFacts, SubjectKind, UsageError
from desk import Session, subject_line
from intake import Upload

PARKS = "名称,所在地,電話番号\n" + "".join(
    f"第{n}公園,北町{n}-1,03-1111-{n:04}\n" for n in range(1, 9)
)
CLAIMS = "被保険者番号,診療年月,傷病名\n" + "".join(
    f"{person:08},2024-{month:02},高血圧症\n" for person in range(1, 5) for month in range(1, 7)
)


def opened(text: str, name: str = "公園一覧.csv") -> Session:
    session = Session()
    session.add([Upload(name, text.encode())])
    return session


def test_a_list_of_parks_is_no_list_of_people() -> None:
    session = opened(PARKS)
    review = session.review
    assert review.subject is not None
    assert review.subject.kind is SubjectKind.FACILITY
    assert review.risk is None
    assert not [f for f in review.findings if f.severity == "high"]
    assert review.inputs[0].subject == review.subject
    assert subject_line(review.subject).ja == ("施設の表です。個人についての列は見当たりません。")
    session.suggest()
    assert session.plan is None


def test_the_line_names_the_unit() -> None:
    review = opened(CLAIMS, "レセプト.csv").review
    assert review.subject is not None
    said = subject_line(review.subject).ja
    assert said.startswith("人についての表です。「被保険者番号」で数えて 4 単位あり、")
    assert "一つにつき 6 行" in said


def test_a_sentence_corrects_it_and_undo_takes_it_back() -> None:
    session = opened(PARKS)
    session.call("set_case_fact", name="subject", value="person")
    assert session.review.subject is not None
    assert session.review.subject.kind is SubjectKind.PERSON
    assert session.review.subject.corrected_by == "case"
    assert [f for f in session.review.findings if f.severity == "high"]
    session.call("undo")
    assert session.review.subject.kind is SubjectKind.FACILITY


def test_a_case_says_it_before_the_files_come() -> None:
    session = Session()
    session.set_case(CaseFacts(subject=SubjectKind.PERSON, unit=("名称",)))
    session.add([Upload("公園一覧.csv", PARKS.encode())])
    subject = session.review.subject
    assert subject is not None and subject.unit is not None
    assert subject.kind is SubjectKind.PERSON
    assert subject.unit.columns == ("名称",)


def test_a_unit_that_is_no_column_is_refused() -> None:
    session = opened(PARKS)
    with pytest.raises(UsageError) as caught:
        session.call("set_case_fact", name="unit", value="宛名番号")
    assert caught.value.problems[0].code == "unknown-column"


def test_what_tells_nothing_is_to_be_confirmed() -> None:
    review = opened("a,b\np,q\nr,s\n", "x.csv").review
    assert review.subject is not None
    assert not review.subject.sure
    assert "確かめて" in subject_line(review.subject).ja
