"""Whatever the screen offers for a column can be carried out, and says why."""

import pytest

import law
from core import ColumnReport, ColumnType, Operation, Role, Support
from core.message import Message
from desk import GROUNDS, Choice, Session, choices, treatment
from intake import Upload

ROWS = 60
HEADER = "氏名,年齢,生年月日,性別,郵便番号,住所,所得,世帯人数,職業,年代・性別,備考"


@pytest.fixture(scope="module")
def session() -> Session:
    """Made-up people with a column of nearly every kind."""
    lines = [HEADER]
    for n in range(ROWS):
        sex = "男女"[n % 2]
        lines.append(
            f"山田{('花子', '太郎', '次郎')[n % 3]},{20 + n % 50},{1950 + n % 50}-0{1 + n % 9}-11,"
            f"{sex},46{n % 3}-000{n % 9},愛知県名古屋市{'北東'[n % 2]}区桜町{1 + n % 4}丁目,"
            f"{(n % 20) * 100000},{1 + n % 5},{('会社員', '看護師', '農業')[n % 3]},"
            f"{20 + n % 5 * 10}代{sex}性,"
        )
    made = Session()
    made.add([Upload("名簿.csv", "\n".join(lines).encode())])
    made.propose_plan(3)
    return made


def parameters(choice: Choice) -> tuple[int | float | str | None, ...]:
    if choice.operation is Operation.PSEUDONYMIZE:
        return ("県",)
    return choice.offered or (choice.usual,)


def test_every_offer_can_be_carried_out(session: Session) -> None:
    tried = set()
    for report in session.columns:
        for choice in choices(report):
            for parameter in parameters(choice):
                session.change_plan(report.name, choice.operation, parameter)
                tried.add(choice.operation)
                session.undo()
    assert tried == set(Operation)


def test_each_operation_is_offered_once(session: Session) -> None:
    for report in session.columns:
        offered = [choice.operation for choice in choices(report, 4)]
        assert len(offered) == len(set(offered))


def test_every_operation_says_what_it_is_for_and_rests_on_cards() -> None:
    assert set(GROUNDS) == set(Operation)
    for operation, ground in GROUNDS.items():
        assert ground.reason.ja.endswith("。")
        for card in ground.cards:
            assert law.citation(card)
        assert (ground.place is None) is (operation is Operation.KEEP)


def test_a_given_hierarchy_offers_its_levels_below_the_top() -> None:
    report = ColumnReport(
        name="町名",
        position=1,
        type=ColumnType.CATEGORY,
        role=Role.QUASI_IDENTIFIER,
        confidence=1.0,
        support=Support(n=1, of=1),
        why=Message(ja="", en=""),
    )
    offered = [c.offered for c in choices(report, 3) if c.operation is Operation.GENERALIZE]
    assert offered == [(1, 2, "other")]


@pytest.mark.parametrize(
    ("operation", "parameter", "kind", "ja"),
    [
        (Operation.BAND, 20, ColumnType.AGE, "20歳ごとにまとめる"),
        (Operation.BAND, "month", ColumnType.BIRTH_DATE, "年月までにする"),
        (Operation.GENERALIZE, 2, ColumnType.CATEGORY, "区分を2段階粗くする"),
        (Operation.ROUND, 100_000, ColumnType.INCOME, "100,000単位に丸める"),
    ],
)
def test_steps_are_told_in_words(
    operation: Operation, parameter: int | str, kind: ColumnType, ja: str
) -> None:
    assert treatment(operation, parameter, kind).ja == ja
