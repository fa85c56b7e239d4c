"""特記仕様書の点検表 and 審査票: the checklists of the rule catalogue as papers."""

import rules
from core import UsageError
from desk.papers.brief import Brief, closing
from desk.reply import cited
from papers import Document, Heading, Paragraph


def contract(brief: Brief) -> Document:
    """What the contractor's special specification should say."""
    return _checklist(brief, "specification", "contract")


def screening(brief: Brief) -> Document:
    """How a proposal for anonymised information is screened."""
    return _checklist(brief, "screening", "screening")


def _checklist(brief: Brief, checklist_id: str, paper: str) -> Document:
    t = brief.t
    found = {c.id: c for c in rules.catalog().checklists}.get(checklist_id)
    if found is None:
        raise UsageError.of("desk.checklists.unknown-checklist")
    words = {"yes": t("desk.checklists.yes"), "no": t("desk.checklists.no")}
    rows = (
        (
            str(number),
            brief.say(item.text),
            words.get(brief.answers.get(found.topic(item), ""), "□"),
            brief.say(item.remedy),
            brief.grounds(cited(item.cards, item.text.ja + item.remedy.ja)),
        )
        for number, item in enumerate(found.items, 1)
    )
    name, widths = t(f"desk.checklists.{paper}"), (0.65, 3, 0.7, 2.85, 2.1)
    return brief.document(
        f"desk.checklists.{paper}_draft",
        [
            Paragraph(text=brief.say(found.about)),
            Heading(text=t("desk.checklists.points")),
            brief.table("desk.checklists.points", rows, widths, name),
            closing(brief),
        ],
    )
