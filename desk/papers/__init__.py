"""What each paper says. Every paper is a draft (案) made of a review; people decide."""

from collections.abc import Callable
from typing import Literal, get_args

import papers
from core import Language, Message, say
from desk.papers import checklists, draft_report, register_entry, review_paper
from desk.papers.brief import Brief
from desk.reply import Outcome
from desk.tools import tool
from desk.workspace import Workspace
from papers import Document, Format

__all__ = ["PAPERS", "TITLES", "Brief", "Paper", "brief", "make_report", "report", "write_paper"]

Paper = Literal["draft_report", "review", "plan", "findings", "register", "contract", "screening"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
TITLES: dict[Paper, Message] = {paper: say(f"desk.paper.{paper}") for paper in PAPERS}
_COMPOSERS: dict[Paper, Callable[[Brief], Document]] = {
    "draft_report": draft_report.draft_report,
    "review": review_paper.review,
    "plan": draft_report.processing_plan,
    "findings": review_paper.findings,
    "register": register_entry.register,
    "contract": checklists.contract,
    "screening": checklists.screening,
}


def write_paper(paper: Paper, brief: Brief) -> Document:
    """The document of a paper."""
    return _COMPOSERS[paper](brief)


def brief(session: Workspace, lang: Language) -> Brief:
    """What papers are made of."""
    return Brief(session.review, lang, session.history.now.answers)


def report(session: Workspace, paper: Paper, format: Format, lang: Language = "ja") -> bytes:
    """The bytes of a draft paper."""
    return papers.render(write_paper(paper, brief(session, lang)), format)


@tool()
def make_report(session: Workspace, paper: Paper, format: Format) -> Outcome:
    """Prepare a draft paper; `data` names the file to download."""
    write_paper(paper, brief(session, "ja"))
    return Outcome(
        message=say("desk.paper.ready", paper=TITLES[paper]),
        data={"paper": paper, "format": format, "file": f"{paper}.{format}"},
    )
