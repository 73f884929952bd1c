import base64

import pytest

from pipeline.article import Metadata
from pipeline.errors import Refused
from pipeline.extraction.mail import is_note, letter, read_mail
from pipeline.extraction.read import read

MAIL = (
    b"From: =?utf-8?q?Die_Post?= <news@example.org>\r\n"
    b"Subject: =?utf-8?b?QnLDvGNrZQ==?=\r\n"
    b"Date: Thu, 02 May 2024 10:00:00 +0200\r\n"
    b"MIME-Version: 1.0\r\n"
)


def test_mail_with_both_parts_gives_html() -> None:
    inside = read_mail(
        MAIL + b"Content-Type: multipart/alternative; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n"
        b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>rich</p>\r\n--x--\r\n"
    )
    assert (inside.html, inside.text.strip()) == (True, "<p>rich</p>")
    assert (inside.parts.title, inside.parts.publisher) == ("Brücke", "Die Post")
    assert inside.parts.published == "2024-05-02T10:00:00+02:00"


def test_mail_in_a_legacy_encoding() -> None:
    body = "Łódź i Gdańsk".encode("cp1250")
    inside = read_mail(MAIL + b"Content-Type: text/plain; charset=windows-1250\r\n\r\n" + body)
    assert (inside.html, inside.text) == (False, "Łódź i Gdańsk")


def test_mail_without_text_is_refused() -> None:
    with pytest.raises(Refused):
        read_mail(MAIL + b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n")


SWEDISH = (
    "Den gamla kvarnen vid ån öppnade i tisdags som läsesal, två år efter att taket rasade in under en storm.",
    "Omkring tre tusen böcker står där säden en gång låg, och hjulet snurrar igen på söndagarna för besökare.",
    "Kommunen betalade hälften av kostnaden, resten kom från fyrahundra små gåvor.",
)
RUSSIAN = (
    "Старая мельница у реки во вторник открылась как читальный зал, через два года после того как рухнула крыша.",
    "Около трёх тысяч книг стоят там, где раньше хранили зерно, а по воскресеньям снова крутится колесо.",
    "Половину расходов оплатил город, остальное собрали четыреста жителей.",
)


def part(kind: str, text: str, extra: str = "") -> bytes:
    body = base64.b64encode(text.encode()).decode()
    return f"Content-Type: {kind}; charset=utf-8{extra}\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n".encode()


def several(kind: str, *parts: bytes) -> bytes:
    inside = b"".join(b"--x%d\r\n" % len(parts) + one for one in parts)
    return (
        b"Content-Type: multipart/%s; boundary=x%d\r\n\r\n" % (kind.encode(), len(parts))
        + inside
        + (b"--x%d--\r\n" % len(parts))
    )


@pytest.mark.parametrize("text", [SWEDISH, RUSSIAN])
def test_an_html_part_without_text_gives_way_to_the_plain_one(text: tuple[str, ...]) -> None:
    mail = MAIL + several(
        "alternative", part("text/plain", "\n\n".join(text)), part("text/html", "<img src=x><p> </p>")
    )
    assert read(mail, "message/rfc822", Metadata()).paragraphs == text


@pytest.mark.parametrize("text", [SWEDISH, RUSSIAN])
@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream; name=a.eml"])
def test_an_attached_mail_is_read(text: tuple[str, ...], kind: str) -> None:
    inner = (
        b"From: Posten <p@p.example>\r\nSubject: =?utf-8?b?"
        + base64.b64encode("Gamla kvarnen öppnar".encode())
        + b"?=\r\nDate: Tue, 21 May 2024 07:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        + part("text/plain", "\n\n".join(text))
    )
    attached = f"Content-Type: {kind}\r\nContent-Disposition: attachment\r\n\r\n".encode() + inner
    found = read(MAIL + several("mixed", part("text/plain", "Se nedan."), attached), "message/rfc822", Metadata())
    assert (found.title, found.publisher, found.paragraphs) == ("Gamla kvarnen öppnar", "Posten", text)
    assert found.published == "2024-05-21T07:00:00+00:00"


def test_all_text_parts_of_a_mail_are_read() -> None:
    mail = MAIL + several("mixed", part("text/plain", SWEDISH[0]), part("text/plain", SWEDISH[1]))
    assert read_mail(mail).text == "\n\n".join(SWEDISH[:2])


@pytest.mark.parametrize(
    ("subject", "block", "text"),
    [
        ("VB: Kvarnen öppnar", "Från: Posten <p@p.example>\nSkickat: 21 maj 2024\nTill: a@b.example", SWEDISH),
        ("Fwd: Мельница", "От: Газета <p@p.example>\nДата: 21 мая 2024\nТема: Мельница\nКому: a@b.example", RUSSIAN),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_forwarded_mail_is_read_without_its_headers(
    subject: str, block: str, text: tuple[str, ...], html: bool
) -> None:
    if html:
        lines = "<br>".join(line.replace("<", "&lt;") for line in block.split("\n"))
        quoted = "".join(f"<p>{line}</p>" for line in text)
        body = part("text/html", f"<html><body><p>Titta!</p><div><div>{lines}</div>{quoted}</div></body></html>")
    else:
        body = part("text/plain", "Titta!\n\n---------- ----------\n" + block + "\n\n" + "\n\n".join(text))
    encoded = base64.b64encode(subject.encode())
    mail = b"From: Ann <ann@home.example>\r\nSubject: =?utf-8?b?" + encoded + b"?=\r\nMIME-Version: 1.0\r\n" + body
    found = read(mail, "message/rfc822", Metadata())
    assert found.title == subject.partition(": ")[2]
    assert found.publisher == ("Posten" if text is SWEDISH else "Газета")
    assert (found.published, found.paragraphs) == ("2024-05-21", text)


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "koi8_r"])
def test_headers_in_raw_bytes_are_decoded(codec: str) -> None:
    subject, sender = "Старая мельница стала читальным залом", "Городская газета"
    mail = f"From: {sender} <p@p.example>\r\nSubject: {subject}\r\n\r\n".encode(codec) + "Текст".encode(codec)
    parts = read_mail(mail).parts
    assert (parts.title, parts.publisher) == (subject, sender)


@pytest.mark.parametrize(
    "line",
    [
        "Im Browser ansehen",
        "Se désabonner | Gérer mes préférences",
        "Du får det här mejlet för att du prenumererar.",
        "Отписаться от рассылки",
        "ブラウザで見る",
        "수신거부",
        "退订",
    ],
)
def test_notes_on_the_mail(line: str) -> None:
    assert is_note(line)


def test_a_letter_is_its_prose() -> None:
    around = ["Läs i webbläsaren", "Nyheter | Sport", *SWEDISH, "Avprenumerera", "Posten AB, Storgatan 1, Borg"]
    assert letter(around) == SWEDISH


def test_words_of_a_note_inside_the_news_cut_nothing() -> None:
    news = (
        "Wer sein Auto abmelden will, muss in der Kreisstadt künftig einen Termin im Netz buchen.",
        "Das Amt begründet das mit langen Schlangen vor der Tür, die im Winter bis zur Straße reichten.",
        "Die Gemeinden halten dagegen, dass viele ältere Leute kein Netz haben und lange Wege fahren müssen.",
        *(
            f"Im Ort Nummer {number} bleibt alles, wie es seit vielen Jahren ist, sagte die Leiterin."
            for number in "1234567"
        ),
    )
    assert letter(news) == news
