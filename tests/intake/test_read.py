"""Uploads become datasets; data and schema given together become one."""

from pathlib import Path

import pytest

from core import InputError
from intake import Limits, ReadOptions, Upload, read

CSV = "職員番号,氏名,所属\n0012,山田 花子,税務課\n0345,佐藤 一郎,福祉課\n"


def one(content: bytes, name: str = "職員.csv", **options: object):
    (dataset,) = read([Upload(name, content)], {name: ReadOptions(**options)})
    return dataset


def codes(error: InputError) -> list[str]:
    return [p.code for p in error.problems]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_gives_the_same_table(encoding: str) -> None:
    dataset = one(CSV.encode(encoding))
    assert dataset.table.keys == ["職員番号", "氏名", "所属"]
    assert dataset.table["氏名"].texts == ["山田 花子", "佐藤 一郎"]
    assert dataset.sources[0].encoding.startswith(encoding.removesuffix("-sig"))


def test_leading_zeros_and_the_word_null_survive() -> None:
    table = one(b"code,word,blank\n0600001,NULL,\n0600002,nan,\n").table
    assert table["code"].texts == ["0600001", "0600002"]
    assert table["word"].texts == ["NULL", "nan"]
    assert table["blank"].texts == [""]


@pytest.mark.parametrize(("delimiter", "name"), [("\t", "a.tsv"), (";", "a.csv"), ("|", "a.txt")])
def test_the_delimiter_is_found_and_told(delimiter: str, name: str) -> None:
    dataset = one(CSV.replace(",", delimiter).encode(), name)
    assert dataset.sources[0].delimiter == delimiter
    assert len(dataset.table.keys) == 3


def test_what_was_guessed_can_be_changed() -> None:
    content = b"a;b,c\n1;2,3\n4;5,6\n"
    assert one(content, delimiter=",").table.keys == ["a;b", "c"]
    assert one(content, delimiter=";").table.keys == ["a", "b,c"]
    assert one(content, delimiter=",", header_rows=0).table.rows == 3
    assert one(content, delimiter=",", skip_rows=1, header_rows=1).table.keys == ["1;2", "3"]


def test_reading_with_the_told_options_gives_the_same() -> None:
    content = ("名簿,,\n,,\n" + CSV).encode("cp932")
    first = one(content)
    again = one(content, **ReadOptions.of(first.sources[0]).model_dump())
    assert again.table.keys == first.table.keys == ["職員番号", "氏名", "所属"]
    assert again.sources[0].skip_rows == first.sources[0].skip_rows == 2


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks() -> None:
    table = one(b'id,memo\n1,"a,b"\n2,"say ""hi"""\n3,"two\nlines"\n').table
    assert table["memo"].texts == ["a,b", 'say "hi"', "two\nlines"]


def test_uneven_rows_lose_nothing() -> None:
    dataset = one(b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert dataset.table.keys == ["a", "b", "#3"]
    assert dataset.table["b"].texts == ["2", "", "5", "8"]
    assert dataset.table["#3"].texts == ["", "6"]
    (note,) = [n for n in dataset.lint if n.code == "ragged_rows"]
    assert (note.row, note.count) == (2, 2)


def test_repeated_and_missing_headers_get_keys_of_their_own() -> None:
    table = one("氏名,,氏名\nA,B,C\nD,E,F\n".encode()).table
    assert table.keys == ["氏名", "#2", "氏名#3"]


def test_all_problems_of_all_files_come_together() -> None:
    files = [Upload("a.csv", b""), Upload("b.pdf", b"%PDF-1.7"), Upload("c.csv", CSV.encode())]
    with pytest.raises(InputError) as caught:
        read(files)
    assert codes(caught.value) == ["empty_file", "unsupported_format"]
    assert [p.source for p in caught.value.problems] == ["a.csv", "b.pdf"]


def test_limits_are_kept() -> None:
    with pytest.raises(InputError) as caught:
        read([Upload("a.csv", CSV.encode())], limits=Limits(file_bytes=10))
    assert codes(caught.value) == ["too_large"]
    with pytest.raises(InputError) as caught:
        read([Upload("a.csv", CSV.encode())], limits=Limits(rows=1))
    assert codes(caught.value) == ["too_many_rows"]
    wide = ",".join(f"c{i}" for i in range(300)) + "\n" + ",".join(["1"] * 300) + "\n"
    assert len(one(wide.encode()).table.keys) == 300
    million = b"a" + b",a" * 999_999 + b"\n"
    with pytest.raises(InputError) as caught:
        one(million)
    assert codes(caught.value) == ["too_many_columns"]


@pytest.mark.shared
def test_a_published_schema_and_its_list_become_one_dataset(shared: Path) -> None:
    names = ["patient_schema_ja.yaml", "aichi_patients.csv"]
    (dataset,) = read([Upload(n, (shared / "data" / n).read_bytes()) for n in names])
    assert dataset.table.rows == 145
    assert dataset.table.keys[6] == "#7"
    assert dataset.table["short_date"].texts[0] == "01\\/26"
    declared = {c.name: c for c in dataset.schema.columns}
    assert len(declared) == 15
    assert "No" in declared
    assert declared["患者_年代"].allowed[0] == "10歳未満"
    assert len(declared["患者_年代"].allowed) == 10
    assert declared["患者_渡航歴の有無フラグ"].allowed == ("1", "0")
    assert declared["公表_年月日"].required
    assert declared["全国地方公共団体コード"].length == 6
