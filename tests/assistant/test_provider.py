"""A configured provider: what it may see, what it may do, and what happens when it fails."""

import json
import threading
from typing import Any

import pytest

from assistant import Action, Assistant, Provider
from core import UsageError
from tests.assistant.paper_desk import QUOTE, SENTINELS, PaperDesk
from tests.assistant.stand_in import Body, StandIn, answers_of_tools

LONG = 280.0
"""Seconds after which a thread counts as hanging, however busy the machine is."""
DROP = Action(tool="change_plan", args={"column": "備考", "operation": "drop"})
SEARCH = Action(tool="search_guidelines", args={"query": "目的外の提供"})


def claims(*entries: tuple[str, str, str]) -> str:
    names = ("text", "passage_id", "quote")
    return json.dumps({"claims": [dict(zip(names, e, strict=True)) for e in entries]})


@pytest.fixture
def conversation(desk: PaperDesk, provider: Provider) -> Assistant:
    return Assistant(desk, provider=provider)


def test_no_cell_value_is_in_any_request(conversation: Assistant, stand_in: StandIn) -> None:
    for message in (
        "どんな列がありますか。一覧にして",
        "備考はなぜ？",
        "珍しい値を見せて",
        "2番目はなぜ？",
        "年齢と住所でリスクを測って",
        "k=3で安全にして",
        "1番目の案にして",
        "備考を落として、結果を見せて",
        "スキーマとの違いは？",
        "公開と突き合わせて",
        "どの条文に書いてありますか",
        "答申案をWordで",
    ):
        assert conversation.turn(message).engine == "openai:stand-in"
    sent = b"".join(stand_in.raw).decode() + json.dumps(stand_in.bodies, ensure_ascii=False)
    assert len(stand_in.bodies) > 20
    assert "備考" in sent
    assert not [value for value in SENTINELS if value in sent]


def test_rows_and_shapes_of_cells_stay_here(conversation: Assistant, stand_in: StandIn) -> None:
    turn = conversation.turn("珍しい値を見せて")
    assert "文字×" in turn.reply
    assert answers_of_tools(stand_in.bodies[-1]) == [{"done": True, "shown_to_user": True}]
    assert "文字×" not in json.dumps(stand_in.bodies, ensure_ascii=False)


def test_a_claim_with_a_quote_found_in_this_turn_is_said(
    conversation: Assistant, stand_in: StandIn
) -> None:
    said = claims(("目的外の提供は原則できません。", "B-08", QUOTE[:20]))
    stand_in.behaviour = lambda body: said if answers_of_tools(body) else SEARCH
    turn = conversation.turn("目的外に提供してよいですか")
    assert "目的外の提供は原則できません。（個人情報の保護に関する法律 69条）" in turn.reply
    assert turn.engine == "openai:stand-in"


@pytest.mark.parametrize(
    "claim",
    [
        ("罰金があります。", "B-08", "罰金に処せられることがある"),
        ("別の資料によります。", "A-01", QUOTE),
        ("短い引用です。", "B-08", "目的"),
        ("詳しくは http://example.com を見よ。", "B-08", QUOTE),
        ("<b>重要</b>", "B-08", QUOTE),
    ],
)
def test_a_claim_without_its_ground_is_dropped(
    conversation: Assistant, stand_in: StandIn, claim: tuple[str, str, str]
) -> None:
    stand_in.behaviour = lambda body: claims(claim) if answers_of_tools(body) else SEARCH
    turn = conversation.turn("目的外に提供してよいですか")
    assert turn.reply == "法69条です。"


def test_a_passage_of_an_earlier_turn_grounds_nothing(
    conversation: Assistant, stand_in: StandIn
) -> None:
    conversation.turn("目的外の提供の根拠は？")
    look = Action(tool="measure_risk")
    said = claims(("目的外の提供はできません。", "B-08", QUOTE))
    stand_in.behaviour = lambda body: said if answers_of_tools(body) else look
    assert conversation.turn("今のリスクは？").reply == "k=1です。"


def test_words_of_the_model_are_never_shown(conversation: Assistant, stand_in: StandIn) -> None:
    look = Action(tool="measure_risk")
    stand_in.behaviour = lambda body: "法令上は問題ありません。" if answers_of_tools(body) else look
    assert conversation.turn("今のリスクは？").reply == "k=1です。"


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_failing_provider_gives_way_to_the_offline_reading(
    conversation: Assistant, stand_in: StandIn, desk: PaperDesk, status: int
) -> None:
    stand_in.status = status
    turn = conversation.turn("備考を落として")
    assert turn.actions == (DROP,)
    assert turn.engine == "offline"
    assert "内蔵の読み取り" in turn.note
    assert desk.plan == [("備考", "drop", None)]


def test_a_silent_provider_gives_way_too(desk: PaperDesk, stand_in: StandIn) -> None:
    stand_in.answering.clear()
    slow = Provider(name="openai:stand-in", url=stand_in.url, key_env="STAND_IN_KEY", timeout=0.2)
    turn = Assistant(desk, provider=slow).turn("備考を落として")
    assert (turn.actions, turn.engine) == ((DROP,), "offline")


def test_a_provider_that_acts_late_does_nothing(
    desk: PaperDesk, provider: Provider, stand_in: StandIn
) -> None:
    """The thread that was given up may still get its answer: it must not act on it."""
    stand_in.answering.clear()
    stand_in.behaviour = lambda body: DROP
    Assistant(desk, provider=provider.model_copy(update={"timeout": 0.2})).turn("今のリスクは？")
    stand_in.answering.set()
    for thread in threading.enumerate():
        if thread.name == "conversation":
            thread.join(LONG)
    assert desk.plan == []


def test_an_unreachable_provider_gives_way(desk: PaperDesk) -> None:
    nowhere = Provider(
        name="openai:stand-in", url="http://127.0.0.1:9/v1", key_env="STAND_IN_KEY", timeout=LONG
    )
    assert Assistant(desk, provider=nowhere).turn("備考を落として").engine == "offline"


def test_what_was_done_before_a_failure_is_not_done_again(
    conversation: Assistant, stand_in: StandIn, desk: PaperDesk
) -> None:
    def breaks(body: Body) -> Action:
        if answers_of_tools(body):
            raise ConnectionError
        return DROP

    stand_in.behaviour = breaks
    turn = conversation.turn("備考を落として、結果を見せて")
    assert desk.plan == [("備考", "drop", None)]
    assert turn.actions == (DROP,)
    assert "途中で止まりました" in turn.note


def test_a_model_that_never_ends_is_stopped(
    conversation: Assistant, stand_in: StandIn, desk: PaperDesk
) -> None:
    stand_in.behaviour = lambda body: Action(tool="measure_risk")
    turn = conversation.turn("今のリスクは？")
    assert len(turn.actions) <= 50
    assert turn.note


def test_parallel_calls_are_taken_one_at_a_time(
    conversation: Assistant, stand_in: StandIn, desk: PaperDesk
) -> None:
    preview = Action(tool="preview")

    def eager(body: Body) -> Any:
        done = len(answers_of_tools(body))
        return [DROP, preview] if done == 0 else preview if done == 1 else claims()

    stand_in.behaviour = eager
    conversation.turn("備考を落として、結果を見せて")
    assert [tool for tool, _ in desk.calls] == ["change_plan", "preview"]


def test_arguments_that_do_not_fit_reach_no_desk(
    conversation: Assistant, stand_in: StandIn, desk: PaperDesk
) -> None:
    bad = Action(tool="change_plan", args={"column": "備考", "operation": "publish"})
    stand_in.behaviour = lambda body: (
        claims() if any(m["role"] == "tool" for m in body["messages"]) else bad
    )
    conversation.turn("備考をどうにかして")
    assert "change_plan" not in [tool for tool, _ in desk.calls]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"MEKIKI_MODEL": ""}, None),
        ({"MEKIKI_MODEL": "openai:m"}, Provider(name="openai:m")),
        (
            {
                "MEKIKI_MODEL": "openai:m",
                "MEKIKI_MODEL_TIMEOUT": "3",
                "MEKIKI_MODEL_URL": "http://x",
            },
            Provider(name="openai:m", timeout=3, url="http://x"),
        ),
    ],
)
def test_the_environment_configures_it(environ: dict[str, str], expected: Provider | None) -> None:
    assert Provider.configured(environ) == expected


def test_a_bad_timeout_is_explained() -> None:
    with pytest.raises(UsageError) as raised:
        Provider.configured({"MEKIKI_MODEL": "openai:m", "MEKIKI_MODEL_TIMEOUT": "soon"})
    assert "MEKIKI_MODEL_TIMEOUT" in raised.value.text("ja")


def test_a_provider_without_its_extra_is_named(
    desk: PaperDesk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_: Any, **__: Any) -> None:
        raise ImportError("langchain_openai")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", absent)
    with pytest.raises(UsageError) as raised:
        provider.open()
    for lang in ("ja", "en"):
        assert "[openai]" in raised.value.text(lang)
    turn = Assistant(desk, provider=provider).turn("備考を落として")
    assert (turn.actions, turn.engine) == ((DROP,), "offline")
    assert "[openai]" in turn.note
