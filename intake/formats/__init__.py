"""The formats that are read: each declared in a file of its own here, or refused by `refused.yaml`.

Adding a format is adding a file with its `FORMATS`, and what people call it to the messages
(`formats.<id>`). The content tells which format a file has, its name only where the content is
silent.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NoReturn

from core import InputError, Message, Source, say, yaml12
from intake.sheets import preview_book, read_book
from intake.table.grid import Book
from intake.upload import File, Preview, Reading, Upload

_HERE = Path(__file__).parent
Recogniser = Callable[[Upload], bool]


class Rank(IntEnum):
    """The order in which formats are asked whether a file is theirs, the surest sign first."""

    SIGNATURE = 1
    PACKED_TABLES = 2
    PACKED_TEXT = 3
    """A document may hold a workbook; a workbook is asked first all the same."""
    PACKED_BY_NAME = 4
    PACKED = 5
    MARKUP = 6
    NAMED = 7
    """By its ending, and by what such texts hold where there is none."""
    FIRST_CHARACTER = 8
    TEXT = 9


@dataclass(frozen=True)
class Format:
    """How a format is recognised, and what reads it."""

    id: str
    rank: Rank
    recognises: Recogniser
    read: Callable[[Source, File], list[Reading]]
    preview: Callable[[File, int], Preview]
    """The first rows, as many as the last argument says, and what can be chosen."""
    endings: tuple[str, ...] = ()
    """Endings of file names that promise this format."""

    @property
    def name(self) -> Message:
        """What people call a file of this format."""
        return say(f"intake.formats.{self.id}")


def book_format(
    id: str,
    rank: Rank,
    recognises: Recogniser,
    open_book: Callable[[File], Book],
    endings: tuple[str, ...] = (),
) -> Format:
    """A format whose files hold tables by name."""

    def read(source: Source, file: File) -> list[Reading]:
        with closing(open_book(file)) as book:
            return read_book(source, book, file.options)

    def preview(file: File, rows: int) -> Preview:
        with closing(open_book(file)) as book:
            return preview_book(book, file.options, rows)

    return Format(id, rank, recognises, read, preview, endings)


@cache
def formats() -> tuple[Format, ...]:
    """All formats, in the order in which they are asked."""
    modules = [import_module(f"intake.formats.{m.name}") for m in iter_modules([str(_HERE)])]
    refused = yaml12.load((_HERE / "refused.yaml").read_text(encoding="utf-8"))
    found = [declared for module in modules for declared in getattr(module, "FORMATS", ())]
    found += [_refused(id, **told) for id, told in refused.items()]
    return tuple(sorted(found, key=lambda declared: declared.rank))


def recognise(upload: Upload) -> Format:
    """The format of a file, from its content first."""
    return next(declared for declared in formats() if declared.recognises(upload))


def told_apart(upload: Upload, found: Format) -> tuple[Message, ...]:
    """A note where a file's name promises another format than its content has."""
    promised = next((f for f in formats() if upload.ending in f.endings), found)
    if promised.id == found.id:
        return ()
    return (say("intake.registry.other_content", ending=upload.ending, format=found.name),)


def unsupported(id: str, advice: str) -> InputError:
    """What is recognised and not read; `advice` is a key of what to do instead."""
    format, advice_said = say(f"intake.formats.{id}"), say(f"intake.advice.{advice}")
    return InputError.of("intake.file.unsupported_format", format=format, advice=advice_said)


def _refused(id: str, begins: list[str], advice: str, also: str = "", member: str = "") -> Format:
    """A format that is recognised and not read: people are told what to bring instead."""
    signs = tuple(sign.encode("latin-1") for sign in begins)
    held, inside = also.encode("latin-1"), member.encode()

    def recognises(upload: Upload) -> bool:
        if inside and inside not in upload.content:
            return False
        return upload.head.startswith(signs) and held in upload.head

    def refuse(*_: object) -> NoReturn:
        raise unsupported(id, advice)

    rank = Rank.PACKED_TEXT if member else Rank.PACKED if id == "zip" else Rank.SIGNATURE
    return Format(id, rank, recognises, refuse, refuse)
