"""Rules about the header."""

import re
from collections import Counter

from core import Column, LintNote, Message, Table, fold
from intake.lint.note import matches

_LAYOUT = re.compile(r"^[\s　]|[\s　]$|[\r\n\t]|[ 　]{2}|^\S([ 　]\S)+$")
_NAMED = 10
"""Columns numbered in a sentence."""


def check_headers(table: Table) -> list[LintNote]:
    """Notes on names that are missing, repeated or laid out with spaces."""
    columns = list(table)
    if not any(column.header.strip() for column in columns):
        return _note(
            "no_header",
            columns,
            "項目名がありません。1行目に項目名を入れてください。",
            "There are no column names. Put them in the first row.",
        )
    counts = Counter(fold(column.header) for column in columns)
    blank = [c for c in columns if not c.header.strip()]
    empty = [c for c in columns if not matches(c.values, r"[^\s　]").any()]
    repeated = [c for c in columns if c.header.strip() and counts[fold(c.header)] > 1]
    laid_out = [c for c in columns if _LAYOUT.search(c.header)]
    return [
        *_note(
            "blank_header",
            blank,
            "項目名のない列があります。全ての列に項目名を付けてください。",
            "Columns have no name. Give every column a name.",
        ),
        *_note(
            "empty_column",
            empty,
            "値が一つもない列があります。不要なら除いてください。",
            "Columns hold no value at all. Remove them if they are not needed.",
        ),
        *_note(
            "repeated_name",
            repeated,
            "同じ項目名の列が複数あります。項目名を区別できるようにしてください。",
            "Several columns have the same name. Give them different names.",
        ),
        *_note(
            "header_layout",
            laid_out,
            "項目名に体裁のための空白や改行があります。取り除いてください。",
            "Column names hold spaces or line breaks for layout. Remove them.",
        ),
    ]


def _listed(columns: list[Column]) -> Message:
    """Where the columns stand, by number: a name may be a value taken for one."""
    named = [str(column.position) for column in columns[:_NAMED]]
    more = len(columns) > _NAMED
    return Message(
        ja=f"（{'、'.join(named)} 列目{'など' if more else ''}）",
        en=f" (Columns {', '.join(named)}{' …' if more else ''}.)",
    )


def _note(code: str, columns: list[Column], ja: str, en: str) -> list[LintNote]:
    if not columns:
        return []
    where = _listed(columns) if len(columns) > 1 else Message(ja="", en="")
    return [
        LintNote(
            code=code,
            column=columns[0].key,
            count=len(columns),
            message=Message(ja=ja + where.ja, en=en + where.en),
        )
    ]
