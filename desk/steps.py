"""A plan's step in words: what it does to the values, with its parameter spelt out."""

from core import OPERATIONS, ColumnType, Message, Operation

AGES = frozenset({ColumnType.AGE, ColumnType.AGE_BAND})
DATES = frozenset({ColumnType.DATE, ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH})
Parameter = int | float | str | None

_UNTIL: dict[str, Message] = {
    "month": Message(ja="年月までにする", en="Keep year and month"),
    "quarter": Message(ja="四半期までにする", en="Keep year and quarter"),
    "year": Message(ja="年までにする", en="Keep the year"),
    "era": Message(ja="元号までにする", en="Keep the era"),
    "town": Message(ja="町・字までにする", en="Keep down to the town"),
    "ward": Message(ja="行政区までにする", en="Keep down to the ward"),
    "city": Message(ja="市区町村までにする", en="Keep down to the municipality"),
    "prefecture": Message(ja="都道府県までにする", en="Keep the prefecture"),
    "region": Message(ja="地方までにする", en="Keep the region"),
    "other": Message(ja="少ない値を「その他」にまとめる", en="Put rare values into “other”"),
    "group": Message(ja="大きな分類にまとめる", en="Put into broad groups"),
}


def treatment(
    operation: Operation, parameter: Parameter = None, kind: ColumnType = ColumnType.UNKNOWN
) -> Message:
    """What a step does to a column, or part of one, of a kind.

    >>> treatment(Operation.BAND, 20, ColumnType.AGE).ja
    '20歳ごとにまとめる'
    >>> treatment(Operation.TRUNCATE, "city").ja, treatment(Operation.GENERALIZE, 2).en
    ('市区町村までにする', 'Widen by 2 levels')
    """
    plain = OPERATIONS[operation]
    if parameter is None:
        return plain
    if isinstance(parameter, str):
        if operation is Operation.PSEUDONYMIZE:
            return Message(
                ja=f"{plain.ja}（提供先：{parameter}）", en=f"{plain.en} (recipient: {parameter})"
            )
        return _UNTIL.get(parameter, plain)
    return _numbered(operation, parameter, kind) or plain


def _numbered(operation: Operation, number: int | float, kind: ColumnType) -> Message | None:
    n = f"{number:,g}" if abs(number) < 1e6 else f"{number:,.0f}"
    age = kind in AGES
    match operation:
        case Operation.BAND:
            if kind in DATES:
                return Message(ja=f"{n}年ごとにまとめる", en=f"Put into bands of {n} years")
            years = " years" if age else ""
            return Message(
                ja=f"{n}{'歳' if age else ''}ごとにまとめる", en=f"Put into bands of {n}{years}"
            )
        case Operation.TRUNCATE:
            return Message(ja=f"先頭の{n}文字だけにする", en=f"Keep the first {n} characters")
        case Operation.TOP_CODE:
            return Message(
                ja=f"{n}{'歳' if age else ''}以上を一つにまとめる", en=f"Put {n} and over into one"
            )
        case Operation.BOTTOM_CODE:
            return Message(
                ja=f"{n}{'歳' if age else ''}以下を一つにまとめる", en=f"Put {n} and under into one"
            )
        case Operation.ROUND:
            return Message(ja=f"{n}単位に丸める", en=f"Round to the nearest {n}")
        case Operation.SUPPRESS_CELLS:
            return Message(
                ja=f"{n}行に満たない値を伏せる", en=f"Suppress values in fewer than {n} rows"
            )
        case Operation.MICROAGGREGATE:
            return Message(
                ja=f"近い値を{n}件以上ずつ平均する",
                en=f"Average groups of at least {n} near values",
            )
        case Operation.NOISE:
            return Message(ja=f"ゆらぎを加える（ε＝{n}）", en=f"Add noise (ε = {n})")
        case Operation.GENERALIZE if number == 0:
            return OPERATIONS[Operation.KEEP]
        case Operation.GENERALIZE:
            return Message(ja=f"区分を{n}段階粗くする", en=f"Widen by {n} levels")
    return None
