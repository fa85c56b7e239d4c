"""`mekiki protect`: records or ready tables in, a published file and its certificate out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli import main
from tests.desk.conftest import register

TABLE = "町,区分,人数\n北,子,2\n北,大人,40\n南,子,30\n南,大人,50\n東,子,20\n東,大人,31\n"
KNOWN = "町,人数\n北,1\n南,1\n東,1\n西,1\n"
"""Four ones below a total of four: whoever knows the rule knows them all."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "known.csv").write_text(KNOWN, encoding="utf-8")
    (tmp_path / "register.csv").write_bytes(register())
    return tmp_path / "table.csv"


def run(
    capsys: pytest.CaptureFixture[str], *args: object, code: int = 0
) -> tuple[dict[str, Any], str]:
    assert main(["protect", *(str(a) for a in args), "--json"]) == code
    out, said = capsys.readouterr()
    return (json.loads(out) if out else {}), said


def test_what_was_published_is_known_whatever_form_it_has(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_totals = table.with_name("with_totals.csv")
    with_totals.write_text(
        TABLE + "計,子,52\n計,大人,121\n北,計,42\n南,計,80\n東,計,51\n計,計,173\n", encoding="utf-8"
    )
    found, _ = run(capsys, table, "--threshold", 5, "--published", with_totals)
    assert not found["passed"]
    assert found["audits"]["contributors"]["points"] == 1


def test_every_key_of_the_contract(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = run(capsys, table, "--threshold", 5)
    assert found["primary"] == [["北", "子"]]
    assert found["secondary"] and found["linear_secondary"]
    for cost in ("cost", "certified_cost"):
        assert found[cost].keys() == {"cells", "sum"}
    assert found["status"] == "optimal"
    for audit in ("linear", "rule_aware", "contributors"):
        assert found["audits"][audit]["passed"] is True
        (interval,) = found["audits"][audit]["intervals"]
        assert interval["codes"] == ["北", "子"]
        assert interval["low"] < interval["high"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_file_and_its_certificate(
    table: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = table.parent / f"out.{ending}"
    found, _ = run(capsys, table, "--threshold", 5, "--out", out)
    assert found["written"] == [out.name, "out.certificate.json"]
    certificate = json.loads((table.parent / "out.certificate.json").read_bytes())
    assert certificate["passed"] and certificate["file"] == out.name
    if ending != "xlsx":
        again, _ = run(capsys, table, "--threshold", 5, "--published", out)
        assert again["secondary"] == found["secondary"]


def test_nothing_leaves_that_fails_unless_someone_decides(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = table.parent / "known.csv", table.parent / "out.csv"
    found, said = run(capsys, source, "--threshold", 5, "--out", out, code=1)
    assert found["passed"] is False and len(found["unprotected"]) == 5
    assert "--override" in said or "記録" in said
    assert not out.exists()
    assert main(["protect", str(source), "--threshold", "5"]) == 0
    assert "--zeros suppress" in capsys.readouterr().out
    run(capsys, source, "--threshold", 5, "--out", out, "--override-by", "課長", code=2)
    decision = ("--override-by", "課長", "--override-reason", "公表済み")
    run(capsys, source, "--threshold", 5, "--out", out, *decision)
    certificate = json.loads((table.parent / "out.certificate.json").read_bytes())
    assert date.fromisoformat(certificate["override"].pop("on"))
    assert certificate["override"] == {"by": "課長", "reason": "公表済み"}
    assert not certificate["passed"]
    blank = ("--override-by", "課長", "--override-reason", " ")
    _, said = run(capsys, source, "--threshold", 5, "--out", out, *blank, code=2)
    assert "理由" in said


def test_several_counts_of_records_in_one_call(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = table.parent / "register.csv"
    by = ("--dimensions", "町名,性別", "--dimensions", "町名,病名")
    found, _ = run(capsys, records, *by, "--threshold", 5, "--out", table.parent / "out.xlsx")
    assert found["tables"] == ["町名 × 性別", "町名 × 病名"]
    assert len(found["primary_tables"]) == len(found["primary"]) > 0


@pytest.mark.parametrize("preset", ["cheapest", "survey", "merge_areas", "collapse"])
def test_every_practice_is_audited(
    table: Path, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = run(capsys, table, "--threshold", 5, "--preset", preset)
    assert found["preset"] == preset
    assert found["passed"]


def test_areas_merge_where_a_file_says_that_they_touch(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    areas = table.parent / "areas.csv"
    areas.write_text("町,人数\n北,9\n島,2\n中,8\n南,7\n", encoding="utf-8")
    touching = table.parent / "touching.csv"
    touching.write_text("地区,隣の地区\n島,南\n", encoding="utf-8")
    call = (areas, "--threshold", 5, "--preset", "merge_areas", "--neighbours", touching)
    found, _ = run(capsys, *call)
    assert found["notes"] == ["「島」は「南」に合算した。"]
    assert found["primary"] == []
    touching.write_text("地区\n", encoding="utf-8")
    run(capsys, *call, code=2)


def test_contributors_of_records(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sales = table.parent / "sales.csv"
    lines = [f"{'北南'[i % 2]},店{i % 7},{10 + i}" for i in range(40)] + ["東,店1,9"]
    sales.write_text("区,店,売上\n" + "\n".join(lines) + "\n", encoding="utf-8")
    call = (sales, "--dimensions", "区", "--identifier", "店", "--value", "売上")
    found, _ = run(capsys, *call, "--rule", "contributors:2")
    assert found["primary"] == [["東"]] and found["passed"]
    found, _ = run(capsys, *call, "--rule", "dominance:1,90", "--rule", "p:10")
    assert found["primary"] == [["東"]]


def test_mobile_statistics(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = table.parent / "register.csv"
    call = (records, "--preset", "mobile_statistics", "--threshold", 5, "--dimensions", "町名")
    found, _ = run(capsys, *call, "--identifier", "宛名番号")
    assert "一度だけ" in found["notes"][0]
    run(capsys, *call, code=2)


@pytest.mark.parametrize("method", [("round", "--base", 5), ("noise", "--epsilon", 1)])
def test_counts_can_be_changed_instead(
    table: Path, method: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    out = table.parent / "out.csv"
    found, _ = run(capsys, table, "--method", *method, "--out", out)
    assert found["method"] == method[0] and found["additive"]
    assert found["written"] == ["out.csv", "out.certificate.json"]
    text = out.read_text(encoding="utf-8-sig")
    assert "X" not in text and "," in text


@pytest.mark.parametrize(
    "wrong",
    [
        ("--out", "out.pdf"),
        ("--preset", "merge_areas", "--rule", "contributors:2"),
        ("--threshold", 5, "--preset", "merge_areas", "--neighbour", "北"),
        ("--threshold", 5, "--preset", "merge_areas", "--area", "県"),
        ("--threshold", 5, "--dimensions", "県"),
        ("--threshold", 1),
        ("--threshold", 5, "--method", "round"),
        ("--threshold", 5, "--base", 5),
        ("--threshold", 5, "--value", "人数"),
        ("--threshold", 5, "--method", "noise", "--epsilon", 0),
    ],
)
def test_what_makes_no_sense_is_said(
    table: Path, wrong: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    threshold = () if "--threshold" in wrong or "--rule" in wrong else ("--threshold", 5)
    found, said = run(capsys, table, *threshold, *wrong, code=2)
    assert not found and said


WIDE = """町丁別・年齢別人口（令和6年4月1日）,,,,,,,
,,,,,,,単位：人
町丁名,総数,男,,,女,,
,,計,0〜14歳,15歳以上,計,0〜14歳,15歳以上
北町一丁目,22,10,3,7,12,2,10
北町二丁目,41,20,5,15,21,1,20
南町,"1,060",530,130,400,530,120,410
合計,"1,123",560,138,422,563,123,440
※ 外国人を含む。,,,,,,,
"""


def test_a_table_is_taken_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "人口.csv"
    source.write_text(WIDE, encoding="utf-8")
    found, _ = run(capsys, source, "--threshold", 5)
    assert found["tables"] == ["人口.csv"]
    assert found["primary"] == [
        ["北町一丁目", "男_0〜14歳"],
        ["北町一丁目", "女_0〜14歳"],
        ["北町二丁目", "女_0〜14歳"],
    ]
    assert found["passed"]


def test_what_does_not_add_up_with_the_others_is_a_table_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "t.csv"
    source.write_text("町,世帯数,人口,男,女\n北,3,9,4,5\n南,20,41,20,21\n東,15,30,13,17\n", "utf-8")
    found, _ = run(capsys, source, "--threshold", 5)
    assert found["tables"] == ["t.csv 世帯数", "t.csv"]
    assert found["primary"] == [["北"], ["北", "男"]]


def test_a_cell_without_a_number_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "t.csv"
    source.write_text("町,男,女,計\n北,3,,7\n南,20,21,41\n東,2,4,6\n", "utf-8")
    _, said = run(capsys, source, "--threshold", 5, code=2)
    assert "1 のます" in said
