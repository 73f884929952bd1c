"""The Firefox backend with a real model, Portuguese to English."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.backends import Decoding, Hypothesis, Segment
from pipeline.backends.firefox import FirefoxTranslator
from pipeline.errors import BackendError
from pipeline.language.codes import LanguageError

ROOT = Path(__file__).parents[2]
SENTENCES = {
    "O presidente anunciou um investimento de 250 milhões de euros em escolas públicas.": (
        "president", "announced", "250 million euros", "public schools",
    ),
    "A chuva forte de ontem deixou milhares de pessoas sem eletricidade no norte do país.": (
        "rain", "yesterday", "thousands", "without electricity", "north",
    ),
    "O banco central manteve a taxa de juro em 4,5 por cento.": ("central bank", "interest rate", "4.5"),
    "Os dois países assinaram um acordo comercial na terça-feira, em Lisboa.": (
        "two countries", "signed", "trade agreement|trade deal", "tuesday", "lisbon",
    ),
    "Segundo a polícia, três homens foram detidos no aeroporto.": ("police", "three men", "airport"),
    "Os cientistas descobriram uma nova espécie de peixe no rio Amazonas.": (
        "scientists", "discovered", "new species", "fish", "amazon",
    ),
    "O hospital recebeu ontem doze doentes com gripe.": ("hospital", "yesterday", "twelve|12", "patients", "flu"),
}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 3])
def translator(request: pytest.FixtureRequest, portuguese: Path) -> Iterator[FirefoxTranslator]:
    made = FirefoxTranslator(portuguese, "pt@1", threads=request.param)
    yield made
    made.close()


def segments(*texts: str) -> list[Segment]:
    return [Segment(text, "pt") for text in texts]


def english(translator: FirefoxTranslator, *texts: str) -> list[str]:
    return [answer.text for answer in translator.translate(segments(*texts), Decoding())]


def test_it_translates(translator: FirefoxTranslator) -> None:
    for text, keywords in zip(english(translator, *SENTENCES), SENTENCES.values(), strict=True):
        for keyword in keywords:
            assert any(word in text.lower() for word in keyword.split("|")), (keyword, text)


def test_order_and_company_are_of_no_matter(translator: FirefoxTranslator) -> None:
    texts = list(SENTENCES)
    alone = [english(translator, text)[0] for text in texts]
    assert english(translator, *texts) == alone
    assert english(translator, *reversed(texts)) == alone[::-1]


def test_more_work_than_processes_and_less(translator: FirefoxTranslator) -> None:
    numbers = [f"São {number} pessoas." for number in range(11, 31)]
    answers = english(translator, *numbers)
    assert all(str(number) in answer for number, answer in zip(range(11, 31), answers, strict=True))
    assert len(english(translator, "Bom dia.")) == 1
    assert translator.translate([], Decoding()) == []


def test_no_score_and_nothing_cut(translator: FirefoxTranslator) -> None:
    (answer,) = translator.translate(segments("Bom dia."), Decoding())
    assert answer == Hypothesis(answer.text, score=None, finished=True)


def test_it_may_be_used_from_another_thread(translator: FirefoxTranslator) -> None:
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.extend(english(translator, "Bom dia.")))
    thread.start()
    thread.join()
    assert answers == english(translator, "Bom dia.")


@pytest.mark.parametrize("text", ["\x00", "日本語の文です。", "<b>", "\ud800", "a\nb", "😀 " * 20])
def test_odd_text_is_translated_somehow(translator: FirefoxTranslator, text: str) -> None:
    assert len(english(translator, text, "Bom dia.")) == 2


def test_names_are_written_into_the_text(translator: FirefoxTranslator) -> None:
    told = Segment("O ministro 卓榮泰 (Cho Jung-tai) visitou Lisboa.", "pt", (("卓榮泰", "Cho Jung-tai"),))
    (answer,) = translator.translate([told], Decoding())
    assert answer.text.count("Cho Jung-tai") == 1
    assert "卓" not in answer.text


def test_a_later_attempt_hides_the_names(translator: FirefoxTranslator) -> None:
    told = Segment("O ministro 卓榮泰 visitou Lisboa.", "pt", (("卓榮泰", "Cho Jung-tai"),))
    (answer,) = translator.translate([told], Decoding(attempt=1))
    assert answer.text.count("Cho Jung-tai") == 1
    assert "ZQ" not in answer.text


def test_it_writes_no_other_language(translator: FirefoxTranslator) -> None:
    with pytest.raises(LanguageError, match=r"pt does not write Spanish \(es\)"):
        translator.translate([Segment("Bom dia.", "pt", target_language="es")], Decoding())


def test_counts_grow_with_the_text(translator: FirefoxTranslator) -> None:
    short, long = translator.count_tokens([Segment("Bom dia.", "pt"), Segment("Bom dia. " * 50, "pt")], 0)
    assert 0 < short < long


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: next(folder.glob("model.*")).unlink(),
        lambda folder: next(folder.glob("vocab.*")).unlink(),
        lambda folder: next(folder.glob("model.*")).write_bytes(b""),
        lambda folder: _halve(next(folder.glob("model.*"))),
        lambda folder: shutil.rmtree(folder),
    ],
    ids=["no-model", "no-words", "empty", "half", "no-folder"],
)
def test_a_damaged_folder_is_an_unusable_model(
    portuguese: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(portuguese, damaged)
    spoil(damaged)
    with pytest.raises(BackendError, match="damaged: the model cannot be loaded: "):
        FirefoxTranslator(damaged, "pt@1", threads=2)


def _halve(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def test_an_engine_that_dies_ends_the_run_not_the_program(portuguese: Path) -> None:
    made = FirefoxTranslator(portuguese, "pt@1", threads=2)
    english(made, *SENTENCES)
    for child in _children():
        os.kill(child, signal.SIGKILL)
    with pytest.raises(BackendError, match=r"pt@1: the engine failed: its process ended with status -9"):
        english(made, *SENTENCES)
    # A killed process takes its time to die where the processors are busy.
    deadline = time.monotonic() + 10
    while _children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _children() == []


def test_closing_ends_the_processes(portuguese: Path) -> None:
    before = _children()
    made = FirefoxTranslator(portuguese, "pt@1", threads=2)
    english(made, *SENTENCES)
    assert len(_children()) == len(before) + 2
    made.close()
    assert _children() == before
    forgotten = FirefoxTranslator(portuguese, "pt@1", threads=1)
    assert len(_children()) == len(before) + 1
    del forgotten
    assert _children() == before


@pytest.mark.parametrize("end", ["exit", "kill"])
def test_no_process_outlives_its_parent(portuguese: Path, end: str) -> None:
    code = """
import sys, time
from pathlib import Path
from pipeline.backends import Decoding, Segment
from pipeline.backends.firefox import FirefoxTranslator
translator = FirefoxTranslator(Path(sys.argv[1]), "pt@1", threads=2)
translator.translate([Segment("Bom dia.", "pt")] * 2, Decoding())
print(*(engine._process.pid for engine in translator._engines), flush=True)
if sys.argv[2] == "kill":
    time.sleep(60)
"""
    command = [sys.executable, "-c", code, str(portuguese), end]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(word) for word in parent.stdout.readline().split()]
        assert len(children) == 2
        if end == "kill":
            parent.kill()
    deadline = time.monotonic() + 10
    while any(_runs(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _children() -> list[int]:
    """Engine processes of this one that are alive."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,stat=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [int(pid) for pid, state, args in rows if "firefox_engine" in args and not state.startswith("Z")]


def _runs(process: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")
