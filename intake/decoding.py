"""One encoding at a time: strictly, line by line, or in spite of a few broken characters."""

import codecs
import re
from dataclasses import dataclass, replace

from core import Message
from intake import readings
from intake.mixed import MIXED, decode_lines

ENCODINGS = (
    *("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"),
    *("utf-32-le", "utf-32-be", MIXED),
)
"""The encodings a user may choose."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDER = {"euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_ext"}
"""Codecs that know more characters (①, half-width kana) of what people call by one name."""
# Single bytes that Python's cp932 lets through though no Japanese text has them.
_CP932_STRAYS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_ENOUGH = 20
"""How many Japanese characters a guess in spite of errors must rest on."""
_SAMPLE = 1 << 16


@dataclass(frozen=True)
class Text:
    """A decoded file: its encoding, and the same text as UTF-8 without a BOM."""

    encoding: str
    utf8: memoryview
    notes: tuple[Message, ...] = ()
    """What was guessed, mended or lost."""

    @classmethod
    def of(cls, encoding: str, text: str, *notes: Message) -> "Text":
        """A text that is held as a string."""
        return cls(encoding, memoryview(text.encode("utf-8", "replace")), notes)

    def count(self, mark: str) -> int:
        """How often a character occurs, without copying the text."""
        data: bytes = self.utf8.obj  # type: ignore[assignment]
        return data.count(mark.encode("utf-8"))

    def noting(self, *notes: Message) -> "Text":
        """The same with further notes."""
        return replace(self, notes=(*notes, *self.notes))

    def sample(self) -> str:
        """The beginning, to judge it by."""
        return bytes(self.utf8[:_SAMPLE]).decode("utf-8", "ignore")


def by_lines(content: bytes) -> Text | None:
    """A text of UTF-8 and CP932 lines; None if it is not that."""
    found = decode_lines(content.removeprefix(codecs.BOM_UTF8))
    if found is None:
        return None
    return Text.of(MIXED, found[0], readings.mixed_encodings(found[1]))


def _body(content: bytes, encoding: str) -> bytes:
    for bom, bom_encoding in BOMS:
        if bom_encoding == encoding and content.startswith(bom):
            return content[len(bom) :]
    return content


def strict(content: bytes, encoding: str) -> Text | None:
    """The text without a single doubt; None where the bytes do not fit."""
    if encoding not in ENCODINGS:
        return None
    if encoding == MIXED:
        return by_lines(content)
    try:
        if encoding in ("utf-8", "utf-8-sig"):
            return _utf8(content, encoding)
        text = by_codec(_body(content, encoding), encoding)
        if encoding == "cp932" and _CP932_STRAYS.search(text):
            return None
        return Text.of(encoding, text)
    except UnicodeError:
        return None


def by_codec(content: bytes, encoding: str) -> str:
    """The text, by the wider codec where the narrow one fails. Raises UnicodeDecodeError."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding not in WIDER:
            raise
        return content.decode(WIDER[encoding])


def _utf8(content: bytes, encoding: str) -> Text:
    """Checked in pieces, so that a large file is not held a second time."""
    check = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    step = 1 << 22
    for start in range(0, len(content), step):
        check.decode(view[start : start + step])
    check.decode(b"", final=True)
    return Text(encoding, view[3:] if content.startswith(codecs.BOM_UTF8) else view)


def broken(content: bytes, encoding: str) -> Text | None:
    """The text with at most 1 % of its Japanese characters broken; None if it is not that."""
    if encoding not in ENCODINGS or encoding == MIXED:
        return None
    text = _body(content, encoding).decode(encoding, "replace")
    text = _CP932_STRAYS.sub("\ufffd", text) if encoding == "cp932" else text
    lost = text.count("\ufffd")
    japanese = len(re.findall("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]", text))
    if japanese < _ENOUGH or lost > max(1, japanese // 100):
        return None
    return Text.of(encoding, text, *([readings.characters_lost(lost)] if lost else []))
