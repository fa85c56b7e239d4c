"""What Presidio and DataProfiler reach on the blind set, in a Python of their own."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.detection.blind import BlindTable

VARIABLE = "MEKIKI_OTHER_TOOLS"
"""Names the Python in which presidio-analyzer, ja-ginza and dataprofiler[ml] are installed."""
_MEANS = {
    "PERSON": "person_name", "PHONE_NUMBER": "phone", "LOCATION": "address", "ADDRESS": "address",
    "EMAIL_ADDRESS": "email", "CREDIT_CARD": "credit_card", "IP_ADDRESS": "ip_address",
    "DATE_TIME": "birth_date", "DATETIME": "birth_date", "DATE": "birth_date", "NRP": "nationality",
    "BAN": "bank_account", "IBAN_CODE": "bank_account", "URL": "url", "AGE": "age",
    "US_DRIVER_LICENSE": "drivers_license_number", "DRIVERS_LICENSE": "drivers_license_number",
    "US_PASSPORT": "passport_number",
}  # fmt: skip
_NO_TYPE = {"", "UNKNOWN", "BACKGROUND", "INTEGER", "QUANTITY", "ORDINAL", "FLOAT"}


def run(tables: list[BlindTable], memos: int = 100) -> dict[str, list[dict[str, Any]]]:
    """The figures per tool and table, empty where no Python was named."""
    python = os.environ.get(VARIABLE)
    if not python:
        return {}
    figures: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        given = {"columns": table.columns, "memos": table.columns[table.memo][:memos]}
        script = Path(__file__).with_name("other_tools.py")
        done = subprocess.run(
            [python, str(script)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=True,
        )
        for name, seen in json.loads(done.stdout.strip().splitlines()[-1]).items():
            told = seen if "missing" in seen else _score(table, seen)
            figures.setdefault(name, []).append(told)
    return figures


def _score(table: BlindTable, seen: dict[str, Any]) -> dict[str, Any]:
    typed = {n: kinds for n, kinds in table.truth.items() if kinds - _plain() and n != table.memo}
    claims = {n: label for n, label in seen["columns"].items() if label not in _NO_TYPE}
    right = sum(_MEANS.get(claims.get(n, "")) in kinds for n, kinds in typed.items())
    told: dict[str, Any] = {
        "typed_right": right,
        "typed": len(typed),
        "claimed": len(claims),
        "seconds": seen["seconds"],
    }
    if seen["memos"] is not None:
        truth = table.hidden[: len(seen["memos"])]
        wanted = [(kinds, found) for (_, spans), found in zip(truth, seen["memos"], strict=True)
                  for kinds in spans]  # fmt: skip
        clean = [found for (_, spans), found in zip(truth, seen["memos"], strict=True) if not spans]
        told["hidden"] = len(wanted)
        told["hidden_right"] = sum(
            any(_MEANS.get(label) in kinds for label in found) for kinds, found in wanted
        )
        told["clean"] = len(clean)
        told["false_alarms"] = sum(bool(set(found) & set(_MEANS)) for found in clean)
    return told


def _plain() -> frozenset[str]:
    return frozenset({"free_text", "category", "quantity", "date"})


def lines(figures: dict[str, list[dict[str, Any]]]) -> list[str]:
    """One line of print per tool."""
    if not figures:
        return [f"other tools: skipped ({VARIABLE} names no Python that holds them)"]
    told = []
    for name, tables in figures.items():
        failed = next((t["missing"] for t in tables if "missing" in t), None)
        if failed:
            told.append(f"{name}: skipped ({failed})")
            continue
        total = {key: sum(t[key] for t in tables) for key in tables[0]}
        line = (
            f"{name}: {total['typed_right']} of {total['typed']} typed columns right, "
            f"precision {total['typed_right'] / max(1, total['claimed']):.2f}"
        )
        if "hidden" in total:
            hidden = total["hidden_right"] / max(1, total["hidden"])
            false = total["false_alarms"] / max(1, total["clean"])
            line += f", hidden data {hidden:.1%} of {total['hidden']}"
            line += f", false alarms {false:.1%} of {total['clean']}"
        told.append(f"{line}, {total['seconds']:.0f} s")
    return told
