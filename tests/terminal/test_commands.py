"""The JSON contract of the terminal door."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli import main
from tests.desk.conftest import SCHEMA, register

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "data.csv").write_bytes(register())
    (tmp_path / "schema.csv").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> dict[str, Any]:
    code = main([str(a) for a in args] + ["--json"])
    out, _ = capsys.readouterr()
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_review(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "review", files / "data.csv", "--schema", files / "schema.csv")
    assert {
        "inputs",
        "columns",
        "schema_check",
        "cells",
        "cell_totals",
        "findings",
        "risk",
        "links",
        "lint",
    } <= found.keys()
    assert found["inputs"][0].keys() >= {"name", "sha256", "rows", "encoding", "sheet"}
    column = found["columns"][0]
    assert column.keys() >= {
        "name",
        "type",
        "parts",
        "role",
        "confidence",
        "support",
        "citations",
        "why",
    }
    assert column["why"].keys() == {"ja", "en"}
    assert found["cells"][0].keys() >= {"row", "column", "kind", "masked", "reason", "rule"}
    assert found["findings"][0].keys() >= {
        "id",
        "rule",
        "severity",
        "target",
        "message",
        "remedy",
        "citations",
        "trace",
    }
    assert found["risk"].keys() >= {
        "quasi",
        "k",
        "classes",
        "uniques",
        "share_at_risk",
        "threshold",
        "threshold_source",
    }
    assert found["proposal"]["after"]["k"] >= 5


def test_cells_are_bounded_and_totals_are_not(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = run(capsys, "review", files / "data.csv", "--cells", 2, "--no-plan")
    every = run(capsys, "review", files / "data.csv", "--cells", "all", "--no-plan")
    assert len(few["cells"]) == 2
    assert len(every["cells"]) == sum(every["cell_totals"].values())
    assert few["cell_totals"] == every["cell_totals"]


def test_the_gate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(files / "data.csv"), "--fail-on", "high", "--no-plan"]) == 1
    capsys.readouterr()


def test_plan_anonymize_and_its_certificate(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out, paper = files / "plan.yaml", files / "safe.csv", files / "certificate.json"
    found = run(capsys, "plan", files / "data.csv", "--k", 3, "--out", plan)
    assert 1 <= len(found["alternatives"]) <= 3
    done = run(
        capsys,
        "anonymize",
        files / "data.csv",
        "--plan",
        plan,
        "--out",
        out,
        "--certificate",
        paper,
    )
    assert done["certificate"]["k"] >= 3
    assert json.loads(paper.read_text(encoding="utf-8"))["sha256"] == done["file"]["sha256"]
    text = out.read_text(encoding="utf-8-sig")
    assert "佐藤花子" not in text
    assert not list(files.glob(".*"))


def test_risk(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(
        capsys, "risk", files / "data.csv", "--quasi", "年齢,性別,町名", "--sensitive", "病名"
    )
    assert found["uniques"] == 1
    assert found["prosecutor"] == 1.0
    assert found["l"] == 1
    assert found["suda2"]["by_size"]


def test_protect(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = files / "table.csv"
    table.write_text(
        "町,区分,人数\n北,子,2\n北,大人,40\n南,子,30\n南,大人,50\n東,子,20\n東,大人,31\n",
        encoding="utf-8",
    )
    found = run(capsys, "protect", table, "--threshold", 5)
    assert found["primary"] == [["北", "子"]]
    assert found["secondary"]
    assert found["cost"].keys() == {"cells", "sum"}
    assert set(found["audits"]) == {"linear", "rule_aware", "contributors"}
    assert all(audit["passed"] for audit in found["audits"].values())


def test_ask(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "ask", "生活保護を受けていることは要配慮個人情報ですか")
    assert not found["abstained"]
    assert any(c["article"] == "2" for c in found["citations"])
    assert found["passages"][0].keys() >= {"id", "source", "locator", "quote"}


CASE = "body_type: hospital\ncase_date: 2025-06-01\nuses_my_number: true\n"


def test_a_case_tells_what_binds_its_body_and_which_texts_are_later(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = files / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    plain = run(capsys, "ask", "漏えいが起きたら報告は必要ですか")
    found = run(capsys, "ask", "漏えいが起きたら報告は必要ですか", "--case", case)
    assert "26条" in found["answer"]["ja"] and "68" not in {
        c["article"] for c in found["citations"] if c["id"] != "K-23"
    }
    assert any(c["article"] == "68" for c in plain["citations"])
    assert (found["as_of"], found["for_case"]["topic"]) == ("2025-06-01", "breach")
    said = "".join(note["ja"] for note in found["for_case"]["notes"])
    assert "施行規則（2026-06-14施行の版）" in said
    assert not {"as_of", "for_case"} & plain.keys()


def test_the_facts_of_a_case_decide_which_assessment_is_due(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = files / "case.yaml"
    question = "個人番号を使う事業で、どの評価が必要ですか"
    case.write_text(CASE, encoding="utf-8")
    asked = run(capsys, "ask", question, "--case", case)["for_case"]
    assert (asked["topic"], asked["missing"]) == (
        "assessment",
        ["headcount", "staff", "incident_last_year"],
    )
    facts = "headcount: 50000\nstaff: 300\nincident_last_year: false\n"
    case.write_text(CASE + facts, encoding="utf-8")
    found = run(capsys, "ask", question, "--case", case)
    assert found["for_case"]["missing"] == []
    assert any("基礎項目評価書" in note["ja"] for note in found["for_case"]["notes"])
    assert main(["ask", question, "--case", str(case)]) == 0
    assert "この案件では（基準日 2025-06-01）" in capsys.readouterr().out


def test_a_question_off_the_subject_gets_nothing_from_the_case(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "case.yaml").write_text(CASE, encoding="utf-8")
    found = run(capsys, "ask", "今日は傘が要りますか", "--case", files / "case.yaml")
    assert found["abstained"] and found["for_case"]["notes"] == []


def test_chat_is_several_turns_and_keeps_its_state(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = files / "state.json"
    data = files / "data.csv"
    found = run(capsys, "chat", data, "--session", state, "k=3で安全にして", "備考を落として")
    assert found["turns"][0]["actions"][0]["tool"] == "propose_plan"
    assert found["actions"] == found["turns"][0]["actions"]
    assert found["turns"][1]["actions"][0]["args"]["column"] == "備考"
    assert "佐藤" not in state.read_text(encoding="utf-8")
    again = run(capsys, "chat", data, "--session", state, "さっきのを戻して")
    assert again["actions"][0]["tool"] == "undo"


def test_a_review_file_has_no_cells(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = files / "review.json"
    review.write_text(json.dumps(run(capsys, "review", files / "data.csv")), encoding="utf-8")
    found = run(capsys, "chat", "--review", review, "氏名の列はなぜ旗が立っているのですか")
    assert found["actions"][0]["tool"] == "explain_column"
    assert found["citations"]
    asked = run(capsys, "chat", "--review", review, "k=3で安全にして")
    assert "データの添付が必要" in asked["reply"]


@pytest.mark.parametrize("format", ["docx", "xlsx", "html", "json"])
def test_report(files: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    review, out = files / "review.json", files / f"paper.{format}"
    review.write_text(json.dumps(run(capsys, "review", files / "data.csv")), encoding="utf-8")
    run(capsys, "report", review, "--paper", "draft_report", "--format", format, "--out", out)
    assert out.stat().st_size > 1000


def test_a_report_never_takes_the_place_of_its_review(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = files / "review.json"
    review.write_text(json.dumps(run(capsys, "review", files / "data.csv")), encoding="utf-8")
    kept = review.read_bytes()
    arguments = ["report", str(review), "--format", "json", "--out", str(review)]
    assert main(arguments) == 2
    assert review.read_bytes() == kept


@pytest.mark.parametrize(
    "arguments",
    [
        ["review", "missing.csv"],
        ["review"],
        ["plan", "missing.csv", "--k", "5"],
        ["report", "missing.json", "--format", "docx", "--out", "x.docx"],
        ["protect", "missing.csv", "--threshold", "5"],
        ["chat", "--review", "missing.json", "k を 5 に"],
        ["rules", "check", "missing"],
    ],
    ids=" ".join,
)
def test_bad_input_is_told_on_stderr(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("ja", "en"):
        assert main([*arguments, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.strip()
        assert "Traceback" not in err


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(run(capsys, "rules", "list")["rules"]) >= 20
    assert run(capsys, "rules", "check")["problems"] == []


ORDINANCE = "ordinance:\n  - {item: 成年後見, words: [後見], ordinance: 例示市条例第4条}\n"


def test_what_the_ordinance_of_the_council_names_is_special_care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEKIKI_HOME", str(tmp_path / "home"))
    data = tmp_path / "a.csv"
    data.write_text("番号,成年後見の有無\n1,有\n2,無\n3,無\n", encoding="utf-8")

    def looked() -> tuple[dict[str, object], list[dict[str, object]]]:
        review = run(capsys, "review", data, "--no-plan")
        (column,) = [c for c in review["columns"] if c["name"] == "成年後見の有無"]
        return column, [f for f in review["findings"] if "ordinance" in f["rule"]]

    column, found = looked()
    assert (found, column["categories"]) == ([], [])
    own = tmp_path / "home" / "rules"
    own.mkdir(parents=True)
    (own / "ordinance.yaml").write_text(ORDINANCE, encoding="utf-8")
    column, found = looked()
    assert "ordinance_special_care" in column["categories"]
    assert (column["role"], [f["rule"] for f in found]) == ("sensitive", ["ordinance.item_1"])
    assert "例示市条例第4条" in found[0]["message"]["ja"]
    assert run(capsys, "rules", "check")["problems"] == []
    assert "ordinance.item_1" in {r["id"] for r in run(capsys, "rules", "list")["rules"]}
    (own / "ordinance.yaml").write_text("ordinance: [{item: 成年後見}]", encoding="utf-8")
    assert "ordinance.yaml" in refused(capsys, "review", data)


def test_documents_are_kept_listed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEKIKI_HOME", str(tmp_path / "home"))
    guide = tmp_path / "guide.md"
    guide.write_text("# 庁内の手引き\n\n審査は毎月第二火曜日に行う。\n", encoding="utf-8")
    added = run(capsys, "knowledge", "add", guide)["documents"]
    assert [d["id"] for d in run(capsys, "knowledge", "list")["documents"]] == [added[0]["id"]]
    found = run(capsys, "knowledge", "search", "審査は毎月いつ")["passages"]
    assert any("第二火曜日" in p["quote"] for p in found)
    run(capsys, "knowledge", "remove", added[0]["id"])
    assert run(capsys, "knowledge", "list")["documents"] == []


@pytest.mark.parametrize("encoding", ["iso2022_jp", "euc_jp", "utf-16", "utf-16-le"])
def test_the_library_reads_text_in_every_encoding_of_an_office(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    encoding: str,
) -> None:
    monkeypatch.setenv("MEKIKI_HOME", str(tmp_path / "home"))
    text = "会議録 2024年4月\n\n委員から、窓口の端末の鍵について質問があった。\n"
    file = tmp_path / "会議録.txt"
    file.write_bytes(text.encode(encoding))
    run(capsys, "knowledge", "add", file)
    found = run(capsys, "knowledge", "search", "端末の鍵")["passages"]
    assert any("窓口の端末の鍵について質問があった" in p["quote"] for p in found)


def refused(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    """What stderr says of a command that must end with 2 and print nothing."""
    assert main([str(a) for a in args]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "Traceback" not in err
    return err


def test_all_problems_of_all_files_come_together(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "empty.csv").write_bytes(b"")
    (files / "prose.txt").write_text("これは説明の文です。", encoding="utf-8")
    said = refused(
        capsys,
        *("review", files / "empty.csv", files / "missing.csv"),
        *("--schema", files / "prose.txt", "--json", "--lang", "en"),
    )
    assert all(name in said for name in ("empty.csv", "missing.csv", "prose.txt"))


@pytest.mark.parametrize("schema", ["schema.csv", "missing.yaml"])
def test_a_missing_file_beside_a_schema(
    files: Path, capsys: pytest.CaptureFixture[str], schema: str
) -> None:
    said = refused(capsys, "review", files / "missing.csv", "--schema", files / schema)
    assert "missing.csv" in said


def test_a_case_says_which_fields_there_are(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "case.yaml").write_text("titel: x\nheadcount: many\n", encoding="utf-8")
    said = refused(capsys, "review", files / "data.csv", "--case", files / "case.yaml")
    assert "「titel」という欄はありません" in said
    assert "title" in said
    assert "headcount" in said
    assert "many" not in said


@pytest.mark.parametrize(
    "wish",
    [("--k", 1), ("--k", 5, "--l", 0), ("--k", 5, "--t", 7), ("--k", 5, "--max-suppression", 2)],
)
def test_a_goal_out_of_range(
    files: Path, capsys: pytest.CaptureFixture[str], wish: tuple[object, ...]
) -> None:
    assert "指定してください" in refused(capsys, "plan", files / "data.csv", *wish)


def test_a_place_that_cannot_be_written(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = files / "nowhere"
    said = refused(capsys, "plan", files / "data.csv", "--k", 3, "--out", nowhere / "plan.yaml")
    assert "plan.yaml" in said
    assert not nowhere.exists()


def test_a_slip_in_a_file_name_is_no_message(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "dta.csv" in refused(capsys, "chat", files / "dta.csv", "審査して")


def test_an_unforeseen_error_keeps_its_words_to_itself(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise KeyError("佐藤花子")

    monkeypatch.setattr("terminal.reviewing.opening.open_session", fail)
    said = refused(capsys, "review", files / "data.csv")
    assert "KeyError" in said
    assert "佐藤花子" not in said


def test_usage_is_explained_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["review", "--cells", "x"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "書き方" in said
    assert "See" in said


def test_a_reader_that_leaves_early_is_no_error(files: Path) -> None:
    """As `mekiki review … | head` does."""
    command = [sys.executable, "cli.py", "review", str(files / "data.csv"), "--no-plan"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0
