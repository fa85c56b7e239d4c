"""From arguments to a session."""

import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from core import CaseFacts, InputError, Problem, Review, UsageError
from core.message import Message
from desk import Session, home
from intake import ReadOptions, Upload
from rules import Settings

PLAIN = 200
"""How many unusual cells a review lists by default."""


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError.of(
            "cannot-open",
            ja="ファイルを開けません。場所と名前を確かめてください。",
            en="The file cannot be opened. Check its place and name.",
            source=Path(path).name,
        ) from error


def uploads(paths: Sequence[str]) -> list[Upload]:
    """Files as uploads; two of one name are told apart by their place in the list."""
    found: list[Upload] = []
    problems: list[Problem] = []
    for path in paths:
        name = Path(path).name
        if any(u.name == name for u in found):
            name = f"{len(found) + 1}-{name}"
        try:
            found.append(Upload(name, read_file(path)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def case_of(path: str | None) -> CaseFacts | None:
    """A case from its YAML file.

    Raises:
        InputError: it is not YAML, or names fields a case does not have.
    """
    if path is None:
        return None
    name = Path(path).name
    try:
        raw = YAML(typ="safe").load(read_file(path).decode("utf-8-sig")) or {}
        return CaseFacts.model_validate(raw)
    except (YAMLError, UnicodeDecodeError) as error:
        raise InputError.of(
            "case-not-yaml",
            ja="案件の説明をYAMLとして読めません。字下げと文字コード（UTF-8）を確かめてください。",
            en="The case is not readable as YAML. Check its indentation and encoding (UTF-8).",
            source=name,
        ) from error
    except ValidationError as error:
        fields = dict.fromkeys(
            ".".join(str(p) for p in e["loc"]) or "case"
            for e in error.errors(include_input=False, include_url=False)
        )
        raise InputError(
            Problem(
                code="case-field",
                source=name,
                message=Message(
                    ja=f"案件の「{field}」の名前か値が正しくありません。",
                    en=f"The case's “{field}” has a wrong name or value.",
                ),
            )
            for field in fields
        ) from None


def open_session(args: Namespace) -> Session:
    """A session with the data, schema and case that the arguments name."""
    session = Session(settings=Settings(cells_limit=getattr(args, "cells", PLAIN)))
    case = case_of(getattr(args, "case", None))
    if case is not None:
        session.set_case(case)
    schema = getattr(args, "schema", None)
    files = uploads([*args.data, *([schema] if schema else [])])
    if not files:
        raise UsageError.of(
            "no-files",
            ja="データか、--schema で定義書を指定してください。",
            en="Name a data file, or a schema with --schema.",
        )
    options = {files[-1].name: ReadOptions(kind="schema")} if schema else {}
    options |= {f.name: ReadOptions(kind="data") for f in files[: len(args.data)] if schema}
    session.add(files, options)
    return session


def review_of(path: str) -> Review:
    """A review from the JSON that `mekiki review --json` printed.

    Raises:
        InputError: it is something else.
    """
    try:
        return Review.model_validate(json.loads(read_file(path)))
    except (ValueError, ValidationError):
        raise InputError.of(
            "not-a-review",
            ja="点検結果のJSONではありません。「mekiki review … --json」の出力を指定してください。",
            en="This is not a review. Name what “mekiki review … --json” printed.",
            source=Path(path).name,
        ) from None


def library() -> Any:
    """The imported documents, where there are any."""
    from knowledge import Library

    place = home() / "library"
    return Library(place) if place.exists() else None
