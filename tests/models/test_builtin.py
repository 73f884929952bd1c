"""The recipe of the built-in translator's adapter, on a few pairs and a tiny model of the same architecture."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from pipeline.backends import Segment
from pipeline.backends.prompts import Prompter
from pipeline.models import registry
from pipeline.models.convert import prepare
from pipeline.models.manifest import file_sha256
from tests.models.inside import all_inside
from tests.models.test_convert import gguf_in

FOLDER = Path(__file__).parents[2] / "models" / "builtin"
# peft asks transformers for something by its old name.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning"),
    # Its new name is not known where the training ran.
    pytest.mark.filterwarnings("ignore:.*past_key_values:FutureWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """With matrices as small as these a second thread waits, and burns a core while it does."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model, converted once; nobody writes to it."""
    folder, files = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("gguf") / "files"
    with all_inside():
        prepare(gguf_in(files), folder, backend="transformers", family="instruct")
    return folder


def write_pairs(path: Path, count: int) -> None:
    rows = [
        {"language": "ko", "prompt": f"Translate this: {n}", "target": "the school " + "the " * (n % 5)}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_preferences(path: Path, count: int) -> None:
    rows = [
        {
            "language": "ko",
            "prompt": f"Translate this: {n}",
            "target": "the school",
            "rejected": "the the the " * (n % 3 + 1),
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def train(
    recipe: Any,
    monkeypatch: pytest.MonkeyPatch,
    base: Path,
    out: Path,
    *more: str,
    write: Callable[[Path, int], None] = write_pairs,
    rank: int = 4,
    change: Sequence[str] = (),
) -> dict[str, Any]:
    pairs = out.parent / "pairs.jsonl"
    write(pairs, 60)
    settings = ("batch_tokens=512", "learning_rate=0.01", "warmup=2", f"rank={rank}", "alpha=8", *change)
    command = ["--base", str(base), "--pairs", str(pairs), "--held", str(pairs), "--out", str(out), "--set", *settings]
    monkeypatch.setattr(sys, "argv", ["train.py", *command, *more])
    recipe("train").main()
    found: dict[str, Any] = json.loads((out / "training.json").read_text())
    return found


def test_training_lowers_the_loss_and_writes_an_adapter(
    recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    out = tmp_path / "adapter"
    result = train(recipe, monkeypatch, base, out, "--score-every", "5", "--write-every", "0")
    before = float(capsys.readouterr().out.split("held-out loss {'all': ")[1].split(",")[0])
    assert result["held_out_loss"]["all"] < before - 0.03
    assert result["adapter_sha256"] == file_sha256(out / "adapter_model.safetensors")
    settings = json.loads((out / "adapter_config.json").read_text())
    assert (settings["r"], settings["lora_alpha"]) == (4, 4.0)
    loaded = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), out)
    assert any(value.abs().sum() > 0 for name, value in loaded.named_parameters() if "lora_B" in name)


def test_a_run_is_gone_on_with(recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = ("--score-every", "100", "--write-every", "0", "--checkpoint-every", "4")
    whole = train(recipe, monkeypatch, base, tmp_path / "whole", *more)
    assert (tmp_path / "whole" / "checkpoint.pt").is_file()
    (tmp_path / "again").mkdir()
    (tmp_path / "whole" / "checkpoint.pt").rename(tmp_path / "again" / "checkpoint.pt")
    resumed = train(recipe, monkeypatch, base, tmp_path / "again", *more, "--resume")
    assert resumed["pair_visits"] < whole["pair_visits"]
    assert resumed["held_out_loss"]["all"] == pytest.approx(whole["held_out_loss"]["all"], abs=0.002)


def test_preferences_make_the_better_answer_likelier_than_the_worse(
    recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = ("--score-every", "100", "--write-every", "0")
    first = train(recipe, monkeypatch, base, tmp_path / "first", *more)
    start = ("--start", str(tmp_path / "first"), "--table", "prefer")
    second = train(recipe, monkeypatch, base, tmp_path / "second", *more, *start, write=write_preferences)
    assert (first["strength"], second["strength"]) == (0.5, 1.0)
    assert second["start"]["adapter_sha256"] == first["adapter_sha256"]

    module = recipe("train")
    tokenizer = module.load_tokenizer(base)
    examples = module.read_examples(tmp_path / "pairs.jsonl", tokenizer)

    def lead(adapter: Path) -> float:
        trainee = module.Trainee(base, module.Recipe(rank=4, alpha=8), "cpu", fuse=False)
        trainee.start_from(adapter)
        gains = [one - other for one, other in (e.likelihoods for e in trainee.with_likelihoods(examples))]
        return float(sum(gains) / len(gains))

    assert lead(tmp_path / "second") > lead(tmp_path / "first") + 1.0


def test_an_adapter_is_gone_on_from_at_the_strength_it_was_saved_with(
    recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    out = tmp_path / "adapter"
    train(recipe, monkeypatch, base, out, "--score-every", "100", "--write-every", "0")
    module = recipe("train")
    trainee = module.Trainee(base, module.Recipe(rank=4, alpha=8), "cpu", fuse=False)
    trainee.start_from(out)
    plain: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    ids = torch.arange(5, 25)[None]
    before = plain(input_ids=ids).logits
    merged: Any = PeftModel.from_pretrained(plain, out)
    found, wanted = (model(input_ids=ids).logits for model in (trainee.model, merged))
    assert torch.allclose(found, wanted, atol=1e-3)
    assert not torch.allclose(found, before, atol=1e-2)
    with pytest.raises(SystemExit, match="rank 4, the recipe says 8"):
        module.Trainee(base, module.Recipe(rank=8), "cpu", fuse=False).start_from(out)


def test_only_a_part_of_the_way_is_kept(
    recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safetensors.torch import load_file

    def trained(name: str, kept: float) -> dict[str, torch.Tensor]:
        more = ("--score-every", "100", "--write-every", "0", "--start", str(tmp_path / "first"))
        change = (f"kept={kept}", "strength=1.0")
        result = train(recipe, monkeypatch, base, tmp_path / name, *more, change=change)
        assert result["kept"] == kept
        return load_file(tmp_path / name / "adapter_model.safetensors")

    train(recipe, monkeypatch, base, tmp_path / "first", "--write-every", "0", change=["strength=1.0"])
    begun, whole, half = load_file(tmp_path / "first" / "adapter_model.safetensors"), trained("w", 1), trained("h", 0.5)
    assert any((whole[name] - begun[name]).abs().max() > 1e-3 for name in begun)
    assert all(torch.allclose(half[name], (begun[name] + whole[name]) / 2, atol=2e-3) for name in begun)


def test_a_part_of_the_questions_is_asked(
    recipe: Any, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pairs(tmp_path / "pairs.jsonl", 8)
    asked = [json.loads(line)["prompt"] for line in (tmp_path / "pairs.jsonl").read_text().splitlines()]
    found = []
    for part in ("1/2", "2/2"):
        paths = ["--base", str(base), "--pairs", str(tmp_path / "pairs.jsonl"), "--out", str(tmp_path / "out.jsonl")]
        monkeypatch.setattr("sys.argv", ["generate.py", *paths, "--part", part])
        recipe("generate").main()
        found.append([json.loads(line)["prompt"] for line in (tmp_path / "out.jsonl").read_text().splitlines()])
    assert found == [asked[::2], asked[1::2]]


@torch.no_grad()
def test_answers_are_the_likeliest_or_drawn_and_know_how_likely_they_are(
    recipe: Any, base: Path, tmp_path: Path
) -> None:
    module, generate = recipe("train"), recipe("generate")
    write_pairs(tmp_path / "pairs.jsonl", 12)
    tokenizer = module.load_tokenizer(base)
    examples = module.read_examples(tmp_path / "pairs.jsonl", tokenizer)
    model = module.load_base(base, torch.float32).eval()
    none = torch.tensor([], dtype=torch.long)
    answers = generate.answer(model, tokenizer, examples, none, "cpu", limit=8)
    for example, (answer,) in zip(examples, answers, strict=True):
        ids = torch.tensor([example.prompt])
        written = model.generate(
            input_ids=ids, max_new_tokens=8, do_sample=False, repetition_penalty=1.0,
            pad_token_id=tokenizer.eos_token_id, eos_token_id=tokenizer.eos_token_id,
        )[0, ids.shape[1] :]  # fmt: skip
        assert answer.text == " ".join(tokenizer.decode(written, skip_special_tokens=True).split())
        whole = torch.cat([ids[0], written])
        chances = model(input_ids=whole[None]).logits[0].log_softmax(-1)[ids.shape[1] - 1 : -1]
        assert answer.score == pytest.approx(float(chances.gather(-1, written[:, None]).mean()), abs=1e-3)
    torch.manual_seed(1)
    drawn = generate.answer(model, tokenizer, examples, none, "cpu", samples=5, limit=8)
    assert [len(each) for each in drawn] == [5] * 12
    assert all(len({answer.text for answer in each}) > 1 for each in drawn)
    assert all(
        one.score < likeliest.score + 1e-3 for each, (likeliest,) in zip(drawn, answers, strict=True) for one in each
    )


@pytest.mark.parametrize(
    ("samples", "target", "rejected"),
    [
        # The likelier of two worse ones is rejected.
        (
            [["Officials met in Seoul on Monday.", -0.9], ["They ate.", -0.2], ["A dog barked at them.", -2.0]],
            "Officials met in Seoul on Monday.", "They ate.",
        ),
        # A number that is not the reference's, a name it does not have.
        (
            [["The officials met in Seoul on Monday, 12 May.", -0.1], ["Officials met in Seoul Monday.", -0.5]],
            "Officials met in Seoul Monday.", "The officials met in Seoul on Monday, 12 May.",
        ),
        (
            [["Officials met Park Chung Hee in Seoul on Monday.", -0.1], ["The officials met in Seoul, Monday.", -0.5]],
            "The officials met in Seoul, Monday.", "Officials met Park Chung Hee in Seoul on Monday.",
        ),
        # As good as each other; none good; nothing written.
        ([["Officials met in Seoul on Monday.", -0.1], ["Officials met in Seoul on Monday", -0.2]], None, None),
        ([["A dog barked.", -0.1], ["Nothing.", -0.2]], None, None),
        ([["", -0.1]], None, None),
    ],
)  # fmt: skip
def test_of_several_answers_the_best_and_a_likely_worse_one(
    recipe: Any, samples: list[list[Any]], target: str | None, rejected: str | None
) -> None:
    row = {"language": "ko", "prompt": "?", "target": "Officials met in Seoul on Monday.", "samples": samples}
    found = recipe("prefer").preference(row)
    assert (found and (found["target"], found["rejected"])) == (target and (target, rejected))


def test_an_english_sentence_is_learnt_from_or_held_out_in_all_its_languages(recipe: Any) -> None:
    rows = [
        {
            "language": language,
            "prompt": f"{language} {n}",
            "target": f"Sentence number {n} of them.",
            "samples": [[f"Sentence number {n} of them.", -1.0], ["Wrong.", -0.5]],
        }
        for language in ("ko", "ja")
        for n in range(60)
    ]
    train_rows, held = recipe("prefer").choose(rows, 1)
    assert len(train_rows) + len(held) == len(rows)
    assert held
    assert not {row["target"] for row in held} & {row["target"] for row in train_rows}


def test_the_questions_are_those_of_the_product(recipe: Any, base: Path, tmp_path: Path) -> None:
    train_module, pairs = recipe("train"), recipe("pairs")
    pair = pairs.Pair("ko", "test", "정부는 1조 2천억원을 <|im_end|> 투자한다.", "The government invests.")
    example = pairs.Asker(random.Random(1)).example(pair)
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(example) + "\n")
    tokenizer = train_module.load_tokenizer(base)
    (read,) = train_module.read_examples(path, tokenizer)
    prompter = Prompter(base, "base")
    text = pairs.normalise_sentence(pair.source, "ko")
    (asked,) = prompter.encode([Segment(text, "ko")], 0)
    assert tokenizer.convert_ids_to_tokens(read.prompt) == [*prompter.static, *asked.tokens]
    assert read.target[-1] == tokenizer.eos_token_id


def test_no_english_is_seen_often(recipe: Any) -> None:
    pairs = recipe("pairs")
    rng = random.Random(1)
    news = [
        pairs.Pair(language, "ntrex", f"{language} {line}", f"English line number {line}.", line)
        for line in range(40)
        for language in pairs.NTREX.values()
    ]
    chosen = [pair.english for pair in pairs.choose_ntrex(news, rng)]
    visits = [sum(f"number {line}." in text for text in chosen) for line in range(40)]
    assert max(visits) <= 4
    assert min(visits) >= 3
    everyday = [
        pairs.Pair(code, "tatoeba", f"{code} {n}", f"A sentence of everyday life, number {n}.")
        for code in ("ko", "ja")
        for n in range(30)
    ]
    told = " ".join(pair.english for pair in pairs.choose_everyday(everyday, rng))
    assert all(told.count(f"number {n}.") <= 1 for n in range(30))


def test_what_is_near_the_development_set_is_left_out(recipe: Any) -> None:
    pairs = recipe("pairs")
    texts = [
        pairs.Pair("zh-Hans", "tico19_all", "源", f"Sentence {n} says something else entirely.") for n in range(100)
    ]
    secret = ["On Wednesday, the national basketball association of that country suspended its season."]
    texts[50] = pairs.Pair(
        "zh-Hans", "tico19_all", "源", "On Wednesday the national basketball association of that country stopped."
    )
    assert pairs.documents_of(texts, secret) == set(range(30, 71))


@pytest.mark.parametrize(
    ("source", "english", "faithful"),
    [
        ("프랑스는 1992년에 3,000명을 보냈다.", "France sent 3,000 people in 1992.", True),
        ("프랑스는 1992년에 3,000명을 보냈다.", "France sent 30,000 people in 1992.", False),
        ("프랑스는 1992년에 3,000명을 보냈다.", "In 1992.", False),
        ("프랑스는 1992년에 3,000명을 보냈다.", "France¡¯s 3,000 people came in 1992.", False),
    ],
)
def test_unfaithful_pairs_are_left_out(recipe: Any, source: str, english: str, faithful: bool) -> None:
    pairs = recipe("pairs")
    assert pairs.is_faithful(pairs.Pair("ko", "park_news_dev", source, english)) is faithful


def test_the_shipped_adapter_is_the_one_of_the_registry() -> None:
    (entry,) = [entry for entry in registry.load().model if entry.adapter]
    assert entry.adapter is not None
    folder = registry.location().parent / entry.adapter.folder
    assert {name: file_sha256(folder / name) for name in entry.adapter.files} == entry.adapter.files
    record = json.loads((FOLDER / "training.json").read_text())
    assert record["adapter_sha256"] == entry.adapter.files["adapter_model.safetensors"]
    assert record["base_sha256"] in entry.files.values()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 60_000_000
