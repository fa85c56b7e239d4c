"""The part of a passage that speaks to a question, verbatim."""

import re

from knowledge.tokens import tokens

LONGEST = 130
_SENTENCE = re.compile(r"[^。\n]+。?")


def excerpt(text: str, query: str) -> str:
    """The sentence that shares most with the question, and the next where both fit.

    >>> excerpt("今日は晴れです。\\n共有IDは課に一つです。個人ごとのIDもあります。", "共有IDとは")
    '共有IDは課に一つです。個人ごとのIDもあります。'
    """
    spans = [match.span() for match in _SENTENCE.finditer(text) if match[0].strip()]
    if not spans:
        return text[:LONGEST].strip()
    wanted = set(tokens(query))
    shared = [len(wanted & set(tokens(text[a:b]))) for a, b in spans]
    best = max(range(len(spans)), key=lambda i: (shared[i], -i))
    start, end = spans[best]
    if best + 1 < len(spans) and spans[best + 1][1] - start <= LONGEST:
        end = spans[best + 1][1]
    found = text[start:end].strip()
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"
