"""One alarm for one cause: rarity by the size of the table, proper nouns, numberings, summaries."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import CellKind, Dataset, Table, mask
from rules import Inspection, Settings, inspect


def look(columns: dict[str, list[str]]) -> Inspection:
    return inspect(Dataset("t", Table.of(columns)), Settings(cells_limit=None))


def noted(name: str, values: list[str], *kinds: str) -> set[str]:
    """The values of a column that are noted as one of the kinds."""
    seen = look({name: values})
    return {values[n.row - 1] for n in seen.cells if n.kind in kinds}


def spread(kinds: dict[str, int]) -> list[str]:
    return [kind for kind, rows in kinds.items() for _ in range(rows)]


ILLNESSES = {"高血圧症": 40_000, "糖尿病": 30_000, "気管支喘息": 29_994}
SHOPS = {f"第{n}商店": 4_000 // (n + 3) for n in range(900)}


@pytest.mark.parametrize(
    ("name", "kinds", "rare"),
    [
        ("病名", {**ILLNESSES, "HIV感染症": 6}, {"HIV感染症"}),
        ("病名", {**ILLNESSES, "HIV感染症": 90}, {"HIV感染症"}),
        ("病名", {**ILLNESSES, "HIV感染症": 900}, set()),
        ("よく行く店", SHOPS, set()),
        ("職業", {"会社員": 900, "学生": 700, "無職": 400, "力士": 12}, {"力士"}),
        ("職業", {"会社員": 900, "学生": 700, "無職": 400, "力士": 60}, set()),
        ("異動事由", {"転入": 60, "転出": 60, "帰化": 1}, {"帰化"}),
        ("障害種別", {"": 9_000, "視覚障害": 400, "聴覚障害": 300, "盲ろう": 20}, {"盲ろう"}),
    ],
)
def test_rare_is_what_is_rare_for_the_table_and_the_matter(
    name: str, kinds: dict[str, int], rare: set[str]
) -> None:
    assert noted(name, spread(kinds), CellKind.RARE_VALUE) == rare


@pytest.mark.parametrize(
    ("name", "kinds", "odd"),
    [
        ("建物名", {"丸の内ＪＰタワー": 650, "霞が関ビルディング": 4_000}, set()),
        ("建物名", {"ＮＨＫ高松": 1, "県庁 B棟": 60, "中央病院": 90}, set()),
        ("建物名", {"丸の内ＪＰタワー": 650, "丸の内JPタワー": 3}, {"丸の内JPタワー"}),
        (
            "住所",
            {f"桜台{n}丁目{n}番": 1 for n in range(1, 200)} | {"桜台３丁目": 1},
            {"桜台３丁目"},
        ),
        ("電話番号", {f"087-123-{n:04}": 1 for n in range(90)} | {"０８７－１": 1}, {"０８７－１"}),
    ],
)
def test_a_name_keeps_its_own_width(name: str, kinds: dict[str, int], odd: set[str]) -> None:
    assert noted(name, spread(kinds), CellKind.WIDTH_MISMATCH) == odd


def luhn(body: str) -> str:
    products = [int(d) * (2 - n % 2) for n, d in enumerate(reversed(body))]
    return body + str(-sum(p // 10 + p % 10 for p in products) % 10)


BROKEN = (CellKind.FORMAT_BREAK, CellKind.CHECK_DIGIT_BREAK)
RUN = [str(n) for n in range(1, 1_201)]
DATED = [f"202404{n % 28 + 1:02}-{n:03}" for n in range(1, 300)]
CARDS = [luhn(str(2_600_000 + 3 * n)) for n in range(200)]


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        (RUN, set()),
        ([*RUN, "88123"], {"88123"}),
        ([*RUN, "12の3"], {"12の3"}),
        ([*RUN, "77"], {"77"}),
        ([n for n in RUN if not 500 <= int(n) <= 520], {"521"}),
        ([f"{n:06}" for n in range(1, 400)] + ["412"], {"412"}),
        ([f"福-{n}" for n in range(1, 400)] + ["福X9"], {"福X9"}),
        (DATED, set()),
        ([*DATED, "20240431-900"], {"20240431-900"}),
        (CARDS, set()),
        ([*CARDS, "26000001"], {"26000001"} - {luhn("2600000")}),
    ],
)
def test_what_breaks_a_numbering_is_one_cause(values: list[str], odd: set[str]) -> None:
    seen = look({"管理番号": values})
    assert {values[n.row - 1] for n in seen.cells if n.kind in BROKEN} == odd
    assert len([c for c in seen.causes if c.kind in BROKEN]) == len(odd)


@settings(max_examples=25, deadline=None)
@given(
    prefix=st.sampled_from(["", "福-", "R6-", "No."]),
    start=st.integers(1, 5_000),
    step=st.integers(1, 9),
    rows=st.integers(40, 1_500),
    width=st.sampled_from([0, 6]),
)
def test_a_running_number_is_nothing_unusual(
    prefix: str, start: int, step: int, rows: int, width: int
) -> None:
    values = [f"{prefix}{start + step * n:0{width}}" for n in range(rows)]
    assert not noted("番号", values, *CellKind)


@settings(max_examples=20, deadline=None)
@given(rows=st.integers(200, 2_000), every=st.integers(2, 9))
def test_causes_count_every_cell_once_and_show_masked_examples(rows: int, every: int) -> None:
    values = ["連絡先は090-1234-5678" if n % every == 0 else "済" for n in range(rows)]
    seen = look({"備考": values})
    (cause,) = (c for c in seen.causes if c.kind is CellKind.HIDDEN_PERSONAL_DATA)
    assert cause.count == len(range(0, rows, every)) == seen.cell_totals[cause.kind]
    assert cause.share == pytest.approx(cause.count / rows, abs=1e-6)
    assert [e.masked for e in cause.examples] == [mask(values[0])]
    assert "5678" not in cause.model_dump_json()


def test_lone_combinations_are_one_cause_and_listed_on_demand() -> None:
    born = [f"19{n % 90 + 10}-0{n % 9 + 1}-1{n % 7}" for n in range(600)]
    seen = look({"生年月日": born, "性別": ["男", "女", "女"] * 200, "町": ["北", "南"] * 300})
    (cause,) = (c for c in seen.causes if c.kind is CellKind.RARE_COMBINATION)
    assert set(cause.columns) == set(seen.quasi)
    assert 0 < len(cause.examples) <= 5
    listed = list(seen.select(CellKind.RARE_COMBINATION))
    assert len(listed) == cause.count == len({n.row for n in listed})


def test_every_cell_comes_once_and_the_weightiest_first() -> None:
    values = ["090-1234-5678、うつ病で通院中", "山田太郎様より電話"] * 200 + ["済"] * 100
    notes = list(look({"備考": values}).select())
    assert len({(n.row, n.column, n.kind) for n in notes}) == len(notes)
    assert all(a.weight >= b.weight for a, b in pairwise(notes))
