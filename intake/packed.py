"""Packed files (XLSX, ODS) are measured before anything is expanded from them."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from core import InputError
from intake import problems
from intake.upload import Limits

_CHUNK = 1 << 20
_SMALL = 10 << 20
"""Members below this are never refused for their ratio: a blank sheet packs very well."""


def check_packed(name: str, content: bytes, limits: Limits) -> None:
    """Refuse a packed file that is damaged, locked, or larger inside than allowed.

    The sizes a file states about itself are compared first; then every member is unpacked in
    pieces and thrown away, because a hostile file can state what it likes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(name, archive, limits)
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise problems.damaged(name) from None


def _check(name: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise problems.locked(name)
    if len(members) > 10_000 or _stated(members) > limits.unpacked_bytes:
        raise problems.bomb(name)
    for member in members:
        packed, stated = max(member.compress_size, 1), member.file_size
        if stated > _SMALL and stated / packed > limits.packing_ratio:
            raise problems.bomb(name)
        member.file_size = stated + 1  # one byte more than stated would be a lie
        size = 0
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
        if size != stated:
            raise problems.damaged(name)


def _stated(members: Iterable[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members)
