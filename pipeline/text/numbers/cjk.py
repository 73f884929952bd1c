"""Numbers in Chinese and Japanese text: 116萬, 1億2,345萬, 兩萬, 百分之七, 3成, 第二, 二〇二三年.

Characters that are numerals also live in names (千葉, 三星, 萬華) and idioms (千萬不要): such a Quantity is left out or
is not `certain`, and it is `scaled_by_myriads` only where a reader would swear that an amount is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.language.calendars import ERAS, REPUBLIC_OF_CHINA
from pipeline.text.numbers.compose import Scale, compose
from pipeline.text.numbers.digits import DIGIT_RUN, LONGEST, Quantity, read_digits

_CJK_DIGITS = {
    c: Decimal(i)
    for i, row in enumerate(("〇零○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for c in row
}
_TENS = {"廿": Decimal(20), "卅": Decimal(30)}
_SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    **dict.fromkeys("万萬", Decimal(10**4)),
    **dict.fromkeys("亿億", Decimal(10**8)),
    "兆": Decimal(10**12),
}
_BIG = frozenset("万萬亿億兆")
_NUMERALS = "".join(_CJK_DIGITS) + "".join(_TENS) + "".join(_SCALES)
_MORE = "多余餘來来幾几数數"
_RUN = re.compile(
    rf"(?:(?:\d++(?:,\d{{3}}(?!\d))*+(?:\.\d++)?+|\d++)(?:[ \u3000]?[{_MORE}]?(?=[千百万萬亿億兆]))?"
    rf"|[{_NUMERALS}](?:[{_MORE}](?=[万萬亿億兆]))?"
    r"|(?<=[零〇○一二三四五六七八九])[点點](?=[零〇○一二三四五六七八九]))++"
)
_TOKEN = re.compile(rf"\d[\d,.]*|[{_NUMERALS}]|[点點]|[{_MORE} \u3000]")

# Numerals in these are no amounts. Checked against the text from the numeral on.
_IDIOM_AFTER = re.compile(
    "千[万萬](?:不|别|別|要|小心|記|记|莫|勿|富翁|富豪|千)|百[万萬](?:富翁|富豪|雄|石|遍|庄|莊)|八百万の神"
    "|十[万萬]大山|一[万萬]田"
    "|五角|十分|十足|三星|三菱|三井|四川|四国|四國|九州|三亚|三亞|三峡|三峽|一[帯带帶]一路|一一|八卦|三洋|七七"
    "|二手|三明治|十字|百[姓貨货科度事]|千[葉叶瓦克米兆]"
    "|三角|四方|五[輪轮]|四肢|九龍|九龙|五金|三藩|六四|五一|八一|五四|八仙|七夕|千[万萬][^元円人名]?億"
)
_IDIOM_BEFORE = re.compile(r"(?:[数數几幾何好成上]|成千|萬|万|億|亿)$")
# 成 and 割 are tenths only where no word begins with them.
_TENTHS = re.compile(
    r"成(?![為为立功長长员員年果交本績绩就人了分型群都份像婚名熟品立田語语排千為效因见見效])|割(?![りるれろ当合愛])"
)
# 兩成五 is 25 %, 八成六五 86.5 %, 3割5分 35 %.
_HUNDREDTHS_ZH = re.compile(r"([1-9一二三四五六七八九]{1,2})(?![\d十百千万萬亿億成.%]|[個个]|[~～至到])")
_HUNDREDTHS_JA = re.compile(r"([1-9一二三四五六七八九])分")
_COUNTER = re.compile(
    "大|名|人|個|个|家|國|国|項|项|次|屆|届|位|歲|岁|倍|成|割|天|週年|周年|年|座|艘|架|枚|起|件|條|条|種|种|場"
    "|场|隻|只|輪|轮"
    "|か国|カ国|ヵ国|つの|回|本の|校|社|票|席|支|公里|公斤|分之|個月|个月|か月|小時|小时|時間|分鐘|分钟"
)
_NOT_TRILLION = re.compile("[瓦赫位比字歐欧]|宽带|寬頻|帕")
_KILO = re.compile("[米克瓦卡赫帕伏焦]|公尺")
_CENTURY = re.compile(r"\s?世[纪紀]\s?[\d一二三四五六七八九十]{1,2}\s?年代")
_ERA_BEFORE = re.compile(f"({'|'.join(ERAS)})$")
_WEEKDAY_BEFORE = re.compile("(?:星期|週|周|礼拜|禮拜|拜)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A Quantity and what rewriting needs: whether it counts in myriads or tenths, and a 多 or 餘 inside it."""

    quantity: Quantity
    scaled_by_myriads: bool = False
    tenths: bool = False
    vague: str = ""


def _parts(run: str, language: str) -> list[Decimal | Scale] | None:
    """Digits and scales of a run; consecutive characters such as 二〇二三 are one number read by place."""
    parts: list[Decimal | Scale] = []
    by_place = ""
    fraction = False

    def close() -> None:
        nonlocal by_place
        if by_place.lstrip("0") and not by_place.endswith("."):
            parts.append(Decimal(by_place))
        elif by_place == "0" and len(run) == 1:
            parts.append(Decimal(0))
        by_place = ""

    for token in _TOKEN.findall(run):
        if len(by_place) > LONGEST or len(parts) > LONGEST:
            return None
        if token in _CJK_DIGITS:
            by_place += str(_CJK_DIGITS[token])
        elif token in "点點":
            if fraction or not by_place:
                return None
            by_place, fraction = by_place + ".", True
        elif token in _TENS:
            close()
            parts.append(_TENS[token])
        elif token in _SCALES:
            close()
            parts.append(Scale(_SCALES[token]))
        elif token[0].isdigit():
            if by_place:
                return None
            read = read_digits(token, language)
            if read is None:
                return None
            parts.append(read[0])
    close()
    return parts


def _neighbours(run: str) -> tuple[str, str] | None:
    """`三四萬` as (`三萬`, `四萬`): two neighbouring digits before a scale are a range, not 34."""
    match = re.fullmatch(rf"([一二三四五六七八九兩两])([二三四五六七八九])([{''.join(_SCALES)}]+)", run)
    if match is None or (_CJK_DIGITS[match[2]] != _CJK_DIGITS[match[1]] + 1 and match[1] + match[2] != "三五"):
        return None
    return match[1] + match[3], match[2] + match[3]


def _shortened(run: str, parts: list[Decimal | Scale], language: str) -> list[Decimal | Scale]:
    """三萬五 is 35,000 in Chinese: a last bare digit counts tenths of the scale before it."""
    if (
        language.startswith("ja")
        or len(parts) < 2
        or run[-1] not in "一二三四五六七八九"
        or run[-2] not in "百千万萬亿億"
    ):
        return parts
    last, scale = parts[-1], parts[-2]
    if isinstance(last, Decimal) and isinstance(scale, Scale):
        return [*parts[:-1], last * scale.factor / 10]
    return parts


def find(folded: str, language: str) -> Iterator[Found]:
    """Every number of `folded` (see `fold`) in order, Chinese or Japanese.

    A run that does not make one number yields its groups of digits one by one.
    """
    end = 0
    for match in _RUN.finditer(folded):
        if match.start() < end:
            continue  # the 5 of 3割5分
        for found in _read_run(folded, match.start(), match[0].rstrip(" \u3000" + _MORE), language):
            end = found.quantity.end
            yield found


def _digit_groups(folded: str, start: int, end: int) -> Iterator[Found]:
    for match in DIGIT_RUN.finditer(folded, start, end):
        yield Found(Quantity(Decimal(match[0]), match.start(), match.end(), match[0]))


def _read_run(folded: str, start: int, run: str, language: str) -> Iterator[Found]:
    end = start + len(run)
    has_digits = any(c.isascii() and c.isdigit() for c in run)
    before, after = folded[max(0, start - 4) : start], folded[end : end + 4]
    if not has_digits and _IDIOM_BEFORE.search(before) and run[0] in _SCALES:
        return  # 數百萬, 好幾千: no number is stated
    if run[0] in _BIG or (run == "百" and after.startswith(("分之", "分點", "分点"))):
        return  # 萬一, 億萬, 萬華; the hundred in 百分之七
    if len(run) > 1 and ((run[-1] == "兆" and _NOT_TRILLION.match(after)) or (run[-1] == "千" and _KILO.match(after))):
        run = run[:-1].rstrip()  # 100兆赫, 240千米: prefixes of units
        end = start + len(run)
        after = folded[end : end + 4]
    span = _neighbours(run)
    if span is not None:
        for piece in span:
            parts = _parts(piece, language)
            value = compose(parts) if parts else None
            if value is not None:
                yield Found(Quantity(value, start, end, run, style="numerals", certain=False))
        return
    parts = _parts(run, language)
    value = compose(_shortened(run, parts, language)) if parts else None
    if value is None:
        yield from _digit_groups(folded, start, end)
        return
    if re.search("[幾几数數](?=[十百千万萬亿億兆])", run) or (run.endswith("十") and re.match("[幾几数數]", after)):
        return  # 十幾萬, 十幾: somewhere between
    idiom = not has_digits and bool(_IDIOM_AFTER.match(folded[start : start + 6]))
    quantity = Quantity(
        value,
        start,
        end,
        run,
        alternatives=_alternatives(value, before, after, run, language),
        style="digits" if has_digits else "numerals",
        scaled=any(c in _SCALES for c in run),
        certain=not _CENTURY.match(folded, end)
        and (has_digits or (not idiom and _states_number(run, value, before, after))),
    )
    tenth = _TENTHS.match(folded, end) if value <= 10 and not (idiom or before.endswith("第")) else None
    if tenth and (tenth[0] == "割") != language.startswith("ja"):
        tenth = None
    if tenth:
        value, end = value * 10, tenth.end()
        rest = (_HUNDREDTHS_JA if tenth[0] == "割" else _HUNDREDTHS_ZH).match(folded, end)
        if rest:
            digits = [_CJK_DIGITS.get(digit) or Decimal(digit) for digit in rest[1]]
            value, end = value + digits[0] + (digits[1] / 10 if len(digits) > 1 else 0), rest.end()
        quantity = replace(quantity, value=value, end=end, text=folded[start:end], kind="percent")
        yield Found(quantity, tenths=True)
        return
    if folded.startswith(("%", " %"), end):
        quantity = replace(quantity, kind="percent")
    elif re.search("百分之$", before) or re.match(
        r"個百分點|个百分点|ポイント|パーセント|趴|百分點", folded[end : end + 6]
    ):
        quantity = replace(quantity, kind="percent", certain=True)
    elif before.endswith("第"):
        quantity = replace(quantity, kind="ordinal")
    vague = "".join(c for c in run if c in _MORE)
    yield Found(quantity, not idiom and _is_amount(run, after, has_digits, language), vague=vague)


def _states_number(run: str, value: Decimal, before: str, after: str) -> bool:
    """Whether a run without digits must show in a translation: 九大成果 and 二十三, not 三星 or 十分."""
    if value <= 2 or _WEEKDAY_BEFORE.search(before):
        return False
    if before.endswith(("第", "百分之", "分之")):
        return True
    if any(c in _SCALES for c in run) and len(run) > 1:
        return not after.startswith(("姓", "成"))
    return len(run) == 1 and 3 <= value <= 10 and bool(_COUNTER.match(after))


def _is_amount(run: str, after: str, has_digits: bool, language: str) -> bool:
    """Whether a run may be rewritten as an English amount."""
    if not any(c in _BIG for c in run) or run[0] in _BIG:
        return False
    # In mainland usage 兆 is mega; only money or a larger number shows that it is not.
    if "兆" in run and language.endswith("Hans") and not re.match("[美歐欧日韓韩元円圓盧]", after):
        return "億" in run or "亿" in run
    return has_digits or len(run) > 1


def _alternatives(value: Decimal, before: str, after: str, run: str, language: str) -> frozenset[Decimal]:
    readings: set[Decimal] = set()
    era = _ERA_BEFORE.search(before)
    if era:
        readings.add(value + ERAS[era[1]])
    if after.startswith("年") and value == value.to_integral_value():
        if language.startswith("zh-Hant") and 30 <= value <= 199:
            readings.add(value + REPUBLIC_OF_CHINA)
        if not era and 0 <= value < 100 and not any(c in _SCALES for c in run):
            readings |= {value + 1900, value + 2000}
    if re.match(r"\s?年代", after) and value < 100:
        readings |= {value + 100 * century for century in range(10, 21)}
    if re.match(r"\s?[時时点點]|:[0-9]{2}", after):
        readings |= {value + 12, value - 12, value + 24 if value < 12 else value - 24}
    return frozenset(reading for reading in readings if reading >= 0)
