"""Persons found by their surname and office (卓榮泰院長, 김민수 장관, Nguyễn Văn An), their names spelt out by rule.

A name made by rule is Pinyin or Revised Romanisation: perhaps not the spelling its holder uses, but never another
person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.language.scripts import simplified
from pipeline.text.names.lexicon import korean_given_names

# The commonest surnames, which cover nine in ten people, without those that begin many another word; both scripts.
_CHINESE_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘蒋蔣蔡"
    "余杜叶葉程苏蘇魏吕呂丁沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付白邹鄒孟熊秦邱江尹薛闫阎閻段雷侯龙龍史陶黎贺賀"
    "顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯温溫康施牛季卓柯游翁詹童巫涂連连侯古簡简凌甘"
)
_CHINESE_OFFICES = (
    "总统|總統|副總統|副总统|主席|总理|總理|首相|部长|部長|外长|外長|防长|防長|次长|次長|国务卿|國務卿|大使|代表|议员|議員|立委"
    "|委员|委員|委員長|委员长|市长|市長|州长|州長|县长|縣長|院长|院長|书记|書記|总书记|總書記|发言人|發言人|教授|执行长|執行長"
    "|总裁|總裁|董事长|董事長|会长|會長|总会长|總會長|主任|司令|秘书长|秘書長|局长|局長|署长|署長|处长|處長|校长|校長|檢察長|法官"
)
# Characters of given names, simplified. What foreign names are spelt with (克 斯 德 only as 清德 has it) and what words
# beside an office are made of is left out: a name that is not made by rule is left to the model and the checks.
_GIVEN_CHARACTERS = frozenset(
    "伟刚勇毅俊峰强军平保东辉明永健志义兴良海仁波宁贵福生元国胜学祥才武清飞彬富顺信子杰涛昌成康星光安岩茂进林坚和博诚敬震振"
    "思群豪邦承乐绍功松善厚庆磊民友裕哲超浩亮政谦奇翰朗伯宏鸣斌梁栋维启翔旭鹏泽晨辰士建家树炎德泰盛雄琛钧冠策腾楠榕航弘秀"
    "娟英华慧巧美静淑惠珠翠雅芝玉萍红娥玲芬芳燕彩春菊兰凤洁梅琳素云莲真环雪荣爱霞香月莺媛艳瑞凡佳嘉琼勤珍贞莉桂璐琦晶妍茜"
    "秋珊锦青倩婷婉娴瑾颖瑶怡雁仪荷丹蓉君琴蕊薇菁梦岚婕馨韵咏卿聪毓昭冰羽希欣育筠柔竹凝晓芸菲宜舒影丽宝恒鸿桦剑纪灵媚琪"
    "晴容睿堂威雯萱彦宇洋忠宗曼逸贤佑廷燮钊立鑫鼎铭祺宪煌智郁琇焜耀崇凯贻培基钦桢铨渊源隆长扬贞训显章焕炳勋铮"
    "璇蔚蓁蕙薰谚谊逵郎钰铠锋雨霖韶颐骏骥麟齐龄懿汉治洲浚淳湘溢滨潮澄焯烈献珏珩璋畅皓砚祖禄秉稳筑纬绮绪缘胤致芷苓莹蒨"
    "衍诗诠谋赞轩辅述迪遥邵郡镇锡镛闳陵隽靖静颂驰魁鸾黎默文中正龙花吉仲申垂世天大少道达南江学和家政成治致祖恩昱昇升岳峻嵩彤彰"
    "惇昀旻翎崧睦濬谕谚勋佩妤宥岱慈懋捷敏斐晋景晖权柏桐楚沛泉泓涵淇深湛澍熙照爵琨琮瑄瑜瑛璟甫益盈硕礼祎祐禹竣笙筱翊耿若茵荃莘菱虹语贺超轶逊锐霄麒喜夏姸"
)
# Such words begin or end with characters of names.
_NOT_GIVEN = frozenset(
    (
        "国家",
        "国防",
        "国务",
        "国民",
        "国立",
        "明年",
        "明天",
        "民政",
        "海军",
        "建国",
        "福利",
        "中国",
        "中学",
        "大学",
        "文学",
        "学生",
        "和平",
    )
)
_GIVEN = r"[\u4e00-\u9fff]"
_CHINESE_NAME = f"[{''.join(sorted(_CHINESE_SURNAMES))}]{_GIVEN}{{2}}"
# What goes on is a longer, foreign name.
_ENDS = "(?![·•‧・．斯尔爾特德克拉里罗羅纳納亚亞尼莫姆巴卡洛塔维維夫奇什顿頓森戈])"
_AFTER_OFFICE = re.compile(rf"(?:{_CHINESE_OFFICES})({_CHINESE_NAME}){_ENDS}")
_BEFORE_OFFICE = re.compile(rf"({_CHINESE_NAME})副?(?:{_CHINESE_OFFICES})")
# Koreans, Vietnamese and Japanese have the same characters and read them otherwise.
_ELSEWHERE = re.compile(
    "越南|河內|河内|韩国|韓國|南韓|南韩|朝鲜|朝鮮|北韓|首尔|首爾|平壤|日本|日相|東京|东京|新加坡|馬來|马来|印尼|泰國|泰国"
)
_BEFORE = 20
# Readings of surnames, and of characters in given names, that differ from the characters' commonest reading.
_READINGS = {"曾": "zeng", "單": "shan", "单": "shan", "尹": "yin", "翟": "zhai", "覃": "qin", "任": "ren", "解": "xie"}
_GIVEN_READINGS = {"長": "chang", "长": "chang"}

_KOREAN_OFFICES = (
    "대통령|총리|장관|차관|의원|대표|회장|위원장|시장|지사|교수|총장|청장|국장"
    "|대변인|후보|대사|사장|부회장|이사장|원장|의장"
)
KOREAN_SURNAMES = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "윤": "Yoon",
    "장": "Jang", "임": "Lim", "한": "Han", "오": "Oh", "서": "Seo", "신": "Shin", "권": "Kwon", "황": "Hwang",
    "안": "Ahn", "송": "Song", "전": "Jeon", "홍": "Hong", "유": "Yoo", "고": "Ko", "문": "Moon", "양": "Yang",
    "손": "Son", "배": "Bae", "백": "Baek", "허": "Heo", "남": "Nam", "심": "Shim", "노": "Roh", "하": "Ha",
    "곽": "Kwak", "성": "Sung", "차": "Cha", "주": "Joo", "우": "Woo", "구": "Koo", "나": "Na", "민": "Min",
    "진": "Jin", "지": "Ji", "엄": "Um", "원": "Won", "천": "Chun", "방": "Bang", "공": "Kong", "현": "Hyun",
    "함": "Ham", "변": "Byun", "염": "Yeom", "여": "Yeo", "추": "Choo", "도": "Do", "석": "Seok", "선": "Sun",
}  # fmt: skip
"""South Korean newspapers' spelling of the surnames that Revised Romanisation would make unrecognisable."""
_KOREAN = re.compile(rf"(?<![가-힣])([{''.join(KOREAN_SURNAMES)}][가-힣]{{2}}) ?(?:{_KOREAN_OFFICES})(?![가-힣]*장)")

_SYLLABLE = r"[A-ZÀ-ỸĐ][a-zà-ỹđ]{1,6}"
_VIETNAMESE_SURNAMES = frozenset(
    {
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
        *("Dương", "Lý", "Đinh", "Trịnh", "Mai", "Đoàn", "Lương", "Tô", "Tạ", "Vương", "Trương", "Đào", "Hà", "Lâm"),
        *("Cao", "Thái", "Châu", "Phùng", "Chu", "Triệu"),
    }
)
# The Pacific, Africa, Europe, Asia, provinces.
_VIETNAMESE_PLACES = (
    "Thái Bình", "Thái Lan", "Thái Nguyên", "Châu Phi", "Châu Âu", "Châu Á", "Châu Mỹ", "Châu Đại", "Hà Nội", "Hà Tĩnh",
    "Hà Nam", "Hà Giang", "Cao Bằng", "Lâm Đồng", "Đào Bạch",
)  # fmt: skip
# Neither an office nor a place may run into the name: Đài Loan Trần Chính Kỳ has been cut after the place before.
_VIETNAMESE = re.compile(
    rf"(?<![\w-])(?<![A-ZÀ-ỸĐ]\w )((?:{'|'.join(sorted(_VIETNAMESE_SURNAMES))})(?: {_SYLLABLE}){{2,3}})(?! [A-ZÀ-ỸĐ])"
)


def persons(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(name as written, name in Latin letters) of the persons that the text names.

    For Chinese and Korean those beside an office, for Vietnamese all (places should be cut out before); nothing for
    other languages. Only names of the common form are found: a common surname with two more characters or syllables
    that are known as given names. What might be another word or the name of a foreigner is left alone.
    """
    code = language.split("-")[0]
    if code in ("zh", "yue"):
        for pattern in (_AFTER_OFFICE, _BEFORE_OFFICE):
            for match in pattern.finditer(text):
                if _is_chinese(match[1]) and not _ELSEWHERE.search(text, max(0, match.start() - _BEFORE), match.end()):
                    yield match[1], chinese_name(match[1])
    elif code == "ko":
        for match in _KOREAN.finditer(text):
            if match[1][1:] in korean_given_names():
                yield match[1], korean_name(match[1])
    elif code == "vi":
        for match in _VIETNAMESE.finditer(text):
            if not match[1].startswith(_VIETNAMESE_PLACES):
                yield match[1], _without_marks(match[1])


def _is_chinese(name: str) -> bool:
    given = simplified(name[1:])
    return given not in _NOT_GIVEN and all(character in _GIVEN_CHARACTERS for character in given)


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
    """Surname and given name as newspapers spell them, Revised Romanisation where nobody is known: Kim Min-soo."""
    given = korean_given_names().get(name[1:]) or "-".join(map(_revised, name[1:])).capitalize()
    surname = KOREAN_SURNAMES.get(name[0]) or _revised(name[0]).capitalize()
    return f"{surname} {given}"


def _revised(syllable: str) -> str:
    from anyascii import anyascii

    # AnyAscii writes consonants at the end of a syllable as at its beginning.
    letters = anyascii(syllable).lower()
    return letters[:-1] + {"g": "k", "d": "t", "b": "p"}[letters[-1]] if re.search("[^n]g$|[db]$", letters) else letters


def _without_marks(name: str) -> str:
    from anyascii import anyascii

    return anyascii(name)
