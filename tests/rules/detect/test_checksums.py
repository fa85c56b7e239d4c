import numpy as np
import pyarrow as pa
import pytest
from stdnum import luhn
from stdnum.jp import cn, in_

from rules.detect import checksums


def numbers(length: int, count: int = 3_000) -> list[str]:
    rng = np.random.default_rng(length)
    return ["".join(map(str, row)) for row in rng.integers(0, 10, (count, length))]


@pytest.mark.parametrize(
    ("length", "ours", "oracle"),
    [
        (12, checksums.my_number, in_.is_valid),
        (13, checksums.corporate_number, cn.is_valid),
        (16, checksums.double_add, luhn.is_valid),
    ],
)
def test_agrees_with_stdnum(length: int, ours: object, oracle: object) -> None:
    texts = numbers(length)
    mask, digits = checksums.digit_matrix(pa.array(texts), length)
    assert mask.all()
    assert ours(digits).tolist() == [oracle(t) for t in texts]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "good"),
    [("011002", True), ("131016", True), ("230006", True), ("131017", False), ("990000", False)],
)
def test_municipality_codes(code: str, good: bool) -> None:
    _, digits = checksums.digit_matrix(pa.array([code]), 6)
    assert checksums.municipality_code(digits).tolist() == [good]


def test_separators_are_left_out_and_others_refused() -> None:
    mask, digits = checksums.digit_matrix(pa.array(["1234-5678-9012", "12345678901a", "1"]), 12)
    assert mask.tolist() == [True, False, False]
    assert digits.shape == (1, 12)
