"""How well questions find their ground: `python -m benchmarks.knowledge`.

Prints hit@5, MRR, first ground right, and abstention for each set of questions,
Japanese and English apart, the 20 real council questions where the real input files stand beside
the checkout, and the time and memory it takes.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import knowledge
from benchmarks.council import grounds
from core import yaml12

QUESTIONS = Path(__file__).parent / "questions"
SETS = (
    "development",
    "held_out",
    "other_hand/development",
    "other_hand/unseen",
    "plain_words/development",
    "plain_words/unseen",
    "situations/development",
    "situations/unseen",
    "strict_development",
    "strict_unseen",
)
SHARED = Path(__file__).parents[2] / "shared"


def load(name: str) -> list[dict[str, Any]]:
    """One set of questions; `file/development` and `file/unseen` are its two halves."""
    file, _, half = name.partition("/")
    questions = list(yaml12.load((QUESTIONS / f"{file}.yaml").read_text("utf-8")))
    return {"development": questions[::2], "unseen": questions[1::2]}.get(half, questions)


def measure(questions: Iterable[dict[str, Any]], verbose: bool) -> str:
    """The figures of a set in a line."""
    hits = first = reciprocal = asked = refused = out = 0.0
    for question in questions:
        query, expected = question["question"], set(question["expect"])
        answered = knowledge.answer(query, question["lang"])
        if not expected:
            out += 1
            refused += answered.abstained
            if verbose and not answered.abstained:
                print(f"    answered: {query} -> {[p.id for p in answered.passages]}")
            continue
        asked += 1
        found = [] if answered.abstained else [p.id for p in knowledge.search(query, 5)]
        rank = next((i for i, card in enumerate(found, 1) if card in expected), 0)
        hits += bool(rank)
        first += rank == 1
        reciprocal += 1 / rank if rank else 0
        if verbose and rank != 1:
            print(f"    rank {rank}: {query} -> {found} (expected {sorted(expected)})")
    n = asked or 1
    line = f"n={asked:.0f} hit@5={hits / n:.2f} first={first / n:.2f} MRR={reciprocal / n:.2f}"

    return f"{line} abstained={refused:.0f}/{out:.0f}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--verbose", action="store_true", help="show what went wrong")
    parser.add_argument("--set", default=None, help="one of: " + ", ".join(SETS))
    options = parser.parse_args()
    started = time.perf_counter()
    knowledge.warm().join()
    print(f"warm-up {time.perf_counter() - started:.1f} s")
    for name in [options.set] if options.set else SETS:
        questions = load(name)
        for lang in ("ja", "en"):
            chosen = [q for q in questions if q["lang"] == lang]
            print(f"{name:22} {lang}  {measure(chosen, options.verbose)}")
    timings = []
    for question in load("development")[:50]:
        begun = time.perf_counter()
        knowledge.search(question["question"])
        timings.append(time.perf_counter() - begun)
    timings.sort()
    print(f"search: median {timings[25] * 1e3:.1f} ms, worst {timings[-1] * 1e3:.1f} ms")
    if (SHARED / "facts" / "questions.yaml").exists() and not options.set:
        with tempfile.TemporaryDirectory() as directory:
            grounds(SHARED, Path(directory), options.verbose)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
