"""Days of the week: a Wednesday must not come out as a Thursday."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import fold

ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_DAY = re.compile(rf"\b(?:{'|'.join(ENGLISH_DAYS)})(?=s?\b)")
# Days that are names of something else, which no source need call by its weekday.
_NAMED = re.compile(
    r"\b(?:(?:Black|Good|Freaky|Casual) Friday|(?:Palm|Easter|Bloody|Super Bowl) Sunday|Sunday (?:Times"
    r"|Telegraph|Mirror|Mail|Post|Express|Morning)|(?:Ash|Holy) Wednesday"
    r"|(?:Maundy|Holy) Thursday|(?:Cyber|Easter|Black|Whit) Monday|(?:Super|Shrove|Fat) Tuesday"
    r"|(?:Holy|Small Business) Saturday)\b"
)

# Monday to Sunday; forms of one day parted by slashes, an underscore for a space. Inflected languages give beginnings.
_LINES: dict[str, str] = {
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche/dominica",
    "es": "lunes martes miércoles jueves viernes sábado doming/dominical",
    "pt": "segunda/2ª terça/3ª quarta/4ª quinta/5ª sexta/6ª sábado doming/dominical",
    "it": "lunedì martedì mercoledì giovedì venerdì sabat domenic",
    "ro": "luni marți/marţi miercuri joi vineri sâmbăt dumini",
    "ru": "понедельник вторник сред четверг пятниц суббот воскресень/воскресн",
    "uk": "понеділ/понеділк вівтор серед/середу/середи четвер/четверг п'ятниц/п’ятниц/пʼятниц субот неділ/недільн",
    "pl": "poniedział wtor środ/śród czwart piąt/piątek sobot/sobót niedziel",
    "cs": "pondě/pondělí úter střed/středu čtvrt/čtvrtek pátek/pátk/pátek/pátečn sobot neděl",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "id": "senin selasa rabu kamis/khamis jumat/jum'at/jumaat sabtu minggu/ahad",
    "vi": "thứ_hai/thứ_2 thứ_ba/thứ_3 thứ_tư/thứ_4 thứ_năm/thứ_5 thứ_sáu/thứ_6 thứ_bảy/thứ_7/thứ_bẩy chủ_nhật/cn",
    "ko": "월요일/(월) 화요일/(화) 수요일/(수) 목요일/(목) 금요일/(금) 토요일/(토)/주말 일요일/(일)/주말",
    "ar": "اثنين/إثنين ثلاثاء أربعاء/اربعاء خميس جمعة سبت أحد/احد",
    "fa": "دوشنبه/دو_شنبه سه‌شنبه/سه_شنبه/سهشنبه چهارشنبه/چهار_شنبه پنجشنبه/پنج‌شنبه/پنج_شنبه جمعه شنبه"
    " یکشنبه/یک‌شنبه/یک_شنبه",
    "hi": "सोमवार मंगल बुध गुरुवार/गुरूवार/बृहस्पति/वीरवार शुक्र शनि रविवार/इतवार/संडे",
    "th": "จันทร์ อังคาร พุธ พฤหัส ศุกร์ เสาร์ อาทิตย์",
    "bn": "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার/রোববার",
    "ur": "پیر/سوموار منگل بدھ جمعرات جمعہ ہفتہ/ہفتے/سنیچر اتوار",
    "mr": "सोमवार मंगळवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
}
_LINES["ms"], _LINES["no"] = _LINES["id"].replace("senin", "isnin/senin"), _LINES["nb"]
# Written onto other words, or without spaces.
_NO_EDGE = frozenset({"th", "ar", "fa", "ko", "ur", "hi", "de", "nl", "sv", "da", "nb", "no"})
_NUMERALS = "一二三四五六日天"
_ZH = re.compile(
    "(?:星期|禮拜|礼拜|週|周)([一二三四五六日天末](?:(?:、|至|到|和|及|與|与|或|-|~|—)(?:星期|週|周)?[一二三四五六日天])*)"
)
_JA = re.compile(r"([月火水木金土日])(?:曜|[)）]|・[月火水木金土日]曜)|土日|週末|平日")
_JA_DAYS = "月火水木金土日"
_JA_WHOLE = re.compile(r"(?<![・、月火水木金土日])([月火水木金土日])曜日?(?![・、])")
_REST = re.compile(r"[^\W\d_]*(?:-feira)?")
_ARTICLE = "ال"


@cache
def _names(code: str) -> tuple[re.Pattern[str], dict[str, set[int]]] | None:
    """A pattern of every name, longest first (pazartesi before pazar), and the days that each stands for."""
    line = _LINES.get(code)
    if line is None:
        return None
    days: dict[str, set[int]] = {}
    for day, group in enumerate(line.split()):
        for form in group.split("/"):
            days.setdefault(form.replace("_", " "), set()).add(day)
    listed = "|".join(re.escape(form) for form in sorted(days, key=len, reverse=True))
    edge = "" if code in _NO_EDGE else r"(?<![^\W\d_])"
    return re.compile(f"{edge}(?:{listed})", re.IGNORECASE), days


def weekdays_in(text: str, language: str) -> frozenset[int] | None:
    """The weekdays (0 for Monday) that `text` may name; None for a language whose names are not listed."""
    code = base(language)
    found: set[int] = {ENGLISH_DAYS.index(match[0]) for match in _EN_DAY.finditer(text)}
    if code in ("zh", "yue"):
        for match in _ZH.finditer(text):
            for day in match[1]:
                found |= {5, 6} if day == "末" else {min(_NUMERALS.index(day), 6)} if day in _NUMERALS else set()
        return frozenset(found)
    if code == "ja":
        for match in _JA.finditer(text):
            found |= {_JA_DAYS.index(c) for c in match[0] if c in _JA_DAYS} or {5, 6}
        return frozenset(found)
    names = _names(code)
    if names is None:
        return frozenset(found) if code == "en" else None
    pattern, days = names
    for match in pattern.finditer(fold(text)):
        found |= days.get(match[0].lower(), set())
    return frozenset(found)


def day_of(text: str, language: str) -> list[tuple[int, int, int]]:
    """Where `text` names one weekday for certain: start, end and the day, 0 for Monday.

    No lists and ranges of days, no form of two days, and none in languages that are not listed.
    """
    code = base(language)
    if code in ("zh", "yue"):
        return [
            (match.start(), match.end(), min(_NUMERALS.index(match[1]), 6))
            for match in _ZH.finditer(text)
            if match[1] in _NUMERALS
        ]
    if code == "ja":
        return [(match.start(), match.end(), _JA_DAYS.index(match[1])) for match in _JA_WHOLE.finditer(text)]
    names = _names(code)
    if names is None:
        return []
    pattern, days = names
    found: list[tuple[int, int, int]] = []
    for match in pattern.finditer(text):
        # Inflected languages give beginnings; what is written without spaces has no end of the word.
        rest = _REST.match(text, match.end()) if code not in _NO_EDGE else None
        named = days.get(match[0].lower(), set())
        if len(named) == 1 and match[0][0] != "(":
            start = match.start() - 2 * (code == "ar" and text.endswith(_ARTICLE, 0, match.start()))
            found.append((start, rest.end() if rest else match.end(), min(named)))
    return found


def check_weekdays(judged: Judged) -> list[Doubt]:
    """A doubt "date-changed" for each weekday of the English that the source does not name.

    Languages whose weekdays are not listed are not judged. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    named = dict.fromkeys(match[0] for match in _EN_DAY.finditer(_NAMED.sub("", english)))
    known = weekdays_in(source, language) if named else None
    if known is None:
        return []
    return [
        Doubt("date-changed", f"“{day}”: the source does not name this day of the week")
        for day in named
        if ENGLISH_DAYS.index(day) not in known
    ]
