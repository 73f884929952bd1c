"""The issues that are looked at: the sample, many scripts, what is missing or too long, and a long one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.article import Article, Tag, TranslationWarning
from pipeline.issue.issue import Issue
from tests.issue.samples import ECONOMY, POLITICS, SAMPLE, SCIENCE, TRADE, article
from tests.issue.test_issue import issue_of

BASE = "https://brief.example.org/latest"

# Language: headline, a sentence, and the outlet as it writes its name.
TONGUES = {
    "ar": ("المجلس يقر ميزانية «2026» بعد نقاش طويل", "أقر المجلس ميزانية عام 2026 يوم الاثنين.", "صحيفة المدينة"),
    "he": ("הכנסת אישרה את התקציב ל-2026", "הכנסת אישרה ביום שני את התקציב בהיקף 3.5 מיליארד.", "ידיעות העיר"),
    "fa": ("مجلس بودجه را تصویب کرد؛ نمی‌توان آن را تغییر داد", "مجلس روز دوشنبه بودجه را تصویب کرد.", "روزنامه شهر"),
    "ur": ("پارلیمان نے بجٹ کی منظوری دے دی", "پارلیمان نے پیر کو بجٹ کی منظوری دی۔", "روزنامہ شہر"),
    "hi": ("संसद ने लंबी बहस के बाद बजट को मंज़ूरी दी", "संसद ने सोमवार को बजट को मंज़ूरी दी।", "नगर समाचार"),
    "bn": ("দীর্ঘ বিতর্কের পর সংসদে বাজেট পাস", "সোমবার সংসদে বাজেট পাস হয়েছে।", "নগর সংবাদ"),
    "ta": ("நீண்ட விவாதத்திற்குப் பிறகு பட்ஜெட் நிறைவேறியது", "திங்களன்று பட்ஜெட் நிறைவேறியது.", "நகர செய்தி"),
    "th": ("รัฐสภาผ่านร่างงบประมาณหลังอภิปรายยาวนานหลายชั่วโมงติดต่อกัน", "รัฐสภาผ่านร่างงบประมาณเมื่อวันจันทร์", "ข่าวเมือง"),
    "zh-Hans": ("议会经过长时间辩论后通过了二〇二六年预算案", "议会星期一通过了预算案。", "城市日报"),
    "zh-Hant": ("議會經過長時間辯論後通過了二〇二六年預算案", "議會星期一通過了預算案。", "城市日報"),
    "ja": ("議会、長時間の審議を経て予算案を可決", "議会は月曜日に予算案を可決した。", "都市新聞"),
    "ko": ("의회, 오랜 토론 끝에 2026년 예산안 가결", "의회는 월요일에 예산안을 가결했다.", "도시일보"),
    "ru": ("Парламент принял бюджет после долгих прений", "Парламент принял бюджет в понедельник.", "Городские вести"),
    "el": ("Η Βουλή ενέκρινε τον προϋπολογισμό", "Η Βουλή ενέκρινε τη Δευτέρα τον προϋπολογισμό.", "Τα Νέα της Πόλης"),
    "am": ("ፓርላማው በጀቱን አጸደቀ", "ፓርላማው ሰኞ ዕለት በጀቱን አጸደቀ።", "የከተማ ዜና"),
    "ka": ("პარლამენტმა ბიუჯეტი დაამტკიცა", "პარლამენტმა ორშაბათს ბიუჯეტი დაამტკიცა.", "ქალაქის ამბები"),
    "my": ("လွှတ်တော်က ဘတ်ဂျက်ကို အတည်ပြု", "လွှတ်တော်က တနင်္လာနေ့တွင် ဘတ်ဂျက်ကို အတည်ပြုခဲ့သည်။", "မြို့သတင်း"),
    "vi": (
        "Quốc hội thông qua ngân sách sau nhiều giờ tranh luận",
        "Quốc hội thông qua ngân sách hôm thứ Hai.",
        "Tin Thành Phố",
    ),
}
# Compounds as German and Finnish have them, and what no line break rule expects.
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
ENDLESS = "A" * 2000


@dataclass(frozen=True, slots=True)
class Given:
    """Articles, and the settings of the issue they are put into."""

    articles: tuple[Article, ...]
    settings: dict[str, Any]

    def issue(self) -> Issue:
        return issue_of(*self.articles, **self.settings)


def sample() -> Given:
    """Seven articles, all told, in sections, with every notice that the wording knows but those of lists."""
    return Given(SAMPLE, {"base_url": BASE, "drafts": "tell"})


def tongues() -> Given:
    """One article for each script: every other one told, the rest listed; foreign outlets, a name in its own script."""
    return Given(
        tuple(_in(language, told=place % 2 == 0) for place, language in enumerate(TONGUES)),
        {"better": {"he": "opus-mt-he-en"}, "base_url": BASE},
    )


def _in(language: str, *, told: bool, place: str = "tongues", tags: tuple[Tag, ...] = (POLITICS, ECONOMY)) -> Article:
    title, sentence, outlet = TONGUES[language]
    weak = TranslationWarning(kind="weak-model", paragraph=-1, detail="weak")
    return article(
        f"{place}/{language}.txt",
        language=language,
        title=title,
        english=f"Parliament passes the budget after a long debate ({title.split()[0]})",
        quoted=((sentence, f"Parliament, known as {outlet}, passed the budget on Monday."),),
        url=f"https://news.example.org/{place}/{language}",
        published="2026-11-22T23:30:00+09:00",
        publisher=outlet,
        tags=tags,
        warnings=() if told else (weak,),
        is_draft=not told,
    )


def odd() -> Given:
    """No headline, no date, no summary, no address; words and headlines without end; one letter."""
    articles = (
        article("odd/none.txt", title="", text="", summary=None),
        article("odd/none-foreign.txt", language="ar", title="", english="", text="نص بلا عنوان.", summary=""),
        article("odd/word.txt", language="de", title=LONG_WORD, english=f"{LONG_WORD} is repealed", summary=LONG_WORD),
        article("odd/endless.txt", title=ENDLESS, summary=ENDLESS, publisher=ENDLESS),
        article("odd/long.txt", title="A very long headline of a very patient writer " * 44, summary="It ends. " * 200),
        article("odd/letter.txt", language="zh-Hans", title="一", english="A", summary="B", publisher="C"),
        article("odd/address.txt", title="Address", url=f"https://example.org/{'a-b/' * 300}?q={'x' * 200}"),
        article(
            "odd/listed.txt",
            language="hu",
            title=f"{LONG_WORD} {ENDLESS}",
            english="",
            summary="",
            is_draft=True,
            warnings=(TranslationWarning(kind="unmeasured-model", paragraph=-1, detail="unmeasured"),),
        ),
    )
    return Given(
        articles, {"title": "An issue with an uncommonly long name that nobody would choose but somebody will"}
    )


def hundred() -> Given:
    """A hundred articles in sections, one in three of them listed."""
    topics = ((ECONOMY, TRADE), (POLITICS,), (SCIENCE, POLITICS), ())
    languages = [language for language in TONGUES if language != "am"]
    return Given(
        tuple(
            _in(
                languages[number % len(languages)],
                told=number % 3 > 0,
                place=f"hundred/{number}",
                tags=topics[number % len(topics)],
            )
            for number in range(100)
        ),
        {"base_url": BASE, "max_items": 100},
    )


ISSUES: dict[str, Callable[[], Given]] = {"sample": sample, "tongues": tongues, "odd": odd, "hundred": hundred}
