"""Every text of the screens is in the English catalogue, and nothing else is."""

import re
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po
from streamlit.testing.v1 import AppTest

from ui.language import CATALOGUES, load

ROOT = Path(__file__).parents[2]
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
EXAMPLES = {"文字"}
"""Japanese that the English speaks about."""


def texts() -> set[str]:
    keywords = {"_": None}
    found = {m[2] for m in extract_from_dir(ROOT / "ui", keywords=keywords)}
    found |= {m[1] for m in extract_from_file("python", ROOT / "app.py", keywords=keywords)}
    return {text for text in found if isinstance(text, str)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    content = (CATALOGUES / "en" / "LC_MESSAGES" / "mekiki.po").read_bytes()
    return read_po(BytesIO(content), locale="en")


def test_catalogue_holds_exactly_the_texts_of_the_screens(catalogue: Catalog) -> None:
    assert {m.id for m in catalogue if m.id} == texts()


def test_every_text_is_translated(catalogue: Catalog) -> None:
    for message in catalogue:
        english = str(message.string)
        for word in EXAMPLES:
            english = english.replace(word, "")
        assert english, message.id
        assert not message.fuzzy, message.id
        assert not JAPANESE.search(english), message.id


def test_translations_keep_their_fields(catalogue: Catalog) -> None:
    def fields(text: object) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}

    for message in catalogue:
        if message.id:
            assert fields(message.id) == fields(message.string), message.id


def test_a_language_without_catalogue_shows_the_source() -> None:
    assert load("ja").gettext("審査") == "審査"


def test_each_session_has_a_translation_object_of_its_own() -> None:
    assert load("en") is not load("en")


def test_a_language_that_cannot_be_loaded_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> None:
        import streamlit as st

        from ui.language import _, switch

        st.button("English", on_click=switch, args=("en",))
        st.text(_("審査"))

    at = AppTest.from_function(page).run()
    with monkeypatch.context() as broken:
        broken.setattr("ui.language.load", lambda _language: 1 / 0)
        at.button[0].click().run()
    assert [text.value for text in at.text] == ["審査"] or at.exception
    assert not at.run().exception
    assert [text.value for text in at.text] == ["審査"]
    at.button[0].click().run()
    assert [text.value for text in at.text] == ["Review"]
