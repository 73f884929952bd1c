"""One spelling for the addresses of one page."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import urls
from pipeline.urls import canonical_url, without_user


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://Example.ORG:443/A?utm_source=x&id=2#top", "https://example.org/A?id=2"),
        (" http://example.org ", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("http://example.org/a?b=&c=1&ref=x", "http://example.org/a?b=&c=1"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("no address", "no address"),
    ],
)
def test_spellings(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@given(
    st.builds(
        "http{}://{}{}{}".format,
        st.sampled_from(["", "s"]),
        st.text("ab.-09@:", max_size=5),
        st.sampled_from(["/", "", ":80/", "//"]),
        st.text("aZ0.-_~/:?#[]@!$&'()*+,;=%\\ \t\n\"<>^`{|}é\x00", max_size=8),
    )
)
@example("http://a.b/c#d")
@example("http://a.b/c?d=e")
def test_what_is_seen_to_be_in_that_spelling_is(address: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        quick = canonical_url(address)
        patch.setattr(urls, "_CANONICAL", re.compile("(?!)"))
        assert canonical_url(address) == quick


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@example.org/a", "https://***@example.org/a"),
        ("https://u@example.org", "https://***@example.org"),
        ("https://u:p@q@example.org/?x=@", "https://***@example.org/?x=@"),
        ("https://example.org/@someone", "https://example.org/@someone"),
        ("https://example.org?m=a@b", "https://example.org?m=a@b"),
        ("a@b.opml", "a@b.opml"),
    ],
)
def test_a_password_is_taken_out(url: str, shown: str) -> None:
    assert without_user(url) == shown
