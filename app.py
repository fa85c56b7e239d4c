"""The browser door: `streamlit run app.py`."""

from ui.privacy import keep_private

keep_private()

import streamlit as st  # noqa: E402

from ui.running.boundary import boundary  # noqa: E402
from ui.running.callback_guard import keep_callbacks_whole  # noqa: E402
from ui.running.warm import warm_up  # noqa: E402
from ui.shell import masthead, pages  # noqa: E402

keep_callbacks_whole()
st.set_page_config(page_title="目利き Mekiki", page_icon="static/icon.svg", layout="wide")
page = st.navigation(pages(), position="top")
with boundary():
    masthead(page.title)
    page.run()
warm_up()
