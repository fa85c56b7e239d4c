"""Characters that do not travel between systems."""

_LEADS = (0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC)


def _platform() -> str:
    """NEC and IBM extensions of CP932 that JIS X 0208 does not have (①, Ⅳ, ㈱, 髙, 﨑)."""
    found = set()
    for lead in _LEADS:
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            try:
                char = bytes((lead, trail)).decode("cp932")
            except UnicodeDecodeError:
                continue
            if not char.encode("shift_jis", "ignore"):
                found.add(char)
    return "".join(sorted(found))


PLATFORM = _platform()
PRIVATE = r"\x{E000}-\x{F8FF}\x{F0000}-\x{10FFFD}"
"""外字: characters that only the machine they were made on can show."""
RARE = r"\x{20000}-\x{3FFFF}\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}\x{1F000}-\x{1FAFF}"
"""Rare ideographs, variation selectors and pictographs."""
INVISIBLE = (
    r"\x{00}-\x{08}\x{0B}\x{0C}\x{0E}-\x{1F}\x{7F}\x{AD}"
    r"\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}"
)
"""Control codes, soft hyphens, zero-width characters and marks of direction."""
_TRAIL = r"[\x{80}-\x{BF}\x{152}-\x{17E}\x{2013}-\x{2122}]"
MOJIBAKE = "|".join(
    (
        r"縺[^れる]|[繧繝][\x{FF61}-\x{FF9F}]",
        rf"ã{_TRAIL}|[ä-é]{_TRAIL}{{2}}",
        r"[\x{80}-\x{9F}]",
    )
)
"""UTF-8 shown as CP932 or as Latin-1, and anything shown as Latin-1's control codes."""
