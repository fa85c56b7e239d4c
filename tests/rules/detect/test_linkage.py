"""Two files together: shared keys, and who is told apart once they are linked."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from core import CellKind, Dataset, Table
from rules import inspect, link


def test_people_become_unique_when_linked() -> None:
    days = [f"19{50 + i}-0{i % 9 + 1}-11" for i in range(30)]
    care = Table.of({"生年月日": days, "性別": ["男", "女"] * 15, "要介護度": ["3"] * 30})
    roll = Table.of(
        {
            "氏名": [f"山田 {c}子" for c in "一二三四五六七八九十" * 3],
            "生年月日": days[:20] + days[:10],
        }
    )
    (found, *_) = link(Dataset("介護", care), Dataset("名簿", roll))
    assert found.keys == (("生年月日", "生年月日"),)
    assert found.matched == 10
    assert found.left == "介護" and found.right == "名簿"


def test_spellings_of_one_day_are_one_key() -> None:
    ours = Table.of({"生年月日": ["S55.4.1", "H2.1.5", "T10.3.3"]})
    theirs = Table.of({"誕生日": ["1980/4/1", "1990年1月5日", "2001-09-09"]})
    (found,) = link(Dataset("A", ours), Dataset("B", theirs))
    assert (found.keys, found.matched) == ((("生年月日", "誕生日"),), 2)


def test_empty_cells_are_no_key() -> None:
    ours = Table.of({"宛名番号": ["00123", "", "00125"], "区": ["北", "南", "東"]})
    theirs = Table.of({"宛名番号": ["00123", "", "00125"]})
    (found,) = link(Dataset("A", ours), Dataset("B", theirs))
    assert found.matched == 2


def test_nothing_shared_is_no_link() -> None:
    ours = Table.of({"件数": ["1", "2"], "区分": ["新規", "変更"]})
    theirs = Table.of({"件数": ["1", "2"], "区分": ["新規", "変更"]})
    assert link(Dataset("A", ours), Dataset("B", theirs)) == ()
    assert link(Dataset("A", ours), Dataset("B")) == ()


def test_the_difference_of_two_published_tables() -> None:
    groups = {"町": ["北町", "北町", "南町"], "性別": ["男", "女", "男"]}
    before = Dataset("3月", Table.of({**groups, "人数": ["120", "98", "45"]}))
    after = Dataset("4月", Table.of({**groups, "人数": ["121", "98", "80"]}))
    (found,) = link(before, after)
    assert (found.kind, found.keys) == ("counts", (("町", "町"), ("性別", "性別")))
    assert (found.matched, found.unique_after, found.rows) == (3, 1, (1,))
    assert link(before, before) == ()


def test_groups_in_a_table_of_counts_are_not_people() -> None:
    counts = Table.of(
        {"町": ["北町", "南町", "東町"], "性別": ["男", "女", "男"], "人数": ["9", "8", "7"]}
    )
    seen = inspect(Dataset("表", counts))
    assert seen.counts
    assert not {CellKind.RARE_COMBINATION, CellKind.RARE_VALUE} & seen.cell_totals.keys()
    people = Table.of({"町": ["北町", "南町", "東町"], "性別": ["男", "女", "男"]})
    assert CellKind.RARE_COMBINATION in inspect(Dataset("人", people)).cell_totals


def test_one_number_under_two_names_is_a_key() -> None:
    numbers = [f"{n * 7919 % 10**10:010d}" for n in range(1, 61)]
    ours = Table.of({"住民ID": numbers, "区": ["北", "南"] * 30})
    theirs = Table.of({"登録No": numbers[:40], "税額": ["100"] * 40})
    (found, *_) = link(Dataset("A", ours), Dataset("B", theirs))
    assert (found.keys, found.matched) == ((("住民ID", "登録No"),), 40)
    short = Table.of({"番号": [str(n) for n in range(1, 61)], "税額": ["100"] * 60})
    rows = Table.of({"住民ID": [str(n) for n in range(1, 61)], "区": ["北", "南"] * 30})
    assert link(Dataset("A", rows), Dataset("B", short)) == ()


def test_lost_leading_zeros_are_told() -> None:
    numbers = [f"{n:06d}" for n in range(99_990, 100_020)]
    ours = Table.of({"宛名番号": numbers})
    theirs = Table.of({"宛名番号": [n.lstrip("0") for n in numbers]})
    (found,) = link(Dataset("A", ours), Dataset("B", theirs))
    assert found.matched == 20 and "さらに10件" in found.message.ja


_BANDS, _JOBS = ("20代", "30代", "40代", "50代"), ("農業", "会社員", "公務員", "無職", "学生")
_PERSON = st.tuples(st.sampled_from(_BANDS), st.sampled_from("男女"), st.sampled_from(_JOBS))


def _pair(people: list[tuple[str, str, str]], absent: set[int]) -> tuple[Dataset, Dataset]:
    """A file of ages and sexes, and one of occupations of those who are not absent."""
    numbers = [f"{7919 * (n + 1) % 10**6:06d}" for n in range(len(people))]
    ours = Table.of(
        {"宛名番号": numbers, "年代": [p[0] for p in people], "性別": [p[1] for p in people]}
    )
    there = [i for i in range(len(people)) if i not in absent]
    theirs = Table.of(
        {"宛名番号": [numbers[i] for i in there], "職業": [people[i][2] for i in there]}
    )
    return Dataset("A", ours), Dataset("B", theirs)


@given(people=st.lists(_PERSON, min_size=20, max_size=60), data=st.data())
@settings(max_examples=30)
def test_those_who_become_unique_are_those_a_plain_count_finds(
    people: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    absent = data.draw(st.sets(st.integers(0, len(people) - 1), max_size=8))
    left, right = _pair(people, absent)
    quasi = inspect(left).quasi
    added = inspect(right).quasi
    (found,) = link(left, right)
    taken = {"年代": 0, "性別": 1}
    own = [tuple(p[taken[q]] for q in quasi) for p in people]
    both = [(o, p[2] if added else "") for o, p in zip(own, people, strict=True)]
    there = [i for i in range(len(people)) if i not in absent]
    alone_before = {i for i in there if quasi and Counter(own)[own[i]] == 1}
    linked = Counter(both[i] for i in there)
    alone_after = {i for i in there if (quasi or added) and linked[both[i]] == 1}
    assert alone_before <= alone_after
    assert (found.matched, found.by_identifier) == (len(there), True)
    assert (found.unique_before, found.unique_after) == (len(alone_before), len(alone_after))
    assert found.rows == tuple(i + 1 for i in sorted(alone_after - alone_before))[:20]
    assert found.quasi == (*quasi, *added)


def test_a_number_ties_records_together_but_makes_nobody_unlike_the_others() -> None:
    people = [(_BANDS[i % 2], "男女"[i // 2 % 2], _JOBS[0 if i else 1]) for i in range(40)]
    (found,) = link(*_pair(people, set()))
    assert (found.matched, found.unique_before, found.unique_after) == (40, 0, 1)
    assert found.rows == (1,)
    assert "0件ですが" in found.message.ja and "1件になります" in found.message.ja
    assert "1行目）" in found.message.ja
