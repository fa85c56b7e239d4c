"""One review from start to end: everything a door or the conversation can do."""

from anonymizer.tables import Override
from desk.case_file import read_case
from desk.choices import WIDTHS, Choice, choices
from desk.compose import PAPERS, TITLES, Brief, Paper, write_paper
from desk.leaving import FileFormat, bundle, processed_files, table_files
from desk.outcome import Outcome
from desk.planning import alternatives, goal_of
from desk.procedure import FIELDS, TOPICS, Topic, procedures
from desk.session import Session
from desk.settings import MAX_SUPPRESSION, THRESHOLD, home, own_rules
from desk.stated import Stated
from desk.steps import treatment
from desk.tabulation import protected
from desk.techniques import GROUNDS, Ground
from desk.understood import Understood
from papers import Format

__all__ = [
    "FIELDS",
    "GROUNDS",
    "MAX_SUPPRESSION",
    "PAPERS",
    "THRESHOLD",
    "TITLES",
    "TOPICS",
    "WIDTHS",
    "Brief",
    "Choice",
    "FileFormat",
    "Format",
    "Ground",
    "Outcome",
    "Override",
    "Paper",
    "Session",
    "Stated",
    "Topic",
    "Understood",
    "alternatives",
    "bundle",
    "choices",
    "goal_of",
    "home",
    "own_rules",
    "procedures",
    "processed_files",
    "protected",
    "read_case",
    "table_files",
    "treatment",
    "write_paper",
]
