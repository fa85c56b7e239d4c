"""Sentences for people: warnings and reasons, in Japanese and English."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from anonymizer.records.plan import LKind, Plan, Step
from core import ColumnReport, Message, PlanError, Role

_TENTHS_EN = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Changed(Protocol):
    """What a sentence needs to know of a column's change."""

    @property
    def column(self) -> str: ...  # noqa: D102
    @property
    def steps(self) -> tuple[Step, ...]: ...  # noqa: D102
    @property
    def cells_suppressed(self) -> int: ...  # noqa: D102
    @property
    def distinct_before(self) -> int: ...  # noqa: D102
    @property
    def distinct_after(self) -> int: ...  # noqa: D102
    @property
    def loss(self) -> float: ...  # noqa: D102


def list_columns(names: Sequence[str]) -> str:
    """Column names, quoted, for a Japanese sentence."""
    return "、".join(f"「{name}」" for name in names)


def limit_passed(count: int, rows: int, limit: float) -> Message:
    """Local recoding that leaves nothing of too many rows."""
    return Message(
        ja=f"{rows:,}行のうち{count:,}行で準識別子がすべて「*」になり、"
        f"秘匿の上限（{limit:.0%}）を超えます。"
        "項目をもっと粗くするか、上限を上げてください。",
        en=f"In {count:,} of {rows:,} rows every quasi-identifier becomes “*”, more than the limit "
        f"of {limit:.0%}. Widen a column further, or raise the limit.",
    )


def twins_dropped(twins: Mapping[str, str]) -> Message:
    """Columns that repeat a quasi-identifier in other words."""
    said_ja = "、".join(f"「{twin}」（「{name}」と同じ内容）" for twin, name in twins.items())
    said_en = ", ".join(f"“{twin}” (the same as “{name}”)" for twin, name in twins.items())
    return Message(
        ja=f"準識別子と同じ内容の項目は、残すと加工の意味がなくなるため削除します：{said_ja}。",
        en="Columns that repeat a quasi-identifier are dropped; they would undo the processing: "
        f"{said_en}.",
    )


def follows_dropped(telling: Mapping[str, str]) -> Message:
    """Columns whose values follow from a quasi-identifier."""
    said_ja = "、".join(f"「{name}」（「{other}」から決まる）" for name, other in telling.items())
    said_en = ", ".join(f"“{name}” (follows from “{other}”)" for name, other in telling.items())
    return Message(
        ja=f"準識別子から決まる項目は、残すと元の値の手がかりになるため削除します：{said_ja}。",
        en="Columns that follow from a quasi-identifier are dropped; they would hint at its "
        f"value: {said_en}.",
    )


def unlisted(column: str, rows: int) -> Message:
    """Values that the plan does not list, rare or new."""
    return Message(
        ja=f"項目「{column}」の{rows:,}行は、計画に挙げた値でない（少ない、又は新しい）ため、"
        "「その他」にまとめました。",
        en=f"{rows:,} rows of “{column}” hold values the plan does not list (rare or new); "
        "they became “その他” (other).",
    )


def ungrouped(column: str, rows: int) -> Message:
    """Values that none of the built-in groups knows."""
    return Message(
        ja=f"項目「{column}」の{rows:,}行は、どの分類にも当てはまらないため、"
        "「その他」にまとめました。",
        en=f"{rows:,} rows of “{column}” fit none of the groups; they became “その他” (other).",
    )


def ends_grouped(column: str, above: int, below: int) -> Message:
    """Very large and very small numbers shown as one."""
    ja = [f"大きい側の{above:,}行"] if above else []
    ja += [f"小さい側の{below:,}行"] if below else []
    en = [f"the {above:,} highest"] if above else []
    en += [f"the {below:,} lowest"] if below else []
    if not ja:
        return Message(
            ja=f"項目「{column}」には、まとめる範囲の値がありませんでした。",
            en=f"“{column}” holds no value beyond the bounds.",
        )
    both = len(ja) == 2
    return Message(
        ja=f"項目「{column}」は、飛び抜けた値で本人が分からないよう、"
        f"{'と'.join(ja)}を{'それぞれ' if both else ''}一つにまとめました。",
        en=f"So that nobody is recognised by an extreme value, {' and '.join(en)} rows of "
        f"“{column}” are shown as one group{' each' if both else ''}.",
    )


def ends_kept(column: str, least: int) -> Message:
    """Extreme numbers that stay because the plan keeps the column as it is."""
    return Message(
        ja=f"項目「{column}」をそのまま残すため、{least}行に満たない飛び抜けて大きい値や"
        "小さい値が残ります。「上を一つにまとめる」などを検討してください。",
        en=f"“{column}” stays as it is, so extreme values that fewer than {least} rows reach stay "
        "too. Consider top or bottom coding.",
    )


def no_record(column: str) -> Message:
    """A kept column of which the plan does not say what it may hold."""
    return Message(
        ja=f"計画に項目「{column}」の値の記録がないため、新しい値が混じっていても見分けられず、"
        "そのまま残ります。残してよい値を計画の listed に挙げるか、計画を作り直してください。",
        en=f"The plan has no record of the values of “{column}”, so a new value cannot be told "
        "apart and stays. Name the values that may stay under “listed”, or make the plan anew.",
    )


def rare_suppressed(column: str, rows: int, least: int) -> Message:
    """Values too few rows share."""
    return Message(
        ja=f"項目「{column}」の{rows:,}行は、{least}行に満たない人しか持たない珍しい値のため、"
        "「*」にしました。",
        en=f"{rows:,} rows of “{column}” hold values that fewer than {least} rows share; "
        "they became “*”.",
    )


def rare_kept(column: str, rows: int, least: int) -> Message:
    """Rare values that stay because the plan keeps the column as it is."""
    return Message(
        ja=f"項目「{column}」をそのまま残すため、{least}行に満たない珍しい値が{rows:,}行に残ります。"
        "その値を知る人には本人が分かるおそれがあります。「少ない値を伏せる」を検討してください。",
        en=f"“{column}” stays as it is, so {rows:,} rows keep values that fewer than {least} rows "
        "share; whoever knows such a value may recognise the person. "
        "Consider suppressing rare values.",
    )


def blank(names: Sequence[str]) -> Message:
    """Columns without any value."""
    return Message(
        ja=f"値が一つもない項目は削除します：{list_columns(names)}。",
        en=f"Columns without any value are dropped: {', '.join(names)}.",
    )


def removed(names: Sequence[str], addresses: Sequence[str]) -> Message:
    """Columns that a proposed plan takes away, and what to do to keep part of an address."""
    ja = (
        "次の項目は、本人を示すおそれがあるか、内容を確かめられないため削除します："
        f"{list_columns(names)}。"
    )
    en = (
        "These columns are dropped; they may point to the person, or cannot be vouched for: "
        f"{', '.join(names)}."
    )
    if addresses:
        ja += f"{list_columns(addresses)}は、準識別子に加えれば市区町村などまで残せます。"
        en += f" Name {', '.join(addresses)} as a quasi-identifier to keep it down to the city."
    return Message(ja=ja, en=en)


def nothing_common(names: Sequence[str]) -> Message:
    """Columns of which nothing would be left."""
    return Message(
        ja=f"どの値も珍しく、伏せると何も残らないため、項目を削除します：{list_columns(names)}。",
        en="Columns in which every value is rare are dropped; nothing of them would be left: "
        f"{', '.join(names)}.",
    )


def not_met(plan: Plan) -> Message:
    """A plan whose result may not leave."""
    wanted = [f"k={plan.k}"]
    wanted += [named_l(plan.l, plan.l_kind, plan.c)] if plan.l is not None else []
    wanted += [f"t={plan.t:g}"] if plan.t is not None else []
    goal = "、".join(wanted)
    return Message(
        ja=f"この計画では、目標（{goal}）を満たしていません。このままでは外に出せません。",
        en=f"This plan does not meet its goal ({', '.join(wanted)}). "
        "The result must not leave as it is.",
    )


def named_l(l: int, kind: LKind, c: float | None) -> str:  # noqa: E741
    """The condition on sensitive values in short.

    >>> named_l(3, "distinct", None), named_l(3, "entropy", None), named_l(3, "recursive", 2.0)
    ('l=3', 'entropy l=3', '(c, l)=(2, 3)')
    """
    if kind == "recursive":
        return f"(c, l)=({c:g}, {l})"
    return f"l={l}" if kind == "distinct" else f"entropy l={l}"


def noise(column: str, epsilon: float) -> Message:
    """What Laplace noise promises, and what it does not."""
    return Message(
        ja=f"項目「{column}」にラプラス雑音（ε={epsilon:g}）を加えました。"
        "一人の増減が値を高々1しか変えない件数なら、"
        "その一人がいるかどうかを見分けにくくしますが、ほかの項目や、"
        "同じ人の繰り返しの公表は守りません。",
        en=f"Laplace noise (ε = {epsilon:g}) was added to “{column}”: where one person changes a "
        "count by at most 1 it hides whether that person is in it; it protects no other column and "
        "no repeated release.",
    )


def pseudonyms(column: str) -> Message:
    """What a keyed pseudonym is not."""
    return Message(
        ja=f"項目「{column}」は鍵付きの仮名に置き換えました。仮名は匿名ではありません。"
        "鍵はデータと別に管理し、要らなくなったら破棄してください。",
        en=f"“{column}” was replaced by keyed pseudonyms. Pseudonymous "
        "is not anonymous: keep the key "
        "apart from the data, and destroy it when it is no longer needed.",
    )


def no_sensitive() -> PlanError:
    """l or t without a column they are about."""
    return PlanError.of(
        "no_sensitive_column",
        ja="l や t を使うには、守りたい内容の項目（要配慮情報など）を一つ以上指定してください。",
        en="To use l or t, name at least one sensitive column.",
    )


def tenths(share: float) -> Message:
    """A share in the words people use.

    >>> tenths(0.42).text("en"), tenths(0.004).text("ja"), tenths(0.98).text("ja")
    ('about four in ten', '1%未満', 'ほとんどすべて')
    """
    if share < 0.01:
        return Message(ja="1%未満", en="less than 1%")
    if share < 0.095:
        return Message(ja=f"約{share:.0%}", en=f"about {share:.0%}")
    if share >= 0.95:
        return Message(ja="ほとんどすべて", en="nearly all")
    n = min(9, max(1, round(share * 10)))
    return Message(ja=f"10人中およそ{n}人", en=f"about {_TENTHS_EN[n]} in ten")


def left_out(names: Sequence[str]) -> Message:
    """Columns that are not in the plan."""
    return Message(
        ja=f"加工計画に無い項目は出力に含めません：{list_columns(names)}。"
        "残す場合は計画に加えてください。",
        en=f"Columns the plan does not name are left out: {', '.join(names)}. "
        "Add them to the plan to keep them.",
    )


def unread(name: str, rows: int, shapes: Sequence[str]) -> Message:
    """Values that became `*`."""
    shown = "、".join(shapes)
    return Message(
        ja=f"項目「{name}」の{rows:,}行に、読み取れない値や計画に無い値があり、"
        f"「*」にしました（形：{shown}）。",
        en=f"{rows:,} rows of column “{name}” hold values that are unreadable or unknown to the "
        "plan; "
        f"they became “*” (shapes: {shown}).",
    )


def forgotten_key() -> Message:
    """A pseudonym key that was made up."""
    return Message(
        ja="仮名の鍵が渡されなかったため、その場限りの鍵を使い、保存せずに破棄しました。"
        "同じ仮名は二度と作れません。",
        en="No pseudonym key was given, so a fresh one was used and discarded. "
        "The same pseudonyms cannot be made again.",
    )


def goal_out_of_reach() -> Message:
    """A goal that one class of all rows does not meet."""
    return Message(
        ja="すべての行を一つにまとめても条件を満たせません。条件（l や t）をゆるめてください。",
        en="Even with all rows in one class the goal is not met. Relax l or t.",
    )


def limit_exceeded(count: int, rows: int, limit: float) -> Message:
    """A suppression limit that is too low."""
    return Message(
        ja=f"条件を満たすには{rows:,}行のうち{count:,}行を秘匿する必要があり、上限（"
        f"{limit:.0%}）を超えるため、"
        "秘匿していません。項目をもっと粗くするか、上限を上げてください。",
        en=f"To meet the goal {count:,} of {rows:,} rows would have to be suppressed, more than "
        "the limit "
        f"of {limit:.0%}; none were. Widen a column further, or raise the limit.",
    )


def losses(
    changes: Sequence[Changed],
    rows: int,
    suppressed_rows: int,
    plan: Plan,
    columns: Sequence[ColumnReport],
) -> list[Message]:
    """What people would miss, in words."""
    found = []
    if suppressed_rows:
        part = tenths(suppressed_rows / rows)
        found.append(
            Message(
                ja=f"{part.ja}（{suppressed_rows:,}人）は、手がかりになる項目（準識別子）が"
                "すべて「*」になります。",
                en=f"Of {part.en} ({suppressed_rows:,} people) every quasi-identifier becomes “*”.",
            )
        )
    for change in changes:
        unknown = (change.cells_suppressed - suppressed_rows) / rows
        name = change.column
        if change.distinct_after == 0 or all(s.operation == "drop" for s in change.steps):
            continue
        if change.column in plan.quasi and unknown >= 0.05:
            part = tenths(unknown)
            found.append(
                Message(
                    ja=f"{part.ja}の「{name}」が分からなくなります。",
                    en=f"“{name}” becomes unknown for {part.en} of the people.",
                )
            )
        elif change.column in plan.quasi and change.loss >= 0.5:
            found.append(
                Message(
                    ja=f"項目「{name}」は大まかになり、{change.distinct_before}種類の値が"
                    f"{change.distinct_after}種類になります。",
                    en=f"“{name}” becomes coarse: {change.distinct_before} different values "
                    f"become {change.distinct_after}.",
                )
            )
    dropped = [
        c.column
        for c in changes
        if c.column in plan.quasi and all(s.operation == "drop" for s in c.steps)
    ]
    if dropped:
        found.append(
            Message(
                ja=f"準識別子の項目が無くなります：{list_columns(dropped)}。",
                en=f"Quasi-identifiers are removed altogether: {', '.join(dropped)}.",
            )
        )
    kept = {c.column for c in changes if any(s.operation == "keep" for s in c.steps)}
    sensitive = [c.name for c in columns if c.role is Role.SENSITIVE and c.name in kept]
    if sensitive:
        found.append(
            Message(
                ja=f"要配慮情報などの項目をそのまま残します：{list_columns(sensitive)}。"
                "同じ組み合わせの人の値がそろっていると、kを満たしても内容が分かることがあります。",
                en=f"Sensitive columns stay as they are: {', '.join(sensitive)}. Where "
                "everyone in a "
                "class shares a value it is given away, whatever k is.",
            )
        )
    return found
