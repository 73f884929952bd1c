"""The faults of `test_kinds` in the press of other countries: what is not the article, dates, writers, mail."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

from pipeline.article import Metadata
from pipeline.extraction.dates import date_line, parse_date
from pipeline.extraction.frontmatter import split_front_matter
from pipeline.extraction.html import read_html
from pipeline.extraction.mail import header
from pipeline.extraction.parts import Parts
from pipeline.extraction.read import read
from pipeline.extraction.relative import is_relative_date
from pipeline.extraction.writers import led_names, writers
from tests.extraction.test_kinds import PT, TH, ZH

ES = (
    "La biblioteca del barrio cerrará todo el mes de agosto para cambiar el tejado, informó ayer el ayuntamiento.",
    "Los vecinos podrán recoger libros en el mercado, donde se instalará un puesto con unos ochocientos títulos.",
    "«Es una obra que llevamos pidiendo diez años», aseguró la directora, Marta Solís, que espera reabrir en otoño.",
)
PITCH_ES = (
    "Hazte socio y ayúdanos a seguir contando lo que pasa en tu ciudad sin depender de los anunciantes.",
    "Por cinco euros al mes recibirás nuestra carta semanal, la revista en papel y entradas para los encuentros.",
    "Gracias a los tres mil lectores que ya nos apoyan podemos pagar a quienes cubren los plenos y los juzgados.",
    "Puedes darte de baja cuando quieras, sin preguntas y sin letra pequeña, desde tu propia cuenta de usuario.",
)
COMMENTS_SV = (
    "Det här var ju på tiden, jag har saknat biblioteket ända sedan vi flyttade hit för tio år sedan.",
    "Hoppas de har öppet på kvällarna också, annars är det svårt för oss som arbetar inne i stan varje dag.",
    "Bra jobbat alla som skänkte pengar, nu ska hela familjen dit på lördag och låna en hög med deckare.",
)
CONSENT_FR = (
    "Nous et nos partenaires stockons des informations sur votre appareil afin de vous proposer des publicités.",
    "Vous pouvez retirer votre consentement à tout moment en cliquant sur le lien situé en bas de chaque page.",
    "Certaines finalités reposent sur l’intérêt légitime, auquel vous pouvez vous opposer dans la liste.",
)


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, title: str = "T", head: str = "", lang: str = "es") -> Parts:
    return read_html(f"<html lang={lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>")


def around(texts: tuple[str, ...], *, top: str = "", middle: str = "", end: str = "", lang: str = "es") -> Parts:
    one, two, three = texts
    return page(f"<article><h1>T</h1>{top}<p>{one}</p>{middle}<p>{two}</p><p>{three}</p>{end}</article>", lang=lang)


@pytest.mark.parametrize(
    "box",
    [
        f"<section class=apoyo>{paragraphs(PITCH_ES)}</section>",
        f"<div class=x1><h3>Kommentarer (3)</h3>{paragraphs(COMMENTS_SV)}</div>",
        f"<div class=z9><div>{paragraphs(CONSENT_FR)}<button>Tout accepter</button></div></div>",
    ],
)
def test_a_box_that_speaks_to_readers_is_not_the_article_whatever_it_is_called(box: str) -> None:
    text = f"<section class=cuerpo><p>{ES[0]}</p><h1>Un puesto</h1>{paragraphs(ES[1:])}</section>"
    found = page(f"<div class=top><h1>La biblioteca cierra</h1></div>{text}{box}", title="La biblioteca cierra")
    assert found.paragraphs == (ES[0], "Un puesto", *ES[1:])


def test_a_text_goes_on_below_an_appeal_in_a_piece_that_is_built_as_those_above() -> None:
    first = f"<div class=chunk>{paragraphs(ES[:2])}</div>"
    found = page(f"<h1>T</h1>{first}<div class=chunk><p>Suscríbete a nuestra carta</p><p>{ES[2]}</p></div>")
    assert found.paragraphs == ES


def test_paid_text_without_marks_at_the_end_of_sentences_is_text() -> None:
    short = tuple(text[:80] for text in TH)
    paid = f'<div class="meteredContent paywall" style="display:none">{paragraphs(short[1:])}</div>'
    assert page(f"<article><h1>T</h1><p>{short[0]}</p>{paid}</article>", lang="th").paragraphs == short


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("图为重新开张的老菜场。记者 王小明 摄", "zh"),
        ("重新开张的老菜场。 受访者供图", "zh"),
        ("【写真】再開した銭湯＝3日、田中一郎撮影", "ja"),
        ("Il forno riaperto (foto Ansa)", "it"),
        ("Fot. Jan Nowak", "pl"),
        ("Jetzt weiterlesen mit KüstenPlus: 4 Wochen für 1 Euro testen", "de"),
        ("Läs vidare för 1 kr. Redan prenumerant? Logga in", "sv"),
        ("扫一扫分享本页", "zh"),
        ("更多海島新聞報導", "zh-TW"),
        ("Haberin devamı için uygulamamızı indirin", "tr"),
        ("Bizi Google News'te takip edin", "tr"),
        ("تابعنا على تويتر وفيسبوك", "ar"),
        ("関連キーワード", "ja"),
        ("#강변시장 #재개장", "ko"),
        ("Følg os på Facebook", "da"),
        ("Nastavak članka dostupan je samo pretplatnicima. Pretplatite se.", "hr"),
        ("আরও পড়ুন: মেলা", "bn"),
        ("மேலும் படிக்க", "ta"),
        ("Ha nem szeretne lemaradni, iratkozzon fel hírlevelünkre!", "hu"),
        ("Більше новин у нашому Telegram-каналі", "uk"),
        ("本文系原创，未经许可不得转载", "zh"),
        ("圖說：老戲院重新開幕。", "zh-TW"),
        ("Il forno (Imagoeconomica)", "it"),
    ],
)
def test_lines_of_the_outlet_go(line: str, lang: str) -> None:
    assert around(ES, end=f"<p>{line}</p>", lang=lang).paragraphs == ES


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("פורסם: 03.04.24, 18:40", "he", "2024-04-03T18:40:00"),
        ("פורסם ב-03/04/24 18:40", "he", "2024-04-03T18:40:00"),
        ("Mi., 03.04.24, 18:40 Uhr", "de", "2024-04-03T18:40:00"),
        ("24.04.03", "ko", None),
        ("Version 3.4.24.1", "de", None),
        ("3 เม.ย. 67 18:40", "th", "2024-04-03T18:40:00"),
        ("2024 m. balandžio 3 d. 18:40", "lt", "2024-04-03T18:40:00"),
        ("০৩ এপ্রিল ২০২৪, ০৬:৪০ পিএম", "bn", "2024-04-03T18:40:00"),
    ],
)
def test_dates_with_short_years_and_signs(text: str, language: str, found: str | None) -> None:
    assert parse_date(text, language=language) == found


def test_relative_and_ambiguous_date_lines_are_no_text() -> None:
    assert is_relative_date("πριν 3 ώρες")
    line = "Actualizado: 07/06/2024 09:00 Publicado: 05/06/2024 18:40"
    assert date_line(line) is None
    found = around(ES, top=f"<p class=fechas>{line}</p>")
    assert (found.paragraphs, found.published) == (ES, "2024-06-05T18:40:00")


def test_what_is_said_of_one_date_is_not_said_of_the_next() -> None:
    updated = '<time datetime="2024-06-07T09:00:00+02:00" itemprop="dateModified">Actualizado el 7 de junio</time>'
    issued = '<time itemprop="datePublished" datetime="2024-06-05T18:40:00+02:00">5 de junio</time>'
    assert around(ES, top=f"<div>{updated} {issued}</div>").published == "2024-06-05T18:40:00+02:00"
    plain = issued.replace(' itemprop="datePublished"', "")
    assert around(ES, top=f"<div>{updated} {plain}</div>").published == "2024-06-05T18:40:00+02:00"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("記者林怡君／台北報導", ("林怡君",)),
        ("〔記者林怡君、王大同／台南報導〕", ("林怡君", "王大同")),
        ("本报记者 王小明 李芳", ("王小明", "李芳")),
        ("文・佐藤花子　写真・田中一郎", ("佐藤花子",)),
        ("[강변일보=이영희 기자]", ("이영희",)),
        ("Door onze verslaggever Pieter van der Veen", ("Pieter van der Veen",)),
        ("Par Jeanne Roussel, notre correspondante à Quimper", ("Jeanne Roussel",)),
        ("Ana Moura — Da redação", ("Ana Moura",)),
        ("Jeanne Roussel (avec AFP)", ("Jeanne Roussel",)),
        ("Propos recueillis par Jeanne Roussel", ("Jeanne Roussel",)),
        ("A cura di Giulia Ferri", ("Giulia Ferri",)),
        ("Texto de Ana Moura e Rui Sá", ("Ana Moura", "Rui Sá")),
        ("Toimittaja: Matti Korhonen", ("Matti Korhonen",)),
        ("Autorius: Jonas Žemaitis", ("Jonas Žemaitis",)),
        ("By RUTH CALDER, Associated Press", ("RUTH CALDER",)),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    found = around(ES, top=f"<p>{line}</p>")
    assert (found.authors, found.paragraphs) == (names, ES)


def test_names_that_only_look_like_a_byline_with_a_function_stay_text() -> None:
    assert led_names("Peter Kim, who was a journalist") == ()
    assert led_names("Madrid - Barcelona") == ()
    assert writers(["佐藤 花子"]) == ("佐藤 花子",)
    assert writers(["Anke Vo&szlig;"]) == ("Anke Voß",)


@pytest.mark.parametrize(
    "title",
    [
        "강변 옛 시장 다시 문 열어 &lt; 사회 &lt; 기사본문 - 강변일보",
        "강변 옛 시장 다시 문 열어--지방--강변망",
        "강변 옛 시장 다시 문 열어 (강변일보) - 포털뉴스",
        "강변 옛 시장 다시 문 열어 ~ 강변일보",
    ],
)
def test_a_headline_without_a_heading_ends_before_any_separator(title: str) -> None:
    found = page(f"<div class=tit>강변 옛 시장 다시 문 열어</div><div>{paragraphs(ZH)}</div>", title=title, lang="ko")
    assert found.title == "강변 옛 시장 다시 문 열어"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!-- //--><![CDATA[//><!--\n", "\n//--><!]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("<!--", "-->"),
    ],
)
def test_json_ld_in_comments(before: str, behind: str) -> None:
    data = json.dumps([{"@type": "NewsArticle", "headline": "T", "author": [{"name": "Elif Kaya"}]}])
    script = f'<script type="application/ld+json">{before}{data}{behind}</script>'
    assert page(f"<h1>T</h1>{paragraphs(PT)}", head=script).authors == ("Elif Kaya",)


def test_front_matter_of_clippers() -> None:
    front, _ = split_front_matter("---\nauthor: [[Jeanne Roussel]]\ndate_published: 2024-04-03\n---\nTexte\n")
    assert front is not None
    assert (front.authors, front.published) == (("Jeanne Roussel",), "2024-04-03")


@pytest.mark.parametrize(
    ("subject", "body", "charset"),
    [
        ("Un été à la gare", "La poste a rouvert lundi ses guichets, après quatre années de travaux.", "iso-8859-15"),
        ("駅前の古い銭湯、再開", "銭湯が再開した。", "iso-2022-jp"),
        ("В селе открыли мост", "Новый мост через реку открыли в понедельник.", "windows-1251"),
    ],
)
def test_a_raw_header_is_read_as_the_text_below_it(subject: str, body: str, charset: str) -> None:
    head = f"\nFrom: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
    data = b"Subject: " + subject.encode(charset) + head.encode() + b"\n" + (body * 3).encode(charset)
    assert read(data, "message/rfc822", Metadata()).title == subject


def test_a_header_of_a_mail_without_text_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "Été"
    assert header(message, "subject") == "Été"


@pytest.mark.parametrize(
    "text",
    [
        "Der Verband teilte mit: „Wir speichern keine Daten“, und das Ticket gilt drei Monate für 49 Euro im Verbund.",
        "Er rief ins Mikrofon: „Wir greifen an“, dann sagte er, man könne jede Einwilligung jederzeit widerrufen.",
        "De gemeente wil de toestemming intrekken, omdat de eigenaar zich niet aan de afspraken zou hebben gehouden.",
        "Los pacientes podrán retirar su consentimiento hasta el día de la operación, según la nueva ley aprobada.",
        "The harbour master said our partners use the quay at night, and asked the council to pay for new lamps.",
        "Nous traitons des données publiques, a répondu la directrice, qui refuse de parler de ses clients privés.",
    ],
)
def test_news_of_consent_and_prices_is_news(text: str) -> None:
    one, _, three = ES
    assert around((one, text, three)).paragraphs == (one, text, three)
