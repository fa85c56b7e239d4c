"""特記仕様書の点検表 and 審査票: the checklists of the rule catalogue as papers."""

import rules
from core import UsageError
from desk.compose import parts
from desk.compose.brief import Brief
from desk.grounds import cited
from papers import Document, Heading, Paragraph, Sheet


def contract(brief: Brief) -> Document:
    """What the contractor's special specification should say."""
    title = brief.t("特記仕様書の点検表", "Contractor specification: checklist")
    return _compose(brief, "specification", title)


def screening(brief: Brief) -> Document:
    """How a proposal for anonymised information is screened."""
    return _compose(brief, "screening", brief.t("提案の審査票", "Proposal screening sheet"))


def _compose(brief: Brief, checklist_id: str, title: str) -> Document:
    t = brief.t
    found = {c.id: c for c in rules.catalog().checklists}.get(checklist_id)
    if found is None:
        raise UsageError.of(
            "unknown-checklist",
            ja="この点検表は規則集にありません。",
            en="The rule pack has no such checklist.",
        )
    words = {"yes": t("はい", "yes"), "no": t("いいえ", "no")}
    rows = tuple(
        (
            str(number),
            brief.say(item.text),
            words.get(brief.answers.get(found.topic(item), ""), "□"),
            brief.say(item.remedy),
            brief.grounds(cited(item.cards, item.text.ja + item.remedy.ja)),
        )
        for number, item in enumerate(found.items, 1)
    )
    headers = (
        t("番号", "No."),
        t("確認すること", "Point"),
        t("確認", "Answer"),
        t("足りないときの対応", "If not"),
        t("根拠", "Grounds"),
    )
    return brief.document(
        t(f"{title}（案）", f"{title} (draft)"),
        [
            Paragraph(text=brief.say(found.about)),
            Heading(text=t("確認すること", "Points")),
            Sheet(name=title, headers=headers, rows=rows, widths=(0.65, 3, 0.7, 2.85, 2.1)),
            parts.closing(brief),
        ],
    )
