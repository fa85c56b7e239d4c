"""The language of a session, and sentences put together in it."""

from streamlit.testing.v1 import AppTest


def test_a_session_switches_its_language() -> None:
    def page() -> None:
        import streamlit as st

        from ui.language import _, switch

        st.button("English", on_click=switch, args=("en",))
        st.text(_("ui.shell.review"))

    at = AppTest.from_function(page).run()
    assert [text.value for text in at.text] == ["審査"]
    at.button[0].click().run()
    assert [text.value for text in at.text] == ["Review"]
