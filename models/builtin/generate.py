#!/usr/bin/env python3
"""Answers of the built-in translator to the questions that `pairs.py` wrote, with or without an adapter.

    python models/builtin/generate.py --base CHECKPOINT [--adapter FOLDER] --pairs PAIRS/dev.jsonl --out FILE
    python models/builtin/generate.py ... --pairs PAIRS/asked.jsonl --samples 8 --out SAMPLES

Writes a JSON line for each question: language, prompt, target and the greedy hypothesis, or several drawn at random,
each with the mean logarithm of a token's probability. `compare.py` scores the first kind, `prefer.py` reads the second.
`--part 2/3` asks every third question only, beginning with the second: a round of several.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from train import Example, few, left_padded, load_base, load_tokenizer, read_examples

# As the product: English needs no more tokens than so many for each of the question, and these.
LIMIT_PER_TOKEN, LIMIT_MORE = 3.0, 24
LONGEST_ANSWER = 192
TEMPERATURE, LIKELIEST = 0.8, 20
"""Of samples: answers that the model might have given, not any."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    text: str
    score: float
    """Mean logarithm of a token's probability."""


@torch.no_grad()
def answer(
    model: Any,
    tokenizer: Any,
    batch: Sequence[Example],
    suppressed: torch.Tensor,
    device: str,
    *,
    samples: int = 0,
    limit: int = LONGEST_ANSWER,
) -> list[list[Answer]]:
    """Of each question the likeliest answer, token by token, or so many `samples`."""
    ids, mask = left_padded(batch, device)
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    limit = min(limit, int(LIMIT_PER_TOKEN * ids.shape[1]) + LIMIT_MORE)
    stop = tokenizer.eos_token_id
    copies = max(1, samples)
    ended = torch.zeros(len(batch) * copies, dtype=torch.bool, device=device)
    total = torch.zeros(len(batch) * copies, device=device)
    written: list[torch.Tensor] = []
    cache = None
    while len(written) < limit:
        out = model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        cache = out.past_key_values
        logits = out.logits[:, -1].float()
        if not written and copies > 1:
            # The question is read once for all its samples.
            cache.batch_repeat_interleave(copies)
            logits, mask, positions = (item.repeat_interleave(copies, 0) for item in (logits, mask, positions))
        logits[:, suppressed] = -torch.inf
        chosen, gained = draw(logits) if samples else likeliest(logits)
        total += gained.masked_fill(ended, 0.0)
        written.append(chosen.masked_fill(ended, stop))
        ended = ended | (chosen == stop)
        if len(written) % 8 == 0 and bool(ended.all()):
            break
        ids = written[-1][:, None]
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], 1)
        positions = positions[:, -1:] + 1
    tokens = torch.stack(written, 1)
    lengths = ((tokens != stop).sum(1) + 1).clamp(max=len(written))
    scores = (total / lengths).tolist()
    texts = tokenizer.batch_decode(tokens.tolist(), skip_special_tokens=True)
    found = [Answer(" ".join(text.split()), round(score, 4)) for text, score in zip(texts, scores, strict=True)]
    return [found[start : start + copies] for start in range(0, len(found), copies)]


def likeliest(logits: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    top, chosen = logits.max(-1)
    return chosen, top - logits.logsumexp(-1)


def draw(logits: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """One of the likeliest, at random."""
    top, places = logits.topk(LIKELIEST, -1)
    number = torch.multinomial((top / TEMPERATURE).softmax(-1), 1)
    gained = top.gather(-1, number) - logits.logsumexp(-1, keepdim=True)
    return places.gather(-1, number).squeeze(-1), gained.squeeze(-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--suppressed", type=Path, help="JSON list of the tokens that may not be written")
    parser.add_argument("--batch", type=int, default=2048, help="answers written at a time")
    parser.add_argument("--part", default="1/1", help="of the questions: 2/3 is every third, from the second on")
    parser.add_argument("--samples", type=int, default=0, help="of each question; 0 for the greedy answer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="questions of a language")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = load_tokenizer(options.base)
    examples = read_examples(options.pairs, tokenizer)
    first, every = map(int, options.part.split("/"))
    examples = examples[first - 1 :: every]
    if options.limit:
        examples = few(examples, options.limit)
    model: Any = load_base(options.base, torch.bfloat16)
    if options.adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, options.adapter, autocast_adapter_dtype=False).merge_and_unload()
    model = model.to(device).eval()
    banned = json.loads(options.suppressed.read_text()) if options.suppressed else []
    suppressed = torch.tensor(banned, dtype=torch.long, device=device)
    torch.manual_seed(options.seed)
    chosen = sorted(range(len(examples)), key=lambda number: -len(examples[number].prompt))
    start = time.monotonic()
    found: dict[int, list[Answer]] = {}
    step = max(1, options.batch // max(1, options.samples))
    for place in range(0, len(chosen), step):
        part = chosen[place : place + step]
        batch = [examples[number] for number in part]
        answers = answer(model, tokenizer, batch, suppressed, device, samples=options.samples)
        found.update(zip(part, answers, strict=True))
        print(f"{len(found)} of {len(chosen)}, {time.monotonic() - start:.0f} s", flush=True)
    with options.out.open("w", encoding="utf-8") as file:
        for number in sorted(found):
            row = described(examples[number], found[number], is_sampled=options.samples > 0)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def described(asked: Example, answers: Sequence[Answer], *, is_sampled: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"language": asked.language, "prompt": asked.question, "target": asked.text}
    if asked.glosses:
        row["glosses"] = asked.glosses
    if is_sampled:
        return row | {"samples": [[one.text, one.score] for one in answers]}
    return row | {"hypothesis": answers[0].text}


if __name__ == "__main__":
    main()
