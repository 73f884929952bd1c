from __future__ import annotations

import pytest

from pipeline.issue.render.foreign import foreign

# Text, language of the article: what is marked, with its language and direction.
MARKED = {
    ("Premier Cho (卓榮泰) said so.", "zh-Hant"): [("zh-Hant", "ltr", "卓榮泰")],
    ("The paper صحيفة المدينة, of Cairo", "ar"): [("ar", "rtl", "صحيفة المدينة")],
    ("صحيفة", "ur"): [("ur", "rtl", "صحيفة")],
    # Of another script than the article's: only the script is known, unless it has one language.
    ("Правда and 人民日报", "fr"): [("und-Cyrl", "ltr", "Правда"), ("und-Hani", "ltr", "人民日报")],
    ("The アサヒ新聞 and 한국일보", "und"): [("ja", "ltr", "アサヒ新聞"), ("ko", "ltr", "한국일보")],
    ("漢字とかな", "ja"): [("ja", "ltr", "漢字とかな")],
    # What is written with Latin letters, and figures of other scripts, have no language of their own to say.
    ("Đài Loan, Škoda, １２３, ٣", "vi"): [],
    ("", "ar"): [],
}


@pytest.mark.parametrize(("text", "language"), MARKED)
def test_marked(text: str, language: str) -> None:
    expected = text
    for tongue, direction, run in MARKED[text, language]:
        expected = expected.replace(run, f'<span lang="{tongue}" dir="{direction}">{run}</span>')
    assert foreign(text, language) == expected


def test_markup_is_escaped_around_and_within() -> None:
    assert foreign("<b>да<i>нет</i> & co", "ru") == (
        '&lt;b&gt;<span lang="ru" dir="ltr">да</span>&lt;i&gt;<span lang="ru" dir="ltr">нет</span>&lt;/i&gt; &amp; co'
    )
    assert (
        foreign("да > < нет", "ru")
        == '<span lang="ru" dir="ltr">да</span> &gt; &lt; <span lang="ru" dir="ltr">нет</span>'
    )
    assert foreign("да & нет", "ru") == '<span lang="ru" dir="ltr">да &amp; нет</span>'
