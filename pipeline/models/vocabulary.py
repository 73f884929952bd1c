"""The part of a chat model's vocabulary that a translation into a language of Latin letters is written with.

For each token that it writes, an engine works out how likely every other one is, and searches them for the best: beam
search of the built-in model in OpenVINO spent 45 % of its time in that search alone. Half of the tokens are of other
scripts, emoji, code and its indentation. So those that prose has come first in the vocabulary, and the model has
outputs for no others; it goes on reading them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.backends.foreign import is_foreign
from pipeline.backends.prompts import Prompter

_LETTER: Final = "A-Za-z\u00c0-\u024f"
# Letters of Vietnamese alone; translations leave them out of its names.
_VIETNAMESE: Final = "ơưđƠƯĐ"
_OPENING: Final = "\"“‘'’(\\[/&$€£#@–—-"
# Words and parts of words, perhaps after a mark that opens something: "(Bank", "-old", "$m"; the ".S" of U.S. and
# ".com", but no ".append".
_WORD: Final = re.compile(
    rf" ?[{_OPENING}]?(?![{_LETTER}'’]*[{_VIETNAMESE}])[{_LETTER}'’]+[.,]?| ?\.(?:[A-Za-z]|com|org|net|gov)"
)
_FIGURE: Final = re.compile(r"[0-9]{1,4}")
# One of any, several of those that prose has side by side; white space that is no indentation.
_MARKS: Final = re.compile(r" ?[^\w\s]|[½¼¾²³]| ?[-.,;:!?'\"“”‘’()–—…%$£€]{2,4}|[ \n]|\n\n")
# Whatever no token has can be spelt in bytes.
_BYTE: Final = re.compile(r"<0x[0-9A-F]{2}>")


def may_be_written(token: str, text: str) -> bool:
    """Whether a token, which stands for `text`, may be written in a language of Latin letters."""
    if is_foreign(text):
        return False
    is_byte = len(token) == 1 or _BYTE.fullmatch(token) is not None
    return is_byte or any(pattern.fullmatch(text) for pattern in (_WORD, _FIGURE, _MARKS))


def written_first(prompter: Prompter, rows: int) -> tuple[list[int], int]:
    """All numbers from 0 to `rows` in a new order, and how many of them are the tokens that may be written."""
    numbers = prompter.vocabulary
    written = {numbers[token] for token, text in prompter.spelled() if may_be_written(token, text)}
    # A tokenizer may know tokens for which the model has no row.
    first = sorted(number for number in {*written, numbers[prompter.end]} if number < rows)
    return [*first, *sorted({*range(rows)}.difference(first))], len(first)


def renumber(tokenizer: Path, order: Sequence[int]) -> None:
    """Give the tokens of a `tokenizer.json` their places in `order` for numbers.

    Raises:
        ValueError: the numbers are no table of the file, as in a Unigram model.
    """
    found: dict[str, Any] = json.loads(tokenizer.read_bytes())
    table = found["model"].get("vocab")
    if not isinstance(table, dict):
        raise ValueError(f"the backend openvino does not know a vocabulary of the type {found['model'].get('type')!r}")
    place = {old: new for new, old in enumerate(order)}

    def moved(number: int) -> int:
        return place.get(number, number)

    numbered = {token: moved(number) for token, number in table.items()}
    added = found.get("added_tokens", [])
    for token in added:
        token["id"] = moved(token["id"])
        # What is not in the table would be numbered in the order of the file.
        numbered[token["content"]] = token["id"]
    found["model"]["vocab"] = dict(sorted(numbered.items(), key=lambda one: one[1]))
    added.sort(key=lambda token: token["id"])
    tokenizer.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
