"""Institutions that a translation puts in: a ministry, a party, a court for which the source has no word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

# What an institution is called in English, and what stands in a source that means it, by language. Broad on purpose:
# only one for which the source has no word at all is doubted.
_INSTITUTIONS: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    (
        r"Ministr(?:y|ies)",
        {
            "zh": "(?<![全内內幹干各局总總东東西南北中一])部(?![分署队隊落门門位件])"
            "|[务務卫衛产產业業劳勞动動境科学學通]省",
            "ja": "省|庁|(?<![全内外幹各局東西南北中一])部(?![分署隊落門位屋品活族])",
            "ko": r"(?<!\b[일전정내외간기남북동서본세])부(?=[는은가의를와도에 ,]|$)|장관|차관|부처"
            r"|[무방안정민]성(?=[은이의을에 ,]|$)|청(?=[은이의을에 ,]|$)",
            "vi": r"\bbộ\b",
            "ru": r"минист|\bми[дн]|мвд|\bмч?[сз]|минздрав|минобр|ведомств",
            "uk": r"міністер|\bмін\w{3}|мзс|мвс|\bмо[зун]\b|відомств",
            "ar": "وزار|وزير",
            "hi": "मंत्रालय|मन्त्रालय|मिनिस्ट्री|विभाग",
            "id": r"kement|departemen|menteri|\bkemen",
            "th": "กระทรวง|ทบวง",
            "de": "minist|ressort|amt|behörde",
            "fr": "minist|quai d|bercy|secrétariat",
            "es": "minist|secretar|cancill|departament|cartera",
            "pt": "minist|secretari|itamaraty|chancel",
            "it": "minist|dicaster|farnesina|viminale",
            "pl": r"minist|resort|\bm[sf][zw]?\b|\bmon\b",
            "tr": "bakanlı|nezaret",
        },
    ),
    (
        r"Part(?:y|ies)",
        {
            "zh": "党|黨|[中俄]共|派[对對]|[联聯]盟|[阵陣][线線]",
            "ja": "党|パーティ|自民|民主|同盟|共和",
            "ko": "당|파티|공화|민주",
            "vi": "đảng|tiệc|cộng hòa|dân chủ",
            "ru": r"парти|республик|демократ|лейборист|консерват|чаепити|\bтори\b",
            "uk": r"парті|республік|демократ|лейборист|консерват|чаюванн",
            "ar": "حزب|أحزاب|الجمهوري|الديمقراطي|المحافظ|العمال|حفل",
            "hi": r"पार्टी|\bदल|पार्टि|कांग्रेस",
            "id": r"parta?i|serikat|pesta|republik|demokrat",
            "th": "พรรค|ฝ่าย|ปาร์ตี้|รีพับลิกัน|เดโมแครต",
            "de": r"partei|party|republik|demokrat|konservativ|labour|tory|tories|grüne|liberal",
            "fr": r"parti|républicain|démocrate|travailliste|conservat|tory|tories"
            "|fête|soirée|labour",
            "es": r"partido|republican|demócrata|laborista|conservador|fiesta|tories|party",
            "pt": r"partid|republican|democrat|trabalhista|conservador|festa|party",
            "it": r"partit|repubblican|democratic|laburist|conservator|festa|party|tory|tories",
            "pl": r"parti|republik|demokrat|konserwat|laburz|stronnictw|herbat",
            "tr": r"parti|cumhuriyetçi|demokrat|muhafazakar|fırka",
        },
    ),
    (
        "Congress|Parliament|Assembly|Duma",
        {
            "zh": "[国國议議立众眾参參上下][会會院]|人大|大[会會]|杜[马馬]|[议議参參]院|[会會][议議]|[议議][会會]",
            "ja": "[議国総][会院]|大会|ドゥーマ|下院|上院|両院|会議",
            "ko": "국회|의회|대회|하원|상원|두마|의원|총회|회의|국민의회|콩그레스|원로원",
            "vi": r"quốc hội|nghị viện|hội đồng|đại hội|duma|thượng viện|hạ viện|hội nghị|quốc dân|viện",
            "ru": "парламент|конгресс|дум[аеуыо]|ассамбле|собрани|сенат|сейм|рад[аеыу]|съезд|верховн|законодат",
            "uk": "парламент|конгрес|дум[аіуи]|асамбле|збор|сенат|сейм|рад[аіиу]|з'їзд|верховн|законодав",
            "ar": "برلمان|كونغر|كونجر|مجلس|جمعية|الدوما|مؤتمر|النواب|الشيوخ",
            "hi": "संसद|सांसद|कांग्रेस|कॉंग्रेस|काँग्रेस|सभा|सीनेट|ड्यूमा|असेंबली|पार्लियामेंट|सेनेट|सम्मेलन|पार्लमेंट",
            "id": "parlemen|kongres|majelis|senat|duma|dewan|dpr|mpr|sidang|muktamar",
            "th": "สภา|คองเกรส|ดูมา|รัฐสภา|วุฒิ|สมัชชา|ประชุม",
            "de": r"parlament|kongre|versammlung|senat|duma|\w+tag\b|unterhaus|oberhaus|abgeordnete|nationalrat",
            "fr": "parlement|congrès|assemblée|sénat|douma|chambre|eurodéput",
            "es": "parlament|congreso|asamblea|senad|duma|cámara|cortes|eurocámara|cabildo",
            "pt": "parlament|congress|assembl|senad|duma|câmara|euro",
            "it": "parlament|congress|assemble|senat|duma|camera|montecitorio|eurocamera",
            "pl": "parlament|kongres|zgromadz|senat|dum[aęyi]|sejm|izb[aęyi]|zjazd",
            "tr": "parlament|kongre|meclis|senato|duma|kurul|tbmm",
        },
    ),
    (
        r"Councils?|Commissions?|Committees?",
        {
            "zh": "委|理事|[议議][会會事]|[协協商][会會]|[会會][议議]|[国國]院|院|局|[会會]|府|[处處]",
            "ja": "委|会|議|院|局|庁",
            "ko": r"위원|위(?=[는가의를와도에 ,]|$)|의회|협의|이사|평의|국회|안보리|회의|원(?=[은이의을에 ])",
            "vi": "hội đồng|ủy|uỷ|ban|hội|viện|chính phủ",
            "ru": "совет|комисс|комитет|управлени|коллеги|вече|рад[аеыуо]|администрац",
            "uk": "рад[аіиуо]|коміс|коміт|управлін|колегі",
            "ar": "مجلس|لجن|مفوض|هيئة|المجالس|هيئات",
            "hi": "परिषद|आयोग|समिति|काउंसिल|कमीशन|कमेटी|कौंसिल|काउन्सिल|आयुक्त|बोर्ड|मंडल|कमिशन|कमिटी|सभा|कॉउंसिल",
            "id": r"dewan|komisi|komite|panitia|badan|majelis|\bkp[ku]|dk|kon?sil",
            "th": "สภา|คณะ|กรรม|มนตรี|คอมมิชชั่น|องค์กร|ก\\.ก|กกต",
            "de": "rat|rät|kommission|komitee|ausschuss|gremium|behörde|verwaltung|aufsicht|stadt",
            "fr": "conseil|commission|comité|communauté|municipal|mairie",
            "es": "consej|comisi|comité|ayuntamient|junta|concej|municip|concilio|diput",
            "pt": "consel|comiss|comit|câmara|junta|prefeitur|autar|concíl",
            "it": "consigl|commission|comitat|giunta|comun|concilio|csm",
            "pl": "rad[aęyzi]|komisj|komit|zarząd|samorząd|urz",
            "tr": "konsey|danıştay|sayıştay|komisyon|komite|kurul|meclis|encümen|belediye|heyet",
        },
    ),
    (
        r"Courts?",
        {
            "zh": "法院|法庭|院|裁判|判|庭|最高",
            "ja": "裁|法廷|コート|最高",
            "ko": "법원|재판|법정|헌재|대법|코트|법",
            "vi": r"tòa|toà|pháp viện|cung điện",
            "ru": r"\bсуд|верховн|трибунал|двор|арбитраж|корт",
            "uk": r"\bсуд|верховн|трибунал|двор|арбітраж|корт",
            "ar": "محكم|محاكم|القضا|بلاط|كورت",
            "hi": "न्याय|अदालत|कोर्ट|दरबार",
            "id": r"pengadilan|mahkamah|\bm[ak]\b|peradilan|lapangan|kejaksaan",
            "th": "ศาล|คอร์ท|คอร์ต|ตุลาการ",
            "de": r"gericht|justiz|\bhof|\w+hof\b|court|\b[be]gh\b|platz",
            "fr": r"\bcour|tribuna|court|cassation|\bcpi\b|juge",
            "es": r"tribunal|corte|audiencia|juzgad|suprem|court|justicia",
            "pt": r"tribunal|corte|suprem|\bst[fj]\b|justiça|quadra|court|juizado",
            "it": r"\bcort|pretur|tribunal|cassazione|consulta|court|giudiz",
            "pl": r"\bsąd|trybunał|dw[oó]r|kort",
            "tr": r"mahkeme|yargı|divan|danıştay|adliye|saray|kort",
        },
    ),
    (
        r"Universit(?:y|ies)",
        {
            "zh": "大[学學]|[学學]院|校|分校|[理工師师北清复台政]大",
            "ja": "大学|学院|[東京早慶阪台]大|大院|校|ユニバ",
            "ko": "대학|대$|대[ ,의에]|[가-힣]대|대(?=학|교)|유니버|학교",
            "vi": "đại học|học viện|đh|trường",
            "ru": "универс|вуз|мгу|институт|академи|унив|колледж",
            "uk": "універс|вуз|інститут|академі|внз|коледж",
            "ar": "جامع|كلية|معهد",
            "hi": "यूनिवर्सिटी|विद्यालय|यूनिवर्सटी|युनिवर्सिटी|विवि|यूनीवर्सिटी",
            "id": r"univ|institut|sekolah tinggi|\bui\b|ugm|kampus|akadem",
            "th": "มหาวิทยาลัย|มหาลัย|ม\\.|วิทยาลัย|ยูนิเวอร์|สถาบัน",
            "de": r"uni|hochschul|\btu\b|\beth\b|college|fakultät",
            "fr": r"univers|école|facult|institut|\bfac\b",
            "es": r"univers|facultad|institut|politécnic|\bunam\b|colegio",
            "pt": r"univers|faculdade|\busp\b|institut|\bu[nf]\w+\b",
            "it": r"univers|ateneo|politecnico|facoltà|sapienza",
            "pl": r"uniwersy|uczelni|politechni|akadem|szko",
            "tr": r"üniver|fakülte|yüksekokul|kolej|odtü|akadem",
        },
    ),
    (
        # The West Bank is none.
        r"(?<!West |East |Left )(?<!South |North |Right |Outer )Banks?",
        {
            "zh": "[央世投商中工建农農]行|[银銀]|[庫库]",
            "ja": "行|銀|バンク|金庫",
            "ko": "은행|뱅크|한은",
            "vi": r"ngân hàng|bank|\bwb\b|bờ",
            "ru": "банк|цб|берег",
            "uk": "банк|нбу|берег|цб",
            "ar": "بنك|مصرف|المركزي|ضفة|بنوك",
            "hi": "बैंक|किनारा|बेंक|तट",
            "id": r"bank|\bbi\b|\bbca\b|tepi",
            "th": "ธนาคาร|แบงก์|แบงค์|ธ\\.|ฝั่ง",
            "de": r"bank|\bezb\b|sparkasse|ufer|notenb",
            "fr": r"banque|\bb[cn]\w\b|crédit|caisse|rive|bank|banc",
            "es": r"banc|\bbce\b|bank|caja|ribera|orilla",
            "pt": r"banc|\bb[cn]\w*\b|bank|caixa|margem",
            "it": r"banc|\bbce\b|bank|cassa|bankitalia|riva|istitut",
            "pl": r"bank|\bnbp\b|\bebc\b|brzeg",
            "tr": r"bank|\btcmb\b|merkez b|yaka|şeria",
        },
    ),
)
# The word in a name: "Party officials" and "the court" are not judged.
_BEFORE = r"(?!(?:The|An?) )(?:[A-Z\u00c0-\u00de][\w.'’-]*[ -](?:and |for )?){1,6}"
# Initials are those of any institution: CDU, IOC, ЛДПР; in Hindi their letters are spelt out.
_INITIALS = r"(?-i:(?<![^\W_])[A-ZÀ-ÞŞİĞĄĆĘŁŃŚŹŻА-ЯІЇЄ]{2,6}(?![^\W_]))"
_SPELT = r"(?!सीईओ)(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|डब्ल्यू|एक्स|वाई|ज़ेड){3,}(?!\w)"
_AFTER = r" (?:of|for|on) (?:the )?[A-Z\u00c0-\u00de][\w-]+"
_ANY: Final = re.compile("|".join(head for head, _ in _INSTITUTIONS))


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Of each institution its name in English, and what may stand for it in a language, the English word among it."""
    return [
        (
            re.compile(rf"\b(?:{_BEFORE}(?:{head})|(?:{head}){_AFTER})\b"),
            re.compile(rf"{words[code]}|{head}|{_INITIALS}|{_SPELT}", re.IGNORECASE),
        )
        for head, words in _INSTITUTIONS
        if code in words
    ]


def check_institutions(judged: Judged) -> list[Doubt]:
    """A doubt "name-invented" for each kind of institution that the English names and for which the source has no word.

    Judged for seventeen languages. On the human translations of FLORES-200 dev and NTREX-128, with some 63 institutions
    in 1,997 sentences, none to two in a language are doubted, most of them put in by the translator. An institution of
    a term of the sentence is right.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    if not _ANY.search(english):
        return []
    given = " ".join(judged.term_english)
    doubts: list[Doubt] = []
    for institution, words in _patterns(base(source_language)):
        said = institution.search(english)
        if said and not words.search(source) and not institution.search(given):
            doubts.append(Doubt("name-invented", f"nothing in the source names “{said[0]}”"))
    return doubts
