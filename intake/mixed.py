"""Files whose lines are in two encodings: UTF-8 and CP932 exports joined into one."""

from intake.japanese import READS_WELL, japanese_share

MIXED = "utf-8+cp932"
"""What such a file's encoding is called."""


def decode_lines(content: bytes) -> tuple[str, int] | None:
    """The text, each line by the encoding that fits it, and the first line (1-based) in CP932.

    None unless every line fits one of the two, and lines of both kinds read as Japanese.

    >>> decode_lines("氏名,住所\\n".encode() + "山田花子,北区中町一丁目二番地\\n".encode("cp932"))
    ('氏名,住所\\n山田花子,北区中町一丁目二番地\\n', 2)
    >>> decode_lines("氏名,住所\\n".encode()) is None
    True
    """
    lines: list[str] = []
    other: list[str] = []
    first = 0
    wide = False
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
    return "".join(lines), first
