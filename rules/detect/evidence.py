"""What the detectors say in support of a type, or against it."""

from core import ColumnType, Message, label
from rules.detect.names import NameMatch
from rules.detect.values import Recogniser


def mixed(n: int, of: int) -> Message:
    """More right check digits than chance gives in a column of other numbers."""
    return Message(
        ja=(
            f"12桁の値{of:,}件のうち{n:,}件（{n / of:.1%}）が個人番号の検査数字に合います。"
            "偶然（約10%）より多く、個人番号が混ざっている可能性があります。"
        ),
        en=(
            f"{n} of {of} ({n / of:.1%}) pass the Individual Number's check, more than the 10%"
            " of chance: some of them may be Individual Numbers."
        ),
    )


def named(match: NameMatch) -> Message:
    """The name says the type."""
    what = label(match.type)
    return Message(
        ja=f"項目名が「{what.ja}」を示しています。", en=f"The column name says “{what.en}”."
    )


def says(words: str) -> Message:
    """The name joins several items."""
    return Message(
        ja=f"項目名が「{words}」の組合せを示しています。", en="The column name joins several items."
    )


def supported(r: Recogniser, n: int, of: int) -> Message:
    """So many of the rows look like the type."""
    return Message(
        ja=f"{r.looks.ja}が{of:,}件のうち{n:,}件（{n / of:.1%}）です。",
        en=f"{n} of {of} values ({n / of:.1%}) have {r.looks.en}.",
    )


def fits(n: int, of: int) -> Message:
    """So many of the rows at least have its form."""
    return Message(
        ja=f"値の形は{of:,}件のうち{n:,}件で項目名と矛盾しません。",
        en=f"{n} of {of} values do not speak against the name.",
    )


def no_my_number(n: int, of: int) -> Message:
    """Why a column of twelve digits is not taken for one of Individual Numbers."""
    return Message(
        ja=(
            f"12桁ですが、個人番号の検査数字に合うのは{of:,}件のうち{n:,}件"
            f"（{n / of:.1%}）で、個人番号の項目とは見られません。"
        ),
        en=(
            f"Twelve digits, but only {n} of {of} ({n / of:.1%}) pass the"
            " Individual Number's check: not taken for one."
        ),
    )


def disagreeing(n: int, of: int, type_: ColumnType) -> Message:
    """Values that do not confirm what the name says, which is believed to be safe."""
    what = label(type_)
    return Message(
        ja=(
            f"値が項目名と合いません（{what.ja}の形や検査数字に合うのは{of:,}件のうち{n:,}件）。別の番号か、"
            "変換された値の可能性があります。念のため項目名のとおりのものとして扱います。"
        ),
        en=(
            f"The values do not agree with the name ({n} of {of} fit a {what.en}): another number,"
            " or converted ones. Treated as what the name says, to be safe."
        ),
    )
