"""Tables that cannot be used: each says what to do, in both languages."""

import pytest

from anonymizer.tables import Override, PrimaryRule, TableSpec, export, load_table, protect, render
from core import InputError, PlanError, UsageError

RULE = PrimaryRule(threshold=5)
TWO = ["計", ["a", "b"]]


@pytest.mark.parametrize(
    ("dims", "cells", "code"),
    [
        ([[TWO]], [(["a"], 3), (["b"], 7), (["計"], 11)], "tables.margins"),
        ([[TWO]], [(["a"], -3), (["b"], 7)], "tables.negative"),
        ([[TWO]], [(["a"], 2.5), (["b"], 7)], "tables.fractional"),
        ([[TWO]], [(["a"], None), (["b"], 7)], "tables.missing"),
        ([[TWO]], [(["a"], 3), (["a"], 3)], "tables.twice"),
        ([[TWO]], [(["z"], 3)], "tables.code"),
        ([[TWO]], [], "tables.empty"),
        ([], [([], 3)], "tables.no_dimension"),
        ([[["計", ["a"]], ["a", ["計"]]]], [(["a"], 3)], "hierarchy.cycle"),
        ([[["計", ["a", "a"]]]], [(["a"], 3)], "hierarchy.parts"),
        ([[["計", ["p", "q"]], ["p", ["a"]], ["q", ["a"]]]], [(["a"], 3)], "hierarchy.overlap"),
    ],
)
def test_a_table_that_cannot_be_used(dims, cells, code):
    with pytest.raises(InputError) as caught:
        protect([TableSpec.of(*dims, cells=cells)], RULE)
    assert [p.code for p in caught.value.problems] == [code]
    assert caught.value.text("ja") != caught.value.text("en")


def test_no_table_and_no_rule():
    with pytest.raises(InputError):
        protect([], RULE)
    with pytest.raises(UsageError):
        protect([TableSpec.of([TWO], cells=[(["a"], 3)])])


@pytest.mark.parametrize("content", [b"{", b'{"cells": 3}', b"[1, 2]", "区\n北\n".encode()])
def test_a_file_that_is_no_table(content):
    with pytest.raises(InputError):
        load_table(content)


def test_a_csv_gets_its_totals():
    (spec,) = load_table(
        "区,性,件数\n北,男,3\n北,女,20\n南,男,30\n南,女,40\n".encode(), name="t.csv"
    )
    protected = protect([spec], RULE)
    assert protected.primary.sum() == 1
    assert protected.secondary.sum() == 3
    (printed,) = render(protected)
    assert printed.rows[0] == ("計", "93", "33", "60")
    assert [row[1:].count("X") for row in printed.rows] == [0, 2, 2]


def test_one_cell_and_nothing_else():
    protected = protect([TableSpec.of([["計", ["a"]]], cells=[(["a"], 3)])], RULE)
    assert protected.primary.all()
    assert protected.passed


def test_nothing_leaves_without_a_certificate(tmp_path):
    # Four ones below a total of four: whoever knows the rule knows them all.
    spec = TableSpec.of([["計", list("abcd")]], cells=[([c], 1) for c in "abcd"])
    protected = protect([spec], RULE)
    assert not protected.passed
    assert protected.unprotected.sum() == 5
    assert protected.helped == 5  # a zero may hide among them, if zeros are hidden too
    target = tmp_path / "table.csv"
    with pytest.raises(PlanError):
        export(protected, target)
    assert not list(tmp_path.iterdir())
    written = export(protected, target, override=Override(by="課長", reason="既に公表済み"))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in written)
    assert "課長" in (tmp_path / "table.certificate.json").read_text(encoding="utf-8")


AMOUNTS = TableSpec.of([TWO], cells=[(["a"], 90, {"n": 3}), (["b"], 70)])


@pytest.mark.parametrize(
    ("spec", "rule", "code"),
    [
        (TableSpec.of([TWO], cells=[(["a"], 3)]), PrimaryRule(p_percent=10), "needs_top"),
        (AMOUNTS, PrimaryRule(dominance=(1, 80)), "needs_top"),
        (AMOUNTS, PrimaryRule(threshold=5), "needs_n"),
        (AMOUNTS, PrimaryRule(contributors=2), "needs_n"),
    ],
)
def test_a_rule_that_cannot_be_applied_is_not_passed_over(spec, rule, code):
    with pytest.raises(InputError, match=code):
        protect([spec], rule)


@pytest.mark.parametrize(
    ("counts", "words"),
    [("0,0", "すべて 0"), ("1,2", "すべて隠れます"), ("30,40", "そのまま公表")],
)
def test_what_is_odd_about_a_table_is_said(counts, words):
    first, second = counts.split(",")
    (spec,) = load_table(f"区,件数\n北,{first}\n南,{second}\n".encode())
    assert words in protect([spec], RULE).summary().ja


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("区,件数\n北,\n南,4\n", "blank"),
        ("区,件数\n北,三人ほど\n南,4\n", "not_a_number"),
        ("氏名,区\n山田,北\n", "not_a_number"),
    ],
)
def test_rows_without_a_number(text, code):
    with pytest.raises(InputError, match=code):
        load_table(text.encode())


def test_a_cross_table_is_read_with_its_totals():
    text = "町,男,女,計\n北,3,40,43\n南,80,90,170\n計,83,130,213\n"
    (spec,) = load_table(text.encode(), name="t.csv")
    assert {c.codes: c.value for c in spec.cells}["北", "男"] == 3
    assert len(spec.cells) == 9
    protected = protect([spec], RULE)
    assert protected.primary.sum() == 1 and protected.passed
    with pytest.raises(InputError, match="margins"):
        protect(load_table(text.replace("213", "214").encode()), RULE)
