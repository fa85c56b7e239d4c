"""Bytes to text, and whether a text reads as Japanese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import InputError
from language import ENCODINGS, decode
from language.encodings import MIXED, garbled_way, japanese_share, undo

TEXT = "番号,氏名,住所\n" + "".join(f"{i:03d},見本花子{i},みほん市北区{i}丁目\n" for i in range(9))


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != MIXED])
def test_every_encoding_is_read_where_it_is_named(encoding: str) -> None:
    assert str(decode(TEXT.encode(encoding), encoding)) == TEXT


@pytest.mark.parametrize(
    "encoding", ["utf-32", *(e for e in ENCODINGS if e != MIXED and not e.startswith("utf-32"))]
)
def test_what_an_office_writes_is_guessed(encoding: str) -> None:
    found = decode(TEXT.encode(encoding))
    assert (str(found), found.notes) == (TEXT, ())


def test_lines_of_two_encodings_are_told_apart() -> None:
    found = decode(TEXT.encode() + TEXT.encode("cp932"))
    assert (found.encoding, str(found), len(found.notes)) == (MIXED, TEXT * 2, 1)


@pytest.mark.parametrize(
    ("content", "encoding", "code"),
    [
        (b"\x00\x01\x02\xff" * 9, None, "not_text"),
        (TEXT.encode("cp932"), "utf-8", "wrong_encoding"),
        (TEXT.encode(), "no-such-encoding", "wrong_encoding"),
        (("번호,이름\n" * 20).encode("euc_kr"), None, "foreign_encoding"),
        (TEXT.encode().decode("cp932", "replace").encode(), None, "garbled"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, encoding: str | None, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, encoding)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.source is None  # whoever knows the file names it


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        found = decode(content)
    except InputError:
        return
    assert found.encoding in ENCODINGS


@given(st.text("あいうえおアイウ市区町村氏名住所,\n", min_size=30))
def test_undo_gives_the_text_back(text: str) -> None:
    garbled = text.encode().decode("latin-1")
    way = garbled_way(garbled)
    if way is not None:
        assert undo(garbled, ("latin-1", "utf-8")) == text
    assert garbled_way(text) is None


@given(st.text())
def test_the_share_is_a_share(text: str) -> None:
    share = japanese_share(text)
    assert share is None or 0 <= share <= 1
