"""The small parts of retrieval: fusion, tokens, LSA, claims."""

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Citation, Status
from intake.documents import SIZE, pieces
from knowledge import Claim, Passage, verify_claims
from knowledge.answer import excerpt
from knowledge.ranking import Lexical, Lsa, fuse
from knowledge.vectors import Vectors
from knowledge.words import tokens


def passage(name: str, quote: str) -> Passage:
    place = Citation(id=name, kind="law", law="法", status=Status.VERIFIED_TEXT)
    return Passage(id=name, source="法", locator="", quote=quote, citation=place)


@given(st.lists(st.lists(st.integers(0, 20), unique=True, max_size=10), max_size=4))
def test_fusion_keeps_every_candidate_once_and_sorted(rankings: list[list[int]]) -> None:
    fused = fuse(rankings)
    assert {key for key, _ in fused} == {key for ranking in rankings for key in ranking}
    assert len({key for key, _ in fused}) == len(fused)
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


@given(st.text(max_size=200))
def test_tokens_never_fail_and_ignore_width(text: str) -> None:
    assert tokens(text) == tokens(text)
    assert all(word == word.lower() for word in tokens(text) if word.isascii())


@given(st.text(alphabet="あい。、\n ab", max_size=4000))
def test_pieces_join_to_the_whole(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(len(piece) <= SIZE for piece in found)


@given(
    st.text(alphabet="個人情報。委託\n先 x", max_size=400), st.sampled_from(["委託先", "個人", ""])
)
def test_an_excerpt_is_verbatim(text: str, query: str) -> None:
    assert excerpt(text, query).removesuffix("…") in text


def test_lexical_and_dense_find_the_shared_word() -> None:
    documents = [["委託", "監督"], ["統計", "公開"], ["開示", "請求"], []]
    lexical = Lexical(documents)
    assert int(np.argmax(lexical.scores(["公開"]))) == 1
    assert not lexical.scores(["未知"]).any()
    vectors = Vectors(["a", "b", "c", "d"], documents, "test-parts")
    assert [i for i, _ in vectors.nearest(["開示"], 1) or ()] == [2]
    assert vectors.nearest([], 1) == []


@pytest.mark.parametrize("documents", [[], [[]], [["一"]], [["一"], ["二"]]])
def test_tiny_corpora_are_embedded(documents: list[list[str]]) -> None:
    embedded = Lsa(documents).embed([["一"], []])
    assert embedded.shape[0] == 2
    assert np.isfinite(embedded).all()


def test_an_embedding_is_read_back_as_it_was_fitted(tmp_path: Path) -> None:
    documents = [["委託", "監督"], ["統計", "公開"], ["開示", "請求"], ["統計", "委託"]]
    fitted = Lsa(documents)
    fitted.save(tmp_path / "a.npz")
    read = Lsa.load(tmp_path / "a.npz")
    assert read is not None
    assert np.allclose(read.embed(documents), fitted.embed(documents), atol=1e-5)
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x93NUMPY"])
def test_an_embedding_that_is_torn_is_fitted_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    assert Lsa.load(tmp_path / "a.npz") is None
    assert Lsa.load(tmp_path / "none.npz") is None


def test_many_threads_open_one_collection() -> None:
    failures: list[Exception] = []

    def use() -> None:
        try:
            found = Vectors(["x", "y"], [["甲"], ["乙"]], "test-threads").nearest(["乙"], 1)
            assert [i for i, _ in found or ()] == [1]
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


QUOTE = "目的外の自己利用・提供は禁止。"


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        (Claim(text="目的外は禁止。", passage_id="B-08", quote="自己利用・提供は禁止"), True),
        (Claim(text="目的外は禁止。", passage_id="B-08", quote="  自己利用・提供は禁止 "), True),
        (Claim(text="目的外は禁止。", passage_id="B-09", quote="自己利用・提供は禁止"), False),
        (Claim(text="目的外は禁止。", passage_id="B-08", quote="自己利用と提供は禁止"), False),
        (Claim(text="目的外は禁止。", passage_id="B-08", quote="は"), False),
        (Claim(text="目的外は禁止。", passage_id="B-08", quote=""), False),
        (Claim(text=" ", passage_id="B-08", quote="自己利用・提供は禁止"), False),
    ],
)
def test_a_claim_needs_a_retrieved_passage_and_its_words(claim: Claim, kept: bool) -> None:
    assert bool(verify_claims([claim], [passage("B-08", QUOTE)])) is kept
