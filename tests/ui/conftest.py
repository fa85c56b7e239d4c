"""A finished review of 120 made-up rows, and a screen that shows it without the desk."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from core import (
    CaseFacts,
    CellCause,
    CellExample,
    CellKind,
    CellNote,
    Citation,
    ColumnReport,
    ColumnType,
    Finding,
    LegalCategory,
    Message,
    Review,
    RiskReport,
    Role,
    SchemaCheck,
    SchemaCheckKind,
    Severity,
    Source,
    Status,
    Support,
    Table,
    Target,
    Trace,
)
from desk import Understood
from ui.state import Screen

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)> **太字** :material/home: $x$ [a](https://x.invalid)"

CITED = Citation(
    id="A-03",
    kind="law",
    law="個人情報の保護に関する法律",
    article="2",
    paragraph="3",
    title="要配慮個人情報",
    revision="415AC0000000057",
    effective_from="2025-06-01",
    url="https://laws.e-gov.go.jp/law/415AC0000000057",
    status=Status.VERIFIED_TEXT,
)


def m(ja: str, en: str = "In English.") -> Message:
    return Message(ja=ja, en=en)


@pytest.fixture
def table() -> Table:
    rows = 120
    return Table.of(
        {
            "整理番号": [f"P-{n:04}" for n in range(rows)],
            "年代": [("30代", "40代", "90代")[0 if n % 7 else n % 3] for n in range(rows)],
            "居住地": [("北区", "南区")[n % 2] if n != 3 else "離島" for n in range(rows)],
            HOSTILE: [HOSTILE if n == 0 else "" for n in range(rows)],
        }
    )


def column(name: str, position: int, type_: ColumnType, role: Role) -> ColumnReport:
    special = role is Role.SENSITIVE
    return ColumnReport(
        name=name,
        position=position,
        type=type_,
        role=role,
        confidence=0.94,
        support=Support(n=118, of=120),
        categories=(LegalCategory.SPECIAL_CARE,) if special else (),
        why=m(f"「{name}」は、値の形と項目名から判断しました。"),
        cards=("A-03",),
        citations=(CITED,),
    )


@pytest.fixture
def review() -> Review:
    return Review(
        inputs=(
            Source(name="健診.csv", sha256="3f" * 32, kind="data", rows=120, encoding="cp932"),
            Source(name="項目定義.yaml", sha256="a1" * 32, kind="schema"),
        ),
        columns=(
            column("整理番号", 1, ColumnType.RESIDENT_ID, Role.DIRECT_IDENTIFIER),
            column("年代", 2, ColumnType.AGE_BAND, Role.QUASI_IDENTIFIER),
            column("居住地", 3, ColumnType.ADDRESS, Role.QUASI_IDENTIFIER),
            column(HOSTILE, 4, ColumnType.FREE_TEXT, Role.SENSITIVE),
        ),
        schema_check=(
            SchemaCheck(
                kind=SchemaCheckKind.ABSENT,
                declared="発症日",
                match_confidence=0.4,
                message=m("定義にある「発症日」が実データにありません。"),
            ),
        ),
        causes=(
            CellCause(
                id="rare:2",
                kind=CellKind.RARE_VALUE,
                rule="rare",
                column="居住地",
                columns=("居住地",),
                title=m("「居住地」：珍しい値"),
                reason=m("ごく少ない行だけが持つ値があります。"),
                count=1,
                share=0.008333,
                examples=(CellExample(row=4, column="居住地", masked="文字×2"),),
            ),
            CellCause(
                id="alone:1",
                kind=CellKind.RARE_COMBINATION,
                rule="alone",
                column="年代",
                columns=("年代", "居住地"),
                title=m("「年代・居住地」：珍しい組合せ"),
                reason=m("組合せがほかにない行があります。"),
                count=3,
                share=0.025,
                examples=(CellExample(row=85, column="年代", masked="99文字×1"),),
            ),
        ),
        cells=(
            CellNote(
                row=4,
                column="居住地",
                kind=CellKind.RARE_VALUE,
                masked="文字×2",
                reason=m("この値は120行のうち1行だけです。"),
                rule="rare",
                count=1,
                weight=0.9,
            ),
            CellNote(
                row=85,
                column="年代",
                kind=CellKind.RARE_COMBINATION,
                masked="99文字×1",
                reason=m("「年代」「居住地」の組合せが同じ人はほかにいません。"),
                rule="alone",
                columns=("年代", "居住地"),
                weight=0.8,
            ),
        ),
        cell_totals={CellKind.RARE_VALUE: 1, CellKind.RARE_COMBINATION: 3},
        findings=(
            Finding(
                id="f1",
                rule="direct-identifier-published",
                severity=Severity.HIGH,
                target=Target(column="整理番号"),
                message=m("整理番号で本人が分かります。"),
                reason=m("台帳と照らし合わせると、だれの行かが分かるためです。"),
                remedy=m("公開する表から削除するか、復元できない番号に置き換えます。"),
                cards=("A-03",),
                citations=(CITED,),
                trace=Trace(rule="direct-identifier-published", facts=({"column": "整理番号"},)),
            ),
            Finding(
                id="f2",
                rule="small-groups",
                severity=Severity.MEDIUM,
                target=Target(),
                message=m("一人しかいない組合せがあります。"),
                remedy=m("年代の幅を広げるか、居住地をまとめます。"),
                trace=Trace(rule="small-groups"),
            ),
        ),
        risk=RiskReport(
            quasi=("年代", "居住地"),
            k=1,
            classes=6,
            uniques=3,
            share_at_risk=0.05,
            threshold=5,
            threshold_source=m("本システムの初期設定です。法律に定めはありません。"),
            rows=120,
        ),
        as_of="2026-04-01",
    )


HANG = 280.0
"""Seconds after which a page counts as hanging, however busy the machine is."""


def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=HANG)


class Seen:
    """What the inspection answers about cells."""

    def __init__(self, review: Review) -> None:
        self.cells = review.cells
        self.quasi = ("年代", "居住地")

    def select(self, kind: CellKind | None, limit: int) -> tuple[CellNote, ...]:
        return tuple(note for note in self.cells if kind in (None, note.kind))[:limit]

    def at(self, row: int) -> tuple[CellNote, ...]:
        return tuple(note for note in self.cells if note.row == row)


@pytest.fixture
def opened(review: Review, table: Table) -> AppTest:
    """The review page with a case open."""
    answer = SimpleNamespace(
        message=Message(ja="理由です。", en="The reason."), citations=(), passages=()
    )
    desk = SimpleNamespace(
        review=review,
        table=table,
        datasets=("健診",),
        hints=(m("一人しかいない人を見せて"),),
        understood=tuple(Understood(source) for source in review.inputs),
        plan=None,
        stated=(),
        hierarchies={},
        changes=0,
        threshold=5,
        alternatives=(),
        columns=review.columns,
        further_risks=(),
        count_table=None,
        protected=None,
        case=CaseFacts(),
        history=SimpleNamespace(states=()),
        findings=review.findings,
        answers={},
        pack=SimpleNamespace(groups=(), questions=()),
        preview_now=lambda: None,
        questions=(),
        undecided=(),
        uploads={},
        examined=SimpleNamespace(inspection=Seen(review), risk=review.risk),
        explain_cell=lambda row, column: answer,
    )
    at = app()
    at.session_state["screen"] = Screen(desk=desk)
    return at
