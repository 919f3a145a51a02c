"""Amounts as they are printed: digits, 万 and 亿, Chinese numerals, hedges, ranges, per cents.

`scan` only reads; whether an amount is a figure of the report is for `not_figures` to say.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.graph.extract import Kind, Qualifier

from .alternation import beginning_with

# Longest first within one first character, because the alternation takes the first that fits.
# A look-ahead keeps a measure word apart from a noun that begins with it (12部 and 12部门).
_PLAIN_UNITS = [
    "个百分点", "百分点", "大类", "小类", "大项", "人次", "人/次", "人·次", "条次", "条/次", "篇次", "篇/次", "件次",
    "件/次", "场次", "场/次", "批次", "户次", "家次", "期次", "册次", "频次", "班次", "卷次", "车次", "架次", "份次", "张次",
    "人份", "课时", "学时", "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "公顷", "公斤", "千克", "吨", "亩",
    "兆", "美元", "欧元", "港元", "日元", "元", "人(?!民|员|大|力|才|均(?![为是系由已未按在于属获])|口|事|社|防)", "条(?!例|款|块)", "件",
    "次(?!年|日|于|要)", "个", "篇(?!幅|章)", "份", "期(?!间|限|末)", "场(?!所)", "起(?!来|草|到|诉|点)",
    "宗(?!旨)", "项", "名(?!录|单|称|义|为)", "位(?!于|置)", "家(?!庭|长|喻)", "卷", "页(?!面)",
    "本(?!年|市|级|县|局|省|区|机|报|单|部|着|地|街|镇|次)", "册", "辆", "户(?!籍|口|主|均)", "张", "类(?!似|别)", "种",
    "批(?!复|准|转|示|评)", "部(?!门|分|位|署|委|长|级)", "套", "处(?!理|罚|置|分|室|于|长|级)", "座",
    "所(?!有|属|在|以|需|涉|列|示)", "台(?!账|湾)", "只(?!有|是|能|要)", "间(?!接|隔)", "幅(?!度)", "则",
    "支(?!持|出|付|撑)", "款(?!项)", "例(?!如|会|行)", "轮次", "轮(?!流|岗)", "组(?!织|成|长|建)", "枚", "块", "片",
    "段(?!落)", "门(?!户|类)", "堂", "集(?!中|体|约|成)", "道", "栋", "封(?!面)", "版(?!块|本|面)", "帖", "笔",
    "单(?!位|独|一|个)", "首(?!页|次|先|批|问|席)", "席", "艘", "面(?=[，。；、）])", "头", "株", "棵", "村(?!级|民|务|居|委)",
    "字(?!样|号)", "分(?!之|别|为|类|级|析|层|钟|管|区|局|公司|发|部|解|送|批)", "通(?!过|报|知|告|信|道)", "倍",
]  # fmt: skip
_TIME_UNITS = [
    "个工作日", "工作日", "个自然日", "个小时", "小时", "个季度", "季度", "个月", "个星期",
    "天(?!津|然|府)", "分钟", "秒", "周(?!边|期|围|年|到|密|转|口)",
]  # fmt: skip
UNIT = "|".join(_TIME_UNITS + _PLAIN_UNITS)
"""A measure word, as part of a pattern."""
_SIZED = frozenset(("大类", "小类", "大项"))  # 大 says of what size, and is no part of the unit
TIME_UNITS = frozenset(["工作日", "自然日", "小时", "季度", "月", "星期", "天", "分钟", "秒", "周"])
MONEY_UNITS = frozenset(("元", "美元", "欧元", "港元", "日元"))

MOST_DIGITS = 15
"""A number with more digits is no figure: a double cannot hold it."""


_DIGITS = (
    r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d{1,12})?"
    rf"|\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,12}})?(?!\d)"
)
_SCALE = r"万亿|千万|百万|十万|[万亿千百]"
_MID = "余|多|几|来"
_HEDGE = (
    "大约|大概|约|将近|接近|近|超过|超出|超|突破|逾|不足|不到|未满|少于|低于|至少|不少于|不低于|高于|"
    "多达|达到|高达|达|最多|上(?=[百千万])"
)
_TAIL = r"余|多(?=[，。；、）])|\+|左右|上下|以上|以下|以内|之内"
_TO = "[-—–~～－至到]{1,2}"
_CN = "零〇○一二两三四五六七八九十百千万亿廿卅"


def _hedged(*first: str) -> str:
    """The hedge that may stand before one of these, as the beginning of a pattern."""
    return beginning_with([*_HEDGE.split("|"), *first]) + f"(?P<pre>(?:{_HEDGE})了?)?"


_ARABIC = re.compile(
    rf"{_hedged(*'0123456789')}(?<![\d.])(?P<first>{_DIGITS})(?:(?P<m1>{_MID})(?={_SCALE}|"
    rf"{UNIT}))?"
    rf"(?P<s1>{_SCALE})?(?P<more>\d+(?:\.\d+)?[万千百](?=余|多|{UNIT}))?(?P<m2>余|多|\+)?"
    rf"(?:(?P<percent>[%‰])(?:{_TO}(?P<up_percent>{_DIGITS})[%‰])?"
    rf"|(?:{_TO}(?P<up>{_DIGITS})(?P<s2>{_SCALE})?(?P<m3>余|多)?(?P<up_unit>[%‰]|{UNIT})"
    rf"|"
    rf"(?:(?P<unit>{UNIT})(?P<alt>[（(](?:{UNIT})[）)])?|[（(](?P<aside>{UNIT})[）)])(?:{_TO}(?P<up2>{_DIGITS})(?P<s3>{_SCALE})?(?:{UNIT}))?)?)"
    rf"(?P<tail>{_TAIL})?"
)
_CHINESE = re.compile(
    rf"{_hedged(*_CN)}(?<![第{_CN}几数])(?P<first>[{_CN}]+)"
    rf"(?:{_TO}(?P<up>[{_CN}]+))?(?:(?P<mid>余|多|来|几)(?P<scale>[万亿])?)?(?:(?P<percent>个百分点)|(?P<unit>{UNIT})"
    r"|(?<=[百千]万)(?(pre)(?=[，。；、）\n])|(?!)))"  # 关注人数超百万
    rf"(?P<tail>{_TAIL})?"
)
_PERCENT_IN_WORDS = re.compile(
    rf"{_hedged('百分之')}百分之(?P<first>{_DIGITS}|[{_CN}]+(?:点[{_CN}]+)?)(?P<tail>{_TAIL})?"
)

_HEDGED_VERB = re.compile(r"(大约|约|将近|近|超过|超|逾)(?:占|有|为|达到?|共|计)$")
_TENTHS = re.compile(
    rf"{_hedged(*_CN)}(?P<first>[一二两三四五六七八九])成(?P<half>半)?(?P<tail>{_TAIL})?(?=[，。；、）的])"
)

_SCALES = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_CN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_NEIGHBOURS = re.compile("([一二两三四五六七八])([二两三四五六七八九])([十百千万]*)")
_CN_TENS = {"十": 10, "百": 100, "千": 1000}
_OVER = frozenset(
    [
        "余",
        "多",
        "几",
        "来",
        "+",
        "上",
        "以上",
        "超过",
        "超出",
        "超",
        "突破",
        "逾",
        "至少",
        "不少于",
        "不低于",
        "高于",
    ]
)
_UNDER = frozenset(
    ["近", "将近", "接近", "不足", "不到", "未满", "少于", "低于", "以下", "以内", "之内", "最多"]
)
_ABOUT = frozenset(["约", "大约", "大概", "左右", "上下"])


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its measure word, as printed at `start` to `end` (hedges included).

    `number`: where the digits themselves begin. `granularity`: one step of the last printed digit.
    """

    start: int
    end: int
    number: int
    value: Decimal
    upper: Decimal | None
    unit: str | None
    qualifier: Qualifier
    kind: Kind
    granularity: Decimal
    in_words: bool = False
    tail: str = ""

    @property
    def is_time(self) -> bool:
        return self.unit is not None and self.unit.removeprefix("个") in TIME_UNITS


def is_absurd(value: Decimal) -> bool:
    """It has more digits than a figure can have."""
    return value >= Decimal(10) ** MOST_DIGITS


def scan(text: str) -> list[Amount]:
    """Every amount of the text, in order; none overlaps another."""
    found = [_arabic(match) for match in _ARABIC.finditer(text)]
    taken = bytearray(len(text) + 1)
    for amount in found:
        taken[amount.start : amount.end] = b"\1" * (amount.end - amount.start)
    in_words = ((_PERCENT_IN_WORDS, _percent_in_words), (_TENTHS, _tenths), (_CHINESE, _chinese))
    for pattern, read in in_words:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                found.append(read(match))
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda amount: amount.start)


def chinese_integer(words: str) -> int:
    """The value of a whole number in Chinese characters.

    >>> chinese_integer("一千二百"), chinese_integer("二〇一六"), chinese_integer("廿五")
    (1200, 2016, 25)
    """
    words = words.replace("廿", "二十").replace("卅", "三十")
    if len(words) > 1 and all(word in _CN_DIGITS for word in words):
        return int("".join(str(_CN_DIGITS[word]) for word in words))
    total = section = digit = 0
    for word in words:
        if word in _CN_DIGITS:
            digit = _CN_DIGITS[word]
        elif word in _CN_TENS:
            section += (digit or 1) * _CN_TENS[word]
            digit = 0
        else:
            higher = total if word == "亿" else 0
            total += (section + digit + higher or 1) * _SCALES[word] - higher
            section = digit = 0
    return total + section + digit


def _number(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", "")) * _SCALES.get(scale or "", 1)


def _step(digits: str, scale: str | None) -> Decimal:
    _, _, decimals = digits.partition(".")
    return Decimal(_SCALES.get(scale or "", 1)).scaleb(-len(decimals))


def _qualifier(*hedges: str | None) -> Qualifier:
    words = {hedge.removesuffix("了") for hedge in hedges if hedge}
    if words & _OVER:
        return Qualifier.OVER
    if words & _UNDER:
        return Qualifier.UNDER
    return Qualifier.ABOUT if words & _ABOUT else Qualifier.EXACT


def qualifier_before(words: str) -> Qualifier:
    """The qualifier of a hedge that stands before the verb: 约占三成, 近有两千人."""
    hedge = _HEDGED_VERB.search(words)
    return _qualifier(hedge[1]) if hedge else Qualifier.EXACT


def _unit(printed: str | None) -> tuple[str | None, Kind]:
    """The measure word in its plain form: 人/次 is 人次, 百分点 is 个百分点."""
    if printed is None:
        return None, Kind.COUNT
    unit = printed.replace("/", "").replace("·", "")
    if unit in _SIZED:
        return unit[1:], Kind.COUNT
    if unit in ("%", "‰", "倍"):
        return unit, Kind.RATE
    if unit in ("百分点", "个百分点"):
        return "个百分点", Kind.CHANGE
    return unit, Kind.MONEY if unit in MONEY_UNITS else Kind.COUNT


def _arabic(match: "re.Match[str]") -> Amount:
    part = match.groupdict()
    value = _number(part["first"], part["s1"])
    if part["more"]:
        value += _number(part["more"][:-1], part["more"][-1])
    upper = None
    if part["up"]:
        upper = _number(part["up"], part["s2"])
        if part["s2"] and not part["s1"]:  # 3至5万
            value *= _SCALES[part["s2"]]
    elif part["up2"] or part["up_percent"]:
        upper = _number(part["up2"] or part["up_percent"], part["s3"])
    unit, kind = _unit(part["percent"] or part["up_unit"] or part["unit"] or part["aside"])
    amount = Amount(
        start=match.start(),
        end=match.end(),
        number=match.start("first"),
        value=value,
        upper=upper,
        unit=unit,
        qualifier=_qualifier(part["pre"], part["m1"], part["m2"], part["m3"], part["tail"]),
        kind=kind,
        granularity=_step(part["first"], part["s1"]),
        tail=part["tail"] or "",
    )
    return amount if upper is None or upper > value else replace(amount, upper=None)


def _chinese(match: "re.Match[str]") -> Amount:
    part = match.groupdict()
    unit, kind = _unit(part["percent"] or part["unit"])
    low, high = _ends(part["first"], part["up"])
    scale = _SCALES.get(part["scale"] or "", 1)
    return Amount(
        start=match.start(),
        end=match.end(),
        number=match.start("first"),
        value=Decimal(low) * scale,
        upper=None if high is None else Decimal(high) * scale,
        unit=unit,
        qualifier=_qualifier(part["pre"], part["mid"], part["tail"]),
        kind=kind,
        granularity=Decimal(1),
        in_words=True,
        tail=part["tail"] or "",
    )


def _ends(words: str, upper: str | None) -> tuple[int, int | None]:
    """Both ends of 三至五 and of 三四百, else the number and None."""
    near = _NEIGHBOURS.fullmatch(words)
    if near and _CN_DIGITS[near[2]] == _CN_DIGITS[near[1]] + 1:
        low, high = chinese_integer(near[1] + near[3]), chinese_integer(near[2] + near[3])
        return low, high
    low = chinese_integer(words)
    high = chinese_integer(upper) if upper else low
    return low, high if high > low else None


def _percent_in_words(match: "re.Match[str]") -> Amount:
    words = match["first"]
    if words[0].isdigit():
        value = Decimal(words.replace(",", ""))
    else:
        whole, _, decimals = words.partition("点")
        value = Decimal(chinese_integer(whole))
        if decimals:
            digits = "".join(str(_CN_DIGITS[word]) for word in decimals)
            value += Decimal(f"0.{digits}")
    return Amount(
        start=match.start(),
        end=match.end(),
        number=match.start("first") - len("百分之"),
        value=value,
        upper=None,
        unit="%",
        qualifier=_qualifier(match["pre"], match["tail"]),
        kind=Kind.RATE,
        granularity=Decimal(1),
        in_words=not words[0].isdigit(),
        tail=match["tail"] or "",
    )


def _tenths(match: "re.Match[str]") -> Amount:
    """三成 is 30 per cent, 三成半 is 35."""
    return Amount(
        start=match.start(),
        end=match.end(),
        number=match.start("first"),
        value=Decimal(10 * _CN_DIGITS[match["first"]] + (5 if match["half"] else 0)),
        upper=None,
        unit="%",
        qualifier=_qualifier(match["pre"], match["tail"]),
        kind=Kind.RATE,
        granularity=Decimal(10),
        in_words=True,
        tail=match["tail"] or "",
    )
