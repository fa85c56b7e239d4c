"""The registry finds every format; adding one is adding a file."""

from pathlib import Path

import pytest

from core import InputError, yaml12
from intake import Upload, formats, read
from intake.formats import Format, recognise

FOLDER = Path(formats.__path__[0])
DECLARED = formats.formats()


def test_every_module_of_the_folder_declares_formats() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    texts = {name: (FOLDER / f"{name}.py").read_text("utf-8") for name in modules}
    assert [name for name, text in texts.items() if "\nFORMATS = (" not in text] == []


@pytest.mark.parametrize("declared", DECLARED, ids=lambda d: d.id)
def test_every_format_has_a_name_in_both_languages(declared: Format) -> None:
    assert declared.name.ja
    assert declared.name.en


def test_an_ending_promises_one_format() -> None:
    promised = [(ending, d.id) for d in DECLARED for ending in d.endings]
    assert len({ending for ending, _ in promised}) == len(set(promised))


def test_formats_are_asked_in_the_order_of_their_ranks() -> None:
    assert [d.rank for d in DECLARED] == sorted(d.rank for d in DECLARED)
    assert DECLARED[-1].id == "delimited"


REFUSED = yaml12.load((FOLDER / "refused.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("id", REFUSED)
def test_what_is_refused_is_recognised_and_told(id: str) -> None:
    told = REFUSED[id]
    for sign in told["begins"]:
        end = told.get("also", "") + told.get("member", "")
        upload = Upload("a", sign.encode("latin-1") + b"rest" + end.encode("latin-1"))
        assert recognise(upload).id == id
        with pytest.raises(InputError) as caught:
            read([upload])
        assert caught.value.problems[0].code == "unsupported_format"
