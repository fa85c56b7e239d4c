"""XLSX, XLSM and XLSB: what a sheet says besides its values (reach, hidden parts, formulas)."""

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from posixpath import join, normpath
from typing import Any

from defusedxml import ElementTree
from lxml import etree  # type: ignore[import-untyped]

from intake.formats import Rank, book_format
from intake.safe_open import SAFE, holds_member, is_packed, open_packed
from intake.upload import File
from intake.workbook import Extent, SheetFacts, Workbook, guarded

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PADDED = re.compile(r"0{2,18}")
_REFS = etree.XPath("*[*]/@r", smart_strings=False)
_UNPLACED = etree.XPath("boolean(*[not(@r)])")
_FORMULAS = etree.XPath("*[*[local-name()='f']]")
_ERRORS = etree.XPath("*[@t='e']")
_LETTERS = re.compile(r"[A-Z]+")
_DIGITS = re.compile(r"[0-9]+")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _opened(file: File) -> Workbook:
    archive = open_packed(file.content, file.limits)
    paths = guarded(lambda: _sheet_paths(archive))

    def facts_of(sheet: str) -> SheetFacts | None:
        return _scan_sheet(archive, paths[sheet]) if sheet in paths else None

    return Workbook(file.content, file.limits, facts_of)


def _column_number(letters: str) -> int:
    """The 1-based number of a column's letters.

    >>> _column_number("A"), _column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member that holds each sheet, by sheet name."""
    targets = {
        node.get("Id"): normpath(join("xl", node.get("Target", ""))).lstrip("/")
        if not node.get("Target", "").startswith("/")
        else node.get("Target", "").lstrip("/")
        for node in _nodes(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    paths = {}
    for node in _nodes(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(node.get(_REL) or node.get(_STRICT_REL))
        if target in archive.namelist():
            paths[node.get("name", "")] = target
    return paths


def _padded_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Styles that show a number with leading zeros: style number → digits."""
    formats = {
        node.get("numFmtId"): len(node.get("formatCode", ""))
        for node in _nodes(archive, "xl/styles.xml", "numFmt")
        if _PADDED.fullmatch(node.get("formatCode", ""))
    }
    if not formats:
        return {}
    for node in _nodes(archive, "xl/styles.xml", "cellXfs"):
        return {
            str(index): formats[style.get("numFmtId")]
            for index, style in enumerate(node)
            if style.get("numFmtId") in formats
        }
    return {}


def _nodes(archive: zipfile.ZipFile, member: str, tag: str) -> Iterator[Any]:
    if member not in archive.namelist():
        return
    root = ElementTree.fromstring(archive.read(member))
    yield from (node for node in root.iter() if node.tag.rpartition("}")[2] == tag)


def _scan_sheet(archive: zipfile.ZipFile, path: str) -> SheetFacts:
    """Read a sheet once, keeping nothing but the facts."""
    facts = SheetFacts()
    padded = _padded_styles(archive)
    with archive.open(path) as stream:
        events = etree.iterparse(
            stream,
            tag=("{*}row", "{*}col", "{*}drawing"),
            **SAFE,
        )
        number = 0
        for _, element in events:
            tag = element.tag.rpartition("}")[2]
            if tag == "row":
                number = _int(element.get("r")) or number + 1
                _scan_row(facts, element, number, padded)
                parent = element.getparent()
                element.clear()
                while parent is not None and parent[0] is not element:
                    del parent[0]
            elif tag == "col" and _true(element.get("hidden")):
                first, last = _int(element.get("min")), _int(element.get("max"))
                facts.hidden_columns += range(first, min(last, 1 << 14) + 1)
            elif tag == "drawing":
                facts.drawings = True
    return facts


def _scan_row(
    facts: SheetFacts, row: "etree._Element", number: int, padded: dict[str, int]
) -> None:
    if _true(row.get("hidden")) and len(row):
        facts.hidden_rows.append(number)
    refs = "".join(_REFS(row)).upper()
    if refs:
        letters = _LETTERS.findall(refs)
        longest = max(map(len, letters), default=0)
        furthest = max((text for text in letters if len(text) == longest), default="")
        lowest = max(map(int, set(_DIGITS.findall(refs))), default=0)
        facts.extent.take(max(number, lowest) - 1, _column_number(furthest) - 1)
    if _UNPLACED(row):
        facts.extent.take(number - 1, len(row) - 1)
    for cell in _FORMULAS(row):
        ref = _REF.fullmatch(cell.get("r", "").upper())
        column = _column_number(ref.group(1)) if ref else row.index(cell) + 1
        saved = bool(cell.findtext("{*}v")) or cell.get("t") == "str"
        facts.take_formula(number, column, saved)
    facts.errors += len(_ERRORS(row))
    if padded:
        for cell in row:
            digits = padded.get(cell.get("s", ""))
            ref = _REF.fullmatch(cell.get("r", ""))
            if digits and ref and len(cell):
                facts.padding[_column_number(ref.group(1))] = digits


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _true(text: str | None) -> bool:
    return text in ("1", "true")


_BINARY_ROW = 0
_BINARY_CELLS = range(1, 12)
"""The kinds of records that hold a cell."""


def _open_binary(file: File) -> Workbook:
    archive = open_packed(file.content, file.limits)
    extent = guarded(lambda: _extent(archive))
    file.limits.allow(extent.rows, extent.columns)
    return Workbook(file.content, file.limits)


def _extent(archive: zipfile.ZipFile) -> Extent:
    """The largest reach of any sheet of an XLSB file."""
    largest = Extent()
    for member in archive.namelist():
        if member.startswith("xl/worksheets/") and member.endswith(".bin"):
            extent = _sheet_extent(archive.read(member))
            largest = max(largest, extent, key=lambda e: e.cells)
    return largest


def _sheet_extent(data: bytes) -> Extent:
    extent = Extent()
    row = at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        if kind == _BINARY_ROW and at + 4 <= len(data):
            row = struct.unpack_from("<I", data, at)[0]
        elif kind in _BINARY_CELLS and at + 4 <= len(data):
            extent.take(row, struct.unpack_from("<I", data, at)[0])
        at += size
    return extent


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for index in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, at


_XLSX = book_format(
    "xlsx",
    Rank.PACKED_TABLES,
    lambda upload: holds_member(upload.content, "xl/workbook.xml"),
    _opened,
    endings=("xlsx", "xlsm"),
)
FORMATS = (
    _XLSX,
    replace(
        _XLSX,
        rank=Rank.PACKED_BY_NAME,
        recognises=lambda upload: is_packed(upload.content) and upload.ending in _XLSX.endings,
    ),
    book_format(
        "xlsb",
        Rank.PACKED_TABLES,
        lambda upload: holds_member(upload.content, "xl/workbook.bin"),
        _open_binary,
        endings=("xlsb",),
    ),
)
