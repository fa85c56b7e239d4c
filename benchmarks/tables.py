"""Suppression on counts of a public benchmark file: cost, status, time and memory.

    python -m benchmarks.tables path/to/adult.csv [time limit]

Published figures of other tools for the same tables (sum of the secondary cells, linear audit
only, not run here): GaussSuppression 144, 342, 1577; tau-ARGUS (OPT) 138, 367, 1662.
"""

import resource
import sys
from pathlib import Path

from anonymizer.tables import PrimaryRule, protect, tabulate
from intake import Upload, read

TABLES = (
    ("education", "occupation"),
    ("marital-status", "occupation"),
    ("education", "occupation", "sex"),
    ("education", "occupation", "native-country"),
    ("education", "occupation", "native-country", "sex"),
)


def main(path: str, time_limit: float = 45.0) -> None:
    """Print one line per table."""
    (dataset,) = read([Upload(Path(path).name, Path(path).read_bytes())])
    if dataset.table is None:
        raise SystemExit("a data file is needed")
    for dimensions in TABLES:
        spec = tabulate(dataset.table, dimensions)
        done = protect([spec], PrimaryRule(threshold=5), time_limit=time_limit)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{' × '.join(dimensions)}: {done.system.cells:,} cells, cost {done.cost.sum:,.0f}, "
            f"certified {done.certified_cost.sum:,.0f}, {done.status}, passed {done.passed}, "
            f"not protectable {int(done.unprotected.sum())}, {done.seconds:.2f} s, {memory:.0f} MB"
        )


if __name__ == "__main__":
    main(sys.argv[1], *map(float, sys.argv[2:3]))
