"""One row after another of made-up residents: every value has a method of its own name."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from benchmarks.detection.people import spell

_WIDE = str.maketrans("0123456789-()@.", "０１２３４５６７８９－（）＠．")
_HALF = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンッャュョー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｯｬｭｮｰ",
        strict=True,
    )
)
_VOICED = dict(
    zip(
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        "カキクケコサシスセソタチツテトハヒフヘホ",
        strict=True,
    )
)
_PLOSIVE = dict(zip("パピプペポ", "ハヒフヘホ", strict=True))
_ERA_CODES = {"S": "3", "H": "4", "R": "5", "T": "2"}
BIRTH_STYLES = ("iso", "slash", "solid", "letter", "era", "padded")


def wide(text: str) -> str:
    """Digits and marks in full width."""
    return text.translate(_WIDE)


def half_kana(text: str) -> str:
    """Katakana in half width.

    >>> half_kana("ヤマダ ハルパ")
    'ﾔﾏﾀﾞ ﾊﾙﾊﾟ'
    """
    text = "".join(_VOICED[c] + "ﾞ" if c in _VOICED else c for c in text)
    text = "".join(_PLOSIVE[c] + "ﾟ" if c in _PLOSIVE else c for c in text)
    return "".join(_HALF.get(c, c) for c in text)


def hiragana(text: str) -> str:
    """Katakana as hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Sum of digits by weights."""
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def municipality(five: str) -> str:
    """Add the check digit of 全国地方公共団体コード.

    >>> municipality("13112")
    '131121'
    """
    return five + str((11 - weighted(five, (6, 5, 4, 3, 2)) % 11) % 10)


def date_as(day: date, style: str) -> str:
    """A day in one of the spellings of municipal systems."""
    if style == "solid":
        return f"{day:%Y%m%d}"
    if style == "dots":
        return f"{day:%Y.%m.%d}"
    if style == "code":
        era, _, rest = spell(day, "letter").partition(".")
        month, _, number = rest.partition(".")
        return f"{_ERA_CODES[era[0]]}{int(era[1:]):02d}{int(month):02d}{int(number):02d}"
    if style == "padded":
        head, _, rest = spell(day, "era").partition("年")
        month, _, number = rest.removesuffix("日").partition("月")
        return f"{head}年{int(month):02d}月{int(number):02d}日"
    return spell(day, style)


class Writer:
    """The person of the current row; `turn()` goes on to the next."""

    def __init__(self, lists: Mapping[str, list[str]], rows: int, seed: str) -> None:
        self.lists, self.rows, self.count = lists, rows, 0
        self.chance = random.Random(seed)
        self.style = self.chance.choice(BIRTH_STYLES)
        self.start = 202_600_000_000 + self.chance.randrange(90) * 10_000_000
        self.turn()

    def turn(self) -> None:
        """The next person."""
        pick, lists = self.chance.choice, self.lists
        self.sei, _, self.sei_kana = pick(lists["surnames"]).partition(":")
        self.mei, _, self.mei_kana = pick(lists["given"]).partition(":")
        self.city, self.prefecture_city, self.five = pick(lists["cities"]).split(":")
        days = int(self.chance.triangular(0, 36_000, 18_000))
        self.born = date(1927, 6, 1) + timedelta(days=days)
        self.count += 1

    def number(self, length: int) -> str:
        """Random digits."""
        return f"{self.chance.randrange(10**length):0{length}d}"
