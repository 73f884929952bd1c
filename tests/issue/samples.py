"""Articles as the stages leave them: what four of the seeds and an Arabic, a Swahili and an English report come to."""

from __future__ import annotations

from pipeline.article import (
    Article,
    Content,
    Document,
    Entity,
    Language,
    Metadata,
    Summary,
    Tag,
    Tags,
    Translation,
    TranslationWarning,
)

MODEL = "worldbrief-qwen2.5-1.5b@eed0029bd511/openvino-int8/int8"
METHOD = "extractive/all-minilm-l6-v2"
ECONOMY = Tag(scheme="medtop", code="04000000", label="economy, business and finance", score=0.9)
POLITICS = Tag(scheme="medtop", code="11000000", label="politics and government", score=0.8)
SCIENCE = Tag(scheme="medtop", code="13000000", label="science and technology", score=0.7)
TRADE = Tag(scheme="medtop", code="20000346", label="international trade", score=0.6)
KEYPHRASE = Tag(scheme="keyphrase", code="", label="laser technology", score=0.5)


def article(
    source: str,
    *,
    language: str = "en",
    title: str = "A headline",
    english: str | None = None,
    text: str = "A paragraph.",
    summary: str | None = "A summary.",
    one_line: str = "",
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    tags: tuple[Tag, ...] = (),
    entities: tuple[Entity, ...] = (),
    warnings: tuple[TranslationWarning, ...] = (),
    is_draft: bool = False,
    is_update: bool = False,
) -> Article:
    """An article that has passed every stage; with `english` it was translated."""
    return Article(
        document=Document(source=source, data=b"", media_type="text/plain", metadata=Metadata()),
        content=Content(title=title, paragraphs=(text,), url=url, published=published, publisher=publisher),
        language=Language(code=language, score=0.99),
        translation=None
        if english is None
        else Translation(title=english, paragraphs=(text,), model=MODEL, warnings=warnings, is_draft=is_draft),
        summary=None if summary is None else Summary(text=summary, one_line=one_line or summary, method=METHOD),
        tags=Tags(tags=tags, entities=entities),
        is_update=is_update,
    )


VIETNAMESE = article(
    "seeds/000_5320886910935478.txt",
    language="vi",
    title="Đài Loan và Lithuania tổ chức Hội nghị Đối thoại Kinh tế lần thứ 2, ký kết 3 Bản ghi nhớ hợp tác về công"
    " nghệ laser",
    english="Taiwan and Lithuania hold second economic dialogue and sign three memorandums on laser technology",
    summary="Taiwan and Lithuania held their second Economic Dialogue in Taipei on 20 February and signed three"
    " memorandums of understanding on laser technology. Deputy Minister of Economic Affairs Chen Chern-chyi said the"
    " two sides would set up a laser research centre in Tainan with an investment of 3.5 million euros.",
    one_line="A joint laser research centre is to open in Tainan.",
    published="2024-02-20",
    publisher="New Southbound Policy Portal",
    tags=(ECONOMY, SCIENCE, TRADE, KEYPHRASE),
    entities=(Entity(text="Lithuania", type="place", count=7),),
)
SIMPLIFIED = article(
    "seeds/001_0cb905bc6b557fb5.txt",
    language="zh-Hans",
    title="台美经济对话达九大成果 深化紧密伙伴关系",
    english="Taiwan–US economic dialogue yields nine results and deepens a close partnership",
    summary="The Foreign Ministry said on 21 November that the first Taiwan–US Economic Prosperity Partnership Dialogue"
    " had been fruitful. The two sides agreed on supply chains, 5G networks and investment screening, and signed a"
    " five-year memorandum under which talks are held every year.",
    one_line="Both sides signed a five-year memorandum; talks are to be held every year.",
    url="https://www.epochtimes.com/gb/20/11/21/n12565655.htm",
    published="2020-11-21T11:08:55.000Z",
    publisher="大纪元",
    tags=(POLITICS, ECONOMY),
    is_update=True,
)
TRADITIONAL = article(
    "seeds/002_c35d6c404355d9ca.txt",
    language="zh-Hant",
    title="接見「日本臺灣商會聯合總會」回國訪問團 卓揆:臺日「強強聯手」合作 打造更堅固民主供應鏈",
    english="Premier Cho receives Taiwanese chambers of commerce in Japan and calls for stronger supply chains",
    summary="Premier Cho Jung-tai said on 4 February that the government was pressing ahead with ten new AI projects"
    " and hoped to work more closely with Japanese ministries and industry. Some 1.48 million visitors from Taiwan"
    " went to Japan in the first quarter, he said, against 1.16 million a year before.",
    one_line="Taipei wants Japanese partners for its ten new AI projects.",
    published="2026-02-04",
    publisher="全國大小事新聞網",
    tags=(POLITICS, TRADE),
    warnings=(
        TranslationWarning(kind="number-invented", paragraph=0, detail="“1.48 million” against 148萬"),
        TranslationWarning(kind="number-lost", paragraph=2, detail="“116萬”"),
        TranslationWarning(kind="number-lost", paragraph=4, detail="“今(4)日”"),
    ),
)
KOREAN = article(
    "seeds/004_9365bd57cb48019e.txt",
    language="ko",
    title="[또럼 서기장 방한] 베트남-한국, 과학기술 협력을 새로운 희망의 빛으로 만들자",
    english="General Secretary Tô Lâm in Seoul: Vietnam and South Korea to make science a new beacon of hope",
    summary="General Secretary Tô Lâm told the Korea Institute of Science and Technology that Vietnam regards science"
    " and innovation as the engine of its growth. He proposed joint laboratories for semiconductors, biotechnology and"
    " artificial intelligence, and exchanges of young researchers.",
    one_line="Hanoi proposes joint laboratories for chips, biotechnology and AI.",
    url="https://www.ajunews.com/view/20250811191520001?a=1&b=2",
    published="2025-08-11T19:15:20+09:00",
    publisher="아주경제",
    tags=(SCIENCE, POLITICS),
    is_draft=True,
)
ARABIC = article(
    "feed/aljazeera.xml#3",
    language="ar",
    title="مصر وقبرص توقعان اتفاقا لربط حقل «كرونوس» بمحطة إسالة الغاز في دمياط",
    english="Egypt and Cyprus sign agreement to link the Cronos field to the Damietta gas liquefaction plant",
    summary="Egypt and Cyprus signed an agreement on Monday under which gas from the Cronos field will be liquefied in"
    " Damietta and shipped to Europe. First deliveries are planned for 2027, the Egyptian petroleum minister said.",
    one_line="First gas for Europe is planned for 2027.",
    url="https://www.aljazeera.net/ebusiness/2025/2/17/مصر-وقبرص",
    published="2025-02-17T14:05:00+03:00",
    tags=(ECONOMY,),
)
SWAHILI = article(
    "feed/mwananchi.xml#7",
    language="sw",
    title="Mvua kubwa zakata barabara kuu ya kaskazini",
    english="Heavy rains cut the northern highway",
    summary="Heavy rains have cut the northern highway in two places, the roads agency said.",
    url="https://www.mwananchi.co.tz/mw/habari/mvua-4918872",
    published="2025-03-01",
    publisher="Mwananchi",
    tags=(Tag(scheme="medtop", code="03000000", label="disaster, accident and emergency incident", score=0.7),),
    warnings=(
        TranslationWarning(kind="unmeasured-model", paragraph=-1, detail="nobody has measured the model for Swahili"),
    ),
    is_draft=True,
)
ENGLISH = article(
    "table.jsonl#12",
    title="Reservoirs in northern Kenya fall to a third of capacity as rains fail for a second season",
    text="Water levels fell.",
    summary="Reservoirs in northern Kenya have fallen to 34 per cent of capacity, the water authority said. Two rainy"
    " seasons have failed, and 1.2 million people now depend on tankers.",
    one_line="Some 1.2 million people depend on tankers.",
    url="https://www.nation.africa/kenya/counties/turkana/reservoirs-4918872",
    published="2025-03-02",
    publisher="Daily Nation",
    tags=(Tag(scheme="medtop", code="06000000", label="environment", score=0.9),),
)
SAMPLE = (VIETNAMESE, SIMPLIFIED, TRADITIONAL, KOREAN, ARABIC, SWAHILI, ENGLISH)
