"""The `CREATE TABLE` statements of a script, cut out of whatever stands around them.

Every database adds words of its own after the closing bracket, and dumps hold settings, data and
`GO` between statements. Only the bracketed definitions and the comments are of interest.
"""

import re
from dataclasses import dataclass, field

_CREATE = re.compile(
    r"\bcreate\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?(?:temp(?:orary)?\s+|unlogged\s+)?"
    r"table\s+(?:if\s+not\s+exists\s+)?([^\s(]+)\s*\(",
    re.IGNORECASE,
)
_NAME = r"([^\s;]{1,200})"
_COMMENT_ON = re.compile(
    rf"\bcomment\s+on\s+column\s+{_NAME}\s+is\s+n?'((?:[^']|'')*)'", re.IGNORECASE
)
_PROPERTY = re.compile(
    r"'MS_Description'\s*,\s*(?:@value\s*=\s*)?N?'((?:[^']|'')*)'(.{0,400}?)"
    r"@level1name\s*=\s*N?'([^']*)'(.{0,200}?)@level2name\s*=\s*N?'([^']*)'",
    re.IGNORECASE | re.DOTALL,
)
_SKIP = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]{0,128}\"|`[^`]{0,128}`|\[[^\]\n]{0,128}\]",
    re.DOTALL,
)
_REMARK_AT_END = re.compile(r"--[^\n]*$|/\*[^*]*\*/$")


@dataclass
class TableText:
    """One table: its name, the texts of its elements, and the remark after each of them."""

    name: str
    elements: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    """Comments given to columns by statements of their own, by lower-case name."""


def find_tables(script: str) -> list[TableText]:
    """The tables a script creates, in order; a table cut off at the end is passed over.

    >>> [(t.name, t.elements) for t in find_tables("create table a (x int, y char(2)) engine=z;")]
    [('a', ['x int', 'y char(2)'])]
    """
    tables = []
    at = 0
    while found := _CREATE.search(script, at):
        table = TableText(bare(found.group(1)))
        at = _fill(table, script, found.end())
        if at < 0:
            break
        tables.append(table)
    by_name = {table.name.lower(): table for table in tables}
    for name, text in _comments(script):
        owner, _, column = name.lower().rpartition(".")
        if table_of := by_name.get(owner.rpartition(".")[2]):
            table_of.comments[column] = text
    return tables


def bare(name: str) -> str:
    """The last part of a quoted name.

    >>> bare('[dbo].[住民]'), bare('"a"."b"'), bare("`t`")
    ('住民', 'b', 't')
    """
    return name.replace("[", "").replace("]", "").replace('"', "").replace("`", "").split(".")[-1]


def _fill(table: TableText, script: str, start: int) -> int:
    """Cut the elements from the text after the bracket; where they end, or -1."""
    depth, begin, at = 1, start, start
    ended_at = -1
    leads: list[str] = []
    while at < len(script):
        char = script[at]
        if script.startswith("/*", at) and script.find("*/", at) < 0:
            return -1
        if char in "-/'\"`[":
            skipped = _SKIP.match(script, at)
            if skipped:
                remark = skipped.group()
                if remark.startswith(("--", "/*")) and table.elements:
                    line = script[ended_at:at] if ended_at >= 0 else "\n"
                    if "\n" not in line and not line.strip(", \t"):
                        table.remarks[-1] = _words(remark)
                at = skipped.end()
                continue
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if depth == 0 or (char == "," and depth == 1):
            element = _SKIP.sub(_without_remark, script[begin:at]).strip()
            if element:
                table.elements.append(element)
                table.remarks.append(_own_remark(script[begin:at]))
                leads.append(_remark_above(script[begin:at]))
            begin, ended_at = at + 1, at
        if depth == 0:
            if not any(table.remarks) and sum(map(bool, leads)) > len(leads) / 2:
                table.remarks = leads
            return at + 1
        at += 1
    return -1


def _without_remark(found: re.Match[str]) -> str:
    return " " if found.group().startswith(("--", "/*")) else found.group()


def _own_remark(text: str) -> str:
    """A remark that stands before the comma of its element, at the end of its line."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    found = _REMARK_AT_END.search(last)
    return _words(found.group()) if found and found.start() else ""


def _remark_above(text: str) -> str:
    """The remark on a line of its own above an element."""
    lines = [line.strip() for line in text.split("\n")[1:] if line.strip()]
    above = [line for line in lines if _REMARK_AT_END.fullmatch(line)]
    return _words(above[-1]) if above and lines and lines[-1] not in above else ""


def _words(remark: str) -> str:
    """What a remark says."""
    return remark.removeprefix("--").removeprefix("/*").removesuffix("*/").strip()


def _comments(script: str) -> list[tuple[str, str]]:
    found = [
        (".".join(bare(part) for part in name.split(".")), text.replace("''", "'"))
        for name, text in _COMMENT_ON.findall(script)
    ]
    found += [
        (f"{table}.{column}", text.replace("''", "'"))
        for text, _, table, _, column in _PROPERTY.findall(script)
    ]
    return found
