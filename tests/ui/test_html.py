"""Whatever a file says is shown as text."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from ui.kit import plain, table, tag, text

HOSTILE = ["<script>alert(1)</script>", '" onmouseover="x', "&lt;b&gt;", "</style><b>"]


@given(st.text())
def test_text_shows_exactly_what_it_was_given(value: str) -> None:
    made = text(value)
    assert "<" not in made.replace("<br>", "")
    assert unescape(made.replace("<br>", "\n")) == value


@given(st.text())
def test_plain_leaves_no_markup_to_markdown(value: str) -> None:
    bare = re.sub(r"\\.", "", plain(value))
    assert not set(bare) & set("*_`[]<>:$#|~!&")
    assert "\n" not in bare


@given(st.text())
def test_plain_keeps_the_words(value: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(value)) == " ".join(value.split())


def test_attributes_cannot_be_broken_out_of() -> None:
    for hostile in HOSTILE:
        made = tag("a", "", title=hostile)
        assert made.count('"') == 2
        assert "<script" not in made


def test_cells_of_a_table_are_text() -> None:
    made = table(HOSTILE[0], [HOSTILE[0]], [[HOSTILE[0]]])
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 3
