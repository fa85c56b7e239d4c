"""Headers of lists that nobody read while mending the reader: the figures do not fall."""

from benchmarks.headers import REGRESSION, STANDARD_SYSTEMS, load, score


def test_figures_do_not_fall() -> None:
    """What is measured since compounds are read by their last word (docs/adr/0010)."""
    found = score(load(REGRESSION))
    assert (found.of, found.near_misses) == (150, 120)
    assert found.right >= 144, found.missed
    assert found.flagged <= 3, found.flagged_as


def test_headers_of_the_standard_systems_are_read() -> None:
    found = score(load(STANDARD_SYSTEMS))
    assert (found.of, found.near_misses) == (150, 120)
    assert found.right >= 144, found.missed
    assert found.flagged <= 9, found.flagged_as


def test_the_score_counts_what_is_missed_and_what_is_flagged() -> None:
    """The yardstick itself: a reader that says one thing of all is right by accident only."""
    told = load(REGRESSION)
    flat = score(told, lambda header: "person_name")
    assert flat.right == sum(e["type"] == "person_name" for e in told["headers"])
    acceptable = sum("person_name" in e["acceptable"] for e in told["near_misses"])
    assert flat.flagged == flat.near_misses - acceptable
