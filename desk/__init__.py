"""One review from start to end: everything a door or the conversation can do."""

from anonymizer import not_held, reader_name
from anonymizer.tables import Override
from desk.examination import THRESHOLD
from desk.explain import subject_line
from desk.exports import FileFormat, bundle, processed_files, protected, table_files
from desk.input_summary import Stated, Understood
from desk.papers import PAPERS, Paper, write_paper
from desk.planning import MAX_SUPPRESSION, alternatives, goal_of, need_people
from desk.procedure import FIELDS, PROCEDURES, ForCase, for_case, read_case
from desk.reply import Outcome
from desk.session import TOOLS, Session
from desk.tools import Tool, phrases
from desk.treatments import GROUNDS, WIDTHS, Choice, Ground, choices, treatment
from papers import Format

__all__ = [
    "FIELDS",
    "GROUNDS",
    "MAX_SUPPRESSION",
    "PAPERS",
    "PROCEDURES",
    "THRESHOLD",
    "TOOLS",
    "WIDTHS",
    "Choice",
    "FileFormat",
    "ForCase",
    "Format",
    "Ground",
    "Outcome",
    "Override",
    "Paper",
    "Session",
    "Stated",
    "Tool",
    "Understood",
    "alternatives",
    "bundle",
    "choices",
    "for_case",
    "goal_of",
    "need_people",
    "not_held",
    "phrases",
    "processed_files",
    "protected",
    "read_case",
    "reader_name",
    "subject_line",
    "table_files",
    "treatment",
    "write_paper",
]
