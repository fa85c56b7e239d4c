"""Made-up values for the slots and columns of the blind set, one at a time."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from benchmarks.detection.people import spell

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_HIRA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヴ"))})
_KANJI = "一二三四五六七八九"


def widen(text: str) -> str:
    """Full-width digits and hyphens."""
    return text.translate(_WIDE)


class Slots:
    """Draws a value for each slot name; unknown names come from the pools."""

    def __init__(self, pools: dict[str, list[str]], chance: random.Random) -> None:
        self._pools = pools
        self._chance = chance
        self._receipt = 202_600_000_000 + chance.randint(1, 9) * 1_000_000
        self._made: dict[str, Callable[[], str]] = {
            **{name: self._digits_of(pattern) for name, pattern in _PATTERNS.items()},
            "small": lambda: str(chance.randint(10, 29)),
            "tiny": lambda: str(chance.randint(1, 9)),
            "fifty": lambda: str(chance.randint(20, 63)),
            "seventy": lambda: str(chance.randint(50, 99)),
            "year": lambda: str(chance.randint(2020, 2026)),
            "month": lambda: str(chance.randint(1, 12)),
            "day": lambda: str(chance.randint(10, 28)),
            "kanjinum": lambda: chance.choice(_KANJI[:5]),
            "mark": lambda: chance.choice(("No.", "", "12桁")),
            "twelve": self._next_receipt,
            "mobile_wide": lambda: widen(self("mobile")),
            "mail_wide": lambda: self("mailbox") + "＠" + self("maildomain"),
            "mynumber": self._my_number,
            "mynumber_gap": lambda: _groups(self._my_number(), " "),
            "mynumber_hyphen": lambda: _groups(self._my_number(), "-"),
            "mynumber_wide": lambda: widen(self._my_number()),
            "card_plain": self._card,
            "card": lambda: _groups(self._card(), "-"),
            "licence": self._licence,
            "jukicode": lambda: _with_check(self._digits("#" * 10)),
            "name": lambda: self._surname() + self("given"),
            "name_space": lambda: f"{self._surname()} {self('given')}",
            "kana": lambda: self("kana_surname") + self("kana_given"),
            "kana_space": lambda: f"{self('kana_surname')} {self('kana_given')}",
            "hiragana_space": lambda: self("kana_space").translate(_HIRA),
            "iso": lambda: spell(self._born(), "iso"),
            "slash": lambda: spell(self._born(), "slash"),
            "wareki": lambda: spell(self._born(), "letter"),
            "wareki_kanji": lambda: spell(self._born(), "kanji"),
            "street": self._street,
            "age": lambda: str(int(chance.triangular(0, 98, 45))),
            "yen": lambda: str(int(chance.lognormvariate(14.8, 0.5)) // 1000 * 1000),
            "class": lambda: self("classes"),
        }

    def __call__(self, name: str) -> str:
        """A value for a slot or a column."""
        made = self._made.get(name)
        return made() if made else self._chance.choice(self._pools[name])

    def _digits_of(self, pattern: str) -> Callable[[], str]:
        return lambda: self._digits(pattern)

    def _digits(self, pattern: str) -> str:
        """`#` a digit, `+` a digit from 1, `@` a letter."""
        draw = {"#": "0123456789", "+": "123456789", "@": "ABCDEFGHJKLMNPRSTUWXYZ"}
        return "".join(self._chance.choice(draw[c]) if c in draw else c for c in pattern)

    def _next_receipt(self) -> str:
        self._receipt += self._chance.randint(1, 3)
        return str(self._receipt)

    def _surname(self) -> str:
        return self("rare_surname" if self._chance.random() < 0.1 else "surname")

    def _my_number(self) -> str:
        return _with_check(self._digits("#" * 11))

    def _card(self) -> str:
        body = "4" + self._digits("#" * 14)
        total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(body))
        return body + str(-total % 10)

    def _licence(self) -> str:
        body = "30" + self._digits("#" * 8)
        weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
        rest = sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11
        return f"{body}{(11 - rest) % 10}0"

    def _born(self) -> date:
        return date(1930, 1, 8) + timedelta(days=int(self._chance.triangular(0, 34_500, 16_000)))

    def _street(self) -> str:
        town, a, b = self("town"), self("small"), self("tiny")
        forms = (
            f"{town}{b}丁目{a}番{b}号",
            f"{town}{b}-{a}-{b}",
            f"{town}{a}番地",
            f"{town}{a}-{b}",
        )
        return self._chance.choice(forms)


_PATTERNS: dict[str, str] = {
    "mobile": "090-+###-####",
    "mobile_plain": "080+#######",
    "mobile_dots": "070.+###.####",
    "mobile_space": "090 +### ####",
    "landline": "06-6+##-####",
    "landline_paren": "0466(+#)####",
    "postal": "+##-####",
    "postal_plain": "+######",
    "account": "+######",
    "yucho_mark": "1+##0",
    "yucho_number": "+######1",
    "pension": "+###-######",
    "residence": "@@########@@",
    "passport": "T@#######",
    "insured": "0000+#####",
    "employment": "+###-######-#",
    "plate_no": "+#-##",
    "room": "+01",
    "ip": "203.0.113.+#",
}


def _groups(text: str, separator: str) -> str:
    return separator.join(text[i : i + 4] for i in range(0, len(text), 4))


def _with_check(body: str) -> str:
    """The individual number's check digit, weights 2–7 from the right."""
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(body)))
    rest = total % 11
    return body + str(0 if rest <= 1 else 11 - rest)


SPOILERS: dict[str, Callable[[str, Any], str]] = {
    "wrong_digit": lambda t, n: t[:-1] + str((int(t[-1]) + 1 + n % 8) % 10),
    "drop_last": lambda t, n: t[: -1 - n % 2],
    "extra_digits": lambda t, n: t + ("99" if n % 2 else "(子)"),
    "impossible_date": lambda t, n: _impossible(t),
    "widen": lambda t, n: widen(t),
    "age_too_high": lambda t, n: str(170 + n % 600),
    "hundredfold": lambda t, n: str(int(t) * (100 + n % 50)),
}


def _impossible(text: str) -> str:
    """The same date in a thirteenth month."""
    if "年" in text:
        year = text.split("年")[0]
        return f"{year}年13月{text.split('月')[1]}"
    separator = next(s for s in "-/." if s in text)
    year, _, day = text.split(separator)
    return separator.join((year, "13", day))
