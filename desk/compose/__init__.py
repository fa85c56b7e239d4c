"""What each paper says. Every paper is a draft (案) made of a review; people decide."""

from collections.abc import Callable
from typing import Literal, get_args

from core import Language, Message
from desk.compose import checklists, draft_report, findings, plan, register, review
from desk.compose.brief import Brief
from papers import Document

Paper = Literal["draft_report", "review", "plan", "findings", "register", "contract", "screening"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
TITLES: dict[Paper, Message] = {
    "draft_report": Message(ja="答申案", en="Draft report"),
    "review": Message(ja="点検結果", en="Review"),
    "plan": Message(ja="加工計画書", en="Processing plan"),
    "findings": Message(ja="指摘一覧", en="Findings"),
    "register": Message(ja="個人情報ファイル簿（案）", en="Register entry (draft)"),
    "contract": Message(ja="特記仕様書の点検表", en="Contractor specification: checklist"),
    "screening": Message(ja="提案の審査票", en="Proposal screening sheet"),
}
_COMPOSERS: dict[Paper, Callable[[Brief], Document]] = {
    "draft_report": draft_report.compose,
    "review": review.compose,
    "plan": plan.compose,
    "findings": findings.compose,
    "register": register.compose,
    "contract": checklists.contract,
    "screening": checklists.screening,
}


def write_paper(paper: Paper, brief: Brief) -> Document:
    """The document of a paper."""
    return _COMPOSERS[paper](brief)


def title(paper: Paper, lang: Language) -> str:
    """The paper's name."""
    return TITLES[paper].text(lang)


__all__ = ["PAPERS", "TITLES", "Brief", "Paper", "title", "write_paper"]
