"""Faults of real pages, each kind in several languages: what must be read, and what must not."""

from __future__ import annotations

import pytest

from pipeline.extraction.html import read_html
from pipeline.extraction.parts import Parts

PT = (
    "A velha estação de comboios voltou a abrir na segunda-feira, depois de quatro anos de obras no telhado.",
    "Os vinte e dois quiosques pagam metade da renda no primeiro ano, segundo o acordo assinado com a câmara.",
    "«Voltamos com medo e com vontade», disse a vendedora Lúcia Prata, que está ali há duas décadas.",
)
TH = (
    "ตลาดเก่าริมแม่น้ำเปิดให้บริการอีกครั้งเมื่อวันจันทร์ที่ผ่านมา หลังจากปิดซ่อมหลังคาและทางเดินนานกว่าสามปีเต็มเพื่อความปลอดภัย",
    "ผู้ค้าทั้งยี่สิบรายจะจ่ายค่าเช่าเพียงครึ่งเดียวในปีแรก ตามข้อตกลงที่ทำไว้กับเทศบาลเมืองเมื่อต้นปีนี้ก่อนเริ่มงานซ่อม",
    "เทศบาลกล่าวว่าค่าใช้จ่ายทั้งหมดอยู่ที่ประมาณเก้าล้านบาท ซึ่งครึ่งหนึ่งมาจากเงินบริจาคของชาวบ้านในพื้นที่และร้านค้า",
)
ZH = (
    "河边的旧粮仓周二改成图书室，重新向居民开放。",
    "两年前的一场暴雨冲垮了屋顶，修缮花了整整八个月。",
    "镇上出了一半的钱，其余由四百户居民捐助。",
)
TR = (
    "Eski değirmen salı günü okuma salonu olarak kapılarını açtı; çatısı iki yıl önce bir fırtınada çökmüştü.",
    "Bir zamanlar tahılın durduğu yerde şimdi üç bin kitap var, çark ise pazar günleri yeniden dönüyor.",
    "Masrafın yarısını belde ödedi, kalanı dört yüz küçük bağıştan geldi.",
)
PITCH = (
    "Unser Verein lebt von seinen Mitgliedern, und jeder Beitrag hilft, die Arbeit der nächsten Jahre zu sichern.",
    "Wer uns schreibt, bekommt im Frühjahr Post mit allen Terminen und einem Plan der Führungen durch das Haus.",
    "Wir danken allen, die uns in den letzten Jahren begleitet haben, und freuen uns auf viele neue Gesichter.",
    "Im Sommer feiern wir mit einem großen Fest auf dem Hof, zu dem alle Nachbarn herzlich eingeladen sind.",
)


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, title: str = "T", head: str = "", lang: str = "pt") -> Parts:
    return read_html(f"<html lang={lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize("texts", [PT, TH, ZH, TR])
@pytest.mark.parametrize("tag", ["div", "section"])
def test_headings_in_the_text_do_not_make_another_article_of_it(texts: tuple[str, ...], tag: str) -> None:
    one, two, three = texts
    body = (
        f"<header><h1>{one[:20]}</h1></header><{tag}><p>{one}</p><h1>{two[:9]}</h1><p>{two}</p><p>{three}</p></{tag}>"
    )
    found = read(f"{body}<div>{paragraphs(PITCH)}</div>", title=one[:20])
    assert [text for text in found.paragraphs if text in texts] == list(texts)


def test_the_next_article_of_an_endless_page_goes() -> None:
    other = "".join(f"<p>{text}</p>" for text in PITCH)
    body = f"<div class=story><h1>A estação voltou a abrir</h1>{paragraphs(PT)}</div>"
    found = read(f"{body}<div class=story><h1>Outra notícia do dia</h1>{other}</div>", title="A estação voltou a abrir")
    assert found.paragraphs == PT


@pytest.mark.parametrize("texts", [PT, TH, ZH, TR])
@pytest.mark.parametrize(
    "name", ["paywall", "post tag-mercado", "newsletter-der-stadt", "related", "premium", "comments", "cookie-factory"]
)
def test_a_name_alone_takes_no_prose_away(texts: tuple[str, ...], name: str) -> None:
    one, *rest = texts
    found = read(f"<h1>{one[:20]}</h1><p>{one}</p><div class='{name}'>{paragraphs(tuple(rest))}</div>", title=one[:20])
    assert found.paragraphs == texts


def test_what_paying_readers_see_is_read_though_hidden() -> None:
    one, two, three = TR
    body = f"<article><h1>Eski değirmen</h1><p>{one}</p><p>{two}</p><p class=paywall hidden>{three}</p></article>"
    assert read(body, title="Eski değirmen").paragraphs == TR


@pytest.mark.parametrize(
    "dialog",
    [
        "<div id=onetrust-consent-sdk>{}</div>",
        "<div id=didomi-host><div>{}</div></div>",
        "<div id=CybotCookiebotDialog>{}</div>",
        "<div class='sp_message_container_1'>{}</div>",
    ],
)
@pytest.mark.parametrize("texts", [ZH, PT])
def test_consent_dialogs_are_no_text(dialog: str, texts: tuple[str, ...]) -> None:
    found = read(
        f"<h1>{texts[0][:20]}</h1>{paragraphs(texts)}" + dialog.format(paragraphs(PITCH * 2)), title=texts[0][:20]
    )
    assert found.paragraphs == texts


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (PT, "O post A estação voltou a abrir apareceu primeiro em Jornal da Vila."),
        (PT, "Link copiado!"),
        (PT, "Este conteúdo é exclusivo para assinantes."),
        (TR, "Eski değirmen yazısı ilk önce Vadi Postası üzerinde ortaya çıktı."),
        (TR, "Uygulamamızı indirin, haberler cebinizde olsun."),
        (TR, "İlgili etiketler: değirmen, kitap"),
        (ZH, "【图片来源：镇政府】"),
        (ZH, "扫描二维码关注我们"),
        (TH, "คัดลอกลิงก์แล้ว"),
        (TH, "บทความนี้สำหรับสมาชิกเท่านั้น"),
    ],
)
def test_words_of_the_outlet_are_no_text(texts: tuple[str, ...], line: str) -> None:
    assert read(f"<article><h1>{texts[0][:20]}</h1>{paragraphs((*texts, line))}</article>").paragraphs == texts


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (
            "Стара млинарська хата над річкою знову відчинена, і<br>тепер у ній читальня на три тисячі книжок для<br>"
            "всіх охочих. Роботи тривали два роки, і їх оплатили<br>самі мешканці.<br><br>Двері відчинені щодня, крім "
            "понеділка.",
            [
                "Стара млинарська хата над річкою знову відчинена, і тепер у ній читальня на три тисячі книжок для "
                "всіх охочих. Роботи тривали два роки, і їх оплатили самі мешканці.",
                "Двері відчинені щодня, крім понеділка.",
            ],
        ),
        (
            "河边的旧粮仓周二改成图书室，重新向居民开放，屋顶是<br>两年前在一场暴雨中垮掉的，修缮花了整整八个月，费用由<br>"
            "镇上和居民各出一半。<br><br>周一休息。",
            [
                "河边的旧粮仓周二改成图书室，重新向居民开放，屋顶是两年前在一场暴雨中垮掉的，修缮花了整整八个月，费用由镇上和居民各出一半。",
                "周一休息。",
            ],
        ),
        (
            "Anna Berg 2:31:04<br>Ida Holm 2:33:40<br>Eva Strand 2:35:12<br>Lisa Nord 2:36:00",
            ["Anna Berg 2:31:04", "Ida Holm 2:33:40", "Eva Strand 2:35:12", "Lisa Nord 2:36:00"],
        ),
    ],
)
def test_lines_cut_by_br_are_joined_and_lists_are_not(lines: str, texts: list[str]) -> None:
    assert list(read_html(f"<div>{lines}</div>").paragraphs) == texts


@pytest.mark.parametrize("texts", [PT, ZH])
def test_layout_tables_are_blocks(texts: tuple[str, ...]) -> None:
    cells = "".join(f"<table><tr><td>{text}</td></tr></table>" for text in texts)
    assert read(f"<table><tr><td>{cells}</td></tr></table>").paragraphs == texts


@pytest.mark.parametrize("texts", [PT, TH, TR])
def test_all_pieces_of_a_body_are_read(texts: tuple[str, ...]) -> None:
    pieces = "<div class=ad>x</div>".join(
        f"<div class='piece piece-{n}'><p>{text}</p></div>" for n, text in enumerate(texts)
    )
    assert read(f"<h1>{texts[0][:20]}</h1><main>{pieces}</main>", title=texts[0][:20]).paragraphs == texts


def test_readings_above_ideographs_are_no_text() -> None:
    found = read(
        "<h1><ruby>港<rt>みなと</rt></ruby>の<ruby>図書館<rp>(</rp><rt>としょかん</rt><rp>)</rp></ruby></h1>",
        title="港の図書館",
    )
    assert found.title == "港の図書館"


def test_a_table_that_is_the_article_is_kept() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>Löparen nummer {n} från Ystad</td><td>2:3{n}:04</td></tr>" for n in range(1, 9)
    )
    found = read(
        f"<article><h1>Alla tider från loppet</h1><p>Här är tiderna från söndagen.</p><table>{rows}</table></article>"
    )
    assert found.paragraphs[0] == "Här är tiderna från söndagen."
    assert found.paragraphs[1] == "1 | Löparen nummer 1 från Ystad | 2:31:04"
    assert len(found.paragraphs) == 9


def test_a_list_that_is_the_article_is_kept() -> None:
    items = [f"Nummer {n}: boka aan de gracht" for n in range(1, 8)]
    found = read(
        f"<article><h1>De lijst</h1><p>Dit is de lijst.</p><ol>{''.join(f'<li>{i}</li>' for i in items)}</ol></article>"
    )
    assert [text for text in found.paragraphs if text in items] == items


def test_text_without_a_word_of_the_headline_is_doubted() -> None:
    found = read(f"<h1>Stadtwerke tauschen Leitungen</h1>{paragraphs(PITCH)}", title="Stadtwerke tauschen Leitungen")
    assert [warning.kind for warning in found.warnings] == ["text-uncertain"]


@pytest.mark.parametrize(
    "notice", ["Este conteúdo é exclusivo para assinantes.", "本文仅供付费会员阅读全文", "Yalnızca abonelere"]
)
def test_the_beginning_of_a_paid_article_says_so(notice: str) -> None:
    found = read(f"<h1>A velha estação</h1>{paragraphs(PT)}<div><p>{notice}</p></div>", title="A velha estação")
    assert [warning.kind for warning in found.warnings] == ["text-incomplete"]


def test_a_whole_article_is_not_doubted() -> None:
    found = read(f"<article><h1>A velha estação</h1>{paragraphs(PT)}</article>", title="A velha estação")
    assert not found.warnings
    assert found.confidence is not None
    assert found.confidence > 0.9


def test_a_comment_before_a_date_is_no_fault() -> None:
    body = f"<article><h1>A velha estação</h1><p><!-- x --><time datetime=2024-03-04>4</time></p>{paragraphs(PT)}"
    assert read(body, title="A velha estação").published == "2024-03-04"
