import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.english.shorten import ONE_LINE, cut, cut_words, one_line

FIRST = "The city of Aldmere will close its oldest bridge for two years from March, the council said on Friday."
SECOND = "Engineers found cracks in four of the nine stone arches during an inspection in June."


class TestOneLine:
    def test_asides_go_first(self) -> None:
        sentence = (
            "The city of Aldmere (population 84,000 at the last census, most of them on the left bank) will close"
            " its oldest bridge for two years from March."
        )
        assert one_line([sentence], "") == "The city of Aldmere will close its oldest bridge for two years from March."

    def test_then_clauses(self) -> None:
        sentence = f"{FIRST[:-1]}, adding that the work had been put off for ten years for want of money and of masons."
        assert (
            one_line([sentence], "Bridge")
            == "The city of Aldmere will close its oldest bridge for two years from March, the council said on Friday…"
        )

    def test_a_cut_does_not_turn_the_meaning_round(self) -> None:
        start = "The mayor of Aldmere said that the council would close the old stone bridge in March"
        sentence = f"{start}, unless the engineers found before that day that its nine old arches could carry it."
        assert one_line([sentence], "Mayor speaks of closing the bridge") == "Mayor speaks of closing the bridge"

    def test_a_long_sentence_of_one_clause_gives_way_to_the_title(self) -> None:
        assert one_line(["The council " + "of the old town " * 12 + "met."], "Council meets") == "Council meets"

    def test_a_claim_keeps_its_speaker(self) -> None:
        start = "The army has taken the bridge of Aldmere and the two villages on the left bank of the river"
        sentence = f"{start}, the general said on Sunday night in a speech to his men."
        assert one_line([sentence], "General speaks") == "General speaks"

    def test_another_sentence_serves_where_there_is_no_title(self) -> None:
        assert one_line(["The council " + "of the old town " * 12 + "met.", SECOND], "") == SECOND

    @pytest.mark.parametrize(
        "head",
        [
            "Anna Berg, one of the two engineers who was on the old stone bridge during the flood",
            "In the heart of Aldmere, where tales of struggle are woven into everyday life",
        ],
    )
    def test_a_cut_leaves_a_main_clause(self, head: str) -> None:
        sentence = (
            f"{head}, has told the council of the town what she saw there and what must be done about it in spring."
        )
        assert one_line([sentence], "Title") == "Title"

    def test_a_cut_does_not_part_an_adjective_from_its_noun(self) -> None:
        sentence = (
            "The council of Aldmere has decided to move from a reactive, costly way of mending its bridges to one that"
            " is planned for years ahead and paid for by a toll."
        )
        assert one_line([sentence], "Title") == "Title"


def test_a_cut_at_a_word_leaves_no_loose_punctuation() -> None:
    assert cut("one two, three", 10) == "one two…"
    assert cut_words("one two, three", 2) == "one two…"
    assert cut("x" * 200, 140) == "x" * 139 + "…"


@given(st.text(max_size=400), st.text(max_size=200))
def test_one_line_only_leaves_out(sentence: str, title: str) -> None:
    line = one_line([" ".join(sentence.split())], " ".join(title.split()))
    assert len(line) <= ONE_LINE
    kept = re.sub(r"…$", "", line)
    rest = iter(sentence) if kept not in title else iter(title)
    assert all(character in rest for character in kept if not character.isspace())
