"""What a table is about is said, corrected and taken back, and all that follows changes with it."""

import re

import pytest

from core import CaseFacts, ColumnType, PlanError, Role, SubjectKind, UsageError
from desk import Session, read_case, subject_line
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
    assert said.startswith("人についての表です。「被保険者番号」で数えて 4 件あり、")
    assert "一件につき 6 行" in said


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


PEOPLE = "氏名,年齢,町,世帯番号\n" + "".join(
    f"見本 花子{n},{30 + n % 2},町{n % 3 % 2},{n % 4}\n" for n in range(60)
)


def test_a_corrected_column_holds_in_review_plan_case_and_paper() -> None:
    session = opened(PEOPLE, "住民.csv")
    session.suggest()
    assert session.plan is not None and "年齢" in session.plan.quasi
    session.correct_column("年齢", role=Role.OTHER)
    session.correct_column("町", type=ColumnType.FACILITY)
    columns = {c.name: c for c in session.review.columns}
    assert columns["年齢"].role is Role.OTHER
    assert columns["町"].type is ColumnType.FACILITY
    assert columns["町"].corrected_by == "case"
    assert session.examined.inspection.quasi == ("町",)
    assert session.plan is not None and "町" in session.plan.quasi
    assert session.review.case.columns["年齢"].role is Role.OTHER
    written = session.make_report("findings", "json")
    assert written.data
    session.call("undo")
    session.call("undo")
    assert {c.name: c.corrected_by for c in session.columns}["年齢"] is None
    assert session.plan is not None and "年齢" in session.plan.quasi


def test_a_case_file_corrects_columns_before_the_data_come() -> None:
    case = read_case("case.yaml", "columns: {年齢: {type: 電話番号}, 町: {role: other}}".encode())
    session = Session()
    session.set_case(case)
    session.add([Upload("住民.csv", PEOPLE.encode())])
    found = {c.name: (c.type, c.role) for c in session.columns}
    assert found["年齢"] == (ColumnType.PHONE, Role.DIRECT_IDENTIFIER)
    assert found["町"][1] is Role.OTHER


def test_a_column_that_is_none_cannot_be_corrected() -> None:
    with pytest.raises(UsageError) as caught:
        opened(PEOPLE).correct_column("身長", role=Role.OTHER)
    assert caught.value.problems[0].code == "unknown-column"


def test_what_a_person_says_of_a_column_holds_in_a_table_of_facilities() -> None:
    session = opened(PARKS)
    session.correct_column("電話番号", type=ColumnType.PHONE, role=Role.DIRECT_IDENTIFIER)
    assert session.review.subject is not None
    assert session.review.subject.people_columns == ("電話番号",)
    assert [c.name for c in session.examined.inspection.about_people] == ["電話番号"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        (PARKS, "公園一覧.csv", "of_no_people"),
        ("町,0〜4歳人口,5〜9歳人口\n北,3,4\n南,12,9\n", "町別人口.csv", "of_counts"),
    ],
)
def test_no_plan_is_made_where_the_rows_are_nobody(text: str, name: str, code: str) -> None:
    session = opened(text, name)
    with pytest.raises(PlanError) as caught:
        session.propose_plan(5)
    assert caught.value.problems[0].code == code


def test_a_mixed_table_is_split_row_by_row_without_names() -> None:
    rows = "".join(
        f"{n},{'個人' if n % 3 else '法人'},{n * 100},{'1970-01-02' if n % 3 else ''}\n"
        for n in range(1, 31)
    )
    subject = opened("管理番号,個人法人の別,税額,生年月日\n" + rows, "課税.csv").review.subject
    assert subject is not None and subject.split is not None
    assert (subject.split.people, subject.split.bodies, subject.split.unclear) == (20, 10, 0)
    assert "個人 20 件・法人その他の団体 10 件" in subject_line(subject).ja


SALONS = "施設名称,施設所在地,開設者名,開設者住所,許可番号,備考\n" + "".join(
    f"美容室あお{n},北町{n}-1,{('株式会社あお', '山田 太郎')[n % 2]},南町{n}-2,第{n}号,改装中\n"
    for n in range(1, 141)
)
NOBODY = {
    "公園一覧.csv": PARKS,
    "美容所一覧.csv": SALONS,
    "橋梁点検結果.csv": "橋梁名,路線名,橋長,架設年\n"
    + "".join(f"第{n}橋,市道{n}号線,{n * 3},19{50 + n}\n" for n in range(1, 40)),
    "イベント一覧.csv": "イベント名,開催日,会場,定員\n"
    + "".join(f"第{n}回まつり,2025-01-{n:02},北会館,{n * 10}\n" for n in range(1, 29)),
    "登録業者.csv": "法人名,所在地,資本金\n"
    + "".join(f"株式会社あお{n},北町{n}-1,{n * 100}\n" for n in range(1, 40)),
    "町別人口.csv": "町名,0〜4歳,5〜9歳,総数\n"
    + "".join(f"町{n},{n % 7},{n % 5 + 1},{n % 7 + n % 5 + 1}\n" for n in range(1, 30)),
}
A_PERSON = re.compile(r"(?<![個法])人(?!口|についての|や世帯|の表|数|と対応)")
"""What calls a row 人: "一人しかいない人", "3人", "この人だけ"; not 人口, 個人, 法人."""


@pytest.mark.parametrize("name", NOBODY)
def test_nobody_is_called_a_person_where_the_rows_are_none(name: str) -> None:
    session = opened(NOBODY[name], name)
    subject = session.review.subject
    assert subject is not None and not subject.kind.of_people
    session.suggest()
    review = session.review
    said = [subject_line(subject), *session.hints]
    said += [f.message for f in review.findings if f.target.column not in subject.people_columns]
    said += [c.why for c in review.columns if c.name not in subject.people_columns]
    said += [n.reason for n in review.cells if n.column not in subject.people_columns]
    said += [session.call(tool).message for tool in ("list_unusual", "measure_risk")]
    called = [m.ja for m in said if A_PERSON.search(m.ja)]
    assert not called


def test_a_list_of_facilities_is_no_anonymised_information_and_a_column_is_told_once() -> None:
    session = opened(SALONS, "美容所一覧.csv")
    found = [f for f in session.review.findings if f.rule.startswith(("column.", "cells."))]
    assert {f.target.column for f in found} >= {"開設者名"}
    assert len(found) == len({f.target.column for f in found})
    assert not [card for f in found for card in f.cards if card.startswith("D-")]
    assert not [f for f in session.review.findings if f.rule == "dataset.breach_over_100"]


def test_a_table_of_counts_is_protected_as_it_stands_and_the_review_says_how() -> None:
    session = opened(NOBODY["町別人口.csv"], "町別人口.csv")
    (finding,) = [f for f in session.review.findings if f.rule == "table.small_counts"]
    assert "表の秘匿" in finding.remedy.ja
    assert "mekiki protect" in finding.remedy.ja
    counts = session.count_table
    assert counts is not None
    found = session.protect_table(list(counts.names), 5)
    assert found.data["primary"] > 0


def test_what_a_table_of_counts_gives_away_is_a_finding_each() -> None:
    text = "町名,0〜4歳,5〜9歳,総数\n北,x,40,43\n南,30,50,81\n東,20,31,51\n"
    rules = {f.rule: f.message.ja for f in opened(text, "町別人口.csv").review.findings}
    assert "1 行目の「0〜4歳」" in rules["table.withheld_derived"]
    assert "2 行目の「総数」" in rules["table.totals_disagree"]
