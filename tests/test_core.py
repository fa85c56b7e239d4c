import re
from datetime import date
from enum import StrEnum
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

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
    misfits,
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


class Shape(BaseModel, extra="forbid"):
    words: list[str] = []
    count: int = Field(default=1, ge=1)
    share: float = 0.5
    since: date | None = None
    kind: Role = Role.OTHER
    way: Literal["near", "far"] = "near"
    sure: bool = True
    inside: dict[str, int] = {}
    form: str = Field(default="a", pattern="^[a-z]+$")
    pair: tuple[int, int] = (0, 0)


@pytest.mark.parametrize(
    ("given", "ja"),
    [
        ({"words": "山田"}, "「words」は一覧で書いてください。"),
        ({"words": [3]}, "「words.0」は文字列で書いてください。"),
        ({"count": "山田"}, "「count」は整数で書いてください。"),
        ({"count": 0}, "「count」の数は範囲の外です。書ける範囲を確かめてください。"),
        ({"share": "山田"}, "「share」は数で書いてください。"),
        ({"since": "山田"}, "「since」は日付で書いてください（例 2026-04-01）。"),
        ({"way": "山田"}, "「way」に書けるのは、near、farのいずれかです。"),
        ({"sure": "山田"}, "「sure」は true か false で書いてください。"),
        ({"inside": "山田"}, "「inside」は、名前と値の組で書いてください。"),
        ({"form": "山田"}, "「form」に使えない文字や形があります。"),
        ({"other": "山田"}, "「other」という項目はありません。つづりを確かめてください。"),
        ({"pair": [1, 2, 3]}, "「pair」の書き方が正しくありません。"),
    ],
)
def test_a_document_that_does_not_fit_is_told_in_both_languages(given: object, ja: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Shape.model_validate(given)
    (said,) = misfits(caught.value)
    assert said.ja.startswith(ja)
    assert "山田" not in said.ja + said.en
    assert not re.search(r"[A-Z][a-z]+ should|Input|Value error", said.ja + said.en)
