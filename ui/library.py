"""The council's own documents: taken in, listed, searched, removed."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.boundary import describe, guarded
from ui.html import items, notice, paragraph, plain, tag, text
from ui.language import _, say
from ui.state import screen

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from knowledge import Library

TYPES = ["pdf", "docx", "html", "htm", "txt", "md", "xml"]
FOUND = 5


def library() -> "Library | None":
    """The documents held here; None while there are none."""
    from desk import home

    held = screen()
    if held.library is None and (home() / "library").exists():
        held.library = _open()
    return held.library


def _open() -> "Library":
    from desk import home
    from knowledge import Library

    return Library(home() / "library")


def draw() -> None:
    """The box to add documents with, the list, and the search."""
    st.header(_("自治体の文書"), anchor=False)
    paragraph(
        _(
            "条例、要綱、議事録などを取り込むと、相談の回答で原文を引用します。"
            "取り込んだ文書はこのサーバーに保存され、利用者全員の回答に使われます。"
            "個人情報の入った文書は取り込まないでください。"
        )
    )
    if said := st.session_state.pop(_SAID, None):
        notice(*said)
    revision = st.text_input(
        _("法令のときは、その版（施行日など）"), key="library-revision", max_chars=60
    )
    with st.container(key="library-add"):
        sent = st.chat_input(
            _("「＋」から文書を選んで送信（PDF、Word、HTML、テキスト、法令XML）"),
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
    bar = st.progress(0.0, text=_("取り込んでいます…"))

    def progress(done: int, steps: int, name: str) -> None:
        bar.progress(done / steps, text=plain(_("取り込んでいます… {name}").format(name=name)))

    held = screen()
    try:
        held.library = held.library or _open()
        added = held.library.add([_Sent(file) for file in files], revision, progress)
        if held.desk is not None:
            held.desk.library = held.library
    except Exception as error:
        st.session_state[_SAID] = (say(describe(error)), "error")
    else:
        passages = sum(document.passages for document in added)
        st.session_state[_SAID] = (
            _("{n} 件の文書を取り込みました（{passages} か所）。").format(
                n=len(added), passages=f"{passages:,}"
            ),
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
        facts.append(_("{n} か所").format(n=f"{document.passages:,}"))
        with about:
            st.html(
                tag("p", tag("b", text(document.title or document.name)), "mk-text")
                + tag("p", text("　".join(fact for fact in facts if fact)), "mk-small")
            )
        with remove:
            st.button(
                _("外す"),
                key=f"library-remove-{document.id}",
                on_click=guarded(partial(_remove, held, document.id)),
                help=plain(_("「{name}」を外します").format(name=document.name)),
            )
    query = st.text_input(_("取り込んだ文書の中を探す"), key="library-query")
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
            paragraph(_("当てはまるところは見つかりませんでした。"))


def _remove(held: "Library", document_id: str) -> None:
    held.remove(document_id)
    st.session_state[_SAID] = (_("文書を外しました。"), "success")
