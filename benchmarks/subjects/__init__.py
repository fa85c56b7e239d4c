"""How well whose rows a table holds is told: `python -m benchmarks.subjects [FOLDER]`.

A folder holds CSV files and `truth.yaml`: for each file its kind, the columns of its unit, and in a
table that is not of people the columns that are. Printed: kinds right, units right, columns of
people found and called so wrongly; with `--each` the files that are told wrongly.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from core import SubjectKind, yaml12
from intake import Upload, read
from rules import inspect

OWN = [Path(__file__).parent / name for name in ("subjects", "subjects2")]


def score(folder: Path) -> tuple[Counter[str], list[str]]:
    """Counts over the files of a folder, and a line for each file told wrongly."""
    counts: Counter[str] = Counter()
    wrong = []
    for truth in yaml12.load((folder / "truth.yaml").read_text(encoding="utf-8")):
        path = folder / truth["file"]
        (dataset,) = read([Upload(path.name, path.read_bytes())])
        subject = inspect(dataset).subject
        assert subject is not None
        kind = SubjectKind(truth["kind"])
        counts["files"] += 1
        counts["kind"] += subject.kind is kind
        counts["people or not"] += subject.kind.of_people is kind.of_people
        counts["sure and wrong"] += subject.sure and subject.kind is not kind
        if kind.of_people:
            counts["units"] += 1
            unit = subject.unit.columns if subject.unit else ()
            counts["unit"] += set(unit) == set(truth.get("unit") or ())
        else:
            _columns(counts, set(truth.get("people_columns") or ()), set(subject.people_columns))
        if subject.kind is not kind:
            wrong.append(f"{path.name}: {kind} told as {subject.kind} ({subject.confidence})")
    return counts, wrong


def _columns(counts: Counter[str], wanted: set[str], found: set[str]) -> None:
    counts["people columns"] += len(wanted)
    counts["people columns found"] += len(wanted & found)
    counts["called so wrongly"] += len(found - wanted)


def main(argv: Sequence[str]) -> None:
    """Print the counts."""
    folders = [Path(a) for a in argv if not a.startswith("--")] or OWN
    for folder in folders:
        counts, wrong = score(folder)
        print(folder.name, dict(counts))
        if "--each" in argv:
            print("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
