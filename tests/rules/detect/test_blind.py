"""The detectors on a set written without sight of them; the full figures are in benchmarks."""

from dataclasses import replace

import pytest

from benchmarks.detect import see
from benchmarks.detection import blind
from benchmarks.detection.scoring import Score, header_figures


@pytest.fixture(scope="module", params=blind.PARTS)
def score(request: pytest.FixtureRequest) -> Score:
    total = Score()
    for shape in blind.shapes():
        table = blind.build(shape, 1_500, 7, request.param, share=0.3)
        total.of_blind(table, see(table.columns))
    return total


def share(score: Score, part: str, whole: str) -> float:
    return score.counts[part] / score.counts[whole]


def test_columns_get_their_type_and_receipts_none(score: Score) -> None:
    assert share(score, "typed_right", "typed") == 1
    assert share(score, "claimed_right", "claimed") >= 0.97


def test_hidden_personal_data_is_found_and_clean_memos_stay_quiet(score: Score) -> None:
    assert share(score, "hidden_right", "hidden") >= 0.92, score.memos.most_common(5)
    assert share(score, "false_alarms", "clean") <= 0.003, score.memos.most_common(5)


def test_planted_cells_are_found_without_crying_wolf(score: Score) -> None:
    assert share(score, "planted_found", "planted") >= 0.97, score.cells.most_common(5)
    assert share(score, "planted_alarms", "planted") <= 3


@pytest.mark.parametrize("part", blind.PARTS)
def test_headers_alone_tell_the_type(part: str) -> None:
    right, of, mistakes = header_figures(part)
    assert right / of >= 0.95, mistakes


def test_the_score_counts_what_is_missed() -> None:
    """The yardstick itself: with the memos emptied nothing can be right."""
    table = blind.build("romanised", 300, 1, "development", share=0.5)
    emptied = replace(table, columns={**table.columns, table.memo: ["-"] * 300})
    score = Score()
    score.of_blind(emptied, see(emptied.columns))
    assert score.counts["hidden"] > 100
    assert score.counts["hidden_right"] == 0
