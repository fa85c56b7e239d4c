"""Laplace noise on the counts of a table."""

import numpy as np

from anonymizer.tables.spec import TableSpec, leaves_of, positions
from anonymizer.tables.system import Floats, complete


def noisy(spec: TableSpec, values: Floats, epsilon: float, random: np.random.Generator) -> Floats:
    """Counts (one per combination of codes) with noise on the leaves, zeros among them.

    >>> spec = TableSpec.of([["計", ["北", "南"]]], cells=[(["北"], 9), (["南"], 0)])
    >>> made = noisy(spec, np.array([9.0, 9.0, 0.0]), 1.0, np.random.default_rng(0))
    >>> bool(made[0] == made[1:].sum()), bool((made >= 0).all())
    (True, True)
    """
    position = positions(spec)
    leaves = np.ix_(*([position[k][c] for c in leaves_of(d)] for k, d in enumerate(spec.dims)))
    made = np.full(values.shape, np.nan)
    moved = values[leaves] + random.laplace(0.0, 1.0 / epsilon, values[leaves].shape)
    made[leaves] = np.maximum(np.rint(moved), 0.0)
    return complete(spec, made, np.zeros(values.shape))
