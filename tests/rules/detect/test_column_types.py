"""Every type of column is complete in its one file, and a new file is all that a new type takes."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core import ColumnType, Dataset, Table, column_types, yaml12
from core.column_types import Form, TypeDescription, described
from law import cards
from rules import inspect
from rules.detect.checksums import CHECKS
from rules.detect.names import HEAD, read_name
from rules.detect.names.words import squeezed
from rules.detect.patterns import filled
from rules.detect.values import READERS

ROOT = Path(__file__).parents[3]
NEW = Path(__file__).with_name("new_type") / "evacuee_number.yaml"
UNNAMED = {"unknown"}
"""No header tells it."""
UNSPOKEN = {"unknown", "category", "quantity", "flag"}
"""Nobody calls a column so."""


def lacking(name: str, told: TypeDescription) -> list[str]:
    """What is still to be filled in, in the type's file."""
    wanted = {
        "cards (ids of the cards that say why)": told.cards or told.role == "other",
        "names (headers that call it)": told.names or name in UNNAMED,
        "examples.headers (for the tests)": told.examples.headers or name in UNNAMED,
        "spoken (what people call it)": told.spoken or name in UNSPOKEN,
        "examples.values (its values tell it alone)": told.examples.values
        or all(not v.alone or v.open for v in told.values),
    }
    return [what for what, there in wanted.items() if not there]


def forms(told: TypeDescription) -> list[Form]:
    loose = [v.form for v in told.values if v.form]
    return [told.form, *told.values, *loose]


@pytest.mark.parametrize(("type_", "told"), described().items())
def test_a_type_is_complete(type_: ColumnType, told: TypeDescription) -> None:
    assert not lacking(type_, told), f"fill column_types/{type_}.yaml"
    assert set(told.cards) <= {card.id for card in cards()}, f"cards in column_types/{type_}.yaml"
    for form in forms(told):
        assert {form.check} <= {None, *CHECKS}, f"check in column_types/{type_}.yaml"
        assert {form.reader} <= {None, *READERS}, f"reader in column_types/{type_}.yaml"
        for pattern in (*form.patterns, *form.cased):
            assert "{vocabulary}" not in filled(pattern, type_)
    assert set(told.unsure) | set(told.itself) == set() or told.names


def test_code_calls_only_types_that_have_a_file() -> None:
    """The names that the type checker knows are in the folder: a renamed file is seen here."""
    source = (ROOT / "core" / "vocabulary.py").read_text(encoding="utf-8")
    listed = source.split("if TYPE_CHECKING:")[1].split("else:")[0]
    called = {line.split('"')[1] for line in listed.splitlines() if '"' in line}
    assert (
        called
        <= {t.value for t in ColumnType}
        == {path.stem for path in (ROOT / "column_types").glob("*.yaml")}
    )


def test_a_header_belongs_to_one_type() -> None:
    owners = Counter(
        name
        for told in described().values()
        for name in {squeezed(n) if not n.isascii() else n.lower() for n in told.names}
    )
    assert [name for name, count in owners.items() if count > 1] == []


@pytest.mark.parametrize(
    ("header", "type_"), [(h, t) for t, told in described().items() for h in told.examples.headers]
)
def test_a_header_tells_its_type(header: str, type_: ColumnType) -> None:
    assert read_name(header)[0].type is type_


@pytest.mark.parametrize(
    ("header", "type_"), [(h, t) for t, told in described().items() for h in told.near_misses]
)
def test_a_near_miss_does_not(header: str, type_: ColumnType) -> None:
    assert type_ not in {m.type for m in read_name(header) if m.confidence >= HEAD}


@pytest.mark.parametrize(
    ("type_", "values"),
    [(t, told.examples.values) for t, told in described().items() if told.examples.values],
)
def test_values_tell_their_type_alone(type_: ColumnType, values: tuple[str, ...]) -> None:
    seen = inspect(Dataset("t", Table.of({"列1": list(values) * 10}))).columns[0]
    assert seen.type is type_
    assert seen.support.n == seen.support.of == 10 * len(values)
    assert seen.evidence and seen.why.ja


def test_a_file_that_lacks_something_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = yaml12.load(NEW.read_text(encoding="utf-8"))
    del told["why"]
    (tmp_path / f"{ColumnType.AGE}.yaml").write_text(yaml12.dump(told), encoding="utf-8")
    monkeypatch.setattr(column_types, "COLUMN_TYPES", tmp_path)
    with pytest.raises(ValueError, match=r"age\.yaml: why: Field required"):
        column_types._read(ColumnType.AGE)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """A review by a product with one file more; everything else is as it stands."""
    place = tmp_path_factory.mktemp("product")
    for path in ROOT.iterdir():
        if not path.name.startswith(".") and path.name not in ("column_types", "tests", "shared"):
            (place / path.name).symlink_to(path)
    (place / "column_types").mkdir()
    for path in [*(ROOT / "column_types").glob("*.yaml"), NEW]:
        (place / "column_types" / path.name).symlink_to(path)
    numbers = [f"H{n % 90 + 10}-{1000 + 7 * n}" for n in range(60)]
    with (place / "shelter.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [("避難者番号", "列2", "避難者数"), *((n, n, i) for i, n in enumerate(numbers))]
        csv.writer(file).writerows(rows)
    done = subprocess.run(
        [sys.executable, "-m", "cli", "review", "shelter.csv", "--json"],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_one_file_adds_a_type(review: dict[str, list[dict[str, object]]]) -> None:
    named, unnamed, count = review["columns"]
    new = TypeDescription.model_validate(yaml12.load(NEW.read_text(encoding="utf-8")))
    assert new.label.ja in str(named["evidence"])
    for column in (named, unnamed):
        assert column["type"] == NEW.stem
        assert column["role"] == new.role
        assert column["why"] == new.why.model_dump()
        assert {c["id"] for c in column["citations"]} >= set(new.cards), column["citations"]
    assert count["type"] == "quantity"


def test_the_new_type_is_complete() -> None:
    new = TypeDescription.model_validate(yaml12.load(NEW.read_text(encoding="utf-8")))
    assert lacking(NEW.stem, new) == []
