import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.names.terms import Term, article_terms, check_terms, sentence_terms
from pipeline.text.names.titles import with_titles


def told(sentence: str, language: str) -> dict[str, str]:
    terms = sentence_terms(article_terms([sentence], language), sentence)
    return dict(with_titles([term for term in terms if term.hint], sentence, language))


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        (
            "또럼 서기장과 이재명 대통령은 회담을 갖고",
            "ko",
            {"또럼 서기장": "General Secretary To Lam", "이재명 대통령": "President Lee Jae-myung"},
        ),
        ("이재명 대통령실 관계자는", "ko", {"이재명": "Lee Jae-myung"}),
        ("윤석열 대통령 후보는", "ko", {"윤석열": "Yoon Suk Yeol"}),
        (
            "石破茂首相は林芳正官房長官と会談した。",
            "ja",
            {
                "石破茂首相": "Prime Minister Shigeru Ishiba",
                "林芳正官房長官": "Chief Cabinet Secretary Yoshimasa Hayashi",
            },
        ),
        ("石破茂首相夫人は", "ja", {"石破茂": "Shigeru Ishiba"}),
        # By itself as well.
        (
            "이재명 대통령은 이재명의",
            "ko",
            {"이재명 대통령": "President Lee Jae-myung", "이재명": "Lee Jae-myung"},
        ),
        ("蔡英文總統說", "zh-Hant", {"蔡英文": "Tsai Ing-wen", "總統": "President"}),
        ("總統蔡英文說", "zh-Hant", {"總統": "President", "蔡英文": "Tsai Ing-wen"}),
        ("Thủ tướng Phạm Minh Chính", "vi", {"Thủ tướng": "Prime Minister", "Phạm Minh Chính": "Pham Minh Chinh"}),
    ],
)
def test_an_office_after_a_name_is_told_with_it(sentence: str, language: str, expected: dict[str, str]) -> None:
    assert told(sentence, language) == expected


def test_a_name_of_the_glossary_is_told_as_it_stands_there() -> None:
    person = Term("이재명", "Lee Jae Myung", "person", "glossary")
    assert with_titles([person], "이재명 대통령은", "ko") == [("이재명", "Lee Jae Myung")]


def test_to_is_no_name() -> None:
    terms = [Term("또럼", "To Lam", "person")]
    assert check_terms(Judged("", "und", "President Lee wants to strengthen the cooperation.", terms=terms))
    assert not check_terms(Judged("", "und", "President Lee and Lam want to strengthen the cooperation.", terms=terms))


def test_an_office_is_no_name() -> None:
    terms = [Term("이 대통령", "President Lee", "person")]
    assert check_terms(Judged("", "und", "President Yoon said so.", terms=terms))
    assert not check_terms(Judged("", "und", "Lee said so.", terms=terms))


PIECES = st.lists(st.sampled_from(["이재명", "또럼", " ", "대통령", "서기장", "총리", "은 ", "실", "가"]), max_size=12)


@given(PIECES.map("".join))
def test_what_is_told_stands_in_the_sentence_and_no_name_is_left_out(sentence: str) -> None:
    terms = [Term("이재명", "Lee Jae-myung", "person"), Term("또럼", "To Lam", "person")]
    here = sentence_terms(terms, sentence)
    pairs = with_titles(here, sentence, "ko")
    assert all(source in sentence for source, _ in pairs)
    for term in here:
        assert any(term.source in source and term.english in english for source, english in pairs)
