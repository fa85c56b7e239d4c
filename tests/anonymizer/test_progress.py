"""Long work says how far it is, and stops when it is told to."""

import pytest

from anonymizer import (
    Cancelled,
    Goal,
    Readings,
    apply,
    certify_content,
    encode,
    preview,
    propose,
    watched,
)
from core import MekikiError, Table
from tests.anonymizer.reports import report

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


def stopping(after: int):
    """A progress that stops at the call number `after`, and how often it was called."""
    calls: list[float] = []

    def stop(share: float) -> None:
        calls.append(share)
        if len(calls) > after:
            raise Cancelled.by_user()

    return stop, calls


PLAN = propose(TABLE, REPORTS, Goal(k=5))[0].plan
CONTENT, _ = encode(apply(TABLE, PLAN).table, ".csv")
WORK = {
    "propose": lambda **given: propose(TABLE, REPORTS, Goal(k=5), **given),
    "preview": lambda **given: preview(TABLE, PLAN, REPORTS, **given),
    "apply": lambda **given: apply(TABLE, PLAN, **given),
    "csv": lambda **given: encode(TABLE, ".csv", **given),
    "xlsx": lambda **given: encode(TABLE, ".xlsx", **given),
    "certify": lambda **given: certify_content("a.csv", CONTENT, PLAN, **given),
}


@pytest.mark.parametrize("name", WORK)
def test_everything_long_can_be_stopped_in_one_way(name):
    for after in (0, 1):
        stop, calls = stopping(after)
        with pytest.raises(Cancelled):
            WORK[name](progress=stop)
        assert len(calls) == after + 1
        stop, calls = stopping(after)
        with pytest.raises(Cancelled), watched(stop):
            WORK[name]()
        assert len(calls) == after + 1


def test_whoever_is_named_is_told_and_nobody_else():
    around: list[float] = []
    named: list[float] = []
    with watched(around.append):
        apply(TABLE, PLAN, progress=named.append)
        assert named
        assert not around
        apply(TABLE, PLAN)
    assert around
    told = len(around)
    apply(TABLE, PLAN)
    assert len(around) == told


def test_many_different_values_are_read_with_beats_between():
    table = Table.of({"住所": [f"名古屋市中区{'栄錦'[i % 2]}{i}丁目{i}番" for i in range(3000)]})
    reports = [report("住所", "address", "quasi_identifier")]
    seen: list[float] = []
    propose(table, reports, Goal(k=5), progress=seen.append, readings=Readings())
    assert sum(share < 0.1 for share in seen) > 10
