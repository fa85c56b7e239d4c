"""One review from start to end: everything a door or the conversation can do."""

from anonymizer.tables import Override
from desk.examination import THRESHOLD
from desk.explain import subject_line
from desk.exports import FileFormat, bundle, processed_files, protected, table_files
from desk.input_summary import Stated, Understood
from desk.papers import PAPERS, TITLES, Brief, Paper, write_paper
from desk.planning import MAX_SUPPRESSION, alternatives, goal_of, need_people
from desk.procedure import FIELDS, TOPICS, ForCase, Topic, for_case, procedures, read_case
from desk.reply import Outcome
from desk.session import Session
from desk.tools import TOOLS, Tool, phrases
from desk.treatments import GROUNDS, WIDTHS, Choice, Ground, choices, treatment
from desk.workspace import home, own_rules
from papers import Format

__all__ = [
    "FIELDS",
    "GROUNDS",
    "MAX_SUPPRESSION",
    "PAPERS",
    "THRESHOLD",
    "TITLES",
    "TOOLS",
    "TOPICS",
    "WIDTHS",
    "Brief",
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
    "Topic",
    "Understood",
    "alternatives",
    "bundle",
    "choices",
    "for_case",
    "goal_of",
    "home",
    "need_people",
    "own_rules",
    "phrases",
    "procedures",
    "processed_files",
    "protected",
    "read_case",
    "subject_line",
    "table_files",
    "treatment",
    "write_paper",
]
