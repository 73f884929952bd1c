"""Currencies: a sum in dollars must not come out in won."""

from __future__ import annotations

import re

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

_SCALE = r"(?:\b(?:thousand|million|billion|trillion)s?|\d,\d{3}|\d{4,})\s"
_ENGLISH: dict[str, re.Pattern[str]] = {
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
_SIGNS: dict[str, tuple[str, ...]] = {
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
# What a source may write for each; "元" and "$" and "¥" stand for several and excuse each of them.
_SOURCE: dict[str, str] = {
    "dollar": r"\$|USD|美元|美金|港元|港幣|港币|澳元|加元|新元|坡元|[新台臺]幣|新台币|元|圓|塊|块|刀|ドル|달러"
    r"|弗|đô|đô la|USD|d[oó]lar\w*|dollar\w*"
    r"|долл\w*|долар\w*|دولار|دلار|डॉलर|ডলার|ดอลลาร์|ดอลล่าร์|dolár\w*|dolari|dollár|δολάρι\w*|דולר|ڈالر|US\$"
    r"|NT\$|S\$|HK\$|仙|센트",
    "euro": r"€|EUR|歐元|欧元|ユーロ|유로|\beuros?\b|евро|євро|يورو|یورو|यूरो|युरो|ইউরো|ยูโร|ευρώ|אירו|avro|eur[aou]\w*",
    "yuan": r"元|人民[幣币]|塊|块|RMB|CNY|¥|위안|인민폐|중국 ?돈|nhân dân tệ|NDT|yuan\w*|j[uü]an\w*|юан\w*|يوان"
    r"|یوآن|युआन"
    r"|หยวน|renminbi",
    "yen": r"円|圓|日[圓圆元幣币]|¥|￥|JPY|엔|yên|yen\w*|\bjen\w*|иен\w*|йен\w*|єн|ين|ین|येन|เยน|iene\w*",
    "won": r"원|₩|KRW|韓[元圜幣]|韩[元币]|ウォン|won\w*|вон\w*|وون|वॉन|วอน",
    "dong": r"đồng|VND|₫|tỷ|triệu|越南?盾|越盾|ドン|동|dong\w*|донг\w*",
    "pound": r"£|GBP|英[鎊镑]|鎊|镑|ポンド|파운드|bảng|pfund|livres?|libras?|фунт\w*|sterlin\w*|جنيه|پوند|पाउंड"
    r"|ปอนด์|pound\w*|pond\w*|pund\w*|funt\w*|\blib[er]\w*|\bpaun|पौंड|磅",
    "rouble": r"₽|盧布|卢布|ルーブル|루블|rúp|rub\w*|руб\w*|روبل|रूबल|รูเบิล",
    "rupee": r"₹|Rs|INR|盧比|卢比|ルピー|루피|rupee|rupi\w*|рупи\w*|روپ\w*|रुपय\w*|रुप\w*|টাকা|รูปี|roupie\w*|[ரૂర]",
    "baht": r"฿|泰銖|泰铢|銖|バーツ|바트|baht|bạt|бат\w*|บาท",
    "rupiah": r"\bRp|IDR|rupi|印尼盾|盾|ルピア|루피아|รูเปีย|รูเปี๊ยะ|рупи\w*|روبية|روبيه|रुपिया",
    "ringgit": r"\bRM|MYR|ringgit|令吉|馬幣|马币|林吉特|リンギット|링깃|ริงกิต|ринггит\w*|رينغيت",
    "zloty": r"\bzł\b|zlot|złot|PLN|злот\w*|兹罗提|茲羅提|ズウォティ|즈워티|زلوتي|zloty",
    "hryvnia": r"₴|UAH|грн|грив\w*|hryvn\w*|hrywn\w*|格里夫纳|フリヴニャ|흐리우냐|هريفنيا",
    "lira": r"₺|\blir[aey]?\w*|лир\w*|ліра|里拉|リラ|리라|ليرة|لیر|लीरा|ลีรา|TRY",
    "Taiwan dollar": r"[新台臺]幣|新台币|台币|元|圓|塊|NT\$|TWD|NTD|台湾ドル|台湾元|대만 ?달러|Đài (?:tệ|Loan)|台幣",
    "US dollar": r"美元|美金|\$|USD|米ドル|ドル|달러|弗|đô|dollar\w*|d[oó]lar\w*|dólares|долл\w*|долар\w*|دولار|دلار"
    r"|डॉलर|ডলার|ดอลลาร์|ดอลล่าร์|dolár\w*|dolari|dollár|δολάρι\w*|דולר|ڈالر|刀",
    "franc": r"CHF|法郎|フラン|프랑|franc\w*|frank\w*|франк\w*|Franken|franco\w*",
}
_SOURCE_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _SOURCE.items()}
# Syllables that are also parts of other words need a figure or scale before them.
_KOREAN = {
    "won": re.compile(r"(?:[\d십백천만억조]|여)\s?원|원화|₩|KRW|원(?:/|·)달러"),
    "yen": re.compile(r"[\d십백천만억조]\s?엔|엔화|엔저|¥"),
    "dong": re.compile(r"[\d십백천만억조]\s?동|VND|베트남 ?동"),
    "euro": re.compile(r"유로|€"),
}
_COVERED = frozenset(
    [
        "zh",
        "ja",
        "yue",
        "ko",
        "vi",
        "es",
        "pt",
        "fr",
        "it",
        "de",
        "nl",
        "ru",
        "uk",
        "ar",
        "fa",
        "hi",
        "bn",
        "th",
        "ro",
        "sv",
        "da",
        "nb",
        "fi",
        "el",
        "he",
        "ur",
        "id",
        "ms",
        "tr",
        "pl",
        "cs",
        "mr",
    ]
)


_ANY_SIGN = re.compile("|".join(re.escape(sign) for signs in _SIGNS.values() for sign in signs))


def _named_in(source: str, name: str, code: str) -> bool:
    pattern = _KOREAN.get(name) if code == "ko" else None
    return bool((pattern or _SOURCE_PATTERNS[name]).search(source))


def check_currencies(judged: Judged) -> list[Doubt]:
    """A doubt "currency-changed" for each currency of `english` that the source sentence does not name.

    Only languages whose words for the world's main currencies we list are judged.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    code = base(source_language)
    if code not in _COVERED:
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
        if match and not _named_in(source, name, code) and not pattern.search(source):
            doubts.append(Doubt("currency-changed", f"“{match[0].strip()}”: the source names no {name}"))
    return doubts
