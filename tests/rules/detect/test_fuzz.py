"""Any table at all: an inspection ends, is bounded, and repeats no value."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core import Dataset, Table
from rules import Settings, inspect

_PIECES = """
山田 太郎 様 090-1234-5678 S55.4.1 ９９９ - 非公表 名古屋市 1丁目2番3号 ｶﾞ 40代 男 個人番号
123456789018 No.3と接触 =1+1 <b> \ue000 ㍻ 0 あ 𠮷
"""
PIECES = st.sampled_from(_PIECES.split())
CELLS = st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=5).map("".join))
TABLES = st.integers(0, 30).flatmap(
    lambda rows: st.lists(
        st.tuples(
            st.one_of(
                st.text(max_size=8), st.sampled_from(["氏名", "年代・性別", "備考", "個人番号", ""])
            ),
            st.lists(CELLS, min_size=rows, max_size=rows),
        ),
        max_size=5,
    )
)


@settings(max_examples=60)
@given(TABLES)
def test_any_table(columns: list[tuple[str, list[str]]]) -> None:
    table = Table.of(columns)
    seen = inspect(Dataset("t", table), Settings(cells_limit=50))
    assert [c.name for c in seen.columns] == table.keys
    assert len(seen.cells) <= 50
    assert sum(seen.cell_totals.values()) == sum(seen.column_cells.values()) >= len(seen.cells)
    for note in seen.cells:
        value = table[note.column].texts[table[note.column].codes[note.row - 1]]
        assert all(0 <= s.start < s.end <= len(value) for s in note.spans)
    for report in seen.columns:
        assert 0 <= report.confidence <= 1 and report.support.n <= report.support.of <= table.rows


@settings(max_examples=15)
@given(TABLES)
def test_the_order_of_the_columns_does_not_matter(columns: list[tuple[str, list[str]]]) -> None:
    named = [(f"{header}{i}", values) for i, (header, values) in enumerate(columns)]
    there = inspect(Dataset("t", Table.of(named)))
    back = inspect(Dataset("t", Table.of(named[::-1])))
    assert {c.name: c.type for c in there.columns} == {c.name: c.type for c in back.columns}
    assert set(there.quasi) == set(back.quasi) or there.redundant
