"""Negations that a translation lost or made up.

Judged where word lists can tell: a clear negation in the source asks for any negative word in the English, a clear one
in the English for any in the source. Languages and lists were kept only where they doubt at most 2 % of the human
translations of FLORES-200 dev (997 sentences each); see tests/benchmarks/gate.py.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.language.codes import base
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

# Every way in which English may say it.
_ENGLISH_ANY = re.compile(
    r"n['’]t\b|\b(?:not|no|non|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|unable|hardly|barely|rarely"
    r"|seldom|scarcely|little|fewer|less|except\w*|unless|until|instead|rather than|other than"
    r"|fail\w*|lack\w*|refus\w*|den(?:y|ie[ds]|ying|ial)|avoid\w*|prevent\w*|stop\w*|ban(?:s|ned|ning)?|reject\w*|prohibit\w*"
    r"|forbid\w*|forbade|absen\w*|devoid|miss(?:ed|ing|es)|refrain\w*|oppos\w*|ceas\w*|halt\w*|despite|regardless|beyond"
    r"|exclud\w*|los[es]\w*|lost|far from|free (?:of|from)|against"
    r"|un(?!i(?:t|v|on|q|f)|der|til|cle|fortunate|usual)\w{3,}|in(?:ab|accur|adeq|appr|cap|compl|consist|correct|corr|def|depend|dir|eff"
    r"|ev|exp|fin|sec|signif|stab|suff|tol|val|vis)\w+|im(?:poss|prob|pract|mob|perf|moral|mature)\w+"
    r"|il(?:leg|log)\w+|ir(?:reg|rel|resp|rev)\w+|dis(?!c[uo]|tr|ta|pl|k|h|as|ease|abilit|order|tinct)\w{3,}|non-?\w{3,}|\w{3,}less(?:ly|ness)?)\b",
    re.IGNORECASE,
)
# Clear negations of a statement.
_ENGLISH_CLEAR = re.compile(
    r"(?:n['’]t|\b(?<!\bor )not|\bnever|\bcannot)\b"
    r"(?! (?:only|just|least|merely|simply|necessarily|far|to mention|until))"
    r"|\bno (?=[a-z])(?!longer|more|less|fewer|smaller|larger|sooner|matter|doubt|later|one\b.{0,20}but)"
    r"|\b(?:nobody|none|neither)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]")

# Language -> (clear negations, words that hold a negation without being one, everything that may be one).
_TABLE: dict[str, tuple[str, str, str]] = {
    "zh": (
        r"没有|沒有|并不|並不|并未|並未|并没|並沒|不会|不會|不能|不是|无法|無法|不可(?!思议|思議|避免|或缺)|从未(?!来)|從未(?!來)|尚未|不得(?!不)|未能|不再|不存在|不允许|不允許|不需要|不想|不愿"
        r"|不願|不知|不应|不應|不该|不該|并非|並非|毫[无無]|[不未][获獲予受被]|未(?:[给給经經说說提透公批达達参參采採作使]|收到|见到|見到)|不(?:提供|承[认認]|同意"
        r"|接受|支持|[许許准](?!确|確)|具[备備有]|[属屬]于|屬於|包括|包含|打算|[认認][为為]|相信|必(?!要|然|须|須|定)|用(?!说|說)|使用|影[响響])",
        r"不能不|不得不|不是不|没有不|有没有|有沒有|是不是|会不会|會不會|能不能|不仅|不僅|不但|不只|不光|不单|不單|不管|不论|不論|不可避免|不可或缺|不可思议|不可思議|不知不觉|没有什么比"
        r"|再.{0,6}不过|除非|不会.{0,10}直到|并不仅|並不僅|不能仅",
        r"[不没沒未非无無勿莫别別否免缺失禁拒绝絕零难難少]|除了|停止",
    ),
    "ja": (
        r"なかった|ではない|ではなく|じゃない|ていない|ていません|ません(?!か)|できない|できず|られない|れない|はない(?!か)|がない(?!か)|もない|もなく|しない|せず|なければ(?!なら|いけ)",
        r"なければならな|なければなりません|なくてはな|なければいけな|ざるを得|かもしれな|かもしれません|に違いない|にちがいない|だけでなく|だけではな|のみならず|のみではな|ばかりでな|間違いな"
        r"|に(?:ほかなら|[す過]ぎ)(?:な|ません)|しかな|しか.{1,14}な|しか.{1,14}ません|とは限らな|言うまでもな|まもな|間もな|少なくな|ほかな|わけではな|せざるを|ないわけ|ないと(?:なら|いけ)"
        r"|くはない|まで.{0,12}(?:ない|ません)|ほど.{0,12}(?:ない|ません)",
        r"な[いくかけき]|ず|ぬ|ません|まい|不|無|非|未|否|禁|拒|欠|止|反対|避|なし",
    ),
    "ko": (
        r"않(?!을까)|못했|못하|못한|수 없|없[었다습지으]|아니[다라고]|아닙|없이|(?<![가-힣])안 ?[되돼된됩됐]|잊지 마",
        r"뿐만 아니|뿐 아니|만이 아니|지 않으면|지 않을 수|틀림없|끊임없|상관없|관계없|수밖에|밖에|어쩔 수 없|않을까"
        r"|지 않겠|않고서"
        r"|없이는|때까지|변함이? ?없|아무렇지|문제 ?없이|거리낌 ?없|다름없|더할 나위|말할 것도 없|지나지 않아|얼마 안",
        r"않|못|없|아니|아닌|아닙|안 |안[되돼했한하]|불|무|비|미|말[라아고]"
        r"|금지|거부|거절|반대|실패|부족|말 것|부정|중단|제외",
    ),
    "vi": (
        r"\b(?:không|chưa|chẳng|chả)\b",
        r"\b(?:không chỉ|không những|hay không|không khí|không gian|không quân|hàng không|không phận|vũ trụ không"
        r"|chân không|(?:bằng|mức) không|không kể|không thể không|không ngừng|chưa kể|không ai khác|không hơn|không quá"
        r"|không lâu"
        r"|không kém|số không|trên không|không trung|cho đến|không bao lâu|không nhất thiết|không có gì|chưa từng"
        r"|chẳng hạn|chẳng mấy chốc)\b",
        r"\b(?:không|chưa|chẳng|chả|đừng|vô|phi|bất|cấm|thiếu|mất|từ chối|phủ nhận|chống|ngoại trừ|trừ|tránh|ngừng"
        r"|ít)\b",
    ),
    "de": (
        r"\b(?:nicht|nie|niemals|kein|keine|keinen|keinem|keiner|keines|nichts|niemand|niemanden)\b",
        r"\bnicht (?:nur|zuletzt|allein|unbedingt|mehr als|zu vergessen|weniger)\b|\bob .{0,60}\boder nicht\b"
        r"|\bnichts als\b|\bnoch nie\b|\bsolange\b|\bbevor\b|\bbis\b|\bkeineswegs\b|\bwenn nicht\b"
        r"|\bkeine? ander\w+",
        r"\b(?:nicht\w*|nie|niemals|kein\w*|nichts|niemand\w*|ohne|weder|noch|kaum|un\w{3,}|fehl\w*|verbot\w*"
        r"|verhinder\w*|nirgend\w*|wenig\w*|außer|statt|lehnt\w*|abgelehnt|weiger\w*|leugn\w*|bestr\w+|mangel\w*"
        r"|vermeid\w*|keineswegs|gegen|selten\w*|nein)\b|\w+(?:los|frei)(?:e[rnms]?)?\b",
    ),
    "fr": (
        r"\b(?:ne|n['’])\s?(?:[\w'’]+ ){1,4}?(?:pas|jamais|rien|aucun|aucune|plus)\b(?! (?:de |d['’])?(?:que"
        r"|qu['’]))|\bne (?:pas|jamais|plus)\b|\baucune?\b|\bet non\b",
        r"\bpas (?:seulement|uniquement|que|forcément|nécessairement|moins|mal)\b|\bplus (?:de|que|qu|\w+ que)\b"
        r"|\bjusqu|\bavant que|\bque\b.{0,4}$|\bà moins\b|\bn['’]?e? ?(?:[\w'’]+ ){1,4}que\b",
        r"\b(?:ne|n|pas|jamais|rien|aucun\w*|sans|ni|non|nul|nulle|personne|hormis|sauf|in\w{4,}|im\w{4,}|dé\w{4,}"
        r"|interdi\w*|empêch\w*|manqu\w*|refus\w*|peu|guère|absen\w*|ir\w{4,}|il\w{4,}|contre|nier|nie|évit\w*"
        r"|moins)\b",
    ),
    "es": (
        r"\b(?:no|nunca|jamás|nadie|ningún|ninguna|ninguno)\b",
        r"\bno (?:solo|sólo|solamente|obstante|más que|menos|necesariamente|únicamente|se trata solo|cabe duda"
        r"|fue sino|hace mucho|mucho)\b|\bsino\b|\bhasta\b|\bo no\b|\ba no ser\b|\bno .{0,30}más que\b|\bsi no\b",
        r"\b(?:no|nunca|jamás|nadie|ningun\w*|ningún\w*|sin|ni|nada|tampoco|in\w{4,}|im\w{4,}|des\w{4,}|prohib\w*"
        r"|impid\w*|impedi\w*|evit\w*|falt\w*|carec\w*|neg\w*|rechaz\w*|poc[oa]s?|apenas|ausen\w*|salvo|excepto"
        r"|ir\w{4,}|contra|dej\w+)\b",
    ),
    "pt": (
        r"\b(?:não|nunca|jamais|ninguém|nenhum|nenhuma)\b",
        r"\bnão (?:só|somente|apenas|obstante|mais que|mais do que|menos|necessariamente|muito|há dúvida)\b"
        r"|\bsenão\b|\bmas sim\b|\baté\b|\bou não\b|\ba não ser\b|\bse não\b|\bnão .{0,30}além\b",
        r"\b(?:não|nunca|jamais|ninguém|nenhu\w*|sem|nem|nada|in\w{4,}|im\w{4,}|des\w{4,}|proib\w*|imped\w*"
        r"|evit\w*|falt\w*|neg\w*|recus\w*|rejeit\w*|pouc[oa]s?|apenas|ausên\w*|ausent\w*|exceto|ir\w{4,}|contra"
        r"|deix\w+|tampouco)\b",
    ),
    "it": (
        r"\b(?:non|nessun|nessuno|nessuna|mai|niente|nulla)\b",
        r"\bnon (?:solo|soltanto|solamente|appena|necessariamente|molto|meno|altro|più di|più che)\b|\bbensì\b"
        r"|\bfinché\b|\bfino\b|\bo non\b|\ba meno\b|\bse non\b|\bpiù .{0,20}mai\b|\bmai (?:prima|visto)\b|\bsempre"
        r"|\bnon .{0,30}che\b|\bpiù che mai",
        r"\b(?:non|nessun\w*|mai|niente|nulla|senza|né|neanche|nemmeno|neppure|in\w{4,}|im\w{4,}|dis\w{4,}|viet\w*"
        r"|imped\w*|evit\w*|manc\w*|neg\w*|rifiut\w*|poc\w+|assen\w*|tranne|eccetto|ir\w{4,}|contro|no|s\w{5,})\b",
    ),
    "ru": (
        r"\b(?:не|нет|никогда|никто|ничего|нельзя|невозможно)\b",
        r"\bне (?:только|менее|более|просто|столько|обязательно|исключено|раз|далеко|так давно|обойтись|считая|без"
        r"|один|одна|сколько|обойдется)\b|\bпока\b|\bчуть не\b|\bедва\b|\bесли не\b|\bили нет\b|\bне .{0,20}, а\b"
        r"|\bдо тех пор\b|\bпрежде\b|\bкак нельзя|\bнельзя не\b|\bне мо\w+ не\b|\bникто ино|\bничто ино",
        r"\b(?:не\w*|нет|ни\w*|без\w*|бес\w*|нельзя|отказ\w*|запре\w*|отриц\w*|отсутств\w*|мало|кроме|против\w*"
        r"|лиш\w*|отверг\w*|избе\w+|вряд|едва|прекра\w+|а)\b",
    ),
    "ar": (
        r"\b(?:لم|لن|ليس|ليست|لا)\b",
        r"\b(?:لا يزال|لا تزال|لا زال|ما زال|لا سيما|لا بد|لا شك|لا يقل|لا تقل|إلا|سوى|فحسب|فقط|حتى|لا غنى"
        r"|ليس بالضرورة|أم لا|أو لا|لا محالة|لا مفر|لا يتجزأ|لا يزالون|لا يعد ولا)\b|لا زالت|ولا سيما",
        r"(?:\b|[وفبلأ]{1,2})(?:لم|لن|ليس\w*|لا|ما|دون|بدون|غير|عدم|بلا|رفض\w*|ي?ن?نف[يىت]\w*|منع\w*|يمنع|تمنع"
        r"|حظر\w*|سوى|إلا|ألا|كلا|لسنا|لست|ليسوا|عديم\w*|قل[يّ]\w*|ضد|انعدام|نقص|لولا|لما|لمّا|نادر\w*)\b|لا",
    ),
    "hi": (
        r"नहीं|(?<!\S)न (?!केवल|सिर्फ|कि |कोई|ही |तो )",
        r"न केवल|नहीं बल्कि|केवल .{0,30}नहीं|सिर्फ़? .{0,30}नहीं|जब तक|तब तक|या नहीं|ही नहीं|इतना ही नहीं|यही नहीं"
        r"|से पहले|ज़्यादा नहीं|अधिक नहीं",
        r"नहीं|(?<!\w)(?:न|ना|मत|बिना|बग़ैर|बगैर|अ\w+|ग़?ैर\w*|नि\w+|इनकार|इंकार|रोक\w*|मना|कम|सिवाय|वंचित|अन\w+"
        r"|कोई|विफल|प्रतिबंध\w*)|असंभव|गैर|रहित|हीन|ना",
    ),
    "id": (
        r"\b(?:tidak|bukan|belum|tak|bukanlah|tidaklah)\b",
        r"\b(?:tidak hanya|bukan hanya|bukan saja|tidak lagi|atau tidak|tidak kurang|tidak lebih|tidak lama"
        r"|tidak hanya|bukan sekadar|tak hanya|tidak selalu|tidak jauh|sampai|hingga|sebelum|tidak harus"
        r"|tidak terlalu|tidak begitu|tidak perlu|tidak sedikit|tak lama|tak kurang|belum lama)\b",
        r"\b(?:tidak\w*|bukan\w*|belum|tak|jangan|tanpa|ketidak\w*|anti\w*|non\w*|menolak|ditolak|larang\w*"
        r"|dilarang|melarang|kurang|kecuali|tiada|gagal|menghindar\w*|mencegah|hilang|kehilangan|enggan|nihil"
        r"|jarang|sedikit|nggak|membantah)\b",
    ),
    "th": (
        r"ไม่ได้|ไม่มี|ไม่ใช่|ไม่สามารถ|ไม่เคย|ไม่อาจ|ไม่ควร|ไม่ต้อง|ไม่เป็น|ไม่พบ|ไม่รู้|ไม่ทราบ|ไม่ยอม",
        r"ไม่เพียง|ไม่ใช่แค่|ไม่ใช่เพียง|ไม่ว่า|หรือไม่|ไม่น้อย|ไม่เกิน|ไม่นาน|ไม่ได้มีเพียง|ไม่แพ้|จนกว่า"
        r"|ไม่ได้เป็นเพียง|ไม่จำเป็น|ไม่มีใคร.{0,6}นอก|ไม่ได้มีแค่|ไม่เพียงแต่|ไม่เท่า|เว้นแต่|นอกจาก|ก่อน",
        r"ไม่|มิ|อย่า|ไร้|ปราศจาก|ห้าม|ปฏิเสธ|ขาด|ยกเว้น|อด|ยาก|ป้องกัน|หยุด|เปล่า|แทบ|น้อย|ต่อต้าน|งด|นอกจาก|ยัง",
    ),
    "sv": (
        r"\b(?:inte|aldrig|ingen|inget|inga|ingenting|icke|ej)\b",
        r"\binte (?:bara|endast|enbart|minst|mindre|nödvändigtvis|längre|mer än)\b|\btills\b|\binnan\b"
        r"|\beller (?:inte|ej)\b|\bom inte\b|\bförrän\b|\bså länge\b|\binte .{0,30}utan\b|\bingen annan\b"
        r"|\binget annat\b",
        r"\b(?:inte|aldrig|ing[ea]\w*|inget|icke\w*|ej|utan|o\w{4,}|varken|knappt|knappast|få|lite|förbj\w*"
        r"|förbud\w*|neka\w*|vägra\w*|saknade?\w*|brist\w*|undvik\w*|förhindra\w*|mot|miss\w+|sällan|förutom"
        r"|nej)\b|\w+(?:lösa?|fria?)\b",
    ),
    "tr": (
        r"\b(?:değil|değildir|değildi|yok|yoktur|yoktu|asla|hiçbir|hiç kimse)\b|m[ae]d[ıi](?:lar|ler)?\b"
        r"|m[ıiuü]yor(?:du|lar|lardı|dı)?\b",
        r"\bdeğil (?:mi|aynı)\b|\b(?:sadece|yalnızca) .{0,60}değil\b|\bkadar\b|\bönce\b|\byok (?:et|ol|edil|say)"
        r"|\bolup olmad\w+|\bdaha\b",
        r"\b(?:değil\w*|yok\w*|asla|hiç\w*|\w+s[ıiuü]z\w*|\w+m[ae]\w*|\w+m[ıiuü]\w*|reddet\w*|inkar|yasak\w*|karşı"
        r"|engel\w*|ne|hayır|az)\b",
    ),
}
_TABLE["yue"] = _TABLE["zh"]
_TABLE["ms"] = _TABLE["id"]


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    lists = _TABLE.get(code)
    return (
        None
        if lists is None
        else (
            re.compile(lists[0], re.IGNORECASE),
            re.compile(lists[1], re.IGNORECASE),
            re.compile(lists[2], re.IGNORECASE),
        )
    )


def check_negation(judged: Judged) -> list[Doubt]:
    """A doubt "negation-changed" where one of source and English clearly negates and the other has no negative word.

    Empty for languages without a list and for questions, which ask the same with a negation and without one.
    """
    source, language, english = judged.source, judged.language, judged.english
    patterns = _patterns(base(language))
    if patterns is None or _QUESTION.search(source):
        return []
    clear, idioms, anything = patterns
    found = None if idioms.search(source) else clear.search(source)
    if found and not _ENGLISH_ANY.search(english):
        return [Doubt("negation-changed", f"the source says “{found[0].strip()}”, the English negates nothing")]
    made = _ENGLISH_CLEAR.search(english)
    if made and not anything.search(source):
        return [Doubt("negation-changed", f"the English says “{made[0].strip()}”, the source negates nothing")]
    return []
