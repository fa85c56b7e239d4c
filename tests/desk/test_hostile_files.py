"""Whatever a file holds: no error but ours, and no rare value in anything that is said."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from core import MekikiError
from desk import PAPERS, Session
from intake import ReadOptions, Upload

SECRET = "ヒミツ花子ZQX"
NAMES = st.sampled_from(
    ["氏名", "年齢", "年代・性別", "住所", "生年月日", "備考", "病名", "No", "人数", "国籍", "=1+1"]
)
ODD = (
    *(
        "",
        "*",
        "30",
        "20代男性",
        "名古屋市中区",
        "1990-01-01",
        "不明",
        "=cmd|x",
        "男",
        "090-0000-1234",
    ),
    *("123456789018", "９歳", "10歳未満", "-1", "1e309", "\x01", "令和2年1月1日"),
)
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=12))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A CSV that somewhere holds the secret once."""
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    row = st.lists(VALUES, min_size=len(names), max_size=len(names))
    rows = draw(st.lists(row, min_size=1, max_size=20))
    at = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(names) - 1))
    rows[at[0]][at[1]] = SECRET
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    return out.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "cp932"])), "replace")


def everything_said(content: bytes) -> list[str]:
    session, said = Session(), []
    steps = (
        lambda: session.add([Upload("a.csv", content)], {"a.csv": ReadOptions(kind="data")}),
        lambda: session.review.model_dump_json(),
        lambda: session.suggest(),
        lambda: session.review.model_dump_json(),
        lambda: session.propose_plan(2).model_dump_json(),
        lambda: session.preview().model_dump_json(),
        lambda: session.list_columns().model_dump_json(),
        lambda: session.list_unusual().model_dump_json(),
        lambda: session.explain_cell(1).model_dump_json(),
        lambda: session.measure_risk().model_dump_json(),
        *((lambda p=p: session.report(p, "json").decode()) for p in PAPERS),
        lambda: str(session.dump()),
    )
    for step in steps:
        try:
            said.append(str(step()))
        except MekikiError as error:
            said.append(f"{error} {error.text('ja')} {error.text('en')}")
    return said


@settings(max_examples=50)
@given(files())
def test_no_file_breaks_the_desk_or_makes_it_tell(content: bytes) -> None:
    assert not [text for text in everything_said(content) if SECRET in text]
