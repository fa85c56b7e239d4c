"""What a screen needs to let people correct a guess."""

import pytest

import intake
from core import InputError
from intake import ReadOptions, Upload, preview, read
from tests.intake.files import xlsx


def test_the_public_face_is_small_and_sorted() -> None:
    assert intake.__all__ == sorted(
        intake.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n)
    )
    assert all(hasattr(intake, name) for name in intake.__all__)


def test_raw_rows_of_a_text() -> None:
    content = "名簿,,\n,,\n氏名;年齢;区\n甲;1;北\n".encode("cp932")
    shown = preview(Upload("a.csv", content), rows=3)
    assert len(shown.rows) == 3
    assert shown.encodings == intake.ENCODINGS
    semicolons = preview(Upload("a.csv", content), ReadOptions(delimiter=";"))
    assert semicolons.rows[2] == ("氏名", "年齢", "区")


def test_raw_rows_of_a_chosen_sheet() -> None:
    upload = Upload("a.xlsx", xlsx(一=[["x", "y"], [1, 2]], 二=[["題"], [None], ["氏名"]]))
    assert preview(upload).sheets == ("一", "二")
    assert preview(upload, ReadOptions(sheet="二")).rows[0] == ("題",)
    with pytest.raises(InputError):
        preview(upload, ReadOptions(sheet="三"))


def test_documents_have_no_rows() -> None:
    assert preview(Upload("a.json", b'{"properties": {"a": {}}}')).rows == ()


def test_files_that_cannot_be_read_are_refused_as_in_read() -> None:
    upload = Upload("a.xlsx", b"PK\x03\x04broken")
    with pytest.raises(InputError) as shown:
        preview(upload)
    with pytest.raises(InputError) as found:
        read([upload])
    assert shown.value.problems == found.value.problems
