import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.hashing import HashingEmbedder


def test_texts_are_similar_as_far_as_they_share_words() -> None:
    bridge, ferry, same, none = HashingEmbedder().embed(
        ["The bridge will close in March", "A ferry sails at noon", "In March, the bridge will close!", "—"]
    )
    assert bridge @ same > 0.99
    assert bridge @ ferry < 0.4
    assert not none.any()


def test_vectors_stay_the_same_between_versions() -> None:
    # They are in the cache under the identity "hashing@1".
    assert np.flatnonzero(HashingEmbedder().embed(["bridge"])[0]).tolist() == [157]


@given(st.lists(st.text(max_size=50), max_size=5))
def test_any_texts(texts: list[str]) -> None:
    vectors = HashingEmbedder().embed(texts)
    assert vectors.shape == (len(texts), 256)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    # Two words in one slot with opposite signs cancel out; that is as good as no words.
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
