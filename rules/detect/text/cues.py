"""What stands beside a name and tells whose it is: a resident's or a public figure's."""

import re

from rules.detect.text.seeker import longest_first, material, patterns

_words = material("cues")["words"]
CUES = patterns("cues", POSTS_AND_TRADES=longest_first(_words["posts"] + _words["trades"]))
"""Words and patterns by name, for patterns of names."""


def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(CUES[name])


HONORIFIC = _compiled("HONORIFIC")
"""A form of address: 様, さん …"""
BEFORE, NAMED = _compiled("BEFORE"), _compiled("NAMED")
"""Right before a name, and right before what is said to be one."""
AFTER, HOUSE = _compiled("AFTER"), _compiled("HOUSE")
"""Right behind a surname."""
END, HARD_END, WHOLE_END = _compiled("END"), _compiled("HARD_END"), _compiled("WHOLE_END")
"""Where a surname behind a role ends, one that is a place as often, and one with a given name."""
BEHIND = _compiled("BEHIND")
"""What follows the name of a public figure or a place rather than of a resident."""
FIRM, FIRM_BEFORE = _compiled("FIRM"), _compiled("FIRM_BEFORE")
"""What makes a surname the name of a firm, a house or a place."""
MASCOT = _compiled("MASCOT")
"""Where somebody with さん or くん is a figure."""
_QUOTED, _EVENT, _EVENT_BEFORE = map(_compiled, ("QUOTED", "EVENT", "EVENT_BEFORE"))


def titles(text: str) -> list[tuple[int, int]]:
    """Where titles of works and events stand.

    >>> titles("『坂本龍馬の手紙』に予約"), titles("「佐藤だけど」と入電")
    ([(0, 9)], [])
    """
    return [
        m.span()
        for m in _QUOTED.finditer(text)
        if m[0][0] == "『"
        or _EVENT.match(text, m.end())
        or _EVENT_BEFORE.search(text, max(0, m.start() - 6), m.start())
    ]
