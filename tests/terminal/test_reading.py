"""A guess about how a file is to be read can be overruled at the terminal."""

import json
from pathlib import Path

import pytest

from cli import main


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    rows = "".join(f"{i};北区,{i};男\n" for i in range(9))
    path.write_text("番号;住所,番地;性別\n" + rows, encoding="cp932")
    return path


def source(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["review", *arguments, "--no-plan", "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)["inputs"][0]
    return found


def test_what_is_stated_is_taken(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guessed = source(capsys, str(file))
    assert (guessed["delimiter"], guessed["encoding"], guessed["rows"]) == (";", "cp932", 9)
    stated = source(capsys, str(file), "--delimiter", ",", "--encoding", "cp932")
    assert (stated["delimiter"], stated["encoding"]) == (",", "cp932")
    assert source(capsys, str(file), "--skip-rows", "2", "--header-rows", "0")["rows"] == 8


@pytest.mark.parametrize(
    "arguments",
    [
        ["--encoding", "utf-8"],
        ["--encoding", "klingon"],
        ["--delimiter", "::"],
        ["--skip-rows", "-1"],
        ["--header-rows", "11"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_told(
    arguments: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: int | str | None = main(["review", str(file), *arguments])
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_a_file_without_a_header_is_asked_about_and_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "names.csv"
    path.write_text("山田太郎,北町1-2-3\n佐藤花子,南町4-5\n鈴木一郎,西町2-2\n", encoding="utf-8")
    asked = source(capsys, str(path))
    question = asked["question"]
    assert isinstance(question, dict)
    assert (question["about"], question["assumed"]) == ("header_rows", 0)
    assert [(c["value"], c["option"]) for c in question["choices"]] == [
        (1, "--header"),
        (0, "--no-header"),
    ]
    main(["review", str(path), "--no-plan"])
    out = capsys.readouterr().out
    assert "--no-header" in out
    assert "山田" not in out
    for option, rows in (("--header", 2), ("--no-header", 3)):
        answered = source(capsys, str(path), option)
        assert (answered["rows"], answered["question"]) == (rows, None)
