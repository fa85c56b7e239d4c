"""JSON Lines, JSON arrays and Parquet become tables of text."""

import datetime as dt
import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from core import InputError, Table
from intake import Limits, Upload, read


def table(name: str, content: bytes, **limits: int) -> Table:
    (dataset,) = read([Upload(name, content)], limits=Limits(**limits))
    assert dataset.sources[0].rows == dataset.table.rows
    return dataset.table


RECORDS = [
    {"番号": "001", "年齢": 30, "率": 0.10, "旗": True},
    {"番号": "002", "年齢": None, "追加": {"入れ子": [1]}},
]


@pytest.mark.parametrize("lines", [True, False])
def test_json_records(lines: bool) -> None:
    texts = [json.dumps(r, ensure_ascii=False) for r in RECORDS]
    content = "\n".join(texts) if lines else "[" + ",".join(texts) + "]"
    found = table("a.jsonl" if lines else "a.json", content.encode())
    assert found.keys == ["番号", "年齢", "率", "旗", "追加"]
    assert found["番号"].texts == ["001", "002"]
    assert found["年齢"].texts == ["30", ""]
    assert found["率"].texts == ["0.1", ""]
    assert found["旗"].texts == ["true", ""]
    assert found["追加"].texts[1] == '{"入れ子": ["1"]}'


def test_long_numbers_keep_their_digits() -> None:
    assert table("a.jsonl", b'{"n": 123456789012345678901234567890}\n{"n": 1.10}')["n"].texts == [
        "123456789012345678901234567890",
        "1.10",
    ]


def test_parquet() -> None:
    columns = {
        "番号": ["001", None],
        "年齢": [30, 41],
        "日": [dt.date(2024, 4, 1), None],
        "列": [[1, 2], None],
        "辞書": pa.array(["a", "a"]).dictionary_encode(),
    }
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    found = table("a.parquet", buffer.getvalue())
    assert [found[k].texts for k in found.keys] == [
        ["001", ""],
        ["30", "41"],
        ["2024-04-01", ""],
        ["[1, 2]", ""],
        ["a"],
    ]
    with pytest.raises(InputError) as caught:
        table("a.parquet", buffer.getvalue(), rows=1)
    assert caught.value.problems[0].code == "too_many_rows"


def test_codes_and_days_in_parquet_read_as_people_write_them() -> None:
    columns = {
        "コード": [600001.0, float("nan"), 2.0],
        "割合": [0.5, 2.0, None],
        "日": pa.array(["2024-01-01", None, "2024-01-02"]).cast(pa.timestamp("us")),
        "時": pa.array(["2024-01-01 09:30", None, "2024-01-02"]).cast(pa.timestamp("us")),
    }
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    found = table("a.parquet", buffer.getvalue())
    assert [found[k].texts for k in found.keys] == [
        ["600001", "", "2"],
        ["0.5", "2", ""],
        ["2024-01-01", "", "2024-01-02"],
        ["2024-01-01 09:30:00", "", "2024-01-02 00:00:00"],
    ]


@pytest.mark.parametrize(
    "content", [b'{"a": 1}\n{"a": \n', b'{"a": 1}\n[1]\n', b"[1, 2]", b'[{"a": 1}, 2]', b"{"]
)
def test_what_is_not_a_list_of_records(content: bytes) -> None:
    with pytest.raises(InputError):
        table("a.json", content)
