"""The same tests run offline and against a provider that speaks the OpenAI wire format."""

import json
import os
import threading
from typing import Any

import pytest

from assistant import Assistant, Turn
from desk import Outcome
from tests.assistant.paper_desk import LAW, SENTINELS, PaperDesk, said

LONG = 280.0
"""Seconds after which a thread counts as hanging, however busy the machine is."""
COLUMN = {"column": "備考"}
DROP = {"column": "備考", "operation": "drop"}


def done(turn: Turn) -> list[tuple[str, dict[str, Any]]]:
    return [(a.tool, a.args) for a in turn.actions]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("備考の列はなぜ黄色？", [("explain_column", COLUMN)]),
        ("一人しかいない人を見せて", [("list_unusual", {"kind": "rare_combination"})]),
        (
            "年齢を20歳刻みにしたら？",
            [
                ("change_plan", {"column": "年齢", "operation": "band", "parameter": 20}),
                ("preview", {}),
            ],
        ),
        ("k=3で安全にして", [("propose_plan", {"k": 3})]),
        ("備考を落として、結果を見せて", [("change_plan", DROP), ("preview", {})]),
        ("drop the remarks", [("change_plan", DROP)]),
        (
            "委託先は入札で選び、サーバは東京",
            [
                ("set_case_fact", {"name": "contractor.selection", "value": "入札"}),
                ("set_case_fact", {"name": "server_country", "value": "JP"}),
            ],
        ),
        ("どの評価が必要ですか", [("check_procedure", {"topic": "assessment"})]),
        ("答申案をWordで", [("make_report", {"paper": "draft_report", "format": "docx"})]),
        ("公開と突き合わせて", [("link_check", {"other": "公開.csv"})]),
    ],
)
def test_a_message_becomes_actions(
    assistant: Assistant,
    desk: PaperDesk,
    request: pytest.FixtureRequest,
    message: str,
    expected: list[tuple[str, dict[str, Any]]],
) -> None:
    turn = assistant.turn(message)
    assert done(turn) == expected
    assert [(tool, args) for tool, args in desk.calls] == expected
    assert turn.engine == request.node.callspec.params["assistant"]
    assert turn.reply
    assert not turn.note


def test_it_remembers_what_was_said(assistant: Assistant, desk: PaperDesk) -> None:
    assistant.turn("備考はなぜ？")
    assert done(assistant.turn("それを消して")) == [("change_plan", DROP)]
    assert desk.plan == [("備考", "drop", None)]
    assistant.turn("さっきのを戻して")
    assert desk.plan == []


def test_the_second_of_a_list(assistant: Assistant) -> None:
    assistant.turn("準識別子はどれ？")
    assert done(assistant.turn("2番目はなぜ？")) == [("explain_column", {"column": "住所"})]
    assistant.turn("住所の珍しい値は？")
    second = done(assistant.turn("2番目はなぜ？"))
    assert second == [("explain_cell", {"row": 3, "column": "住所"})]


def test_what_was_clicked_is_this(assistant: Assistant) -> None:
    assistant.look("住所", 2)
    assert done(assistant.turn("この列はなぜ？")) == [("explain_column", {"column": "住所"})]
    assert done(assistant.turn("このセルは？")) == [("explain_cell", {"row": 2, "column": "住所"})]


def test_it_asks_rather_than_guesses(assistant: Assistant, desk: PaperDesk) -> None:
    turn = assistant.turn("それを消して")
    assert [a.tool for a in turn.actions] == ["ask_back"]
    assert desk.plan == []
    assert "列" in turn.reply


def test_an_answer_completes_the_request(desk: PaperDesk) -> None:
    conversation = Assistant(desk, provider=None)
    conversation.turn("それを消して")
    assert done(conversation.turn("備考です")) == [("change_plan", DROP)]


def test_grounds_come_with_the_answer(assistant: Assistant) -> None:
    assistant.turn("備考はなぜ？")
    turn = assistant.turn("どの条文に書いてありますか")
    assert [a.tool for a in turn.actions] == ["search_guidelines"]
    assert turn.citations == (LAW,)
    assert turn.passages[0].locator == "69条"


def test_it_says_so_when_there_is_no_ground(assistant: Assistant) -> None:
    turn = assistant.turn("今日は傘が要りますか")
    assert "見つかりません" in turn.reply
    assert turn.citations == ()


def test_an_error_of_the_desk_is_said_in_words(assistant: Assistant) -> None:
    turn = assistant.turn("kを100に")
    assert "kが行数を超えています" in turn.reply


def test_the_stream_ends_in_its_turn(assistant: Assistant) -> None:
    *pieces, last = assistant.stream("備考を落として、結果を見せて")
    assert isinstance(last, Turn)
    assert "".join(str(p) for p in pieces) == last.reply
    assert len(pieces) == 2


def test_many_actions_stay_in_order(assistant: Assistant, desk: PaperDesk) -> None:
    for _ in range(3):
        assistant.turn("氏名と備考と住所を消して、kを3にして、結果を見せて")
    tools = [tool for tool, _ in desk.calls]
    assert tools == ["change_plan", "change_plan", "change_plan", "propose_plan", "preview"] * 3


def test_the_state_goes_to_a_file_and_back(assistant: Assistant, desk: PaperDesk) -> None:
    assistant.turn("利用目的は名簿の確認です。備考はなぜ？")
    text = json.dumps(assistant.dump(), ensure_ascii=False)
    assert "名簿の確認" not in text
    assert not any(value in text for value in SENTINELS)
    later = Assistant(desk, provider=None)
    later.load(json.loads(text))
    assert done(later.turn("それを消して")) == [("change_plan", DROP)]


def test_english_replies(desk: PaperDesk) -> None:
    turn = Assistant(desk, provider=None, lang="en").turn("delete it")
    assert turn.reply == "Which column do you mean? Please name it."


def test_slow_work_is_announced_before_it_is_done(desk: PaperDesk) -> None:
    done = threading.Event()

    def slow(k: int, l: int | None = None, t: float | None = None) -> Outcome:  # noqa: E741
        done.wait(LONG)
        return said("できました。")

    desk.propose_plan = slow  # type: ignore[method-assign]
    stream = Assistant(desk, provider=None).stream("k=3で安全にして")
    assert next(stream) == "k=3 を満たす加工案を探します。"
    done.set()
    assert next(stream) == "\nできました。"


def test_a_turn_that_is_abandoned_does_nothing_more(desk: PaperDesk) -> None:
    stream = Assistant(desk, provider=None).stream("k=3で安全にして、備考を落として")
    held = threading.Event()
    real = desk.propose_plan

    def slow(k: int, l: int | None = None, t: float | None = None) -> Outcome:  # noqa: E741
        held.wait(LONG)
        return real(k, l, t)

    desk.propose_plan = slow  # type: ignore[method-assign]
    next(stream)
    stream.close()
    held.set()
    for thread in threading.enumerate():
        if thread.name == "conversation":
            thread.join(LONG)
    assert desk.plan == []


def test_a_fault_of_the_desk_is_not_hidden(desk: PaperDesk) -> None:
    def broken() -> Outcome:
        raise ZeroDivisionError

    desk.preview = broken  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        Assistant(desk, provider=None).turn("プレビュー")


def test_runs_are_reported_to_nobody(desk: PaperDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    Assistant(desk, provider=None).turn("今のリスクは？")
    assert os.environ["LANGSMITH_TRACING"] == "false"
