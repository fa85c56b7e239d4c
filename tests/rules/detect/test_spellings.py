"""Column names in the many spellings of offices, by type, and those that only look like one."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.headers import GRAVE, read
from core import CellKind, Dataset, Table, yaml12
from rules import Inspection, Settings, inspect
from rules.detect.names import HEAD, read_name

IDENTIFYING = {
    "person_name", "person_name_kana", "address", "postal_code", "birth_date", "phone", "email",
    "my_number", "corporate_number", "resident_record_code", "household_id", "vehicle_number",
    "basic_pension_number", "drivers_license_number", "passport_number", "residence_card_number",
    "insurer_number", "insured_person_number", "employment_insurance_number", "student_number",
    "disability_certificate_number", "bank_account", "credit_card", "device_id",
}  # fmt: skip
ROWS = 300


@cache
def spellings() -> dict[str, Any]:
    text = Path(__file__).with_name("spellings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml12.load(text)
    return loaded


def seen(columns: dict[str, Callable[[random.Random], str]], rows: int = ROWS) -> Inspection:
    chance = random.Random(7)
    made = {name: [way(chance) for _ in range(rows)] for name, way in columns.items()}
    return inspect(Dataset("x", Table.of(made)), Settings(cells_limit=None))


def digits(length: int) -> Callable[[random.Random], str]:
    return lambda chance: "".join(chance.choices("0123456789", k=length))


def one_of(*words: str) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(words)


@pytest.mark.parametrize("type_", spellings()["types"])
def test_spellings_of_a_type(type_: str) -> None:
    wrong = {
        name: [(m.type.value, m.confidence) for m in read_name(name)]
        for name in spellings()["types"][type_]
        if not read_name(name) or read_name(name)[0].type.value != type_
    }
    assert not wrong


@pytest.mark.parametrize("type_", spellings()["standard"])
def test_headers_of_the_standard_systems(type_: str) -> None:
    wrong = {name: read(name) for name in spellings()["standard"][type_] if read(name) != type_}
    assert not wrong


def test_what_is_about_a_thing_is_about_nobody() -> None:
    """By the header alone; a number is a number, whatever it numbers."""
    wrong = {name: type_ for name in spellings()["things"] if (type_ := read(name)) in GRAVE}
    assert set(wrong.values()) <= {"sequence_number"}
    assert all(name.endswith(("番号", "ID")) for name in wrong)


@pytest.mark.parametrize("name", spellings()["near_misses"])
def test_near_misses_by_name(name: str) -> None:
    sure = [m.type.value for m in read_name(name) if m.confidence >= HEAD]
    assert not IDENTIFYING & set(sure)


@pytest.mark.parametrize(
    "way", [one_of("0", "1"), one_of("有", "無"), one_of("新規", "変更"), digits(2)]
)
def test_near_misses_with_values(way: Callable[[random.Random], str]) -> None:
    names = [n for n in spellings()["near_misses"] if "番号" not in n or n.endswith("フラグ")]
    types = {c.name: c.type.value for c in seen(dict.fromkeys(names, way)).columns}
    assert not {name: type_ for name, type_ in types.items() if type_ in IDENTIFYING}


def test_twelve_digits_of_a_receipt_are_nobodys_number() -> None:
    names = ("受付番号12桁", "申請受付番号", "納付書番号", "予約番号", "receipt_number", "決定番号")
    types = {c.name: c.type.value for c in seen(dict.fromkeys(names, digits(12))).columns}
    assert not {name: type_ for name, type_ in types.items() if type_ in IDENTIFYING}


@pytest.mark.parametrize(
    ("name", "way", "type_"),
    [
        ("手帳番号", lambda c: f"{digits(3)(c)}-{digits(4)(c)}", "disability_certificate_number"),
        ("登録番号", lambda c: f"品川 {c.randint(300, 599)} あ {digits(2)(c)}-{digits(2)(c)}",
         "vehicle_number"),
        ("認定結果", one_of("要介護1", "要介護3", "要支援2", "非該当"), "medical_care"),
        ("区分", one_of("生活扶助", "住宅扶助", "医療扶助"), "welfare"),
        ("状態", one_of("男", "女"), "sex"),
        ("card_no", lambda c: f"L{digits(7)(c)}", "sequence_number"),
        ("課税年", one_of("令和5", "令和6", "令和4"), "date"),
        ("列7", one_of("第一小学校", "北中学校", "みどり保育園"), "school"),
        ("項目3", one_of("肺炎", "糖尿病", "統合失調症"), "disease"),
        ("区分", one_of("転入", "転出", "出生"), "category"),
        ("利用者区分", one_of("児童", "学生", "その他"), "category"),
    ],
)  # fmt: skip
def test_values_say_what_the_name_leaves_open(
    name: str, way: Callable[[random.Random], str], type_: str
) -> None:
    assert seen({name: way}).columns[0].type.value == type_


def test_nines_among_incomes_mean_that_none_is_known() -> None:
    chance = random.Random(3)
    amounts = [str(int(chance.lognormvariate(15, 0.45)) // 1000 * 1000) for _ in range(3_000)]
    amounts[10], amounts[20], amounts[30] = "999999", "9999999", "9999999"
    found = inspect(Dataset("x", Table.of({"合計所得金額": amounts})), Settings(cells_limit=None))
    codes = {n.row for n in found.cells if n.kind is CellKind.MISSING_CODE}
    assert codes == {11, 21, 31}


def test_nines_among_numbers_of_every_digit_are_numbers() -> None:
    chance = random.Random(3)
    amounts = [str(chance.randint(99_000, 101_000)) for _ in range(60_000)]
    found = inspect(Dataset("x", Table.of({"税額": amounts})), Settings(cells_limit=None))
    assert not [n for n in found.cells if n.kind is CellKind.MISSING_CODE]


def test_coordinates_elsewhere_are_told_even_where_they_are_some() -> None:
    chance = random.Random(3)
    places = [f"{chance.gauss(35.4, 0.04):.6f}" for _ in range(3_000)]
    places[:9], places[9:18] = ["0.000000"] * 9, ["138.912345"] * 9
    found = inspect(Dataset("x", Table.of({"緯度": places})), Settings(cells_limit=None))
    assert {n.row for n in found.cells if n.kind is CellKind.OUTLIER} >= set(range(1, 19))
