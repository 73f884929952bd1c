"""Names of months in languages that spell them; others number them (8月, 8월, tháng 8)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.language.codes import base

# The form after a day comes first: it is the one written back ("20 февраля"); stems follow after slashes.
MONTHS: dict[str, tuple[str, ...]] = {
    language: tuple(line.split())
    for language, line in {
        "en": "January February March April May June July August September October November December",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
        "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "de": "Januar/Jänner Februar/Feber März April Mai Juni Juli August September Oktober November Dezember",
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
        "ru": "января/январ февраля/феврал марта/март апреля/апрел мая/май/мае июня/июн июля/июл августа/август"
        " сентября/сентябр октября/октябр ноября/ноябр декабря/декабр",
        "uk": "січня/січ лютого/лют березня/берез квітня/квіт травня/трав червня/черв липня/лип серпня/серп"
        " вересня/верес жовтня/жовт листопада/листопад грудня/груд",
        "pl": "stycznia/stycz lutego/lut marca/marc/marz kwietnia/kwie maja/maj czerwca/czerw lipca/lip"
        " sierpnia/sierp"
        " września/wrze października/październik listopada/listopad grudnia/grud",
        "cs": "ledna/led února/únor března/břez dubna/dub května/květ června/červnu/červnem/červnov/červen_"
        " července/červenc srpna/srp září"
        " října/říj listopadu/listopad prosince/prosin",
        "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "ms": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
        "sv": "januari februari mars april maj juni juli augusti september oktober november december",
        "da": "januar/jan. februar/feb. marts april/apr. maj juni juli august/aug. september/sept."
        " oktober/okt. november/nov. december/dec.",
        "nb": "januar/jan. februar/feb. mars april/apr. mai juni juli august/aug. september/sept."
        " oktober/okt. november/nov. desember/des.",
        "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "hu": "január február március április május június július augusztus szeptember október november december",
        "th": "มกราคม/ม.ค. กุมภาพันธ์/ก.พ. มีนาคม/มี.ค. เมษายน/เม.ย. พฤษภาคม/พ.ค. มิถุนายน/มิ.ย. กรกฎาคม/ก.ค."
        " สิงหาคม/ส.ค."
        " กันยายน/ก.ย. ตุลาคม/ต.ค. พฤศจิกายน/พ.ย. ธันวาคม/ธ.ค.",
        "hi": "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
        "ar": "يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/نيسان/إبريل مايو/أيار يونيو/حزيران/يونيه"
        " يوليو/تموز/يوليه"
        " أغسطس/آب سبتمبر/أيلول أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني ديسمبر/كانون_الأول",
        "fa": "ژانویه فوریه مارس/مارچ آوریل/آپریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
        "bn": "জানুয়ারি/জানুয়ারী/জানুয়ারি ফেব্রুয়ারি/ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট/আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
        "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
        "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    }.items()
}
MONTHS["no"] = MONTHS["nb"]

# How a language writes a full date in words; {d}, {m}, {y} as figures and the month's name.
STYLE = {"es": "{d} de {m} de {y}", "pt": "{d} de {m} de {y}", "de": "{d}. {m} {y}", "cs": "{d}. {m} {y}",
         "da": "{d}. {m} {y}", "nb": "{d}. {m} {y}", "no": "{d}. {m} {y}", "hu": "{y}. {m} {d}."}  # fmt: skip


def written(language: str, year: int, month: int, day: int) -> str | None:
    """The date in words of `language` ("20 febbraio 2023"), None where we do not know how it is written."""
    code = base(language)
    if code == "vi":
        return f"{day} tháng {month} năm {year}"
    names = MONTHS.get(code)
    if names is None or code in ("th", "ar", "fa", "hi", "bn", "ur", "mr", "en"):
        return None
    return STYLE.get(code, "{d} {m} {y}").format(d=day, m=names[month - 1].split("/")[0], y=year)


@cache
def pattern(language: str) -> re.Pattern[str] | None:
    """Matches a month's name in `language`; the group number is the month."""
    names = MONTHS.get(base(language))
    if names is None:
        return None
    groups = []
    for name in names:
        written_out = name.replace("_", " ").split("/")
        listed = {unicodedata.normalize(form, each) for each in written_out for form in ("NFC", "NFD")}
        listed |= {each.replace("\u09af\u09bc", "\u09df") for each in listed}  # Bengali y, which NFC takes apart
        forms = "|".join(re.escape(each) for each in sorted({*listed, *written_out}, reverse=True))
        groups.append(f"({forms})")
    # Thai runs on and Arabic writes "and" and "in" onto the word, so a month may follow a letter there.
    edge = "" if base(language) in ("th", "ar") else r"(?<![^\W\d_])"
    return re.compile(edge + "(?:" + "|".join(groups) + ")", re.IGNORECASE)
