#!/usr/bin/env python3
"""Trains the adapter of the built-in translator: LoRA over the frozen base, on one GPU (bfloat16) or slowly on a CPU.

    python models/builtin/train.py --base CHECKPOINT --pairs PAIRS/train.jsonl --held PAIRS/dev.jsonl --out FOLDER

CHECKPOINT is a folder that transformers loads, or a GGUF file. PAIRS are what `pairs.py` writes. `recipe.toml` beside
this file holds every choice; options on the command line change single ones. The loss falls on the English side only.

Pairs that also hold a rejected answer, as `prefer.py` writes them, are learnt by direct preference optimisation
(Rafailov et al. 2023, arXiv:2305.18290) from the adapter that the first training left: `--start FOLDER --table prefer`.

Needs torch, transformers, peft and sacrebleu (and gguf for a GGUF file); nothing of worldbrief, so that it runs where
only these are. `--resume` goes on from the last checkpoint in FOLDER.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import json
import math
import platform
import random
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

SYSTEM = "You are a professional news translator."
LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
HELD_LINES, WRITTEN_LINES = 40, 20
"""Of each language: for the loss, and for chrF."""
LONGEST_ANSWER = 160


@dataclasses.dataclass(frozen=True)
class Recipe:
    seed: int = 1
    rank: int = 16
    alpha: int = 32
    strength: float = 0.5
    """What of the adapter is merged in the end: half way between the base and what was trained both translate better
    and invent less than either (as Wortsman et al. 2022, arXiv:2109.01903, found of fine-tuned weights)."""
    kept: float = 1.0
    """How far to go, weight by weight, from where the training began to where it ended."""
    learning_rate: float = 4e-4
    warmup: int = 40
    """Steps."""
    batch_tokens: int = 16_384
    """Of a step, padding included."""
    longest: int = 384
    """Tokens of a pair with its question; longer ones are left out."""
    clip: float = 1.0
    beta: float = 0.1
    """How much a preferred answer must gain over a rejected one; DPO's inverse temperature."""
    anchor: float = 0.2
    """Weight of the preferred answers' own loss of a token beside the preference, which alone would let both become
    less likely (Pang et al. 2024, arXiv:2404.19733)."""
    try_rates: tuple[float, ...] = ()
    """Learning rates to compare first, each for `try_steps`; that with the least held-out loss is taken."""
    try_steps: int = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    language: str
    prompt: list[int]
    target: list[int]
    text: str
    """The target."""
    question: str = ""
    """The prompt without the chat template."""
    rejected: list[int] = dataclasses.field(default_factory=list)
    """A worse answer, where the pair is a preference."""
    glosses: list[list[str]] = dataclasses.field(default_factory=list)
    """Words of the dictionary that the question tells, each with its English."""
    likelihoods: tuple[float, float] = (0.0, 0.0)
    """Logarithms, of target and rejected answer before the training."""

    def __len__(self) -> int:
        """Tokens that it takes in a batch."""
        if self.rejected:
            return 2 * (len(self.prompt) + max(len(self.target), len(self.rejected)))
        return len(self.prompt) + len(self.target)

    @property
    def answers(self) -> list[list[int]]:
        return [self.target, self.rejected] if self.rejected else [self.target]


def read_examples(path: Path, tokenizer: Any) -> list[Example]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    before, after, end = frame(tokenizer)

    def encode(texts: list[str]) -> list[list[int]]:
        # The prompts are cut where they are in the product, and none may end its turn.
        return [list(item) for item in tokenizer(texts, add_special_tokens=False).input_ids]

    prompts = encode([row["prompt"] for row in rows])
    targets = encode([row["target"] for row in rows])
    rejected = encode([row.get("rejected", "") for row in rows])
    head, tail, stop = encode([before, after, end])
    return [
        Example(
            language=row["language"],
            prompt=[*head, *prompt, *tail],
            target=[*target, *stop],
            text=row["target"],
            question=row["prompt"],
            rejected=worse and [*worse, *stop],
            glosses=row.get("glosses", []),
        )
        for row, prompt, target, worse in zip(rows, prompts, targets, rejected, strict=True)
    ]


def frame(tokenizer: Any) -> tuple[str, str, str]:
    """What the chat template writes before a question, after it, and after the answer."""
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": "\ue000"}]
    asked = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    before, _, after = asked.partition("\ue000")
    return before, after, tokenizer.eos_token


def make_batches(examples: Sequence[Example], recipe: Recipe) -> list[list[Example]]:
    """In the order of the file but for windows in which examples of one length come together."""
    rng = random.Random(recipe.seed)
    usable = [example for example in examples if len(example) <= recipe.longest * len(example.answers)]
    batches: list[list[Example]] = []
    for start in range(0, len(usable), 4096):
        made: list[list[Example]] = [[]]
        for example in sorted(usable[start : start + 4096], key=len):
            if len(example) * (len(made[-1]) + 1) > recipe.batch_tokens:
                made.append([])
            made[-1].append(example)
        rng.shuffle(made)
        batches += made
    return batches


class Trainee:
    """The base with its adapter. The adapter is kept in float32 beside the bfloat16 that the GPU computes with, where
    steps of this size would be lost."""

    def __init__(self, base: Path, recipe: Recipe, device: str, *, fuse: bool) -> None:
        from peft import LoraConfig, get_peft_model

        torch.manual_seed(recipe.seed)
        self.device = device
        self.recipe = recipe
        dtype = torch.bfloat16 if device == "cuda" else torch.float32
        plain = load_base(base, dtype).to(device)
        self.config = LoraConfig(
            r=recipe.rank, lora_alpha=recipe.alpha, target_modules=LAYERS, lora_dropout=0.0, task_type="CAUSAL_LM"
        )
        self.model: Any = get_peft_model(plain, self.config, autocast_adapter_dtype=False)
        self.backbone = self.model.base_model.model.model
        self.head = self.model.base_model.model.lm_head
        self.names = [name for name, value in self.model.named_parameters() if value.requires_grad]
        self.weights = [value for value in self.model.parameters() if value.requires_grad]
        self.master = [value.detach().float().clone() for value in self.weights]
        self.initial = [value.clone() for value in self.master]
        self.optimiser = self._new_optimiser()
        # Otherwise the first layer, whose input needs no gradient, would be compiled for itself.
        self.model.enable_input_require_grads()
        if fuse:
            for layer in self.backbone.layers:
                layer.compile(dynamic=True)

    def _new_optimiser(self) -> torch.optim.Optimizer:
        return torch.optim.AdamW(self.master, lr=0.0, betas=(0.9, 0.99), weight_decay=0.0, fused=self.device == "cuda")

    def reset(self) -> None:
        self.use(self.initial)
        self.optimiser = self._new_optimiser()

    def towards(self, share: float) -> list[torch.Tensor]:
        """Weights so far on the way from those of the beginning to those of now."""
        return [torch.lerp(old, new, share) for old, new in zip(self.initial, self.master, strict=True)]

    @torch.no_grad()
    def use(self, values: Sequence[torch.Tensor]) -> None:
        torch._foreach_copy_(self.master, list(values))
        self._publish()

    def step(self, batch: Sequence[Example], rate: float) -> torch.Tensor:
        """One update; the mean loss, still on the device."""
        loss = self._backward(batch, weight_of(batch))
        for value, weight in zip(self.master, self.weights, strict=True):
            value.grad = weight.grad.float() if weight.grad is not None else torch.zeros_like(value)
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(self.master, self.recipe.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        self._publish()
        return loss

    def _publish(self) -> None:
        with torch.no_grad():
            torch._foreach_copy_(self.weights, self.master)

    def _backward(self, batch: Sequence[Example], count: int) -> torch.Tensor:
        try:
            loss = self._loss(batch) / count
            loss.backward()
            return loss.detach()
        except torch.OutOfMemoryError:
            if len(batch) == 1:
                raise
        torch.cuda.empty_cache()
        middle = len(batch) // 2
        return self._backward(batch[:middle], count) + self._backward(batch[middle:], count)

    def _loss(self, batch: Sequence[Example]) -> torch.Tensor:
        """Sum over the target tokens, or over the preferences."""
        losses = self._token_losses(batch)
        if not batch[0].rejected:
            return torch.cat(losses).sum()
        chosen, rejected = (torch.stack([part.sum() for part in losses[first::2]]) for first in (0, 1))
        before = torch.tensor([example.likelihoods for example in batch]).to(self.device, non_blocking=True)
        gained = (before[:, 1] + rejected) - (before[:, 0] + chosen)
        lengths = torch.tensor([len(example.target) for example in batch]).to(self.device, non_blocking=True)
        preference = -torch.nn.functional.logsigmoid(self.recipe.beta * gained)
        return (preference + self.recipe.anchor * chosen / lengths).sum()

    def _token_losses(self, batch: Sequence[Example]) -> list[torch.Tensor]:
        """Of the tokens of each answer, example by example. Padding stands at the end, where a causal model never
        looks from."""
        rows = [(example.prompt, answer) for example in batch for answer in example.answers]
        # Few widths, so that kernels are few.
        width = -(-max(len(prompt) + len(answer) for prompt, answer in rows) // 16) * 16
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        places: list[int] = []
        labels: list[int] = []
        for row, (prompt, answer) in enumerate(rows):
            ids[row, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
            start = row * width + len(prompt) - 1
            places += range(start, start + len(answer))
            labels += answer
        hidden = self.backbone(input_ids=ids.to(self.device, non_blocking=True), use_cache=False).last_hidden_state
        picked = hidden.flatten(0, 1)[torch.tensor(places).to(self.device, non_blocking=True)]
        logits = self.head(picked).float()
        wanted = torch.tensor(labels).to(self.device, non_blocking=True)
        losses = torch.nn.functional.cross_entropy(logits, wanted, reduction="none")
        return list(losses.split([len(answer) for _, answer in rows]))

    @torch.no_grad()
    def with_likelihoods(self, examples: Sequence[Example]) -> list[Example]:
        """The preferences, each with what the weights of now hold of both answers."""
        found: dict[int, tuple[float, float]] = {}
        order = sorted(range(len(examples)), key=lambda number: len(examples[number]))
        with eager(self):
            for start in range(0, len(order), 64):
                part = order[start : start + 64]
                losses = self._token_losses([examples[number] for number in part])
                sums = torch.stack([loss.sum() for loss in losses]).view(-1, 2).tolist()
                found.update((number, (-one, -other)) for number, (one, other) in zip(part, sums, strict=True))
        return [dataclasses.replace(e, likelihoods=found[number]) for number, e in enumerate(examples)]

    @torch.no_grad()
    def held_loss(self, examples: Sequence[Example]) -> dict[str, float]:
        """Mean loss of a target token, or of a preference, by language and of all."""
        found: dict[str, float] = {}
        total, weight = 0.0, 0
        for language in sorted({example.language for example in examples}):
            part = sorted((e for e in examples if e.language == language), key=len)
            with eager(self):
                loss = sum(float(self._loss(part[start : start + 64])) for start in range(0, len(part), 64))
            count = weight_of(part)
            found[language] = round(loss / count, 4)
            total, weight = total + loss, weight + count
        return {"all": round(total / max(1, weight), 4), **found}

    @torch.no_grad()
    def start_from(self, folder: Path) -> None:
        """With the weights of an adapter that was saved, at the strength it was saved with."""
        from safetensors.torch import load_file

        settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        if settings["r"] != self.recipe.rank:
            raise SystemExit(f"{folder}: an adapter of rank {settings['r']}, the recipe says {self.recipe.rank}")
        saved = load_file(folder / "adapter_model.safetensors")
        scale = settings["lora_alpha"] / self.recipe.alpha
        for name, value in zip(self.names, self.master, strict=True):
            value.copy_(saved[name.replace(".default.", ".")])
            if ".lora_B." in name:
                value.mul_(scale)
        self.initial = [value.clone() for value in self.master]
        self._publish()

    def save(self, folder: Path) -> None:
        from peft import get_peft_model_state_dict
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        with torch.no_grad():
            for weight, value in zip(self.weights, self.master, strict=True):
                weight.data = value.to(weight.device, torch.float16)
            state = {name: value.contiguous().cpu() for name, value in get_peft_model_state_dict(self.model).items()}
            for weight, value in zip(self.weights, self.master, strict=True):
                weight.data = value.to(self.head.weight.dtype)
        save_file(state, folder / "adapter_model.safetensors", metadata={"format": "pt"})
        # The defaults of the rest differ from one version of peft to the next.
        settings = {
            "peft_type": "LORA",
            "task_type": "CAUSAL_LM",
            "r": self.recipe.rank,
            "lora_alpha": self.recipe.alpha * self.recipe.strength,
            "lora_dropout": 0.0,
            "bias": "none",
            "target_modules": sorted(LAYERS),
            "inference_mode": True,
            "base_model_name_or_path": "",
        }
        text = json.dumps(settings, indent=1)
        (folder / "adapter_config.json").write_text(text + "\n", encoding="utf-8")

    def state(self) -> dict[str, Any]:
        return {"master": self.master, "optimiser": self.optimiser.state_dict()}

    def load_state(self, state: dict[str, Any]) -> None:
        for value, saved in zip(self.master, state["master"], strict=True):
            value.copy_(saved)
        self.optimiser.load_state_dict(state["optimiser"])
        self._publish()


def load_base(base: Path, dtype: torch.dtype) -> Any:
    from transformers import AutoModelForCausalLM

    settings: dict[str, Any] = {"dtype": dtype, "attn_implementation": "sdpa"}
    if base.is_dir():
        return AutoModelForCausalLM.from_pretrained(base, **settings)
    from transformers import GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        base.parent, gguf_file=base.name, quantization_config=GgufConfig(dequantize=True), **settings
    )
    model.hf_quantizer = None
    return model


def load_tokenizer(base: Path) -> Any:
    from transformers import AutoTokenizer

    if base.is_dir():
        return AutoTokenizer.from_pretrained(base)
    return AutoTokenizer.from_pretrained(base.parent, gguf_file=base.name)


def rate_at(step: int, total: int, recipe: Recipe, peak: float) -> float:
    """Linear warm-up, then a cosine to a twentieth of the peak."""
    warmup = min(recipe.warmup, max(1, total // 4))
    if step < warmup:
        return peak * (step + 1) / warmup
    done = min(1.0, (step - warmup) / max(1, total - warmup))
    return peak * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done)))


@contextlib.contextmanager
def eager(trainee: Trainee) -> Iterator[None]:
    """Without compiled layers: writing token by token, each length would be compiled anew."""
    compiled = [(layer, layer._compiled_call_impl) for layer in trainee.backbone.layers]
    for layer, _ in compiled:
        layer._compiled_call_impl = None
    try:
        yield
    finally:
        for layer, call in compiled:
            layer._compiled_call_impl = call


def left_padded(examples: Sequence[Example], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Token numbers of the questions and their attention mask, shape (questions, longest); what is written follows."""
    width = max(len(example.prompt) for example in examples)
    ids = torch.zeros(len(examples), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, example in enumerate(examples):
        ids[row, width - len(example.prompt) :] = torch.tensor(example.prompt)
        mask[row, width - len(example.prompt) :] = 1
    return ids.to(device), mask.to(device)


@torch.no_grad()
def held_chrf(trainee: Trainee, tokenizer: Any, examples: Sequence[Example]) -> dict[str, float]:
    """chrF of greedy answers by language."""
    import sacrebleu

    ids, mask = left_padded(examples, trainee.device)
    with eager(trainee):
        written = trainee.model.generate(
            input_ids=ids,
            attention_mask=mask,
            max_new_tokens=LONGEST_ANSWER,
            do_sample=False,
            repetition_penalty=1.0,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    texts = [text.strip() for text in tokenizer.batch_decode(written[:, ids.shape[1] :], skip_special_tokens=True)]
    scores: dict[str, float] = {}
    for language in sorted({example.language for example in examples}):
        pairs = [(t, e.text) for t, e in zip(texts, examples, strict=True) if e.language == language]
        scores[language] = round(sacrebleu.corpus_chrf([t for t, _ in pairs], [[r for _, r in pairs]]).score, 1)
    return scores


def few(examples: Sequence[Example], most: int) -> list[Example]:
    counts: dict[str, int] = {}
    chosen = []
    for example in examples:
        counts[example.language] = counts.get(example.language, 0) + 1
        if counts[example.language] <= most:
            chosen.append(example)
    return chosen


def weight_of(batch: Sequence[Example]) -> int:
    """What the loss of a batch is the sum over: target tokens, or preferences."""
    return len(batch) if batch[0].rejected else sum(len(example.target) for example in batch)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def say(text: str) -> None:
    print(text, flush=True)


def compare_rates(trainee: Trainee, batches: list[list[Example]], held: list[Example], recipe: Recipe) -> float:
    """The one of `try_rates` whose short run leaves the least held-out loss."""
    losses: dict[float, float] = {}
    for peak in recipe.try_rates:
        trainee.reset()
        start = time.monotonic()
        for step, batch in enumerate(batches[: recipe.try_steps]):
            trainee.step(batch, rate_at(step, recipe.try_steps, recipe, peak))
        found = trainee.held_loss(held)
        losses[peak] = found["all"]
        say(f"try {peak:g}: {recipe.try_steps} steps in {time.monotonic() - start:.0f} s, held-out loss {found}")
    trainee.reset()
    return min(losses, key=lambda peak: losses[peak])


def fit(
    trainee: Trainee,
    batches: Sequence[Sequence[Example]],
    held: Sequence[Example],
    *,
    first: int,
    total: int,
    peak: float,
    score_every: int,
    seconds: float | None = None,
    after_step: Callable[[int, int], None] = lambda step, total: None,
) -> dict[str, Any]:
    """Steps `first` to `total`, fewer where `seconds` do not suffice. The trainee ends with the weights of the step
    that had the least held-out loss: on few data more steps learn the pairs by heart."""
    recipe = trainee.recipe
    begun = time.monotonic()
    pairs = tokens = 0
    losses: list[torch.Tensor] = []
    best: tuple[float, int, dict[str, float], list[torch.Tensor]] = (math.inf, first, {}, trainee.master)
    mark: tuple[float, int] | None = None
    aside = 0.0  # seconds that were not training
    step = first
    while step < total:
        batch = batches[step]
        losses.append(trainee.step(batch, rate_at(step, total, recipe, peak)))
        pairs += len(batch)
        tokens += sum(map(len, batch))
        step += 1
        since = step - first
        if since in (10, 30) and seconds:
            # The schedule must know how many steps there is time for; the first ones compile.
            float(losses[-1])
            now = time.monotonic()
            if mark:
                pace = (now - aside - mark[0]) / (since - mark[1])
                total = max(step, min(total, step + int((seconds - (now - begun)) / pace)))
                say(f"{pace:.3f} s a step: {total} steps")
            mark = (now - aside, since)
        is_scored = step % score_every == 0 or step == total
        # Asked of the device before the clock: steps under way are training.
        mean = float(torch.stack(losses).mean()) if is_scored else 0.0
        started = time.monotonic()
        if is_scored:
            losses.clear()
            passed = started - begun
            found = trainee.held_loss(held)
            say(
                f"step {step} {passed:.0f} s, {pairs} pairs, {tokens / passed:.0f} tokens/s, "
                f"loss {mean:.3f}, held-out {found}"
            )
            if found["all"] <= best[0]:
                best = (found["all"], step, found, [value.clone() for value in trainee.master])
        after_step(step, total)
        aside += time.monotonic() - started
    trainee.use(best[3])
    return {
        "learning_rate": peak,
        "steps": total,
        "best_step": best[1],
        "held_out_loss": best[2],
        "pair_visits": pairs,
        "tokens": tokens,
        "seconds": round(time.monotonic() - begun),
    }


def describe(recipe: Recipe, fitted: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    is_gpu = torch.cuda.is_available()
    before = options.start and options.start / "training.json"
    return {
        **dataclasses.asdict(recipe),
        **fitted,
        **({"base_sha256": sha256(options.base)} if options.base.is_file() else {}),
        "pairs_sha256": sha256(options.pairs),
        "adapter_sha256": sha256(options.out / "adapter_model.safetensors"),
        "device": torch.cuda.get_device_name() if is_gpu else platform.machine(),
        "peak_memory": torch.cuda.max_memory_allocated() if is_gpu else 0,
        "versions": {name: __import__(name).__version__ for name in ("torch", "transformers", "peft")},
        **({"start": json.loads(before.read_text(encoding="utf-8"))} if before and before.is_file() else {}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="an adapter to go on from, of the same rank")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--table", default="train", help="of the recipe: train, or prefer for preferences")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="instead of the recipe's")
    parser.add_argument("--minutes", type=float, help="train for about so long; otherwise the pairs once through")
    parser.add_argument("--steps", type=int, help="at most")
    parser.add_argument("--score-every", type=int, default=20, help="steps between held-out losses")
    parser.add_argument("--write-every", type=int, default=100, help="steps between held-out chrF; 0 for none")
    parser.add_argument("--checkpoint-every", type=int, default=500, help="steps")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--no-fuse", action="store_true", help="do not compile the layers")
    options = parser.parse_args()

    settings = tomllib.loads(options.recipe.read_text(encoding="utf-8"))[options.table]
    settings |= tomllib.loads("\n".join(options.set))
    settings["try_rates"] = tuple(settings.get("try_rates", ()))
    recipe = Recipe(**settings)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    start = time.monotonic()
    tokenizer = load_tokenizer(options.base)
    examples = read_examples(options.pairs, tokenizer)
    held = few(read_examples(options.held, tokenizer), HELD_LINES)
    trainee = Trainee(options.base, recipe, device, fuse=device == "cuda" and not options.no_fuse)
    if options.start:
        trainee.start_from(options.start)
    say(f"base loaded on {device}, {time.monotonic() - start:.0f} s")
    if held[0].rejected:
        examples, held = trainee.with_likelihoods(examples), trainee.with_likelihoods(held)
    batches = make_batches(examples, recipe)
    count = sum(map(len, batches))
    say(f"{count} pairs in {len(batches)} batches, {len(held)} held out, {time.monotonic() - start:.0f} s")
    say(f"held-out loss {trainee.held_loss(held)}")

    path = options.out / "checkpoint.pt"
    first, total, peak = 0, len(batches), recipe.learning_rate
    options.out.mkdir(parents=True, exist_ok=True)
    if options.resume and path.is_file():
        saved = torch.load(path, map_location=device, weights_only=True)
        trainee.load_state(saved["trainee"])
        first, total, peak = saved["step"], saved["total"], saved["peak"]
        say(f"resumed at step {first} of {total}")
    elif recipe.try_rates:
        peak = compare_rates(trainee, batches, held, recipe)
        say(f"learning rate {peak:g}, {time.monotonic() - start:.0f} s")
    if options.steps:
        total = min(total, options.steps)

    def after_step(step: int, total: int) -> None:
        if options.write_every and step % options.write_every == 0 and step < total:
            say(f"step {step} held-out chrF {held_chrf(trainee, tokenizer, few(held, WRITTEN_LINES))}")
        if step % options.checkpoint_every == 0 and step < total:
            torch.save({"trainee": trainee.state(), "step": step, "total": total, "peak": peak}, path)

    fitted = fit(
        trainee,
        batches,
        held,
        first=first,
        total=total,
        peak=peak,
        score_every=options.score_every,
        seconds=options.minutes and options.minutes * 60 - (time.monotonic() - start),
        after_step=after_step,
    )
    if recipe.kept < 1:
        trainee.use(trainee.towards(recipe.kept))
    trainee.save(options.out)
    say(f"saved, {time.monotonic() - start:.0f} s")
    result = describe(recipe, fitted, options)
    (options.out / "training.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(json.dumps(result))
    if options.write_every:
        say(f"held-out chrF {held_chrf(trainee, tokenizer, few(held, WRITTEN_LINES))}")


if __name__ == "__main__":
    main()
