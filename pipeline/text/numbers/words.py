"""Number words and scale words of languages that write numbers beside words.

`SMALL` holds spelled numbers, complete to twenty and the tens where a language is listed; `SCALES` hundred and up, with
every form that newspapers use. The numerals were written down from grammars, not from a corpus.
"""

from __future__ import annotations


def _words(first: int, line: str) -> dict[str, int]:
    return {word: first + i for i, group in enumerate(line.split()) for word in group.split("/")}


def _set(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _tens(line: str) -> dict[str, int]:
    return {word: 10 * (i + 2) for i, group in enumerate(line.split()) for word in group.split("/")}


SMALL: dict[str, dict[str, int]] = {
    "en": _words(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                    " fifteen sixteen"
                    " seventeen eighteen nineteen")
    | _tens("twenty thirty forty/fourty fifty sixty seventy eighty ninety"),
    "vi": _words(2, "hai/đôi ba bốn/tư năm/lăm sáu bảy/bẩy tám chín mười"),
    "es": _words(2, "dos/ambos/ambas tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
                    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún veintidós veintitrés"
                    " veinticuatro"
                    " veinticinco veintiséis veintisiete veintiocho veintinueve")
    | _tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
    "fr": _words(2, "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
                    " dix-huit dix-neuf")
    | _tens("vingt trente quarante cinquante soixante soixante-dix quatre-vingts/quatre-vingt quatre-vingt-dix"),
    "de": _words(2, "zwei/zwo/beide/beiden/beider drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn"
                    " vierzehn"
                    " fünfzehn sechzehn siebzehn achtzehn neunzehn")
    | _tens("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig"),
    "it": _words(2, "due/entrambi/entrambe tre quattro cinque sei sette otto nove dieci undici dodici tredici"
                    " quattordici"
                    " quindici sedici diciassette diciotto diciannove")
    | _tens("venti trenta quaranta cinquanta sessanta settanta ottanta novanta"),
    "pt": _words(2, "dois/duas/ambos/ambas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze"
                    " quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove")
    | _tens("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"),
    "nl": _words(2, "twee/beide drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
                    " zeventien achttien negentien")
    | _tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig"),
    "ru": _words(2, "два/две/двух/двумя/двум/двое/оба/обе/обеих три/трех/трёх/трём/трем/тремя/трое"
                    " четыре/четырех/четырёх/четырем/четверо пять/пяти/пятью шесть/шести семь/семи восемь/восьми"
                    " девять/девяти десять/десяти одиннадцать двенадцать/двенадцати тринадцать четырнадцать пятнадцать"
                    " шестнадцать семнадцать восемнадцать девятнадцать")
    | _tens("двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят шестьдесят семьдесят восемьдесят девяносто"),
    "id": _words(2, "dua/kedua tiga/ketiga empat/keempat lima/kelima enam/keenam tujuh/ketujuh delapan/kedelapan"
                    " sembilan/kesembilan sepuluh sebelas"),
    "tr": _words(2, "iki üç dört beş altı yedi sekiz dokuz on")
    | _tens("yirmi otuz kırk elli altmış yetmiş seksen doksan"),
}  # fmt: skip
for _code, _ones in {
    "vi": "một mốt", "es": "un una uno", "fr": "un une", "de": "ein eine einer einem einen", "it": "un una uno",
    "pt": "um uma", "nl": "een", "tr": "bir", "id": "satu", "ru": "один одна одно одного",
}.items():  # fmt: skip
    SMALL[_code] |= dict.fromkeys(_ones.split(), 1)
for _code, _line in {
    "es": "tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena"
          " décimo/décima",
    "fr": "troisième/tiers/troisièmes quatrième/quart/quarts cinquième/cinquièmes sixième septième huitième"
          " neuvième dixième onzième"
          " douzième",
    "it": "terzo/terza/terzi quarto/quarta/quarti quinto/quinta sesto/sesta settimo/settima ottavo/ottava"
          " nono/nona decimo/decima",
    "pt": "terceiro/terceira/terços quarto/quarta quinto/quinta sexto/sexta sétimo/sétima oitavo/oitava"
          " nono/nona décimo/décima",
    "nl": "derde vierde/kwart vijfde zesde zevende achtste negende tiende elfde twaalfde",
}.items():  # fmt: skip
    SMALL[_code] |= _words(3, _line)
SMALL["id"] |= {f"{word} belas": 10 + value for word, value in SMALL["id"].items() if 2 <= value <= 9}
SMALL["ms"] = {"lapan": 8, "lapan belas": 18, **SMALL["id"]}

ORDINALS_EN = _words(
    3,
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth",
) | _tens("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")

_K, _M, _G, _T = 10**3, 10**6, 10**9, 10**12
_ENGLISH = {"hundred": 100, "thousand": _K, "million": _M, "billion": _G, "trillion": _T}


def _scales(*lines: tuple[int, str]) -> dict[str, int]:
    return {word.replace("_", " "): factor for factor, line in lines for word in line.split()}


SCALES: dict[str, dict[str, int]] = {
    "en": _ENGLISH
    | _scales(
        (_K, "thousands k"), (_M, "millions mn mln"), (_G, "billions bn bln"), (_T, "trillions tn trn"),
        (10**5, "lakh lakhs"), (10**7, "crore crores"),
    ),
    "vi": _scales((10, "mươi"), (100, "trăm"), (_K, "nghìn ngàn"), (10**4, "vạn"), (_M, "triệu"), (_G, "tỷ tỉ")),
    "es": _scales((100, "cien ciento cientos"), (_K, "mil"), (_M, "millones millón"), (_T, "billones billón")),
    "fr": _scales((100, "cent cents"), (_K, "mille"), (_M, "million millions"), (_G, "milliard milliards"), (_T,
        "billion billions")),
    "de": _scales((100, "hundert"), (_K, "tausend Tausend Tsd."), (_M, "Million Millionen Mio. Mio"),
                  (_G, "Milliarde Milliarden Mrd. Mrd"), (_T, "Billion Billionen Bio.")),
    "it": _scales((100, "cento"), (_K, "mila mille"), (_M, "milione milioni"), (_G, "miliardo miliardi"), (_T,
        "bilione bilioni")),
    "pt": _scales((100, "cem cento"), (_K, "mil"), (_M, "milhão milhões mi"), (_G, "bilhão bilhões bi"),
                  (_T, "trilhão trilhões bilião biliões")),
    "nl": _scales((100, "honderd"), (_K, "duizend"), (_M, "miljoen mln."), (_G, "miljard mld."), (_T, "biljoen")),
    "pl": _scales((_K, "tys. tysiąc tysiące tysięcy"), (_M, "mln milion miliony milionów milionach miliona"),
                  (_G, "mld miliard miliardy miliardów miliarda"), (_T, "bln bilion biliony bilionów")),
    "cs": _scales((_K, "tisíc tisíce tis."), (_M, "milion miliony milionů milionu mil."),
                  (_G, "miliarda miliardy miliard miliardu mld."), (_T, "bilion bilionů")),
    "ru": _scales((100, "сто ста"), (_K, "тыс. тыс тысяч тысячи тысяча тысячам"), (_M, "млн миллион миллиона"
        " миллионов"),
                  (_G, "млрд миллиард миллиарда миллиардов"), (_T, "трлн триллион триллиона триллионов")),
    "uk": _scales((_K, "тис. тис тисяч тисячі тисяча"), (_M, "млн мільйон мільйони мільйонів мільйона"),
                  (_G, "млрд мільярд мільярди мільярдів мільярда"), (_T, "трлн трильйон трильйонів")),
    "bg": _scales((_K, "хил. хиляди хиляда"), (_M, "млн. млн милиона милион"), (_G, "млрд. млрд милиарда милиард")),
    "tr": _scales((100, "yüz"), (_K, "bin"), (_M, "milyon"), (_G, "milyar"), (_T, "trilyon")),
    "id": _scales((10, "puluh"), (100, "ratus"), (_K, "ribu"), (_M, "juta"), (_G, "miliar milyar"), (_T, "triliun")),
    "ms": _scales((10, "puluh"), (100, "ratus"), (_K, "ribu"), (_M, "juta"), (_G, "bilion"), (_T, "trilion")),
    "sv": _scales((_K, "tusen"), (_M, "miljon miljoner mkr"), (_G, "miljard miljarder mdr"), (_T, "biljon biljoner")),
    "da": _scales((_K, "tusind"), (_M, "million millioner mio."), (_G, "milliard milliarder mia.")),
    "nb": _scales((_K, "tusen"), (_M, "million millioner"), (_G, "milliard milliarder")),
    "fi": _scales((_K, "tuhat tuhatta"), (_M, "miljoona miljoonaa milj."), (_G, "miljardi miljardia mrd.")),
    "hu": _scales((_K, "ezer"), (_M, "millió"), (_G, "milliárd")),
    "ro": _scales((_K, "mie mii"), (_M, "milion milioane"), (_G, "miliard miliarde")),
    "el": _scales((_K, "χιλιάδες χιλ."), (_M, "εκατομμύριο εκατομμύρια εκατ."), (_G, "δισεκατομμύριο"
        " δισεκατομμύρια δισ.")),
    "ar": _scales((100, "مئة مائة"), (_K, "ألف آلاف ألفا ألفاً"), (_M, "مليون ملايين مليونا مليوناً"),
                  (_G, "مليار مليارات مليارا بليون"), (_T, "تريليون")),
    "fa": _scales((_K, "هزار"), (_M, "میلیون"), (_G, "میلیارد"), (_T, "تریلیون")),
    "ur": _scales((_K, "ہزار"), (10**5, "لاکھ"), (_M, "ملین"), (10**7, "کروڑ"), (_G, "ارب"), (_T, "کھرب")),
    "hi": _scales((100, "सौ"), (_K, "हज़ार हजार"), (10**5, "लाख"), (_M, "मिलियन"), (10**7, "करोड़ करोड़"), (_G,
        "अरब बिलियन"),
                  (10**11, "खरब"), (_T, "ट्रिलियन")),
    "mr": _scales((_K, "हजार"), (10**5, "लाख"), (_M, "दशलक्ष मिलियन"), (10**7, "कोटी"), (_G, "अब्ज बिलियन")),
    "ne": _scales((_K, "हजार"), (10**5, "लाख"), (10**7, "करोड"), (_G, "अर्ब"), (10**11, "खर्ब")),
    "bn": _scales((_K, "হাজার"), (10**5, "লাখ লক্ষ"), (10**7, "কোটি"), (_M, "মিলিয়ন"), (_G, "বিলিয়ন")),
    "gu": _scales((_K, "હજાર"), (10**5, "લાખ"), (10**7, "કરોડ"), (_M, "મિલિયન"), (_G, "બિલિયન અબજ")),
    "pa": _scales((_K, "ਹਜ਼ਾਰ"), (10**5, "ਲੱਖ"), (10**7, "ਕਰੋੜ")),
    "ta": _scales((_K, "ஆயிரம்"), (10**5, "லட்சம் இலட்சம்"), (10**7, "கோடி"), (_M, "மில்லியன்"), (_G, "பில்லியன்")),
    "te": _scales((_K, "వేల వేలు"), (10**5, "లక్షల లక్ష"), (10**7, "కోట్ల కోటి"), (_M, "మిలియన్"), (_G, "బిలియన్")),
    "th": _scales((100, "ร้อย"), (_K, "พัน"), (10**4, "หมื่น"), (10**5, "แสน"), (_M, "ล้าน")),
    "he": _scales((_K, "אלף אלפים"), (_M, "מיליון"), (_G, "מיליארד")),
    "sw": _scales((_K, "elfu"), (_M, "milioni"), (_G, "bilioni")),
    "ko": _scales((10, "십"), (100, "백"), (_K, "천"), (10**4, "만"), (10**8, "억"), (10**12, "조")),
}  # fmt: skip
SCALES["hr"] = SCALES["sr"] = SCALES["bs"] = _scales(
    (_K, "tisuća tisuće hiljada hiljade tis."), (_M, "milijun milijuna milion miliona milijuni"),
    (_G, "milijarda milijarde milijardi"),
)  # fmt: skip
SCALES["sk"] = SCALES["cs"] | _scales((_M, "milióna milióny miliónov miliónu"), (_G, "miliardy miliárd"))
SCALES["no"] = SCALES["nb"]
SCALES["kk"] = _scales((_K, "мың"), (_M, "млн миллион"), (_G, "млрд миллиард"), (_T, "трлн триллион"))

# Languages whose spelled numbers are read well enough to hold a spelled number of the English against the source.
SPELLED = frozenset({"en", "es", "fr", "it", "pt", "nl", "vi", "ko", "zh", "ja"})

JOINERS: dict[str, str] = {
    "en": "and", "es": "y", "pt": "e", "it": "e", "fr": "et", "de": "und", "vi": "linh|lẻ", "ru": "", "ar":
        "و", "fa": "و",
}  # fmt: skip

# Scale words of these are rewritten too: small models get them wrong. Elsewhere only abbreviations and false friends.
REWRITE_SCALES = _set("vi th hi mr ne bn gu pa ta te ur id ms ko sw")
REWRITE_WORDS = _set(
    "Mio. Mio Mrd. Mrd Tsd. Bio. mln mld bln mln. mld. tys. млн млрд трлн тыс. тис. mio. mia. tis. mkr mdr"
    " billones billón Billion Billionen billion billions mi bi"
)

PERCENT: dict[str, str] = {
    "en": r"percent|per cent|percentage points?|pc",
    "vi": r"(?:điểm )?phần trăm|điểm %",
    "es": r"por ciento|puntos? porcentual\w*",
    "fr": r"pour cent|points? de pourcentage",
    "de": r"Prozent(?:punkte?n?)?",
    "it": r"per cento|punt[oi] percentual\w*",
    "pt": r"por cento|pontos? percentua\w+",
    "nl": r"procent(?:punt)?",
    "ru": r"процент\w*",
    "uk": r"відсот\w+",
    "pl": r"proc\.|procent\w*|pkt\.? proc\.?|p\.p\.",
    "tr": r"puan",
    "id": r"(?:poin )?persen",
    "ms": r"(?:mata )?peratus\w*",
    "ko": r"퍼센트|프로|포인트|％p|할",
    "sv": r"procent\w*",
    "da": r"procent\w*",
    "nb": r"prosent\w*",
    "fi": r"prosent\w+",
    "hu": r"százalék\w*",
    "cs": r"procent\w*",
    "ro": r"la sută|procente",
    "ar": r"في المئة|بالمئة|في المائة|بالمائة",
    "fa": r"درصد",
    "hi": r"प्रतिशत|फीसदी|फ़ीसदी",
    "bn": r"শতাংশ",
    "mr": r"टक्के|टक्क्य\w*",
    "ur": r"فیصد",
    "th": r"เปอร์เซ็นต์|เปอร์เซนต์|ร้อยละ",
    "el": r"τοις εκατό",
    "he": r"אחוז\w*",
}
"""Words for percent beside the sign, as regular expressions."""
