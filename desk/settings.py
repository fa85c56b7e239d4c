"""The desk's own numbers. None of them is in the law."""

import os
from pathlib import Path

THRESHOLD = 5
"""The smallest class that is not called small; `measure` states where the number comes from."""
MAX_SUPPRESSION = 0.05
"""The share of rows a proposed plan may give up."""
EXAMPLES_SAID = 5
"""How many of a list the conversation names before it says how many more there are."""


def own_rules() -> Path:
    """Where a council keeps rules of its own: the folder `rules` of `home`."""
    return home() / "rules"


def home() -> Path:
    """Where imported documents and own rules are kept: `MEKIKI_HOME`, or `var/` by the program."""
    return Path(os.environ.get("MEKIKI_HOME") or Path(__file__).parents[1] / "var")
