"""A workbook made in memory says what was put into it."""

import io
import tempfile

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from anonymizer import encode
from anonymizer.release.write import workbook
from core import Table

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_text_comes_back_as_it_went_in(rows):
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook([rows[:2], rows[2:]])))
    assert book.get_sheet_by_index(0).to_python() == rows


def test_no_piece_of_a_workbook_is_put_on_the_disk(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    table = Table.of({"氏名": [f"住民{i}" for i in range(2000)]})
    content, _ = encode(table, ".xlsx")
    assert content.startswith(b"PK")
