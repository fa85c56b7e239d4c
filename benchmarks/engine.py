"""How long the rules take on a typical review. Run: python -m benchmarks.engine."""

import resource
import statistics
import time
from collections.abc import Callable
from datetime import date

from core import CaseFacts
from rules import Fact, catalog, evaluate, from_answers, from_case
from rules.engine import oracle

TODAY = date(2026, 11, 20)
TYPES = ["person_name", "address", "birth_date", "age", "sex", "disease", "free_text", "category"]
COLUMNS = 40


def review() -> list[Fact]:
    """The facts of a review of 40 columns with a schema, unusual cells, a plan and a case."""
    facts = [Fact.of("dataset", "d", rows=5000, columns=COLUMNS, direct=5, quasi=15, types=TYPES)]
    facts.append(Fact.of("risk", "r", quasi="年齢、性別", k=1, uniques=90, share_at_risk=0.3))
    for n in range(COLUMNS):
        kind, key = TYPES[n % len(TYPES)], f"項目{n}"
        role = ["direct_identifier", "quasi_identifier", "sensitive", "other"][n % 4]
        facts += [
            Fact.of("column", f"c{n}", key=key, type=kind, role=role, confidence=0.9, empty=False),
            Fact.of("column_cells", f"u{n}", column=key, cell_kind="rare_value", count=n),
            Fact.of("plan_column", f"p{n}", column=key, type=kind, role=role, operation="keep"),
            Fact.of("schema_check", f"s{n}", check="undeclared", column=key),
        ]
    facts += from_case(CaseFacts(headcount=80_000, staff=300, incident_last_year=False))
    facts += from_answers({q.topic: "no" for q in catalog().questions})
    return facts


def milliseconds(job: Callable[[], object], times: int = 20) -> float:
    """Median wall time of a job."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print the figures."""
    start = time.perf_counter()
    pack = catalog()
    loading = (time.perf_counter() - start) * 1000
    facts = review()
    found = evaluate(facts, pack, TODAY)
    assert found == oracle.evaluate(facts, pack, TODAY)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = milliseconds(lambda: evaluate(facts, pack, TODAY))
    plain = milliseconds(lambda: oracle.evaluate(facts, pack, TODAY), times=3)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(pack.rules)} rules, {len(facts)} facts, {len(found)} findings")
    print(f"load the catalog            {loading:8.1f} ms")
    print(f"evaluate                    {engine:8.1f} ms")
    print(f"plain-Python evaluator      {plain:8.1f} ms")
    print(f"peak memory {after / 1024:.0f} MB, {(after - before) / 1024:.1f} MB more after 20 runs")


if __name__ == "__main__":
    main()
