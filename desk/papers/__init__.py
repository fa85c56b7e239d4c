"""What each paper says. Every paper is a draft (案) made of a review; people decide."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

import papers
from core import Language, Review, say
from desk.papers.brief import KINDS, Brief, Paper
from desk.reply import Outcome
from desk.tools import tool
from desk.workspace import Workspace
from papers import Format

__all__ = ["PAPERS", "Paper", "make_report", "report", "write_paper"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

PAPERS: dict[str, Paper] = {kind.name: kind for kind in sorted(KINDS, key=lambda kind: kind.place)}
"""Every paper by its name, the most used first: those that the modules of this folder compose."""

if TYPE_CHECKING:
    PaperName = str
else:  # so that a model is told the names
    PaperName = Literal[tuple(PAPERS)]


def write_paper(paper: PaperName, review: Review, format: Format, lang: Language = "ja") -> bytes:
    """The bytes of a draft paper about a review, the same at every door."""
    return papers.render(PAPERS[paper].compose(Brief(review, lang)), format)


def report(session: Workspace, paper: PaperName, format: Format, lang: Language = "ja") -> bytes:
    """The bytes of a draft paper about the review as it stands now."""
    return write_paper(paper, session.review, format, lang)


@tool()
def make_report(session: Workspace, paper: PaperName, format: Format) -> Outcome:
    """Prepare a draft paper; `data` names the file to download."""
    PAPERS[paper].compose(Brief(session.review))
    return Outcome(
        message=say("desk.paper.ready", paper=PAPERS[paper].title),
        data={"paper": paper, "format": format, "file": f"{paper}.{format}"},
    )
