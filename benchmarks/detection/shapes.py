"""Three shapes of one register: telling headers, romanised headers, headers that say nothing."""

from dataclasses import dataclass

import numpy as np

from benchmarks.detection.memos import fill
from benchmarks.detection.people import People, Texts
from core import ColumnType as T

SHAPES = ("japanese", "romanised", "silent")
_KINDS = ["転入", "転出", "転居", "出生", "婚姻", "その他届出"]


@dataclass
class Register:
    """Columns, what they truly are (None: no identifier), hidden data and planted cells."""

    columns: dict[str, Texts]
    truth: dict[str, T | None]
    memo: str
    hidden: list[str | None]
    planted: set[tuple[int, str]]


def build(shape: str, rows: int, seed: int, part: str = "held_out", share: float = 0.1) -> Register:
    """A register of 12 columns, 8 of them of a type that must be named."""
    people = People(rows, seed * 1_000 + SHAPES.index(shape))
    memos, hidden = fill(people, part, share)
    if shape == "japanese":
        parts: list[tuple[str, Texts, T | None]] = [
            ("受付番号", people.receipts(), None),
            ("氏名", people.names("　"), T.PERSON_NAME),
            ("フリガナ", people.kana("　"), T.PERSON_NAME_KANA),
            ("生年月日", people.dates(people.birth_days(), "letter"), T.BIRTH_DATE),
            ("性別", people.sexes(["男", "女"]), T.SEX),
            ("郵便番号", people.postal(), T.POSTAL_CODE),
            ("住所", people.addresses(), T.ADDRESS),
            ("電話番号", people.phones(), T.PHONE),
            ("個人番号", people.my_numbers(), T.MY_NUMBER),
            ("異動事由", people.categories(_KINDS), None),
            ("支払額", people.amounts(), None),
            ("備考", memos, None),
        ]
    elif shape == "romanised":
        parts = [
            ("uketsuke_no", people.receipts(), None),
            ("shimei", people.names(""), T.PERSON_NAME),
            ("name_kana", people.kana(" "), T.PERSON_NAME_KANA),
            ("dob", people.dates(people.birth_days(), "iso"), T.BIRTH_DATE),
            ("nenrei", people.ages(), T.AGE),
            ("zip_cd", people.postal(""), T.POSTAL_CODE),
            ("jusho", people.addresses(), T.ADDRESS),
            ("mail_addr", people.emails(), T.EMAIL),
            ("kojin_bango", people.my_numbers(), T.MY_NUMBER),
            ("idou_kbn", people.categories(_KINDS), None),
            ("amount", people.amounts(), None),
            ("biko", memos, None),
        ]
    else:
        parts = [
            ("項目A", people.receipts(), None),
            ("項目B", people.names(" "), T.PERSON_NAME),
            ("項目C", people.kana(" "), T.PERSON_NAME_KANA),
            ("項目D", people.dates(people.birth_days(), "kanji"), T.BIRTH_DATE),
            ("項目E", people.sexes(["男性", "女性"]), T.SEX),
            ("項目F", people.postal(), T.POSTAL_CODE),
            ("項目G", people.addresses(), T.ADDRESS),
            ("項目H", people.phones("-"), T.PHONE),
            ("項目I", people.my_numbers(), T.MY_NUMBER),
            ("項目J", people.categories(_KINDS), None),
            ("項目K", people.amounts(), None),
            ("項目L", memos, None),
        ]
    columns = {name: texts for name, texts, _ in parts}
    truth = {name: type_ for name, _, type_ in parts}
    planted = _plant(columns, people.rng, max(20, rows // 2_000))
    return Register(columns, truth, parts[-1][0], hidden, planted)


def _plant(columns: dict[str, Texts], rng: np.random.Generator, each: int) -> set[tuple[int, str]]:
    """Spoil `each` cells in each of five columns, one kind a column (rare categories: six)."""
    names = list(columns)
    planted: set[tuple[int, str]] = set()
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    spoilers = (
        (5, each, lambda t, i: t[:-1] + "X" if i % 2 else t[:-2]),
        (8, each, lambda t, i: t[:-1] + str((int(t[-1]) + 1 + i % 8) % 10)),
        (3, each, lambda t, i: t.translate(wide)),
        (10, each, lambda t, i: str(int(t) * 4_000 + 10**9)),
        (9, 6, lambda t, i: ["職権消徐", "転人", "國籍取得"][i % 3]),
    )
    for position, count, spoil in spoilers:
        texts = columns[names[position]]
        for i, row in enumerate(rng.choice(len(texts), count, replace=False).tolist()):
            texts[row] = spoil(texts[row], i)
            planted.add((row + 1, names[position]))
    return planted
