"""Every option of every terminal command, with what it must change, and files to try it on."""

import csv
import io
from dataclasses import dataclass, replace
from functools import reduce
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pytest

from casebook import training_cases
from tests.golden.room import Room

TOWNS, ILLNESSES = ("桜町", "緑町", "中町"), ("高血圧", "糖尿病", "喘息", "高血圧", "胃炎")
HEADER = ("番号", "年齢", "性別", "町名", "病名", "重み")
TABLE = "町,区分,人数\n北,子,2\n北,大人,40\n南,子,30\n南,大人,50\n東,子,20\n東,大人,31\n"
AREAS = "町,組,人数\n北,甲,9\n北,乙,8\n島,甲,1\n島,乙,2\n中,甲,8\n中,乙,9\n南,甲,7\n南,乙,6\n"
COSTLY = (
    "町,区分,人数\n甲,x,2\n甲,y,6\n甲,z,500\n乙,x,500\n乙,y,6\n乙,z,6\n丙,x,6\n丙,y,500\n丙,z,6\n"
)
KNOWN = "町,人数\n北,1\n南,1\n東,1\n西,1\n"
PLAN = """
version: 1
steps:
- {column: 番号, operation: pseudonymize, parameter: 大学}
- {column: 年齢, operation: band, parameter: 20, type: age}
- {column: 性別, operation: keep, type: sex}
- {column: 町名, operation: generalize, parameter: 1, type: address}
- {column: 病名, operation: drop}
- {column: 重み, operation: drop}
quasi: [年齢, 性別]
k: 2
max_suppression: 0.1
mode: full-domain
"""


def people(rows: int) -> list[tuple[str, ...]]:
    return [
        (
            *(f"A-{i:04d}", str(20 + i * 7 % 50), "男女"[i % 2], TOWNS[i % 3]),
            *(ILLNESSES[i * i % 5], str(10 + i % 4)),
        )
        for i in range(rows)
    ]


def files() -> dict[str, bytes]:
    """What the commands of this page are called on."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *people(90)])
    book, saved = openpyxl.Workbook(write_only=True), io.BytesIO()
    for name, rows in (("甲", 90), ("乙", 45)):
        sheet = book.create_sheet(name)
        for row in (HEADER, *people(rows)):
            sheet.append(row)
    book.save(saved)
    areas = (case for case in training_cases() if case.id == "small_area_table")
    plain = {
        "schema.csv": "項目名,型,必須\n番号,文字,1\n年齢,数値,1\n性別,文字,1\n電話,文字,0\n",
        "case.yaml": "title: 見守りの名簿\nheadcount: 42000\ncontractor: {used: true}\n",
        "plan.yaml": PLAN,
        "other.yaml": PLAN.replace("parameter: 20", "parameter: 10"),
        "unmet.yaml": PLAN.replace("band, parameter: 20", "keep").replace("0.1", "0.0"),
        "h/x_町名.csv": "桜町,北部,*\n緑町,北部,*\n中町,南部,*\n",
        "h/x_病名.csv": "高血圧,内科,*\n糖尿病,内科,*\n喘息,内科,*\n胃炎,外科,*\n",
        "h/x_町.csv": "北,北部,*\n南,北部,*\n東,南部,*\n",
        "keys/a": "Zt8wPq2LxV5oNm1R",
        "table.csv": TABLE,
        "areas.csv": AREAS,
        "costly.csv": COSTLY,
        "known.csv": KNOWN,
        "touching.csv": "地区,隣の地区\n島,南\n",
        "before.csv": "町,区分,人数\n北,子,X\n北,大人,X\n南,子,X\n南,大人,X\n"
        "東,子,20\n東,大人,31\n",
        "guide.md": "# 庁内の手引き\n\n審査は毎月第二火曜日に行う。\n",
        "wrong/rules.yaml": "ordinance: [{item: 成年後見}]\n",
        "broken/library": "",
    }
    return {
        "data.csv": text.getvalue().encode(),
        "sjis.csv": text.getvalue().encode("cp932"),
        "two.xlsx": saved.getvalue(),
        "cells.csv": (next(areas).folder / "data.csv").read_bytes(),
        **{name: content.encode() for name, content in plain.items()},
    }


_SEEN: dict[tuple[str, tuple[str, ...], str | None], Any] = {}
"""What each command made, so that none is called twice."""


@dataclass(frozen=True)
class Row:
    """An option, words that give it and words that do not, and what must differ between the two.

    `differs` is `exit`, `text`, `problems`, a part of the JSON (`json/risk/k`), or a file's name.
    `broken` says why an option is known to have no effect.
    """

    command: str
    option: str
    given: str
    base: str
    differs: str
    otherwise: str = ""
    broken: str | None = None
    home: str | None = None
    """A home that is there; without it each call has a new one, with a document for `{id}`."""

    @property
    def name(self) -> str:
        return f"{self.command} {self.option}"

    def seen(self, room: Room, words: str) -> Any:
        """What the command with these words makes of the part that must differ."""
        files = (self.differs,) if "." in self.differs else ()
        command = f"{self.command} {self.base} {words}".strip()
        if (command, files, self.home) not in _SEEN:
            _SEEN[command, files, self.home] = self._run(room, command, files)
        return reduce(_inside, self.differs.split("/"), _SEEN[command, files, self.home])

    def _run(self, room: Room, command: str, files: tuple[str, ...]) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MEKIKI_HOME", str(room.folder / (self.home or mkdtemp(dir="."))))
            if "{id}" in command:
                added = room.call("knowledge", "add", "guide.md")["json"]["documents"]
                command = command.format(id=added[0]["id"])
            return room.run(command.split(), files)


def _inside(found: Any, name: str) -> Any:
    if isinstance(found, list):
        return found[int(name)] if int(name) < len(found) else None
    return found.get(name) if isinstance(found, dict) else None


def common(command: str, words: str, lang: str = "text", **changed: Any) -> tuple[Row, Row]:
    """The two options that all commands have."""
    in_english = Row(command, "--lang", "--lang en", words, lang)
    return Row(command, "--json", "--json", words, "json"), replace(in_english, **changed)


def reading(command: str, base: str, part: str, heads: str = "exit") -> tuple[Row, ...]:
    """How a file is read; `base` has a place for its name, `heads` is what other headers change."""
    plain = base.format("data.csv")
    return (
        Row(command, "--encoding", "--encoding utf-8", base.format("sjis.csv"), "exit"),
        Row(command, "--delimiter", "--delimiter ;", plain, heads),
        Row(command, "--sheet", "--sheet 乙", base.format("two.xlsx"), part),
        Row(command, "--skip-rows", "--skip-rows 2", plain, heads),
        Row(command, "--header-rows", "--header-rows 0", plain, heads),
        Row(command, "--no-header", "--no-header", plain, heads),
        Row(command, "--header", "--header", plain, heads, "--no-header"),
    )


def said(command: str, base: str, *parts: str) -> tuple[Row, ...]:
    """What a person says of the data: the parts that subject, unit, type and role change."""
    options = ("--subject facility", "--unit 町名", "--type 年齢=氏名", "--role 年齢=その他")
    return tuple(
        Row(command, words.split()[0], words, base, part)
        for words, part in zip(options, parts, strict=True)
    )


RISK = "data.csv --json --quasi 年齢,性別"
PLANNED = "data.csv --json --k 3"
ANONYMIZE = "data.csv --out out.csv"
SAFE = f"{ANONYMIZE} --plan plan.yaml"
COUNT = "data.csv --json --threshold 5 --dimensions 町名,病名"
AMOUNTS = "data.csv --json --dimensions 町名 --value 重み"
CELLS = "cells.csv --json --threshold 5"
MERGE = "areas.csv --json --threshold 5 --preset merge_areas"
DECIDED = "known.csv --threshold 5 --out out.csv"
REPORT = "review.json --out out.json"

ROWS = (
    *common("review", "data.csv --no-plan"),
    Row("review", "data", "data.csv", "--schema schema.csv --json", "json/risk"),
    Row("review", "--schema", "--schema schema.csv", "data.csv --json", "json/schema_check"),
    Row("review", "--case", "--case case.yaml", "data.csv --json --no-plan", "json/case"),
    *said(
        *("review", "data.csv --json --no-plan"),
        *("json/subject", "json/subject/unit", "json/columns", "json/columns"),
    ),
    Row("review", "--cells", "--cells 1", "data.csv --json --no-plan", "json/cells"),
    Row("review", "--fail-on", "--fail-on low", "data.csv --no-plan", "exit"),
    Row("review", "--no-plan", "--no-plan", "data.csv --json", "json/proposal"),
    *reading("review", "{} --no-plan --json", "json/inputs/0/rows", heads="json/columns"),
    *common("risk", "data.csv --quasi 年齢,性別"),
    Row("risk", "--quasi", "--quasi 年齢,性別,町名", "data.csv --json", "json/k", "--quasi 性別"),
    Row("risk", "--sensitive", "--sensitive 病名", RISK, "json/l"),
    Row("risk", "--threshold", "--threshold 2", RISK, "json/share_at_risk"),
    Row("risk", "--sampling-fraction", "--sampling-fraction 0.1", RISK, "json/population_risk"),
    Row("risk", "--weights", "--weights 重み", RISK, "json/population_risk"),
    Row("risk", "--hierarchies", "--hierarchies h", f"{RISK},町名", "json/by_level"),
    Row("risk", "--published", "--published data.csv", RISK, "json/attackers"),
    *said("risk", RISK, *["json/subject"] * 4),
    *reading("risk", "{} --quasi 年齢,性別 --json", "json/rows"),
    *common("plan", "data.csv --k 3"),
    Row("plan", "--k", "--k 9", "data.csv --json", "json/alternatives/0/risk/after", "--k 2"),
    Row("plan", "--l", "--l 3", PLANNED, "json/alternatives/0/utility"),
    Row("plan", "--l-kind", "--l-kind entropy", f"{PLANNED} --l 3", "json/alternatives/0/utility"),
    Row(
        *("plan", "--c", "--c 0.6", f"{PLANNED} --l 2 --l-kind recursive"),
        *("json/alternatives/0/utility", "--c 9"),
    ),
    Row("plan", "--t", "--t 0.1", PLANNED, "json/alternatives/0/utility"),
    Row("plan", "--max-suppression", "--max-suppression 0", PLANNED, "json/alternatives"),
    Row("plan", "--hierarchies", "--hierarchies h", PLANNED, "json/alternatives"),
    Row("plan", "--mode", "--mode mondrian", PLANNED, "json/alternatives/0/plan/steps"),
    Row("plan", "--quasi", "--quasi 年齢", PLANNED, "json/alternatives/0/utility"),
    Row("plan", "--sensitive", "--sensitive 重み", f"{PLANNED} --l 3", "json/alternatives"),
    Row("plan", "--choose", "--choose 2", f"{PLANNED} --out p.yaml", "p.yaml"),
    Row("plan", "--out", "--out p.yaml", PLANNED, "p.yaml"),
    Row("plan", "--attackers", "--attackers quasi", PLANNED, "json/alternatives"),
    Row(
        *("plan", "--published", "--published data.csv", PLANNED, "json/alternatives"),
        broken="plans are not made to hold against what is published; the certificate is",
    ),
    *said("plan", PLANNED, "exit", "json/subject", "json/alternatives", "json/alternatives"),
    *reading("plan", "{} --k 3 --json", "json/alternatives", heads="json/alternatives"),
    *common("anonymize", SAFE),
    Row("anonymize", "--plan", "--plan plan.yaml", ANONYMIZE, "out.csv", "--plan other.yaml"),
    Row(
        *("anonymize", "--out", "--out out.csv", "data.csv --plan plan.yaml"),
        *("out.csv", "--out other.csv"),
    ),
    Row("anonymize", "--hierarchies", "--hierarchies h", SAFE, "out.csv"),
    Row(
        "anonymize",
        "--published",
        "--published data.csv",
        f"{SAFE} --json",
        "json/certificate/attackers",
    ),
    Row("anonymize", "--secret-file", "--secret-file keys/a", SAFE, "out.csv"),
    Row("anonymize", "--unit", "--unit 性別", SAFE, "exit"),
    Row("anonymize", "--certificate", "--certificate c.json", SAFE, "c.json"),
    Row("anonymize", "--key-file", "--key-file 大学=keys/a", SAFE, "out.csv"),
    Row("anonymize", "--allow-unmet", "--allow-unmet", f"{ANONYMIZE} --plan unmet.yaml", "exit"),
    *reading("anonymize", "{} --plan plan.yaml --out out.csv", "out.csv"),
    *common("protect", "table.csv --threshold 5"),
    Row(
        "protect",
        "--threshold",
        "--threshold 35",
        "table.csv --json",
        "json/primary",
        "--threshold 5",
    ),
    Row(
        "protect",
        "--rule",
        "--rule p:1",
        f"{AMOUNTS} --identifier 番号",
        "json/primary",
        "--rule contributors:31",
    ),
    Row("protect", "--method", "--method round --base 5", "table.csv", "exit", "--base 5"),
    Row(
        "protect",
        "--base",
        "--base 9",
        "table.csv --json --method round",
        "json/largest_change",
        "--base 3",
    ),
    Row(
        "protect",
        "--epsilon",
        "--epsilon 0.01",
        "table.csv --json --method noise",
        "json/largest_change",
        "--epsilon 5",
    ),
    Row("protect", "--cost", "--cost cells", "costly.csv --json --threshold 5", "json/secondary"),
    Row("protect", "--zeros", "--zeros suppress", "known.csv --json --threshold 5", "json/passed"),
    Row(
        "protect",
        "--published",
        "--published before.csv",
        "table.csv --json --threshold 5",
        "json/secondary",
    ),
    Row(
        "protect",
        "--hierarchies",
        "--hierarchies h",
        "table.csv --json --threshold 5",
        "json/secondary",
    ),
    Row("protect", "--preset", "--preset collapse", "areas.csv --json --threshold 5", "json/notes"),
    Row("protect", "--dimensions", "--dimensions 町名", "data.csv --json --threshold 5", "exit"),
    Row(
        "protect",
        "--identifier",
        "--identifier 病名",
        f"{COUNT} --rule contributors:3",
        "json/primary",
    ),
    Row(
        "protect",
        "--value",
        "--value 重み",
        f"{COUNT} --identifier 番号 --out o.json",
        "o.json",
    ),
    Row("protect", "--area", "--area 組", MERGE, "json/notes"),
    Row("protect", "--neighbour", "--neighbour 島=南", MERGE, "json/notes"),
    Row("protect", "--neighbours", "--neighbours touching.csv", MERGE, "json/notes"),
    Row("protect", "--out", "--out out.csv", "table.csv --threshold 5", "out.csv"),
    Row(
        "protect",
        "--certificate",
        "--certificate c.json",
        "table.csv --threshold 5 --out out.csv",
        "c.json",
    ),
    Row(
        "protect",
        "--override-by",
        "--override-by 課長",
        f"{DECIDED} --override-reason 公表済",
        "out.certificate.json",
        "--override-by 部長",
    ),
    Row(
        "protect",
        "--override-reason",
        "--override-reason 公表済",
        f"{DECIDED} --override-by 課長",
        "out.certificate.json",
        "--override-reason 照会済",
    ),
    Row("protect", "--time-limit", "--time-limit 0", CELLS, "json/status"),
    *common("ask", "生活保護は要配慮個人情報ですか"),
    Row(
        "ask",
        "--case",
        "--case case.yaml",
        "個人情報ファイル簿は要りますか --json",
        "json",
    ),
    *common("chat", "data.csv 列の一覧"),
    Row("chat", "--schema", "--schema schema.csv", "data.csv 定義書とデータの違いは？", "text"),
    Row("chat", "--case", "--case case.yaml", "data.csv 個人情報ファイル簿は要りますか", "text"),
    Row("chat", "--review", "--review review.json", "列の一覧", "text"),
    Row("chat", "--session", "--session state.json", "data.csv さっきのを戻して", "text"),
    *reading("chat", "{} 列の一覧 今のリスクは？", "text", heads="text"),
    *common("report", REPORT + " --format json", lang="out.json"),
    Row("report", "--paper", "--paper plan", f"{REPORT} --format json", "out.json"),
    Row(
        "report",
        "--format",
        "--format html",
        "review.json --out out.csv",
        "out.csv",
        "--format json",
    ),
    Row(
        "report",
        "--out",
        "--out out.json",
        "review.json --format json",
        "out.json",
        "--out other.json",
    ),
    *common("knowledge add", "guide.md", base="missing.md", differs="problems"),
    Row("knowledge add", "--revision", "--revision 令和8年", "guide.md", "text"),
    *common("knowledge list", "", home="broken", differs="problems"),
    *common("knowledge remove", "{id}", base="nothing", differs="problems"),
    *common("knowledge search", "要配慮個人情報"),
    *common("rules check", "", base="wrong", differs="problems"),
    Row("rules check", "directory", "wrong", "", "exit"),
    *common("rules list", ""),
)
