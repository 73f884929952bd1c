import hashlib
import json
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.backends import LanguageIdentifier
from pipeline.backends.langid import FastTextIdentifier, identity
from pipeline.language.facts import facts, known

IDENTIFIER: LanguageIdentifier = FastTextIdentifier()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Chính phủ Việt Nam công bố kế hoạch phát triển kinh tế mới.", "vi"),
        ("정부는 새로운 경제 발전 계획을 발표했다.", "ko"),
        ("Le gouvernement a annoncé\r\nun nouveau plan\u2028économique.", "fr"),
        ("DIE REGIERUNG HAT EINEN NEUEN PLAN ANGEKÜNDIGT", "de"),
        (
            "Vlada je izvijestila da će se tijekom tjedna povijesni vlak zaustaviti u točno tisuću europskih gradova.",
            "hr",
        ),
        ("Vlada je saopštila da će prošle nedelje istorijski voz stići posle dve hiljade evropskih mesta.", "sr"),
        ("Polis berkata kerajaan negeri mempunyai wang kerana syarikat itu, bahawa beliau boleh pergi.", "ms"),
        ("Polisi mengatakan pemerintah provinsi punya uang karena perusahaan itu, bahwa dia bisa pergi.", "id"),
        ("Die regering het gesê dat hulle nie vir die nuwe plan sal betaal nie.", "af"),
        ("Ndị ọchịchị kwuru na ọ bụ ihe dị mkpa nye ndị obodo na n'ime ya.", "ig"),
    ],
)
def test_languages(text: str, label: str) -> None:
    [(found, score)] = IDENTIFIER.identify([text])
    assert found == label
    assert 0.3 < score <= 1


def test_the_end_of_a_long_text_counts() -> None:
    [(label, _)] = IDENTIFIER.identify(["CNN 2024 " + "정부는 새로운 경제 발전 계획을 발표했다. " * 200])
    assert label == "ko"


def test_one_answer_each_in_order() -> None:
    answers = IDENTIFIER.identify(["", " \n\t", "こんにちは、世界。今日はいい天気です。", "\0"])
    assert [label for label, _ in answers] == ["und", "und", "ja", "und"]
    assert IDENTIFIER.identify([]) == []


def test_identity_names_model_and_version() -> None:
    assert IDENTIFIER.identity == identity()
    assert "lid.176.ftz" in identity()


def test_the_number_of_the_identity_goes_up_with_what_tells_languages_apart() -> None:
    told = {code: facts(code).identification for code in known()}
    used = {code: one.model_dump_json(exclude={"standards", "like_english"}) for code, one in told.items() if one.words}
    digest = hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest()[:8]
    assert (identity().rpartition(" words ")[2], digest) == ("1", "2b6520a6")


def test_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert FastTextIdentifier().identify(["Guten Morgen, liebe Leute"])[0][0] == "de"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=80), max_size=4))
def test_any_text_gets_an_answer(texts: list[str]) -> None:
    answers = IDENTIFIER.identify(texts)
    assert len(answers) == len(texts)
    assert all(0 <= score <= 1 for _, score in answers)
