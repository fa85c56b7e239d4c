"""Risk in the population a file was sampled from."""

import numpy as np
import numpy.typing as npt
from scipy.special import hyp2f1

from core import Counts

Floats = npt.NDArray[np.float64]


def expected_risk(sizes: Counts, population: Floats) -> Floats:
    """Chance that a row of each class is matched to its person: E(1/F | f), 0-1.

    F is the class's unknown size in the population, f its size in the file and `population` the
    estimate of F from sampling weights; F given f is taken as negative binomial with success
    probability f/F (Benedetti and Franconi 1998; the individual risk of sdcMicro and mu-ARGUS).

    >>> import numpy as np
    >>> expected_risk(np.array([1, 1, 10]), np.array([1.0, 100.0, 1000.0])).round(4).tolist()
    [1.0, 0.0465, 0.0011]
    """
    f = sizes.astype(np.float64)
    p = np.clip(f / np.maximum(population, f), 1e-12, 1.0)
    risk = np.where(p < 1, _small(f, p), 1 / f)
    return np.clip(risk, 0.0, 1.0)


def _small(f: Floats, p: Floats) -> Floats:
    """Exact to f = 40, beyond that the first terms of the expansion in 1/f."""
    few = np.minimum(f, 40.0)
    exact: Floats = np.power(p, few) / few * hyp2f1(few, few, few + 1, 1 - p)
    q = 1 - p
    many: Floats = p / f * (1 + q / (f + 1) + 2 * q**2 / ((f + 1) * (f + 2)))
    return np.where(f <= 40, exact, many)
