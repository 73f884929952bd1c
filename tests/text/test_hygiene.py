import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.plain import has_markup, plain_text
from pipeline.text.hygiene import clean_line, clean_text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\u00adb\u200bc\ufeff", "abc"),
        ("\u202eevil\u202c text", "evil text"),
        ("x\u2066y\u2069z", "xyz"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u200dष", "क\u200dष"),
        ("la\u200ctin", "latin"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("e\u0301", "é"),
        ("a\u00a0\u3000b\t\n c", "a b c"),
        ("\ud800x\ue000", "x"),
        ("مئة \u0600 ٢", "مئة \u0600 ٢"),
    ],
)
def test_clean_line(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_nothing_invisible(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert clean_text(clean_text(text)) == clean_text(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<script>alert(1)</script>Hi", "Hi"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Hi", "Hi"),
        ("<scr<b>ipt>Hi", "ipt>Hi"),
        ("<b>Bold</b> &amp; plain", "Bold & plain"),
        ("one<br>two", "one two"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("AT&amp;T &#8216;grows&#8217;", "AT&T ‘grows’"),
        ("<!-- gone -->left", "left"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(
    st.lists(st.sampled_from(["<", ">", "&lt;", "&gt;", "&amp;", "script", "b", "/", " x=1", "a", "!--"])).map("".join)
)
def test_plain_text_holds_no_tag(text: str) -> None:
    assert not re.search(r"</?[A-Za-z][^>]*>", plain_text(text))


def test_has_markup() -> None:
    assert has_markup("<!DOCTYPE html><title>x</title>")
    assert has_markup("<div>\n<p>one</p>")
    assert not has_markup("if a < b and c > d then <p> is one tag")
