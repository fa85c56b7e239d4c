"""Time and memory to read a CSV, beside plain pandas: `python -m benchmarks.intake [ROWS …]`.

Each measurement runs in a process of its own, so that memory is that of one reading. The table is
resident-like: 12 columns of synthetic text, five of them nearly all distinct.
"""

import argparse
import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path

HEADER = "宛名番号,氏名,カナ,生年月日,性別,郵便番号,住所,電話番号,世帯番号,所得,続柄,備考"


def resident_csv(rows: int) -> bytes:
    """A CSV of synthetic residents."""
    rng = random.Random(1)
    number = rng.randrange
    lines = [HEADER]
    for i in range(rows):
        born = f"{number(1930, 2020)}-{number(1, 13):02d}-{number(1, 28):02d}"
        place = f"みほん市北区{number(1, 9)}丁目{number(1, 30)}-{number(1, 30)}"
        phone = f"000-{number(10000):04d}-{number(10000):04d}"
        lines.append(
            f"{i:010d},見本{number(50000)}郎,ミホン{number(50000)},{born},{rng.choice('男女')},"
            f"{number(9990000, 10000000):07d},{place},{phone},{number(500000):08d},"
            f"{number(900) * 10000},{rng.choice(('世帯主', '妻', '子', '母'))},"
            f"{rng.choice(('', '', '', '電話で確認', '転入'))}"
        )
    return "\n".join(lines).encode()


def with_intake(content: bytes) -> int:
    """Rows as `intake.read` sees them, lint included."""
    from intake import Upload, read

    (dataset,) = read([Upload("resident.csv", content)])
    return dataset.table.rows if dataset.table else 0


def with_pandas(content: bytes) -> int:
    """Rows as `pandas.read_csv(dtype=str)` sees them, nothing more."""
    import io

    import pandas as pd

    return len(pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False))


def with_workbook(content: bytes) -> int:
    """Rows of the same table as XLSX."""
    import io

    import openpyxl

    from intake import Upload, read

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("住民")
    for line in content.decode().split("\n"):
        sheet.append(line.split(","))
    buffer = io.BytesIO()
    book.save(buffer)
    start = time.perf_counter()
    (dataset,) = read([Upload("resident.xlsx", buffer.getvalue())])
    print(f"    (of which reading {time.perf_counter() - start:.2f} s)", flush=True)
    return dataset.table.rows if dataset.table else 0


def measure(reader: Callable[[bytes], int], rows: int) -> tuple[float, int]:
    """Seconds, and the peak of memory in MB beyond the content itself and the libraries."""
    content = resident_csv(rows)
    reader(resident_csv(10))
    before = peak_memory(reset=True)
    start = time.perf_counter()
    assert reader(content) == rows
    seconds = time.perf_counter() - start
    return seconds, (peak_memory() - before) >> 10


def peak_memory(reset: bool = False) -> int:
    """The peak of resident memory in KB (Linux); after a reset, the memory held now."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--workbook", action="store_true", help="also as XLSX")
    arguments = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    readers = [with_intake, with_pandas, *([with_workbook] if arguments.workbook else [])]
    for rows in arguments.rows:
        for reader in readers:
            with context.Pool(1) as pool:
                seconds, peak = pool.apply(measure, (reader, rows))
            name = reader.__name__.removeprefix("with_")
            print(f"{rows:>9,} × 12  {name:9} {seconds:6.2f} s  +{peak:,} MB", flush=True)


if __name__ == "__main__":
    main()
