"""From positions in the normalised text back to the text as it stood in the file."""

import unicodedata

_VOICED = "\u3099\u309a\uff9e\uff9f"


def original_offsets(text: str, normalised: str) -> list[int]:
    """For each position of the NFKC text, and its end, the position in the original.

    >>> original_offsets("ｶﾞｽ１", "ガス1")
    [0, 2, 3, 4]
    """
    if len(text) == len(normalised):
        return list(range(len(text) + 1))
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _VOICED or unicodedata.combining(text[end])):
            end += 1
        offsets += [start] * len(unicodedata.normalize("NFKC", text[start:end]))
        start = end
    if len(offsets) != len(normalised):
        return [0] * len(normalised) + [len(text)]
    return [*offsets, len(text)]
