"""How every value of the second set is written, by the name its lists use for it."""

from collections.abc import Callable
from datetime import date, timedelta

from stdnum.jp import cn, in_

from benchmarks.detection.exam.writer import (
    Writer,
    date_as,
    half_kana,
    hiragana,
    municipality,
    weighted,
    wide,
)

_KANJI = "〇一二三四五六七八九"


def _house(w: Writer) -> str:
    a, b, c = (w.chance.randint(1, n) for n in (6, 40, 28))
    marks = (
        f"{a}丁目{b}番{c}号", f"{a}-{b}-{c}", f"{a}丁目{b}-{c}", wide(f"{a}-{b}"), f"{b}番地{c}",
    )  # fmt: skip
    return w.chance.choice(marks)


def _addrk(w: Writer) -> str:
    a, b = w.chance.randint(1, 9), w.chance.randint(1, 9)
    return f"{w.prefecture_city}{write(w, 'blocks')}{_KANJI[a]}丁目十{_KANJI[b]}番{_KANJI[a]}号"


def _tel(w: Writer) -> str:
    area = w.chance.choice(("03", "06", "045", "092", "0463", "0198", "04992"))
    return (
        f"{area}-{w.chance.randint(2, 9)}{w.number(6 - len(area))[: 5 - len(area)]}-{w.number(4)}"
    )


def _tel_paren(w: Writer) -> str:
    area, middle, last = write(w, "tel").split("-")
    return f"{area}({middle}){last}"


def _email(w: Writer) -> str:
    user = w.chance.choice(("hana", "t.mori", "kita_2", "yoko-s", "a1b2", "info.k", "sato+jp"))
    host = w.chance.choice(("example.com", "example.jp", "mail.example.ne.jp", "example.co.jp"))
    return f"{user}{w.number(3)}@{host}"


def _mobile(w: Writer) -> str:
    head = w.chance.choice(("090", "080", "070"))
    return f"{head}-{w.chance.randint(1000, 9999)}-{w.number(4)}"


def _flat(w: Writer) -> str:
    room = f"{w.chance.randint(1, 9)}0{w.chance.randint(1, 9)}"
    return f"{write(w, 'addr')} {write(w, 'apartments')}{room}"


def _vehicle(w: Writer) -> str:
    office = w.chance.choice(("品川", "横浜", "名古屋", "松本", "なにわ"))
    kana, number = w.chance.choice("あいうえかきくけこ"), w.chance.randint(10, 99)
    return f"{office} {w.chance.randint(300, 599)} {kana} {number}-{w.number(2)}"


def _document(w: Writer) -> str:
    office = w.chance.choice("総高介市税")
    return f"{w.chance.randint(5, 7)}{office}第{w.chance.randint(100, 2999)}号"


def _my_number(w: Writer) -> str:
    body = w.number(11)
    return body + str(in_.calc_check_digit(body))


def _mynum_by(w: Writer, mark: str) -> str:
    text = write(w, "my_number")
    return mark.join((text[:4], text[4:8], text[8:]))


def _record_code(w: Writer) -> str:
    body = w.number(10)
    rest = weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)


def _corporate(w: Writer) -> str:
    body = f"{w.chance.randrange(10**11, 10**12)}"
    return str(cn.calc_check_digit(body)) + body


def _insurer(w: Writer) -> str:
    products = (int(digit) * by for digit, by in zip(w.five, (2, 1, 2, 1, 2), strict=True))
    return w.five + str(-sum(n // 10 + n % 10 for n in products) % 10)


def _license(w: Writer) -> str:
    body = f"{w.chance.randint(10, 97)}{w.number(8)}"
    rest = weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return f"{body}{(11 - rest) % 10}{w.chance.choice('00000112')}"


def _letters(w: Writer, length: int) -> str:
    return "".join(w.chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=length))


def _past(w: Writer) -> date:
    return date(2026, 3, 31) - timedelta(days=w.chance.randrange(900))


def _child(w: Writer) -> date:
    return date(2011, 4, 2) + timedelta(days=w.chance.randrange(3280))


def write(w: Writer, name: str) -> str:
    """A value by name: one of the ways below, else a word of the set's lists."""
    return WAYS[name](w) if name in WAYS else w.chance.choice(w.lists[name])


WAYS: dict[str, Callable[[Writer], str]] = {
    "name": lambda w: f"{w.sei} {w.mei}",
    "name_wide": lambda w: f"{w.sei}\u3000{w.mei}",
    "full": lambda w: w.sei + w.mei,
    "fullsp": lambda w: write(w, "name"),
    "fullz": lambda w: write(w, "name_wide"),
    "sei": lambda w: w.sei,
    "mei": lambda w: w.mei,
    "kana": lambda w: f"{w.sei_kana} {w.mei_kana}",
    "kanafull": lambda w: write(w, "kana"),
    "kana_solid": lambda w: w.sei_kana + w.mei_kana,
    "half_kana": lambda w: half_kana(write(w, "kana")),
    "hankana": lambda w: write(w, "half_kana"),
    "hira": lambda w: hiragana(write(w, "kana")),
    # Places
    "house": _house,
    "town_banchi": lambda w: write(w, "blocks") + write(w, "house"),
    "addr": lambda w: w.chance.choice((w.prefecture_city, w.city)) + write(w, "town_banchi"),
    "addrk": _addrk,
    "addrapt": _flat,
    "address": lambda w: (
        write(w, "addrapt") if w.chance.random() < 0.2 else write(w, "address_plain")
    ),
    "address_plain": lambda w: w.prefecture_city + write(w, "town_banchi"),
    "postal": lambda w: f"{w.chance.randint(10, 989):03d}-{w.number(4)}",
    "postal_solid": lambda w: write(w, "postal").replace("-", ""),
    "city_code": lambda w: municipality(w.five),
    "lat": lambda w: f"{w.chance.gauss(35.42, 0.04):.6f}",
    "lon": lambda w: f"{w.chance.gauss(138.9, 0.05):.6f}",
    # Reaching people
    "mobile": _mobile,
    "tel": _tel,
    "phone": lambda w: write(w, "mobile") if w.chance.random() < 0.6 else write(w, "tel"),
    "phone_solid": lambda w: write(w, "phone").replace("-", ""),
    "mobile_plain": lambda w: write(w, "mobile").replace("-", ""),
    "mobile_fw": lambda w: wide(write(w, "mobile")),
    "tel_fw": lambda w: wide(write(w, "tel")),
    "tel_paren": _tel_paren,
    "mobile_intl": lambda w: f"+81-{write(w, 'mobile')[1:]}",
    "mobile_dot": lambda w: write(w, "mobile").replace("-", "."),
    "mobile_sp": lambda w: write(w, "mobile").replace("-", " "),
    "email": _email,
    "email_fw": lambda w: write(w, "email").replace("@", "＠"),
    "ip": lambda w: ".".join(str(w.chance.randint(1, 254)) for _ in range(4)),
    # Numbers
    "n": lambda w: str(w.chance.randint(1, 9)),
    "n2": lambda w: str(w.chance.randint(1, 6)),
    "digits10": lambda w: w.number(10),
    "digits7": lambda w: w.number(7),
    "acct": lambda w: w.number(7),
    "yu1": lambda w: f"1{w.number(3)}0",
    "yu2": lambda w: f"{w.number(7)}1",
    "household": lambda w: f"{30_000_000 + w.chance.randrange(max(2, int(w.rows * 0.45))) * 7:08d}",
    "my_number": _my_number,
    "mynum": lambda w: write(w, "my_number"),
    "mynum_sp": lambda w: _mynum_by(w, " "),
    "mynum_hy": lambda w: _mynum_by(w, "-"),
    "mynum_fw": lambda w: wide(write(w, "my_number")),
    "record_code": _record_code,
    "corporate": _corporate,
    "insurer": _insurer,
    "license": _license,
    "pension": lambda w: f"{w.chance.randint(1000, 9999)}-{w.number(6)}",
    "nenkin": lambda w: write(w, "pension"),
    "resident_card": lambda w: _letters(w, 2) + w.number(8) + _letters(w, 2),
    "zairyu": lambda w: write(w, "resident_card"),
    "passport": lambda w: _letters(w, 2) + w.number(7),
    "hihoken": lambda w: w.number(10),
    "certificate": lambda w: f"第{w.number(6)}号",
    "student": lambda w: f"S{w.chance.randint(20, 25)}{w.number(5)}",
    "card": lambda w: f"L{w.number(7)}",
    "vehicle": _vehicle,
    "car": lambda w: write(w, "vehicle"),
    "receipt": lambda w: str(w.start + w.count),
    "docno": _document,
    "bank_line": lambda w: f"{write(w, 'banks')}{write(w, 'branches')}支店 普通 {w.number(7)}",
    # Amounts and ages
    "age": lambda w: str(2026 - w.born.year),
    "amount": lambda w: str(int(w.chance.lognormvariate(10.4, 0.5)) // 10 * 10),
    "yen": lambda w: f"{int(write(w, 'amount')):,}",
    "income": lambda w: str(int(w.chance.lognormvariate(6.0, 0.45))),
    "income_yen": lambda w: str(int(w.chance.lognormvariate(15.0, 0.45)) // 1000 * 1000),
    "tax": lambda w: str(int(w.chance.lognormvariate(11.6, 0.5)) // 100 * 100),
    "loans": lambda w: str(int(w.chance.gammavariate(4, 6))),
    "year": lambda w: w.chance.choice(("令和6", "令和5", "令和4", "令和3")),
    # Dates
    "birth": lambda w: date_as(w.born, w.style),
    "birth_iso": lambda w: w.born.isoformat(),
    "birth_era": lambda w: date_as(w.born, "era"),
    "birth_code": lambda w: date_as(w.born, "code"),
    "birth_school": lambda w: f"{_child(w):%Y/%m/%d}",
    "event_slash": lambda w: date_as(_past(w), "slash"),
    "died": lambda w: date_as(_past(w), "era"),
    "date": lambda w: date_as(_past(w), w.chance.choice(("slash", "era", "letter", "iso"))),
    "mmdd": lambda w: f"{w.chance.randint(1, 12)}/{w.chance.randint(1, 28)}",
    "wareki": lambda w: date_as(_past(w), "era"),
    "wareki_birth": lambda w: date_as(w.born, "era"),
    "seireki_birth": lambda w: f"{w.born.year}年{w.born.month}月{w.born.day}日",
    "slash_birth": lambda w: date_as(w.born, "slash"),
    "abbr_birth": lambda w: date_as(w.born, "letter"),
    "dots_birth": lambda w: date_as(w.born, "dots"),
}
