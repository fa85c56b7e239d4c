"""Numbers written in kanji."""

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "元": 1,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}
KANJI_NUMERALS = "〇零一二三四五六七八九十拾百千壱弐参"


def read_kanji_number(text: str) -> int | None:
    """A whole number in kanji, or in digits with 万 and 億; None where it is none.

    >>> [read_kanji_number(t) for t in ("五十五", "二〇二〇", "1万2千", "三億", "十", "東")]
    [55, 2020, 12000, 300000000, 10, None]
    """
    if not text or any(
        c not in DIGITS and c not in SMALL and c not in LARGE for c in text if not c.isdecimal()
    ):
        return None
    if all(c in DIGITS or c.isdecimal() for c in text):
        return int("".join(str(DIGITS.get(c, c)) for c in text))
    total = group = 0
    digits = ""
    for char in text:
        if char in LARGE:
            total += (group + int(digits or (0 if group else 1))) * LARGE[char]
            group, digits = 0, ""
        elif char in SMALL:
            group += int(digits or 1) * SMALL[char]
            digits = ""
        else:
            digits += str(DIGITS.get(char, char))
    return total + group + int(digits or 0)
