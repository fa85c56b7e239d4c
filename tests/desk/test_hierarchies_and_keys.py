"""Hierarchies edited by hand and recipients' keys, given at the desk."""

import csv
import io

import pytest

from anonymizer import Cancelled, watched
from core import InputError, Operation, PlanError, UsageError
from desk import Session

KEY = b"q7Lw2Zt9Vb4Xk8Rm1Cf5Nd3Hs6Gj0Py_"


def towns(session: Session) -> set[str]:
    seen = session.preview_now()
    assert seen is not None
    return set(seen.processed.table["町名"].texts)


def test_a_hierarchy_is_taken_out_edited_and_put_in_force(session: Session) -> None:
    proposed = session.proposed_hierarchy("町名")
    assert {line.split(";")[0] for line in proposed.splitlines()} == {"桜町", "緑町"}
    edited = "桜町;北の地区;*\n緑町;北の地区;*\n"
    session.set_hierarchy("町名", edited.encode())
    session.propose_plan(3)
    session.change_plan("町名", Operation.GENERALIZE, 1)
    assert towns(session) == {"北の地区"}
    assert session.proposed_hierarchy("町名") == edited
    session.undo()
    session.undo()
    session.undo()
    assert session.hierarchies == {}


def test_what_is_wrong_with_a_hierarchy_is_said_and_changes_nothing(session: Session) -> None:
    for content, code in (
        ("桜町;*\n", "hierarchy_misses_values"),
        ("桜町;緑町;*\n緑町;桜町;*\n", "hierarchy_cycle"),
        ("桜町;北;*\n緑町;*\n", "hierarchy_hole"),
    ):
        with pytest.raises(InputError) as caught:
            session.set_hierarchy("町名", content.encode())
        assert [p.code for p in caught.value.problems] == [code]
        assert session.hierarchies == {}
    with pytest.raises(UsageError):
        session.set_hierarchy("ない列", b"a;*\n")


def names(session: Session) -> list[str]:
    content, _ = session.processed_file("csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return [row["氏名"] for row in rows]


def test_two_recipients_cannot_join_their_files(session: Session) -> None:
    session.set_key("県", KEY)
    session.set_key("大学", KEY[::-1])
    session.propose_plan(3)
    session.change_plan("氏名", Operation.PSEUDONYMIZE, "県")
    first, again = names(session), names(session)
    session.change_plan("氏名", Operation.PSEUDONYMIZE, "大学")
    other = names(session)
    assert sorted(first) == sorted(again)  # the order of rows is drawn anew
    assert len(set(first)) == len(set(other)) == 7
    assert not set(first) & set(other)
    held = str(session.dump()) + (session.plan.to_yaml() if session.plan else "")
    assert KEY.decode() not in held


def test_a_key_is_one_recipients_own_and_long_enough(session: Session) -> None:
    session.set_key("県", KEY)
    session.set_key("県", KEY)
    for recipient, key in (("大学", KEY), ("大学", KEY + b"\n"), ("大学", b"short")):
        with pytest.raises((UsageError, PlanError)):
            session.set_key(recipient, key)


def test_what_the_desk_does_can_be_stopped(session: Session) -> None:
    def stop(share: float) -> None:
        raise Cancelled.by_user()

    with pytest.raises(Cancelled), watched(stop):
        session.propose_plan(5)
    assert session.plan is None
