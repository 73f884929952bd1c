"""Lists of feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.feeds.opml import Subscription, read_opml


def test_feeds_at_any_depth_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
        <outline text="Asia"><outline text="강변일보" type="rss" xmlUrl=" https://example.kr/rss "/>
        <outline text="Deep"><outline title="Ilta" text="x" xmlURL="http://example.fi/atom"/></outline></outline>
        <outline text="Again" xmlUrl="https://example.kr/rss"/><outline text="No feed" url="https://example.org"/>
        <outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://example.org/plain"/></body></opml>""",
        encoding="utf-8",
    )
    assert read_opml(path) == [
        Subscription(url="https://example.kr/rss", title="강변일보", listed=True),
        Subscription(url="http://example.fi/atom", title="Ilta", listed=True),
        Subscription(url="https://example.org/plain", title="", listed=True),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not OPML"),
        ("<html/>", "not OPML"),
        ("feeds", "not OPML"),
        ("<opml><body><outline text='a'/></body></opml>", "names no feed"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><body>&x;</body></opml>", "names no feed"),
    ],
)
def test_what_is_no_list_says_so(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"feeds\.opml: .*{said}"):
        read_opml(path)


def test_one_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_opml(tmp_path / "feeds.opml")
