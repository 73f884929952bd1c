"""Currencies: a sum in dollars must not come out in won."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.facts import facts
from pipeline.language.quantities import Currency
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

_SCALE = r"(?:\b(?:thousand|million|billion|trillion)s?|\d,\d{3}|\d{4,})\s"
_ENGLISH: dict[Currency, re.Pattern[str]] = {
    "dollar": re.compile(r"(?<!tax )(?<!taxpayer )\bdollars?\b|\$|\bUSD\b|\bcents\b", re.IGNORECASE),
    "euro": re.compile(r"\beuros?\b(?! \d{4})|€|\bEUR\b"),
    "yuan": re.compile(r"\byuan\b|\b[Rr]enminbi\b|\bRMB\b|\bCNY\b"),
    "yen": re.compile(r"\byen\b|\bJPY\b"),
    "won": re.compile(rf"{_SCALE}(?:South )?(?:Korean )?won\b|\bKorean won\b|₩|\bKRW\b"),
    "dong": re.compile(rf"{_SCALE}(?:Vietnamese )?dong\b|\bVND\b|₫|đồng"),
    "pound": re.compile(r"£|\bGBP\b|\bpounds? sterling\b|(?:million|billion) pounds\b"),
    "rouble": re.compile(r"\broubles?\b|\brubles?\b|₽"),
    "rupee": re.compile(r"\brupees?\b|₹|\bINR\b"),
    "baht": re.compile(r"\bbaht\b|฿"),
    "franc": re.compile(r"\bfrancs?\b|\bCHF\b"),
    "rupiah": re.compile(r"\b[Rr]upiahs?\b|\bIDR\b"),
    "ringgit": re.compile(r"\b[Rr]inggit\b|\bMYR\b"),
    "zloty": re.compile(r"\bz[lł]ot(?:y|ys|ies)\b|\bPLN\b", re.IGNORECASE),
    "hryvnia": re.compile(r"\bhryvnias?\b|₴|\bUAH\b"),
    "lira": re.compile(r"\blira[s]?\b|\bTRY\b|₺"),
    # "元" alone is none of these two
    "Taiwan dollar": re.compile(r"\bNT\$|\bNT ?dollars?\b|\bNew Taiwan dollars?\b|\bTWD\b"),
    "US dollar": re.compile(r"\bUS\$|\bU\.?S\.? dollars?\b|\bUSD\b"),
}
# In lower case, what stands in all that a pattern matches: to look for it takes no time.
_SIGNS: dict[Currency, tuple[str, ...]] = {
    "dollar": ("dollar", "$", "usd", "cents"),
    "euro": ("euro", "€", "eur"),
    "yuan": ("yuan", "renminbi", "rmb", "cny"),
    "yen": ("yen", "jpy"),
    "won": ("won", "₩", "krw"),
    "dong": ("dong", "vnd", "₫", "đồng"),
    "pound": ("£", "gbp", "pound"),
    "rouble": ("rouble", "ruble", "₽"),
    "rupee": ("rupee", "₹", "inr"),
    "baht": ("baht", "฿"),
    "franc": ("franc", "chf"),
    "rupiah": ("rupiah", "idr"),
    "ringgit": ("ringgit", "myr"),
    "zloty": ("zlot", "złot", "pln"),
    "hryvnia": ("hryvnia", "₴", "uah"),
    "lira": ("lira", "try", "₺"),
    "Taiwan dollar": ("nt$", "dollar", "twd"),
    "US dollar": ("us$", "dollar", "usd"),
}
# What a source in any language may write for each, as one regular expression: signs, codes, and words that most
# languages of the Latin alphabet share. "$" and "¥" stand for several and excuse each of them, as do words such as 元
# in the files of the languages.
_ANYWHERE: dict[Currency, str] = {
    "dollar": r"\$|USD|dollar",
    "euro": "€|EUR",
    "yuan": "¥|RMB|CNY|yuan|renminbi",
    "yen": "[¥￥]|JPY|yen",
    "won": "₩|KRW|won",
    "dong": "₫|VND|dong",
    "pound": "£|GBP|pound|sterlin",
    "rouble": "₽|rub",
    "rupee": "₹|Rs|INR|rupee|rupi",
    "baht": "฿|baht",
    "franc": "CHF|franc|frank",
    "rupiah": r"\bRp|IDR|rupi",
    "ringgit": r"\bRM|MYR|ringgit",
    "zloty": r"\bzł\b|PLN|z[lł]ot",
    "hryvnia": "₴|UAH|hry[vw]n",
    "lira": r"₺|TRY|\blir",
    "Taiwan dollar": r"NT\$|TWD|NTD",
    "US dollar": r"\$|USD|dollar",
}
_ANY_SIGN = re.compile("|".join(re.escape(sign) for signs in _SIGNS.values() for sign in signs))


@cache
def _source_pattern(name: Currency, language: str) -> re.Pattern[str]:
    return re.compile("|".join((*facts(language).currencies.get(name, ()), _ANYWHERE[name])), re.IGNORECASE)


def check_currencies(judged: Judged) -> list[Doubt]:
    """A doubt "currency-changed" for each currency of `english` that the source sentence does not name.

    Only languages whose words for the world's main currencies we list are judged.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    if not facts(source_language).currencies:
        return []
    lowered = english.lower()
    if not _ANY_SIGN.search(lowered):
        return []
    doubts: list[Doubt] = []
    for name, pattern in _ENGLISH.items():
        if not any(sign in lowered for sign in _SIGNS[name]):
            continue
        if name in ("US dollar", "Taiwan dollar") and any(doubt.detail.endswith("no dollar") for doubt in doubts):
            continue
        match = pattern.search(english)
        if match and not _source_pattern(name, source_language).search(source) and not pattern.search(source):
            doubts.append(Doubt("currency-changed", f"“{match[0].strip()}”: the source names no {name}"))
    return doubts
