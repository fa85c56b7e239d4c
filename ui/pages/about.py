"""How data is handled, which versions apply, and what the desk cannot do."""

from importlib.metadata import version

import streamlit as st

from core import Status, own_rules
from ui.kit import items, pairs, table, text
from ui.language import _


def draw() -> None:
    """The page, from what matters most to readers downwards."""
    st.header(_("ui.about.how_data_handled"), anchor=False)
    st.html(items(map(text, handling())))
    st.header(_("ui.about.what_does_what_does"), anchor=False)
    st.html(items(map(text, limits())))
    st.header(_("ui.about.words"), anchor=False)
    st.html(_words())
    st.header(_("ui.citation.versions"), anchor=False)
    _versions()


def handling() -> list[str]:
    """What becomes of an upload."""
    return [
        _("ui.about.attached_files_held_memory"),
        _("ui.about.they_gone_about_seconds"),
        _("ui.about.nothing_sent_outside_every"),
        _("ui.about.other_users_cannot_see"),
        _("ui.about.only_if_administrator_sets"),
        _("ui.about.papers_lists_show_values"),
    ]


def limits() -> list[str]:
    """What the desk does not do."""
    return [
        _("ui.about.everything_shown_here_draft"),
        _("ui.about.does_guarantee_safety_cannot"),
        _("ui.about.thresholds_such_group_size"),
        _("ui.about.cannot_answer_about_ordinances"),
        _("ui.about.statements_law_were_checked"),
    ]


def _words() -> str:
    words = [
        (_("ui.about.direct_identifier"), _("ui.about.column_tells_who_person")),
        (_("ui.about.quasi_identifier"), _("ui.about.column_may_tell_who")),
        (_("ui.declared.special_care_information"), _("ui.about.information_law_asks_handled")),
        (_("ui.about.unusual_data"), _("ui.about.rare_values_combinations_nobody")),
        (_("ui.about.k_smallest_group"), _("ui.about.size_smallest_group_people")),
        (_("ui.about.generalization"), _("ui.about.making_values_coarser_such")),
        (_("ui.about.suppression"), _("ui.about.hiding_value")),
    ]
    return pairs(words, "mk-pairs mk-words")


def _versions() -> None:
    from law import cards
    from rules import in_force

    pack = in_force(own_rules())
    rows = [
        (_("ui.about.software"), version("mekiki")),
        (
            _("ui.about.rules"),
            _("ui.about.revision", n=len(pack.rules), revision=pack.revision[:12]),
        ),
        (_("ui.about.guideline_cards"), _("ui.about.n_entries", n=len(cards()))),
    ]
    st.html(pairs(rows))
    st.html(
        table(
            _("ui.about.laws_guidelines_checked_their"),
            [_("ui.about.law_guideline"), _("ui.citation.versions"), _("ui.citation.force_from")],
            texts_checked(),
        )
    )


def texts_checked() -> list[tuple[str, str, str]]:
    """Each law or guideline that was checked: its name, revision and effective date."""
    from law import cards, citations

    found = {
        (cited.law, cited.revision, cited.effective_from or "—")
        for card in cards()
        if card.status is not Status.UNVERIFIED
        for cited in citations(card.id)
        if cited.revision
    }
    return sorted(found)


draw()
