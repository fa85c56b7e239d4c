"""Bytes to text, in a fixed order: BOM, ISO-2022-JP escapes, strict UTF-8, CP932 or EUC-JP.

`shift_jis` is never used: it lacks characters (髙, ①) that real files hold; `cp932` has them.
Where nothing fits strictly, UTF-8 and CP932 are allowed a few broken characters, which old
systems leave when they cut a text to a number of bytes.
"""

import codecs
import re
from dataclasses import dataclass

from intake import problems

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")
"""The encodings a user may choose."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOK_AT = 1 << 16
_ISO2022 = re.compile(rb"\x1b\$[@B(]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
# Single bytes that Python's cp932 lets through though no Japanese text has them.
_CP932_STRAYS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
# Lead bytes of everyday CP932 text (kana, common kanji, symbols) that EUC-JP never uses.
_CP932_ONLY = re.compile(rb"[\x81-\x8d\x90-\x9f]")
_ENOUGH = 20
"""How many Japanese characters a guess in spite of errors must rest on."""


@dataclass(frozen=True)
class Text:
    """A decoded file: its encoding, and the same text as UTF-8 without a BOM."""

    encoding: str
    utf8: memoryview
    lost: int = 0
    """Characters that could not be decoded and became U+FFFD."""

    def count(self, mark: str) -> int:
        """How often a character occurs, without copying the text."""
        data: bytes = self.utf8.obj  # type: ignore[assignment]
        return data.count(mark.encode("utf-8"))


def decode(name: str, content: bytes, encoding: str | None = None) -> Text:
    """Decode a file, by the encoding given or by the fixed order.

    Raises InputError when the bytes are not text or fit no encoding.
    """
    if encoding is not None:
        text = _strict(content, encoding) or _broken(content, encoding)
        if text is None or b"\x00" in bytes(text.utf8[:_LOOK_AT]):
            raise problems.wrong_encoding(name, encoding)
        return text
    for bom, bom_encoding in _BOMS:
        if content.startswith(bom):
            text = _strict(content, bom_encoding) or _broken(content, bom_encoding)
            if text is None:
                raise problems.unknown_encoding(name)
            return text
    head = content[:_LOOK_AT]
    if b"\x00" in head:
        return _wide(name, content)
    if len(_CONTROLS.findall(head)) > len(head) // 100:
        raise problems.binary(name)
    for candidate in _order(content):
        if text := _strict(content, candidate):
            return text
    for candidate in ("utf-8", "cp932"):
        if text := _broken(content, candidate):
            return text
    raise problems.unknown_encoding(name)


def _order(content: bytes) -> tuple[str, ...]:
    if _ISO2022.search(content):
        return ("iso2022_jp",)
    if not _CP932_ONLY.search(content) and _is_everyday_euc(content):
        return ("utf-8", "euc_jp", "cp932")
    return ("utf-8", "cp932", "euc_jp")


def _is_everyday_euc(content: bytes) -> bool:
    """Whether the text reads as EUC-JP with common characters.

    Half-width katakana in CP932 read as EUC-JP too, as a jumble with many rare kanji.
    """
    try:
        text = content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    wide = [c.encode("euc_jp")[0] for c in text[:_LOOK_AT] if not c.isascii()]
    common = sum(1 for lead in wide if lead <= 0xA8 or 0xB0 <= lead <= 0xCF)
    return common >= 0.85 * len(wide)


def _body(content: bytes, encoding: str) -> bytes:
    for bom, bom_encoding in _BOMS:
        if bom_encoding == encoding and content.startswith(bom):
            return content[len(bom) :]
    return content


def _strict(content: bytes, encoding: str) -> Text | None:
    if encoding not in ENCODINGS:
        return None
    try:
        if encoding in ("utf-8", "utf-8-sig"):
            return _utf8(content, encoding)
        text = _body(content, encoding).decode(encoding)
        if encoding == "cp932" and _CP932_STRAYS.search(text):
            return None
        return Text(encoding, memoryview(text.encode("utf-8")))
    except UnicodeError:
        return None


def _utf8(content: bytes, encoding: str) -> Text:
    """Checked in pieces, so that a large file is not held a second time."""
    check = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    step = 1 << 22
    for start in range(0, len(content), step):
        check.decode(view[start : start + step])
    check.decode(b"", final=True)
    return Text(encoding, view[3:] if content.startswith(codecs.BOM_UTF8) else view)


def _broken(content: bytes, encoding: str) -> Text | None:
    """The text with at most 1 % of its Japanese characters broken; None if it is not that."""
    if encoding not in ENCODINGS:
        return None
    text = _body(content, encoding).decode(encoding, "replace")
    text = _CP932_STRAYS.sub("\ufffd", text) if encoding == "cp932" else text
    lost = text.count("\ufffd")
    japanese = len(re.findall("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]", text))
    if japanese < _ENOUGH or lost > max(1, japanese // 100):
        return None
    return Text(encoding, memoryview(text.encode("utf-8", "replace")), lost)


def _wide(name: str, content: bytes) -> Text:
    """UTF-16 without a BOM: commas, digits and line ends leave zeros on one side only."""
    sample = content[:_LOOK_AT]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > 4 * min(high, low):
        text = _strict(content, "utf-16-be" if high > low else "utf-16-le")
        if text is not None and not _CONTROLS.search(bytes(text.utf8)):
            return text
    raise problems.binary(name)
