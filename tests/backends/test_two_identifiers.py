import socket

import pytest

from pipeline.backends import langid
from pipeline.backends.two_identifiers import TwoIdentifiers, identity
from pipeline.language import codes

BOTH = TwoIdentifiers()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Abahlali bathi sebelinde izinsuku ezintathu bengenawo amanzi ezindlini zabo.", "zu"),
        ("Umasipala uthi abasebenzi bawo bakha indlela entsha, kwaye abantwana baza kuhamba ngokukhuselekileyo.", "xh"),
        ("Vagari vemuguta vakati mvura ichadzoka neMuvhuro mangwanani mushure mekugadziriswa kwemapombi.", "sn"),
        ("Mazauna garin sun ce ruwa zai dawo ranar Litinin da safe bayan an gyara tsofaffin bututu.", "ha"),
        # What the first model tells is as it was.
        ("Le gouvernement a annoncé un nouveau plan économique.", "fr"),
        ("정부는 새로운 경제 발전 계획을 발표했다.", "ko"),
        ("De Börgermeester hett seggt, dat dat Water an'n Maandag wedder kümmt.", "nds"),
        ("", "und"),
    ],
)
def test_languages(text: str, label: str) -> None:
    [(found, score)] = BOTH.identify([text])
    assert found == label
    assert 0 <= score <= 1


def test_the_second_is_not_asked_where_the_first_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("loaded the second model")

    monkeypatch.setattr("pipeline.backends.two_identifiers._load", refuse)
    [(label, score)] = TwoIdentifiers().identify(["The government announced a new plan for the economy on Monday."])
    assert (label, score > 0.85) == ("en", True)


def test_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert (
        TwoIdentifiers().identify(["Abahlali bathi sebelinde izinsuku ezintathu bengenawo amanzi ezindlini zabo."])[0][
            0
        ]
        == "zu"
    )


def test_identity_names_both() -> None:
    assert BOTH.identity == identity()
    assert identity().startswith(langid.identity())
    assert "py3langid 0." in identity()


def test_codes_know_what_the_second_tells() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    labels = LanguageIdentifier.from_model_file(MODEL_FILE).labels
    told = {codes.base(codes.normalise(label)) for label in labels} - {"und"}
    assert {code for code in told if not codes.is_told(code)} == set()
    assert {code for code in codes._BESIDE if code not in told or codes.knows_lid176(code)} == set()
