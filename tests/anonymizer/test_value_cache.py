"""What was read once is not read again, and changes nothing."""

from anonymizer import Goal, Readings, apply, encode, preview, propose
from core import Operation, Table
from tests.anonymizer.reports import report

REPORTS = [
    report("住所", "address", "quasi_identifier"),
    report("年齢", "age", "quasi_identifier"),
    report("病名", "disease", "sensitive"),
]


def table_of(offset: int) -> Table:
    return Table.of(
        {
            "住所": [f"愛知県{('岡崎市', '一宮市', '豊田市')[i % 3]}中央町{i}" for i in range(120)],
            "年齢": [str(20 + offset + i % 40) for i in range(120)],
            "病名": [("肺炎", "糖尿病")[i % 2] for i in range(120)],
        }
    )


def test_results_are_the_same_with_and_without_for_two_tables():
    readings = Readings()
    for table in (table_of(0), table_of(7), table_of(0)):
        plans = [a.plan for a in propose(table, REPORTS, Goal(k=4), readings=readings)]
        assert plans == [a.plan for a in propose(table, REPORTS, Goal(k=4))]
        plans += [plans[-1].change("年齢", Operation.BAND, width) for width in (5, 20, 5)]
        plans += [plans[-1].model_copy(update={"k": 8})]
        for plan in plans:
            seen = preview(table, plan, REPORTS, readings=readings)
            fresh = preview(table, plan, REPORTS)
            assert (seen.after, seen.before, seen.warnings) == (
                fresh.after,
                fresh.before,
                fresh.warnings,
            )
            again = preview(table, plan, readings=readings).processed.table
            assert encode(again, ".csv") == encode(fresh.processed.table, ".csv")


def test_the_oldest_are_forgotten():
    readings = Readings()
    made = [readings.once(i, lambda i=i: [i]) for i in range(500)]
    assert readings.once(499, list) is made[499]
    assert readings.once(0, lambda: "new") == "new"


def test_pseudonyms_and_noise_are_never_kept():
    readings = Readings()
    table = Table.of({"番号": ["A-1", "A-2"]})
    plan = propose(table_of(0), REPORTS, Goal(k=4))[0].plan
    step = plan.steps[0].model_copy(
        update={"column": "番号", "operation": Operation.PSEUDONYMIZE, "parameter": "大学",
                "listed": (), "type": "unknown"}
    )  # fmt: skip
    plan = plan.model_copy(update={"steps": (step,), "quasi": (), "sensitive": ()})
    first = apply(table, plan, readings=readings).table["番号"].texts
    assert not set(first) & set(apply(table, plan, readings=readings).table["番号"].texts)
