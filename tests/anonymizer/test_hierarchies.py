"""A proposed hierarchy goes out as CSV, is edited, and comes back."""

import pytest

from anonymizer import Goal, Plan, Step, apply, parse_hierarchy, propose, proposed_hierarchy
from core import ColumnType, Operation, Table
from measure import canonical
from tests.anonymizer.reports import report


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("age", ["41", "48", "７７", "90歳以上", "不明", ""]),
        ("birth_date", ["1980-04-01", "S55.5.1", "1999年"]),
        ("address", ["愛知県岡崎市十王町2", "名古屋市中区三の丸1", "愛知県", "火星"]),
        ("income", ["1,200,000", "3000000円", "非公表"]),
        ("occupation", ["看護師", "会社員", "占い師"]),
        ("category", ["甲"] * 6 + ["乙"]),
        ("municipality_code", ["23106", "231002", "14131", "01101", "23202", "99999"]),
        ("postal_code", ["460-0001", "4600002", "453-0001", "100-0001"]),
        ("disease", ["糖尿病", "胃がん", "謎の病"]),
        ("nationality", ["日本", "中国", "ネパール"]),
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


BUILT_IN = [
    ("age", "47", ["45～49歳", "40～49歳", "40～59歳", "40～79歳", "*"]),
    ("birth_date", "S55.4.1", ["1980年4月", "1980年", "1980～1984年", "1980～1989年",
                               "1980～1999年", "*"]),
    ("date", "2024-05-07", ["2024年5月", "2024年4～6月", "2024年", "2020～2029年", "*"]),
    ("address", "名古屋市中区三の丸3-1-2", ["名古屋市中区三の丸", "名古屋市中区", "名古屋市",
                                           "愛知県", "中部", "*"]),
    ("municipality_code", "23106", ["名古屋市", "愛知県", "中部", "*"]),
    ("postal_code", "460-0001", ["460", "46", "*"]),
    ("income", "3,210,000", ["3200000以上3250000未満", "3000000以上4000000未満", "*"]),
    ("occupation", "看護師", ["専門的・技術的職業", "*"]),
    ("disease", "2型糖尿病", ["内分泌・代謝疾患", "*"]),
    ("nationality", "ネパール", ["外国", "*"]),
]  # fmt: skip
BESIDE = {
    "age": ["48", "42", "52", "61", "85", "12", "30"],
    "birth_date": ["1980-04-20", "1980-09-01", "1983-01-01", "1987-01-01", "1996-01-01",
                   "2010-01-01"],
    "date": ["2024-05-20", "2024-06-01", "2024-11-01", "2023-01-01", "2010-01-01"],
    "address": ["名古屋市中区三の丸1-1", "名古屋市中区栄1-1", "名古屋市東区泉1-1", "岡崎市十王町2",
                "静岡市葵区追手町9", "東京都港区芝1-1"],
    "municipality_code": ["23101", "23202", "22101", "13103"],
    "postal_code": ["460-0002", "461-0001", "100-0001"],
    "income": ["3,220,000", "3,900,000", "4,600,000", "100,000", "9,000,000"],
    "occupation": ["医師", "農業"],
    "disease": ["1型糖尿病", "胃がん"],
    "nationality": ["中国", "日本"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "path"), BUILT_IN, ids=[b[0] for b in BUILT_IN])
def test_each_built_in_hierarchy_from_the_value_to_nothing(kind, value, path):
    column = Table.of({"x": [value, *BESIDE[kind]]})["x"]
    made = proposed_hierarchy(column, ColumnType(kind))
    assert made.path(made.places[canonical(value)])[1:] == tuple(path)


@pytest.mark.parametrize("mode", ["local", "mondrian", "full-domain"])
def test_a_level_set_by_hand_stays_in_every_mode(mode):
    tree = parse_hierarchy("x", "甲;あ;い;*\n乙;あ;い;*\n丙;う;い;*\n".encode())
    step = Step(column="x", operation=Operation.GENERALIZE, parameter=1)
    plan = Plan(steps=(step,), quasi=("x",), k=2, mode=mode, max_suppression=1.0)
    table = Table.of({"x": ["甲", "乙", "丙", "丙", "丁", "丁"]})
    done = apply(table, plan, hierarchies={"x": tree})
    shown = [done.table["x"].texts[c] for c in done.table["x"].codes]
    assert shown == ["あ", "あ", "う", "う", "*", "*"]


def test_blanks_tabs_and_commas_are_read():
    for content in (" 男 ; * \n女;*\n", "男\t*\n女\t*\n", "男,*\n女,*\n", "\ufeff男;*\r\n女;*\r\n"):
        assert parse_hierarchy("x", content.encode()).labels == (("男", "女"), ("*",))
