"""A whole review from the terminal door, with a plan: processor time and peak memory; and the same
with every unusual cell listed.

`python -m benchmarks.review [ROWS …]` (default 100,000). Reading the same file as text with
pandas is run beside it, so that the ratio holds on a slower machine.
"""

import csv
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SURNAMES = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"]
GIVEN = ["花子", "一郎", "美咲", "健", "直子", "学", "翔太", "恵子", "大輔", "幸子"]
TOWNS = [f"{name}{n}丁目" for name in ("桜台", "緑が丘", "港南", "北野") for n in range(1, 6)]
MEMOS = ["", "", "", "口座振替の案内を送付", "窓口で本人確認済み", "減免の説明を実施"]
HEADER = [
    "宛名番号",
    "世帯番号",
    "氏名",
    "生年月日",
    "性別",
    "郵便番号",
    "町丁目",
    "電話番号",
    "職業",
    "所得",
    "要介護度",
    "備考",
]
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)"
REVIEW = "import sys; from cli import main; main(['review', *sys.argv[1:], '--json'])"


def write(path: Path, rows: int) -> None:
    """Made-up residents, a few memos with a telephone number in them."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for n in range(rows):
            memo = chance.choice(MEMOS)
            if chance.random() < 0.001:
                memo = f"連絡先は090-{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}"
            out.writerow(
                [
                    10_000_000 + n * 7,
                    5_000_000 + n // 2,
                    f"{chance.choice(SURNAMES)}　{chance.choice(GIVEN)}",
                    f"{chance.randint(1925, 2024)}-{chance.randint(1, 12):02}-"
                    f"{chance.randint(1, 28):02}",
                    chance.choice("男女"),
                    f"{chance.randint(100, 180)}-{chance.randint(1, 90):04}",
                    chance.choice(TOWNS),
                    f"03-{chance.randint(3000, 6999)}-{chance.randint(1000, 9999)}",
                    chance.choice(["会社員", "自営業", "無職", "学生", "公務員"]),
                    chance.randint(0, 900) * 10_000,
                    chance.choice(["", "", "", "", "要支援1", "要介護2"]),
                    memo,
                ]
            )


def run(code: str, path: Path, *options: str) -> tuple[float, int]:
    """Seconds of processor time and peak MB of one process."""
    script = (
        f"{code}\nimport resource, sys; r = resource.getrusage(resource.RUSAGE_SELF)"
        "\nprint(r.ru_utime + r.ru_stime, r.ru_maxrss // 1024, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, memory = done.stderr.splitlines()[-1].split()
    return float(seconds), int(memory)


def main() -> None:
    """Print the figures for each size."""
    for rows in [int(a) for a in sys.argv[1:]] or [100_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "residents.csv"
            write(path, rows)
            other = sorted(run(PANDAS, path) for _ in range(3))[1][0]
            print(f"{rows:,} × {len(HEADER)}: pandas.read_csv as text {other:.1f} s")
            for options in ((), ("--cells", "all")):
                seconds, memory = sorted(run(REVIEW, path, *options) for _ in range(3))[1]
                ratio = f"{seconds / other:.1f} times that"
                print(f"  review {' '.join(options)}: {seconds:.1f} s, {memory} MB, {ratio}")


if __name__ == "__main__":
    main()
