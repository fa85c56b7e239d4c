"""Who is singled out, by how few columns, and which columns contribute."""

import random

from core import CellKind, Dataset, Table
from rules import Settings, inspect
from rules.detect.cells.rarity import MOST_SEARCHED


def people(rows: int = 300) -> Table:
    chance = random.Random(4)
    return Table.of(
        {
            "年齢": [str(chance.randint(20, 80)) for _ in range(rows)],
            "性別": [chance.choice("男女") for _ in range(rows)],
            "地区": [chance.choice(["北地区", "南地区", "東地区"]) for _ in range(rows)],
        }
    )


def test_each_row_alone_names_the_fewest_columns_that_single_it_out() -> None:
    table = people()
    seen = inspect(Dataset("x", table), Settings(cells_limit=None))
    notes = [n for n in seen.cells if n.kind is CellKind.RARE_COMBINATION]
    assert notes
    for note in notes:
        assert note.count == 1 and note.score and note.columns == ("年齢", "性別", "地区")
        assert 0 < len(note.fewest) <= 3
        own = [table[c].codes[note.row - 1] for c in note.fewest]
        same = sum(
            all(table[c].codes[r] == code for c, code in zip(note.fewest, own, strict=True))
            for r in range(table.rows)
        )
        assert same == 1
        if len(note.fewest) < 3:
            assert f"「{'・'.join(note.fewest)}」だけで" in note.reason.ja


def test_the_summary_agrees_with_the_rows() -> None:
    seen = inspect(Dataset("x", people()), Settings(cells_limit=None))
    special = seen.special
    assert special is not None
    notes = [n for n in seen.cells if n.kind is CellKind.RARE_COMBINATION]
    assert special.rows == sum(len(n.fewest) < 3 for n in notes)
    assert sum(c.rows for c in special.combinations) == sum(special.by_size.values())
    assert next(iter(special.by_column)) == "年齢"
    assert "「年齢」" in special.message.ja


def test_rare_at_a_higher_count_does_not_say_alone() -> None:
    table = Table.of({"年齢": ["40"] * 2 + ["50"] * 30, "性別": ["男"] * 32})
    seen = inspect(Dataset("x", table), Settings(rare_count=5))
    notes = [n for n in seen.cells if n.kind is CellKind.RARE_COMBINATION]
    assert {n.count for n in notes} == {2}
    assert all(n.reason.ja.endswith("同じ人は2人だけです。") for n in notes)


def test_wide_tables_say_which_columns_were_searched() -> None:
    chance = random.Random(2)
    wide = {f"年齢{i}": [str(chance.randint(20, 80)) for _ in range(60)] for i in range(10)}
    special = inspect(Dataset("x", Table.of(wide))).special
    assert special is not None
    assert special.searched == tuple(f"年齢{i}" for i in range(MOST_SEARCHED))
