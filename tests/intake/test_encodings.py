"""Guesses at encodings: right ones are told, wrong ones are refused, garbled text is put right."""

import pytest

from core import InputError, Source, Table
from intake import ReadOptions, Upload, read
from language.encodings import MIXED

HEADER = "番号,氏名,住所,備考\n"
ROWS = [f"{i:03d},見本花子{i},みほん市北区{i}丁目,電話で連絡済み\n" for i in range(30)]
TEXT = HEADER + "".join(ROWS)


def one(content: bytes, **options: object) -> tuple[Table, Source]:
    (dataset,) = read([Upload("a.csv", content)], {"a.csv": ReadOptions(**options)})
    assert dataset.table is not None
    return dataset.table, dataset.sources[0]


def code(content: bytes, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        read([Upload("a.csv", content)], {"a.csv": ReadOptions(**options)})
    (problem,) = caught.value.problems
    return problem.code


def said(source: Source) -> str:
    return "".join(note.ja for note in source.notes)


CHINESE = "编号,姓名,住址\n" + "".join(f"{i},王小明,上海市浦东新区\n" for i in range(9))
TAIWANESE = "編號,姓名,地址\n" + "".join(f"{i},王小明,臺北市信義區\n" for i in range(9))
KOREAN = "번호,이름,주소\n" + "".join(f"{i},홍길동,서울특별시\n" for i in range(9))


@pytest.mark.parametrize(
    ("text", "encoding"), [(CHINESE, "gb18030"), (TAIWANESE, "big5"), (KOREAN, "euc_kr")]
)
def test_chinese_and_korean_are_not_read_as_japanese(text: str, encoding: str) -> None:
    assert code(text.encode(encoding)) == "foreign_encoding"
    assert one(text.encode())[0].rows == 9  # in UTF-8 they are as readable as anything


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "name\n" + "佐藤\n鈴木\n薬袋\n栗花落\n四月一日\n東海林\n",
        "ｼﾒｲ,ｶﾅ\n" + "ﾀﾅｶ,ﾊﾅｺ\n" * 20,
        "番号\n001\n002\n",
    ],
)
def test_japanese_is_read_without_a_doubt(text: str, encoding: str) -> None:
    table, source = one(text.encode(encoding))
    assert table.columns[0].header == text.partition("\n")[0].partition(",")[0]
    assert "推定" not in said(source)


def test_what_is_hardly_japanese_is_read_with_a_doubt() -> None:
    rare = "字\n" + "".join(f"{c}\n" for c in "鑿纛靉靆飆饕餮魍魎黼黻齟齬龠")
    table, source = one(rare.encode("euc_jp"))
    assert table.rows == 14
    assert "推定" in said(source)


def test_lines_in_two_encodings_are_told_apart() -> None:
    content = TEXT.encode() + "".join(ROWS).encode("cp932")
    table, source = one(content)
    assert source.encoding == MIXED
    assert table.rows == 60
    assert len(table["氏名"].values) == 30
    assert "32 行目から" in said(source)
    again, _ = one(content, **ReadOptions.of(source).model_dump())
    assert again.keys == table.keys


def test_nul_bytes_in_a_text_are_taken_out_and_told() -> None:
    table, source = one(TEXT.replace("済み", "済\x00み").encode("cp932"))
    assert table["備考"].texts == ["電話で連絡済み"]
    assert "NUL" in said(source)
    padded = TEXT.replace("花子", "花子\x00\x00\x00\x00").encode()
    assert one(padded)[0]["氏名"].texts[0] == "見本花子0"
    assert one(padded, encoding="utf-8")[0]["氏名"].texts[0] == "見本花子0"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_not_taken_for_nul_bytes(encoding: str) -> None:
    table, source = one(TEXT.encode(encoding))
    assert table.keys[1] == "氏名"
    assert "NUL" not in said(source)


def test_an_end_mark_of_old_systems_is_no_row() -> None:
    assert one(TEXT.encode("cp932") + b"\x1a")[0].rows == 30


def test_byte_order_marks_inside_are_taken_out_and_told() -> None:
    content = b"".join(part.encode("utf-8-sig") for part in (TEXT, "".join(ROWS)))
    table, source = one(content)
    assert (table.keys[0], table.rows, len(table["番号"].values)) == ("番号", 60, 30)
    assert "BOM" in said(source)
    assert not one(TEXT.encode("utf-8-sig"))[1].notes


@pytest.mark.parametrize(
    ("written", "opened"), [("utf-8", "latin-1"), ("cp932", "latin-1"), ("euc_jp", "latin-1")]
)
def test_garbled_text_is_put_right_where_nothing_was_lost(written: str, opened: str) -> None:
    table, source = one(TEXT.encode(written).decode(opened).encode())
    assert table.keys == ["番号", "氏名", "住所", "備考"]
    assert "文字化け" in said(source)


@pytest.mark.parametrize("opened", ["cp932", "cp1252"])
def test_garbled_text_is_refused_where_characters_were_lost(opened: str) -> None:
    content = TEXT.encode().decode(opened, "replace").encode()
    assert code(content) == "garbled"
    assert one(content, encoding="utf-8")[0].rows  # whoever insists may look at it


def test_circled_digits_in_euc_and_kana_in_iso_2022_are_read() -> None:
    assert one("区分,名\n①,甲\n".encode("euc_jis_2004"))[0]["区分"].texts == ["①"]
    iso = TEXT.replace("みほん", "ﾐﾎﾝ").encode("iso2022_jp_ext")
    assert "ﾐﾎﾝ" in one(iso)[0]["住所"].texts[0]
