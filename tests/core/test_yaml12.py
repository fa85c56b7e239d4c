"""YAML 1.2: what scalars stand for, what is refused, and that what is written is read again."""

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.yaml12 import YAMLError, dump, load, load_texts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("FALSE", False),
        ("No", "No"), ("yes", "yes"), ("on", "on"), ("y", "y"),
        ("010", 10), ("0o10", 8), ("0x10", 16), ("1_000", "1_000"), ("1:30", "1:30"),
        ("-5", -5), ("+5", 5), ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0),
        (".inf", math.inf), ("-.inf", -math.inf), ("2024-04-01", dt.date(2024, 4, 1)),
        ("2024-13-01", "2024-13-01"), ("'10'", "10"), ('"null"', "null"), ("!!str 10", "10"),
        ("=", "="), ("文字", "文字"), ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"),
    ],
)  # fmt: skip
def test_scalars(text: str, value: object) -> None:
    assert load(f"key: {text}") == {"key": value}


def test_every_scalar_can_stay_text() -> None:
    assert load_texts("[10, true, ~, 2024-04-01, 1.10, !!int 5]") == [
        "10", "true", "~", "2024-04-01", "1.10", "5",
    ]  # fmt: skip


def test_anchors_and_merge_keys() -> None:
    text = "base: &b {a: 1, b: 2}\none: {<<: *b, b: 3}\ntwo: {<<: [*b, {c: 4}], a: 0}\n"
    found = load(text)
    assert found["one"] == {"a": 1, "b": 3}
    assert found["two"] == {"a": 0, "b": 2, "c": 4}
    assert load('{"<<": 1}') == {"<<": 1}


@pytest.mark.parametrize("read", [load, load_texts])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, "- " * 50_000, "{a: " * 50_000, "? " * 50_000, "a: [1", "a: b: c",
        "a: 1\na: 2", "--- 1\n--- 2", "a: *b", "a: &a [*a]", "? [1]\n: 2", "<<: 1", "\ud800",
        'a: "\\ud800"', "\x00", "\ta: 1",
    ],
    ids=lambda v: v[:8].encode("unicode_escape").decode() if isinstance(v, str) else v.__name__,
)  # fmt: skip
def test_what_is_not_one_plain_document_is_refused(read: Any, text: str) -> None:
    with pytest.raises(YAMLError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['true']", "a: !!python/name:os.system x",
        "a: !own {}", "a: !!int x", "a: !!binary aGk=", "a: !!set {b}",
    ],
)  # fmt: skip
def test_no_tag_is_obeyed(text: str) -> None:
    with pytest.raises(YAMLError):
        load(text)
    assert set(load_texts(text)) == {"a"}


def test_laughs_do_not_swell() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 60)]
    assert len(load("\n".join(lines))) == 60


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029")),
    st.sampled_from(["No", "yes", "010", "0o7", "0x1F", "1e3", "null", "~", "", "2024-04-01"]),
    st.sampled_from(["<<", "- a", "a: b", "# a", "1:30", "&a", "*a", "!a", "=", ".5", "\n", " a"]),
)
_KEYS = st.one_of(st.text("あいa1: #-'\"", max_size=5), st.integers(), st.booleans())


@given(
    st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    )
)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert load(dump(value)) == value
