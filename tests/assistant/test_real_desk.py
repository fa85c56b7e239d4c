"""The conversation over the real desk: what it does, and that no value of a cell leaves."""

import json
import random

import pytest

from assistant import Assistant, Provider
from core import fold
from desk import Session
from intake import Upload
from tests.assistant.stand_in import StandIn

ROWS = 60
HEADERS = "受付番号,氏名,年齢,性別,住所,備考"
PLACES = ("桜川市あかね町", "桜川市みどり町", "桜川市ひかり町", "藤波市あさひ町")
NOTES = ("窓口で相談があった", "書類の再提出を求めた", "妻の金光ゆらら様から電話", "特に無し")


def table() -> tuple[bytes, set[str]]:
    """A made-up register, and the texts in it that must stay inside."""
    made = random.Random(7)
    rows = []
    for n in range(ROWS):
        name = f"金光{made.choice('きぬゆら')}{made.choice('さたえり')}{n}"
        rows.append(
            [
                f"ZX{made.randrange(10**7, 10**8)}",
                name,
                str(made.randrange(18, 97)),
                made.choice("男女"),
                f"{made.choice(PLACES)}{made.randrange(1, 90)}番地{made.randrange(1, 9)}",
                made.choice(NOTES),
            ]
        )
    text = "\n".join([HEADERS, *(",".join(row) for row in rows)])
    inside = {cell for row in rows for n, cell in enumerate(row) if n not in (2, 3)}
    return text.encode(), inside


@pytest.fixture(scope="module")
def upload() -> tuple[bytes, set[str]]:
    return table()


@pytest.fixture
def session(upload: tuple[bytes, set[str]]) -> Session:
    desk = Session()
    desk.add([Upload("受付簿.csv", upload[0])])
    return desk


MESSAGES = (
    "列の一覧",
    "氏名の列はなぜ黄色？",
    "備考はなぜ？",
    "変わったセルを見せて",
    "2番目はなぜ？",
    "3行目の備考を説明して",
    "一人しかいない人を見せて",
    "備考に隠れた個人情報は？",
    "年齢と住所でリスクを測って",
    "年齢を20歳刻みにしたら？",
    "k=5で安全にして",
    "2番目の案にして",
    "氏名を落として、結果を見せて",
    "性別と年齢の表で5未満は伏せて",
    "他の公開データと突き合わせたら？",
    "対象者は1,200人です",
    "答申案をWordで",
)


def test_no_cell_value_is_in_any_request(
    session: Session, provider: Provider, stand_in: StandIn, upload: tuple[bytes, set[str]]
) -> None:
    conversation = Assistant(session, provider=provider)
    for message in MESSAGES:
        turn = conversation.turn(message)
        assert turn.engine == "openai:stand-in", message
        assert "ask_back" not in [a.tool for a in turn.actions], message
    sent = fold(json.dumps(stand_in.bodies, ensure_ascii=False))
    assert "受付番号" in sent
    assert len(stand_in.bodies) >= 2 * len(MESSAGES)
    assert not [value for value in upload[1] if fold(value) in sent]
    assert "金光" not in sent
    state = json.dumps(conversation.dump(), ensure_ascii=False)
    assert not [value for value in upload[1] if value in state]


def test_no_reply_holds_a_cell_value(session: Session, upload: tuple[bytes, set[str]]) -> None:
    conversation = Assistant(session, provider=None)
    for message in MESSAGES:
        said = conversation.turn(message).model_dump_json()
        assert not [value for value in upload[1] if value in said], message


def test_what_is_said_changes_the_plan(session: Session) -> None:
    conversation = Assistant(session, provider=None)
    conversation.turn("氏名を落として、年齢を20歳刻みに")
    plan = session.plan
    assert plan is not None
    steps = {s.column: (s.operation.value, s.parameter) for s in plan.steps}
    assert steps["氏名"] == ("drop", None)
    assert steps["年齢"] == ("band", 20)
    conversation.turn("さっきのを戻して")
    assert session.plan != plan
    conversation.turn("委託先は入札で選び、サーバは東京")
    assert session.case.contractor.selection == "入札"
    assert session.case.server_country == "JP"
