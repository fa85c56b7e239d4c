"""A proposed hierarchy goes out as CSV, is edited, and comes back."""

import pytest

from anonymizer import Goal, parse_hierarchy, propose, proposed_hierarchy
from core import ColumnType, Table
from tests.anonymizer.test_known import report


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("age", ["41", "48", "７７", "90歳以上", "不明", ""]),
        ("birth_date", ["1980-04-01", "S55.5.1", "1999年"]),
        ("address", ["愛知県岡崎市十王町2", "名古屋市中区三の丸1", "愛知県", "火星"]),
        ("income", ["1,200,000", "3000000円", "非公表"]),
        ("occupation", ["看護師", "会社員", "占い師"]),
        ("category", ["甲"] * 6 + ["乙"]),
    ],
)
def test_it_reads_back_as_it_was_written(kind, values):
    made = proposed_hierarchy(Table.of({"x": values})["x"], ColumnType(kind))
    again = parse_hierarchy("x.csv", made.to_csv().encode())
    assert again.labels == made.labels
    assert [n.tolist() for n in again.nodes] == [n.tolist() for n in made.nodes]


def test_an_edited_one_is_used():
    jobs = ["看護師", "介護士", "医師", "農業"] * 3
    table = Table.of({"職業": jobs})
    text = proposed_hierarchy(table["職業"], ColumnType.OCCUPATION).to_csv()
    assert "看護師;専門的・技術的職業;*" in text
    for job in ("看護師", "介護士"):
        line = next(x for x in text.splitlines() if x.startswith(job))
        text = text.replace(line, f"{job};医療と介護;*")
    tree = parse_hierarchy("職業.csv", text.encode())
    options = propose(
        table,
        [report("職業", "occupation", "quasi_identifier")],
        Goal(k=4, mode="full-domain", max_suppression=0.5),
        hierarchies={"職業": tree},
    )
    assert any("医療と介護" in o.preview.processed.table["職業"].texts for o in options)
