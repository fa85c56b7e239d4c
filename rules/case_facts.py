"""Facts from what people say: the case, the guided form, the plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from core import CaseFacts, ColumnReport, fold
from rules.fact import Fact

_HOME = ("日本", "国内", "東京", "大阪", "japan", "jp", "tokyo", "osaka")


def from_case(case: CaseFacts) -> Iterator[Fact]:
    """The case's own description: what is said, what is missing, and the texts to read."""
    said = case.model_dump(exclude={"title", "number", "sources", "contractor", "case_date"})
    country = case.server_country
    said["recipients"] = len(case.recipients) or None
    yield Fact.of(
        "case",
        "case",
        date=case.case_date,
        contractor_used=case.contractor.used,
        recontract=case.contractor.recontract,
        selection=case.contractor.selection,
        server_abroad=None if country is None else not any(h in fold(country) for h in _HOME),
        **said,
    )
    missing = [k for k, v in said.items() if v is None]
    missing += [
        name
        for name, value in (
            ("case_date", case.case_date),
            ("contractor_used", case.contractor.used),
            ("recontract", case.contractor.recontract),
            ("selection", case.contractor.selection),
        )
        if value is None
    ]
    for field in missing:
        yield Fact.of("case_missing", f"missing:{field}", field=field)
    texts = [("title", case.title), ("purpose", case.purpose), ("legal_ground", case.legal_ground)]
    texts += [("retention", case.retention), *(("source", text) for text in case.sources)]
    for number, (field, text) in enumerate(texts, 1):
        if text:
            yield Fact.of("case_text", f"text:{number}", field=field, text=normalize("NFKC", text))


def from_answers(answers: Mapping[str, str]) -> Iterator[Fact]:
    """The answers on the guided form."""
    for topic, answer in answers.items():
        yield Fact.of("case_answer", f"answer:{topic}", topic=topic, answer=answer)


def from_plan(
    steps: Iterable[tuple[str, str, object]],
    columns: Sequence[ColumnReport],
    *,
    name: str = "plan",
    k: int | None = None,
    k_after: int | None = None,
    uniques_after: int | None = None,
    share_at_risk_after: float | None = None,
    suppressed_share: float | None = None,
) -> Iterator[Fact]:
    """A plan and what it does to each column; columns without a step are kept.

    Args:
        steps: (column, operation, parameter), as the plan lists them.
        columns: all columns of the data the plan is for.
        name: what the plan is called.
        k: the k that was asked for.
        k_after: the k measured on the result; likewise the other measures.
    """
    chosen = {column: (operation, parameter) for column, operation, parameter in steps}
    yield Fact.of(
        "plan",
        "plan",
        name=name,
        k=k,
        k_after=k_after,
        uniques_after=uniques_after,
        share_at_risk_after=share_at_risk_after,
        suppressed_share=suppressed_share,
        steps=len(chosen),
    )
    for column in columns:
        operation, parameter = chosen.get(column.name, ("keep", None))
        yield Fact.of(
            "plan_column",
            f"plan:{column.position}",
            column=column.name,
            type=column.type.value,
            role=column.role.value,
            operation=str(operation),
            level=None if parameter is None else str(parameter),
            categories=[c.value for c in column.categories],
        )
