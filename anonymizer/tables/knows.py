"""What the readers of an audit are taken to know, in words."""

from anonymizer.tables.primary import PrimaryRule, Zeros
from anonymizer.tables.readers import Audit
from anonymizer.tables.system import System
from core import Message


def of_suppression(
    system: System, rule: PrimaryRule, zeros: Zeros, name: Audit, readers: int
) -> Message:
    """Of a table with withheld cells."""
    if name == "linear":
        return Message(
            ja="公表されたセルと合計を知り、どの値も 0 以上だと知る読者",
            en="A reader who knows the printed cells and totals, and that no value is below 0",
        )
    ja, en = [], []
    if system.count and zeros == "publish":
        ja.append("隠されたセルは 1 以上であること（0 は公表されるため）")
        en.append("zeros are printed, so that a hidden cell is at least 1")
    if system.count and rule.largest_small:
        ja.append(f"基準で隠されたセルは {rule.largest_small} 以下であること")
        en.append(f"a cell hidden by the rule is at most {rule.largest_small}")
    if name == "contributors":
        if system.public.any():
            ja.append(f"以前に公表された表の {int(system.public.sum())} 個の値")
            en.append(f"{int(system.public.sum())} values of earlier publications")
        if readers > 1:
            ja.append(f"セルにただ一人（一者）だけいる {readers - 1} 者の、それぞれ自分の値")
            en.append(f"for each of {readers - 1} contributors alone in a cell, their own value")
        elif system.count and zeros == "publish":
            ja.append("自分がどのセルに数えられたか（ただし自分一人だけかどうかは知らない）")
            en.append("in which cell they were counted (but not whether they are alone there)")
    if not ja:
        return Message(
            ja="合計を知る読者（このほかに知ることは指定されていません）",
            en="The reader of totals (nothing more was stated to be known)",
        )
    return Message(
        ja="合計を知るほかに、" + "、".join(ja) + "、を知る読者",
        en="A reader who, besides the totals, knows: " + "; ".join(en),
    )


def of_rounding(base: int, reach: int, public: int, name: Audit, readers: int) -> Message:
    """Of a rounded table; `reach` as in `Rounding`, `public` values were printed before."""
    ja = [f"値が {base} の倍数に丸めてあること", "合計は内訳の和であること"]
    en = [f"values are rounded to multiples of {base}", "totals are sums of their parts"]
    if name != "linear":
        near = reach == base
        ja.append("丸めた値は隣の倍数であること" if near else f"ずれは {reach} 未満であること")
        en.append("a value goes to a multiple beside it" if near else f"it moves less than {reach}")
    if name == "contributors" and public:
        ja.append(f"以前に公表された表の {public} 個の値")
        en.append(f"{public} values of earlier publications")
    if name == "contributors" and readers > 1:
        ja.append("自分がどのセルに数えられたか")
        en.append("in which cell they were counted")
    return Message(ja="、".join(ja) + "、を知る読者", en="A reader who knows: " + "; ".join(en))
