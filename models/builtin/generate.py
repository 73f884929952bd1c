#!/usr/bin/env python3
"""Answers of the built-in translator to the questions that `pairs.py` wrote, with or without an adapter; greedy.

    python models/builtin/generate.py --base CHECKPOINT [--adapter FOLDER] --pairs PAIRS/dev.jsonl --out FILE

Writes a JSON line for each question: language, target, hypothesis. `compare.py` scores such files.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import torch
from train import Example, few, left_padded, load_base, load_tokenizer, read_examples

# As the product: English needs no more tokens than so many for each of the question, and these.
LIMIT_PER_TOKEN, LIMIT_MORE = 3.0, 24
LONGEST_ANSWER = 192


@torch.no_grad()
def answer(model: Any, tokenizer: Any, batch: list[Example], suppressed: torch.Tensor, device: str) -> list[str]:
    ids, mask = left_padded(batch, device)
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    limit = min(LONGEST_ANSWER, int(LIMIT_PER_TOKEN * ids.shape[1]) + LIMIT_MORE)
    stop = tokenizer.eos_token_id
    ended = torch.zeros(len(batch), dtype=torch.bool, device=device)
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
        logits = out.logits[:, -1]
        logits[:, suppressed] = -torch.inf
        chosen = logits.argmax(-1).masked_fill(ended, stop)
        written.append(chosen)
        ended |= chosen == stop
        if len(written) % 8 == 0 and bool(ended.all()):
            break
        ids = chosen[:, None]
        mask = torch.cat([mask, mask.new_ones(len(batch), 1)], 1)
        positions = positions[:, -1:] + 1
    texts = tokenizer.batch_decode(torch.stack(written, 1).tolist(), skip_special_tokens=True)
    return [" ".join(text.split()) for text in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--suppressed", type=Path, help="JSON list of the tokens that may not be written")
    parser.add_argument("--batch", type=int, default=512, help="questions")
    parser.add_argument("--limit", type=int, help="questions of a language")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = load_tokenizer(options.base)
    examples = read_examples(options.pairs, tokenizer)
    if options.limit:
        examples = few(examples, options.limit)
    model: Any = load_base(options.base, torch.bfloat16)
    if options.adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, options.adapter, autocast_adapter_dtype=False).merge_and_unload()
    model = model.to(device).eval()
    banned = json.loads(options.suppressed.read_text()) if options.suppressed else []
    suppressed = torch.tensor(banned, dtype=torch.long, device=device)
    chosen = sorted(range(len(examples)), key=lambda number: -len(examples[number].prompt))
    start = time.monotonic()
    found: dict[int, str] = {}
    for place in range(0, len(chosen), options.batch):
        part = chosen[place : place + options.batch]
        texts = answer(model, tokenizer, [examples[number] for number in part], suppressed, device)
        found.update(zip(part, texts, strict=True))
        print(f"{len(found)} of {len(chosen)}, {time.monotonic() - start:.0f} s", flush=True)
    with options.out.open("w", encoding="utf-8") as file:
        for number in sorted(found):
            row = {"language": examples[number].language, "target": examples[number].text, "hypothesis": found[number]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
