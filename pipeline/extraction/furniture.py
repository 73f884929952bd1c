"""Lines that newspapers put around an article: credits, captions, links to other articles, rights, sharing.

The words are those that outlets of many countries share, never the names of outlets. A line is judged alone here;
what its neighbours say of it is `pipeline.extraction.dump`'s concern.
"""

from __future__ import annotations

import re

_NAME = "[\u4e00-\u9fff·‧]{2,4}?"
# Cities that head datelines of the Chinese-language press: they end the reporter's name, which no space does.
_PLACE = (
    "(?:台北|臺北|新北|桃園|桃园|新竹|苗栗|台中|臺中|彰化|南投|雲林|云林|嘉義|嘉义|台南|臺南|高雄|屏東|屏东|宜蘭|"
    "宜兰|花蓮|花莲|"
    "台東|臺東|澎湖|金門|金门|基隆|香港|澳門|澳门|北京|上海|廣州|广州|深圳|東京|东京|大阪|首爾|首尔|河內|河内|"
    "胡志明市|曼谷|"
    "新加坡|吉隆坡|雅加達|雅加达|馬尼拉|马尼拉|新德里|華盛頓|华盛顿|紐約|纽约|洛杉磯|洛杉矶|舊金山|旧金山|倫敦|"
    "伦敦|巴黎|柏林|"
    "布魯塞爾|布鲁塞尔|日內瓦|日内瓦|羅馬|罗马|莫斯科|基輔|基辅|雪梨|悉尼|墨爾本|墨尔本|多倫多|多伦多|溫哥華|"
    "温哥华|耶路撒冷|"
    "綜合|综合|編譯|编译)"
)
_KIND = (
    "(?:综合报导|综合报道|綜合報導|攝影報導|摄影报道|专题报导|專題報導|报导|报道|報導|報道|專電|专电|外電|外电|電|电|"
    "讯|訊|攝|摄)"
)
_REPORTER = re.compile(
    f"(?:特派员|特派員|特約記者|特约记者|記者|记者)(?P<name>{_NAME})(?:[/／]?{_PLACE})?[/／]?(?:\\d+日)?{_KIND}$"
)
_DATELINE = re.compile(
    f"^(?:【[^】]{{2,40}}(?:讯|訊|电|電|报道|報導|报导)】\\s*)?(?:[（(](?P<who>[^（）()]{{2,40}}{_KIND})[）)]\\s*)?"
)
_EDITORS = "(?:责任编辑|責任編輯|责编|責編|编辑|編輯|核稿|譯者|译者|審核|审核|校對|校对|文字编辑|主編|主编)"
_EDITOR_TAIL = re.compile(f"\\s*[（(]{_EDITORS}[^（）()]{{0,40}}[）)]\\s*(?:\\d{{7,8}})?$")
_EDITOR_LINE = re.compile(f"^[（(【]?{_EDITORS}[^：:]{{0,4}}[：:].{{0,40}}$")

_KOREAN_BYLINE = re.compile(
    r"^(?:\[?[\w=]{0,20}\s)?(?P<name>[가-힣]{2,4})\s?(?:선임|전문|수습|인턴)?기자(?:\s*[=|/]?\s*\S+@\S+)?$"
)
_LATIN_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|oleh|bởi|автор|autor|autora|auteur|réd\.|text)(?:\s*:\s*|\s+)"
    r"(?P<name>[^\W\d_][\w.'’-]+(?:\s+[\w.'’-]+){1,4})$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RIGHTS = re.compile(
    r"©|Ⓒ|ⓒ|\(c\)\s*\d{4}|\bcopyright\b|all rights reserved|무단\s?전재|재배포 금지|版權所有|版权所有|著作權|"
    r"無断転載|禁無断|転載を禁|"
    r"tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|все права защищены|"
    r"bản quyền (?:thuộc|©)|"
    r"सर्वाधिकार सुरक्षित|جميع الحقوق محفوظة|สงวนลิขสิทธิ์",
    re.IGNORECASE,
)
_CREDIT_WORD = (
    "photos?|image|picture|foto|fotos|fotografía|fotoğraf|bild|bilder|ảnh|hình|photo credit|crédit|credit|kredit|"
    "写真|画像|圖|图|圖片|图片|照片|圖源|图源|攝影|摄影|撮影|사진|фото|صورة|الصورة|ภาพ|फोटो|תמונה|φωτό"
)
_CAPTION_END = re.compile(
    rf"(?<=[.!?。」”])\s*(?:{_CREDIT_WORD})\s*[:：]\s*[^.:：]{{1,40}}$|[(（\[【](?:{_CREDIT_WORD})\s*[:：/／=].{{1,60}}[)）\]】]\.?$",
    re.IGNORECASE,
)
_CAPTION_START = re.compile(rf"^[▲△▼◀▶]|^[(（\[【]?(?:{_CREDIT_WORD})\s*[:：/／=]", re.IGNORECASE)
_CAPTION_MAKER = re.compile(
    "(?:\\.|。|\\s)(?:사진\\s?=\\s?\\S.{0,30}|사진제공.{0,30}|연합뉴스|[\u4e00-\u9fff]{2,12}(?:攝|摄|撮影|"
    "提供))(?:\\s+\\d{2,4}年\\d+月\\d+日)?$"
)
_RELATED = re.compile(
    r"^[-–•►▶>»\s]*(?:read (?:more|also|next)|see also|related(?: (?:articles?|stories|news|topics|posts))?|"
    r"more on this|"
    r"recommended|most (?:read|popular|viewed)|latest news|don't miss|lesen sie (?:auch|mehr)|mehr zum thema|"
    r"lire aussi|"
    r"à lire(?: aussi)?|sur le même sujet|lee también|leer más|te puede interesar|noticias relacionadas|"
    r"leia (?:também|mais)|"
    r"leggi anche|lees ook|les også|läs (?:också|mer|även)|læs også|lue myös|czytaj (?:także|też|więcej)|zobacz też|"
    r"čtěte také|читайте (?:также|ещё|еще)|читать далее|читайте також|по теме|xem thêm|đọc thêm|tin liên quan|"
    r"bài liên quan|"
    r"tin cùng chuyên mục|baca juga|berita terkait|lihat juga|ilgili haberler|bunu da oku|اقرأ (?:أيضا|أيضاً|المزيد)|"
    r"مواضيع ذات صلة|اخبار ذات صلة|อ่าน(?:เพิ่มเติม|ข่าว|ต่อ)|ข่าวที่เกี่ยวข้อง|यह भी पढ़ें|ये भी पढ़ें|संबंधित खबरें|"
    r"相關(?:的)?(?:文章|新聞|報導|閱讀)|相关(?:的)?(?:文章|新闻|报道|阅读)|延伸閱讀|延伸阅读|推薦閱讀|推荐阅读|"
    r"熱門新聞|热门新闻|最新新聞|"
    r"下一篇(?:文章)?|上一篇(?:文章)?|関連(?:記事|ニュース)|あわせて読みたい|こちらも読む|관련\s?(?:기사|뉴스)|"
    r"많이 본 (?:기사|뉴스))"
    r"(?=\s*(?:[:：.\-–—|>»]|$))",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"^(?:share|teilen|partager|compartir|condividi|compartilhar|поделиться|chia sẻ|bagikan|paylaş|شارك|แชร์|साझा करें|"
    r"分享|分享到.*|轉發|转发|シェア|ポスト|공유(?:하기)?|공유 .*|print|drucken|imprimer|imprimir|列印|打印|인쇄|印刷|"
    r"(?:facebook|twitter|x|line|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|instagram|kakao\w*)"
    r"(?:[\s,|/・•]+(?:facebook|twitter|x|line|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|instagram|"
    r"copy link))*|"
    r"(?:share|分享|tweet|post)\s?(?:on|this|via|to|with|到).{0,40}|advertisement|anzeige|publicité|publicidad|"
    r"реклама|廣告|广告|광고|広告|"
    r"quảng cáo|iklan|reklam|إعلان|โฆษณา|विज्ञापन|크게보기|확대보기|拡大|read less|show more|continue reading|"
    r"skip to .{0,30})[:.!…]?$",
    re.IGNORECASE,
)
# Asks to subscribe. The words alone are news too ("구독자 100만 명"), so each is that of an offer or a command.
_APPEAL = re.compile(
    r"^\W*(?:subscribe\b|sign up (?:to|for)\b|follow us\b|join our\b|support our\b|click here\b|download our\b|"
    r"(?:jetzt |hier )*(?:abonnieren sie|abonniere)\b|jetzt (?:abonnieren|anmelden|lesen)\b|"
    r"hier (?:geht es|geht's) zu|hier klicken\b|"
    r"abonnez-vous|inscrivez-vous|suivez-nous|cliquez ici|suscr[ií]b(?:ete|ase|a?t[eé])\b|síguenos|haz clic|"
    r"subscreva\b|assine\b|siga-nos|inscreva-se|clique aqui|abbonati\b|iscriviti\b|seguici\b|clicca qui|"
    r"abonneer (?:je|u)\b|schrijf je in|meld je aan|volg ons|prenumerera\b|följ oss|klicka här|abonn[eé]r (?:på|nu)\b|"
    r"tegn abonnement|følg os|følg oss|klikk her|klik her|tilaa (?:uutiskirje|lehti|nyt)|seuraa meitä|subskrybuj\b|"
    r"zaprenumeruj|zapisz się (?:do|na)\b|kliknij tutaj|odebírejte|předplaťte si|sledujte nás|klikněte (?:zde|sem)|"
    r"iratkoz(?:z|zon) fel|kövess(?:en)? (?:minket|bennünket)|kattintson ide|abonează-te|abonați-vă|urmărește-ne|"
    r"подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтесь)|абонирайте се|последвайте ни|εγγραφείτε|ακολουθήστε μας|"
    r"abone ol(?:un|mak için)?\b|bizi takip edin|berlangganan (?:sekarang|newsletter)|ikuti kami|langganan sekarang|"
    r"đăng ký (?:nhận|theo dõi) (?:bản )?(?:tin|kênh|email)|theo dõi chúng tôi|اشترك (?:في|الآن)|تابعونا|مشترک شوید|"
    r"ما را دنبال کنید|הירשמו ל|עקבו אחרינו|सब्सक्राइब करें|हमें फॉलो करें|সাবস্ক্রাইব করুন|สมัครสมาชิก|ติดตามเราได้ที่|"
    r"กดติดตาม|立即訂閱|立即订阅|訂閱(?:我們|電子報)|订阅我们|點我|点击(?:这里|此处)|點擊(?:這裡|此處)|詳しくはこちら|"
    r"구독하기|구독(?:해|하여) (?:주|보)|여기를 클릭)"
    r"|[有無]料会員(?:に(?:なる|登録)|登録|限定)|会員限定(?:の有料)?記事|有料記事(?:読み放題|がお読み)|この記事は有料",
    re.IGNORECASE,
)
# A line that says what it is: "Quelle: dpa", "Tags: ...", "Newsletter: ...".
_LABEL = re.compile(
    rf"^\W*(?:{_CREDIT_WORD}|sources?|quellen?|fuentes?|fontes?|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|"
    r"источник|джерело|източник|πηγή|kaynak|sumber|nguồn|المصدر|منبع|מקור|स्रोत|সূত্র|ที่มา|來源|来源|出典|출처|"
    r"author|autor|autore?|auteur|автор|penulis|editor|tác giả|newsletter|podcast|video|tags?|keywords?|"
    r"schlagw[oö]rter|stichw[oö]rter|mots[- ]clés|etiquetas|palabras clave|palavras-chave|parole chiave|trefwoorden|"
    r"słowa kluczowe|tagi|štítky|címkék|etichete|теги|ключевые слова|etiketler|từ khóa|الوسوم|كلمات مفتاحية|แท็ก|टैग|"
    r"關鍵字|关键词|標籤|标签|キーワード|タグ|태그|키워드)\s*[:：/／|]",
    re.IGNORECASE,
)


def strip_dateline(paragraph: str) -> tuple[str, tuple[str, ...]]:
    """A Chinese-language opening without 【...訊】（...報導）, and the reporter if the dateline names one for sure."""
    match = _DATELINE.match(paragraph)
    if match is None or not match.end() or match.end() == len(paragraph):
        return paragraph, ()
    reporter = _REPORTER.search(match["who"]) if match["who"] else None
    return paragraph[match.end() :], (reporter["name"],) if reporter else ()


def strip_editor(paragraph: str) -> str:
    """A closing without （編輯：name）and the filing date behind it."""
    return _EDITOR_TAIL.sub("", paragraph)


def byline(line: str) -> str | None:
    """The writer, if the line is a byline and nothing else."""
    text = line.strip("[]()（）【】 ")
    match = _KOREAN_BYLINE.match(text) or _LATIN_BYLINE.match(text)
    if match is None or len(line) > 80:
        return None
    name = match["name"].strip()
    # "By Monday afternoon" opens a sentence: a name has a capital at every word, where its script has capitals.
    words = [word for word in name.split() if len(word) > 3]
    return name if all(word[0].isupper() or not word[0].islower() for word in words) else None


def is_caption(line: str) -> bool:
    """The line ends or begins with a picture credit."""
    return len(line) < 700 and bool(
        _CAPTION_END.search(line) or _CAPTION_START.match(line) or _CAPTION_MAKER.search(line)
    )


def is_furniture(line: str) -> bool:
    """The line is about the page or its makers, not about the news. Says nothing of menus and other headlines."""
    if len(line) > 600:
        return False
    short = len(line) <= 200
    return bool(
        _EDITOR_LINE.match(line)
        or (short and (_RIGHTS.search(line) or _RELATED.match(line) or _SHARING.match(line)))
        or (_MAIL.search(line) and len(_MAIL.sub("", line)) < 60)
        or byline(line)
    )


def is_appeal(line: str) -> bool:
    """The line asks its reader to subscribe, to follow or to click."""
    return len(line) <= 200 and _APPEAL.search(line) is not None


def is_label(line: str) -> bool:
    """The line is a few words behind the name of what it is: a source, a credit, tags, a newsletter."""
    return len(line) <= 120 and _LABEL.match(line) is not None


def ends_article(line: str) -> bool:
    """The line is a heading over other articles and nothing more."""
    match = _RELATED.match(line)
    return match is not None and not re.search(r"\w", line[match.end() :])


_RIGHTS_HOLDER = re.compile(
    r"(?:©|ⓒ|\(c\)\s|copyrights?\b)[\s:©ⓒ]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?[\s,.]*(?:by\s+)?"
    r"([^\W\d_][^|·•,;.。©ⓒ()]{1,59}?)\s*(?:\b(?:all rights|corp|inc|ltd|co)\b|版權|版权|著作|무단|[|·•,;.。]|$)",
    re.IGNORECASE,
)


def rights_holder(line: str) -> str | None:
    """Who claims the rights in a footer line such as "© 2025 Example News. All rights reserved"; None where nobody."""
    match = _RIGHTS_HOLDER.search(line)
    return match[1].strip() if match and not match[1].casefold().startswith(("all rights", "rights")) else None
