"""The desk's own numbers. None of them is in the law."""

THRESHOLD = 5
"""The smallest class that is not called small; `measure` states where the number comes from."""
MAX_SUPPRESSION = 0.05
"""The share of rows a proposed plan may give up."""
EXAMPLES_SAID = 5
"""How many of a list the conversation names before it says how many more there are."""
