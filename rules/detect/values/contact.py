"""Telephone numbers, e-mail addresses, URLs."""

from core import ColumnType, Message
from rules.detect.values.base import Recogniser, pattern

EMAIL_PATTERN = r"[a-z0-9._%+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}"
_SEP = r"[\-‐‑–—−ー ().]"
PHONE_PATTERN = (
    rf"\(?0[5789]0\)?{_SEP}?\d{{4}}{_SEP}?\d{{4}}"
    rf"|\(?0120\)?{_SEP}?\d{{3}}{_SEP}?\d{{3}}"
    rf"|\(?0[1-9]\d{{0,3}}\)?{_SEP}{{1,2}}\d{{1,4}}{_SEP}\d{{4}}"
)

EMAIL = Recogniser(
    ColumnType.EMAIL,
    Message(ja="メールアドレスの形", en="the form of an e-mail address"),
    pattern(rf"^{EMAIL_PATTERN}$"),
    alone=0.98,
    at_least=0.7,
)
PHONE = Recogniser(
    ColumnType.PHONE,
    Message(ja="電話番号の形", en="the form of a telephone number"),
    pattern(rf"^(?:{PHONE_PATTERN}|0[5789]0\d{{8}}|0[1-9]\d{{8}}|\+81{_SEP}?\d[\d\-]{{8,11}})$"),
    alone=0.95,
    at_least=0.7,
)
URL = Recogniser(
    ColumnType.URL,
    Message(ja="URLの形", en="the form of a URL"),
    pattern(r"^(?:https?|ftp)://\S{3,}$", r"^www\.\S{3,}$"),
    alone=0.98,
    at_least=0.7,
)
