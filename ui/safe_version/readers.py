"""Against whom the chosen plan holds: each reader, what they know, and how many they would find."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui import actions
from ui.boundary import guarded
from ui.kit import notice, paragraph, redraw_page, tag, text
from ui.language import _, spoken
from ui.state import screen
from ui.waiting import Work

if TYPE_CHECKING:
    from anonymizer import Attack, Attacker, Certificate
    from desk import Session

PATIENCE = 0.5
"""Seconds the page stands still for an answer that is nearly there."""
GLANCE = 1.0
"""Seconds between two looks at whether it is."""


def draw(desk: "Session") -> None:
    """The readers of a trial file; of a large one they are worked out beside the page."""
    st.subheader(_("ui.readers.against_whom"), anchor=False)
    paragraph(_("ui.readers.measured_on_file"), "mk-small")
    work = _begun(desk)
    done = work.wait(PATIENCE)
    st.fragment(partial(_shown, desk), run_every=None if done else GLANCE)()


def _begun(desk: "Session") -> "Work[Certificate]":
    """The work on the plan in force; what was begun for another one is stopped."""
    held, plan = screen().place, desk.plan
    if held.judging is None or held.judging[0] is not plan:
        if held.judging is not None:
            held.judging[1].stop()
        work: Work[Certificate] = Work("", "plan", lambda _work: desk.judged(), lambda _made: None)
        held.judging = (plan, work.start())
    return held.judging[1]


def _shown(desk: "Session") -> None:
    work = _begun(desk)
    if not work.done:
        notice(_("ui.readers.reading_back"))
        return
    found = desk.judged()
    _verdict(found)
    st.html(_table(found))
    _choice(desk, found.attackers)


def _verdict(found: "Certificate") -> None:
    """Whether it may leave, and beside that against whom it does not hold."""
    if found.passed:
        notice(_("ui.readers.holds", n=len([a for a in found.attackers if a.in_force])), "success")
    for failure in found.failures:
        notice(spoken(failure), "error")


def _table(found: "Certificate") -> str:
    heads = (
        _("ui.readers.in_force"),
        _("ui.readers.knows"),
        _("ui.readers.alone"),
        _("ui.readers.below", k=found.goal.k),
        _("ui.readers.result"),
    )
    head = tag("tr", "".join(tag("th", text(each), scope="col") for each in heads))
    rows = "".join(tag("tr", "".join(_row(attack))) for attack in found.attackers)
    made = tag("table", tag("thead", head) + tag("tbody", rows), "mk-table")
    label = {"aria-label": _("ui.readers.against_whom")}
    return tag("div", made, "mk-scroll", tabindex="0", role="region", **label)


def _row(attack: "Attack") -> list[str]:
    result = _("ui.readers.passed") if attack.passed else _("ui.readers.failed")
    if attack.mend is not None:
        result = f"{result} {spoken(attack.mend)}"
    cells = (
        _("ui.readers.yes") if attack.in_force else _("ui.readers.no"),
        spoken(attack.knows),
        f"{attack.alone:,}",
        f"{attack.below_k:,}",
        result,
    )
    return [tag("td", text(cell)) for cell in cells]


def _choice(desk: "Session", attacks: "tuple[Attack, ...]") -> None:
    """Which readers are in force; the plan is made to hold against them where it can be."""
    from desk import reader_name

    names = [a.name for a in attacks]
    key = f"readers-{screen().files}-{desk.changes}"
    st.multiselect(
        _("ui.readers.choose"),
        names,
        [a.name for a in attacks if a.in_force],
        format_func=lambda name: spoken(reader_name(name)),
        key=key,
        on_change=guarded(partial(_chosen, desk, key)),
    )


def _chosen(desk: "Session", key: str) -> None:
    redraw_page()
    names: list[Attacker] = st.session_state[key]
    actions.act(_("ui.readers.choose"), partial(desk.hold_against, names))
