"""Bytes to text, in a fixed order: BOM, ISO-2022-JP escapes, strict UTF-8, CP932 or EUC-JP.

`shift_jis` is never used: it lacks characters (髙, ①) that real files hold; `cp932` has them.
A guess among the Japanese encodings must read as Japanese. Where nothing fits strictly, lines of
two encodings are told apart, and then UTF-8 and CP932 are allowed a few broken characters, which
old systems leave when they cut a text to a number of bytes.
"""

import codecs
import re
from dataclasses import replace

from intake import problems, readings
from intake.decoding import BOMS, WIDER, Text, broken, by_codec, by_lines, strict
from intake.japanese import is_foreign, reads_well
from intake.mojibake import garbled_way, undo

_LOOK_AT = 1 << 16
_ISO2022 = re.compile(rb"\x1b\$[@B(]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
# Lead bytes of everyday CP932 text (kana, common kanji, symbols) that EUC-JP never uses.
_CP932_ONLY = re.compile(rb"[\x81-\x8d\x90-\x9f]")
_END = b"\x1a"
"""What old systems put after the end of a text."""


def decode(name: str, content: bytes, encoding: str | None = None) -> Text:
    """Decode a file, by the encoding given or by the fixed order.

    Raises InputError when the bytes are not text, fit no encoding, or were garbled beyond repair.
    """
    if content.endswith(_END):
        content = content.rstrip(_END)
    text = _decode_as(name, content, encoding) if encoding else _guess(name, content)
    return _mended(name, text, insisted=encoding is not None)


def _decode_as(name: str, content: bytes, encoding: str) -> Text:
    nul = content.count(b"\x00") if not encoding.startswith(("utf-16", "utf-32")) else 0
    if nul and _is_padded(content, nul):
        content = content.replace(b"\x00", b"")
        return _decode_as(name, content, encoding).noting(readings.nul_removed(nul))
    text = strict(content, encoding) or broken(content, encoding)
    if text is None or b"\x00" in bytes(text.utf8[:_LOOK_AT]):
        raise problems.wrong_encoding(name, encoding)
    return text


def _guess(name: str, content: bytes) -> Text:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            text = strict(content, encoding) or by_lines(content) or broken(content, encoding)
            if text is None:
                raise problems.unknown_encoding(name)
            return text
    nul = content.count(b"\x00")
    if nul:
        wide = _wide(content)
        if wide is not None:
            return wide
        if not _is_padded(content, nul):
            raise problems.binary(name)
        return _guess(name, content.replace(b"\x00", b"")).noting(readings.nul_removed(nul))
    head = content[:_LOOK_AT]
    if len(_CONTROLS.findall(head)) > len(head) // 100:
        raise problems.binary(name)
    unsure: Text | None = None
    for candidate in _order(content):
        text = strict(content, candidate)
        if text and (candidate == "utf-8" or reads_well(text.sample())):
            return text
        unsure = unsure or text
    return _in_spite(name, content, unsure)


def _in_spite(name: str, content: bytes, unsure: Text | None) -> Text:
    """What fits no Japanese encoding well: of two encodings, cut by bytes, foreign, or a jumble."""
    text = by_lines(content) or broken(content, "utf-8") or broken(content, "cp932")
    if text and (text.encoding != "cp932" or reads_well(text.sample())):
        return text
    if is_foreign(content):
        raise problems.foreign_encoding(name)
    if unsure is None:
        raise problems.unknown_encoding(name)
    return unsure.noting(readings.unsure_encoding(unsure.encoding))


def _is_padded(content: bytes, nul: int) -> bool:
    """Whether NULs only pad a text, as exports of fixed-length fields leave them."""
    rest = content[:_LOOK_AT].replace(b"\x00", b"")
    return nul <= len(content) / 2 and len(_CONTROLS.findall(rest)) <= len(rest) // 100


def _mended(name: str, text: Text, insisted: bool) -> Text:
    """The text without byte order marks inside, and as it was before it was garbled."""
    data: bytes = text.utf8.obj  # type: ignore[assignment]
    begin = len(data) - len(text.utf8)
    if marks := data.count(codecs.BOM_UTF8, begin):
        cleaned = memoryview(data[begin:].replace(codecs.BOM_UTF8, b""))
        text = replace(text, utf8=cleaned).noting(readings.marks_removed(marks))
    way = garbled_way(text.sample())
    if way is None:
        return text
    again = undo(bytes(text.utf8).decode("utf-8"), way)
    if again is not None:
        return Text.of(text.encoding, again, *text.notes, readings.garbling_undone(*way))
    if not insisted:
        raise problems.garbled(name)
    return text


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
        text = by_codec(content, "euc_jp")
    except UnicodeDecodeError:
        return False
    wide = [c.encode(WIDER["euc_jp"])[0] for c in text[:_LOOK_AT] if not c.isascii()]
    common = sum(1 for lead in wide if lead <= 0xA8 or lead == 0xAD or 0xB0 <= lead <= 0xCF)
    return common >= 0.85 * len(wide)


def _wide(content: bytes) -> Text | None:
    """UTF-16 without a BOM: commas, digits and line ends leave zeros on one side only."""
    sample = content[:_LOOK_AT]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > 4 * min(high, low):
        text = strict(content, "utf-16-be" if high > low else "utf-16-le")
        if text is not None and not _CONTROLS.search(bytes(text.utf8)):
            return text if reads_well(text.sample()) else None
    return None
