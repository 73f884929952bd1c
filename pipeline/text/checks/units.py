"""Units of measure: 500 kilograms must not come out as 500 tonnes, nor 3 percentage points as 3 percent.

A unit is doubted only where the source writes the same number beside another unit that we know; nothing is converted
and what is not listed is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import Quantity, ready
from pipeline.text.numbers.read import numbers_in
from pipeline.text.numbers.words import PERCENT

UNITS = (
    "second", "minute", "hour", "day", "week", "month", "year",
    "millimetre", "centimetre", "metre", "kilometre", "mile", "foot", "hectare", "gram", "kilogram", "tonne", "litre",
)  # fmt: skip
_ENGLISH: dict[str, str] = {
    "second": r"seconds?\b", "minute": r"min(?:ute)?s?\b", "hour": r"(?:hours?|hrs?)\b", "day": r"days?\b",
    "week": r"weeks?\b", "month": r"months?\b", "year": r"years?\b",
    "millimetre": r"(?:millimet(?:re|er)s?|mm)\b", "centimetre": r"(?:centimet(?:re|er)s?|cm)\b",
    "metre": r"(?:met(?:re|er)s?|m)\b(?![²³2-9/]|illion)",
    "kilometre": r"(?:kilomet(?:re|er)s?|kms?)\b", "mile": r"(?:miles?|mi|mph)\b",
    "foot": r"(?:feet|foot|ft)\b", "hectare": r"(?:hectares?|ha)\b", "acre": r"acres?\b",
    "gram": r"(?:grams?|grammes?|g)\b", "kilogram": r"(?:kilogram(?:me)?s?|kilos?|kg)\b",
    "tonne": r"(?:metric )?(?:tonnes?|tons?|t)\b", "litre": r"(?:lit(?:re|er)s?|l)\b",
    "ping": r"(?:pings?|tsubo|pyeong)\b", "catty": r"(?:jin|catt(?:y|ies)|geun)\b", "mu": r"mu\b",
    "celsius": r"(?:degrees? Celsius|degrees? C\b|° ?C\b|℃)", "fahrenheit": r"(?:degrees? Fahrenheit|° ?F\b|℉)",
    "megawatt": r"(?:megawatts?|MW)\b", "gigawatt": r"(?:gigawatts?|GW)\b", "kilowatt": r"(?:kilowatts?|kW)\b",
}  # fmt: skip
_END = "(?![A-Za-zÀ-ɏ])"
_SYMBOLS: dict[str, str] = {
    "millimetre": f"mm{_END}|㎜", "centimetre": f"cm{_END}|㎝", "metre": "m(?![A-Za-zÀ-ɏ²³2-9/.])",
    "kilometre": f"km{_END}|㎞", "mile": f"mph{_END}", "foot": f"ft{_END}", "hectare": f"ha{_END}", "gram": f"g{_END}",
    "kilogram": f"kg{_END}|㎏", "tonne": f"t{_END}", "litre": "[lL](?![A-Za-zÀ-ɏ.])", "celsius": "° ?C|℃",
    "fahrenheit": "° ?F|℉", "megawatt": f"MW{_END}", "gigawatt": f"GW{_END}", "kilowatt": f"kW{_END}",
}  # fmt: skip
# In the order of `UNITS`; beginnings of words, forms parted by slashes, "-" where there is none that says it alone.
_LINES: dict[str, str] = {
    "zh": "秒 分鐘/分钟 小時/小时/個小時/个小时/個鐘頭 天 週/周/個星期/个星期/星期 個月/个月 年/周年/週年"
    " 公釐/毫米/公厘 公分/厘米/釐米"
    " 公尺/米/公呎 公里/千米 英里/哩 英尺/呎 公頃/公顷 公克/克 公斤/千克 公噸/公吨/吨/噸 公升/升",
    "ja": "秒 分間/分 時間 日間 週間 か月/カ月/ヶ月/ヵ月/ケ月 年/周年 ミリ センチ メートル キロメートル"
    " マイル フィート ヘクタール グラム"
    " キログラム トン リットル",
    "ko": "초 분 시간 일간/일_동안 주/주일 개월/달 년 밀리미터 센티미터/센티 미터 킬로미터 마일 피트 헥타르"
    " 그램 킬로그램 톤 리터",
    "vi": "giây phút giờ/tiếng ngày tuần tháng năm milimét/milimet centimét/xentimét/cm mét"
    " kilômét/km/cây_số dặm - héc-ta/hecta/ha"
    " gram/gam kilôgam/kg/ký/cân tấn lít",
    "de": "Sekunde Minute Stunde Tag Woche Monat Jahr Millimeter Zentimeter Meter"
    " Kilometer/Stundenkilometer Meile Fuß"
    " Hektar Gramm Kilo Tonne Liter",
    "fr": "seconde minute heure jour semaine mois an/année millimètre centimètre mètre kilomètre mile/mille"
    " pied hectare"
    " gramme kilo tonne litre",
    "es": "segundo minuto hora día/dia semana mes año milímetro centímetro metro kilómetro milla pie"
    " hectárea gramo kilo"
    " tonelada litro",
    "pt": "segundo minuto hora dia semana mês/meses ano milímetro centímetro metro quilômetro/quilómetro"
    " milha pé hectare"
    " grama quilo tonelada litro",
    "it": "second minut or/ora/ore giorn settiman mes ann millimetr centimetr metr chilometr migli piedi ettar gramm"
    " chil tonnellat litr",
    "nl": "second minu uur/uren dag week/weken maand jaar millimeter centimeter meter kilometer mijl voet"
    " hectare gram"
    " kilo ton liter",
    "sv": "sekund minut timm dag/dygn veck månad år millimeter centimeter meter kilometer mile fot hektar"
    " gram kilo ton"
    " liter",
    "da": "sekund minut time dag/døgn uge måned år millimeter centimeter meter kilometer mile fod hektar"
    " gram kilo ton"
    " liter",
    "nb": "sekund minutt time dag/døgn uke måned år millimeter centimeter meter kilometer mile fot hektar"
    " gram kilo tonn"
    " liter",
    "ru": "секунд минут час дн/день/сут недел месяц год/лет миллиметр сантиметр метр/м километр/км мил фут"
    " гектар/га грамм килограмм/кг тонн литр",
    "uk": "секунд хвилин годин дн/день/діб тиж місяц рок/рік міліметр сантиметр метр/м кілометр/км мил фут"
    " гектар/га грам"
    " кілограм/кг тонн літр",
    "pl": "sekund minut godzin dni/dzień tygod miesi lat/rok milimetr centymetr metr kilometr mil stóp/stop"
    " hektar gram"
    " kilogram/kg ton litr",
    "cs": "sekund minut hodin dn/den týd měsí let/rok milimetr centimetr metr kilometr mil stop hektar gram"
    " kilogram/kg"
    " tun litr",
    "tr": "saniye dakika saat gün hafta ay yıl/yaş milimetre santimetre/santim metre kilometre mil fit/ayak"
    " hektar gram"
    " kilogram/kilo ton litre",
    "id": "detik menit jam/pukul hari minggu/pekan bulan tahun milimeter sentimeter/centimeter meter"
    " kilometer mil kaki"
    " hektare/hektar gram kilogram/kilo ton liter",
    "ar": "ثانية/ثوان دقيقة/دقائق ساعة/ساعات يوم/أيام/يوما أسبوع/أسابيع شهر/أشهر/شهرا"
    " عام/سنة/سنوات/أعوام/عاما مليمتر/ملم"
    " سنتيمتر/سم متر/أمتار/مترا كيلومتر/كم/كيلو_متر ميل/أميال قدم/أقدام هكتار غرام/جرام"
    " كيلوغرام/كيلوجرام/كلغ/كجم طن/طنا/أطنان"
    " لتر",
    "fa": "ثانیه دقیقه ساعت روز هفته ماه سال میلی‌متر/میلیمتر سانتی‌متر/سانتیمتر متر کیلومتر مایل فوت/پا"
    " هکتار گرم کیلوگرم/کیلو تن لیتر",
    "hi": "सेकंड/सेकेंड मिनट घंट दिन हफ्त/सप्ताह/हफ़्त मह साल/वर्ष मिलीमीटर/मिमी सेंटीमीटर/सेमी मीटर"
    " किलोमीटर/किमी/कि.मी. मील फीट/फुट हेक्टेयर"
    " ग्राम किलोग्राम/किलो टन लीटर",
    "th": "วินาที นาที ชั่วโมง วัน สัปดาห์ เดือน ปี มิลลิเมตร เซนติเมตร/ซม. เมตร กิโลเมตร/กม. ไมล์ ฟุต เฮกตาร์ กรัม"
    " กิโลกรัม/กก./กิโล ตัน ลิตร",
}  # fmt: skip
_LINES["ms"] = _LINES["id"].replace("detik", "saat").replace("menit", "minit")
_LINES["no"] = _LINES["nb"]
_OWN: dict[str, dict[str, str]] = {
    "zh": {
        "ping": "坪",
        "catty": "(?:台|臺|市)?斤",
        "mu": "[畝亩]",
        "celsius": "度C",
        "megawatt": "百萬瓦|百万瓦|兆瓦",
    },
    "ja": {"ping": "坪", "megawatt": "メガワット", "gigawatt": "ギガワット", "kilowatt": "キロワット"},
    "ko": {"ping": "평", "catty": "근(?!무|로|거)"},
    "vi": {"celsius": "độ C"},
}
# What follows a figure in these is no such unit, or need not be: hours of the clock, days and years of a date.
_NOT_A_UNIT: dict[str, str] = {
    "zh": "年(?:代|度|級|级|[前後后]?[12]?\\d月)|周[年歲岁邊边]|週年|米[其蘭兰]|克[拉里]|天[王才]|升[級级]|分(?!鐘|钟)",
    "ja": "年(?:代|度|生|[0-9]+月)|分の|日(?!間)",
    "ko": "분(?:의|기|야|석|쟁|할)|년(?:대|도)|주(?:년|주|식|차|요|민)|초(?:등|반)|달(?:러)|톤(?!\\b)",
    "vi": "tháng \\d|năm \\d|ngày \\d",
}
_POINTS = re.compile(
    r"個?百分點|个?百分点|ポイント|%p(?![A-Za-z])|%?\s?포인트|\s?điểm(?: phần trăm| %)|\s?Prozentpunkt"
    r"|\s?points? de pourcentage"
    r"|\s?puntos? porcentual|\s?pontos? percentua|\s?punt[oi] percentual|\s?procentpunt|\s?procentenhet"
    r"|\s?procentpoint"
    r"|\s?prosentpoeng|\s?процентн\w+ пункт|\s?відсотков\w+ пункт|\s?pkt\.? proc|\s?punkt\w* procentow"
    r"|\s?procentní\w* bod"
    r"|\s?yüzde puan|\s?poin persen|\s?mata peratusan|\s?نقطة مئوية|\s?نقاط مئوية|\s?प्रतिशत अंक",
    re.IGNORECASE,
)
_EN_POINTS = re.compile(r"\s?-?(?:percentage|per ?cent|%)?[- ]?(?:points?|pts?|pp)\b", re.IGNORECASE)
_EN_PERCENT = re.compile(
    rf"%|\b(?:{PERCENT['en']}|percentage|pct|points?|(?:in|out of|of every) (?:\d+|ten|a hundred))\b"
)
_NO_SPACES = frozenset({"zh", "ja", "ko", "th"})
_POINTS_ONLY = re.compile(r"\s?(?:puan|포인트|ポイント|프로)")
_COUNTED = re.compile(r"[- \u00a0]?(?:(?:long|full|whole|more|additional|consecutive|straight) )?")


@cache
def _source_units(code: str) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
    line = _LINES.get(code)
    if line is None:
        return None
    forms: list[tuple[str, str]] = []
    for unit, group in zip(UNITS, line.split(), strict=True):
        forms += [(form.replace("_", " "), unit) for form in group.split("/") if form != "-"]
    patterns = [(unit, re.compile(pattern)) for unit, pattern in _OWN.get(code, {}).items()]
    patterns += [(unit, re.compile(symbol)) for unit, symbol in _SYMBOLS.items()]
    for form, unit in sorted(forms, key=lambda item: len(item[0]), reverse=True):
        edge = r"(?![^\W\d_])" if len(form) <= 2 and code not in _NO_SPACES else ""
        patterns.append((unit, re.compile(re.escape(form) + edge, re.IGNORECASE)))
    return tuple(patterns)


def _unit_after(folded: str, end: int, code: str) -> str | None:
    """The unit that the source writes right after a number; "" where it writes none that we know."""
    units = _source_units(code) or ()
    rest = folded[end : end + 24].lstrip(" \u00a0\u202f-")
    not_unit = _NOT_A_UNIT.get(code)
    if not_unit and re.match(not_unit, rest):
        return ""
    return next((unit for unit, pattern in units if pattern.match(rest)), "")


def _english_unit(folded: str, end: int) -> str | None:
    counted = _COUNTED.match(folded, end)
    start = counted.end() if counted else end
    return next((unit for unit, pattern in _EN_PATTERNS if pattern.match(folded, start)), None)


_EN_PATTERNS = tuple((unit, re.compile(pattern)) for unit, pattern in _ENGLISH.items())


def check_units(judged: Judged) -> list[Doubt]:
    """Doubts "unit-changed": a number of `english` with another unit than in the source, or without its percent sign.

    Never raises; languages whose units are not listed are judged by symbols and percentages only.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    code = "zh" if base(source_language) == "yue" else base(source_language)
    if code == "en":
        return []
    folded_source, folded = ready(source), ready(english)
    quantities, stated = numbers_in(source, source_language), numbers_in(english, "en")
    return [
        *_percentages(folded_source, quantities, folded, stated),
        *(_measures(folded_source, quantities, folded, stated, code) if code in _LINES else ()),
    ]


def _measures(
    folded_source: str, quantities: Iterable[Quantity], folded: str, stated: Iterable[Quantity], code: str
) -> list[Doubt]:
    units: dict[Decimal, set[str]] = {}
    for quantity in quantities:
        unit = _unit_after(folded_source, quantity.end, code)
        for reading in quantity.readings:
            units.setdefault(reading, set()).add(unit or "")
    doubts = []
    for quantity in stated:
        unit = _english_unit(folded, quantity.end)
        known = units.get(quantity.value)
        # an unknown unit beside the number, or a calendar year, is no ground for doubt
        if unit and known and "" not in known and unit not in known:
            said = folded[quantity.start : quantity.end + 12].strip()
            doubts.append(Doubt("unit-changed", f"“{said}”: the source has {' or '.join(sorted(known))}"))
    return doubts


def _percentages(
    folded_source: str, quantities: Iterable[Quantity], folded: str, stated: Sequence[Quantity]
) -> list[Doubt]:
    doubts = []
    for quantity in quantities:
        if quantity.kind != "percent" or not quantity.certain:
            continue
        same = [other for other in stated if quantity.value in other.readings]
        if not same:
            continue
        points = bool(_POINTS.match(folded_source, quantity.end))
        if points and all(other.kind == "percent" and not _is_points(folded, other) for other in same):
            doubts.append(Doubt("unit-changed", f"“{same[0].text}” percent: the source has percentage points"))
        elif (
            not _POINTS_ONLY.match(folded_source, quantity.end)
            and not any(
                other.kind == "percent" or _EN_PERCENT.search(folded, other.end, other.end + 40) for other in same
            )
            and not re.search(r"\b(?:per ?cent|half|third|quarter|fifth|tenth)", folded)
        ):
            doubts.append(Doubt("unit-changed", f"“{same[0].text}”: the source has {quantity.text} percent"))
    return doubts


def _is_points(folded: str, quantity: Quantity) -> bool:
    rest = folded[quantity.end : quantity.end + 40]
    return bool(re.search(r"\b(?:points?|pts?|pp)\b", rest))
