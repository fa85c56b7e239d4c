"""`mekiki risk`, `plan` and `anonymize`: the gate, the keys, the modes."""

import csv
import json
from pathlib import Path

import pytest

from cli import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [("番号", "年齢", "性別")]
    rows += [(f"A-{i:04d}", str(20 + i % 60), "男女"[i % 2]) for i in range(200)]
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / "data.csv"


def plan_text(*, k: int, operation: str, key: str = "drop") -> str:
    pseudonym = ", parameter: 大学" if key == "pseudonymize" else ""
    return f"""
version: 1
steps:
- {{column: 番号, operation: {key}{pseudonym}}}
- {{column: 年齢, operation: {operation}, type: age}}
- {{column: 性別, operation: keep, type: sex}}
quasi: [年齢, 性別]
k: {k}
max_suppression: 0.0
mode: full-domain
"""


def call(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_goal_that_is_not_met_writes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(plan_text(k=5, operation="keep"), encoding="utf-8")
    out, paper = tmp_path / "out.csv", tmp_path / "certificate.json"
    command = ["anonymize", data, "--plan", tmp_path / "plan.yaml", "--out", out]
    command += ["--certificate", paper]
    code, _, err = call(capsys, *command)
    assert code == 2
    assert "満たせない" in err
    assert "mekiki plan" in err
    assert not out.exists()
    assert not paper.exists()
    code, said, _ = call(capsys, *command, "--allow-unmet", "--json")
    assert code == 0
    assert json.loads(said)["met"] is False
    assert json.loads(paper.read_text(encoding="utf-8"))["passed"] is False
    assert json.loads(paper.read_text(encoding="utf-8"))["failures"]


def test_two_recipients_cannot_join_their_files(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "a").write_bytes(b"Jc5yB1nHf6KuE3sG\n")
    (keys / "b").write_bytes(b"Zt8wPq2LxV5oNm1R")
    plan = plan_text(k=1, operation="drop", key="pseudonymize")
    seen: dict[str, list[str]] = {}
    for turn, (recipient, key) in enumerate([("大学", "a"), ("病院", "b"), ("大学", "a")]):
        (tmp_path / "plan.yaml").write_text(plan.replace("大学", recipient), encoding="utf-8")
        out = tmp_path / f"out{turn}.csv"
        code, _, _ = call(capsys, "anonymize", data, "--plan", tmp_path / "plan.yaml",
                          "--out", out, "--key-file", f"{recipient}={keys / key}")  # fmt: skip
        assert code == 0
        with out.open(encoding="utf-8-sig", newline="") as file:
            seen[f"{turn}"] = [row["番号"] for row in csv.DictReader(file)]
    assert sorted(seen["0"]) == sorted(seen["2"])
    assert len(set(seen["0"])) == 200
    assert not set(seen["0"]) & set(seen["1"])


def test_a_key_may_not_lie_beside_the_data_nor_be_shared(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(
        plan_text(k=1, operation="drop", key="pseudonymize"), encoding="utf-8"
    )
    (tmp_path / "key").write_bytes(b"9Qd2vX7mLr4TzA8w")
    command = ["anonymize", data, "--plan", tmp_path / "plan.yaml"]
    code, _, err = call(capsys, *command, "--out", tmp_path / "out.csv",
                        "--key-file", f"大学={tmp_path / 'key'}")  # fmt: skip
    assert code == 2
    assert "鍵" in err
    (tmp_path / "results").mkdir()
    code, _, err = call(capsys, *command, "--out", tmp_path / "results" / "out.csv",
                        "--key-file", f"大学={tmp_path / 'key'}",
                        "--key-file", f"病院={tmp_path / 'key'}")  # fmt: skip
    assert code == 2
    assert "別の鍵" in err
    assert not list((tmp_path / "results").iterdir())


@pytest.mark.parametrize("mode", ["local", "full-domain", "mondrian"])
def test_every_mode_from_plan_to_certificate(
    data: Path, tmp_path: Path, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = tmp_path / "plan.yaml", tmp_path / "out.csv"
    code, said, _ = call(capsys, "plan", data, "--k", 5, "--mode", mode, "--quasi", "年齢,性別",
                         "--out", plan, "--json")  # fmt: skip
    assert code == 0
    assert json.loads(said)["alternatives"][0]["plan"]["mode"] == mode
    code, said, _ = call(capsys, "anonymize", data, "--plan", plan, "--out", out, "--json")
    assert code == 0
    assert json.loads(said)["certificate"]["passed"]
    assert json.loads(said)["certificate"]["k"] >= 5


def test_risk_in_the_population(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    risk = ["risk", data, "--quasi", "年齢,性別", "--json"]
    assert json.loads(call(capsys, *risk)[1])["population_risk"] is None
    whole = json.loads(call(capsys, *risk, "--sampling-fraction", 1)[1])
    tenth = json.loads(call(capsys, *risk, "--sampling-fraction", 0.1)[1])
    assert whole["population_risk"] == pytest.approx(whole["marketer"])
    assert 0 < tenth["population_risk"] < whole["population_risk"] / 5
    assert call(capsys, *risk, "--sampling-fraction", 2)[0] == 2


@pytest.mark.shared
def test_hierarchies_from_a_directory(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adult = shared / "data" / "adult"
    plan, out = tmp_path / "plan.yaml", tmp_path / "out.csv"
    named = ["--hierarchies", adult, "--json"]
    code, said, _ = call(capsys, "plan", adult / "adult.csv", "--k", 5, "--out", plan, *named,
                         "--quasi", "sex,age,race,education,occupation")  # fmt: skip
    assert code == 0
    assert json.loads(said)["alternatives"][0]["utility"]["granularity"] > 0.9
    code, said, _ = call(capsys, "anonymize", adult / "adult.csv", "--plan", plan,
                         "--out", out, *named)  # fmt: skip
    assert code == 0
    assert json.loads(said)["certificate"]["passed"]


def test_risk_over_hierarchies(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "trees"
    folder.mkdir()
    rows = [f"{age};{age // 20 * 20}代;*" for age in range(20, 80)]
    (folder / "x_年齢.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "x_性別.csv").write_text("男;*\n女;*\n", encoding="utf-8")
    command = ["risk", data, "--quasi", "年齢,性別", "--hierarchies", folder]
    code, said, _ = call(capsys, *command, "--json")
    assert code == 0
    levels = json.loads(said)["by_level"]
    assert [(x["column"], x["level"], x["values"]) for x in levels] == [
        ("年齢", 0, 60), ("年齢", 1, 3), ("年齢", 2, 1), ("性別", 0, 2), ("性別", 1, 1),
    ]  # fmt: skip
    assert levels[2]["k"] == 100
    code, said, _ = call(capsys, "risk", data, "--quasi", "年齢", "--sensitive", "性別",
                         "--hierarchies", folder, "--json")  # fmt: skip
    (sensitive,) = json.loads(said)["sensitive"]
    assert sensitive["t_hierarchical"] == sensitive["t_equal"]
    for lang, words in (("ja", "「年齢」を1段階粗くすると"), ("en", "1 level(s) coarser")):
        code, said, _ = call(capsys, *command, "--lang", lang)
        assert code == 0
        assert words in said
        assert "{" not in said
    (folder / "x_性別.csv").write_text("男;*\n", encoding="utf-8")
    code, _, err = call(capsys, *command)
    assert code == 2
    assert "「性別」の100行" in err


def test_hierarchies_for_other_columns_are_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "trees"
    folder.mkdir()
    (folder / "x_国籍.csv").write_text("日本;*\n", encoding="utf-8")
    code, _, err = call(capsys, "risk", data, "--quasi", "年齢", "--hierarchies", folder)
    assert code == 2
    assert "名前_列名.csv" in err


def test_the_file_and_its_certificate_are_written_together_or_not_at_all(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(plan_text(k=1, operation="keep"), encoding="utf-8")
    out = tmp_path / "out.csv"
    command = ["anonymize", data, "--plan", tmp_path / "plan.yaml", "--out", out]
    for certificate in (tmp_path / "nowhere" / "c.json", data.parent):
        code, _, err = call(capsys, *command, "--certificate", certificate)
        assert code == 2
        assert "書き出せません" in err
        assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "plan.yaml"]
    code, _, _ = call(capsys, *command, "--certificate", tmp_path / "c.json")
    assert code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.json", "in", "out.csv", "plan.yaml"]


def test_what_is_read_is_never_written_over(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan_text(k=1, operation="keep"), encoding="utf-8")
    before = data.read_bytes()
    out = tmp_path / "o.csv"
    for command in (
        ["plan", data, "--k", 2, "--out", data],
        ["anonymize", data, "--plan", plan, "--out", data],
        ["anonymize", data, "--plan", plan, "--out", plan],
        ["anonymize", data, "--plan", plan, "--out", out, "--certificate", out],
    ):
        code, _, err = call(capsys, *command)
        assert code == 2
        assert "別のファイル名" in err
    assert data.read_bytes() == before
    assert not out.exists()


def test_a_command_that_is_stopped_says_so_and_writes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("anonymizer.leave", stop)
    (tmp_path / "plan.yaml").write_text(plan_text(k=1, operation="keep"), encoding="utf-8")
    code, _, err = call(capsys, "anonymize", data, "--plan", tmp_path / "plan.yaml",
                        "--out", tmp_path / "out.csv")  # fmt: skip
    assert code == 2
    assert "中止しました" in err
    assert not (tmp_path / "out.csv").exists()
