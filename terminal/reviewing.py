"""`mekiki review`, and `report`: papers from a review that was kept."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core import MARKS, SEVERITIES, TYPES, Beside, Language, Review, Severity, SubjectKind
from terminal import opening
from terminal.output import add_common, emit, keep_inputs, write

if TYPE_CHECKING:
    from rules import Inspection


def declare_review(parser: ArgumentParser) -> None:
    """The arguments of `mekiki review`."""
    add_common(parser)
    parser.add_argument("data", nargs="*", metavar="DATA")
    parser.add_argument("--schema", metavar="FILE")
    parser.add_argument("--case", metavar="FILE.yaml")
    parser.add_argument("--cells", type=_cells, default=opening.PLAIN, metavar="N|all")
    parser.add_argument("--fail-on", choices=["high", "medium", "low"])
    parser.add_argument("--subject", choices=list(SubjectKind), help="what the rows are about")
    parser.add_argument("--unit", metavar="COL,…", help="the columns that tell whose row it is")
    parser.add_argument("--no-plan", action="store_true", help="do not propose a plan")
    opening.add_reading(parser)
    parser.set_defaults(run=run_review)


def _cells(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal():
        raise ArgumentTypeError("a number or 'all'")
    return int(text)


def run_review(args: Namespace) -> int:
    """Review and print; 1 where a finding is as grave as `--fail-on` says."""
    session = opening.open_session(args)
    if not args.no_plan:
        session.suggest()
    review = session.review
    data = review.model_dump(mode="json")
    if args.cells is None:
        for part, seen in zip([data, *data["others"]], session.inspections, strict=True):
            part["cells"] = _every_cell(seen)
    emit(args, data, _plain(review, args.lang))
    if args.fail_on is None:
        return 0
    gate = Severity(args.fail_on).order
    return int(any(f.severity.order <= gate for f in review.findings))


def _every_cell(inspection: "Inspection") -> Iterator[str]:
    """Each unusual cell as it is written: there may be more than memory should hold."""
    return (note.model_dump_json() for note in inspection.select())


def _plain(review: Review, lang: Language) -> Iterator[str]:
    for source in review.inputs:
        rows = f"  {source.rows:,}" if source.rows is not None else ""
        yield f"{source.name}{rows}  {source.sha256[:12]}"
        yield from (f"  {note.text(lang)}" for note in source.notes)
    yield from _seen(review, lang)
    for other in review.others:
        yield f"\n{other.name}"
        yield from _seen(other, lang)
    yield ""
    for check in review.schema_check:
        yield check.message.text(lang)
    others = {other.name for other in review.others}
    for finding in review.findings:
        file = f"{finding.target.dataset}: " if finding.target.dataset in others else ""
        yield f"[{SEVERITIES[finding.severity].text(lang)}] {file}{finding.message.text(lang)}"
    if review.risk:
        risk = review.risk
        yield f"k={risk.k}  {risk.uniques:,}/{risk.rows:,}  {'・'.join(risk.quasi)}"
        if risk.special:
            yield risk.special.message.text(lang)
    yield from (link.message.text(lang) for link in review.links)


def _seen(review: Review | Beside, lang: Language) -> Iterator[str]:
    from desk import subject_line

    yield ""
    if review.subject is not None:
        yield subject_line(review.subject).text(lang)
        yield ""
    for column in review.columns:
        kinds = "・".join(TYPES[p].text(lang) for p in (column.parts or (column.type,)))
        yield f"{MARKS[column.role]} {column.name}  {kinds}  {column.why.text(lang)}"
    yield ""
    for cause in review.causes[:20]:
        rows = ", ".join(f"{example.row:,}" for example in cause.examples)
        yield f"{cause.count:>8,}  {cause.title.text(lang)}  {cause.reason.text(lang)}  [{rows}]"


def declare_report(parser: ArgumentParser) -> None:
    """The arguments of `mekiki report`."""
    from desk import PAPERS
    from papers import FORMATS

    add_common(parser)
    parser.add_argument("review", metavar="REVIEW.json")
    parser.add_argument("--paper", choices=PAPERS, default="draft_report")
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.set_defaults(run=run_report)


def run_report(args: Namespace) -> int:
    """Compose the paper from a review file and write it beside the review, never over it."""
    from desk import write_paper

    keep_inputs([args.out], [args.review])
    review = opening.review_of(args.review)
    content = write_paper(args.paper, review, args.format, args.lang)
    target = write(args.out, content)
    data = {"paper": args.paper, "format": args.format, "file": target.name, "bytes": len(content)}
    emit(args, data, [target.name])
    return 0
