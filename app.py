"""The browser door: `streamlit run app.py`."""

from ui import keep_private

keep_private()

import streamlit as st  # noqa: E402

from ui.boundary import boundary, keep_callbacks_whole  # noqa: E402
from ui.shell import masthead, pages, warm_up  # noqa: E402

keep_callbacks_whole()
st.set_page_config(page_title="目利き Mekiki", page_icon="static/icon.svg", layout="wide")
page = st.navigation(pages(), position="top")
with boundary():
    masthead(page.title)
    page.run()
warm_up()
