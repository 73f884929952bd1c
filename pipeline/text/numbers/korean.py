"""What Korean adds to the spaced languages: native numerals with counters, numerals in words before 만 and 억."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.text.numbers.digits import Quantity

_NATIVE = {
    "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
        "열": 10,
    "열한": 11, "열두": 12, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
        "여든": 80, "아흔": 90,
}  # fmt: skip
_COUNTERS = (
    "번|명|개|가지|차례|달|살|시|곳|나라|사람|배|분|마리|국가|정상|팀|군데|척|대|채|쌍|갈래|단계|자릿수|자리|째"
    "|편|권|장|해|경기|골|도시|회사|기관|부문|분야|정당|후보"
)
# 스물다섯, 서른여섯: tens and ones in one word
_NATIVE |= {
    tens + ones: _NATIVE[tens] + value
    for tens in ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
    for ones, value in (("한", 1), ("하나", 1), *((word, n) for word, n in list(_NATIVE.items()) if 2 <= n <= 9))
}
_WORD = re.compile(
    rf"(?<![가-힣\d])(?:({'|'.join(sorted(_NATIVE, key=len, reverse=True))})(?:\s?(?:{_COUNTERS})|\s(?=[가-힣])))"
)
_PAIR = re.compile(r"양(?=국|측|자|사|정상|팀|당|국가| 정상| 국가| 측|쪽)|쌍방|둘")
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_RUN = re.compile(
    r"(?<![가-힣\d])([일이삼사오육칠팔구]?)([십백천])(만|억)?(?=\s|(?:여\s?)?(?:명|원|달러|개|대|톤|건))"
)
_SINO_UNITS = {"십": 10, "백": 100, "천": 1000}
_SHARE = re.compile(r"(?<![가-힣])([삼사오육칠팔구]) ?분의 ?([일이삼사오육칠팔구])")
_SINO_PREFIX = re.compile(r"(?<![가-힣])([삼사오육칠팔구])(?=국|자|대|개국|차)|반세기|절반|반값")


def find(text: str) -> Iterator[Quantity]:
    """Spelled Korean numbers of `text`; none is `certain`, since 한 and 두 drop out of good English."""
    for match in _WORD.finditer(text):
        yield _quantity(match, Decimal(_NATIVE[match[1]]))
    for match in _PAIR.finditer(text):
        yield _quantity(match, Decimal(2))
    for match in _SINO_RUN.finditer(text):
        value = (
            (_SINO[match[1]] if match[1] else 1) * _SINO_UNITS[match[2]] * {"만": 10**4, "억": 10**8}.get(match[3], 1)
        )
        yield _quantity(match, Decimal(value))
    for match in _SHARE.finditer(text):
        yield _quantity(match, Decimal(_SINO[match[2]]) / _SINO[match[1]])
        yield _quantity(match, Decimal(_SINO[match[1]]))
    for match in _SINO_PREFIX.finditer(text):
        yield _quantity(match, Decimal(_SINO[match[1]]) if match[1] else Decimal("0.5"))


def _quantity(match: re.Match[str], value: Decimal) -> Quantity:
    return Quantity(value, match.start(), match.end(), match[0], style="words", certain=False)
