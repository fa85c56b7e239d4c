"""Bytes to text, in a fixed order: BOM, ISO-2022-JP escapes, strict UTF-8, CP932 or EUC-JP.

`shift_jis` is never used: it lacks characters (髙, ①) that real files hold; `cp932` has them.
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
_ISO2022 = re.compile(rb"\x1b\$[@B(]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
# Single bytes that Python's cp932 lets through though no Japanese text has them.
_CP932_STRAYS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
# Lead bytes of everyday CP932 text (kana, common kanji, symbols) that EUC-JP never uses.
_CP932_ONLY = re.compile(rb"[\x81-\x8d\x90-\x9f]")


@dataclass(frozen=True)
class Text:
    """A decoded file: its encoding, and the same text as UTF-8 without a BOM."""

    encoding: str
    utf8: memoryview

    def count(self, mark: str) -> int:
        """How often a character occurs, without copying the text."""
        data: bytes = self.utf8.obj  # type: ignore[assignment]
        return data.count(mark.encode("utf-8"))


def decode(name: str, content: bytes, encoding: str | None = None) -> Text:
    """Decode a file, by the encoding given or by the fixed order.

    Raises InputError when the bytes are not text or fit no encoding.
    """
    if encoding is not None:
        text = _as(content, encoding)
        if text is None or b"\x00" in text.utf8[:4096].tobytes():
            raise problems.wrong_encoding(name, encoding)
        return text
    for bom, bom_encoding in _BOMS:
        if content.startswith(bom):
            text = _as(content, bom_encoding)
            if text is None:
                raise problems.unknown_encoding(name)
            return text
    if b"\x00" in content[: 1 << 16]:
        return _wide(name, content)
    if len(_CONTROLS.findall(content[: 1 << 16])) > len(content[: 1 << 16]) // 100:
        raise problems.binary(name)
    order = ["utf-8", "cp932", "euc_jp"]
    if _ISO2022.search(content[: 1 << 16]) or _ISO2022.search(content):
        order = ["iso2022_jp"]
    elif not _CP932_ONLY.search(content):
        order = ["utf-8", "euc_jp", "cp932"]
    for candidate in order:
        text = _as(content, candidate)
        if text is not None:
            return text
    raise problems.unknown_encoding(name)


def _as(content: bytes, encoding: str) -> Text | None:
    if encoding not in ENCODINGS:
        return None
    body = content
    for bom, bom_encoding in _BOMS:
        same = bom_encoding == encoding or (bom == codecs.BOM_UTF8 and encoding == "utf-8")
        if same and content.startswith(bom):
            body = content[len(bom) :] if encoding.startswith("utf-16") else content
    try:
        if encoding in ("utf-8", "utf-8-sig"):
            return _utf8(content, encoding)
        text = body.decode(encoding)
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


def _wide(name: str, content: bytes) -> Text:
    """UTF-16 without a BOM: commas, digits and line ends leave zeros on one side only."""
    sample = content[: 1 << 16]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > 4 * min(high, low):
        text = _as(content, "utf-16-be" if high > low else "utf-16-le")
        if text is not None and b"\x00" not in text.utf8.tobytes():
            return text
    raise problems.binary(name)
