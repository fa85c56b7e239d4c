"""The gate for generated answers: nothing is said without words that were really found."""

from collections.abc import Iterable, Sequence

from knowledge.passage import Claim, Passage

SHORTEST = 6
"""A quote of fewer characters proves nothing."""


def verify_claims(claims: Iterable[Claim], passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """The claims whose quote stands, word for word, in a passage retrieved in this turn.

    >>> from core import Citation, Status
    >>> found = Passage(id="B-08", source="法", locator="69条", score=1.0,
    ...     quote="目的外の自己利用・提供は禁止。",
    ...     citation=Citation(id="B-08", kind="law", law="法", status=Status.VERIFIED_TEXT))
    >>> kept = verify_claims([
    ...     Claim(text="目的外には使えない。", passage_id="B-08", quote="自己利用・提供は禁止"),
    ...     Claim(text="罰金がある。", passage_id="B-08", quote="罰金に処する"),
    ...     Claim(text="別の根拠。", passage_id="B-99", quote="自己利用・提供は禁止"),
    ... ], [found])
    >>> [claim.text for claim in kept]
    ['目的外には使えない。']
    """
    quotes: dict[str, list[str]] = {}
    for passage in passages:
        quotes.setdefault(passage.id, []).append(passage.quote)
    return tuple(claim for claim in claims if _stands(claim, quotes.get(claim.passage_id, [])))


def _stands(claim: Claim, quotes: Sequence[str]) -> bool:
    quote = claim.quote.strip()
    return bool(claim.text.strip()) and len(quote) >= SHORTEST and any(quote in q for q in quotes)
