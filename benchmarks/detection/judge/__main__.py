"""How the judge learns: `python -m benchmarks.detection.judge [--held-out]`.

Writes the weights to `rules/detect/text/judge.yaml`; with `--held-out` it tells instead how well
the memos of each hand are judged by what was learned from all others. Measured so in the styles of
a dozen desks, from which nothing was learned then: of 268 statements that one of the readers saw,
96 % were told and 3 of 65 silent memos told too; the list of words that this replaced told 98 %
and 15.
"""

import argparse
import re
import textwrap
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.detection.exam import styles, tables
from benchmarks.detection.exam.near_misses import filled, lists
from benchmarks.detection.judge import grammar
from core import yaml12
from rules.detect.text import bare_names, statements
from rules.detect.text.judge import features
from rules.detect.text.reading import Reading
from rules.detect.text.terms import Mention

_TARGET = Path(statements.__file__).with_name("judge.yaml")
_TESTS = Path(__file__).parents[3] / "tests/rules/detect/statements.yaml"
_HELD = ("second_unseen", "council_unseen", "trainer_unseen", "ombudsman")
"""Hands from which nothing is learned: their figures stay those of memos never seen."""
_GRAMMAR = "grammar"
_WEIGHTS = {_GRAMMAR: 0.3, "tests": 2.0}
_L1 = 5e-5
_STEPS = 600
_SCALE = 20
_MARGIN = {"statements": 0.4, "names": 0.8}
"""By how much the evidence for somebody must outweigh that against."""

Verdict = Callable[[Mention], bool | None]


class Example(NamedTuple):
    """A mention in a text, and whether it says something of somebody."""

    hand: str
    text: str
    mention: Mention
    true: bool
    features: tuple[str, ...]


def _texts() -> Iterator[tuple[str, str, Verdict]]:
    """Hand, text, and what is true of a mention in it (None: not known)."""
    for name in tables.sets():
        table = tables.build(name, tables.shapes(name)[0], 1_500, 5, share=0.5)
        once = dict(zip((t for t, _ in table.memos), enumerate(table.memos), strict=False))
        for row, (_, marks) in once.values():
            text = table.columns[table.memo][row]
            yield name, text, _of_marks([(m.types, m.start, m.end) for m in marks])
    for name in lists():
        for _, text in filled(name, 1):
            yield f"near_{name}", text, _of_marks([])
    told = yaml12.load(_TESTS.read_text(encoding="utf-8"))
    for type_, texts in told["found"].items():
        for text in texts:
            yield "tests", text, _of_type(type_)
    for text in told["clean"]:
        yield "tests", text, _of_marks([])
    for text, marks in styles.said():
        yield "styles", text, _of_marks([(m.types, m.start, m.end) for m in marks])
    for text in styles.silent():
        yield "styles", text, _of_marks([])


def _of_type(type_: str) -> Verdict:
    return lambda mention: True if mention.type == type_ else None


def _of_marks(marks: list[tuple[frozenset[str], int, int]]) -> Verdict:
    def true(mention: Mention) -> bool | None:
        if not marks:
            return False
        over = [kinds for kinds, start, end in marks if start < mention.end and mention.start < end]
        return True if any(kinds & {mention.type, "*"} for kinds in over) else None

    return true


def _of_grammar(sentence: grammar.Sentence) -> Verdict:
    def true(mention: Mention) -> bool | None:
        if not sentence.of_somebody:
            return False
        over = any(a < mention.end and mention.start < b for a, b in sentence.places)
        return True if over else None

    return true


def examples(model: str) -> list[Example]:
    """All there is to learn from for a model."""
    found: Callable[[Reading], list[Mention]] = (
        statements.candidates if model == "statements" else lambda r: list(bare_names.candidates(r))
    )
    made = grammar.statements(24) if model == "statements" else grammar.names(20)
    given = [*_texts(), *((_GRAMMAR, s.text, _of_grammar(s)) for s in made)]
    learned = []
    for hand, raw, verdict in given:
        text = unicodedata.normalize("NFKC", raw)
        if len(text) != len(raw):
            continue
        reading = Reading(text)
        learned += [
            Example(hand, text, mention, true, tuple(set(features(reading, mention))))
            for mention in found(reading)
            if (true := verdict(mention)) is not None
        ]
    return learned


def fit(learned: list[Example]) -> dict[str, float]:
    """Weights of a logistic regression with an L1 penalty, by accelerated proximal steps."""
    seen = Counter(f for e in learned for f in e.features)
    kept = sorted(f for f, n in seen.items() if n > 1 and not re.search(r"\s", f))
    number = {f: i for i, f in enumerate(kept)}
    cells = [(r, number[f]) for r, e in enumerate(learned) for f in e.features if f in number]
    rows, columns = np.array(cells).T
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (len(learned), len(number)))
    true = np.array([e.true for e in learned], float)
    share = np.array([_WEIGHTS.get(e.hand, 1.0) for e in learned])
    share /= share.sum()
    rate = 1 / 12
    penalty = np.full(len(number), _L1 * rate)
    penalty[number["bias=1"]] = 0
    weights: npt.NDArray[np.float64] = np.zeros(len(number))
    ahead, pace = weights, 1.0
    for _ in range(_STEPS):
        slope = x.T @ (share * (1 / (1 + np.exp(-(x @ ahead))) - true))
        stepped = ahead - rate * slope
        stepped = np.sign(stepped) * np.maximum(np.abs(stepped) - penalty, 0)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = stepped + (pace - 1) / faster * (stepped - weights)
        weights, pace = stepped, faster
    return {f: float(weights[i]) for f, i in number.items() if weights[i]}


def held_out(model: str) -> None:
    """Print, hand by hand, how those are judged from whom nothing was learned."""
    learned = examples(model)
    found: Counter[str] = Counter()
    for hand in sorted({e.hand for e in learned} - {_GRAMMAR}):
        weights = fit([e for e in learned if e.hand != hand])
        best: dict[tuple[bool, str, int], float] = defaultdict(lambda: -np.inf)
        for e in (e for e in learned if e.hand == hand):
            place = e.true, e.text, e.mention.start // 6 if e.true else 0
            best[place] = max(best[place], sum(weights.get(f, 0.0) for f in e.features))
        for (true, *_), sure in best.items():
            found[f"{hand} {true}"] += 1
            found[f"{hand} {true} told"] += sure > _MARGIN[model]
    for hand in sorted({e.hand for e in learned} - {_GRAMMAR}):
        of, told = found[f"{hand} True"], found[f"{hand} True told"]
        silent, wrong = found[f"{hand} False"], found[f"{hand} False told"]
        print(f"  {hand:<24} {told:>4} of {of:>4} said   {wrong:>3} of {silent:>4} silent texts")
    said = [sum(n for k, n in found.items() if k.endswith(e)) for e in ("True told", "True")]
    false = [sum(n for k, n in found.items() if k.endswith(e)) for e in ("False told", "False")]
    print(f"  {model}: {said[0] / said[1]:.1%} of {said[1]}, false {false[0]} of {false[1]}")


def written(models: dict[str, dict[str, float]]) -> str:
    """The weights as YAML, grouped by place, the heaviest first."""
    lines = [
        "# How much a word in a place speaks for (+) or against (-) a text saying something of",
        "# somebody, and for a word being somebody's name. Learned from the memos of several hands",
        "# and a grammar by `python -m benchmarks.detection.judge`; not to be edited.",
    ]
    for model, weights in models.items():
        lines.append(f"{model}:")
        groups: dict[str, dict[str, int]] = defaultdict(dict)
        for feature, weight in weights.items():
            weight -= _MARGIN[model] if feature == "bias=1" else 0
            if whole := round(weight * _SCALE):
                place, word = feature.split("=", 1)
                groups[place][word] = whole
        for place, words in sorted(groups.items()):
            ranked = sorted(words.items(), key=lambda item: (-abs(item[1]), item[0]))
            text = ", ".join(f"{_key(word)}: {weight}" for word, weight in ranked)
            wrapped = textwrap.wrap(text, 92, break_long_words=False, break_on_hyphens=False)
            lines += [f"  {place}:", "    {", *(f"      {line}" for line in wrapped), "    }"]
    return "\n".join(lines) + "\n"


def _key(word: str) -> str:
    plain = re.fullmatch(r"[^\W\d_](?:\w|/)*", word) and not re.fullmatch(r"[a-zA-Z]{1,5}", word)
    return word if plain else "'" + word.replace("'", "''") + "'"


def main() -> None:
    """Learn, or tell how well it is learned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    if parser.parse_args().held_out:
        for model in _MARGIN:
            held_out(model)
        return
    learned = {m: fit([e for e in examples(m) if e.hand not in _HELD]) for m in _MARGIN}
    _TARGET.write_text(written(learned), encoding="utf-8")


if __name__ == "__main__":
    main()
