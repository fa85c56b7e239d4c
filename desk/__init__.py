"""One review from start to end: everything a door or the conversation can do."""

from desk.case_file import read_case
from desk.compose import PAPERS, TITLES, Brief, Paper, write_paper
from desk.outcome import Outcome
from desk.planning import goal_of
from desk.procedure import FIELDS, TOPICS, Topic, procedures
from desk.session import Session
from desk.settings import home
from desk.tabulation import protected
from papers import Format

__all__ = [
    "FIELDS",
    "PAPERS",
    "TITLES",
    "TOPICS",
    "Brief",
    "Format",
    "Outcome",
    "Paper",
    "Session",
    "Topic",
    "goal_of",
    "home",
    "procedures",
    "protected",
    "read_case",
    "write_paper",
]
