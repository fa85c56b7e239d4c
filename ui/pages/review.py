"""審査: the evidence on the left, the conversation on the right."""

import streamlit as st

from ui.kit.html import tag, text
from ui.kit.widgets import follow_scroll
from ui.language import _
from ui.review import first_screen, talk
from ui.running import waiting
from ui.state import screen

waiting.settle()
st.html(tag("a", text(_("ui.review.conversation")), "mk-totalk", href="#talk"))
left, right = st.columns([17, 10], gap="medium")
with right:
    talk.draw()
with left:
    if (desk := screen().desk) and screen().is_open:
        from ui.review import all_tabs

        all_tabs.draw(desk)
    else:
        first_screen.draw()
follow_scroll()
