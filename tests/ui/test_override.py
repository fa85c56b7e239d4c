"""A table that fails an audit leaves only with a recorded decision."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from core import Message
from tests.ui.test_pages import problems
from ui.safe_version import protect_table
from ui.state import Part, part_names


def said(ja: str) -> Message:
    return Message(ja=ja, en="In English.")


@pytest.fixture
def failed(opened: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The part of the tables, showing one that fails an audit."""
    monkeypatch.setattr(protect_table, "draw_tables", lambda found: None)
    found = SimpleNamespace(
        passed=False,
        summary=lambda: said("点検に合格していません。"),
        audits={"linear": SimpleNamespace(passed=False)},
        statements=lambda: [said("一つの欄を言い当てられます。")],
    )
    opened.session_state["screen"].desk.protected = found
    opened.run()
    opened.session_state["part-0"] = part_names()[Part.TABLES]
    opened.run()
    return opened


def downloads(at: AppTest) -> list[str]:
    return [str(block.proto.label) for block in at.get("download_button")]


def test_without_a_decision_there_is_nothing_to_download(failed: AppTest) -> None:
    assert downloads(failed) == []


def test_a_decision_needs_a_person_and_a_reason(failed: AppTest) -> None:
    failed.text_input(key="override-0-by").set_value("情報政策課長")
    failed.button(key="FormSubmitter:override-0-form-この決定を記録する").click().run()
    assert "理由" in problems(failed)[0]
    assert downloads(failed) == []


def test_a_recorded_decision_lets_this_table_go_and_no_other(failed: AppTest) -> None:
    failed.text_input(key="override-0-by").set_value("情報政策課長")
    failed.text_area(key="override-0-reason").set_value("既に公表した値だけのため")
    failed.button(key="FormSubmitter:override-0-form-この決定を記録する").click().run()
    assert downloads(failed) == ["表と証明書を受け取る"]
    held = failed.session_state["screen"]
    assert held.place.override[1].by == "情報政策課長"
    held.desk.protected = SimpleNamespace(**vars(held.desk.protected))
    failed.run()
    assert downloads(failed) == []
