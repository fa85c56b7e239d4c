"""What cannot be used: each gets a message in both languages that says what to do."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from anonymizer import (
    Goal,
    Hierarchy,
    Plan,
    Step,
    apply,
    certify,
    load_hierarchies,
    parse_hierarchy,
    propose,
    write,
)
from core import (
    ColumnReport,
    ColumnType,
    InputError,
    MekikiError,
    Message,
    Operation,
    PlanError,
    Role,
    Support,
    Table,
)

TABLE = Table.of({"年齢": ["41", "42", "43", "60"], "職業": ["医師", "医師", "農業", "秘密の職"]})


def quasi(name: str, kind: str = "unknown") -> ColumnReport:
    return ColumnReport(
        name=name,
        position=1,
        type=ColumnType(kind),
        role=Role.QUASI_IDENTIFIER,
        confidence=1,
        support=Support(n=1, of=1),
        why=Message(ja="", en=""),
    )


def check(error: MekikiError, code: str) -> None:
    assert code in [p.code for p in error.problems]
    for problem in error.problems:
        assert re.search("ください|確かめ", problem.message.ja), problem.message.ja
        assert problem.message.en.count(".") >= 1
        assert "秘密の職" not in problem.message.ja + problem.message.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "hierarchy_empty"),
        ("a;x;*\nb;*\n", "hierarchy_hole"),
        ("a;;*\nb;x;*\n", "hierarchy_hole"),
        ("a;x\nb;x\n", "hierarchy_no_top"),
        ("a;x;*\nａ;y;*\n", "hierarchy_duplicate"),
        ("a;x;p;*\nb;x;q;*\n", "hierarchy_two_parents"),
        ("a;b;*\nb;a;*\n", "hierarchy_cycle"),
        ("a;b;a;*\n", "hierarchy_cycle"),
    ],
)
def test_hierarchies_that_are_no_tree(text: str, code: str):
    with pytest.raises(InputError) as caught:
        parse_hierarchy("h_職業.csv", text.encode())
    check(caught.value, code)
    assert caught.value.problems[0].source == "h_職業.csv"


def test_hierarchy_in_an_unknown_encoding():
    with pytest.raises(InputError) as caught:
        parse_hierarchy("h", b"\x81 ;*")
    check(caught.value, "hierarchy_encoding")


def test_a_deep_hierarchy_is_read():
    levels = ";".join(f"L{i}" for i in range(3000))
    assert parse_hierarchy("deep", f"a;{levels};*\n".encode()).height == 3001


def test_all_hierarchy_problems_are_collected(tmp_path: Path):
    (tmp_path / "h_年齢.csv").write_text("41;x\n", encoding="utf-8")
    (tmp_path / "h_職業.csv").write_text("a;;*\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_hierarchies(tmp_path)
    assert [p.code for p in caught.value.problems] == ["hierarchy_no_top", "hierarchy_hole"]
    with pytest.raises(InputError) as caught:
        load_hierarchies(tmp_path / "none")
    check(caught.value, "no_hierarchies")


def test_values_missing_from_a_hierarchy_are_named_by_their_shape():
    tree = Hierarchy.of("職業", [("医師", "*"), ("農業", "*")])
    with pytest.raises(InputError) as caught:
        propose(TABLE, [quasi("職業")], Goal(k=2), hierarchies={"職業": tree})
    check(caught.value, "hierarchy_misses_values")
    assert "文字×4" in caught.value.problems[0].message.ja


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"steps": (Step(column="別の列", operation="drop"),)}, "plan_for_other_columns"),
        ({"quasi": ("職業",)}, "quasi_without_step"),
        ({"quasi": ("年齢",), "k": 5}, "k_above_rows"),
        ({"l": 2}, "no_sensitive_column"),
    ],
)
def test_plans_that_do_not_fit(changes, code: str):
    plan = Plan(steps=(Step(column="年齢", operation="keep"),)).model_copy(update=changes)
    with pytest.raises(PlanError) as caught:
        apply(TABLE, plan)
    check(caught.value, code)


@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        ("band", "month"), ("band", 0), ("band", None), ("truncate", "galaxy"), ("round", -1),
        ("top_code", "x"), ("generalize", 9), ("generalize", "other_thing"), ("noise", 0),
    ],
)  # fmt: skip
def test_parameters_that_do_not_fit(operation: str, parameter):
    step = Step(column="年齢", operation=operation, parameter=parameter, type="age")
    with pytest.raises(PlanError) as caught:
        apply(TABLE, Plan(steps=(step,)))
    check(caught.value, "parameter_does_not_fit")


def test_a_level_without_its_hierarchy():
    step = Step(column="職業", operation=Operation.GENERALIZE, parameter=1)
    with pytest.raises(PlanError) as caught:
        apply(TABLE, Plan(steps=(step,)))
    check(caught.value, "hierarchy_missing")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steps: [", "plan_not_yaml"),
        ("- a\n", "plan_invalid"),
        ("steps: []\nk: 0\nunknown: 1\n", "plan_invalid"),
        ("steps:\n- {column: a, operation: explode}\n", "plan_invalid"),
        (
            "steps:\n- {column: a, operation: keep}\n- {column: a, operation: drop}\n",
            "plan_invalid",
        ),
        ("", "plan_invalid"),
    ],
)
def test_plans_that_do_not_read(text: str, code: str):
    with pytest.raises(PlanError) as caught:
        Plan.from_yaml(text)
    check(caught.value, code)


@pytest.mark.parametrize(
    ("goal", "names", "code"),
    [
        (Goal(k=5), ["年齢"], "k_above_rows"),
        (Goal(k=2), ["無い列"], "unknown_column"),
        (Goal(k=2, l=2), ["年齢"], "no_sensitive_column"),
        (Goal(k=2, l=4, sensitive=("職業",)), ["年齢"], "goal_out_of_reach"),
    ],
)
def test_goals_out_of_reach(goal: Goal, names, code: str):
    with pytest.raises(PlanError) as caught:
        propose(TABLE, [quasi("年齢", "age")], goal, quasi=names)
    check(caught.value, code)


def test_no_rows():
    empty = Table.of({"年齢": []})
    for call in (
        lambda: propose(empty, [quasi("年齢", "age")], Goal(k=2)),
        lambda: apply(empty, Plan(steps=(Step(column="年齢", operation="keep"),))),
    ):
        with pytest.raises(PlanError) as caught:
            call()
        check(caught.value, "no_rows")


def test_blank_columns_are_dropped_and_do_not_count():
    table = Table.of({"年齢": ["41", "42"] * 4, "空": [""] * 8})
    option = propose(table, [quasi("年齢", "age"), quasi("空")], Goal(k=2))[0]
    assert option.plan.quasi == ("年齢",)
    assert option.preview.processed.table.keys == ["年齢"]


def test_a_column_of_nothing_but_different_values():
    table = Table.of({"番号": [f"x{i}" for i in range(3000)], "年齢": ["41", "42", "43"] * 1000})
    options = propose(table, [quasi("番号"), quasi("年齢", "age")], Goal(k=5))
    assert all(option.preview.after.k >= 5 for option in options)


def test_outputs_that_cannot_be_written(tmp_path: Path):
    with pytest.raises(PlanError) as caught:
        write(TABLE, tmp_path / "out.pdf")
    check(caught.value, "unknown_format")
    assert not list(tmp_path.iterdir())


def test_a_certificate_for_another_file(tmp_path: Path):
    write(TABLE, tmp_path / "out.csv")
    with pytest.raises(PlanError) as caught:
        certify(tmp_path / "out.csv", Plan(steps=(Step(column="年齢", operation="keep"),)))
    check(caught.value, "not_the_plans_file")


@pytest.mark.parametrize("parameter", [float("inf"), float("nan"), float("-inf")])
def test_a_parameter_must_be_a_number_that_can_be_reached(parameter):
    with pytest.raises(ValidationError):
        Step(column="a", operation="round", parameter=parameter)
    with pytest.raises(PlanError):
        Plan.from_yaml("{steps: [{column: a, operation: round, parameter: .inf}]}")


def test_a_quasi_identifier_named_twice_counts_once():
    table = Table.of({"年齢": [str(20 + i % 30) for i in range(60)]})
    options = propose(table, [], Goal(k=2), quasi=["年齢", "年齢"])
    assert options[0].plan.quasi == ("年齢",)
