"""Check digits, for whole columns at once.

python-stdnum is the oracle of the tests where it knows the number; it reads one value at a
time, which is too slow for a million of them.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rules.detect.profile import Mask

Digits = npt.NDArray[np.int64]
"""Shape (values, digits), each 0–9."""

_SEPARATORS = r"[\s\-‐‑–—−ー_.]"


def digit_matrix(texts: pa.StringArray, length: int) -> tuple[Mask, Digits]:
    """Which values are `length` digits once separators are gone, and their digits.

    Returns:
        The mask over all values, and the matrix of those it holds.
    """
    bare = pc.replace_substring_regex(texts, _SEPARATORS, "")
    mask = np.asarray(pc.match_substring_regex(bare, rf"^[0-9]{{{length}}}$"), dtype=np.bool_)
    kept = bare.filter(pa.array(mask))
    numbers = np.asarray(pc.cast(kept, pa.int64()), dtype=np.int64)
    powers = 10 ** np.arange(length - 1, -1, -1, dtype=np.int64)
    return mask, (numbers[:, None] // powers) % 10


def my_number(digits: Digits) -> Mask:
    """個人番号: 12 digits, weights 6 5 4 3 2 7 6 5 4 3 2, modulus 11."""
    rest = digits[:, :11] @ np.array([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    passed: Mask = np.where(rest <= 1, 0, 11 - rest) == digits[:, 11]
    return passed


def resident_record_code(digits: Digits) -> Mask:
    """住民票コード (candidate rule): 11 digits, the 個人番号 rule on ten."""
    rest = digits[:, :10] @ np.array([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    passed: Mask = np.where(rest <= 1, 0, 11 - rest) == digits[:, 10]
    return passed


def corporate_number(digits: Digits) -> Mask:
    """法人番号: 13 digits, the leading one is 9 − (Σ mod 9) with weights 1, 2 from the right."""
    weights = np.array([2 if i % 2 == 0 else 1 for i in range(12)])
    passed: Mask = 9 - digits[:, 1:] @ weights % 9 == digits[:, 0]
    return passed


def municipality_code(digits: Digits) -> Mask:
    """全国地方公共団体コード: 6 digits, weights 6 5 4 3 2, a prefecture from 01 to 47."""
    check = (11 - digits[:, :5] @ np.array([6, 5, 4, 3, 2]) % 11) % 10
    prefecture = digits[:, 0] * 10 + digits[:, 1]
    passed: Mask = (check == digits[:, 5]) & (prefecture >= 1) & (prefecture <= 47)
    return passed


def drivers_license(digits: Digits) -> Mask:
    """運転免許証番号: 12 digits, the 11th checks ten; the 12th counts reissues."""
    rest = digits[:, :10] @ np.array([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    passed: Mask = (11 - rest) % 10 == digits[:, 10]
    return passed


def double_add(digits: Digits) -> Mask:
    """Luhn: weights 2, 1, 2 … from the right of the payload, digit sums.

    保険者番号 and credit cards share it.
    """
    payload = digits[:, :-1]
    length = payload.shape[1]
    weights = np.array([2 - (length - 1 - i) % 2 for i in range(length)])
    products = payload * weights
    total = (products // 10 + products % 10).sum(axis=1)
    passed: Mask = (10 - total % 10) % 10 == digits[:, -1]
    return passed


def modulus_11(digits: Digits) -> Mask:
    """宛名番号・世帯番号: weights 2–7 from the right, modulus 11; 10 and 11 give 0."""
    length = digits.shape[1] - 1
    weights = np.array([2 + (length - 1 - i) % 6 for i in range(length)])
    rest = digits[:, :-1] @ weights % 11
    passed: Mask = np.where(rest <= 1, 0, 11 - rest) == digits[:, -1]
    return passed


def weights_three_one(digits: Digits) -> Mask:
    """JAN and the like: weights 3, 1 from the right of the payload, modulus 10."""
    weights = np.array([3, 1] * digits.shape[1])[: digits.shape[1] - 1][::-1]
    passed: Mask = -(digits[:, :-1] @ weights) % 10 == digits[:, -1]
    return passed


def remainder_of_seven(digits: Digits) -> Mask:
    """7DR, as on slips: the number before the last digit, modulus 7."""
    payload = digits[:, :-1] @ 10 ** np.arange(digits.shape[1] - 2, -1, -1, dtype=np.int64)
    passed: Mask = payload % 7 == digits[:, -1]
    return passed


LEARNED: tuple[Callable[[Digits], Mask], ...] = (
    double_add,
    modulus_11,
    weights_three_one,
    remainder_of_seven,
)
"""What offices put at the end of numbers of their own, from which a column's is learned."""
CHECKS: dict[str, Callable[[Digits], Mask]] = {
    check.__name__: check
    for check in (
        my_number, resident_record_code, corporate_number, municipality_code, drivers_license,
        double_add, modulus_11,
    )
}  # fmt: skip
"""By the name that a type's file calls them."""
