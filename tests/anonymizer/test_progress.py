"""Long work says how far it is, and stops when it is told to."""

import pytest

from anonymizer import Cancelled, Goal, apply, propose
from core import MekikiError, Table
from tests.anonymizer.test_known import report

REPORTS = [
    report("年齢", "age", "quasi_identifier"),
    report("職業", "occupation", "quasi_identifier"),
]
TABLE = Table.of(
    {
        "年齢": [str(20 + i % 61) for i in range(300)],
        "職業": [("看護師", "会社員", "農業", "無職")[i % 4] for i in range(300)],
    }
)


@pytest.mark.parametrize("mode", ["local", "full-domain", "mondrian"])
def test_progress_rises_to_the_end(mode):
    seen: list[float] = []
    options = propose(TABLE, REPORTS, Goal(k=5, mode=mode), progress=seen.append)
    assert len(seen) > 10
    assert all(0 <= share <= 1 for share in seen)
    done: list[float] = []
    apply(TABLE, options[0].plan, progress=done.append)
    assert done == sorted(done)
    assert done[-1] == 1.0


@pytest.mark.parametrize("after", [0, 3, 8])
def test_work_stops_where_progress_says_so(after):
    calls = 0

    def stop(share: float) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Cancelled.by_user()

    with pytest.raises(Cancelled) as caught:
        propose(TABLE, REPORTS, Goal(k=5), progress=stop)
    assert calls == after + 1
    assert isinstance(caught.value, MekikiError)
    assert "何も書き出していません" in caught.value.text("ja")
