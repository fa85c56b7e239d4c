"""Packed files (XLSX, ODS, DOCX) are measured before anything is expanded from them."""

import io
import zipfile
import zlib

from core import InputError
from intake.upload import Limits

_CHUNK = 1 << 20
"""Bytes that are unpacked at a time."""
_SMALL = 10 << 20
"""Members below this are never refused for their ratio: a blank sheet packs very well."""
_MEMBERS = 10_000
"""A workbook has a member for each sheet, drawing or picture; none has so many."""


def open_packed(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """A packed file that is not damaged, locked, or larger inside than allowed.

    The sizes a file states about itself are compared first; then every member is unpacked in
    pieces and thrown away, because a hostile file can state what it likes.

    Raises:
        InputError: it is one of these.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _check(archive, limits)
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise InputError.of("intake.file.damaged") from None


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise InputError.of("intake.file.encrypted")
    if len(members) > _MEMBERS or sum(m.file_size for m in members) > limits.unpacked_bytes:
        raise InputError.of("intake.file.unpacks_too_large")
    for member in members:
        packed, stated = max(member.compress_size, 1), member.file_size
        if stated > _SMALL and stated / packed > limits.packing_ratio:
            raise InputError.of("intake.file.unpacks_too_large")
        member.file_size = stated + 1  # one byte more than stated would be a lie
        size = 0
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
        if size != stated:
            raise InputError.of("intake.file.damaged")


def is_packed(content: bytes) -> bool:
    """Whether a file begins as packed ones do."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def holds_member(content: bytes, name: str) -> bool:
    """Whether a packed file names a member, be it damaged or cut off."""
    return is_packed(content) and name.encode() in content
