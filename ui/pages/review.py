"""審査: the evidence on the left, the conversation on the right."""

import streamlit as st

from ui import waiting
from ui.html import tag, text
from ui.language import _
from ui.review import empty, talk
from ui.state import screen
from ui.widgets import follow_scroll

waiting.settle()
st.html(tag("a", text(_("相談の欄へ")), "mk-totalk", href="#talk"))
left, right = st.columns([17, 10], gap="medium")
with right:
    talk.draw()
with left:
    if (desk := screen().desk) and screen().is_open:
        from ui.review import evidence  # not needed for the first paint

        evidence.draw(desk)
    else:
        empty.draw()
follow_scroll()
