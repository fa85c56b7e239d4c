"""Loading rules: the directories they come from, and every mistake in them, explained.

A directory holds any number of YAML files, each with `rules:`, `groups:`, `questions:`,
`checklists:`, `off:`, `ordinance:` or `matters:` lists. Later directories add to earlier ones; a
council's own directory comes last and can switch rules off, with a reason and a last day.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from core import Problem, RuleError, listed, misfits, say, yaml12
from rules.engine import Checked, ConditionError, Rule, check, match, strata
from rules.facts import Fact
from rules.pack import Matter, OrdinanceItem, RulePack, SwitchedOff
from rules.questionnaire import Checklist, Group, Question

CATALOG = Path(__file__).parent / "catalog"
"""The rules the product comes with."""
LARGEST_FILE = 1_000_000
"""Bytes; a rule file beyond this is not read."""
SECTIONS: dict[str, type[BaseModel]] = {
    "rules": Rule,
    "groups": Group,
    "questions": Question,
    "checklists": Checklist,
    "off": SwitchedOff,
    "ordinance": OrdinanceItem,
    "matters": Matter,
}
"""What a file may hold: the lists, and the shape of their entries."""
_Entry = TypeVar("_Entry", bound=BaseModel)


@cache
def catalog() -> RulePack:
    """The product's own rules, loaded once."""
    return load_pack(CATALOG)


def load_pack(*directories: Path) -> RulePack:
    """Load rules from directories, the product's own catalog first where it is wanted.

    Raises:
        RuleError: with every problem of every file.
    """
    entries = _Entries()
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
    files = _rule_files(own) if own else []
    if own is None or not files:
        return catalog()
    stamps = tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    return _with_own(own, stamps)


@lru_cache(maxsize=4)
def _with_own(own: Path, stamps: tuple[tuple[str, int, int], ...]) -> RulePack:
    return load_pack(CATALOG, own)


def check_pack(directory: Path) -> list[Problem]:
    """What is wrong with a council's own directory, its examples tried; empty when nothing is."""
    entries = _Entries()
    if directory.resolve() != CATALOG.resolve():
        entries.read(CATALOG)
    own = len(entries.of(Rule))
    entries.read(directory)
    pack = _assemble(entries)
    sources = {rule.id: source for rule, source in entries.of(Rule)[own:]}
    mine = [c for c in pack.rules if c.rule.id in sources]
    tried = [p for c in mine for p in failures(c, source=sources[c.rule.id])]
    return [*entries.problems, *tried]


def failures(checked: Checked, *, source: str) -> Iterator[Problem]:
    """The examples that fail: a rule must speak on each match, and be silent on each near miss."""
    examples = checked.rule.examples
    tries = [(example, True) for example in examples.match]
    tries += [(example, False) for example in examples.no_match]
    for number, (example, wanted) in enumerate(tries, 1):
        try:
            facts = [
                Fact(kind, f"{kind}:{n}", values)
                for n, entry in enumerate(example, 1)
                for kind, values in entry.items()
            ]
            found = match([checked], sorted(facts, key=lambda f: (f.kind, f.id))).found
            if bool(found) is wanted:
                continue
            said = say(f"rules.loading.example_{'silent' if wanted else 'speaks'}")
        except RuleError as error:
            said = error.problems[0].message
        yield Problem.of(
            "rules.loading.rule-example",
            source=source,
            rule=checked.rule.id,
            number=number,
            said=said,
        )


@dataclass
class _Entries:
    """What the files of some directories hold, with the file each entry stands in."""

    held: list[tuple[BaseModel, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def of(self, kind: type[_Entry]) -> list[tuple[_Entry, str]]:
        """The entries of one kind with their files, in the order of reading."""
        return [(entry, source) for entry, source in self.held if isinstance(entry, kind)]

    def alone(self, kind: type[_Entry]) -> tuple[_Entry, ...]:
        """The same without their files."""
        return tuple(entry for entry, _ in self.of(kind))

    def problem(self, code: str, source: str, **values: object) -> None:
        """Note what is wrong, and in which file."""
        self.problems.append(Problem.of(f"rules.loading.{code}", source=source, **values))

    def read(self, directory: Path) -> None:
        """Add what a directory holds."""
        if not directory.is_dir():
            self.problem("pack-directory", directory.name)
            return
        for path in _rule_files(directory):
            document = self._document(path)
            if document is None:
                continue
            if not isinstance(document, dict) or set(document) - set(SECTIONS):
                self.problem("pack-sections", path.name, sections=listed(SECTIONS))
                continue
            for section, entries in document.items():
                self._read_section(path.name, section, entries)

    def _document(self, path: Path) -> object:
        """A file as plain values; None where it is empty or cannot be read."""
        content = path.read_bytes()[: LARGEST_FILE + 1]
        self.digest.update(content)
        if len(content) > LARGEST_FILE:
            self.problem("pack-size", path.name)
            return None
        try:
            return _parsed(content)
        except (yaml12.YAMLError, UnicodeDecodeError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            said = getattr(error, "problem", None) or "not UTF-8 YAML"
            self.problem("pack-yaml", path.name, line=mark.line + 1 if mark else "—", said=said)
            return None

    def _read_section(self, source: str, section: str, entries: object) -> None:
        if not isinstance(entries, list):
            self.problem("pack-section", source, section=section)
            return
        for number, entry in enumerate(entries, 1):
            name = entry.get("id") or entry.get("rule") if isinstance(entry, dict) else None
            try:
                made = SECTIONS[section].model_validate(entry)
            except ValidationError as error:
                for said in misfits(error):
                    self.problem(
                        "pack-entry", source, section=section, name=name or number, said=said
                    )
                continue
            self._keep(made, source)

    def _keep(self, made: BaseModel, source: str) -> None:
        """Keep an entry, and the rules and questions that come of it."""
        self.held.append((made, source))
        if isinstance(made, OrdinanceItem):
            self.held.append((made.rule(len(self.of(OrdinanceItem))), source))
        if isinstance(made, Matter):
            self.held.append((made.rule(), source))
        if isinstance(made, Checklist):
            self.held += [(entry, source) for entry in (*made.questions(), *made.rules())]


def _rule_files(directory: Path) -> list[Path]:
    return sorted([*directory.glob("*.yaml"), *directory.glob("*.yml")])


@lru_cache(maxsize=32)
def _parsed(content: bytes) -> object:
    """A rule file as plain values; the same bytes are parsed once."""
    return yaml12.load(content.decode("utf-8"))


def _assemble(entries: _Entries) -> RulePack:
    """A pack of the entries that make sense; what does not is noted as a problem."""
    checked: dict[str, Checked] = {}
    choices = {q.topic: q.choices for q in entries.alone(Question)}
    for rule, source in entries.of(Rule):
        if rule.id in checked:
            entries.problem("rule-twice", source, rule=rule.id)
            continue
        try:
            checked[rule.id] = check(rule)
            if rule.derive is not None:
                strata([*checked.values()])
        except ConditionError as error:
            checked.pop(rule.id, None)
            entries.problem("rule-condition", source, rule=rule.id, said=error.message)
            continue
        for topic in _never_asked(rule, choices):
            entries.problem("rule-topic", source, rule=rule.id, topic=topic)
    _check_groups(entries)
    for switched, source in entries.of(SwitchedOff):
        if switched.rule not in checked:
            entries.problem("off-unknown", source, rule=switched.rule)
    return RulePack(
        rules=tuple(checked.values()),
        switched_off=entries.alone(SwitchedOff),
        ordinance=entries.alone(OrdinanceItem),
        checklists=entries.alone(Checklist),
        questions=entries.alone(Question),
        groups=entries.alone(Group),
        revision=entries.digest.hexdigest()[:12],
    )


def _check_groups(entries: _Entries) -> None:
    for group, source in entries.of(Group):
        try:
            group.fits([])
        except (ConditionError, KeyError) as error:
            entries.problem("group-condition", source, group=group.id, said=error)
    known = {group.id for group in entries.alone(Group)}
    for question, source in entries.of(Question):
        if question.group not in known:
            entries.problem("question-group", source, topic=question.topic, group=question.group)


def _never_asked(rule: Rule, choices: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Topics without a question, or without the answer: a rule about one is silent for ever."""
    for pattern in (*rule.when, *rule.unless):
        if pattern.fact == "case_answer":
            topics, answers = (_texts(pattern.where.get(f)) for f in ("topic", "answer"))
            yield from (t for t in topics if not set(answers) <= set(choices.get(t, ())))


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in value]
    return [value] if isinstance(value, str) else []
