"""The guideline cards, and the council's own documents: taken in, listed, searched, removed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from core import STATUSES, Status, own_rules
from knowledge import search
from law import Card, card, cards, citations
from rules import in_force
from ui.actions import library, open_library
from ui.boundary import button, describe
from ui.kit import badge, items, notice, page_of, paragraph, place, plain, quote, tag, text, wording
from ui.language import _, spoken
from ui.state import screen

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from knowledge import Library


PER_PAGE = 10
FOUND = 10


def shown() -> list[Card]:
    """The cards that may be cited; those not verified stay out of sight."""
    return [found for found in cards() if found.status is not Status.UNVERIFIED]


def find(query: str, among: Sequence[Card]) -> list[Card]:
    """Cards that answer a question, best first; all of them without a question."""
    if not query.strip():
        return list(among)
    allowed = {found.id for found in among}
    ids = dict.fromkeys(passage.citation.id for passage in search(query, limit=FOUND))
    return [card(found) for found in ids if found in allowed]


def rules_by_card() -> dict[str, list[str]]:
    """The titles of the rules that rest on each card."""
    using: dict[str, list[str]] = defaultdict(list)
    for checked in in_force(own_rules()).rules:
        for card_id in checked.rule.cards:
            using[card_id].append(spoken(checked.rule.title))
    return using


def draw() -> None:
    """The box to search in, the filter, and a page of cards."""
    paragraph(_("ui.grounds.points_law_guidance_findings"))
    st.header(_("ui.grounds.cards"), anchor=False)
    query = st.text_input(
        _("ui.grounds.search_what_you_want"),
        placeholder=_("ui.grounds.example_must_contractors_supervised"),
        key="ground-query",
    )
    everything = shown()
    authority = st.selectbox(
        _("ui.grounds.filter_text"),
        sorted({found.authority for found in everything}),
        index=None,
        placeholder=_("ui.grounds.all_texts"),
        key="ground-authority",
    )
    found = find(query, [c for c in everything if authority in (None, c.authority)])
    paragraph(_("ui.about.n_entries", n=len(found)), "mk-small")
    _start, paged = page_of(found, PER_PAGE, f"ground-page-{authority}-{query}")
    using = rules_by_card()
    for each in paged:
        _draw_card(each, using.get(each.id, []))
    _documents()


def _draw_card(each: Card, using: list[str]) -> None:
    name = plain(f"{spoken(each.title)}（{each.label}）")
    with st.expander(name, key=f"ground-{each.id}"):
        status = badge(spoken(STATUSES[each.status]), "info")
        st.html(tag("p", status, "mk-text") + wording(each))
        st.html(place(citations(each.id)[0]))
        if using:
            st.html(
                tag("p", text(_("ui.grounds.rules_use_ground")), "mk-small")
                + items(map(text, using))
            )
        else:
            paragraph(_("ui.grounds.no_rule_uses_ground"), "mk-small")


TYPES = ["pdf", "docx", "html", "htm", "txt", "md", "xml"]
FOUND = 5


def _documents() -> None:
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
        held.library = held.library or open_library()
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
            button(
                _("ui.library.remove"),
                f"library-remove-{document.id}",
                _remove,
                held,
                document.id,
                help=plain(_("ui.library.removes", name=document.name)),
            )
    query = st.text_input(_("ui.library.search_these_documents"), key="library-query")
    if query.strip():
        found = held.search(query, FOUND)
        st.html(items(quote(f"{p.source}　{p.locator}", p.quote) for p in found))
        if not found:
            paragraph(_("ui.library.nothing_found"))


def _remove(held: "Library", document_id: str) -> None:
    held.remove(document_id)
    st.session_state[_SAID] = (_("ui.library.document_removed"), "success")


draw()
