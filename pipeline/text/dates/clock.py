"""Times of day: 下午3點 and 15 Uhr are 3 p.m., not 3 a.m."""

from __future__ import annotations

import re

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import fold

_EN_TIME = re.compile(r"\b(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_HAN = "〇一二三四五六七八九"

# Words for the half of the day beside an hour: before noon, after noon.
_HALVES: dict[str, tuple[str, str]] = {
    "zh": ("凌晨|清晨|早上|上午|今早|早晨|一早", "下午|傍晚|晚上|晚間|晚间|今晚|當晚|当晚|昨晚|午後|午后|深夜|晚"),
    "ja": ("午前|未明|早朝|朝", "午後|夕方|夜"),
    "ko": ("오전|새벽|아침", "오후|저녁|밤"),
    "vi": ("sáng", "chiều|tối|đêm"),
    "es": (r"de la mañana|de la madrugada|a\. ?m", r"de la tarde|de la noche|p\. ?m"),
    "pt": ("da manhã|da madrugada", "da tarde|da noite"),
    "fr": ("du matin", "de l'après-midi|de l’après-midi|du soir"),
    "it": ("del mattino|di mattina|di notte", "del pomeriggio|di pomeriggio|di sera"),
    "de": ("morgens|früh|vormittags", "nachmittags|abends"),
    "nl": ("'s ochtends|’s ochtends|'s morgens|’s morgens", "'s middags|’s middags|'s avonds|’s avonds"),
    "ru": ("утра|ночи", "дня|вечера"),
    "uk": ("ранку|ночі", "дня|вечора"),
    "pl": ("rano|w nocy", "po południu|wieczorem"),
    "ar": ("صباح|فجر", "مساء|عصر|ظهر|ليل"),
    "fa": ("صبح|بامداد", "بعدازظهر|بعد از ظهر|عصر|شب"),
    "hi": ("सुबह|तड़के", "शाम|दोपहर|रात"),
    "th": ("เช้า|โมงเช้า", "บ่าย|เย็น|ค่ำ|ทุ่ม"),
    "id": ("pagi|dini hari", "siang|sore|petang|malam"),
    "ms": ("pagi", "petang|malam|tengah hari"),
    "tr": ("sabah", "akşam|öğleden sonra|gece"),
}
# Before noon and after it, the night belongs to both: these hours are not judged beside such a word.
_NIGHT = re.compile("night|晚|夜|深夜|밤|đêm|tối|noche|noite|notte|nuit|ночи|ночі|nocy|ليل|شب|रात|malam|gece|ค่ำ|ทุ่ม")
_BEFORE_HOUR = frozenset({"zh", "yue", "ja", "ko", "hi", "ar", "tr", "fa", "th"})
_HOUR = {
    "zh": rf"(?P<hour>\d{{1,2}}|十?[{_HAN[1:]}兩两]|十)\s?[時时點点:]",
    "ja": r"(?P<hour>\d{1,2})\s?[時:]",
    "ko": r"(?P<hour>\d{1,2})\s?(?:시|:)",
    "vi": r"(?P<hour>\d{1,2})\s?(?:giờ|h|:)(?:\s?\d{1,2}(?:\s?phút|p)?)?",
}
_ANY_HOUR = r"(?<![\d.,:])(?P<hour>2[0-4]|[01]?\d)(?!\d)(?:(?:[:.hH]|\s?h\s?)[0-5]\d(?![\d.%]))?"


def _hour(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.replace("兩", "二").replace("两", "二")
    return (10 if text[0] == "十" else 0) + (_HAN.index(text[-1]) if text[-1] in _HAN else 0)


def _halves(folded: str, code: str, hour: int) -> set[str]:
    """Halves of the day ("a", "p") that the source gives this hour (1 to 12); empty where it gives none."""
    words = _HALVES.get(code)
    if words is None:
        return set()
    pattern = re.compile(_HOUR.get(code, _ANY_HOUR))
    halves: set[str] = set()
    for match in pattern.finditer(folded):
        value = _hour(match["hour"])
        if value % 12 != hour % 12:
            continue
        if 13 <= value <= 23:
            halves.add("p")
            continue
        around = folded[max(0, match.start() - 6) : match.start()]
        if code not in _BEFORE_HOUR:
            around = folded[match.end() : match.end() + 22]
        elif code in ("ar", "fa", "tr", "hi"):
            around = folded[max(0, match.start() - 10) : match.start()] + folded[match.end() : match.end() + 14]
        found = {half for half, listed in zip("ap", words, strict=True) if re.search(listed, around, re.IGNORECASE)}
        if not found or len(found) > 1 or _NIGHT.search(around) or value in (0, 12, 24):
            return set()  # said nowhere, or a night that has both
        halves |= found
    return halves


def check_clock(judged: Judged) -> list[Doubt]:
    """A doubt "date-changed" for a time of the English in the other half of the day than the source says.

    Only contradictions: an hour without 上午, "Uhr morgens" or a figure from 13 on is not judged, and an hour that
    stands nowhere in the source belongs to `check_numbers`. Never raises.
    """
    source, language, english = judged.source, judged.language, judged.english
    times = {(match["hour"], match["half"].lower()): match for match in _EN_TIME.finditer(english)}
    if not times:
        return []
    code = "zh" if base(language) == "yue" else base(language)
    folded = fold(source)
    doubts = []
    for match in times.values():
        halves = _halves(folded, code, int(match["hour"]))
        if halves and match["half"].lower() not in halves:
            half = "before noon" if "a" in halves else "after noon"
            doubts.append(Doubt("date-changed", f"“{match[0].strip()}.”: the source has a time {half}"))
    return doubts
