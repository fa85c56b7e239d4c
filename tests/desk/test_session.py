import json
from pathlib import Path

import pytest

import rules
from core import (
    CellKind,
    ColumnType,
    InputError,
    MekikiError,
    Message,
    Operation,
    Review,
    Role,
    SchemaCheckKind,
    UsageError,
)
from desk import PAPERS, PROCEDURES, Outcome, Session
from intake import Upload

SECRETS = ("佐藤花子", "山本トメ", "渡辺幸子", "090-0000-4321", "認知症", "7351")


def everything_said(session: Session) -> list[Outcome]:
    return [
        session.list_columns(),
        session.list_columns(role=Role.DIRECT_IDENTIFIER),
        session.list_columns(type=ColumnType.AGE),
        *(session.explain_column(c.name) for c in session.columns),
        session.list_unusual(),
        *(session.list_unusual(kind) for kind in CellKind),
        *(session.explain_cell(49, key) for key in [None, *session.table.keys]),  # type: ignore[union-attr]
        session.measure_risk(),
        session.measure_risk(["性別"]),
        session.compare_schema(),
        session.link_check(),
        session.propose_plan(3),
        session.choose_plan(1),
        session.preview(),
        session.change_plan("年齢", Operation.BAND, 20),
        session.undo(),
        session.protect_table(["町名", "性別"], 5),
        session.search_guidelines("氏名は消せば匿名ですか"),
        *(session.check_procedure(topic) for topic in PROCEDURES),
        session.set_case_fact("purpose", "健康づくりの計画"),
        session.make_report("draft_report", "docx"),
    ]


def test_the_review_sees_the_people(session: Session) -> None:
    review = session.review
    roles = {c.name: c.role for c in review.columns}
    assert roles["氏名"] is Role.DIRECT_IDENTIFIER
    assert roles["病名"] is Role.SENSITIVE
    assert {"年齢", "性別"} <= {n for n, r in roles.items() if r is Role.QUASI_IDENTIFIER}
    checks = {(c.kind, c.declared or c.column) for c in review.schema_check}
    assert (SchemaCheckKind.ABSENT, "電話") in checks
    assert (SchemaCheckKind.UNDECLARED, "病名") in checks
    assert all(f.citations or f.rule.startswith("pack.") for f in review.findings)
    assert all(f.trace.facts for f in review.findings if not f.rule.startswith("pack."))


def test_nothing_said_holds_a_value(session: Session) -> None:
    for outcome in everything_said(session):
        text = outcome.model_dump_json()
        json.loads(text)
        assert not [secret for secret in SECRETS if secret in text]
        assert outcome.message.ja
        assert outcome.message.en


def test_the_review_and_its_papers_hold_no_rare_value(session: Session) -> None:
    session.propose_plan(3)
    texts = [session.review.model_dump_json()]
    texts += [session.report(paper, "html").decode() for paper in PAPERS]
    for text in texts:
        assert not [secret for secret in SECRETS if secret in text]


def test_a_lone_person_is_explained(session: Session) -> None:
    said = session.explain_cell(49).message
    assert "しか" in said.ja or "ほかにいません" in said.ja
    assert session.explain_cell(49, "年齢").citations


def test_a_plan_reaches_k_and_can_be_undone(session: Session) -> None:
    session.propose_plan(3)
    first = session.plan
    seen = session.preview_now()
    assert seen is not None
    assert seen.after.k >= 3
    session.change_plan("年齢", Operation.DROP)
    assert session.plan != first
    session.undo()
    assert session.plan == first
    session.undo()
    assert session.plan is None
    with pytest.raises(UsageError):
        session.undo()


def test_a_plan_that_cannot_be_carried_out_changes_nothing(session: Session) -> None:
    session.propose_plan(3)
    before = session.plan
    with pytest.raises(MekikiError):
        session.change_plan("性別", Operation.BAND, "soup")
    assert session.plan == before


def test_a_case_brings_its_findings(session: Session) -> None:
    before = {f.rule for f in session.review.findings}
    session.set_case_fact("purpose", "健康づくりの計画の作成")
    assert "purpose.missing" in before
    assert "purpose.missing" not in {f.rule for f in session.review.findings}
    with pytest.raises(UsageError):
        session.set_case_fact("headcount", "たくさん")
    with pytest.raises(UsageError):
        session.set_case_fact("colour", "red")


def test_steps_are_done_again_in_a_new_session(session: Session) -> None:
    session.propose_plan(3)
    session.change_plan("年齢", Operation.BAND, 20)
    session.set_case_fact("headcount", 5000)
    state = json.loads(json.dumps(session.dump()))
    again = Session()
    again.add(list(session.uploads.values()))
    again.load(state)
    assert again.plan == session.plan
    assert again.case.headcount == 5000
    assert not [secret for secret in SECRETS if secret in json.dumps(state, ensure_ascii=False)]


def test_a_bad_file_leaves_what_was_there(session: Session) -> None:
    names = session.datasets
    with pytest.raises(InputError):
        session.add([Upload("empty.csv", b"")])
    assert session.datasets == names
    assert session.review.columns


def test_files_that_come_one_after_the_other_belong_together() -> None:
    session = Session()
    session.add([Upload("list.csv", "項目名,型\n区,文字\n人口,数値\n".encode())])
    assert session.table is None
    session.add([Upload("data.csv", "区,人口\n北,10\n南,20\n".encode())])
    assert session.table is not None
    assert session.dataset.schema is not None


def test_the_second_file_is_judged_under_its_own_name() -> None:
    session = Session()
    residents = "住民ID,性別\n" + "".join(f"{n:08d},{'男女'[n % 2]}\n" for n in range(50))
    care = "住民ID,要介護度\n" + "".join(f"{n:08d},要介護{n % 5 + 1}\n" for n in range(50))
    session.add([Upload("名簿.csv", residents.encode()), Upload("介護.csv", care.encode())])
    review = session.review
    (other,) = review.others
    assert (other.name, [c.name for c in other.columns]) == ("介護.csv", ["住民ID", "要介護度"])
    about = [f for f in review.findings if f.target.dataset == "介護.csv"]
    assert {f.target.column for f in about} >= {"住民ID", "要介護度"}
    assert len({f.id for f in review.findings}) == len(review.findings)
    assert not [f for f in about if f.rule.startswith(("purpose.", "law."))]


@pytest.mark.parametrize("name", ["nothing", ""])
def test_unknown_columns_and_rows_are_named(session: Session, name: str) -> None:
    for act in (
        lambda: session.explain_column(name),
        lambda: session.measure_risk([name]),
        lambda: session.change_plan(name, Operation.DROP),
        lambda: session.protect_table([name], 5),
        lambda: session.explain_cell(10_000),
        lambda: session.choose_plan(9),
    ):
        with pytest.raises(UsageError) as caught:
            act()
        assert caught.value.text("ja")
        assert caught.value.text("en")


def test_before_the_first_upload_the_desk_says_what_to_do() -> None:
    session = Session()
    assert session.columns == ()
    assert session.search_guidelines("要配慮個人情報とは何ですか").citations
    assert session.check_procedure("assessment").message.ja
    with pytest.raises(InputError):
        _ = session.review


@pytest.mark.shared
def test_the_published_list(shared: Path) -> None:
    data = shared / "data"
    session = Session()
    session.add(
        [
            Upload(name, (data / name).read_bytes())
            for name in ("patient_schema_ja.yaml", "aichi_patients.csv")
        ]
    )
    said = session.list_unusual(CellKind.RARE_COMBINATION).message.ja
    assert "29人" in said
    assert "108人" in said
    assert "年代・性別" in said
    session.propose_plan(5)
    seen = session.preview_now()
    assert seen is not None
    assert seen.after.k >= 5
    assert session.report("draft_report", "docx")


def test_coarser_goes_up_and_says_how_far(session: Session) -> None:
    first = session.change_plan("年齢", Operation.GENERALIZE).message
    second = session.change_plan("年齢", Operation.GENERALIZE).message
    assert "歳ごとにまとめる" in first.ja
    assert first.ja.split("。")[0] != second.ja.split("。")[0]
    assert "generalize" not in first.ja


def test_a_review_is_summed_up(session: Session) -> None:
    outcome = session.list_columns()
    assert "主なものは" in outcome.message.ja
    assert outcome.data["findings"]
    assert outcome.citations


def test_the_report_says_the_processing_in_words(session: Session) -> None:
    session.change_plan("年齢", Operation.BAND, 20)
    text = session.report("draft_report", "html").decode()
    assert "20歳ごとにまとめる" in text
    english = session.report("draft_report", "html", "en").decode()
    assert "Act on the Protection of Personal Information" in english
    assert "個人情報の保護に関する法律" not in english


def test_a_column_widened_row_by_row_is_not_called_as_fine_as_it_came(session: Session) -> None:
    session.propose_plan(3)
    plan, seen = session.plan, session.preview_now()
    assert plan is not None
    assert seen is not None
    widened = {
        s.column
        for s in plan.steps
        for loss in seen.loss.columns
        if loss.column == s.column and loss.loss > 0 and s.operation is Operation.KEEP
    }
    fine = [f.target.column for f in session.findings if f.rule == "criteria.item_1_fine"]
    assert plan.mode == "local"
    assert not widened & set(fine)


def test_a_day_that_is_kept_by_hand_is_counted() -> None:
    rows = "".join(
        f"2026-05-{1 + n % 28:02},{20 + 10 * (n % 3)}代,{'男女'[n % 2]}\n" for n in range(120)
    )
    session = Session()
    session.add([Upload("名簿.csv", f"発表日,年代,性別\n{rows}".encode())])
    session.propose_plan(5)
    said = session.change_plan("発表日", Operation.KEEP).message
    assert session.plan is not None
    assert "発表日" in session.plan.quasi
    assert "準識別子に数えます" in said.ja
    seen = session.preview_now()
    assert seen is not None
    assert seen.after.k >= 5
    session.undo()
    assert "発表日" not in session.plan.quasi


def test_quotes_are_in_the_language_of_the_question() -> None:
    english = Session().search_guidelines("What is special-care information?").passages
    japanese = Session().search_guidelines("要配慮個人情報とは何ですか").passages
    assert english[0].quote.isascii() or "“" in english[0].quote
    assert not japanese[0].quote.isascii()


NAMES = "氏名,年齢,区\n" + "".join(
    f"山田{('花子', '太郎')[n % 2]},{20 + n % 30},{('北区', '南区')[n % 2]}\n" for n in range(80)
)


@pytest.fixture
def names() -> Session:
    made = Session()
    made.add([Upload("名簿.csv", NAMES.encode())])
    made.suggest()
    return made


def test_turning_to_another_dataset_keeps_the_case_and_drops_the_plan(names: Session) -> None:
    names.set_case_fact("title", "名簿の提供")
    names.add([Upload("別.csv", NAMES.replace("区", "町").encode())])
    first, second = names.datasets
    names.suggest()
    names.turn_to(second)
    assert names.datasets == (second, first)
    assert names.plan is None and names.case.title == "名簿の提供"
    with pytest.raises(UsageError):
        names.turn_to("ない")


def test_answers_leave_fewer_questions_and_outlive_a_new_file(names: Session) -> None:
    asked = names.questions
    names.put_answer(asked[0].topic, asked[0].choices[0], asked[0].ask)
    assert asked[0] not in names.questions
    names.add([Upload("別.csv", NAMES.encode())])
    assert asked[0] not in names.questions


def test_papers_of_a_stored_review_hold_the_answers(session: Session) -> None:
    checklist = next(c for c in rules.catalog().checklists if c.id == "specification")
    session.put_answer(checklist.topic(checklist.items[0]), "yes", Message(ja="答え", en="answer"))
    kept = Review.model_validate_json(session.review.model_dump_json())
    stored = Session.of_review(kept)
    for paper in PAPERS:
        assert stored.report(paper, "json") == session.report(paper, "json")
    assert "はい" in stored.report("contract", "html").decode()
    stored.put_answer(checklist.topic(checklist.items[1]), "no", Message(ja="答え", en="answer"))
    assert "いいえ" in stored.report("contract", "html").decode()
