"""Credits of pictures; invented names."""

import pytest

from pipeline.extraction.credits import is_credit, is_credited


@pytest.mark.parametrize(
    "line",
    ["AP", "Getty Images", "Nina Halvorsen/Getty Images", "Jan van der Olde / Pool via Reuters", "(Rosa Ibarra/EFE)",
     "Karin Olde/dpa", "IMAGO/Tom Reed"],
)  # fmt: skip
def test_a_credit_alone(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line", ["Reuters reported it first", "TUTTI A CASA", "Next-gen RPA", "Papa", "Nina Halvorsen", "The mill is open"]
)
def test_no_credit(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry on its last day. Photo by NINA HALVORSEN / AFP via Getty Images",
        "Der Rat bei der Sitzung am Montag Foto: Karin Olde/Stadtbote",
        "El puerto, el 1 de agosto. Rosa Ibarra (dpa/picture alliance via Getty)",
        "Vista del puerto viejo, el lunes. Luis Prado (REUTERS)",
        "河边的粮仓（新华社）",
        "港に着いた最後の渡し船＝ＡＰ",
        "The harbour at dawn (Tom Reed/Getty Images)",
        "Le bac au quai Photo : Claire Dubois",
    ],
)
def test_a_caption_with_its_credit(line: str) -> None:
    assert is_credited(line)


@pytest.mark.parametrize(
    "line",
    [
        "The council decides in June. (AP)",
        "Die Stadt will im Juni entscheiden. (dpa/ol)",
        "El ayuntamiento decide en junio. (EFE)",
        "She told Reuters that the mill would open.",
        "Ein Foto: was die Kamera am Montag sah",
    ],
)
def test_a_text_with_its_source(line: str) -> None:
    assert not is_credited(line)
