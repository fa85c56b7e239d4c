"""Rule packs: the directories rules come from, and what a council changes in them.

A directory holds any number of YAML files, each with `rules:`, `groups:`, `questions:`,
`checklists:`, `off:` or `ordinance:` lists. Later directories add to earlier ones; a council's own
directory comes last and can switch rules off, with a reason and a last day.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from core import Finding, Message, Problem, RuleError, Severity, Target, Trace
from rules.checklist import Checklist, Group, Question
from rules.engine import Checked, ConditionError, Rule, check, strata
from rules.facts import Fact
from rules.ordinance import OrdinanceItem

CATALOG = Path(__file__).parent / "catalog"
"""The rules the product comes with."""
LARGEST_FILE = 1_000_000
"""Bytes; a rule file beyond this is not read."""


class SwitchedOff(BaseModel):
    """A rule a council has switched off: why, and until when (included)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    reason: str = Field(min_length=1)
    expires: date


@dataclass(frozen=True)
class RulePack:
    """Rules that fit together and are ready to run."""

    rules: tuple[Checked, ...]
    switched_off: tuple[SwitchedOff, ...] = ()
    ordinance: tuple[OrdinanceItem, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    revision: str = ""
    """A hash of the files, shown with every review."""

    def on(self, as_of: date) -> tuple[Checked, ...]:
        """The rules that are switched on at a date."""
        off = {s.rule for s in self.off(as_of)}
        return tuple(c for c in self.rules if c.rule.id not in off)

    def off(self, as_of: date) -> tuple[SwitchedOff, ...]:
        """What is switched off at a date: a switch past its last day no longer counts."""
        return tuple(s for s in self.switched_off if as_of <= s.expires)

    def ask(self, facts: Iterable[Fact]) -> tuple[Question, ...]:
        """The questions worth asking about a case, those already answered left out."""
        known = list(facts)
        fitting = {group.id for group in self.groups if group.fits(known)}
        answered = {f.get("topic") for f in known if f.kind == "case_answer"}
        return tuple(q for q in self.questions if q.group in fitting and q.topic not in answered)

    def notes(self, as_of: date) -> tuple[Finding, ...]:
        """One note for each rule that is switched off."""
        return tuple(_note(s) for s in self.off(as_of))


def _note(switched: SwitchedOff) -> Finding:
    day = switched.expires.isoformat()
    return Finding(
        id="",
        rule="pack.switched_off",
        severity=Severity.INFO,
        target=Target(),
        message=Message(
            ja=f"規則 {switched.rule} は {day} まで止められています（理由: {switched.reason}）。",
            en=f"Rule {switched.rule} is switched off until {day} (reason: {switched.reason}).",
        ),
        remedy=Message(
            ja="止めた理由が今もあるかを確かめてください。",
            en="Confirm that the reason still holds.",
        ),
        trace=Trace(rule="pack.switched_off"),
    )


@cache
def catalog() -> RulePack:
    """The product's own rules, loaded once."""
    return load_pack(CATALOG)


def load_pack(*directories: Path) -> RulePack:
    """Load rules from directories, the product's own catalog first where it is wanted.

    Raises:
        RuleError: with every problem of every file.
    """
    loading = _Loading()
    for directory in directories:
        loading.read(directory)
    pack = loading.pack()
    if loading.problems:
        raise RuleError(loading.problems)
    return pack


def check_pack(directory: Path) -> list[Problem]:
    """What is wrong with a council's own directory, its examples tried; empty when nothing is."""
    from rules.examples import failures

    loading = _Loading()
    if directory.resolve() != CATALOG.resolve():
        loading.read(CATALOG)
    own = len(loading.rules)
    loading.read(directory)
    pack = loading.pack()
    names = {rule.id: source for rule, source in loading.rules[own:]}
    mine = [c for c in pack.rules if c.rule.id in names]
    return loading.problems + [
        problem for c in mine for problem in failures(c, source=names[c.rule.id])
    ]


@dataclass
class _Loading:
    """Files as they are read, and every problem met on the way."""

    rules: list[tuple[Rule, str]] = field(default_factory=list)
    off: list[tuple[SwitchedOff, str]] = field(default_factory=list)
    ordinance: list[OrdinanceItem] = field(default_factory=list)
    checklists: list[Checklist] = field(default_factory=list)
    questions: list[tuple[Question, str]] = field(default_factory=list)
    groups: list[tuple[Group, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, directory: Path) -> None:
        if not directory.is_dir():
            self._problem(
                "pack-directory",
                directory.name,
                "フォルダが見つかりません。規則の YAML を置いたフォルダを指定してください。",
                "There is no such directory; name one that holds rule files.",
            )
            return
        for path in sorted([*directory.glob("*.yaml"), *directory.glob("*.yml")]):
            self._read_file(path)

    def _read_file(self, path: Path) -> None:
        content = path.read_bytes()[: LARGEST_FILE + 1]
        self.digest.update(content)
        if len(content) > LARGEST_FILE:
            self._problem(
                "pack-size",
                path.name,
                "ファイルが大きすぎます。分けてください。",
                "Too large; split it.",
            )
            return
        try:
            document = _parsed(content)
        except (YAMLError, UnicodeDecodeError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f"{mark.line + 1}" if mark else "—"
            said = getattr(error, "problem", None) or "not UTF-8 YAML"
            self._problem(
                "pack-yaml",
                path.name,
                f"YAML として読めません（{line} 行目: {said}）。",
                f"Not readable as YAML (line {line}: {said}).",
            )
            return
        if document is None:
            return
        if not isinstance(document, dict) or set(document) - set(_SECTIONS):
            self._problem(
                "pack-sections",
                path.name,
                f"最上位に書けるのは {'、'.join(_SECTIONS)} だけです。",
                f"Only these may stand at the top: {', '.join(_SECTIONS)}.",
            )
            return
        for section, entries in document.items():
            self._read_section(path.name, section, entries)

    def _read_section(self, source: str, section: str, entries: object) -> None:
        if not isinstance(entries, list):
            self._problem(
                "pack-section",
                source,
                f"{section} は一覧で書いてください。",
                f"{section} takes a list.",
            )
            return
        for number, entry in enumerate(entries, 1):
            name = entry.get("id") or entry.get("rule") if isinstance(entry, dict) else None
            place = f"{section} {name or number}"
            try:
                made = _SECTIONS[section].model_validate(entry)
            except ValidationError as error:
                for problem in _said(error):
                    self._problem(
                        "pack-entry", source, f"{place}: {problem.ja}", f"{place}: {problem.en}"
                    )
                continue
            self._keep(made, source)

    def _keep(self, made: BaseModel, source: str) -> None:
        match made:
            case Rule():
                self.rules.append((made, source))
            case SwitchedOff():
                self.off.append((made, source))
            case OrdinanceItem():
                self.ordinance.append(made)
                self.rules.append((made.rule(len(self.ordinance)), source))
            case Checklist():
                self.checklists.append(made)
                self.questions += [(question, source) for question in made.questions()]
                self.rules += [(rule, source) for rule in made.rules()]
            case Question():
                self.questions.append((made, source))
            case Group():
                self.groups.append((made, source))

    def _problem(self, code: str, source: str, ja: str, en: str) -> None:
        self.problems.append(Problem(code=code, message=Message(ja=ja, en=en), source=source))

    def pack(self) -> RulePack:
        checked: dict[str, Checked] = {}
        for rule, source in self.rules:
            if rule.id in checked:
                self._problem(
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
                self._problem("rule-condition", source, said.ja, said.en)
                continue
            self._check_topics(rule, source)
        self._check_groups()
        for switched, source in self.off:
            if switched.rule not in checked:
                self._problem(
                    "off-unknown",
                    source,
                    f"止めようとした規則 {switched.rule} はありません。id を確かめてください。",
                    f"There is no rule {switched.rule} to switch off; check its id.",
                )
        return RulePack(
            rules=tuple(checked.values()),
            switched_off=tuple(s for s, _ in self.off),
            ordinance=tuple(self.ordinance),
            checklists=tuple(self.checklists),
            questions=tuple(q for q, _ in self.questions),
            groups=tuple(g for g, _ in self.groups),
            revision=self.digest.hexdigest()[:12],
        )

    def _check_groups(self) -> None:
        for group, source in self.groups:
            try:
                group.fits([])
            except (ConditionError, KeyError) as error:
                self._problem(
                    "group-condition",
                    source,
                    f"groups {group.id}: when の条件を読めません（{error}）。",
                    f"groups {group.id}: its when cannot be read ({error}).",
                )
        known = {group.id for group, _ in self.groups}
        for question, source in self.questions:
            if question.group not in known:
                self._problem(
                    "question-group",
                    source,
                    f"質問「{question.topic}」の group「{question.group}」がありません。",
                    f"Question {question.topic}: there is no group {question.group}.",
                )

    def _check_topics(self, rule: Rule, source: str) -> None:
        """A rule about an answer nobody is ever asked for would stay silent for ever."""
        choices = {q.topic: q.choices for q, _ in self.questions}
        for pattern in (*rule.when, *rule.unless):
            if pattern.fact != "case_answer":
                continue
            topics, answers = (_listed(pattern.where.get(f)) for f in ("topic", "answer"))
            for topic in topics:
                if not set(answers) <= set(choices.get(topic, ())):
                    self._problem(
                        "rule-topic",
                        source,
                        f"規則 {rule.id}: 質問「{topic}」かその答えが questions にありません。",
                        f"Rule {rule.id}: question {topic}, or its answer, is not among questions.",
                    )


@lru_cache(maxsize=32)
def _parsed(content: bytes) -> object:
    """A rule file as plain values; the same bytes are parsed once."""
    return YAML(typ="safe", pure=True).load(content.decode("utf-8"))


_SECTIONS: dict[str, type[BaseModel]] = {
    "rules": Rule,
    "groups": Group,
    "questions": Question,
    "checklists": Checklist,
    "off": SwitchedOff,
    "ordinance": OrdinanceItem,
}


def _listed(value: object) -> Sequence[str]:
    return (
        [str(v) for v in value]
        if isinstance(value, list)
        else [value]
        if isinstance(value, str)
        else []
    )


def _said(error: ValidationError) -> Iterator[Message]:
    for found in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in found["loc"]) or "—"
        ja = {
            "missing": f"「{place}」がありません。書き足してください。",
            "extra_forbidden": f"「{place}」という項目はありません。つづりを確かめてください。",
        }.get(found["type"], f"「{place}」の書き方が正しくありません（{found['msg']}）。")
        yield Message(ja=ja, en=f"{place}: {found['msg']}.")
