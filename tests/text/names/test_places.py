"""How often a text names a place."""

from __future__ import annotations

import pytest

from pipeline.text.names.places import times_in


@pytest.mark.parametrize(
    ("place", "text", "language", "times"),
    [
        ("Taiwan", "Taiwan and the Taiwanese", "en", 2),
        ("Ukraine", "Die Ukraine und die ukrainische Armee", "de", 2),
        ("Mali", "malicia y Mali", "es", 1),
        ("Iran", "Irans Präsident", "de", 1),
        ("China", "Chinin, chinos y China", "es", 1),
        ("Taiwan", "臺灣與台灣", "zh-Hant", 2),
        ("Taiwan", "台湾海峡と台湾", "ja", 2),
        ("South Korea", "한국의 대한민국은", "ko", 1),
        ("United States", "미국은 미국과", "ko", 2),
        ("Taiwan", "وتايوان", "ar", 1),
        ("Russia", "России и Россия", "ru", 2),
        ("Paris", "Paris et Paris", "fr", 2),
        ("Norway", "Norge og norske", "nb", 1),
        ("Taiwan", "Taiwan", "und", 1),
        ("Nowhere", "nothing", "de", 0),
    ],
)
def test_times(place: str, text: str, language: str, times: int) -> None:
    assert times_in(place, text, language) == times
