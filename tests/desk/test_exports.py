"""The processed file and tables to publish leave with their certificates and touch no disk."""

import hashlib
import io
import json
from collections.abc import Callable
from itertools import product
from typing import Any

import openpyxl
import pytest

from anonymizer.tables import PRESETS, render
from core import Operation, PlanError, UsageError
from desk import Override, Session, protected, table_files
from intake import Upload
from tests.desk.conftest import SCHEMA, register

DATA = "氏名,年齢,区\n" + "".join(
    f"山田{first}{second},{20 + n % 30},{('北区', '南区')[n % 2]}\n"
    for n, (first, second) in enumerate(product("花里美由奈彩沙真", "子乃香奈美希代世恵央"))
)


@pytest.fixture
def session() -> Session:
    made = Session()
    made.add([Upload("名簿.csv", DATA.encode())])
    made.suggest()
    return made


def test_the_certificate_is_of_the_bytes_handed_out(session: Session) -> None:
    content, certificate = session.processed_file("csv")
    assert certificate.sha256 == hashlib.sha256(content).hexdigest()
    assert certificate.passed and certificate.k >= 5
    assert "山田" not in content.decode("utf-8-sig")


def test_a_workbook_is_certified_as_well(session: Session) -> None:
    content, certificate = session.processed_file("xlsx")
    assert certificate.passed
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None and sheet.max_row == 81


def test_a_plan_that_misses_its_goal_says_so(session: Session) -> None:
    session.change_plan("年齢", Operation.KEEP)
    _, certificate = session.processed_file("csv")
    assert certificate.k == session.preview_now().after.k  # type: ignore[union-attr]
    assert certificate.passed == (certificate.k >= certificate.goal.k) or certificate.failures


def test_nothing_is_written(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    real: Callable[..., Any] = io.open

    def watched(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if set(mode) & set("wax+"):
            opened.append(file)
        return real(file, mode, *rest, **more)

    monkeypatch.setattr("builtins.open", watched)
    monkeypatch.setattr("io.open", watched)
    session.processed_file("csv")
    assert opened == []


def test_without_a_plan_there_is_no_file() -> None:
    made = Session()
    made.add([Upload("名簿.csv", DATA.encode())])
    with pytest.raises(UsageError):
        made.processed_file("csv")


@pytest.fixture
def people() -> Session:
    made = Session()
    made.add([Upload("register.csv", register()), Upload("schema.csv", SCHEMA.encode())])
    return made


def test_a_screen_has_rows_a_legend_and_the_certificate_in_words(people: Session) -> None:
    found = protected(people, ["町名", "性別"], 20)
    (printed,) = render(found)
    assert printed.header[1:] == ("計", *printed.header[2:])
    assert all(len(row) == len(printed.header) for row in printed.rows)
    texts = {text for row in printed.rows for text in row[1:]}
    assert all(text in ("X", "-") or text.isdecimal() for text in texts)
    assert "X" in texts
    assert "X" in printed.legend.ja and "X" in printed.legend.en
    assert len(found.statements()) == 3
    assert all("合格" in s.ja and "passed" in s.en for s in found.statements())


@pytest.mark.parametrize("preset", list(PRESETS))
def test_every_practice(people: Session, preset: str) -> None:
    found = protected(people, ["町名", "性別"], 5, preset, identifier="宛名番号")  # type: ignore[arg-type]
    assert render(found)[0].rows[0][0] == "計"


def test_the_file_leaves_with_its_certificate() -> None:
    made = Session()
    made.add([Upload("t.csv", "町,件数\n北,1\n南,1\n東,1\n西,1\n".encode())])
    found = protected(made, ["町"], 5)
    with pytest.raises(PlanError):
        table_files(found, "csv")
    files = table_files(found, "csv", Override.record("課長", "公表済み"))
    assert files["table.csv"].count(b"X") == 5
    stated = json.loads(files["certificate.json"])
    assert stated["override"]["by"] == "課長"
    assert stated["override"]["reason"] == "公表済み"
    assert not stated["passed"]
    with pytest.raises(UsageError):
        Override.record("課長", " ")
