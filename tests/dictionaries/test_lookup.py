from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.dictionaries import Dictionary
from pipeline.errors import BackendError

from .books import LINES, book, told, write_lines

ALPHABET = st.one_of(
    st.sampled_from("aeßïŁğİıГй́אَบ़्한中アー 　'’-.:\"\u200b\u200d\u0301\ud83d😀0९"), st.characters(codec="utf-8")
)


@pytest.mark.parametrize("language", LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_spans_are_slices_in_order_whatever_the_text(
    language: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    opened = _kept(language, tmp_path_factory)
    words = [line.split("\t")[0] for line in LINES[language].split("\n")]
    text = "".join(data.draw(st.lists(st.one_of(st.text(ALPHABET, max_size=8), st.sampled_from(words)), max_size=12)))
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    before = 0
    for found in opened.entries(text):
        assert before <= found.start < found.end <= len(text)
        assert found.surface == text[found.start : found.end]
        assert found.glosses or found.definition
        before = found.end


_BOOKS: dict[str, Dictionary] = {}


def _kept(language: str, factory: pytest.TempPathFactory) -> Dictionary:
    if language not in _BOOKS:
        _BOOKS[language] = book(factory.mktemp(language), language)
    return _BOOKS[language]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("de", "Die Streiks in Sevilla.", {"Streiks": "strike", "Sevilla": "Seville"}),
        ("de", "Das Gesetz wird in Kraft treten.", {"in Kraft treten": "come into force"}),
        ("de", "Viele Länder und Polizeibeamten", {"Länder": "country", "Polizeibeamten": "police official"}),
        ("fr", "Il a fait échouer l’attentat.", {"fait échouer": "thwart", "attentat": "attack"}),
        ("cs", "Vláda podala demisi v Praze.", {"demisi": "resignation", "Praze": "Prague"}),
        ("vi", "Ông bị ung thư ruột non.", {"ung thư": "cancer", "ruột non": "small intestine"}),
        ("vi", "Trường Đại học", {"Đại học": "university"}),
        ("tr", "Ateşkes ve GREV IŞIK grevin", {"Ateşkes": "ceasefire", "grevin": "strike"}),
        ("ko", "청송군에서 지진이 발생했다.", {"청송군": "Cheongsong County", "발생": "occurrence"}),
        ("ar", "الزَّلزال من", {"الزَّلزال": "earthquake"}),
        ("th", "รัฐบาล", {"รัฐบาล": "government"}),
        ("zh", "中国大学的学生", {"中国": "China", "大学": "university", "学生": "student"}),
        ("ja", "警察無線と南海トラフを述べました", {"警察無線": "police radio", "南海トラフ": "Nankai Trough"}),
        ("bs", "Bio je potres.", {"potres": "earthquake"}),
    ],
)  # fmt: skip
def test_words_expressions_compounds(language: str, sentence: str, expected: dict[str, str], tmp_path: Path) -> None:
    if language == "bs":  # has the file of another
        book(tmp_path, "hr")
        opened = Dictionary.open("bs", tmp_path)
        assert opened is not None
    else:
        opened = book(tmp_path, language)
    found = told(opened.entries(sentence))
    assert {surface: found.get(surface) for surface in expected} == expected


def test_a_name_in_a_sentence_is_never_a_word(tmp_path: Path) -> None:
    assert told(book(tmp_path, "nb").entries("Så gikk Lene hjem.")) == {"hjem": "home"}
    assert told(book(tmp_path, "cs").entries("Premiér Fiala podal demisi.")) == {"demisi": "resignation"}
    assert told(book(tmp_path, "de").entries("Damals sprach Helmut Kohl.")) == {}
    assert told(book(tmp_path, "de").entries("Wir kochen Kohl.")) == {"Kohl": "cabbage"}


def test_homographs_say_so(tmp_path: Path) -> None:
    (rant,) = book(tmp_path, "nb").entries("hun rant")
    assert rant.is_ambiguous
    assert {"run", "rob"} <= {*rant.glosses}
    (first,) = book(tmp_path, "nb").entries("Lene gikk.")
    assert first.is_ambiguous, "a rare word that begins a sentence may be a name"
    (streik,) = book(tmp_path, "nb").entries("en streik")
    assert not streik.is_ambiguous
    assert (streik.frequency, streik.senses, streik.kind, streik.is_name) == (4.1, 1, "word", False)


def test_frequent_function_words_are_nothing_else(tmp_path: Path) -> None:
    assert book(tmp_path, "ar").entries("من") == ()
    assert book(tmp_path, "de", "die\t75\tf:\tn:perceived temperature\n").entries("in die") != ()  # not a form of it
    assert told(book(tmp_path, "fr").entries("le attentat")) == {"attentat": "attack"}


def test_a_compound_says_what_it_is(tmp_path: Path) -> None:
    (found,) = book(tmp_path, "de").entries("Polizeistreik")
    assert (found.lemma, found.glosses, found.is_compound) == ("Polizei+Streik", ("police strike",), True)
    assert book(tmp_path, "de").entries("Polizeixstreik") == ()


def test_hostile_lines_do_no_harm(tmp_path: Path) -> None:
    senses = "|".join(f"sense{number}" for number in range(40))
    more = (
        "broken\nbroken\tx\n\t\t\nwort\t\tn:\nviel\t30\tn:" + senses + "\nzahl\tabc\tn:number\nq\t30\tzz:what\tn\t:a\n"
        "lang\t30\tn:=a definition that is much too long for a gloss\nkreis\t=9|0\nring\t=\n"
        "schlimm\t=99999999999999999999x\n"
    )
    opened = book(tmp_path, "de", more)
    found = {one.surface: one for one in opened.entries("broken wort viel zahl q lang kreis ring schlimm")}
    assert len(found["viel"].glosses) == 12
    assert found["viel"].senses == 40
    assert found["zahl"].frequency is None
    assert found["lang"].glosses == ()
    assert found["lang"].definition.startswith("a definition")
    assert not {"broken", "wort", "q", "kreis", "ring", "schlimm"} & set(found)


def test_a_name_that_is_a_word_too(tmp_path: Path) -> None:
    (daigaku,) = book(tmp_path, "ja", "大学\t52\tn:university\tP:Daigaku\n").entries("大学")
    assert daigaku.glosses[0] == "university"
    assert daigaku.is_ambiguous


def test_files_are_damaged_or_missing(tmp_path: Path) -> None:
    assert Dictionary.open("de", tmp_path) is None
    assert Dictionary.open("und", tmp_path) is None
    (tmp_path / "de.dict.xz").write_bytes(b"no dictionary")
    with pytest.raises(BackendError, match=r"de\.dict\.xz"):
        Dictionary.open("de", tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    assert book(other, "de")
    assert Dictionary.open("de", tmp_path, other) is not None, "one that is whole is enough"


def test_the_first_place_is_believed_and_the_gazetteer_adds(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    write_lines(first / "ko.dict.xz", "파업\t40\tn:strike\n")
    write_lines(second / "ko.dict.xz", "파업\t40\tn:industry\n지진\t40\tn:earthquake\n")
    write_lines(second / "places-Hang.dict.xz", "광주\t49\tP:Gwangju|Guangzhou\n지진\t0\tP:Jijin\n")
    opened = Dictionary.open("ko", first, second)
    assert opened is not None
    found = opened.entries("광주에서 파업 지진")
    assert told(found) == {"광주": "Gwangju", "파업": "strike", "지진": "earthquake"}
    assert (found[0].kind, found[0].is_name, found[0].senses) == ("place", True, 2)
    alone = Dictionary.open("ko", first)
    assert alone is not None
    assert alone.identity != opened.identity


def test_long_text_takes_time_in_proportion(tmp_path: Path) -> None:
    for language, word in (
        ("de", "Polizeistreiks in Kraft treten "),
        ("zh", "中国大学生南海槽"),
        ("ko", "파업지진발생대학"),
    ):
        opened = book(tmp_path, language)
        opened.entries(word)
        taken = []
        for times in (100, 400):
            start = time.process_time()
            opened.entries((word * times)[:4000])
            taken.append(time.process_time() - start)
        assert taken[1] < 12 * taken[0] + 0.05
