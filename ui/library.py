"""The council's own documents: taken in, listed, searched, removed."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import home
from ui.kit.html import items, notice, paragraph, plain, tag, text
from ui.language import _, spoken
from ui.running.boundary import describe, guarded
from ui.state import screen

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from knowledge import Library

TYPES = ["pdf", "docx", "html", "htm", "txt", "md", "xml"]
FOUND = 5


def library() -> "Library | None":
    """The documents held here; None while there are none."""
    held = screen()
    if held.library is None and (home() / "library").exists():
        held.library = _open()
    return held.library


def _open() -> "Library":
    from knowledge import Library

    return Library(home() / "library")


def draw() -> None:
    """The box to add documents with, the list, and the search."""
    st.header(_("ui.library.documents_council"), anchor=False)
    paragraph(_("ui.library.ordinances_guidelines_minutes_taken"))
    if said := st.session_state.pop(_SAID, None):
        notice(*said)
    revision = st.text_input(
        _("ui.library.law_which_text_such"), key="library-revision", max_chars=60
    )
    with st.container(key="library-add"):
        sent = st.chat_input(
            _("ui.library.choose_documents_send_pdf"),
            accept_file="multiple",
            file_type=TYPES,
            key="library-files",
        )
    if sent and sent.files:
        _add(sent.files, revision.strip() or None)
    if held := library():
        _list(held)


_SAID = "library-said"


class _Sent:
    """An upload as the library reads it."""

    def __init__(self, file: "UploadedFile") -> None:
        self.name, self.content = file.name, file.getvalue()


def _add(files: "list[UploadedFile]", revision: str | None) -> None:
    bar = st.progress(0.0, text=_("ui.library.taking"))

    def progress(done: int, steps: int, name: str) -> None:
        bar.progress(done / steps, text=plain(_("ui.library.taking_2", name=name)))

    held = screen()
    try:
        held.library = held.library or _open()
        added = held.library.add([_Sent(file) for file in files], revision, progress)
        if held.desk is not None:
            held.desk.library = held.library
    except Exception as error:
        st.session_state[_SAID] = (spoken(describe(error)), "error")
    else:
        passages = sum(document.passages for document in added)
        st.session_state[_SAID] = (
            _("ui.library.documents_were_taken_passages", n=len(added), passages=f"{passages:,}"),
            "success",
        )
    st.rerun()


def _list(held: "Library") -> None:
    documents = held.list()
    if not documents:
        return
    for document in documents:
        about, remove = st.columns([5, 1], vertical_alignment="center")
        facts = [document.name, document.revision or "", document.dated or ""]
        facts.append(_("ui.library.passages", n=f"{document.passages:,}"))
        with about:
            st.html(
                tag("p", tag("b", text(document.title or document.name)), "mk-text")
                + tag("p", text("　".join(fact for fact in facts if fact)), "mk-small")
            )
        with remove:
            st.button(
                _("ui.library.remove"),
                key=f"library-remove-{document.id}",
                on_click=guarded(partial(_remove, held, document.id)),
                help=plain(_("ui.library.removes", name=document.name)),
            )
    query = st.text_input(_("ui.library.search_these_documents"), key="library-query")
    if query.strip():
        found = held.search(query, FOUND)
        st.html(
            items(
                tag("p", text(f"{p.source}　{p.locator}"), "mk-small")
                + tag("blockquote", text(p.quote), "mk-quote")
                for p in found
            )
        )
        if not found:
            paragraph(_("ui.library.nothing_found"))


def _remove(held: "Library", document_id: str) -> None:
    held.remove(document_id)
    st.session_state[_SAID] = (_("ui.library.document_removed"), "success")
