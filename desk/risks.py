"""What the desk says about re-identification risk."""

from collections.abc import Sequence

import knowledge
from core import Link, Message, RiskReport, UsageError
from desk.grounds import passages
from desk.outcome import Outcome
from desk.reviewing import risk_of
from desk.words import joined, listed, percent, percent_en
from desk.workspace import Workspace

GROUNDS = ("A-01", "G-09")


def measure(session: Workspace, quasi: Sequence[str] | None) -> Outcome:
    """k, uniques and share at risk over the given columns, or those of the review."""
    table = session.table
    if table is None:
        raise UsageError.of(
            "no-data",
            ja="危険の大きさを測るには、データの添付が必要です（定義書だけでは測れません）。",
            en="Measuring risk needs data; a schema alone does not tell.",
        )
    chosen = tuple(quasi) if quasi else session.examined.inspection.quasi
    unknown = [name for name in chosen if name not in table]
    if unknown:
        names = listed(unknown)
        raise UsageError.of(
            "unknown-column",
            ja=f"{names.ja}という項目はありません。",
            en=f"There is no column {names.en}.",
        )
    risk = risk_of(session.dataset, chosen, session.threshold)
    if not quasi and session.count_column:
        risk = session.examined.risk
    if risk is None:
        return Outcome(
            message=Message(
                ja="準識別子に当たる項目が見つからないため、組合せの危険は測っていません。",
                en="No quasi-identifier was found, so there is no combination to measure.",
            )
        )
    said = [describe(risk)]
    if not quasi and (special := session.examined.inspection.special):
        said.append(special.message)
    if not quasi:
        said += [_further(risk, further) for further in session.further_risks]
    return Outcome(
        message=joined(said),
        data=risk.model_dump(mode="json"),
        citations=tuple(knowledge.citation(card) for card in GROUNDS),
        passages=passages(GROUNDS),
    )


def describe(risk: RiskReport) -> Message:
    """A risk report in a sentence or two."""
    names = listed(risk.quasi)
    return Message(
        ja=f"{names.ja}の組合せで数えると、最も小さい集まりは{risk.k:,}人（k={risk.k}）、"
        f"一人しかいない人は{risk.uniques:,}人、{risk.threshold}人未満の集まりにいる人は"
        f"{percent(risk.share_at_risk)}です（全{risk.rows:,}行）。"
        f"{risk.threshold}人という目安：{risk.threshold_source.ja}",
        en=f"Counted over {names.en}, the smallest group has {risk.k:,} (k={risk.k}), "
        f"{risk.uniques:,} people are alone, and {percent_en(risk.share_at_risk)} of the "
        f"{risk.rows:,} rows are in groups under {risk.threshold}. "
        f"About that number: {risk.threshold_source.en}",
    )


def _further(risk: RiskReport, further: RiskReport) -> Message:
    added = listed([name for name in further.quasi if name not in risk.quasi])
    return Message(
        ja=f"{added.ja}も知られると、一人しかいない人は{further.uniques:,}人になります。",
        en=f"With {added.en} known as well, {further.uniques:,} people are alone.",
    )


def class_of_row(session: Workspace, row: int, column: str | None) -> Message | None:
    """How many share a row's combination, where that is fewer than the threshold."""
    quasi = session.examined.inspection.quasi
    if not quasi or (column is not None and column not in quasi):
        return None
    classes = session.classes
    if classes is None:
        return None
    size = int(classes.sizes[classes.index[row - 1]])
    if size >= session.threshold:
        return None
    names = listed(quasi)
    if size == 1:
        return Message(
            ja=f"{names.ja}の組合せがこの人しかいません。",
            en=f"Nobody else has this combination of {names.en}.",
        )
    return Message(
        ja=f"{names.ja}の組合せが同じ人は{size}人だけです。",
        en=f"Only {size} people share this combination of {names.en}.",
    )


def links(session: Workspace, other: str | None) -> Outcome:
    """What becomes known when the file is matched with another, or with all at hand."""
    found: Sequence[Link] = session.links if len(session.datasets) > 1 else ()
    if len(session.datasets) < 2:
        return Outcome(
            message=Message(
                ja="突き合わせる相手のデータがまだありません。公開済みの表など、"
                "照合されうるデータを一緒に添付すると、誰が一人に絞られるかを調べます。",
                en="There is no other data yet. Attach what could be matched with it, such as "
                "a published table, to see who would become unique.",
            ),
            data={"links": []},
            citations=(knowledge.citation("A-01"),),
            passages=passages(("A-01",)),
        )
    if other is not None:
        found = [link for link in found if other in (link.left, link.right)]
    said = [link.message for link in found] or [
        Message(
            ja="共通する項目は見つかりませんでした。", en="No column was found that they share."
        )
    ]
    return Outcome(
        message=joined(said),
        data={"links": [link.model_dump(mode="json", exclude={"message"}) for link in found]},
        citations=(knowledge.citation("A-01"),),
        passages=passages(("A-01",)),
    )
