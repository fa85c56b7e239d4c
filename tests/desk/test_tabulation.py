"""Protected tables at the desk: for a screen, and as a file with its certificate."""

import json

import pytest

from anonymizer.tables import PRESETS, render
from core import PlanError, UsageError
from desk import Override, Session, table_files
from desk.tabulation import protected, table_file
from intake import Upload


def test_a_screen_has_rows_a_legend_and_the_certificate_in_words(session: Session) -> None:
    found = protected(session, ["町名", "性別"], 20)
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
def test_every_practice(session: Session, preset: str) -> None:
    found = protected(session, ["町名", "性別"], 5, preset, identifier="宛名番号")  # type: ignore[arg-type]
    assert render(found)[0].rows[0][0] == "計"


def test_the_file_leaves_with_its_certificate() -> None:
    made = Session()
    made.add([Upload("t.csv", "町,件数\n北,1\n南,1\n東,1\n西,1\n".encode())])
    found = protected(made, ["町"], 5)
    with pytest.raises(PlanError):
        table_file(found, "csv")
    content, certificate = table_file(found, "csv", Override(by="課長", reason="公表済み"))
    assert content.count(b"X") == 5
    assert certificate["override"]["by"] == "課長"
    with pytest.raises(PlanError):
        table_files(found, "csv")
    files = table_files(found, "csv", Override.record("課長", "公表済み"))
    stated = json.loads(files["certificate.json"])
    assert stated["override"]["reason"] == "公表済み"
    assert not stated["passed"]
    with pytest.raises(UsageError):
        Override.record("課長", " ")
