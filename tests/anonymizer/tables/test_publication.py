"""What leaves: files that can be read again, safe to open, with a certificate of their bytes."""

import hashlib
import io
import json

import pytest
from openpyxl import load_workbook

from anonymizer.tables import (
    Override,
    PrimaryRule,
    TableSpec,
    encode,
    export,
    load_table,
    protect,
)
from core import UsageError

RULE = PrimaryRule(threshold=5)
RISKY = TableSpec.of(
    [["計", ["=1+1", "@南"]]],
    [["計", ["-男", "女", "+81-3"]]],
    names=["=区", "性"],
    cells=[
        (["=1+1", "-男"], 3), (["=1+1", "女"], 20), (["=1+1", "+81-3"], 0),
        (["@南", "-男"], 30), (["@南", "女"], 40), (["@南", "+81-3"], 10),
    ],
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_what_was_written_is_an_earlier_publication_later(suffix):
    spec = TableSpec.of(
        [["計", ["北", "南"]]],
        [["計", ["男", "女", "他"]]],
        names=["区", "性"],
        cells=[
            (["北", "男"], 3), (["北", "女"], 20), (["北", "他"], 0),
            (["南", "男"], 30), (["南", "女"], 40), (["南", "他"], 10),
        ],
    )  # fmt: skip
    done = protect([spec], RULE)
    (again,) = load_table(encode(done, suffix), name=f"t{suffix}")
    values = {c.codes: c.value for c in again.cells}
    assert values["北", "男"] is None
    assert values["北", "他"] == 0
    assert values["計", "計"] == 103
    assert sum(v is None for v in values.values()) == done.suppressed.sum()
    later = protect(done.system.tables, RULE, published=[again])
    assert later.passed
    assert (later.secondary == done.secondary).all()


def test_a_merger_is_told_in_the_file_that_is_published():
    rows = [("北", "男", 3), ("北", "女", 20), ("南", "男", 30), ("南", "女", 40)]
    spec = TableSpec.of(
        [["計", ["北", "南"]]],
        [["計", ["男", "女"]]],
        names=["区", "性"],
        cells=[([a, b], n) for a, b, n in rows],
        notes=("北は東を含みます。",),
    )
    content = encode(protect([spec], RULE), ".csv")
    assert content.decode("utf-8-sig").rstrip().endswith("注：北は東を含みます。")
    (again,) = load_table(content, name="t.csv")
    assert {c.codes[0] for c in again.cells} == {"計", "北", "南"}


def test_labels_are_no_formulas():
    done = protect([RISKY], RULE)
    text = encode(done, ".csv").decode("utf-8-sig")
    starts = {part[:1] for line in text.splitlines() for part in line.split(",")[:2]}
    assert not starts & set("=+@-")
    sheet = load_workbook(io.BytesIO(encode(done, ".xlsx"))).worksheets[0]
    cells = [c for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    labels = [c.value for c in cells if c.row == 1 or c.column == 1]
    assert not {str(v)[0] for v in labels} & set("=+@-")
    assert [c.value for c in sheet[2]][1:] == [103, 33, 60, 10]
    assert "X" in [c.value for c in sheet[3]] and "-" in [c.value for c in sheet[3]]


def test_several_tables_are_several_sheets_and_no_csv():
    by_sex = TableSpec.of([["計", ["男", "女"]]], name="性", cells=[(["男"], 7), (["女"], 9)])
    by_age = TableSpec.of([["計", ["若", "老"]]], name="性", cells=[(["若"], 6), (["老"], 9)])
    done = protect([by_sex, by_age], RULE)
    book = load_workbook(io.BytesIO(encode(done, ".xlsx")))
    assert book.sheetnames == ["性", "table2"]
    assert len(json.loads(encode(done, ".json"))) == 2
    for suffix in (".csv", ".pdf"):
        with pytest.raises(UsageError):
            encode(done, suffix)


def test_the_certificate_is_of_these_bytes_and_holds_no_price(tmp_path):
    done = protect([RISKY], RULE)
    table, proof = export(done, tmp_path / "t.csv", override=Override(by="課長", reason="不要"))
    statement = json.loads(proof.read_text(encoding="utf-8"))
    assert statement["sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
    assert statement["passed"] and statement["override"] is None  # nothing had to be overridden
    assert not {"cost", "certified_cost", "primary", "secondary"} & statement.keys()
    assert len(statement["statements"]) == 3


def test_nothing_half_written(tmp_path):
    done = protect([RISKY], RULE)
    with pytest.raises(OSError):
        export(done, tmp_path / "t.csv", certificate_to=tmp_path / "absent" / "c.json")
    assert not list(tmp_path.iterdir())
