"""Whoever reads what leaves: plain attackers on the written file, who share no code with it."""

import io
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from anonymizer import Aside, Plan, Step, attacks_on, certify_content, check_key, leave
from core import Operation, PlanError, Table
from desk import Session
from intake import Upload
from tests.anonymizer import invented

SECRET = bytes.fromhex("5d0e6b0a93c1f4427ab8de11c7296f35")
SEEN = {"生年月日", "性別", "住所", "障害種別", "障害等級", "国籍", "学年"}


def released(people: pd.DataFrame, unit: str | None = None):
    """The file of the first plan with its certificate, and whose row each is in its new order."""
    session = Session()
    session.add([Upload("people.csv", people.to_csv(index=False).encode("utf-8-sig"))])
    session.propose_plan(5)
    made = leave(session.table, session.plan, "out.csv", secret=SECRET)
    file = pd.read_csv(io.BytesIO(made.content), dtype=str, keep_default_na=False)
    old = made.processed.table.frame().assign(owner=people[unit] if unit else people.index)
    owners = old.sort_values(list(file.columns), kind="stable")["owner"].to_list()
    order = file.sort_values(list(file.columns), kind="stable").index
    return made, file, pd.Series(owners, index=order).sort_index()


@pytest.mark.parametrize("kind", ["disability", "children", "claims", "residents"])
def test_nobody_is_found_by_what_is_seen_nor_by_any_two_columns(kind):
    people = getattr(invented, kind)()
    made, file, owners = released(people, "被保険者番号" if kind == "claims" else None)
    assert made.certificate.passed
    seen = [c for c in file if c in SEEN]
    for some in combinations(seen, min(3, len(seen))):
        assert not invented.below(file, owners, list(some), 5)
    assert not invented.found_by_any(file, owners, 2, 5)
    useful = [c for c in file if (file[c] != "*").mean() > 0.5 and file[c].nunique() > 1]
    assert len(useful) >= 5
    assert {"性別"} <= set(useful)


def test_five_people_are_alike_however_many_rows_they_have():
    people = invented.claims(500, 6)
    made, file, owners = released(people, "被保険者番号")
    certificate = made.certificate
    assert (certificate.unit.units, certificate.unit.columns) == (500, ("被保険者番号",))
    assert "被保険者番号" not in file
    classes = owners.groupby([file[c] for c in certificate.quasi]).nunique()
    assert classes.min() == certificate.k >= 5


def test_every_line_of_the_certificate_is_what_a_plain_attacker_counts():
    people = invented.disability(300)
    _, file, owners = released(people)
    table = Table.of({c: list(file[c]) for c in file})
    steps = tuple(Step(column=c, operation=Operation.KEEP) for c in file)
    plan = Plan(steps=steps, quasi=tuple(file.columns[:3]), k=7)
    found = {a.name: a for a in attacks_on(table, plan, Aside(owners=owners.to_numpy(np.int32)))}
    for name, size in (("pairs", 2), ("triples", 3)):
        assert found[name].below_k == len(invented.found_by_any(file, owners, size, 7))
        assert found[name].alone == len(invented.found_by_any(file, owners, size, 2))
    assert found["quasi"].below_k == len(invented.below(file, owners, list(plan.quasi), 7))


def test_rows_leave_in_an_order_of_each_release():
    table = Table.of({"番": [str(i) for i in range(400)]})
    plan = Plan(steps=(Step(column="番", operation=Operation.KEEP),), k=1, attackers=())
    first, second = (leave(table, plan, "a.csv") for _ in range(2))
    assert first.content != second.content
    assert sorted(first.content.split()) == sorted(second.content.split())
    again = [leave(table, plan, "a.csv", secret=SECRET).content for _ in range(2)]
    assert again[0] == again[1]


def test_a_file_in_its_old_order_holds_against_no_other_recipient():
    table = Table.of({"区": ["北", "南"] * 30})
    plan = Plan(steps=(Step(column="区", operation=Operation.KEEP),), quasi=("区",), k=5)
    content = "区\r\n" + "北\r\n南\r\n" * 30
    found = certify_content("a.csv", content.encode(), plan)
    assert [a.name for a in found.attackers if not a.passed] == ["recipient"]
    assert not found.passed
    assert leave(table, plan, "a.csv").certificate.passed


def test_a_pseudonym_with_several_rows_is_a_history():
    rows = [(f"P{i}", "春夏秋冬"[(i >> n) & 3]) for i in range(64) for n in range(3)]
    table = Table.of({"番号": [p for p, _ in rows], "季節": [s for _, s in rows]})
    steps = (
        Step(column="番号", operation=Operation.PSEUDONYMIZE, parameter="大学"),
        Step(column="季節", operation=Operation.KEEP),
    )
    plan = Plan(steps=steps, quasi=("季節",), unit=("番号",), k=5)
    (line,) = (a for a in leave(table, plan, "a.csv").certificate.attackers
               if a.name == "recipient")  # fmt: skip
    histories = pd.Series([tuple(sorted(s for p, s in rows if p == f"P{i}")) for i in range(64)])
    sizes = histories.map(histories.value_counts())
    assert (line.alone, line.below_k) == (int((sizes == 1).sum()), int((sizes < 5).sum()))
    assert not line.passed


def test_a_published_list_finds_whom_it_finds():
    ages = [str(20 + i % 40) for i in range(200)] + ["99"]
    table = Table.of({"年齢": ages, "区": ["北", "南"] * 100 + ["北"]})
    steps = (
        Step(column="年齢", operation=Operation.BAND, parameter=10, type="age"),
        Step(column="区", operation=Operation.KEEP),
    )
    plan = Plan(steps=steps, quasi=("年齢", "区"), k=1)
    listed = Table.of({"氏名": ["甲", "乙"], "年齢": ["99", "34"]})
    (line,) = (a for a in leave(table, plan, "a.csv", published=[listed]).certificate.attackers
               if a.name == "published")  # fmt: skip
    assert (line.alone, line.below_k, line.passed) == (1, 0, True)
    plan = plan.model_copy(update={"k": 5})
    (line,) = (a for a in leave(table, plan, "a.csv", published=[listed]).certificate.attackers
               if a.name == "published")  # fmt: skip
    assert not line.passed
    assert "年齢" in line.mend.ja


@pytest.mark.parametrize("goal", [{"l": 3}, {"t": 0.2}])
def test_a_goal_about_a_column_that_is_gone_fails(goal):
    table = Table.of({"区": ["北"] * 20, "病名": ["風邪", "骨折"] * 10})
    steps = (
        Step(column="区", operation=Operation.KEEP),
        Step(column="病名", operation=Operation.DROP),
    )
    plan = Plan(steps=steps, quasi=("区",), sensitive=("病名",), k=5, **goal)
    found = leave(table, plan, "a.csv").certificate
    assert not found.passed
    assert any("残っていません" in m.ja for m in found.failures)


@pytest.mark.parametrize("key", [b"a" * 16, b"ab" * 8, bytes(range(32)), b"1234567890123456", b"x"])
def test_a_key_that_could_be_guessed_is_refused(key):
    with pytest.raises(PlanError):
        check_key(key)


def test_random_keys_are_taken():
    random = np.random.default_rng(0)
    for _ in range(200):
        check_key(random.bytes(16))
        check_key(random.bytes(16).hex().encode())
