import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Refused
from pipeline.extraction import decode as module
from pipeline.text.charsets import python_codec

CHINESE = (
    "经济部长表示，今年第一季度的出口总额比去年同期增长了百分之六，"
    "主要得益于电子产品和机械设备的需求。"
    "他在记者会上说，政府将继续推动与周边国家的合作，并且为中小企业提供更多支持。"
    "分析人士认为，全球市场仍然存在不确定因素，"
    "但是国内的消费正在恢复，就业情况也有所改善。"
)
TRADITIONAL = (
    "經濟部長表示，今年第一季的出口總額比去年同期成長百分之六，主要是電子產品和機械設備的需求增加。"
    "他在記者會上說，政府將繼續推動與周邊國家的合作，並且為中小企業提供更多支持。"
    "分析人士認為，全球市場仍然有許多不確定的因素，"
    "但是國內的消費正在恢復，就業情況也有所改善。"
)
KOREAN = (
    "산업통상부는 올해 1분기 수출이 지난해 같은 기간보다 6퍼센트 "
    "늘었다고 3일 밝혔다. 반도체와 자동차가 증가세를 이끌었다. "
    "장관은 기자회견에서 앞으로도 주변 국가와 협력을 강화하고 중소기업을 지원하겠다고 말했다. "
    "전문가들은 세계 경제의 불확실성이 여전하지만 국내 소비가 회복되고 있다고 평가했다."
)
JAPANESE = (
    "経済産業省は三日、今年の第一四半期の輸出額が前年の同じ時期に比べて六パーセント増えたと発表した。"
    "半導体や自動車の需要が伸びたことが主な理由だ。大臣は記者会見で「周辺の国々との協力をさらに進めていく」と述べた。"
    "専門家は、世界経済には不安が残るものの、国内の消費は回復しつつあるとみている。"
)
VIETNAMESE = (
    "Bộ Công Thương cho biết kim ngạch xuất khẩu trong quý đầu năm "
    "tăng sáu phần trăm so với cùng kỳ năm trước, chủ yếu nhờ "
    "nhu cầu về điện tử và máy móc. Bộ trưởng nói tại buổi họp báo rằng "
    "chính phủ sẽ tiếp tục thúc đẩy hợp tác với các nước láng giềng "
    " và hỗ trợ nhiều hơn cho doanh nghiệp nhỏ và vừa."
)
RUSSIAN = (
    "Министерство экономики сообщило, что экспорт в первом квартале "
    "вырос на шесть процентов по сравнению с прошлым годом. "
    "Министр заявил на пресс-конференции, что правительство продолжит поддерживать малые предприятия."
)
ARABIC = (
    "أعلنت وزارة الاقتصاد أن الصادرات ارتفعت في الربع الأول من هذا العام بنسبة ستة في المئة مقارنة بالعام الماضي. "
    "وقال الوزير في مؤتمر صحفي إن الحكومة ستواصل دعم الشركات الصغيرة، وإن السوق المحلية تتعافى تدريجيا."
)
FRENCH = (
    "Le ministère de l’Économie a annoncé que les exportations ont augmenté de six pour cent au premier trimestre. "
    "« La reprise est là », a déclaré la ministre à la presse, après "
    "une année très difficile pour l’industrie française. "
    "Les économistes restent toutefois prudents : l’été dernier, la croissance s’était arrêtée."
)
GREEK = (
    "Το υπουργείο Οικονομικών ανακοίνωσε ότι οι εξαγωγές αυξήθηκαν κατά έξι τοις εκατό το πρώτο τρίμηνο του έτους. "
    "Ο υπουργός δήλωσε στους δημοσιογράφους ότι η κυβέρνηση θα συνεχίσει να στηρίζει τις μικρές επιχειρήσεις."
)
THAI = (
    "กระทรวงพาณิชย์แถลงว่าการส่งออกในไตรมาสแรกของปีนี้เพิ่มขึ้นร้อยละหกเมื่อเทียบกับปีก่อน รัฐมนตรีกล่าวว่ารัฐบาลจะสนับสนุนผู้ประกอบการรายย่อยต่อไป"
)


def decode(data: bytes, *, html: bool = False, charset: str | None = None) -> str:
    return module.decode(data, html=html, charset=charset).text


def windows_1258(text: str) -> bytes:
    """As Vietnamese editors wrote it: letter with its shape, then the tone as a mark of its own."""
    out = bytearray()
    for character in text:
        try:
            out += character.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", character)
            tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
            out += letter.encode("cp1258") + tones.encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (KOREAN, "euc_kr"),
        (KOREAN, "cp949"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (ARABIC, "cp1256"),
        (FRENCH, "cp1252"),
        (GREEK, "cp1253"),
        (THAI, "cp874"),
        *[
            (text, codec)
            for text in (CHINESE, TRADITIONAL, KOREAN, JAPANESE, VIETNAMESE, ARABIC, FRENCH)
            for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
        ],
    ],
)
def test_text_without_a_claim(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE[:20], "gb18030"),
        (TRADITIONAL[:20], "big5"),
    ],
)
def test_a_headline_without_a_claim(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


def test_vietnamese_tones_become_letters() -> None:
    assert decode(windows_1258(VIETNAMESE)) == VIETNAMESE


@pytest.mark.parametrize(
    ("label", "text", "codec"),
    [
        ("gb2312", "简短的新闻，朱镕基", "gb18030"),
        ("BIG5", "簡短的新聞", "big5hkscs"),
        ("euc-kr", "짧은 뉴스 똠방각하", "cp949"),
        ("Shift_JIS", "短いニュース①", "cp932"),
        ("iso-8859-1", "Bräunliche “Anführung” – für 5 €", "cp1252"),
        ("windows-1250", "Łódź i Gdańsk", "cp1250"),
    ],
)
def test_claims_are_read_as_browsers_do(label: str, text: str, codec: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body>{text}</body></html>'
    assert text in decode(page.encode(codec), html=True)
    assert decode(text.encode(codec), charset=label) == text


def test_valid_utf8_beats_a_wrong_claim() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">{KOREAN}'
    assert decode(page.encode(), html=True) == page


def test_a_wrong_claim_is_not_believed() -> None:
    page = f'<meta charset="shift_jis"><p>{RUSSIAN}</p>'
    assert decode(page.encode("cp1251"), html=True) == page


POLISH = (
    "Stary młyn nad rzeką otwarto we wtorek jako czytelnię, dwa lata po tym, jak zawalił się jego dach. "
    "Połowę kosztów pokryło miasto, resztę złożyło czterystu mieszkańców."
)
HEBREW = "הטחנה הישנה שליד הנהר נפתחה ביום שלישי כאולם קריאה, שנתיים אחרי שגגה קרס בסערה. העירייה שילמה מחצית מההוצאות."
TURKISH = (
    "Irmak kıyısındaki eski değirmen, çatısının çökmesinden iki yıl sonra salı günü okuma salonu olarak açıldı. "
    "Masrafların yarısını belediye ödedi, kalanını dört yüz kişi bağışladı."
)
LATVIAN = "Vecās dzirnavas pie upes otrdien tika atvērtas kā lasītava, divus gadus pēc tam, kad vētrā iebruka to jumts."
DANISH = "Den gamle mølle ved åen åbnede tirsdag som læsesal, to år efter at taget faldt ned. Byen betalte halvdelen."
STYLE = "<style>" + "".join(f".row{n}{{margin:{n}px auto;border:1px solid #eee}}\n" for n in range(80)) + "</style>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (HEBREW, "iso8859_8"),
        (HEBREW, "cp1255"),
        (TURKISH, "iso8859_9"),
        (LATVIAN, "cp1257"),
        (DANISH, "cp1252"),
        (RUSSIAN, "iso8859_5"),
        (KOREAN, "euc_kr"),
        (THAI, "tis_620"),
    ],
)
@pytest.mark.parametrize("claim", ["", "utf-8", "iso-8859-1", "shift_jis"])
def test_the_text_of_a_page_tells_its_encoding_not_its_markup(text: str, codec: str, claim: str) -> None:
    meta = f'<meta charset="{claim}">' if claim else ""
    page = f'<!DOCTYPE html><html lang="en"><head>{meta}{STYLE}</head><body><p>{text}</p></body></html>'
    assert decode(page.encode(codec), html=True) == page


@pytest.mark.parametrize(("text", "codec"), [(DANISH, "cp1252"), (POLISH, "cp1250"), (RUSSIAN, "cp1251")])
def test_a_passage_in_another_encoding_than_the_page_is_read(text: str, codec: str) -> None:
    around = f"<p>{text}</p>".encode()
    found = module.decode(around + b"<p>" + text.encode(codec) + b"</p>" + around, html=True)
    assert (found.text, found.lost) == (f"<p>{text}</p>" * 3, 0)


@pytest.mark.parametrize(("text", "codec", "letter"), [(POLISH, "cp1250", "ł"), (RUSSIAN, "cp1251", "о")])
def test_a_stray_byte_is_read_in_the_encoding_of_the_language(text: str, codec: str, letter: str) -> None:
    data = text.encode()
    at = data.index(letter.encode())
    found = module.decode(data[:at] + letter.encode(codec) + data[at + len(letter.encode()) :])
    assert (found.text, found.lost, found.warnings) == (text, 0, ())


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (KOREAN.encode()[:60] + b"\xff" + KOREAN.encode()[60:], 1),
        (JAPANESE.encode()[:-1], 1),
        (f"<p>{FRENCH}</p><script>'\ufffd'</script>".encode(), 0),
        (f"<p>{FRENCH} caf\ufffd</p>".encode(), 1),
        (FRENCH.encode(), 0),
    ],
)
def test_letters_that_are_lost_are_counted_and_warned_of(data: bytes, lost: int) -> None:
    found = module.decode(data, html=True)
    assert found.lost == lost
    assert [warning.kind for warning in found.warnings] == ["letters-lost"] * bool(lost)


@pytest.mark.parametrize("label", ["hex", "punycode", "unicode_escape", "utf-7", "no-such", "", "\x00"])
def test_claims_that_are_no_charset_are_ignored(label: str) -> None:
    assert python_codec(label) is None
    assert decode(RUSSIAN.encode("cp1251"), charset=label) == RUSSIAN


def test_few_broken_bytes_are_left_out() -> None:
    data = KOREAN.encode()
    assert decode(data[:60] + b"\xff" + data[60:]) == KOREAN
    assert decode(data[:-2]) == KOREAN[:-2]


def test_dirt_is_removed() -> None:
    assert decode(b"one\r\ntwo\rthree\x00\x08\tfour\xc2\xad") == "one\ntwo\nthree four"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\ufeff\u200b\u2060".encode(), "empty"),
        (b"%PDF-1.7 text", "binary"),
        (b"PK\x03\x04rest", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x01\x02\x03\x04text", "binary"),
        (bytes([0x81, 0xFF, 0xFE, 0x8D, 0x90] * 60), "undecodable"),
    ],
)
def test_refusals(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as error:
        decode(data)
    assert error.value.kind == kind


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_give_clean_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data, html=True)
    except Refused:
        return
    # Unassigned code points stay: a newer Unicode than Python's may have given them to a letter of somebody's name.
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") and c != "\n" for c in text if c < "\U00010000")
    assert text == unicodedata.normalize("NFC", text)


@given(st.text(min_size=1))
@settings(max_examples=100)
def test_any_utf8_text_is_read_as_utf8(text: str) -> None:
    data = ("Ein kurzer Text. " + text).encode("utf-8", "ignore")
    try:
        decoded = decode(data)
    except Refused as error:
        decoded = error.kind
    assert decoded == "binary" or decoded.startswith("Ein kurzer Text.")
