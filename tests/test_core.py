from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import (
    CellKind,
    ColumnType,
    LegalCategory,
    Operation,
    Role,
    SchemaCheckKind,
    Severity,
    Status,
    Table,
    fold,
    mask,
)
from core.labels import label

WORDS = [
    *ColumnType,
    *Role,
    *LegalCategory,
    *CellKind,
    *SchemaCheckKind,
    *Severity,
    *Operation,
    *Status,
]


@pytest.mark.parametrize("word", WORDS, ids=str)
def test_every_word_has_a_label_in_both_languages(word: StrEnum) -> None:
    assert label(word).ja
    assert label(word).en
    assert label(word).en.isascii()


@given(st.lists(st.text(), min_size=1))
def test_a_table_gives_back_what_it_was_given(texts: list[str]) -> None:
    table = Table.of({"列": texts})
    assert table.frame()["列"].tolist() == texts
    assert sum(table["列"].counts) == len(texts) == table.rows
    assert len(set(table["列"].texts)) == len(table["列"].texts)


@given(st.lists(st.text(alphabet="ab# 1", max_size=3), max_size=8))
def test_every_column_has_a_key_of_its_own(headers: list[str]) -> None:
    table = Table.of([(h, ["x"]) for h in headers])
    assert len(set(table.keys)) == len(headers)
    assert all(table[key].position == i for i, key in enumerate(table.keys, 1))


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_a_mask_shows_no_character_of_the_value(value: str) -> None:
    kept = set(mask(value)) & set(value)
    assert kept <= set("9A文字×0123456789…")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
