"""Which rule covers which clause: writes docs/coverage.md. Run: python -m tools.coverage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from core import yaml12
from law import Card, cards
from rules import RulePack, catalog
from rules.engine import Checked

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "coverage.md"
OPEN = Path(__file__).with_name("coverage_open.yaml")
READ_FROM = {
    "column": "data",
    "column_cells": "data",
    "hidden_data": "data",
    "cell_total": "data",
    "dataset": "data",
    "risk": "data",
    "link": "data",
    "schema_check": "schema",
    "plan": "plan",
    "plan_column": "plan",
    "case": "case",
    "case_missing": "case",
    "case_text": "case",
    "case_answer": "question",
    "today": "date",
}
CHAPTERS = {
    "A": "Definitions",
    "B": "Handling by administrative bodies",
    "C": "Councils and the reform of April 2023",
    "D": "Anonymised information, public and private",
    "E": "My Number",
    "F": "Which assessment is due",
    "G": "Suppression in tables",
    "H": "Fields with their own guide",
    "I": "GDPR and international standards (not binding)",
    "J": "Revisions and amendments",
    "K": "Other laws a municipality meets",
    "X": "Additions",
}


def page() -> str:
    """The coverage page, as Markdown."""
    pack, notes = catalog(), yaml12.load(OPEN.read_text(encoding="utf-8"))
    by_card: dict[str, list[Checked]] = defaultdict(list)
    for checked in pack.rules:
        for card_id in checked.rule.cards:
            by_card[card_id].append(checked)
    known = {card.id for card in cards()}
    covered = len(known & set(by_card))
    chapters = [_chapter(letter, by_card, notes) for letter in CHAPTERS]
    return "\n".join([*_head(pack, covered, len(known)), *chapters])


def _head(pack: RulePack, covered: int, of: int) -> list[str]:
    listed = sum(len(c.items) for c in pack.checklists)
    return [
        "# Coverage: which rule covers which clause",
        "",
        "Written by `python -m tools.coverage`; a test keeps it current. “Read from” says what",
        "makes a rule speak: the data, the schema, the processing plan, the case's own",
        "description, the day whose law is applied, or an answer on the guided form.",
        "",
        f"{covered} of {of} facts have a rule. {len(pack.rules)} rules, {listed} of them items of",
        f"{len(pack.checklists)} checklists; {len(pack.questions)} questions can be asked.",
        "",
    ]


def _chapter(
    letter: str, by_card: Mapping[str, Sequence[Checked]], notes: Mapping[str, Mapping[str, str]]
) -> str:
    rows = [
        f"## {letter}. {CHAPTERS[letter]}",
        "",
        "| fact | clause | rules | read from | open |",
        "|---|---|---|---|---|",
    ]
    rows += [_row(c, by_card.get(c.id, ()), notes) for c in cards() if c.id[0] == letter]
    return "\n".join([*rows, ""])


def _row(card: Card, rules: Sequence[Checked], notes: Mapping[str, Mapping[str, str]]) -> str:
    names = "<br>".join(f"`{name}`" for name in _grouped(rules)) or "—"
    sources = ", ".join(sorted({READ_FROM[k] for c in rules for k in c.reads if k in READ_FROM}))
    left = notes["open"].get(card.id, "")
    if card.id in notes["not_checkable"]:
        left = f"Not checkable: {notes['not_checkable'][card.id]}"
    return f"| {card.id} {card.title.en} | {card.label} | {names} | {sources} | {left} |"


def _grouped(rules: Sequence[Checked]) -> list[str]:
    """Rule ids, the items of one checklist as one."""
    names = (
        ".".join(c.rule.id.split(".")[:2]) + ".*"
        if c.rule.id.startswith("checklist.")
        else c.rule.id
        for c in rules
    )
    return list(dict.fromkeys(names))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
