"""Bytes to text, in a fixed order: BOM, ISO-2022-JP escapes, strict UTF-8, CP932 or EUC-JP.

`shift_jis` is never used: it lacks characters (髙, ①) that real files hold; `cp932` has them.
A guess among the Japanese encodings must read as Japanese. Where nothing fits strictly, lines of
two encodings are told apart, and then UTF-8 and CP932 are allowed a few broken characters, which
old systems leave when they cut a text to a number of bytes.

Japanese records hold kana, or kanji that forms and registers are full of: about 0.55 to 0.9 of
their characters are counted here, down to bare lists of surnames. The same bytes under a wrong
encoding give 0.0 to 0.25.
"""

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from core import InputError, Message, say

MIXED = "utf-8+cp932"
"""What the encoding of a file of UTF-8 and CP932 lines is called."""
ENCODINGS = (
    *("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"),
    *("utf-32-le", "utf-32-be", MIXED),
)
"""The encodings a user may choose."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {"euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_ext"}
"""Codecs that know more characters (①, half-width kana) of what people call by one name."""
_CALLED = {
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-8": "UTF-8",
    "latin-1": "ISO-8859-1",
    "cp1252": "Windows-1252",
}
# Single bytes that Python's cp932 lets through though no Japanese text has them.
_CP932_STRAYS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
# Lead bytes of everyday CP932 text (kana, common kanji, symbols) that EUC-JP never uses.
_CP932_ONLY = re.compile(rb"[\x81-\x8d\x90-\x9f]")
_ISO2022 = re.compile(rb"\x1b\$[@B(]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROLS_AT_MOST = 1 / 100
"""A share of control codes above this is no text; a stray one may stand in any file."""
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_ENOUGH = 20
"""How many Japanese characters a guess in spite of errors must rest on."""
_COMMON_EUC = 0.85
"""The texts of laws in EUC-JP give .998 and more, lists of half-width katakana in CP932 .66 on
average and .88 at most."""
_LOOK_AT = 1 << 16
"""Bytes or characters that a guess is made on: some thousand rows."""
_END = b"\x1a"
"""What old systems put after the end of a text."""
_EVERYDAY = frozenset(
    "".join(
        line
        for line in Path(__file__).with_name("everyday_kanji.txt").read_text("utf-8").split("\n")
        if not line.startswith("#")
    )
)
_TELLING = 12
"""Fewer characters than this tell nothing."""
READS_WELL = 0.3
"""A share below this is no Japanese that a municipality would write."""
_FOREIGN = ("gb18030", "big5", "euc_kr")
_WAYS = (
    ("cp932", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "cp932"),
    ("cp1252", "cp932"),
    ("latin-1", "euc_jp"),
)
"""(the wrong encoding it was read in, the one it had been written in)"""
_CLEARLY = 0.5
"""The share that text put right must reach: undoing garbles what was never garbled."""


@dataclass(frozen=True)
class Text:
    """A decoded file: its encoding, and the same text as UTF-8 without a BOM."""

    encoding: str
    utf8: memoryview
    notes: tuple[Message, ...] = ()
    """What was guessed, mended or lost."""

    def __str__(self) -> str:
        return str(self.utf8, "utf-8")

    def count(self, mark: str) -> int:
        """How often a character occurs, without copying the text."""
        data: bytes = self.utf8.obj  # type: ignore[assignment]
        return data.count(mark.encode("utf-8"))

    def noting(self, *notes: Message) -> "Text":
        """The same with further notes."""
        return replace(self, notes=(*notes, *self.notes))

    def sample(self, size: int = _LOOK_AT) -> str:
        """The beginning, to judge it by."""
        return str(self.utf8[:size], "utf-8", "ignore")


def decode(content: bytes, encoding: str | None = None) -> Text:
    """Decode a file, by the encoding given or by the fixed order.

    Raises InputError when the bytes are not text, fit no encoding, or were garbled beyond repair.

    >>> text = decode("窓口の端末".encode("iso2022_jp"))
    >>> text.encoding, str(text)
    ('iso2022_jp', '窓口の端末')
    """
    content = content.rstrip(_END)
    text = _decode_as(content, encoding) if encoding else _guess(content)
    return _mended(text, insisted=encoding is not None)


def _decode_as(content: bytes, encoding: str) -> Text:
    nul = content.count(b"\x00") if not encoding.startswith(("utf-16", "utf-32")) else 0
    if nul and _is_padded(content, nul):
        removed = say("language.encodings.nul_removed", count=nul)
        return _decode_as(content.replace(b"\x00", b""), encoding).noting(removed)
    text = _strict(content, encoding) or _broken(content, encoding)
    if text is None or b"\x00" in bytes(text.utf8[:_LOOK_AT]):
        raise InputError.of("language.encodings.wrong_encoding", encoding=encoding)
    return text


def _guess(content: bytes) -> Text:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            text = _strict(content, encoding) or _by_lines(content) or _broken(content, encoding)
            if text is None:
                raise InputError.of("language.encodings.unknown_encoding")
            return text
    nul = content.count(b"\x00")
    if nul:
        wide = _utf16_without_bom(content)
        if wide is not None:
            return wide
        if not _is_padded(content, nul):
            raise InputError.of("language.encodings.not_text")
        removed = say("language.encodings.nul_removed", count=nul)
        return _guess(content.replace(b"\x00", b"")).noting(removed)
    if _is_binary(content[:_LOOK_AT]):
        raise InputError.of("language.encodings.not_text")
    unsure: Text | None = None
    for candidate in _order(content):
        text = _strict(content, candidate)
        if text and (candidate == "utf-8" or reads_well(text.sample())):
            return text
        unsure = unsure or text
    return _in_spite(content, unsure)


def _in_spite(content: bytes, unsure: Text | None) -> Text:
    """What fits no Japanese encoding well: of two encodings, cut by bytes, foreign, or a jumble."""
    text = _by_lines(content) or _broken(content, "utf-8") or _broken(content, "cp932")
    if text and (text.encoding != "cp932" or reads_well(text.sample())):
        return text
    if is_foreign(content):
        raise InputError.of("language.encodings.foreign_encoding")
    if unsure is None:
        raise InputError.of("language.encodings.unknown_encoding")
    shown = _CALLED.get(unsure.encoding, unsure.encoding)
    return unsure.noting(say("language.encodings.reads_badly", encoding=shown))


def _is_binary(head: bytes) -> bool:
    return len(_CONTROLS.findall(head)) > len(head) * _CONTROLS_AT_MOST


def _is_padded(content: bytes, nul: int) -> bool:
    """Whether NULs only pad a text, as exports of fixed-length fields leave them."""
    return nul <= len(content) / 2 and not _is_binary(content[:_LOOK_AT].replace(b"\x00", b""))


def _mended(text: Text, insisted: bool) -> Text:
    """The text without byte order marks inside, and as it was before it was garbled."""
    data: bytes = text.utf8.obj  # type: ignore[assignment]
    begin = len(data) - len(text.utf8)
    if marks := data.count(codecs.BOM_UTF8, begin):
        cleaned = memoryview(data[begin:].replace(codecs.BOM_UTF8, b""))
        text = replace(text, utf8=cleaned)
        text = text.noting(say("language.encodings.marks_removed", count=marks))
    way = garbled_way(text.sample())
    if way is None:
        return text
    again = undo(str(text), way)
    if again is not None:
        wrong, right = map(_CALLED.__getitem__, way)
        undone = say("language.encodings.garbling_undone", wrong=wrong, right=right)
        return _held(text.encoding, again, *text.notes, undone)
    if not insisted:
        raise InputError.of("language.encodings.garbled")
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
        text = _by_codec(content, "euc_jp")
    except UnicodeDecodeError:
        return False
    wide = [c.encode(_WIDER["euc_jp"])[0] for c in text[:_LOOK_AT] if not c.isascii()]
    common = sum(1 for lead in wide if lead <= 0xA8 or lead == 0xAD or 0xB0 <= lead <= 0xCF)
    return common >= _COMMON_EUC * len(wide)


def _utf16_without_bom(content: bytes) -> Text | None:
    """Commas, digits and line ends leave zeros on one side only."""
    sample = content[:_LOOK_AT]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > 4 * min(high, low):
        text = _strict(content, "utf-16-be" if high > low else "utf-16-le")
        if text is not None and not _CONTROLS.search(bytes(text.utf8)):
            return text if reads_well(text.sample()) else None
    return None


def _held(encoding: str, text: str, *notes: Message) -> Text:
    return Text(encoding, memoryview(text.encode("utf-8", "replace")), notes)


def _body(content: bytes, encoding: str) -> bytes:
    for bom, bom_encoding in _BOMS:
        if bom_encoding == encoding and content.startswith(bom):
            return content[len(bom) :]
    return content


def _strict(content: bytes, encoding: str) -> Text | None:
    """The text without a single doubt; None where the bytes do not fit."""
    if encoding not in ENCODINGS:
        return None
    if encoding == MIXED:
        return _by_lines(content)
    try:
        if encoding in ("utf-8", "utf-8-sig"):
            return _utf8(content, encoding)
        text = _by_codec(_body(content, encoding), encoding)
    except UnicodeError:
        return None
    if encoding == "cp932" and _CP932_STRAYS.search(text):
        return None
    return _held(encoding, text)


def _by_codec(content: bytes, encoding: str) -> str:
    """The text, by the wider codec where the narrow one fails. Raises UnicodeDecodeError."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding not in _WIDER:
            raise
        return content.decode(_WIDER[encoding])


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
    if encoding not in ENCODINGS or encoding == MIXED:
        return None
    text = _body(content, encoding).decode(encoding, "replace")
    text = _CP932_STRAYS.sub("\ufffd", text) if encoding == "cp932" else text
    lost = text.count("\ufffd")
    japanese = len(_JAPANESE.findall(text))
    if japanese < _ENOUGH or lost > max(1, japanese // 100):
        return None
    told = [say("language.encodings.characters_lost", count=lost)] if lost else []
    return _held(encoding, text, *told)


def _by_lines(content: bytes) -> Text | None:
    """A text of UTF-8 and CP932 lines; None if it is not that.

    Every line must fit one of the two, and lines of both kinds read as Japanese.
    """
    lines: list[str] = []
    other: list[str] = []
    first = 0
    wide = False
    content = content.removeprefix(codecs.BOM_UTF8)
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        try:
            lines.append(line.decode("utf-8"))
            wide = wide or not line.isascii()
        except UnicodeDecodeError:
            try:
                lines.append(line.decode("cp932"))
            except UnicodeDecodeError:
                return None
            other.append(lines[-1])
            first = first or number
    if not wide or (japanese_share("".join(other)) or 0.0) < READS_WELL:
        return None
    return _held(MIXED, "".join(lines), say("language.encodings.mixed_lines", line=first))


def japanese_share(text: str) -> float | None:
    """The share of characters that are kana, full-width signs or everyday kanji, 0–1.

    ASCII and half-width katakana say nothing either way. None where fewer than 12 other
    characters are left.

    >>> japanese_share("氏名,住所\\n山田花子,北区中町1丁目"), japanese_share("abc")
    (1.0, None)
    """
    told = read = 0
    for char in text[:_LOOK_AT]:
        code = ord(char)
        if code < 0x80 or 0xFF61 <= code <= 0xFF9F:
            continue
        told += 1
        read += char in _EVERYDAY or 0x3000 <= code <= 0x30FF or 0xFF00 <= code <= 0xFF60
    return read / told if told >= _TELLING else None


def reads_well(text: str) -> bool:
    """Whether a text reads as Japanese, or is too short to tell."""
    share = japanese_share(text)
    return share is None or share >= READS_WELL


def is_foreign(content: bytes) -> bool:
    """Whether bytes read well in an encoding of Chinese or Korean."""
    for encoding in _FOREIGN:
        try:
            text = content.decode(encoding)[:_LOOK_AT]
        except UnicodeDecodeError:
            continue
        letters = [c for c in text if not c.isascii()]
        korean = sum("가" <= c <= "힣" for c in letters)
        if korean > len(letters) / 2 or (japanese_share(text) or 0) > READS_WELL:
            return True
    return False


def garbled_way(text: str) -> tuple[str, str] | None:
    """How a text was decoded wrongly once and saved again (縺ゅ＞, ã‚ã„).

    None where it reads as Japanese, or no way explains it.

    >>> garbled_way("縺薙ｌ縺ｯ縲∽ｽ乗園縺ｨ豌丞錐縺ｮ荳隕ｧ縺ｧ縺吶")
    ('cp932', 'utf-8')
    >>> garbled_way("これは、住所と氏名の一覧です") is None
    True
    """
    if reads_well(text):
        return None
    for wrong, right in _WAYS:
        again = text.encode(wrong, "ignore").decode(right, "ignore")
        if len(again) >= len(text) / 5 and (japanese_share(again) or 0.0) >= _CLEARLY:
            return wrong, right
    return None


def undo(text: str, way: tuple[str, str]) -> str | None:
    """A garbled text as it was written; None where characters were lost on the way."""
    wrong, right = way
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None
