"""Offices that small models raise or lower: a prime minister who becomes president, a minister who becomes a deputy."""

from __future__ import annotations

import re

from pipeline.text.doubts import Doubt

# English office: what has to stand in a source that means it, by language. Broad on purpose: only an office for which
# the source has no word at all is doubted.
_OFFICES: dict[str, dict[str, str]] = {
    r"(?:Vice|Deputy|Under[- ]?Secretary|Assistant Secretary)": {
        "zh": "副|次[长長官卿]|助[卿理]|代理|常務|常务",
        "ja": "副|次官|補佐|代理",
        "ko": "부|차관|차장|보좌|대리",
        "vi": r"(?i:thứ|phó|trợ lý)",
    },
    r"(?<!Vice )Presiden(?:t|cy|tial)": {
        "zh": "[总總][统統裁]|主席|[会會校院社][长長]|董事|白宮|白宫|大位",
        "ja": "大統領|主席|総裁|総統|[社会学院議]長|頭取",
        "ko": "대통령|주석|총재|회장|총장|의장|사장|원장|총통|백악관|대선",
        "vi": r"(?i:tổng thống|chủ tịch|hiệu trưởng|giám đốc|nhà trắng)",
    },
    r"(?:Prime Minister|Premier(?! League))": {
        "zh": "[总總]理|首相|揆|行政院[长長]|[内內]阁|內閣",
        "ja": "首相|総理|行政院長",
        "ko": "총리|수상|행정원장",
        "vi": r"(?i:thủ tướng)",
    },
    r"Kings?\b": {"zh": "王", "ja": "王", "ko": "왕", "vi": r"(?i:vua|vương)"},
}


def check_offices(source: str, source_language: str, english: str) -> list[Doubt]:
    """A doubt "office-changed" for each high office in the English for which the source has no word.

    Judged for Chinese, Japanese, Korean and Vietnamese.
    """
    code = source_language.split("-")[0]
    doubts: list[Doubt] = []
    for office, words in _OFFICES.items():
        match = re.search(rf"\b{office}", english)
        if match is None or code not in words:
            continue
        # An office in Latin letters (Vice President) may stand in a source of any script.
        if not re.search(words[code], source) and not re.search(rf"\b{office}", source, re.IGNORECASE):
            doubts.append(Doubt("office-changed", f"the source has no “{match[0]}”"))
    return doubts
