from __future__ import annotations

import json

import pytest

from pipeline.printable import escaped
from tests.hostile import STRINGS


@pytest.mark.parametrize("text", STRINGS)
def test_json_means_the_same_and_acts_on_nobody(text: str) -> None:
    written = escaped(json.dumps({text: text}, ensure_ascii=False))
    assert json.loads(written) == {text: text}
    assert len(written.splitlines()) == 1
    assert all(character.isprintable() or character in "\u200b\u200c\u200d\u2060" for character in written)


def test_what_it_looks_like() -> None:
    assert escaped("a\x1b[2J\x9b\u202eb\U000e0001\ud800") == "a\\u001b[2J\\u009b\\u202eb\\udb40\\udc01\\ud800"
    assert escaped("한국어\tPT\n🇰🇷 e\u0301") == "한국어\tPT\n🇰🇷 e\u0301"
