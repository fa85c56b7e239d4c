"""The page of the table: right rows, right marks."""

import pytest

from core import Review, Table
from ui.kit import FOCUS, ROLE_COLOURS, UNUSUAL
from ui.review.unusual import ROWS, headings, marked, page_count, page_of, roles_of, styled


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*ROLE_COLOURS.values(), FOCUS, UNUSUAL])
def test_colours_can_be_read(colour: tuple[str, str]) -> None:
    dark, light = sorted(map(luminance, colour))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("row", [1, 49, 50, 51, 100, 120])
def test_a_row_is_on_its_page(row: int) -> None:
    page = page_of(row)
    assert (page - 1) * ROWS < row <= page * ROWS
    assert page <= page_count(120)


def test_the_last_page_is_short(review: Review, table: Table) -> None:
    shown = styled(table, roles_of(review.columns), set(), 3, "行").data
    assert list(shown["行"]) == list(range(101, 121))


def test_a_combination_marks_all_its_columns(review: Review) -> None:
    assert marked(review.cells) == {(4, "居住地"), (85, "年代"), (85, "居住地")}


def test_unusual_and_chosen_cells_stand_out(review: Review, table: Table) -> None:
    shown = styled(table, roles_of(review.columns), marked(review.cells), 1, "行", (4, "居住地"))
    assert FOCUS.ground in shown.to_html()
    plain = styled(table, roles_of(review.columns), marked(review.cells), 1, "行")
    assert UNUSUAL.ground in plain.to_html()
    assert FOCUS.ground not in plain.to_html()


def test_a_column_may_be_called_like_the_row_numbers() -> None:
    table = Table.of({"行": ["a"], "○ 行": ["b"]})
    shown = styled(table, {}, set(), 1, "行").data
    assert shown.iloc[0].tolist() == [1, "a", "b"]
    assert headings(table, {}) == {"○ 行": "行", "○ ○ 行": "○ 行"}
