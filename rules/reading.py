"""Reading rule files: from YAML to entries in their shape, and every problem met on the way."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from core import Message, Problem, yaml12
from rules.checklist import Checklist, Group, Question
from rules.engine import Rule
from rules.ordinance import OrdinanceItem
from rules.pack import SwitchedOff

LARGEST_FILE = 1_000_000
"""Bytes; a rule file beyond this is not read."""


@dataclass
class Entries:
    """What the files of some directories hold, with the file each entry stands in."""

    rules: list[tuple[Rule, str]] = field(default_factory=list)
    off: list[tuple[SwitchedOff, str]] = field(default_factory=list)
    ordinance: list[OrdinanceItem] = field(default_factory=list)
    checklists: list[Checklist] = field(default_factory=list)
    questions: list[tuple[Question, str]] = field(default_factory=list)
    groups: list[tuple[Group, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, directory: Path) -> None:
        """Add what a directory holds."""
        if not directory.is_dir():
            self.problem(
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
            self.problem(
                "pack-size",
                path.name,
                "ファイルが大きすぎます。分けてください。",
                "Too large; split it.",
            )
            return
        try:
            document = _parsed(content)
        except (yaml12.YAMLError, UnicodeDecodeError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f"{mark.line + 1}" if mark else "—"
            said = getattr(error, "problem", None) or "not UTF-8 YAML"
            self.problem(
                "pack-yaml",
                path.name,
                f"YAML として読めません（{line} 行目: {said}）。",
                f"Not readable as YAML (line {line}: {said}).",
            )
            return
        if document is None:
            return
        if not isinstance(document, dict) or set(document) - set(_SECTIONS):
            self.problem(
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
            self.problem(
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
                    self.problem(
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

    def problem(self, code: str, source: str, ja: str, en: str) -> None:
        """Note what is wrong, and where."""
        self.problems.append(Problem(code=code, message=Message(ja=ja, en=en), source=source))


@lru_cache(maxsize=32)
def _parsed(content: bytes) -> object:
    """A rule file as plain values; the same bytes are parsed once."""
    return yaml12.load(content.decode("utf-8"))


_SECTIONS: dict[str, type[BaseModel]] = {
    "rules": Rule,
    "groups": Group,
    "questions": Question,
    "checklists": Checklist,
    "off": SwitchedOff,
    "ordinance": OrdinanceItem,
}


def _said(error: ValidationError) -> Iterator[Message]:
    for found in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in found["loc"]) or "—"
        ja = {
            "missing": f"「{place}」がありません。書き足してください。",
            "extra_forbidden": f"「{place}」という項目はありません。つづりを確かめてください。",
        }.get(found["type"], f"「{place}」の書き方が正しくありません（{found['msg']}）。")
        yield Message(ja=ja, en=f"{place}: {found['msg']}.")
