"""Choosing what is done to one column, and why it is done."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import ColumnReport, ColumnType, Operation
from core.labels import OPERATIONS
from ui import actions
from ui.citation import chips
from ui.html import paragraph, plain
from ui.language import _, say
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session

Choice = int | str | None
AGES = frozenset({ColumnType.AGE, ColumnType.AGE_BAND})
DATES = frozenset({ColumnType.DATE, ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH})
NUMBERS = frozenset({ColumnType.QUANTITY, ColumnType.INCOME, ColumnType.TAX})
PLACES = frozenset({ColumnType.ADDRESS})
_PLAIN = (Operation.KEEP, Operation.DROP, Operation.SUPPRESS_CELLS)


def operations(kinds: frozenset[ColumnType]) -> tuple[Operation, ...]:
    """What may be done to a column that holds these types.

    >>> Operation.TRUNCATE in operations(frozenset({ColumnType.ADDRESS}))
    True
    """
    more: tuple[Operation, ...] = (Operation.GENERALIZE,)
    if kinds & AGES:
        more = (Operation.BAND, Operation.TOP_CODE, Operation.BOTTOM_CODE)
    elif kinds & DATES:
        more = (Operation.BAND,)
    elif kinds & NUMBERS:
        more = (
            Operation.ROUND,
            Operation.TOP_CODE,
            Operation.BOTTOM_CODE,
            Operation.MICROAGGREGATE,
        )
    elif kinds & PLACES:
        more = (Operation.TRUNCATE,)
    return (*_PLAIN, *more)


def parameters(operation: Operation, kinds: frozenset[ColumnType]) -> tuple[Choice, ...]:
    """The parameters on offer for an operation; a number that the reader types where empty."""
    if operation is Operation.BAND:
        return ("month", "quarter", "year") if kinds & DATES else (5, 10, 15, 20, 30)
    return {
        Operation.TRUNCATE: ("town", "ward", "city", "prefecture", "region"),
        Operation.GENERALIZE: ("other", 1, 2, 3),
        Operation.SUPPRESS_CELLS: (3, 5, 10),
        Operation.MICROAGGREGATE: (3, 5, 10),
        Operation.ROUND: (10, 100, 1000, 10000, 100000, 1000000),
    }.get(operation, ())


GROUNDS: dict[Operation, tuple[str, ...]] = {
    Operation.DROP: ("D-05", "D-06", "D-07", "D-17"),
    Operation.BAND: ("D-05", "D-17"),
    Operation.TRUNCATE: ("D-05", "D-17"),
    Operation.GENERALIZE: ("D-08", "D-17"),
    Operation.TOP_CODE: ("D-08", "D-17"),
    Operation.BOTTOM_CODE: ("D-08", "D-17"),
    Operation.SUPPRESS_CELLS: ("D-08", "D-09", "D-17"),
    Operation.ROUND: ("D-17",),
    Operation.MICROAGGREGATE: ("D-17",),
}
"""What an operation rests on: the criteria of rule 62 (34), and the list of techniques."""


def reason(operation: Operation) -> str:
    """What an operation does and what for, in a sentence."""
    return {
        Operation.KEEP: _("値をそのまま残します。組合せで人が絞られないかは、全体で確かめます。"),
        Operation.DROP: _(
            "列ごと消します。氏名や番号のように、それだけで本人が分かる項目に使います。"
        ),
        Operation.SUPPRESS_CELLS: _(
            "ごく少ない値だけを伏せます。珍しい値から本人が分かるのを防ぎます。"
        ),
        Operation.GENERALIZE: _("細かい区分を粗い区分にまとめ、同じ値の人を増やします。"),
        Operation.BAND: _("年齢や日付を幅でまとめ、同じ値の人を増やします。"),
        Operation.TRUNCATE: _("住所を途中までにして、住んでいる範囲を広くします。"),
        Operation.TOP_CODE: _("飛び抜けて大きい値を「以上」にまとめます。"),
        Operation.BOTTOM_CODE: _("飛び抜けて小さい値を「以下」にまとめます。"),
        Operation.ROUND: _("数を切りのよい値に丸めます。"),
        Operation.MICROAGGREGATE: _("近い値どうしを平均に置き換えます。"),
    }.get(operation, say(OPERATIONS[operation]))


def parameter_name(value: Choice, kinds: frozenset[ColumnType]) -> str:
    """A parameter in words."""
    if isinstance(value, str):
        return {
            "month": _("年月まで"),
            "quarter": _("四半期まで"),
            "year": _("年まで"),
            "town": _("町・字まで"),
            "ward": _("行政区まで"),
            "city": _("市区町村まで"),
            "prefecture": _("都道府県まで"),
            "region": _("地方まで"),
            "other": _("少ない値を「その他」に"),
        }.get(value, value)
    return f"{value:,}" if value is not None else ""


def draw(desk: "Session") -> None:
    """Pick a column, an operation and its parameter, and apply."""
    plan = desk.plan
    if plan is None:
        return
    import knowledge

    st.subheader(_("項目ごとに加工を選ぶ"), anchor=False)
    reports = {column.name: column for column in desk.columns}
    stamp = f"{screen().files}-{len(desk.history.states)}"
    column_key = f"edit-column-{screen().files}"
    name = st.selectbox(_("項目"), list(plan.columns), format_func=plain, key=column_key)
    if name not in reports:
        return
    kinds, now = kinds_of(reports[name]), plan.of(name)[0]
    left, right = st.columns(2)
    choices = tuple(dict.fromkeys((*operations(kinds), now.operation)))
    with left:
        operation = st.selectbox(
            _("加工"),
            choices,
            index=choices.index(now.operation),
            format_func=lambda o: say(OPERATIONS[o]),
            key=f"edit-operation-{stamp}-{name}",
        )
    with right:
        parameter = _parameter(operation, kinds, f"edit-parameter-{stamp}-{name}-{operation}")
    paragraph(reason(operation))
    cards = GROUNDS.get(operation, ())
    chips([knowledge.citation(card) for card in cards], f"edit-{operation}", 4)
    if st.button(_("この加工にする"), key="edit-apply"):
        _apply(desk, name, operation, parameter)
        st.rerun()


def kinds_of(column: ColumnReport) -> frozenset[ColumnType]:
    """The types a column holds."""
    return frozenset(column.parts or (column.type,))


def _parameter(operation: Operation, kinds: frozenset[ColumnType], key: str) -> Choice:
    offered = parameters(operation, kinds)
    if offered:
        chosen: Choice = st.selectbox(
            _("程度"), offered, format_func=lambda p: parameter_name(p, kinds), key=key
        )
        return chosen
    if operation in (Operation.TOP_CODE, Operation.BOTTOM_CODE):
        usual = 90 if operation is Operation.TOP_CODE and kinds & AGES else 0
        return int(st.number_input(_("境目の値"), value=usual, step=1, key=key))
    return None


def _apply(desk: "Session", name: str, operation: Operation, parameter: Choice) -> None:
    asked = _("「{name}」の加工を「{operation}」にする").format(
        name=name, operation=say(OPERATIONS[operation])
    )
    actions.act(asked, partial(desk.change_plan, name, operation, parameter))
