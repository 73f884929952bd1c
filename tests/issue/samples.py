"""Articles as the stages leave them: what four of the seeds and an Arabic, a Swahili and an English report come to."""

from __future__ import annotations

from typing import get_args

from pipeline.article import (
    Article,
    Content,
    Document,
    Entity,
    Language,
    Metadata,
    Quote,
    Sentence,
    Summary,
    Tag,
    Tags,
    Translation,
    TranslationWarning,
)
from pipeline.config import Format, IssueSection
from pipeline.issue import render as formats
from pipeline.issue.channels import Channels, channels_of
from pipeline.issue.issue import Issue
from pipeline.text.english import shorten

MODEL = "worldbrief-qwen2.5-1.5b@eed0029bd511/openvino-int8/int8"
METHOD = "extractive/all-minilm-l6-v2"
ECONOMY = Tag(scheme="medtop", code="04000000", label="economy, business and finance", score=0.9)
POLITICS = Tag(scheme="medtop", code="11000000", label="politics and government", score=0.8)
SCIENCE = Tag(scheme="medtop", code="13000000", label="science and technology", score=0.7)
TRADE = Tag(scheme="medtop", code="20000373", label="international trade", score=0.6)
KEYPHRASE = Tag(scheme="keyphrase", code="", label="laser technology", score=0.5)


# Every format is written, and linked where another may link to it.
CHANNELS = channels_of(IssueSection(formats=get_args(Format)))


def render(issue: Issue, name: str, channels: Channels = CHANNELS) -> bytes:
    """One format of the issue, without recipients by default."""
    return formats.render(issue, name, channels)


def article(
    source: str,
    *,
    language: str = "en",
    title: str = "A headline",
    english: str | None = None,
    text: str = "A paragraph.",
    summary: str | None = "A summary.",
    quoted: tuple[tuple[str, str], ...] = (),
    doubted: tuple[tuple[str, str, str, str], ...] = (),
    headline: str | None = None,
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
    """An article that has passed every stage; with `english` it was translated.

    Args:
        quoted: (original, English) of the sentences of the summary; by default `summary`, translated from `text`.
        doubted: (original, English, kind of doubt, detail) of further sentences.
        headline: in English, to be printed; by default that of the article or of its translation.
    """
    pairs = quoted or (((text, summary),) if summary else ())
    sentences = (
        Sentence(paragraph=-1, source=title, text=english or ""),
        *(Sentence(paragraph=0, source=original, text=told) for original, told in pairs),
        *(Sentence(paragraph=0, source=original, text=told, doubts=(kind,)) for original, told, kind, _ in doubted),
    )
    translation = Translation(
        title=english or "",
        paragraphs=(" ".join(sentence.text for sentence in sentences[1:]),),
        model=MODEL,
        sentences=sentences,
        warnings=(
            *(TranslationWarning(kind=kind, paragraph=0, detail=detail) for _, _, kind, detail in doubted),
            *warnings,
        ),
        is_draft=is_draft,
    )
    foreign = english is not None
    told = " ".join(told for _, told in pairs)
    return Article(
        document=Document(source=source, data=b"", media_type="text/plain", metadata=Metadata()),
        content=Content(title=title, paragraphs=(text,), url=url, published=published, publisher=publisher),
        language=Language(code=language, score=0.99),
        translation=translation if foreign else None,
        summary=None
        if summary is None
        else Summary(
            text=told,
            one_line=one_line or _one_line([one for _, one in pairs], english or title),
            method=METHOD if told else "none",
            headline=(english or title or one_line) if headline is None else headline,
            quotes=tuple(
                Quote(text=one, sentence=place if foreign else -1) for place, (_, one) in enumerate(pairs, start=1)
            ),
        ),
        tags=Tags(tags=tags, entities=entities),
        is_update=is_update,
    )


def _one_line(quotes: list[str], title: str) -> str:
    return shorten.one_line(quotes, title) if any(quotes) else title


VIETNAMESE = article(
    "seeds/000_5320886910935478.txt",
    language="vi",
    title="Đài Loan và Lithuania tổ chức Hội nghị Đối thoại Kinh tế lần thứ 2, ký kết 3 Bản ghi nhớ hợp tác về công"
    " nghệ laser",
    english="Taiwan and Lithuania hold second economic dialogue and sign three memorandums on laser technology",
    quoted=(
        (
            "Đài Loan và Lithuania ngày 20 tháng 2 đã tổ chức Đối thoại Kinh tế lần thứ 2 tại Đài Bắc và ký ba"
            " bản ghi nhớ về công nghệ laser.",
            "Taiwan and Lithuania held their second Economic Dialogue in Taipei on 20 February and signed three"
            " memorandums of understanding on laser technology.",
        ),
        (
            "Thứ trưởng Bộ Kinh tế Trần Chính Kỳ cho biết hai bên sẽ lập trung tâm nghiên cứu laser tại Đài Nam"
            " với vốn đầu tư 3,5 triệu euro.",
            "Deputy Minister of Economic Affairs Chen Chern-chyi said the two sides would set up a laser"
            " research centre in Tainan with an investment of 3.5 million euros.",
        ),
    ),
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
    quoted=(
        (
            "外交部11月21日表示，首届台美经济繁荣伙伴对话成果丰硕。",
            "The Foreign Ministry said on 21 November that the first Taiwan–US Economic Prosperity Partnership"
            " Dialogue had been fruitful.",
        ),
        (
            "双方就供应链、5G网络及投资审查达成共识，并签署为期五年的备忘录，每年举行会谈。",
            "The two sides agreed on supply chains, 5G networks and investment screening, and signed a five-year"
            " memorandum under which talks are held every year.",
        ),
    ),
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
    quoted=(
        (
            "行政院長卓榮泰2月4日表示，政府正推動十大AI新建設，希望與日本各部會及產業界加強合作。",
            "Premier Cho Jung-tai said on 4 February that the government was pressing ahead with ten new AI"
            " projects and hoped to work more closely with Japanese ministries and industry.",
        ),
        (
            "他指出，今年第一季臺灣赴日旅客約148萬人次，去年同期為116萬人次。",
            "Some 1.48 million visitors from Taiwan went to Japan in the first quarter, he said, against 1.16"
            " million a year before.",
        ),
    ),
    doubted=(
        (
            "雙方投資金額達3億元。",
            "Investment on both sides came to 30 million dollars.",
            "number-invented",
            "“30 million” against 3億",
        ),
    ),
    published="2026-02-04",
    publisher="全國大小事新聞網",
    tags=(POLITICS, TRADE),
)
KOREAN = article(
    "seeds/004_9365bd57cb48019e.txt",
    language="ko",
    title="[또럼 서기장 방한] 베트남-한국, 과학기술 협력을 새로운 희망의 빛으로 만들자",
    english="General Secretary Tô Lâm in Seoul: Vietnam and South Korea to make science a new beacon of hope",
    quoted=(
        (
            "또럼 서기장은 한국과학기술연구원에서 베트남이 과학기술과 혁신을 성장의 동력으로 본다고 말했다.",
            "General Secretary Tô Lâm told the Korea Institute of Science and Technology that Vietnam regards"
            " science and innovation as the engine of its growth.",
        ),
    ),
    doubted=(
        (
            "그는 반도체 공동 연구소를 제안했다.",
            "He proposed a joint laboratory for superconductors.",
            "too-short",
            "part of it may be missing",
        ),
        (
            "양국은 젊은 연구자를 교류한다.",
            "The two countries exchange young refugees.",
            "low-confidence",
            "the model was unsure",
        ),
    ),
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
    quoted=(
        (
            "وقعت مصر وقبرص يوم الاثنين اتفاقا لإسالة غاز حقل كرونوس في دمياط وتصديره إلى أوروبا.",
            "Egypt and Cyprus signed an agreement on Monday under which gas from the Cronos field will be"
            " liquefied in Damietta and shipped to Europe.",
        ),
        (
            "وقال وزير البترول المصري إن أولى الشحنات مقررة في عام 2027.",
            "First deliveries are planned for 2027, the Egyptian petroleum minister said.",
        ),
    ),
    url="https://www.aljazeera.net/ebusiness/2025/2/17/مصر-وقبرص",
    published="2025-02-17T14:05:00+03:00",
    tags=(ECONOMY,),
)
SWAHILI = article(
    "feed/mwananchi.xml#7",
    language="sw",
    title="Mvua kubwa zakata barabara kuu ya kaskazini",
    english="Heavy rains cut the northern highway",
    quoted=(
        (
            "Mvua kubwa zimekata barabara kuu ya kaskazini katika sehemu mbili, wakala wa barabara umesema.",
            "Heavy rains have cut the northern highway in two places, the roads agency said.",
        ),
    ),
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
    quoted=(
        ("", "Reservoirs in northern Kenya have fallen to 34 per cent of capacity, the water authority said."),
        ("", "Two rainy seasons have failed, and 1.2 million people now depend on tankers."),
    ),
    url="https://www.nation.africa/kenya/counties/turkana/reservoirs-4918872",
    published="2025-03-02",
    publisher="Daily Nation",
    tags=(Tag(scheme="medtop", code="06000000", label="environment", score=0.9),),
)
SAMPLE = (VIETNAMESE, SIMPLIFIED, TRADITIONAL, KOREAN, ARABIC, SWAHILI, ENGLISH)
