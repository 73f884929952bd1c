import tomllib
from pathlib import Path

import pytest

from pipeline.backends.hashing import HashingEmbedder
from pipeline.errors import ConfigError
from pipeline.evaluate.tags import as_toml, calibrate, evaluate
from pipeline.topics import Calibration

LINES = [
    (1, "sports", "The team won the match and the championship."),
    (2, "sports", "Players and coaches of the team at the match."),
    (9, "health", "Patients, doctors and hospitals in the health service."),
    (20, "politics", "The president and the prime minister in parliament."),
    (31, "geography", "The river flows into the sea."),
    (42, "travel", "Tourists visit the old town and its beaches."),
    (43, "entertainment", "Fans of film, music and theatre."),
    (54, "science/technology", "Scientists made a discovery in the laboratory."),
]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    rows = "".join(f"{number}\t{subject}\t{text}\ttest\n" for number, subject, text in LINES)
    (tmp_path / "sib200_eng_Latn.tsv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_neighbours_of_one_subject_are_one_document(directory: Path) -> None:
    embedder = HashingEmbedder()
    calibration = calibrate(directory, embedder)
    scores = evaluate(directory, embedder, calibration)
    assert scores.documents == 7
    assert scores.accuracy_mapped > 0.5
    assert scores.accuracy_mapped >= scores.accuracy_all
    assert 0 <= scores.precision <= 1
    assert 0 <= scores.recall <= 1


def test_the_figures_can_be_written_down(directory: Path) -> None:
    made = calibrate(directory, HashingEmbedder())
    values = tomllib.loads(as_toml(made))
    assert Calibration(**{**values, "vector": tuple(values["vector"])}) == made


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sib200_eng_Latn\.tsv"):
        evaluate(tmp_path, HashingEmbedder())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1\tsports\tno split\n", "a line of SIB-200 has"),
        ("one\tsports\tA match.\ttest\n", "a line of SIB-200 has"),
        ("1\tchess\tA match.\ttest\n", "no sentence has one of the subjects"),
        ("", "no sentence has one of the subjects"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "sib200_eng_Latn.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"sib200_eng_Latn\.tsv: {problem}"):
        calibrate(tmp_path, HashingEmbedder())


def test_a_model_that_gives_no_topics_has_no_scores(directory: Path) -> None:
    with pytest.raises(ConfigError, match="not calibrated for this embedding model, so a run gives none"):
        evaluate(directory, HashingEmbedder())
