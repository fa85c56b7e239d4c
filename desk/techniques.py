"""What each operation is for, in a sentence, and its ground in rule 62 (34) and the guideline."""

from dataclasses import dataclass

from core import Message, Operation


@dataclass(frozen=True)
class Ground:
    """Why an operation is done: in a sentence, as a technique of the guideline, by which items of
    rule 62 (34 for businesses), and on which cards."""

    reason: Message
    technique: Message | None = None
    items: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()

    @property
    def place(self) -> Message | None:
        """The technique and the items in a sentence; None where nothing is done."""
        if not self.items:
            return None
        ja = "・".join(f"{n}号" for n in self.items)
        en = ", ".join(str(n) for n in self.items)
        of_rules = Message(
            ja=f"規則62条{ja}（民間は34条{ja}）の加工に使います。",
            en=f"used for item {en} of article 62 of the Rules (34 for businesses).",
        )
        if self.technique is None:
            return Message(
                ja=f"指針の手法の一覧にはありませんが、{of_rules.ja}",
                en=f"Not in the guideline's list of techniques, but {of_rules.en}",
            )
        return Message(
            ja=f"指針の手法では「{self.technique.ja}」に当たり、{of_rules.ja}",
            en=f"In the guideline's list: {self.technique.en}; {of_rules.en}",
        )


def _m(ja: str, en: str) -> Message:
    return Message(ja=ja, en=en)


_WIDER = _m("一般化", "generalisation")
_ENDS = _m("トップ（ボトム）コーディング", "top and bottom coding")
GROUNDS: dict[Operation, Ground] = {
    Operation.KEEP: Ground(
        _m(
            "値をそのまま残します。組合せで人が絞られないかは、全体で確かめます。",
            "The values stay. Whether combinations single people out is checked on the whole.",
        )
    ),
    Operation.DROP: Ground(
        _m(
            "列ごと消します。氏名や番号のように、それだけで本人が分かる項目に使います。",
            "The column is removed. For what tells who the person is by itself, such as names.",
        ),
        _m("項目削除", "removing an item"),
        (1, 2, 3),
        ("D-05", "D-06", "D-07", "D-17"),
    ),
    Operation.SUPPRESS_CELLS: Ground(
        _m(
            "ごく少ない値だけを伏せます。珍しい値から本人が分かるのを防ぎます。",
            "Only rare values are hidden, so that nobody is recognised by one.",
        ),
        _m("セル削除", "removing cells"),
        (4, 5),
        ("D-08", "D-09", "D-17"),
    ),
    Operation.GENERALIZE: Ground(
        _m(
            "細かい区分を粗い区分にまとめ、同じ値の人を増やします。",
            "Fine groups become broad ones, so that more people share a value.",
        ),
        _WIDER,
        (4, 5),
        ("D-08", "D-09", "D-17"),
    ),
    Operation.BAND: Ground(
        _m(
            "年齢・日付・数を幅でまとめ、同じ値の人を増やします。",
            "Ages, dates or numbers are put into bands, so that more people share a value.",
        ),
        _WIDER,
        (1, 5),
        ("D-05", "D-09", "D-17"),
    ),
    Operation.TRUNCATE: Ground(
        _m(
            "住所や郵便番号を途中までにして、住んでいる範囲を広くします。",
            "An address or postal code is cut short, so that it stands for a wider area.",
        ),
        _WIDER,
        (1, 5),
        ("D-05", "D-09", "D-17"),
    ),
    Operation.TOP_CODE: Ground(
        _m(
            "飛び抜けて大きい値を「以上」にまとめます。ごく高齢の人などを守ります。",
            "Very large values become “and over”. It protects the very old, for example.",
        ),
        _ENDS,
        (4, 5),
        ("D-08", "D-17"),
    ),
    Operation.BOTTOM_CODE: Ground(
        _m(
            "飛び抜けて小さい値を「以下」にまとめます。",
            "Very small values become “and under”.",
        ),
        _ENDS,
        (4, 5),
        ("D-08", "D-17"),
    ),
    Operation.ROUND: Ground(
        _m("数を切りのよい値に丸めます。", "Numbers are rounded."),
        _WIDER,
        (5,),
        ("D-09", "D-17"),
    ),
    Operation.MICROAGGREGATE: Ground(
        _m(
            "近い値どうしを決めた人数以上でまとめ、平均に置き換えます。",
            "Near values are grouped, and each is replaced by its group's mean.",
        ),
        _m("ミクロアグリゲーション", "microaggregation"),
        (5,),
        ("D-09", "D-17"),
    ),
    Operation.PSEUDONYMIZE: Ground(
        _m(
            "元に戻せない仮の番号に置き換えます。鍵は提供先ごとに新しく作り、どこにも保存しないため、"
            "二つの提供先が番号を突き合わせることはできません。仮の番号は匿名ではありません。",
            "Values become codes that cannot be turned back. The key is made anew for each "
            "recipient and stored nowhere, so that two recipients cannot join their data. "
            "Codes are not anonymous.",
        ),
        None,
        (3,),
        ("D-07", "D-18"),
    ),
    Operation.NOISE: Ground(
        _m(
            "件数にゆらぎを加えます。εが小さいほど大きくゆらぎます。一人の増減が値を高々1しか変えない"
            "件数なら、その一人がいるかどうかを見分けにくくしますが、ほかの項目は守りません。",
            "Random noise is added to counts; the smaller ε, the larger the noise. Where one "
            "person changes a count by at most 1 it hides whether that person is in it; it "
            "protects no other column.",
        ),
        _m("ノイズ付加", "adding noise"),
        (5,),
        ("D-09", "D-17"),
    ),
}
