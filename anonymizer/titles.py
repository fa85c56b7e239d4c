"""How alternatives are told apart, in words."""

from anonymizer.preview import Preview
from core import Message


def title_of(kind: str, seen: Preview, column: str = "") -> tuple[Message, Message]:
    """A title, and what this version keeps that others do not."""
    lost = seen.loss.suppressed_rows
    kept = f"{seen.loss.granularity:.0%}"
    gone = Message(
        ja=f"条件に合わない{lost:,}行を秘匿します" if lost else "1行も秘匿しません",
        en=f"{lost:,} rows that do not fit are suppressed" if lost else "no row is suppressed",
    )
    return {
        "local": (
            Message(ja="細かさを優先", en="Keep detail"),
            Message(
                ja=f"すべての行を残し、行ごとに必要な分だけ粗くします（細かさ {kept}）。"
                "同じ項目に粗い値と細かい値が混ざります。",
                en=f"Every row stays and is widened only as far as it must be (detail {kept}). "
                "A column mixes wide and narrow values.",
            ),
        ),
        "mondrian": (
            Message(ja="数値を細かく残す", en="Keep numbers finer"),
            Message(
                ja="年齢などの数値や日付を、人数が半分ずつになる所で切り分けます（細かさ "
                f"{kept}）。すべての行を残しますが、幅は行によって違います。",
                en="Ages, other numbers and dates are cut where they halve the people (detail "
                f"{kept}). Every row stays; the ranges differ from row to row.",
            ),
        ),
        "uniform": (
            Message(ja="そろった区分を優先", en="Keep uniform categories"),
            Message(
                ja=f"どの項目も同じ粗さでそろえ、{gone.ja}（細かさ {kept}）。集計しやすい形です。",
                en=f"Each column has one width throughout; {gone.en} (detail {kept}). "
                "Easy to tabulate.",
            ),
        ),
        "whole": (
            Message(ja="行を失わない", en="Keep every row"),
            Message(
                ja=f"どの項目も同じ粗さでそろえ、1行も秘匿しません（細かさ {kept}）。その分、"
                "区分は粗くなります。",
                en="Each column has one width throughout and no row is suppressed (detail "
                f"{kept}); "
                "the categories are wider for it.",
            ),
        ),
        "favour": (
            Message(ja=f"「{column}」を優先", en=f"Keep “{column}” finer"),
            Message(
                ja=(
                    f"ほかの項目をはじめから粗くして、「{column}」をより細かく残します"
                    f"（細かさ {kept}）。"
                ),
                en=(
                    f"Widens the other columns first, so that “{column}” "
                    f"stays finer (detail {kept})."
                ),
            ),
        ),
        "plain": (
            Message(ja="直接識別子などを除く", en="Remove identifiers"),
            Message(
                ja="準識別子に当たる項目がないため、直接識別子などの項目を除くだけです。",
                en="There are no quasi-identifiers; identifiers and free text are removed.",
            ),
        ),
    }[kind]
