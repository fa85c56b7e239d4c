"""Files that are recognised and not read: people are told what to bring instead."""

from pathlib import Path
from typing import Any, NoReturn

from core import yaml12
from intake.formats.registry import Format, Rank, unsupported
from intake.upload import Upload

_TOLD: dict[str, dict[str, Any]] = yaml12.load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)


def _declared(id: str, begins: list[str], advice: str, also: str = "", member: str = "") -> Format:
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


FORMATS = tuple(_declared(id, **told) for id, told in _TOLD.items())
