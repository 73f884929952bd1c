"""The recipe of the built-in translator's adapter, on a few pairs and a tiny model of the same architecture."""

from __future__ import annotations

import importlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.backends import Segment
from pipeline.backends.prompts import Prompter
from pipeline.models import registry
from pipeline.models.convert import prepare
from pipeline.models.manifest import file_sha256
from tests.models.test_convert import gguf_in

FOLDER = Path(__file__).parents[2] / "models" / "builtin"
# peft asks transformers for something by its old name.
pytestmark = pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Imports one of the scripts by name."""
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    return importlib.import_module


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    prepare(gguf_in(tmp_path / "files"), folder, backend="transformers", family="instruct")
    return folder


def write_pairs(path: Path, count: int) -> None:
    rows = [
        {"language": "ko", "prompt": f"Translate this: {n}", "target": "the school " + "the " * (n % 5)}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def train(recipe: Any, monkeypatch: pytest.MonkeyPatch, base: Path, out: Path, *more: str) -> dict[str, Any]:
    pairs = out.parent / "pairs.jsonl"
    write_pairs(pairs, 60)
    settings = ("batch_tokens=512", "learning_rate=0.01", "warmup=2", "rank=4", "alpha=8")
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


def test_the_questions_are_those_of_the_product(recipe: Any, base: Path, tmp_path: Path) -> None:
    train_module, pairs = recipe("train"), recipe("pairs")
    pair = pairs.Pair("ko", "test", "정부는 1조 2천억원을 <|im_end|> 투자한다.", "The government invests.")
    example = pairs.Asker(random.Random(1)).example(pair)
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(example) + "\n")
    tokenizer = train_module.load_tokenizer(base)
    (read,) = train_module.read_examples(path, tokenizer)
    prompter = Prompter(base, "base")
    text = pairs.facts.normalise(pair.source, "ko")
    ((asked, _),) = prompter.encode([Segment(text, "ko")], 0)
    assert tokenizer.convert_ids_to_tokens(read.prompt) == [*prompter.static, *asked]
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
