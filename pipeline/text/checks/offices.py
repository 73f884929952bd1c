"""Offices that small models raise or lower: a prime minister who becomes president, a deputy who becomes minister."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged


@dataclass(frozen=True, slots=True)
class _Office:
    """An office, and what stands for it in a source.

    Attributes:
        english: what a translation calls it, a regular expression.
        words: one of them has to stand in a source that means it, by language. Broad on purpose: only an office for
            which the source has no word at all is doubted.
        not_after: English before it that makes it another office.
    """

    english: str
    words: Mapping[str, str]
    not_after: str = ""


_OFFICES: Final = (
    _Office(
        r"(?:[Vv]ice(?=[- ](?:[Pp]resident|[Pp]remier|[Mm]inister|[Cc]hair|[Mm]ayor|[Gg]overnor))|[Dd]eputy"
        r"|Under[- ]?Secretary|Assistant Secretary)",
        {
            "zh": "副|次[长長官卿]|助[卿理]|代理|常務|常务|議員|议员",
            "ja": "副|次官|補佐|代理|次長|議員",
            "ko": "부(?:[총차]|장관|통령|대표|지사|[의시사회국원청처]장|위원|주석|대변|대사)|차관|차장|보좌|대리|의원",
            "vi": "thứ trưởng|phó|trợ lý",
            "ru": r"заместител|\bзам|вице|помощни|врио|и\.\s?о\.|товарищ|депутат",
            "uk": r"заступни|віце|помічни|в\.\s?о\.|депутат",
            "ar": "نائب|نواب|نيابة|وكيل|مساعد",
            "hi": "उप|सहायक|डिप्टी|वाइस|अवर",
            "id": r"wakil|deputi|pejabat|wapres|\bwamen|asisten",
            "th": "รอง|ผู้ช่วย|ช่วยว่าการ|ปลัด",
            "de": "vize|stellvertret|staatssekret|abgeordnet",
            "fr": "vice|adjoint|sous-secr|suppléant|délégué|député",
            "es": "vice|adjunt|subsecretari|suplente|segund[oa]|asistente|diputad",
            "pt": "vice|adjunt|subsecret|suplente|assistente|deputad",
            "it": "vice|aggiunt|sottosegretari|assistente|deputat",
            "pl": "wice|zastępc|podsekretarz|poseł|posł|deputow",
            "tr": "yardımcı|vekil|müsteşar|milletvekil",
        },
    ),
    _Office(
        r"(?<![Vv]ice )(?<![Vv]ice-)[Pp]residen(?:ts?|cy|tial)",
        {
            "zh": "[总總][统統裁]|主席|[会會校院社区區县縣州省][长長]|董事|白宮|白宫|大位|首腦|首脑|[經经]理|所[长長]",
            "ja": "大統領|主席|総裁|総統|[社会学院議]長|頭取|プレジデント|取締役|所長",
            "ko": "대통령|주석|총재|회장|총장|의장|사장|원장|총통|백악관|대선|대권|수반|프레지던[트튼]",
            "vi": "tổng t?h?ống|chủ tịch|hiệu trưởng|giám đốc|nhà trắng|hội trưởng|viện trưởng",
            "ru": "президен|председател|глав[аыуе]|ректор|белого дома",
            "uk": "президен|голов[аиіоу]|очільник|ректор",
            "ar": "رئيس|رئاس|رؤساء|الرؤساء|مدير|روؤساء",
            "hi": "राष्ट्रपति|अध्यक्ष|प्र[ेै]सिड[ेैें]|प्रेज़िड[ेैें]|प्रेजिड[ेैें]|सभापति|कुलपति|राष्ट्राध्यक्ष",
            "id": "presiden|pilpres|ketua|rektor|direktur|pemimpin",
            "th": "ประธาน|อธิการบดี|นายกสมาคม|เพรสซิเดน",
            "de": "präsident|vorsitz|vorstand|obmann|staatschef|staatsoberhaupt|rektor",
            "fr": "présiden|pdg|chef de l.état|recteur|élysée",
            "es": "presiden|rector|mandatari|jef[ea] de estado|casa blanca",
            "pt": "presid|reitor|chefe de estado",
            "it": "presiden|rettore|capo dello stato",
            "pl": "prezyden|prezes|przewodnicz|rektor",
            "tr": "başkan|rektör",
        },
    ),
    _Office(
        r"(?:[Pp]rime [Mm]inisters?|Premiers?(?! League))",
        {
            "zh": "[总總]理|首[相长長]|揆|行政院[长長]|[内內]阁|內閣|省[长長]",
            "ja": "首相|総理|行政院長|首班",
            "ko": "총리|수상|행정원장",
            "vi": "thủ tướng|thủ hiến",
            "ru": r"премьер|председател\w+ (?:правительства|совета)|глав\w+ (?:\w+ )?(?:правительств|кабинет|кабмин)",
            "uk": r"прем.?єр|голов\w+ уряду|глав\w+ уряду|очільни\w+ уряду",
            "ar": "رئيس\\w*(?: \\w+)? (?:ال|لل)?(?:وزا?ر|حكوم)|الوزراء|الوزير الأول|رؤساء",
            "hi": "प्रधान ?मंत्री|प्रधान ?मन्त्री|पीएम|प्राइम मिनिस्टर|वज़ीर",
            "id": r"perdana menteri|\bpm\b|premier",
            "th": "นายก",
            "de": "premier|ministerpräsident|regierungschef|kanzler",
            "fr": r"premier\w* ministre|première? ministre|chef\w* du gouvernement|matignon|premiers? ministres?",
            "es": r"primer\w* ministr|premier|president[ea] del (?:gobierno|consejo)|jef[ea] de gobierno",
            "pt": r"primeir[oa]s?[- ]ministr|premi[êe]r?|chefe d[eo] governo",
            "it": r"prim[oai] ministr|premier|presidente del consiglio|capo del governo",
            "pl": r"premier|prezes\w* rady ministrów|szef\w* rządu",
            "tr": "başbakan",
        },
    ),
    _Office(
        "[Mm]inisters?",
        {
            "zh": "(?<!副)部[长長]|大臣|[外財财防經经內内衛卫教農农商交][长長相]|務委員|务委员"
            "|[阁閣]|首長|公使|[总總]理|牧[師师]",
            "ja": "(?<!副)大臣|相|閣僚|[省部外]長|長官|務委員|公使|総理|担当|牧師|聖職",
            "ko": "장관|외상|[^수]상\\b|각료|대신|총리|국무위원|정무위원|공사|장·차관|부장|목사",
            "vi": "bộ trưởng|ngoại trưởng|tổng trưởng|quốc vụ khanh|đại thần|công sứ|thủ tướng|mục sư",
            "ru": r"минист|глав\w+ (?:\w+ )?(?:мид|мин|ведомств|дипломат)|нарком|посланник|священник|пастор",
            "uk": "міністр|очільник|глав[аиіоу]|посланник|священник|пастор",
            "ar": "وزي|وزرا|الوزار|القس\\b|قسيس|كاهن",
            "hi": "मंत्री|मन्त्री|मंत्रियों|मिनिस्टर|वज़ीर|पादरी",
            "id": r"menteri|\bmen[a-z]{2,}|menlu|pendeta",
            "th": "รัฐมนตรี|รมว|รมต|เสนาบดี|นายก|บาทหลวง|ศิษยาภิบาล",
            "de": "minister|ressort|kanzler|senator|pfarrer|geistliche|pastor",
            "fr": "ministr|garde des sceaux|secrétaire d|pasteur",
            "es": "ministr|canciller|secretari|pastor|reverend",
            "pt": "ministr|chanceler|secretári|pastor|reverend",
            "it": "ministr|guardasigilli|pastore|reverend",
            "pl": "minist|szef|kanclerz|pastor|duchown",
            "tr": "bakan|nazır|papaz|rahip",
        },
        # "Deputy Foreign Minister" is a deputy; in "Deputy Minister and Minister of Economy" the second is none.
        not_after=r"(?:[Pp]rime|[Dd]eputy|[Vv]ice|[Aa]ssistant|[Ff]irst|[Jj]unior)[- ]"
        r"(?:(?!Minister)(?:[A-Z][\w'-]*|and|of|the),? ){0,6}",
    ),
    _Office(
        "[Mm]ayors?",
        {
            "zh": "[市鎮镇區区村里縣县郡鄉乡][长長]|首[长長]|市府|市政",
            "ja": "[市区町村府州都]長|都知事|メイヤー",
            "ko": "시장|구청장|군수|촌장|읍장",
            "vi": "thị trưởng|chủ tịch|đô trưởng|quận trưởng",
            "ru": r"мэр|градоначальник|бургомистр|городской голов|глав\w+ (?:\w+ )?(?:город|администрац)",
            "uk": r"\bмер|градоначальник|бургомістр|голов|очільник",
            "ar": "عمدة|عمد|محافظ|رئيس[ةا]? (?:ال)?بلدي|أمين|رئيس مجلس|مختار",
            "hi": "मेयर|महापौर|नगर ?प्रमुख|नगर ?पिता|नगरपति",
            "id": r"wali ?kota|walkot|bupati|lord mayor",
            "th": "นายกเทศมนตรี|นายก|ผู้ว่า",
            "de": "bürgermeister|stadtoberhaupt|stadtchef|rathauschef|stadtpräsident|\bob\b",
            "fr": r"\bmaires?\b|mairesse|édile|bourgmestre|municipal",
            "es": "alcald|intendent|edil|regidor|burgomaestre|municipal",
            "pt": "prefeit|president[ea] da câmara|autarca|municipal",
            "it": r"sindac|primo cittadino|borgomastro|podestà",
            "pl": r"burmistrz|prezydent|wójt|\bmer",
            "tr": r"belediye|vali|muhtar",
        },
    ),
    _Office(
        "[Gg]overnors?",
        {
            "zh": "[州省縣县]|總督|总督|行[长長]|總裁|总裁|理事|知事|督|大公",
            "ja": "知事|総督|総裁|州|理事|督|県|刺史",
            "ko": "지사|총독|총재|도백|이사[장진회]",
            "vi": "thống đốc|tỉnh trưởng|thủ hiến|toàn quyền|tổng đốc|chủ tịch",
            "ru": r"губернатор|наместник|глав[аыуе]|управляющ|воевод",
            "uk": "губернатор|намісник|голов|глав[аиуі]|очільник|керуюч",
            "ar": "حاكم|محافظ|والي|ولاة|حكام",
            "hi": "गवर्नर|राज्यपाल|गवर्नेर|शासक",
            "id": "gubernur|cagub|wagub|pilgub",
            "th": "ผู้ว่า|ข้าหลวง|เจ้าเมือง",
            "de": "gouverneur|statthalter|(?:minister|bank|regierungs)präsident|landeshauptm|landeshauptfrau",
            "fr": r"gouverneur|préfet|présiden\w+ (?:du conseil|de la (?:région|banque))",
            "es": r"gobernador|president\w+ (?:de la (?:región|junta)|del banco)|intendent|mandatari",
            "pt": r"governador|president\w+ d[oa] (?:banco|região)|interventor",
            "it": r"governator|president\w+ (?:della|di) (?:regione|banca)|president\w+ regional|prefett",
            "pl": "gubernator|wojewod|prezes|namiestnik",
            "tr": r"\bvali|guvernör|(?:banka\w*|eyalet) başkan",
        },
    ),
    _Office(
        "[Ss]enators?",
        {
            "zh": "[參参上]議員|[参參上]议员|議員|议员|[參参]院",
            "ja": "議員|上院",
            "ko": "의원|상원",
            "vi": "nghị sĩ|nghị viên|dân biểu",
            "ru": "сенатор|сенат",
            "uk": "сенатор|сенат",
            "ar": "سيناتور|السناتور|سناتور|الشيوخ|نائب|سيناتو|عضو",
            "hi": "सीनेटर|सेनेटर|सांसद|सिनेटर|सीनेट|सेनेट",
            "id": "senat",
            "th": "วุฒิสมาชิก|สมาชิกวุฒิสภา|ส.ว|วุฒิ|สว",
            "de": "senat",
            "fr": "sénat",
            "es": "senad",
            "pt": "senad",
            "it": "senat",
            "pl": "senat",
            "tr": "senat",
        },
    ),
    _Office(
        "[Aa]mbassadors?",
        {
            "zh": "大使|代表|使節|使节",
            "ja": "大使|代表|使節|アンバサダー",
            "ko": "대사|대표|앰[배버]서더|특사",
            "vi": "đại sứ|sứ giả|sứ thần",
            "ru": r"\bпос[ол]|полпред|амбассадор",
            "uk": r"\bпос[ол]|амбасадор",
            "ar": "سفير|سفراء|السفارة|سفير",
            "hi": "राजदूत|दूत|एम्बेसडर|एंबेसडर|एम्बैसडर",
            "id": r"dubes|duta",
            "th": "ทูต|แอมบาสเดอร์",
            "de": "botschafter|gesandt",
            "fr": "ambassad",
            "es": "embajador|embajad",
            "pt": "embaixad",
            "it": "ambasciat",
            "pl": "ambasador|poseł|posła|posł",
            "tr": "büyükelçi|elçi",
        },
    ),
    _Office(
        r"(?:King(?= [A-Z])|(?<=[Tt]he )King)",
        {
            "zh": "王|帝|皇|宗|法老|君主",
            "ja": "王|帝|キング|宗|ファラオ|君主",
            "ko": "왕|킹|제|파라오|군주",
            "vi": "vua|vương|pharaoh|quân chủ",
            "ru": "корол|цар|кинг|фараон|монарх",
            "uk": "корол|цар|кінг|фараон|монарх",
            "ar": "ملك|ملوك|فرعون|عاهل|كينغ|كينج|كنج",
            "hi": "राजा|नरेश|सम्राट|महाराज|किंग|बादशाह|शाह|फ़?राओ|फिरौन",
            "id": r"raja|\bking|firaun",
            "th": "กษัตริย์|กษัตรา|ราชา|พระเจ้า|พระบาท|ในหลวง|คิง|ฟาโรห์",
            "de": "könig|monarch|pharao",
            "fr": r"\broi|monarque|pharaon",
            "es": r"\brey|reinado|monarca|faraón",
            "pt": r"\breis?\b|reinado|monarca|faraó",
            "it": r"\bre\b|monarca|faraone|sovrano",
            "pl": "król|monarch|faraon",
            "tr": "kral|firavun|hükümdar",
        },
        # King is a surname too.
        not_after=r"\b[A-Z][\w.-]{0,30} ",
    ),
)


# In lower case; what an office is called in English has one of them.
_SIGNS: Final = (
    *("vice", "deputy", "secretary", "presiden", "prime", "premier", "minister", "mayor", "governor"),
    *("senator", "ambassador", "king"),
)


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]]:
    """Of each office what stands for it in a language, its English, and what makes that another office."""
    return [
        (
            re.compile(office.words[code], re.IGNORECASE),
            re.compile(rf"\b{office.english}\b"),
            re.compile(rf"{office.not_after}\Z") if office.not_after else None,
        )
        for office in _OFFICES
        if code in office.words
    ]


def check_offices(judged: Judged) -> list[Doubt]:
    """A doubt "office-changed" for each high office in the English for which the source has no word, or too few.

    English may say an office once more than the source, which has a pronoun or nothing there: in 2,996 sentences of
    Korean news (Park) and 1,000 of NTREX-128 in seventeen languages no translation by hand does so more than once.

    Judged for seventeen languages; an office in Latin letters (Vice President) may stand in a source of any script.
    """
    source, source_language, english = judged.source, judged.language, judged.english
    lowered = english.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return []
    doubts: list[Doubt] = []
    folded = source.casefold()
    for words, office, not_after in _patterns(base(source_language)):
        said = [
            match[0]
            for match in office.finditer(english)
            if not (not_after and not_after.search(english, 0, match.start())) and match[0].casefold() not in folded
        ]
        if not said:
            continue
        named = sum(1 for _ in words.finditer(source))
        if not named:
            doubts.append(Doubt("office-changed", f"the source has no “{said[0]}”"))
        elif len(said) > named + 1:
            doubts.append(Doubt("office-changed", f"“{said[0]}” is there {len(said)} times, in the source {named}"))
    return doubts
