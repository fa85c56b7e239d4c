"""Time and memory of measuring a million rows.

`python -m benchmarks.measure`: a resident-like million, made up here, in which nearly every
combination is different; and, where `shared/data/adult` lies beside the checkout, a million rows
drawn from the Adult benchmark. pyCANON's figure is quoted from the project's reference page "Making
it safe", not run here.
"""

import os
import platform
import resource
import time

import numpy as np
import pyarrow as pa

from benchmarks.anonymizer import DEFAULT, EIGHT, million, read_adult, read_million
from core import Table
from measure import code, measure_risk, suda2

RESIDENTS = {
    "生年月日": 36_500,
    "性別": 2,
    "町丁目": 1_500,
    "世帯人数": 8,
    "職業": 40,
    "国籍": 30,
    "居住年数": 60,
    "続柄": 12,
    "病名": 300,
}
"""Columns and how many values each has; the last is the sensitive one."""


def residents(rows: int = 1_000_000, seed: int = 0) -> Table:
    """People of uneven kinds, every column drawn by itself."""
    random = np.random.default_rng(seed)
    arrays = []
    for size in RESIDENTS.values():
        shares = random.dirichlet(np.full(size, 0.7 if size < 100 else 2.0))
        codes = pa.array(random.choice(size, rows, p=shares).astype(np.int32))
        arrays.append(pa.DictionaryArray.from_arrays(codes, [f"v{i}" for i in range(size)]))
    return Table.from_arrow(list(RESIDENTS), arrays)


def memory() -> str:
    """The most memory used so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def main() -> None:
    """Print every figure."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    if DEFAULT.exists():
        table = read_million(million(read_adult(DEFAULT)))
        start = time.perf_counter()
        found = measure_risk(table, EIGHT, sensitive=["salary-class"], sampling_fraction=0.1)
        print(f"Adult million, all but SUDA2: {time.perf_counter() - start:.2f} s, "
              f"{found.classes} classes, {memory()} [quoted: pyCANON k + l + t 38 s]")  # fmt: skip
    table = residents()
    start = time.perf_counter()
    quasi = table.keys[:-1]
    found = measure_risk(table, quasi, sensitive=["病名"], sampling_fraction=0.1)
    middle = time.perf_counter()
    special = suda2([code(table[name]) for name in quasi], len(quasi))
    end = time.perf_counter()
    singled_out = int((special.smallest > 0).sum())
    print(f"resident-like million: all but SUDA2 {middle - start:.2f} s, all sizes of SUDA2 "
          f"{end - middle:.2f} s, {found.classes} classes, "
          f"{singled_out} rows with a special combination, {memory()}")  # fmt: skip


if __name__ == "__main__":
    main()
