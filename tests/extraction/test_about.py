"""What is said about the article: invented pages, each of a kind met in the press."""

import json

import pytest

from pipeline.article import Metadata
from pipeline.extraction.html import read_html
from pipeline.extraction.parts import Parts
from pipeline.extraction.read import read

TEXTS = {
    "en": (
        "The old ferry at the river mouth ran for the last time on Monday, after seventy years of service to the town.",
        "About two hundred people came to the pier, and the captain let the children sound the horn once more.",
        "A bridge two kilometres upstream will carry all of the traffic from now on, the council said.",
    ),
    "pt": (
        "A velha balsa da foz do rio fez a última viagem na segunda-feira, depois de setenta anos a serviço da cidade.",
        "Cerca de duzentas pessoas foram ao cais, e o capitão deixou as crianças tocarem a buzina mais uma vez.",
        "Uma ponte dois quilômetros acima levará todo o tráfego daqui em diante, segundo a câmara.",
    ),
    "uk": (
        "Старий пором у гирлі річки в понеділок вийшов у останній рейс, прослуживши місту сімдесят років.",
        "Близько двохсот людей прийшли на причал, і капітан дозволив дітям ще раз подати гудок.",
        "Відтепер увесь рух піде мостом за два кілометри вище за течією, повідомили в міській раді.",
    ),
    "ko": (
        "강어귀의 낡은 나룻배가 70년 만에 마지막 운항을 마치고 월요일 부두로 돌아왔다. 주민 200여 명이 배를 기다렸다.",
        "선장은 아이들에게 한 번 더 뱃고동을 울리게 했다. 앞으로는 2킬로미터 위쪽의 다리가 모든 차를 나른다.",
        "군청은 배를 강가에 두고 작은 전시관으로 쓰기로 했다고 밝혔다. 전시관은 내년 봄에 문을 연다.",
    ),
}
TITLES = {
    "en": "Last trip of the old ferry",
    "pt": "Última viagem da balsa",
    "uk": "Останній рейс порома",
    "ko": "나룻배의 마지막 길",
}


def page(above: str, *, text: str = "en", lang: str | None = None, head: str = "", below: str = "") -> Parts:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXTS[text])
    return read_html(
        f"<html lang='{lang or text}'><head><title>{TITLES[text]}</title>{head}</head><body>"
        f"<article><h1>{TITLES[text]}</h1>{above}{body}</article>{below}</body></html>"
    )


def data(*values: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(value)}</script>" for value in values)


def article(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": TITLES["en"], **fields}


@pytest.mark.parametrize(
    ("above", "text", "expected"),
    [
        ("<p class='info'>21 травня 2024, 10:30</p>", "uk", "2024-05-21T10:30:00"),
        ("<div>입력 2024.05.21 10:30 | 수정 2024.05.23 09:00</div>", "ko", "2024-05-21T10:30:00"),
        ("<div>2024.05.21 10:30 입력 | 2024.05.23 09:00 수정</div>", "ko", "2024-05-21T10:30:00"),
        ("<p>Atualizado em 23/05/2024 09h00 - Publicado em 21/05/2024 10h30</p>", "pt", "2024-05-21T10:30:00"),
        ("<p><span>Updated: <time datetime='2024-05-23'>23 May 2024</time></span>"
         "<span>Published: <time datetime='2024-05-21T10:30Z'>21 May 2024</time></span></p>",
         "en", "2024-05-21T10:30:00+00:00"),
        ("<meta itemprop='datePublished' content='2024-05-21'><time itemprop='dateModified' datetime='2024-05-23'>"
         "23 May</time><time itemprop='datePublished' datetime='2024-05-21'>21 May</time>", "en", "2024-05-21"),
    ],
)  # fmt: skip
def test_the_date_that_readers_see(above: str, text: str, expected: str) -> None:
    found = page(above, text=text)
    assert found.published == expected
    assert found.paragraphs == TEXTS[text]


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("<span>2 години тому</span>", "uk"),
        ("<div>há 3 horas</div>", "pt"),
        ("<p>5시간 전</p>", "ko"),
        ("<i>2h ago</i>", "en"),
    ],
)
def test_a_relative_date_is_no_date_and_no_text(above: str, text: str) -> None:
    other = "<ul><li><a href='/b'>Tickets for the bridge</a> <time datetime='2023-01-02'>2/1/2023</time></li></ul>"
    found = page(above, text=text, below=other)
    assert found.published is None
    assert found.paragraphs == TEXTS[text]


def test_a_relative_date_is_resolved_by_the_metadata() -> None:
    assert page("<p>2h ago</p>", head="<meta name='date' content='2024-05-21'>").published == "2024-05-21"


def test_a_date_of_a_quoted_post_is_not_the_articles() -> None:
    post = "<blockquote class='post'>It was a good ship. <time datetime='2019-03-02'>2 March 2019</time></blockquote>"
    found = page(post + "<div class='foot'>Published 21 May 2024</div>")
    assert found.published == "2024-05-21"


def test_what_readers_see_outweighs_a_claim() -> None:
    claim = "<meta property='article:published_time' content='2024-06-30T08:00:00Z'>"
    assert page("<p>Published 21 May 2024</p>", head=claim).published == "2024-05-21"
    assert page("<p>Updated 2 July 2024</p>", head=claim).published == "2024-06-30T08:00:00+00:00"


def test_the_more_exact_of_two_claims() -> None:
    head = "<meta name='date' content='2024-05-21'>" + data(article(datePublished="2024-05-21T10:30:00+02:00"))
    assert page("", head=head).published == "2024-05-21T10:30:00+02:00"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en-US", "pt", "2024-04-03"),
        ("en-US", "uk", "2024-04-03"),
        ("en-US", "en", "2024-03-04"),
        ("en", "en", None),
        # Day and month by the text where the page is English under a theme of another language.
        ("pt", "en", None),
    ],
)
def test_day_and_month_by_the_text(lang: str, text: str, expected: str | None) -> None:
    assert page("", text=text, lang=lang, head="<meta name='date' content='03/04/2024'>").published == expected


@pytest.mark.parametrize(
    ("above", "text", "expected"),
    [
        ("<span><a rel='author' href='/p/1'>Nina Halvorsen</a></span>", "en", ["Nina Halvorsen"]),
        ("<p class='byline'>By Nina Halvorsen and Tom Reed</p>", "en", ["Nina Halvorsen", "Tom Reed"]),
        ("<p class='byline'><b>Rosa Ibarra</b><b>Luis Prado</b></p>", "pt", ["Rosa Ibarra", "Luis Prado"]),
        ("<div class='byline'><a><span>Олена</span> <span>Коваль</span></a></div>", "uk", ["Олена Коваль"]),
        ("<p><strong>Nina Halvorsen/Tom Reed</strong></p>", "en", ["Nina Halvorsen", "Tom Reed"]),
        ("<p><strong>The last horn</strong></p>", "en", []),
        ("<p>Por Rosa Ibarra, Luis Prado e Ana Melo (texto)</p>", "pt", ["Rosa Ibarra", "Luis Prado", "Ana Melo"]),
        ("<div>Автор: Олена Коваль | 21 травня 2024</div>", "uk", ["Олена Коваль"]),
        ("<p class='byline'>Redação</p>", "pt", []),
        ("<div class='author'><a rel='author'>김하나 기자</a></div>", "ko", ["김하나"]),
    ],
)  # fmt: skip
def test_the_byline_that_readers_see(above: str, text: str, expected: list[str]) -> None:
    found = page(above, text=text)
    assert list(found.authors) == expected
    assert found.paragraphs[-3:] == TEXTS[text]
    assert len(found.paragraphs) == 3 or not expected


def test_writers_in_the_order_of_the_page() -> None:
    head = data(article(author=[{"@type": "Person", "name": "Tom Reed"}]))
    found = page("<p class='byline'>By Nina Halvorsen and Tom Reed</p>", head=head)
    assert found.authors == ("Nina Halvorsen", "Tom Reed")


def test_who_is_shown_has_written_what_an_account_published() -> None:
    shown = "<p class='byline'>By Nina Halvorsen</p>"
    assert page(shown, head=data(article(author={"name": "harbourdesk"}))).authors == ("Nina Halvorsen",)
    assert page(shown, head=data(article(author={"name": "Tom Reed"}))).authors == ("Tom Reed",)


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("<p><strong>NINA HALVORSEN</strong></p>", "NINA HALVORSEN"),
        ("<p>By Nina Halvorsen</p>", "Nina Halvorsen"),
        ("<p>Von Karin Olde</p>", "Karin Olde"),
        ("", "Coast P"),
    ],
)
def test_an_account_that_is_named_like_the_outlet(shown: str, name: str) -> None:
    head = "<meta property='og:site_name' content='Coast Post'>" + data(article(author={"name": "Coast P"}))
    account = "<p>by <a rel='author' href='/author/admin'>Coast P</a> | <span>21 May 2024</span></p>"
    assert page(account + shown, head=head).authors == (name,)


@pytest.mark.parametrize(
    ("below", "text", "name"),
    [
        ("<ul><li><b>Datum</b> 21.05.2024</li><li><b>Autorin/Autor</b> Karin Olde</li></ul>", "en", "Karin Olde"),
        ("<div><span>Autora</span> <span>Rosa Ibarra</span></div>", "pt", "Rosa Ibarra"),
        ("<p><strong>Автор:</strong> Олена Коваль</p>", "uk", "Олена Коваль"),
    ],
)
def test_a_label_before_the_writer(below: str, text: str, name: str) -> None:
    outlet = "<meta name='author' content='Coast Post (www.coastpost.example)'>"
    assert page("", text=text, head=outlet, below=below).authors == ()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXTS[text])
    article = f"<article><h1>{TITLES[text]}</h1>{body}{below}</article>"
    assert read_html(f"<html lang={text}><head>{outlet}</head><body>{article}</body></html>").authors == (name,)


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("<div class='blockquote'><p>…</p><p class='blockquote__author'>Tom Reed, mayor</p></div>", "en"),
        ("<div class='pull-quote'><span class='author'>Luis Prado</span></div>", "pt"),
    ],
)
def test_who_is_quoted_is_no_writer(quotation: str, text: str) -> None:
    writer = "<p class='byline'><span class='author'>Nina Halvorsen</span></p>"
    assert page(writer + quotation, text=text).authors == ("Nina Halvorsen",)


@pytest.mark.parametrize(
    ("byline", "text", "name"),
    [
        (
            "<a rel='author'>Nina Halvorsen</a><span class='author-function'>Harbour Watcher</span>",
            "en",
            "Nina Halvorsen",
        ),
        (
            "<a class='author-name'>Rosa Ibarra</a> <span class='author__role'>Agência de notícias</span>",
            "pt",
            "Rosa Ibarra",
        ),
        ("<span class='author'>Олена Коваль <i class='jobTitle'>Голова Відділу</i></span>", "uk", "Олена Коваль"),
    ],
)
def test_what_a_writer_is_stands_beside_the_name(byline: str, text: str, name: str) -> None:
    assert page(f"<div class='authors'>{byline}</div>", text=text).authors == (name,)


def test_the_byline_below_a_headline_with_kicker() -> None:
    trail = "<nav><h1>Ferry: Last trip of the old ferry</h1></nav>"
    heading = "<h2><span>On the river</span><span>Last trip of the old ferry</span></h2>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXTS["en"])
    story = f"<article>{heading}<span class='author'>By Nina Halvorsen, Bergen</span>{body}</article>"
    found = read_html(
        f"<html lang=en><head><meta property='og:title' content='{TITLES['en']}'></head>"
        f"<body>{trail}{story}</body></html>"
    )
    assert (found.kicker, found.title, found.authors) == ("On the river", TITLES["en"], ("Nina Halvorsen",))


@pytest.mark.parametrize("name", ["articleAuthor", "article:author_name"])
def test_other_names_of_the_writer_in_the_metadata(name: str) -> None:
    assert page("", head=f"<meta name='{name}' content='Nina Halvorsen'>").authors == ("Nina Halvorsen",)


def test_a_related_articles_writer_is_not_the_articles() -> None:
    teaser = "<li><a href='/b'>Tickets for the bridge</a> <span class='author'>Ann Other</span></li>"
    below = f"<div><h3>More</h3><ul>{teaser}</ul></div>"
    assert page("", below=below).authors == ()


def test_json_ld_of_another_article() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Bridge tickets", "datePublished": "2023-01-02", "url": "https://a.example/b",
              "author": {"@type": "Person", "name": "Ann Other"}}  # fmt: skip
    own = article(datePublished="2024-05-21", author={"@type": "Person", "name": "Nina Halvorsen"})
    for values in ([teaser, own], [{"@graph": [{"@type": "ItemList", "itemListElement": [teaser]}, own]}]):
        found = page("", head=data(*values))
        assert (found.published, found.authors, found.url) == ("2024-05-21", ("Nina Halvorsen",), None)


def test_json_ld_of_this_address() -> None:
    head = "<link rel='canonical' href='https://a.example/ferry'>" + data(
        {
            "@type": "NewsArticle",
            "headline": "Tickets",
            "url": "https://a.example/bridge",
            "datePublished": "2023-01-02",
        },
        {
            "@type": "NewsArticle",
            "headline": "Ferry retires",
            "url": "https://a.example/ferry",
            "datePublished": "2024-05-21",
        },
    )
    assert page("", head=head).published == "2024-05-21"


def test_json_ld_in_pieces() -> None:
    head = data(
        {
            "@graph": [
                article(author={"@id": "#nina"}, publisher={"@id": "#paper"}),
                {"@id": "#paper", "name": "Coast Post"},
            ]
        },
        {"@graph": [{"@id": "#nina", "@type": "Person", "name": "Nina Halvorsen"}]},
    )
    found = page("", head=head)
    assert (found.authors, found.publisher) == (("Nina Halvorsen",), "Coast Post")


def test_json_ld_with_commas_too_many() -> None:
    head = (
        "<script type='application/ld+json'>{'@type': 'NewsArticle', 'headline': 'Last trip of the old ferry',"
        " 'datePublished': '2024-05-21', 'author': [{'name': 'Nina, Halvorsen, }'},], }</script>"
    )
    assert (
        page("", head=head.replace("'", '"').replace('"application/ld+json"', "'application/ld+json'")).published
        == "2024-05-21"
    )


def test_a_login_is_a_name_where_the_page_says_whose() -> None:
    head = data({"@graph": [article(author={"name": "mary-ohara"}), {"@type": "Person", "name": "Mary O’Hara"}]})
    assert page("", head=head).authors == ("Mary O’Hara",)


def test_comments_stand_anywhere() -> None:
    above = "<!-- a --><div><!-- by --><span class='byline'><!-- b -->By Nina Halvorsen<!-- c --></span><!-- on -->"
    found = page(above + "<!-- d --><time datetime='2024-05-21'><!-- e -->21 May 2024</time></div><!-- f -->")
    assert (found.published, found.authors, found.title) == ("2024-05-21", ("Nina Halvorsen",), TITLES["en"])


def kinds(found: Parts) -> list[str]:
    return [doubt.kind for doubt in found.warnings]


@pytest.mark.parametrize(
    ("head", "above", "published", "doubted"),
    [
        ("<meta property='article:published_time' content='2024-05-21T10:00:00Z'>", "21 May 2024", "2024-05-21", False),
        # A later date that nothing names may be that of a change, or of publication.
        ("<meta property='article:published_time' content='2024-05-21T10:00:00Z'>", "29 May 2024", "2024-05-21", True),
        (
            "<meta property='article:published_time' content='2024-05-21T10:00:00Z'>",
            "Updated: 29 May 2024",
            "2024-05-21",
            False,
        ),
        ("<meta property='article:published_time' content='2024-05-21T10:00:00Z'>", "14 May 2024", "2024-05-14", True),
        (
            "<meta property='article:published_time' content='2024-05-21T10:00:00Z'>",
            "Published: 14 May 2024",
            "2024-05-14",
            False,
        ),
        (
            "<meta property='article:published_time' content='2024-05-21'><meta name='dc.date' content='2023-01-02'>",
            "",
            "2024-05-21",
            True,
        ),
        ("", "14 May 2024", "2024-05-14", False),
    ],
)
def test_dates_that_contradict_each_other_are_doubted(head: str, above: str, published: str, doubted: bool) -> None:
    found = page(f"<p>{above}</p>" if above else "", head=head)
    assert (found.published or "")[:10] == published
    assert ("date-uncertain" in kinds(found)) is doubted


@pytest.mark.parametrize(
    ("said", "shown", "doubted"),
    [
        ("Ana Lopes", "Ana Lopes", False),
        ("Ana Lopes", "Ana Lopes and Rui Costa", False),
        ("Ana Lopes", "Carla Dias", True),
        ("Newsroom", "Carla Dias", False),
        # It may be the same name.
        ("Kim Minsu", "김민수", False),
    ],
)
def test_writers_that_contradict_each_other_are_doubted(said: str, shown: str, doubted: bool) -> None:
    found = page(f"<p class='byline'>{shown}</p>", head=data(article(author={"@type": "Person", "name": said})))
    assert ("writers-uncertain" in kinds(found)) is doubted


def test_what_the_source_says_itself_is_not_doubted() -> None:
    html = (
        "<html lang='en'><head><meta property='article:published_time' content='2024-05-21'></head><body><article>"
        f"<h1>{TITLES['en']}</h1><p>29 May 2024</p>{''.join(f'<p>{text}</p>' for text in TEXTS['en'])}</article>"
    )
    assert [doubt.kind for doubt in read(html.encode(), "text/html", Metadata()).warnings] == ["date-uncertain"]
    given = read(html.encode(), "text/html", Metadata(published="2024-05-28"))
    assert (given.published, given.warnings) == ("2024-05-28", ())
