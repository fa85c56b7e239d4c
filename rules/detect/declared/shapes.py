"""The shapes of values that break a declaration: enough to see what is wrong, never a value."""

from collections import Counter

import numpy as np

from core import Message, mask
from rules.detect.profile import Mask, Profile

_SHOWN = 3
_LOOK_AT = 5_000
"""How many distinct values are looked at, the most frequent first."""


def shapes(profile: Profile, values: Mask) -> Message:
    """The commonest shapes among some values, with their rows.

    >>> import pyarrow as pa
    >>> profile = Profile(pa.array(["90代", "80代", "非公表"]), np.array([4, 2, 1]))
    >>> shapes(profile, np.array([True, True, True])).ja
    '99文字×1（6件）、文字×3（1件）'
    """
    hit = np.flatnonzero(values)
    order = hit[np.argsort(-profile.counts[hit], kind="stable")][:_LOOK_AT]
    rows: Counter[str] = Counter()
    for code in order:
        rows[mask(profile.raw[int(code)].as_py())] += int(profile.counts[code])
    most = rows.most_common(_SHOWN)
    rest = len(rows) > _SHOWN or len(hit) > _LOOK_AT
    ja = "、".join(f"{shape or '空白'}（{count:,}件）" for shape, count in most)
    en = ", ".join(f"{shape or 'blank'} ({count:,})" for shape, count in most)
    return Message(
        ja=ja + (" ほか" if rest else ""),
        en=en.replace("文字×", "char×") + (" …" if rest else ""),
    )
