"""What the desk says about columns."""

from collections import Counter

from core import (
    CATEGORIES,
    MARKS,
    ROLES,
    TYPES,
    ColumnReport,
    ColumnType,
    Dataset,
    Finding,
    Message,
    Review,
    Role,
    SchemaCheckKind,
    Severity,
    UsageError,
    check_label,
)
from desk.grounds import passages
from desk.outcome import Outcome
from desk.settings import EXAMPLES_SAID
from desk.words import joined, listed

_KINDS = tuple(SchemaCheckKind)
MAIN = 3
"""How many findings the summary of a review says."""


def find(review: Review, name: str) -> ColumnReport:
    """A column by its key.

    Raises:
        UsageError: no such column.
    """
    for column in review.columns:
        if column.name == name:
            return column
    raise UsageError.of(
        "unknown-column",
        ja=f"「{name}」という項目はありません。項目の一覧から選んでください。",
        en=f"There is no column “{name}”. Choose one from the list of columns.",
    )


def type_of(column: ColumnReport) -> Message:
    """The type in words; a composite names its parts."""
    parts = [TYPES[part] for part in column.parts]
    if not parts:
        return TYPES[column.type]
    return Message(ja="・".join(p.ja for p in parts), en=" and ".join(p.en for p in parts))


def listing(review: Review, role: Role | None, type: ColumnType | None) -> Outcome:
    """Columns of a role or type, or all."""
    chosen = [
        c
        for c in review.columns
        if (role is None or c.role is role) and (type is None or c.type is type or type in c.parts)
    ]
    names = listed([c.name for c in chosen])
    if role is not None:
        what = Message(ja=f"{MARKS[role]} {ROLES[role].ja}", en=f"{MARKS[role]} {ROLES[role].en}")
    elif type is not None:
        what = TYPES[type]
    else:
        counts = Counter(c.role for c in chosen)
        what = Message(
            ja="項目（" + "、".join(f"{MARKS[r]} {ROLES[r].ja} {counts[r]}" for r in Role) + "）",
            en="Columns (" + ", ".join(f"{MARKS[r]} {ROLES[r].en} {counts[r]}" for r in Role) + ")",
        )
    message = Message(
        ja=f"{what.ja}：{names.ja}（{len(chosen)}項目）。"
        if chosen
        else f"{what.ja}に当たる項目はありません。",
        en=f"{what.en}: {names.en} ({len(chosen)}). " if chosen else f"No column is: {what.en}.",
    )
    data = [{"name": c.name, "type": c.type.value, "role": c.role.value} for c in chosen]
    if role is not None or type is not None:
        return Outcome(message=message, data={"columns": data})
    main = review.findings[:MAIN]
    cards = dict.fromkeys(card for f in main for card in f.cards[:1])
    return Outcome(
        message=joined([message, *_summary(review)]),
        data={"columns": data, "findings": [f.id for f in main]},
        citations=tuple(dict.fromkeys(c for f in main for c in f.citations[:1])),
        passages=passages(cards),
    )


def _summary(review: Review) -> list[Message]:
    """How many findings there are, and the gravest."""
    if not review.findings:
        return []
    counts = Counter(f.severity for f in review.findings)
    high, medium = counts[Severity.HIGH], counts[Severity.MEDIUM]
    every = len(review.findings)
    head = Message(
        ja=f"指摘は{every}件（重要{high}件、注意{medium}件）で、主なものは次のとおりです。",
        en=f"There are {every} findings ({high} high, {medium} medium). The main ones:",
    )
    return [head, *(f.message for f in review.findings[:MAIN])]


def explain(review: Review, name: str) -> Outcome:
    """Why a column is flagged: what it was taken for, on which evidence, and the findings."""
    column = find(review, name)
    kind, role = type_of(column), ROLES[column.role]
    parts = [
        Message(
            ja=f"「{name}」は、{kind.ja}の項目で、{MARKS[column.role]} {role.ja}と見ています。",
            en=f"“{name}” was read as {kind.en.lower()}: {MARKS[column.role]} {role.en.lower()}.",
        ),
        column.why,
    ]
    if column.categories:
        said = [CATEGORIES[c] for c in column.categories]
        parts.append(
            Message(
                ja=f"当たり得る法令上の区分：{'、'.join(c.ja for c in said)}。",
                en=f"Legal category it may fall under: {', '.join(c.en for c in said)}.",
            )
        )
    parts += column.evidence
    findings = _findings_of(review, name)
    parts += [f.message for f in findings[:2]]
    cards = dict.fromkeys((*column.cards, *(card for f in findings[:2] for card in f.cards)))
    places = (*column.citations, *(place for f in findings[:2] for place in f.citations))
    return Outcome(
        message=joined(parts),
        data={
            "columns": [{"name": name, "type": column.type.value, "role": column.role.value}],
            "confidence": column.confidence,
            "support": column.support.model_dump(),
            "findings": [f.id for f in findings],
        },
        citations=tuple(dict.fromkeys(places)),
        passages=passages(cards),
    )


def _findings_of(review: Review, name: str) -> list[Finding]:
    return [f for f in review.findings if f.target.column == name]


def compare(review: Review, dataset: Dataset) -> Outcome:
    """Where schema and data disagree, the most telling first."""
    if dataset.schema is None or dataset.table is None:
        lacking = ("定義書", "a schema") if dataset.schema is None else ("データ", "data")
        raise UsageError.of(
            "nothing-to-compare",
            ja=f"突き合わせるには{lacking[0]}も添付してください。",
            en=f"Attach {lacking[1]} as well, so that there is something to compare.",
        )
    checks = review.schema_check
    if not checks:
        return Outcome(
            message=Message(
                ja="定義書とデータに食い違いは見つかりませんでした。",
                en="Schema and data agree.",
            )
        )
    by_kind = sorted(checks, key=lambda check: _KINDS.index(check.kind))
    counts = Counter(map(check_label, by_kind))
    head = Message(
        ja="定義書とデータの食い違い："
        + "、".join(f"{name.ja} {n}件" for name, n in counts.items())
        + "。",
        en="Schema and data disagree: "
        + ", ".join(f"{name.en} {n}" for name, n in counts.items())
        + ".",
    )
    said = [head, *(c.message for c in checks[:EXAMPLES_SAID])]
    if len(checks) > EXAMPLES_SAID:
        more = len(checks) - EXAMPLES_SAID
        said.append(
            Message(
                ja=f"ほかに{more}件あります（「台帳と実データ」の欄）。",
                en=f"There are {more} more (see “Schema and data”).",
            )
        )
    data = [c.model_dump(mode="json", exclude={"message"}) for c in checks]
    return Outcome(message=joined(said), data={"schema_check": data})
