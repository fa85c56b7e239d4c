"""Telephone numbers, e-mail addresses, URLs."""

import pyarrow.compute as pc

from core import ColumnType, Message
from rules.detect.profile import Mask, Profile, as_mask
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
_WRITTEN = pattern(
    rf"^(?:{PHONE_PATTERN}|0[5789]0\d{{8}}|0[1-9]\d{{8}}|\+81{_SEP}?\(?0?\)?\d[\d\-]{{8,11}})$"
)
_DIALLED = r"^(?:0[5-9]0\d{8}|0120\d{6}|0(?:[1-46]\d|[5-9][1-9])\d{7}|81\d{9,11})$"
"""Eleven digits behind 090 and the like, ten behind an area code."""


def _phones(profile: Profile) -> Mask:
    dialled = pc.replace_substring_regex(profile.lower, r"[^0-9]", "")
    return _WRITTEN(profile) & as_mask(pc.match_substring_regex(dialled, _DIALLED))


PHONE = Recogniser(
    ColumnType.PHONE,
    Message(ja="電話番号の形", en="the form of a telephone number"),
    _phones,
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
