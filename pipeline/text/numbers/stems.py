"""Beginnings of number words, for reading spelled numbers loosely in languages that inflect or join them.

Each line lists, in the order of `_ORDER`, what every cardinal, ordinal and fraction of a number begins with: forms of
one number are parted by slashes, `$` marks a whole word, and `-` a number that others make up (21 in German is 1 and
20). Written down from grammars, not from a corpus.
"""

from __future__ import annotations

_ORDER = (*range(1, 21), 30, 40, 50, 60, 70, 80, 90, 100, 1000)

_LINES: dict[str, str] = {
    "de": "ein/erst zwei/zwo/beid drei/dritt vier fünf/fuenf sechs/sechz sieben/sieb acht neun zehn elf"
    " zwölf dreizehn"
    " vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig"
    " achtzig neunzig hundert tausend",
    "nl": "een/één/eerst twee/beid drie/derd vier/kwart vijf zes zeven acht negen tien elf twaalf/dozijn dertien"
    " veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig"
    " negentig honderd duizend",
    "sv": "en$/ett/först två/andra/båda tre fyr/fjärd/kvart fem sex/sjätt sju åtta/åtton nio tio"
    " elva/elft"
    " tolv/tolft/dussin tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio femtio sextio sjuttio"
    " åttio nittio hundra tusen",
    "da": "en$/et$/først to$/anden/andet/begge tre fire/fjerd/kvart fem seks/sjett syv otte/otten ni$/niend"
    " ti$/tiend/tiår elleve/ellevt tolv/dusin tretten fjorten femten seksten sytten atten nitten tyv"
    " trediv/tredv fyrre"
    " halvtreds tres$/tresinds halvfjerds firs$/firsinds halvfems hundred tusind",
    "nb": "en$/et$/én/ett/først to$/andre/begge tre fire/fjerd/kvart fem seks/sjett sju/syv åtte/åttend"
    " ni$/niend"
    " ti$/tiend/tiår elleve/ellevt tolv/dusin tretten fjorten femten seksten sytten atten nitten tjue/tyve"
    " tretti/tredve førti/førr femti seksti sytti åtti nitti hundre tusen",
    "it": "un/prim due/duplic/second/entramb/dopp tre$/tré$/terz/tripl/tren quattr/quart/quadr cinqu/quint"
    " sei$/sest/sesi"
    " sett otto$/ottav nove$/nono$/nona$ diec/decim/decin/decenn undic dodic/dozzin tredic quattordic quindic sedic"
    " diciassett diciott diciannov venti/vent trenta/trent quaranta/quarant cinquanta/cinquant sessanta/sessant"
    " settanta/settant ottanta/ottant novanta/novant cent mila$/mille$/miglia",
    "es": "un/prim dos$/segund/amb/doble/dupli tres$/terc/tripl/trío cuatr/cuart/cuádr/cuadr cinco/quint/quínt"
    " seis/sext/séx siete/séptim/sétim ocho/octav/óct nueve$/noven diez/décim/decen/década once$/undécim"
    " doce/duodécim/docen trece catorc quince/quincen dieciséi/dieciseis diecisiet dieciocho diecinuev"
    " veinti/veint treint cuarent cincuent sesent setent ochent novent/noventa cien/cient/centen mil$/miles/milla",
    "pt": "um/prim dois$/duas$/segund/amb/dobr/dupl três$/terc/terç/tripl quatr/quart/quádr cinco/quint seis$/sext"
    " sete$/sétim oito$/oitav nove$/nono$/nona$ dez$/décim/dezen/década onze doze/dúzi treze catorz/quatorz"
    " quinz dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vint trint quarent cinquent sessent"
    " setent oitent novent cem$/cento$/centen mil$/milhar",
    "fr": "un/premi deux/second trois/tier/tripl quatr/quart/quadr cinq/quint six$/sixi/sext sept$/septi huit/oct"
    " neuf/neuvi dix/décenn onz douz treiz quatorz quinz seiz dix-sept dix-huit dix-neuf vingt trent quarant cinquant"
    " soixant soixante-dix quatre-vingt quatre-vingt-dix cent mille/milli",
    "ru": "один/одн/перв два/две/двум/двух/двое/обе/оба/втор"
    " три/трех/трёх/трем/трём/трое/трет/троих/тройк/трой/трехл/трёхл"
    " четыр/четвер/четвёр пят шест сем/седьм восем/восьм девят десят одиннадцат двенадцат/дюжин тринадцат четырнадцат"
    " пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат сорок пятьдесят/пятидесят"
    " шестьдесят/шестидесят семьдесят/семидесят восемьдесят/восьмидесят девяност сто$/ста$/сот$/сотн/стол тысяч/тыс",
    "uk": "один/одн/перш два/дві/двом/двох/двоє/обидв/друг три/трьо/троє/трет/трій чотир/четвер/чверт п'ят/п’ят/пʼят"
    " шість/шест/шост сім/сем/сьом вісім/восьм/вісьм дев'ят/дев’ят/девʼят десят одинадцят дванадцят/дюжин тринадцят"
    " чотирнадцят п'ятнадцят/п’ятнадцят/пʼятнадцят шістнадцят сімнадцят вісімнадцят"
    " дев'ятнадцят/дев’ятнадцят/девʼятнадцят двадцят тридцят сорок п'ятдесят/п’ятдесят/пʼятдесят шістдесят сімдесят"
    " вісімдесят дев'яност/дев’яност/девʼяност сто$/ста$/сот$/сотн/стол тисяч/тис",
    "pl": "jed/pierw dwa/dwó/dwo/dwie/dwu/dwaj/oba/obie/obu/drug trzy/trzech/trzem/trzec/trzej/troje/trój"
    " czter/czwart/czwór/ćwier pięć/pięci/piąt sześć/sześci/szóst siedem/siedmi/siódm osiem/ośmi/ósm"
    " dziewię dziesię/dziesią jedenas/jedenaś dwunas/dwanaś/tuzin trzynas/trzynaś czternas/czternaś piętnas/piętnaś"
    " szesnas/szesnaś siedemnas/siedemnaś osiemnas/osiemnaś dziewiętnas/dziewiętnaś dwadzieś/dwudzies/dwudziest"
    " trzydzieś/trzydziest czterdzieś/czterdziest pięćdziesi sześćdziesi siedemdziesi osiemdziesi dziewięćdziesi"
    " sto$/stu$/setk/setn tysi/tys",
    "cs": "jed/prvn dva/dvě/dvou/dvoj/oba/obě/obou/druh tři/tří/třech/třem/třet/troj čtyř/čtvrt/čtver pět/pát/pěti"
    " šest sedm osm devět/devít/devát deset/desít/desát/deká jedenáct dvanáct/tuct třináct čtrnáct patnáct šestnáct"
    " sedmnáct osmnáct devatenáct dvacet/dvacát/dvacít třicet/třicát čtyřicet/čtyřicát padesát šedesát sedmdesát"
    " osmdesát devadesát sto$/set$/stov/stý tisíc",
    "tr": "bir/ilk iki/çift üç dört/dörd/çeyrek beş altı$/altınc/altışar yedi sekiz dokuz"
    " on$/onda$/ondan$/onunc/onluk onbir oniki/düzine"
    " onüç ondört onbeş onaltı onyedi onsekiz ondokuz yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin",
    "id": "satu/se$/seorang/sebuah/pertama dua/kedua tiga empat/perempat lima enam tujuh delapan/lapan sembilan"
    " sepuluh/dasawarsa/dekade/dasa sebelas selusin/lusin - - - - - - - - - - - - - - - seratus/ratus/abad"
    " seribu/ribu",
    "ar": "واحد/إحد/أحد/حادي/أول اثن/إثن/ثان/ثنا/كلا ثلاث/ثالث/ثلث أربع/رابع/ربع خمس/خامس"
    " ست$/ستة$/ستّة$/سادس/سدس/ستم/ستّ$"
    " سبع/سابع ثمان/ثامن/ثمن تسع/تاسع عشر/عاشر/عقد - - - - - - - - - عشرين/عشرون/عشرين ثلاثين/ثلاثون أربعين/أربعون"
    " خمسين/خمسون ستين/ستون سبعين/سبعون ثمانين/ثمانون تسعين/تسعون مئ/مائ ألف/آلاف/الف/الآلاف",
    "fa": "یک/اول دو$/دوم/دوتا/هردو سه$/سوم/سه‌/ثلث/سه_ چهار/ربع پنج شش هفت هشت نه$/نهم ده$/دهم/دهه یازده"
    " دوازده سیزده"
    " چهارده پانزده/پونزده شانزده هفده هجده/هیجده نوزده بیست سی$/سی‌ چهل پنجاه شصت هفتاد هشتاد نود صد/یکصد هزار",
    "th": "หนึ่ง/เอ็ด สอง/คู่ สาม สี่ ห้า หก เจ็ด แปด เก้า ทศวรรษ - โหล - - - - - - - ยี่สิบ - - - - - - - ร้อย/ศตวรรษ พัน",
    "vi": "một$/mốt$/nhất$ hai$/đôi$/nhì$/nhị$ ba$/tam$ bốn$/tư$/tứ$ năm$/lăm$/ngũ$ sáu$/lục$ bảy$/bẩy$/thất$"
    " tám$/bát$"
    " chín$/cửu$ mười$/thập$ - tá$ - - - - - - - - - - - - - - - trăm$ nghìn$/ngàn$",
}
# Hindi has a word of its own for every number to 99.
_HINDI = (
    "एक/पहल दो$/दूसर/दोनों/दोगुन/दोह तीन/तीसर/तिहाई/तिगुन चार/चौथ/चौगुन पाँच/पांच/पंच छह/छः/छठ/छै"
    " सात$/सातव/सातों आठ नौ$/नौव/नवम दस$/दसव/दशक/दर्जनों"
    " ग्यारह बारह/दर्जन तेरह चौदह पंद्रह/पन्द्रह"
    " सोलह सत्रह अठारह/अट्ठारह उन्नीस बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस"
    " अट्ठाईस/अठ्ठाईस/अठाईस"
    " उनतीस/उन्तीस तीस$/तीसवे/तीसवी इकतीस/इकत्तीस बत्तीस तैंतीस/तेंतीस चौंतीस/चौतीस पैंतीस छत्तीस सैंतीस अड़तीस"
    " उनतालीस/उन्तालीस चालीस इकतालीस"
    " बयालीस/ब्यालीस तैंतालीस/तेंतालीस चौवालीस/चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास/उन्चास पचास"
    " इक्यावन बावन तिरपन/तिरेपन"
    " चौवन/चौअन पचपन छप्पन सत्तावन अट्ठावन/अठावन उनसठ साठ इकसठ बासठ तिरसठ/तिरेसठ चौंसठ/चौसठ पैंसठ छियासठ सड़सठ"
    " अड़सठ उनहत्तर सत्तर"
    " इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी/उन्यासी अस्सी इक्यासी बयासी तिरासी"
    " चौरासी पचासी छियासी सत्तासी"
    " अट्ठासी/अठासी नवासी नब्बे इक्यानवे/इक्यानबे बानवे/बानबे तिरानवे/तिरानबे चौरानवे/चौरानबे पचानवे/पंचानवे"
    " छियानवे/छियानबे सत्तानवे/सत्तानबे"
    " अट्ठानवे/अठानवे निन्यानवे/निन्यानबे"
)  # fmt: skip


def _listed(values: tuple[int, ...], line: str) -> dict[str, int]:
    return {
        form: value
        for value, group in zip(values, line.split(), strict=True)
        if group != "-"
        for form in group.split("/")
    }


STEMS: dict[str, dict[str, int]] = {language: _listed(_ORDER, line) for language, line in _LINES.items()}
STEMS["hi"] = _listed(tuple(range(1, 100)), _HINDI) | {"सौ": 100, "सैकड": 100, "सदी": 100, "हज़ार": 1000, "हजार": 1000}
STEMS["id"] |= {"belas": 10}
# Hundreds with a form of their own.
STEMS["es"] |= {"veintidós": 22, "veintidos": 22, "veintitrés": 23, "veintitres": 23, "veintiséis": 26,
                "veintiseis": 26,
                "doscient": 200, "trescient": 300, "cuatrocient": 400, "quinient": 500, "seiscient": 600,
                "setecient": 700, "ochocient": 800, "novecient": 900}  # fmt: skip
STEMS["pt"] |= {"duzent": 200, "trezent": 300, "quatrocent": 400, "quinhent": 500, "seiscent": 600, "setecent": 700,
                "oitocent": 800, "novecent": 900}  # fmt: skip
STEMS["ru"] |= {"двест": 200, "двухсот": 200, "трист": 300, "трехсот": 300, "трёхсот": 300, "четырест": 400,
                "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900}  # fmt: skip
STEMS["uk"] |= {"двіст": 200, "трист": 300, "чотирист": 400, "п'ятсот": 500, "п’ятсот": 500, "шістсот": 600,
                "сімсот": 700, "вісімсот": 800, "дев'ятсот": 900, "дев’ятсот": 900}  # fmt: skip
STEMS["pl"] |= {"dwieści": 200, "dwustu": 200, "trzyst": 300, "czteryst": 400, "pięćset": 500, "sześćset": 600,
                "siedemset": 700, "osiemset": 800, "dziewięćset": 900}  # fmt: skip
STEMS["fa"] |= {"دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600, "هفتصد": 700, "هشتصد": 800,
                "نهصد": 900}  # fmt: skip
STEMS["ar"] |= {"مئتا": 200, "مئتي": 200, "مائتا": 200, "مائتي": 200, "ألفا": 2000, "ألفي": 2000,
                "مليونا": 2 * 10**6, "مليوني": 2 * 10**6}  # fmt: skip

# Tens and decades, which multiply what stands before them: hai mươi, dua puluh, สามสิบ, dwie dekady.
TENS = {
    "vi": ("mươi$", "chục$", "thập$"), "id": ("puluh", "dekade", "dasawarsa"), "th": ("สิบ", "ทศวรรษ"),
    "de": ("jahrzehnt",), "nl": ("decenni",), "sv": ("decenni", "årtiond"), "da": ("årti",), "nb": ("tiår",),
    "es": ("década",), "pt": ("década",), "fr": ("décenn",), "it": ("decenn",), "ru": ("десятилети",),
    "uk": ("десятилітт",), "pl": ("dekad",), "cs": ("desetilet", "dekád"), "ar": ("عقود",), "fa": ("دهه",),
    "hi": ("दशक",),
}  # fmt: skip

HALVES: dict[str, dict[str, str]] = {
    "de": {"halb": "0.5", "anderthalb": "1.5", "eineinhalb": "1.5"},
    "nl": {"half": "0.5", "halve": "0.5", "anderhalf": "1.5", "anderhalve": "1.5"},
    "sv": {"halv": "0.5"},
    "da": {"halv": "0.5", "halvanden": "1.5", "halvandet": "1.5"},
    "nb": {"halv": "0.5", "halvannen": "1.5", "halvannet": "1.5"},
    "it": {"mezz": "0.5", "metà": "0.5"},
    "es": {"medi": "0.5", "mitad": "0.5"},
    "pt": {"mei": "0.5", "metade": "0.5"},
    "fr": {"demi": "0.5", "moitié": "0.5"},
    "ru": {"пол": "0.5", "полтор": "1.5", "полутор": "1.5"},
    "uk": {"пів": "0.5", "півтор": "1.5", "половин": "0.5"},
    "pl": {"pół": "0.5", "półtor": "1.5", "połow": "0.5"},
    "cs": {"půl": "0.5", "polovin": "0.5", "jedenapůl": "1.5"},
    "tr": {"yarım": "0.5", "buçuk": "0.5", "yarı": "0.5"},
    "id": {"setengah": "0.5", "separuh": "0.5"},
    "ar": {"نصف": "0.5"},
    "fa": {"نیم": "0.5"},
    "th": {"ครึ่ง": "0.5"},
    "vi": {"rưỡi$": "0.5", "nửa$": "0.5"},
    "hi": {"आध": "0.5", "डेढ़": "1.5", "डेढ": "1.5", "ढाई": "2.5", "साढ़े": "0.5", "साढे": "0.5", "सवा": "0.25"},
}

# Words written between the parts of one number.
LINKS: dict[str, tuple[str, ...]] = {
    "de": ("und",), "nl": ("en", "ën"), "da": ("og",), "nb": ("og",), "sv": ("och",), "it": ("e",), "es": ("y",),
    "pt": ("e",), "fr": ("et",), "ru": ("с", "и"), "uk": ("з", "і"), "pl": ("i",), "cs": ("a",), "ar": ("و",),
    "fa": ("و",), "vi": ("linh", "lẻ"), "id": ("-",), "hi": (), "tr": (),
}  # fmt: skip
# Articles and prepositions written onto the first word, as a regular expression.
PREFIXES: dict[str, str] = {"ar": "[وبلكف]?(?:ال|ل)?", "id": "(?:ke|seper|per|ber)?-?", "fr": "(?:d|l|qu)['’]"}
# Languages that write several number words as one.
JOINED = frozenset({"de", "nl", "sv", "da", "nb", "it", "es", "ar", "tr", "fa"})
# Languages that say four and twenty, or fourteen as four and ten.
UNITS_FIRST = frozenset({"de", "nl", "da", "nb", "no", "id", "ms"})
# After tens a unit is another number there: the last three decades.
TENS_LAST = frozenset({"ar"})
# Languages that join numbers and nouns: Dreijährige, восьмилетний.
COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "ru", "uk", "pl", "cs"})
for _code, _same in {"ms": "id", "no": "nb"}.items():
    STEMS[_code], HALVES[_code], LINKS[_code] = STEMS[_same], HALVES[_same], LINKS[_same]
TENS["ms"], PREFIXES["ms"] = TENS["id"], PREFIXES["id"]
