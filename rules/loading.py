"""Loading rules: the directories they come from, and every mistake in them, explained.

A directory holds any number of YAML files, each with `rules:`, `groups:`, `questions:`,
`checklists:`, `off:` or `ordinance:` lists. Later directories add to earlier ones; a
council's own directory comes last and can switch rules off, with a reason and a last day.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from core import Problem, RuleError
from rules.engine import Checked, ConditionError, Rule, check, strata
from rules.examples import failures
from rules.pack import RulePack
from rules.reading import Entries

CATALOG = Path(__file__).parent / "catalog"
"""The rules the product comes with."""


@cache
def catalog() -> RulePack:
    """The product's own rules, loaded once."""
    return load_pack(CATALOG)


def load_pack(*directories: Path) -> RulePack:
    """Load rules from directories, the product's own catalog first where it is wanted.

    Raises:
        RuleError: with every problem of every file.
    """
    entries = Entries()
    for directory in directories:
        entries.read(directory)
    pack = _assemble(entries)
    if entries.problems:
        raise RuleError(entries.problems)
    return pack


def in_force(own: Path | None = None) -> RulePack:
    """The product's own rules with those of a council, where its directory holds any.

    The files are read again when one of them has changed.

    Raises:
        RuleError: with every problem of every file.
    """
    files = sorted([*own.glob("*.yaml"), *own.glob("*.yml")]) if own else []
    if own is None or not files:
        return catalog()
    stamps = tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    return _with_own(own, stamps)


@lru_cache(maxsize=4)
def _with_own(own: Path, stamps: tuple[tuple[str, int, int], ...]) -> RulePack:
    return load_pack(CATALOG, own)


def check_pack(directory: Path) -> list[Problem]:
    """What is wrong with a council's own directory, its examples tried; empty when nothing is."""
    entries = Entries()
    if directory.resolve() != CATALOG.resolve():
        entries.read(CATALOG)
    own = len(entries.rules)
    entries.read(directory)
    pack = _assemble(entries)
    sources = {rule.id: source for rule, source in entries.rules[own:]}
    mine = [c for c in pack.rules if c.rule.id in sources]
    tried = [p for c in mine for p in failures(c, source=sources[c.rule.id])]
    return [*entries.problems, *tried]


def _assemble(entries: Entries) -> RulePack:
    """A pack of the entries that make sense; what does not is noted as a problem."""
    checked: dict[str, Checked] = {}
    for rule, source in entries.rules:
        if rule.id in checked:
            entries.problem(
                "rule-twice",
                source,
                f"規則 {rule.id} が二度書かれています。別の id にしてください。",
                f"Rule {rule.id} is written twice; give it another id.",
            )
            continue
        try:
            checked[rule.id] = check(rule)
            if rule.derive is not None:
                strata([*checked.values()])
        except ConditionError as error:
            checked.pop(rule.id, None)
            said = error.within(f"規則 {rule.id}", f"Rule {rule.id}").message
            entries.problem("rule-condition", source, said.ja, said.en)
            continue
        _check_topics(entries, rule, source)
    _check_groups(entries)
    for switched, source in entries.off:
        if switched.rule not in checked:
            entries.problem(
                "off-unknown",
                source,
                f"止めようとした規則 {switched.rule} はありません。id を確かめてください。",
                f"There is no rule {switched.rule} to switch off; check its id.",
            )
    return RulePack(
        rules=tuple(checked.values()),
        switched_off=tuple(s for s, _ in entries.off),
        ordinance=tuple(entries.ordinance),
        checklists=tuple(entries.checklists),
        questions=tuple(q for q, _ in entries.questions),
        groups=tuple(g for g, _ in entries.groups),
        revision=entries.digest.hexdigest()[:12],
    )


def _check_groups(entries: Entries) -> None:
    for group, source in entries.groups:
        try:
            group.fits([])
        except (ConditionError, KeyError) as error:
            entries.problem(
                "group-condition",
                source,
                f"groups {group.id}: when の条件を読めません（{error}）。",
                f"groups {group.id}: its when cannot be read ({error}).",
            )
    known = {group.id for group, _ in entries.groups}
    for question, source in entries.questions:
        if question.group not in known:
            entries.problem(
                "question-group",
                source,
                f"質問「{question.topic}」の group「{question.group}」がありません。",
                f"Question {question.topic}: there is no group {question.group}.",
            )


def _check_topics(entries: Entries, rule: Rule, source: str) -> None:
    """A rule about an answer nobody is ever asked for would stay silent for ever."""
    choices = {q.topic: q.choices for q, _ in entries.questions}
    for pattern in (*rule.when, *rule.unless):
        if pattern.fact != "case_answer":
            continue
        topics, answers = (_listed(pattern.where.get(f)) for f in ("topic", "answer"))
        for topic in topics:
            if not set(answers) <= set(choices.get(topic, ())):
                entries.problem(
                    "rule-topic",
                    source,
                    f"規則 {rule.id}: 質問「{topic}」かその答えが questions にありません。",
                    f"Rule {rule.id}: question {topic}, or its answer, is not among questions.",
                )


def _listed(value: object) -> Sequence[str]:
    return (
        [str(v) for v in value]
        if isinstance(value, list)
        else [value]
        if isinstance(value, str)
        else []
    )
