"""Instruction-tuned language models as translators: the prompt, and how a checkpoint's own chat template frames it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from pipeline.backends import Segment
from pipeline.backends.codec import clean, unusable
from pipeline.language.codes import english_name

_SYSTEM: Final = "You are a professional news translator."
# What the template is asked with, to find what it writes around a message.
_ASKED, _ANSWERED = "\ue000", "\ue001"
# No sentence has more tokens, nor its translation: what has is a text that lost its full stops, or a loop that would
# hold up its batch for minutes.
LONGEST: Final = 1024


@dataclass(frozen=True, slots=True)
class Question:
    """What a chat model reads for one segment, after what it reads for all."""

    tokens: list[str]
    lead: int
    """So many of them are the same for every text of the language."""
    is_cut: bool
    """Whether the text was cut because no sentence is so long."""


class Prompter:
    """Asks a chat model in its own template.

    Args:
        folder: holds `tokenizer.json` and `tokenizer_config.json`, perhaps `chat_template.jinja`.
        identity: the model's, for messages.

    Raises:
        BackendError: a file is missing or broken, or there is no chat template.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        from tokenizers import Tokenizer

        for name in ("tokenizer.json", "tokenizer_config.json"):
            if not (folder / name).is_file():
                raise unusable(folder, identity, f"{name} is missing")
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
            before, after, end = _frame(folder)
            self.static = self._tokens(before)
            """What all prompts begin with; an engine reads it once for a batch."""
            self._after = self._tokens(after)
            self.end = self._tokens(end)[0]
            """The token that ends the answer."""
            self._around_breaks = self._split(before)
            self._leads: dict[Segment, list[str]] = {}
        except Exception as error:  # the tokenizer raises a bare one, the template whatever it likes
            raise unusable(folder, identity, str(error)) from error
        # From here on only texts are read, and none may end its turn.
        self._tokenizer.encode_special_tokens = True

    def padded(self, more: int) -> list[str]:
        """`static` with so many more tokens that say nothing: line breaks at the end of the system's message.

        With three of them the built-in model finds the references of 120 Japanese sentences no less likely (0.004 ±
        0.002 a token, more), with three end-of-text tokens before all others less so (0.013 ± 0.005).
        """
        if self._around_breaks is None:
            return self.static
        first, line_break, second = self._around_breaks
        return [*first, *[line_break] * more, *second]

    @property
    def vocabulary(self) -> Mapping[str, int]:
        found: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=True)
        return found

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(item.ids) for item in self._encode(texts)]

    def count_asked(self, segments: Sequence[Segment], attempt: int) -> list[int]:
        """Tokens of the questions, without those of the same questions on nothing."""
        bare = [prompt("", replace(segment, terms=(), glosses=()), attempt) for segment in segments]
        without = dict(zip(set(bare), self.count([*set(bare)]), strict=True))
        asked = self.count([prompt(segment.text, segment, attempt) for segment in segments])
        return [max(1, size - without[question]) for size, question in zip(asked, bare, strict=True)]

    def encode(self, segments: Sequence[Segment], attempt: int) -> list[Question]:
        items = self._encode([segment.text for segment in segments])
        found = []
        for segment, item in zip(segments, items, strict=True):
            is_cut = len(item.ids) > LONGEST
            text = segment.text[: item.offsets[LONGEST][0]] if is_cut else segment.text
            tokens = [*self._tokens(clean(prompt(text, segment, attempt))), *self._after]
            same = takewhile(lambda pair: pair[0] == pair[1], zip(tokens, self._lead(segment), strict=False))
            found.append(Question(tokens, sum(1 for _ in same), is_cut))
        return found

    def _lead(self, segment: Segment) -> list[str]:
        """The question about nothing."""
        bare = replace(segment, text="", terms=(), glosses=())
        if bare not in self._leads:
            self._leads[bare] = self._tokens(prompt("", bare, 0))
        return self._leads[bare]

    def decode(self, tokens: Sequence[str]) -> str:
        return self.decode_ids(
            [number for token in tokens if (number := self._tokenizer.token_to_id(token)) is not None]
        )

    def decode_ids(self, ids: Sequence[int]) -> str:
        return " ".join(self._tokenizer.decode(list(ids)).split())

    def spelled(self) -> Iterable[tuple[str, str]]:
        """Each token with the text it stands for."""
        for token, number in sorted(self.vocabulary.items()):
            yield token, self._tokenizer.decode([number])

    def _encode(self, texts: Sequence[str]) -> list[Any]:
        found: list[Any] = self._tokenizer.encode_batch([clean(text) for text in texts], add_special_tokens=False)
        return found

    def _split(self, before: str) -> tuple[list[str], str, list[str]] | None:
        """`static` up to the end of the system's message, the token of a line break, and the rest of `static`.

        None where the template writes another message, the tokenizer joins the halves, or a line break is no token.
        """
        head, message, rest = before.partition(_SYSTEM)
        first, second, line_break = self._tokens(head + message), self._tokens(rest), self._tokens("\n")
        if not message or [*first, *second] != self.static or len(line_break) != 1:
            return None
        return first, line_break[0], second

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens


def prompt(text: str, segment: Segment, attempt: int) -> str:
    """What the model is asked for one segment, whose text may have been shortened to `text`.

    The first attempt lists the terms and the glosses before the text; a later one writes the terms into the text, which
    the model obeys more often but turns into stiffer English, and goes without the glosses: it is another opinion.
    Control tokens are broken up: an article must not end the turn.
    """
    language, target = english_name(segment.source_language), english_name(segment.target_language)
    kind = "headline" if segment.is_title else "sentence"
    ask = f"Translate this {language} {kind} into {target}. Reply with the translation only."
    if attempt == 0:
        # What is to stay as it is in Latin letters is copied without being told.
        pairs = (*segment.terms, *segment.glosses)
        told = [f"{source} = {english}" for source, english in pairs if source != english]
        if told:
            ask += f" Use these names: {'; '.join(told)}."
    else:
        for source, english in sorted(segment.terms, key=lambda term: -len(term[0])):
            text = text.replace(source, f" {english} ")
        text = " ".join(text.split())
    return f"{ask}\n\n{text}".replace("<|", "< |")


def _frame(folder: Path) -> tuple[str, str, str]:
    """What the template writes before a question, between question and answer, and after an answer."""
    settings = json.loads((folder / "tokenizer_config.json").read_bytes())
    path = folder / "chat_template.jinja"
    template = path.read_text(encoding="utf-8") if path.is_file() else settings.get("chat_template")
    if isinstance(template, list):
        template = {item["name"]: item["template"] for item in template}.get("default")
    if not template:
        raise ValueError("there is no chat template")
    words = {name: _word(settings.get(name)) for name in ("bos_token", "eos_token", "pad_token", "unk_token")}
    try:
        messages = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": _ASKED}]
        asked = _render(template, messages, words, add_generation_prompt=True)
    except ValueError:
        # Some templates refuse a system message.
        messages = [{"role": "user", "content": f"{_SYSTEM}\n\n{_ASKED}"}]
        asked = _render(template, messages, words, add_generation_prompt=True)
    whole = _render(template, [*messages, {"role": "assistant", "content": _ANSWERED}], words)
    before, found, after = asked.partition(_ASKED)
    end = whole.partition(_ANSWERED)[2].strip() or words["eos_token"]
    if not found or not end:
        raise ValueError("the chat template leaves out the question or does not end the answer")
    return before, after, end


def _render(template: str, messages: list[dict[str, str]], words: Mapping[str, str], **settings: bool) -> str:
    """As `transformers` renders chat templates.

    Raises:
        ValueError: the template is broken or refuses.
    """
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def refuse(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = refuse
    # A date in the prompt would make yesterday's translation another.
    environment.globals["strftime_now"] = lambda form: ""
    try:
        return environment.from_string(template).render(messages=messages, **words, **settings)
    except (TemplateError, TypeError, AttributeError) as error:
        raise ValueError(f"the chat template cannot be used: {error}") from error


def _word(value: object) -> str:
    """A special token as the settings write it, as a word or as an object with its content."""
    return str(value.get("content", "")) if isinstance(value, dict) else str(value or "")
