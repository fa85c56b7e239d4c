"""What the screen asks of the desk; the answer goes into the conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from core import Message, say
from ui import waiting
from ui.kit import scroll_up
from ui.language import _, language, spoken
from ui.state import Part, Place, Turn, go_to, screen, tell

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from assistant import Turn as Reply
    from desk import Outcome, Session
    from intake import ReadOptions
    from knowledge import Library
    from ui.waiting import Work


def desk() -> Session:
    """The session under review; only called where a case is open."""
    held = screen().desk
    if held is None:
        raise RuntimeError("no case is open")
    return held


def library() -> Library | None:
    """The council's own documents held here; None while there are none."""
    from core import home

    held = screen()
    if held.library is None and (home() / "library").exists():
        held.library = open_library()
    return held.library


def open_library() -> Library:
    """The place of the council's own documents, made where there is none."""
    from core import home
    from knowledge import Library

    return Library(home() / "library")


def ask(text: str) -> None:
    """Show what the reader asked for as their own turn."""
    screen().turns.append(Turn("user", text))


def show(outcome: Outcome) -> None:
    """Put the desk's answer into the conversation."""
    tell(spoken(outcome.message), outcome.citations, outcome.passages)


def explain_cell(row: int, column: str | None) -> None:
    """Put the explanation of a cell, or of a whole row, into the conversation."""
    screen().place.focus = (row, column or "")
    if column:
        ask(_("ui.actions.row", row=row, column=column))
    else:
        ask(_("ui.actions.row_2", row=row))
    _look(screen().place)
    show(desk().explain_cell(row, column))


def act(asked: str, action: Callable[[], Outcome]) -> None:
    """Do something on the desk and say what came of it."""
    ask(asked)
    show(action())


def open_files(files: Sequence[UploadedFile], after: Callable[[], None], patience: float) -> None:
    """Read files in, beside those of the case that is open; the screen waits for it."""
    from desk import Session
    from intake import Upload

    session = screen().desk or Session(library=library())
    uploads = [Upload(file.name, file.getvalue()) for file in files]
    title = _("ui.actions.reading_examining_files")
    _examine(title, session, lambda: session.add(uploads), after, patience)


def _examine(
    title: str,
    session: Session,
    change: Callable[[], None],
    after: Callable[[], None],
    patience: float = waiting.PATIENCE,
) -> None:
    """Change what is under review and put it on the screen anew; `after` that."""
    from anonymizer import watched

    def work(_work: Work[None]) -> None:
        with watched() as told:
            with watched(lambda share: told(0.6 * share)):
                change()
            with watched(lambda share: told(0.6 + 0.4 * share)):
                session.suggest()

    def done(_nothing: None) -> None:
        show_case(session)
        after()

    waiting.begin(title, "talk", work, done, patience)


def show_case(session: Session) -> None:
    """Put a session on the screen from its beginning."""
    held = screen()
    held.desk, held.place = session, Place()
    held.files += 1
    held.talk = None
    scroll_up()
    tell(spoken(opening(session)))


def read_again(name: str, options: ReadOptions) -> None:
    """Read a file again as the reader corrects it; for a widget's callback."""
    session = desk()
    ask(_("ui.actions.read_again", name=name))
    title = _("ui.actions.reading_file_again")
    again = partial(session.read_again, name, options)
    _examine(title, session, again, partial(go_to, Part.READING))


def turn_to(name: str) -> None:
    """Put another dataset under review; for a widget's callback."""
    session = desk()
    asked = _("ui.actions.review_instead", name=name)
    ask(asked)
    _examine(asked, session, partial(session.turn_to, name), partial(go_to, Part.SUMMARY))


def close_case() -> None:
    """Forget the case that is open, with its files and its conversation."""
    held = screen()
    if held.work is not None:
        held.work.stop()
    held.desk, held.place, held.talk, held.lesson, held.work = None, Place(), None, None, None
    held.turns.clear()
    held.later.clear()
    held.files += 1


def opening(session: Session) -> Message:
    """The first thing said about a review."""
    review = session.review
    alone = review.risk.uniques if review.risk else 0
    found = len(review.findings)
    if alone:
        return say("ui.actions.opened_with_people_alone", n=found, alone=alone)
    return say("ui.actions.opened", n=found)


def answer(question: str, patience: float) -> None:
    """Have the assistant answer; what it says appears in `Work.written` as it comes.

    While something else is said or read, the question waits for its turn.
    """
    from assistant import Assistant
    from desk import Session

    held = screen()
    if held.work is not None and held.work.where == "talk":
        held.later.append(partial(answer, question, patience))
        return
    held.desk = held.desk or Session(library=library())
    if held.talk is None:
        held.talk = Assistant(held.desk)
        _look(held.place)
    held.talk.lang = language()
    talk = held.talk

    def speak(work: Work[Reply | None]) -> Reply | None:
        last = None
        for piece in talk.stream(question):
            if isinstance(piece, str):
                work.written += piece
            else:
                last = piece
        return last

    waiting.begin(_("ui.actions.thinking"), "talk", speak, _said, patience)


def _said(reply: Reply | None) -> None:
    if reply is not None:
        tell(reply.reply, reply.citations, reply.passages, _engine(reply))


def _engine(reply: Reply) -> str:
    """Which model read the question; nothing where it was this machine alone."""
    if reply.engine != "offline":
        return _("ui.actions.question_read", model=reply.engine)
    return reply.note


def _look(place: Place) -> None:
    """Let the conversation know what "this cell" stands for."""
    talk = screen().talk
    if talk and place.focus:
        row, column = place.focus
        talk.look(column or None, row)
