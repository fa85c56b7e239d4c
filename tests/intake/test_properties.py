"""What holds for every file: what was written is read, and nothing but InputError comes out."""

import csv
import io
import random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_intake import Tally, attempt, inputs
from core import InputError
from intake import ReadOptions, Upload, read
from intake.schema.item_lists import split_items
from intake.table.lint import REMARK, TOTAL
from tests.intake.files import xlsx

WORDS = st.sampled_from(
    ["山田 花子", "北区", "髙橋", "0012", "3.14", "2024-04-01", "ﾔﾏﾀﾞ", "A-1", ""]
)
NAMES = st.lists(
    st.sampled_from(["番号", "氏名", "住所", "年齢", "備考", "区分", "世帯"]),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip
ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",)), max_size=30
)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> tuple[list[str], list[list[str]]]:
    names = draw(NAMES)
    row = st.lists(cells, min_size=len(names), max_size=len(names))
    rows = draw(st.lists(row.filter(lambda r: any(c.strip(" \u3000") for c in r)), min_size=1))
    return names, rows


def written(names: list[str], rows: list[list[str]], delimiter: str, end: str) -> str:
    buffer = io.StringIO(newline="")
    form = {"delimiter": delimiter, "lineterminator": end, "quoting": csv.QUOTE_ALL}
    csv.writer(buffer, **form).writerows([names, *rows])
    return buffer.getvalue()


def cells(content: bytes, name: str, options: ReadOptions) -> tuple[list[str], list[list[str]]]:
    (dataset,) = read([Upload(name, content)], {name: options})
    columns = [[c.texts[code] for code in c.codes] for c in dataset.table]
    return dataset.table.keys, [list(row) for row in zip(*columns, strict=True)]


@settings(max_examples=300)
@example((["a", "b", "c"], [["1", "2", "3"], ["", "", "*"]]), ",", "\n")
@given(tables(ANY_TEXT), st.sampled_from(",\t;|"), st.sampled_from(["\n", "\r\n"]))
def test_any_text_survives(table, delimiter: str, end: str) -> None:
    names, rows = table
    assume(all(any(c.strip() for c in row) for row in rows))
    assume(not any(REMARK.search(c) or TOTAL.search(c) for c in rows[-1]))  # a footer is left out
    options = ReadOptions(
        encoding="utf-8", delimiter=delimiter, quote='"', skip_rows=0, header_rows=1, kind="data"
    )
    content = written(names, rows, delimiter, end).encode()
    assert cells(content, "a.csv", options) == (names, rows)


@settings(max_examples=150)
@given(
    tables(WORDS),
    st.sampled_from(",\t;"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
)
def test_encoding_and_delimiter_are_found(table, delimiter: str, encoding: str) -> None:
    names, rows = table
    rows = [*rows, ["値"] * len(names)]
    content = written(names, rows, delimiter, "\r\n").encode(encoding)
    assert cells(content, "a.csv", ReadOptions(skip_rows=0, header_rows=1, kind="data")) == (
        names,
        rows,
    )


@settings(max_examples=25)
@given(tables(WORDS))
def test_a_workbook_gives_what_was_put_in(table) -> None:
    names, rows = table
    options = ReadOptions(skip_rows=0, header_rows=1, kind="data")
    assert cells(xlsx(表=[names, *rows]), "a.xlsx", options) == (names, rows)


@settings(max_examples=100)
@given(tables(WORDS))
def test_reading_with_what_was_told_gives_the_same(table) -> None:
    content = written(*table, ",", "\n").encode()
    (first,) = read([Upload("a.csv", content)])
    assume(first.table is not None)
    (again,) = read([Upload("a.csv", content)], {"a.csv": ReadOptions.of(first.sources[0])})
    assert again.table.keys == first.table.keys
    assert again.sources[0].rows == first.sources[0].rows


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["氏名", "住所", "電話番号1", "家族（続柄、年齢）", "口座"]), min_size=2
    ),
    st.sampled_from(["{n}{item}、", "{n}.{item} ", "（{n}）{item}\n", "{n}　{item}　"]),
)
def test_a_numbered_list_splits_into_its_items(items: list[str], form: str) -> None:
    text = "".join(form.format(n=n, item=item) for n, item in enumerate(items, 1))
    assert split_items(text) == tuple(items)


@settings(max_examples=500)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.yaml", "a.json", "a.sql"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        read([Upload(name, content)])
    except InputError as error:
        assert error.problems


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    tally = Tally()
    for number, (upload, options) in enumerate(inputs(10_000 + seed, 250)):
        attempt(upload, options, tally, f"seed {seed} input {number}")
    assert tally.breaches == []
    assert tally.outcomes["read"] > 25


def test_options_of_any_kind_do_no_harm() -> None:
    rng = random.Random(5)
    content = "番号,氏名\n1,甲\n2,乙\n".encode()
    for _ in range(100):
        options = ReadOptions(
            encoding=rng.choice([None, "cp932", "utf-16-be", "x"]),
            delimiter=rng.choice([None, "\n", '"', "あ", "\x00"]),
            quote=rng.choice([None, "", "あ", ",", "\n"]),
            skip_rows=rng.choice([None, 0, 2, 10**9]),
            header_rows=rng.choice([None, 0, 10]),
            sheet=rng.choice([None, "x"]),
        )
        try:
            read([Upload("a.csv", content)], {"a.csv": options})
        except InputError:
            continue
