"""What stands beside a name and tells whose it is: a resident's or a public figure's."""

from rules.detect.patterns import alternation
from rules.detect.text.reading import material
from rules.detect.text.seeker import compiled, patterns

_words = material("cues")["words"]
CUES = patterns("cues", POSTS_AND_TRADES=alternation(_words["posts"] + _words["trades"]))
"""Words and patterns by name, for patterns of names."""
BEFORE, NAMED = compiled(CUES, "BEFORE", "NAMED")
"""Right before a name, and right before what is said to be one."""
AFTER, HOUSE, HONORIFIC = compiled(CUES, "AFTER", "HOUSE", "HONORIFIC")
"""Right behind a surname; a form of address (様, さん) also behind a whole name."""
END, HARD_END, WHOLE_END = compiled(CUES, "END", "HARD_END", "WHOLE_END")
"""Where a surname behind a role ends, one that is a place as often, and one with a given name."""
BEHIND, FIRM, FIRM_BEFORE = compiled(CUES, "BEHIND", "FIRM", "FIRM_BEFORE")
"""Behind a public figure or a place; what makes a surname the name of a firm, a house, a place."""
MASCOT, TEMPLATE = compiled(CUES, "MASCOT", "TEMPLATE")
"""Where somebody with さん or くん is a figure; where what is written is a pattern for others."""
_QUOTED, _EVENT, _EVENT_BEFORE = compiled(CUES, "QUOTED", "EVENT", "EVENT_BEFORE")


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
