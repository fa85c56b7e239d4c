"""What came of protecting tables, in sentences for people."""

from typing import TYPE_CHECKING

import numpy as np

from core import Message

if TYPE_CHECKING:
    from anonymizer.tables.adjusted import Adjusted
    from anonymizer.tables.result import AuditReport, Protected


LEGEND = Message(ja="X は秘匿した値、- は 0 を示します。", en="X is a withheld value, - is zero.")


def summarize(protected: "Protected") -> Message:
    """Twelve small cells hidden, eighteen more so that they cannot be worked out from totals."""
    small, more = int(protected.primary.sum()), int(protected.secondary.sum())
    if not small and not np.nan_to_num(protected.system.values).any():
        return Message(
            ja="表の値がすべて 0 なので、隠すセルはありません。件数の列が正しく読まれたかを"
            "確かめてください。",
            en="Every value of the table is 0, so that no cell needs to be hidden. Check that the "
            "column of counts was read as meant.",
        )
    if not small:
        return Message(
            ja="隠す必要のあるセルはありません。表はそのまま公表できます。",
            en="No cell needs to be hidden. The table can be published as it is.",
        )
    ja = f"小さいセルなど {small} 個を隠し、"
    en = f"{small} small cell{'s' * (small != 1)} hidden, "
    if more:
        ja += f"合計から逆算されないように、さらに {more} 個を隠します。"
        en += f"{more} more so that they cannot be worked out from totals."
    else:
        ja += "合計からは逆算できないため、ほかに隠すセルはありません。"
        en += "and no more: they cannot be worked out from totals."
    if protected.all_hidden:
        ja += "0 でないセルがすべて隠れます。分類をまとめてから公表してください。"
        en += " Every cell that is not 0 is hidden: collapse categories before publishing."
    known = int(protected.unprotected.sum())
    if known:
        ja += f"ただし {known} 個は、ほかのセルをすべて隠しても値が知られます。"
        en += f" But {known} can be worked out even if every other cell is hidden."
        if protected.helped:
            ja += (
                f"0 も秘匿の対象にすると、そのうち {protected.helped} 個は"
                "合計と基準を知る読者にも知られません。"
            )
            en += (
                f" If zeros are hidden too, a reader of totals and rule cannot work out "
                f"{protected.helped} of them."
            )
        ja += "分類をまとめる、0 も秘匿の対象にする、基準を見直す、のいずれかをしてください。"
        en += " Collapse categories, let zeros be hidden too, or reconsider the rule."
    elif not protected.passed:
        ja += "ただし点検に合格していないため、このままでは書き出せません。"
        en += " But an audit failed: the table cannot be exported as it is."
    if protected.status == "feasible":
        ja += "時間の都合で、隠す数が最も少ないとは確かめていません。"
        en += " In the time allowed it was not proved that fewer could not do."
    return Message(ja=ja, en=en)


def state(report: "AuditReport", *, rounded: bool = False) -> Message:
    """What the readers of one audit know, and whether they can work a value out."""
    if report.passed and rounded:
        ja, en = "元の値を割り出せません（合格）。", "cannot work out any true value (passed)."
    elif report.passed:
        ja, en = "隠した値を割り出せません（合格）。", "cannot work out any hidden value (passed)."
    else:
        ja = f"隠すべき値のうち {report.points} 個を割り出せます（不合格）。"
        en = f"can work out {report.points} of the values to hide (failed)."
    return Message(ja=f"{report.knows.ja}は、{ja}", en=f"{report.knows.en}: {en}")


def adjusted(table: "Adjusted") -> Message:
    """What stands below a table whose counts were changed."""
    if table.method == "round":
        return Message(
            ja=f"値は {table.base} の倍数に丸めています（0 は 0 とは限りません）。"
            + (
                "合計は内訳の和と一致します。"
                if table.additive
                else "合計は内訳の和と一致しません。"
            ),
            en=f"Values are rounded to multiples of {table.base} (a 0 need not be none). "
            + ("Totals are" if table.additive else "Totals are not")
            + " the sums of their parts.",
        )
    return Message(
        ja=f"件数に ε = {table.epsilon:g} のラプラスノイズを加えています。一人がいるかいないかで、"
        "この表の出やすさは e の ε 乗倍までしか変わりませんが、値は実際の件数とは異なり、"
        "公表を重ねるとこの保証は弱まります。",
        en=f"Laplace noise with ε = {table.epsilon:g} was added to the counts: whether one person "
        "is in the data or not makes this table at most e^ε times as likely, but values differ "
        "from the true counts, and the guarantee weakens with every further publication.",
    )


def adjusted_summary(table: "Adjusted") -> Message:
    """What was done to the counts, and what it leaves open."""
    moved = int(table.largest_change)
    ja, en = table.legend.ja, table.legend.en
    ja += f"実際の値との差は最大 {moved} です。"
    en += f" The largest change is {moved}."
    if not table.passed:
        ja += "ただし点検に合格していないため、このままでは書き出せません。単位を大きくするか、"
        ja += "秘匿（--method suppress）にしてください。"
        en += " But an audit failed: the table cannot be exported as it is. Use a larger base, or "
        en += "suppression (--method suppress)."
    return Message(ja=ja, en=en)
