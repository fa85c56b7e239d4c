"""`mekiki report`."""

from argparse import Namespace
from typing import Any

import papers
from desk import PAPERS, Brief, write_paper
from terminal.opening import review_of
from terminal.output import emit
from terminal.writing import write


def add(commands: Any, common: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("report", parents=[common], help="write a draft paper")
    parser.add_argument("review", metavar="REVIEW.json")
    parser.add_argument("--paper", choices=PAPERS, default="draft_report")
    parser.add_argument("--format", choices=papers.FORMATS, required=True)
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Compose the paper from a review file and write it."""
    brief = Brief(review_of(args.review), args.lang)
    content = papers.render(write_paper(args.paper, brief), args.format)
    target = write(args.out, content)
    data = {"paper": args.paper, "format": args.format, "file": target.name, "bytes": len(content)}
    emit(args, data, [target.name])
    return 0
