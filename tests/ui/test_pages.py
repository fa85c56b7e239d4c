"""Each page draws, in both languages, and shows what a file says as text."""

from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from core import Review
from tests.ui.conftest import app
from ui.state import Part, part_names

PAGES = ("evidence", "legal_grounds", "cases", "about")


def shown(at: AppTest) -> str:
    """All HTML on the page."""
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def problems(at: AppTest) -> list[str]:
    return [html for html in shown(at).splitlines() if 'role="alert"' in html]


@pytest.mark.parametrize("name", PAGES)
def test_pages_draw_in_both_languages(name: str) -> None:
    at = app().run()
    at.switch_page(f"ui/pages/{name}.py").run()
    assert not at.exception and not problems(at)
    at.button(key="language-switch").click().run()
    assert not at.exception and not problems(at)


def test_switching_the_language_changes_the_screen_and_back() -> None:
    at = app().run()
    assert "何を審査しますか" in [h.value for h in at.header]
    at.button(key="language-switch").click().run()
    assert "What will you review?" in [h.value for h in at.header]
    at.button(key="language-switch").click().run()
    assert "何を審査しますか" in [h.value for h in at.header]


@pytest.mark.parametrize("part", list(Part))
def test_parts_of_a_review_draw(opened: AppTest, part: Part) -> None:
    opened.run()
    opened.session_state["part-0"] = part_names()[part]
    opened.run()
    assert not opened.exception and not problems(opened)
    own = "まず見るところ" if part is Part.SUMMARY else part_names()[part]
    assert [h.value for h in opened.header] == [own, "相談"]


def test_switching_the_language_keeps_the_open_part(opened: AppTest) -> None:
    opened.run()
    opened.session_state["part-0"] = part_names()[Part.FINDINGS]
    opened.run()
    opened.button(key="language-switch").click().run()
    assert "Findings" in [h.value for h in opened.header]


def test_what_a_file_says_is_text(opened: AppTest, review: Review) -> None:
    hostile = review.columns[3].name
    opened.run()
    opened.session_state["part-0"] = part_names()[Part.COLUMNS]
    opened.run()
    assert escape(hostile) in shown(opened)
    assert hostile not in shown(opened)
    for element in [*opened.markdown, *opened.header, *opened.subheader, *opened.caption]:
        assert "onerror" not in str(element.value)


def test_jumping_to_a_cell_turns_the_page_and_explains(opened: AppTest) -> None:
    opened.run()
    opened.session_state["part-0"] = part_names()[Part.UNUSUAL]
    opened.run()
    opened.button(key="jump-alone:1").click().run()
    assert opened.session_state["table-page"] == 2
    assert [turn.text for turn in opened.session_state["screen"].turns] == [
        "85 行目「年代」",
        "理由です。",
    ]
