"""Practices of survey and mobile-statistics guides, each as a ready step."""

from collections.abc import Sequence

import numpy as np

from anonymizer.tables.system import Mask, System


def next_smallest(system: System, primary: Mask, able: Mask) -> Mask:
    """The survey practice: where a line hides one cell alone, hide its next-smallest part as well.

    Returns the added cells (n,). It does not make a table safe by itself: the audits say.
    """
    hidden = primary.copy()
    values = np.where(np.isnan(system.values), np.inf, system.values)
    lines: Sequence[tuple[int, ...]] = [
        tuple(system.relations.indices[a:b].tolist())
        for a, b in zip(system.relations.indptr[:-1], system.relations.indptr[1:], strict=True)
    ]
    changed = True
    while changed:
        changed = False
        for line in lines:
            if sum(hidden[c] for c in line) != 1:
                continue
            choice = [c for c in line if able[c] and not hidden[c]]
            if choice:
                hidden[min(choice, key=lambda c: (values[c], c))] = True
                changed = True
    return hidden & ~primary
