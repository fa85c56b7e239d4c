"""A desk small enough to read: the tools over a table with values that must not leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core import (
    CellKind,
    Citation,
    ColumnReport,
    ColumnType,
    Message,
    Operation,
    PlanError,
    Problem,
    Role,
    Status,
    Support,
    Table,
    mask,
)
from desk import Outcome
from knowledge import Passage

COLUMNS = (
    ("氏名", ColumnType.PERSON_NAME, Role.DIRECT_IDENTIFIER),
    ("年齢", ColumnType.AGE, Role.QUASI_IDENTIFIER),
    ("住所", ColumnType.ADDRESS, Role.QUASI_IDENTIFIER),
    ("備考", ColumnType.FREE_TEXT, Role.SENSITIVE),
)
SENTINELS = tuple(f"ひみつ{name}{n}号" for name, _, _ in COLUMNS for n in range(3))
LAW = Citation(
    id="B-08",
    kind="law",
    law="個人情報の保護に関する法律",
    article="69",
    status=Status.VERIFIED_TEXT,
)
QUOTE = "目的外の自己利用と提供は、法令に基づく場合を除き、禁止されている。"


def said(ja: str, **data: Any) -> Outcome:
    return Outcome(message=Message(ja=ja, en=ja), data=data)


@dataclass
class PaperDesk:
    headers: Sequence[str] = tuple(name for name, _, _ in COLUMNS)
    quote: str = QUOTE
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    plan: list[tuple[str, str, Any]] = field(default_factory=list)
    datasets: tuple[str, ...] = ("名簿.csv", "公開.csv")
    threshold: int = 5
    changes: int = 2

    def __post_init__(self) -> None:
        cells = {
            header: [SENTINELS[3 * n + r] for r in range(3)]
            for n, header in enumerate(self.headers)
        }
        self.table = Table.of(cells)
        self.rows = self.table.rows

    @property
    def columns(self) -> tuple[ColumnReport, ...]:
        return tuple(
            ColumnReport(
                name=header,
                position=n,
                type=type_,
                role=role,
                confidence=1.0,
                support=Support(n=3, of=3),
                why=Message(ja="列名による。", en="By its name."),
            )
            for n, (header, (_, type_, role)) in enumerate(
                zip(self.headers, COLUMNS, strict=True), 1
            )
        )

    def _called(self, tool: str, **args: Any) -> None:
        self.calls.append((tool, {k: v for k, v in args.items() if v is not None}))

    def call(self, tool: str, **args: Any) -> Outcome:
        outcome: Outcome = getattr(self, tool)(**args)
        return outcome

    def list_columns(self, role: Role | None = None, type: ColumnType | None = None) -> Outcome:
        self._called("list_columns", role=role, type=type)
        names = [c.name for c in self.columns if role is None or c.role is role]
        return said(f"列：{'、'.join(names)}", columns=[{"name": n} for n in names])

    def explain_column(self, column: str) -> Outcome:
        self._called("explain_column", column=column)
        return said(f"「{column}」は列名から判断しました。").model_copy(
            update={"citations": (LAW,)}
        )

    def list_unusual(self, kind: CellKind | None = None, column: str | None = None) -> Outcome:
        self._called("list_unusual", kind=kind, column=column)
        cells = [{"row": r, "column": "住所", "kind": "rare_value"} for r in (1, 3)]
        shapes = "、".join(mask(self.table["住所"].texts[c["row"] - 1]) for c in cells)
        return said(f"特異なデータ2件：{shapes}", cells=cells)

    def explain_cell(self, row: int, column: str | None = None) -> Outcome:
        self._called("explain_cell", row=row, column=column)
        return said(f"{row}行目は他と異なります。")

    def measure_risk(self, quasi: Sequence[str] | None = None) -> Outcome:
        self._called("measure_risk", quasi=quasi)
        return said("k=1です。", k=1)

    def propose_plan(self, k: int, l: int | None = None, t: float | None = None) -> Outcome:  # noqa: E741
        self._called("propose_plan", k=k, l=l, t=t)
        if k > self.rows:
            told = Message(ja="kが行数を超えています。", en="k exceeds the rows.")
            raise PlanError(Problem(code="k-too-large", message=told))
        return said(f"k={k}の案が2つあります。", alternatives=[{"number": 1}, {"number": 2}])

    def choose_plan(self, number: int) -> Outcome:
        self._called("choose_plan", number=number)
        return said(f"案{number}にしました。")

    def change_plan(
        self, column: str, operation: Operation, parameter: int | float | str | None = None
    ) -> Outcome:
        assert isinstance(operation, Operation)
        self._called("change_plan", column=column, operation=operation.value, parameter=parameter)
        self.plan.append((column, operation.value, parameter))
        return said(f"「{column}」を変えました。")

    def preview(self) -> Outcome:
        self._called("preview")
        return said("加工後はk=3です。")

    def undo(self) -> Outcome:
        self._called("undo")
        if not self.plan:
            raise PlanError.of("nothing-to-undo", ja="戻せません。", en="Nothing to undo.")
        self.plan.pop()
        return said("戻しました。")

    def protect_table(self, dimensions: Sequence[str], threshold: int) -> Outcome:
        self._called("protect_table", dimensions=list(dimensions), threshold=threshold)
        return said("表を作りました。")

    def link_check(self, other: str | None = None) -> Outcome:
        self._called("link_check", other=other)
        return said("突き合わせました。")

    def search_guidelines(self, query: str) -> Outcome:
        self._called("search_guidelines", query=query)
        if "傘" in query:
            return said("根拠となる資料が見つかりません。", abstained=True)
        passage = Passage(
            id="B-08",
            source="個人情報の保護に関する法律",
            locator="69条",
            quote=self.quote,
            citation=LAW,
        )
        return Outcome(
            message=Message(ja="法69条です。", en="Article 69."),
            citations=(LAW,),
            passages=(passage,),
        )

    def check_procedure(self, topic: str) -> Outcome:
        self._called("check_procedure", topic=topic)
        return said("手続を確かめました。")

    def set_case_fact(self, name: str, value: Any) -> Outcome:
        self._called("set_case_fact", name=name, value=value)
        return said("案件の情報を入れました。")

    def compare_schema(self) -> Outcome:
        self._called("compare_schema")
        return said("食い違いはありません。")

    def make_report(self, paper: str, format: str) -> Outcome:
        self._called("make_report", paper=paper, format=format)
        return said("答申案を作りました。")

    def ask_back(self, question: str) -> Outcome:
        self._called("ask_back", question=question)
        return said(question)
