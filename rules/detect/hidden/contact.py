"""Telephone numbers and e-mail addresses in a sentence."""

from core import ColumnType, Message
from rules.detect.hidden.base import Found, Seeker, spans
from rules.detect.patterns import EMAIL_PATTERN

# RE2 and Python agree on these; digits and Latin letters may touch kana and kanji, and the number
# of an item (①, which is 1 after folding) may stand right before.
_PHONE = (
    r"(?:(?<![\d\-.+])|(?<=[^\d\-.][1-9]))"
    r"(?:\(?0[5789]0\)?[\- .]?\d{4}[\- .]?\d{4}|\(?0120\)?[\- ]?\d{3}[\- ]?\d{3}"
    r"|\(?0[1-9]\d{0,3}\)?[\-( )]{1,2}\d{1,4}[\-) ]\d{4}"
    r"|\+81[\- ]?\(?0?\)?\d{1,3}[\- ]?\d{2,4}[\- ]?\d{4})(?![\d\-])"
)
_ANY_PHONE = spans(ColumnType.PHONE, _PHONE)


def _phones(text: str) -> list[Found]:
    """Ten or eleven digits: 090-1-2345 is some other number. +81 stands for the leading 0."""
    found = []
    for place in _ANY_PHONE(text):
        number = text[place[1] : place[2]]
        digits = sum(c.isdigit() for c in number) - number.startswith("+81")
        if digits in (10, 11):
            found.append(place)
    return found


EMAIL = Seeker(
    ColumnType.EMAIL,
    "hidden-email",
    r"[a-z0-9]@[a-z0-9]",
    spans(ColumnType.EMAIL, rf"(?<![a-z0-9._%+\-]){EMAIL_PATTERN}"),
    Message(ja="メールアドレスが書かれています", en="an e-mail address stands here"),
    0.94,
)
PHONE = Seeker(
    ColumnType.PHONE,
    "hidden-phone",
    r"0\d{1,4}\)?[\-( ).]{0,2}\d{1,4}[\-) .]?\d{3,4}|\+81",
    _phones,
    Message(ja="電話番号が書かれています", en="a telephone number stands here"),
    0.94,
)
LABELLED_PHONE = Seeker(
    ColumnType.PHONE,
    "hidden-phone",
    r"(?:電話|tel|℡|携帯|fax|連絡先)[^0-9]{0,8}0\d{9}",
    spans(ColumnType.PHONE, r"(?:電話|tel|℡|携帯|fax|連絡先)[^0-9\n]{0,8}(?P<n>0\d{9,10})(?!\d)"),
    Message(ja="電話番号が書かれています", en="a telephone number stands here"),
    0.94,
)
SEEKERS = (EMAIL, PHONE, LABELLED_PHONE)
