"""Persons found by their surname and office (卓榮泰院長, 김민수 장관, Nguyễn Văn An), their names spelt out by rule.

A name made by rule is Pinyin or Revised Romanisation: perhaps not the spelling its holder uses, but never another
person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# The commonest surnames, which cover nine in ten people; both scripts.
_CHINESE_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡"
    "余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付白邹鄒孟熊秦邱江尹薛闫阎閻段雷侯龙龍史陶黎贺賀"
    "顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯温溫康施牛季卓柯游翁阮詹童巫涂連连侯古簡简凌甘"
)
_CHINESE_OFFICES = (
    "总统|總統|副總統|副总统|主席|总理|總理|首相|部长|部長|外长|外長|防长|防長|次长|次長|国务卿|國務卿|大使|代表|议员|議員|立委"
    "|委员|委員|委員長|委员长|市长|市長|州长|州長|县长|縣長|院长|院長|书记|書記|总书记|總書記|发言人|發言人|教授|执行长|執行長"
    "|总裁|總裁|董事长|董事長|会长|會長|总会长|總會長|主任|司令|秘书长|秘書長|局长|局長|署长|署長|处长|處長|校长|校長|檢察長|法官"
)
# What follows a name rather than belonging to it, and what offices are made of.
_NOT_IN_NAMES = (
    "今昨日月年在於于與与和及率等則则也將将曾已對对一出會会赴訪访表示指說说稱称是的為为以向從从到至由被把與並并還还又都上下"
    "企業业團团商部院府經经濟济技理副前現现主席記者員员先生女士間间再亦未更最"
)
# Words that would pass for a given name: 國 and 明 are common in both.
_NOT_GIVEN = frozenset(
    ("國家", "国家", "國防", "国防", "國務", "国务", "明年", "明天", "新任", "財政", "财政", "內政", "内政")
)
_GIVEN = f"[^\\W\\d_{re.escape(_NOT_IN_NAMES)}A-Za-z]"
_AFTER_OFFICE = re.compile(rf"(?:{_CHINESE_OFFICES})([{''.join(sorted(_CHINESE_SURNAMES))}]{_GIVEN}{{2}})")
_BEFORE_OFFICE = re.compile(rf"([{''.join(sorted(_CHINESE_SURNAMES))}]{_GIVEN}{{2}})副?(?:{_CHINESE_OFFICES})")
# Readings of surnames, and of characters in given names, that differ from the characters' commonest reading.
_READINGS = {"曾": "zeng", "單": "shan", "单": "shan", "尹": "yin", "翟": "zhai", "覃": "qin", "任": "ren", "解": "xie"}
_GIVEN_READINGS = {"長": "chang", "长": "chang"}

_KOREAN_OFFICES = (
    "대통령|총리|장관|차관|의원|대표|회장|위원장|시장|지사|교수|총장|청장|국장"
    "|대변인|후보|대사|사장|부회장|이사장|원장|의장"
)
# South Korean newspapers' spelling of the surnames that Revised Romanisation would make unrecognisable.
_KOREAN_SURNAMES = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "윤": "Yoon",
    "장": "Jang", "임": "Lim", "한": "Han", "오": "Oh", "서": "Seo", "신": "Shin", "권": "Kwon", "황": "Hwang",
    "안": "Ahn", "송": "Song", "전": "Jeon", "홍": "Hong", "유": "Yoo", "고": "Ko", "문": "Moon", "양": "Yang",
    "손": "Son", "배": "Bae", "백": "Baek", "허": "Heo", "남": "Nam", "심": "Shim", "노": "Roh", "하": "Ha",
    "곽": "Kwak", "성": "Sung", "차": "Cha", "주": "Joo", "우": "Woo", "구": "Koo", "나": "Na", "민": "Min",
    "진": "Jin", "지": "Ji", "엄": "Um", "원": "Won", "천": "Chun", "방": "Bang", "공": "Kong", "현": "Hyun",
    "함": "Ham", "변": "Byun", "염": "Yeom", "여": "Yeo", "추": "Choo", "도": "Do", "석": "Seok", "선": "Sun",
}  # fmt: skip
_KOREAN = re.compile(rf"(?<![가-힣])([{''.join(_KOREAN_SURNAMES)}][가-힣]{{2}}) ?(?:{_KOREAN_OFFICES})")

_SYLLABLE = r"[A-ZÀ-ỸĐ][a-zà-ỹđ]{1,6}"
_VIETNAMESE_SURNAMES = frozenset(
    {
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
        *("Dương", "Lý", "Đinh", "Trịnh", "Mai", "Đoàn", "Lương", "Tô", "Tạ", "Vương", "Trương", "Đào", "Hà", "Lâm"),
        *("Cao", "Thái", "Châu", "Phùng", "Chu", "Triệu"),
    }
)
# Neither an office nor a place may run into the name: Đài Loan Trần Chính Kỳ has been cut after the place before.
_VIETNAMESE = re.compile(
    rf"(?<![\w-])(?<![A-ZÀ-ỸĐ]\w )((?:{'|'.join(sorted(_VIETNAMESE_SURNAMES))})(?: {_SYLLABLE}){{2,3}})(?! [A-ZÀ-ỸĐ])"
)


def persons(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(name as written, name in Latin letters) of the persons that the text names.

    For Chinese and Korean those beside an office, for Vietnamese all (places should be cut out before); nothing for
    other languages. Only names of the common form are found: a common surname with two more characters or syllables.
    """
    code = language.split("-")[0]
    if code in ("zh", "yue"):
        for pattern in (_AFTER_OFFICE, _BEFORE_OFFICE):
            for match in pattern.finditer(text):
                if match[1][1:] not in _NOT_GIVEN:
                    yield match[1], chinese_name(match[1])
    elif code == "ko":
        for match in _KOREAN.finditer(text):
            yield match[1], korean_name(match[1])
    elif code == "vi":
        for match in _VIETNAMESE.finditer(text):
            yield match[1], _without_marks(match[1])


@cache
def chinese_name(name: str) -> str:
    """Pinyin of a name of surname and given name: 卓榮泰 is Zhuo Rongtai."""
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(list(name))
    read[0] = _READINGS.get(name[0], read[0])
    read[1:] = [_GIVEN_READINGS.get(character, sound) for character, sound in zip(name[1:], read[1:], strict=True)]
    return f"{read[0].capitalize()} {''.join(read[1:]).capitalize()}"


@cache
def korean_name(name: str) -> str:
    """Surname as newspapers spell it, given name in Revised Romanisation: 김민수 is Kim Min-su."""
    from anyascii import anyascii

    given = "-".join(anyascii(syllable).lower() for syllable in name[1:])
    surname = _KOREAN_SURNAMES.get(name[0]) or anyascii(name[0]).capitalize()
    return f"{surname} {given.capitalize()}"


def _without_marks(name: str) -> str:
    from anyascii import anyascii

    return anyascii(name)
