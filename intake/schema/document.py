"""Schemas written as documents: YAML, JSON and SQL.

YAML is read with every scalar as text: `No` stays `No`, `001` stays `001`, and no tag is obeyed.
Nothing outside the document is ever loaded.
"""

import json
from typing import Any

from core import Message, Schema, yaml12
from intake import problems
from intake.schema.json_schema import find_schemas
from intake.upload import Limits, ReadOptions
from language import Text, decode

_LARGEST_YAML = 4 << 20
"""A text of nothing but small collections takes about half a second for 1 MB."""


def load_json(name: str, text: str) -> Any:
    """A JSON document with its numbers as text. Raises InputError when it is not one."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise problems.damaged(name) from None


def load_yaml(name: str, text: str) -> Any:
    """A YAML document with every scalar as text. Raises InputError when it is not one."""
    if len(text) > _LARGEST_YAML:
        raise problems.too_large(name, _LARGEST_YAML)
    try:
        return yaml12.load_texts(text)
    except yaml12.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise problems.problem(
            name,
            "bad_yaml",
            f"YAML の書き方が正しくありません（{line} 行目付近）。"
            "字下げとコロンの後の空白を確かめてください。",
            f"This is not well-formed YAML (near line {line}). "
            "Check the indentation and the space after each colon.",
        ) from None
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError, IndexError):
        raise problems.damaged(name) from None


def parse_document(
    name: str, content: bytes, kind: str, options: ReadOptions, limits: Limits
) -> tuple[Text, list[tuple[str, Schema]], list[Message]]:
    """The decoded text, the schemas with the name of each part, and notes.

    Raises InputError when the document describes no columns.
    """
    if len(content) > limits.schema_bytes:
        raise problems.too_large(name, limits.schema_bytes)
    text = decode(content, options.encoding)
    body = str(text)
    notes: list[Message] = []
    if kind == "sql":
        from intake.schema.sql import read_sql  # its parser takes a second to import

        schemas = read_sql(name, body)
    else:
        document = load_json(name, body) if kind == "json" else load_yaml(name, body)
        schemas, notes = find_schemas(name, document, limits.schema_columns)
    if not schemas:
        raise problems.not_a_schema(name)
    return text, schemas, notes
