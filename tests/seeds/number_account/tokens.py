"""The numbers of a text: quantities with their unit, dates, names with digits, words for all.

Nothing with a digit or a Chinese numeral is passed over: what no pattern reads comes out as a
bare number, unless it is one of the set phrases below, which state no amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["quantity", "word", "date", "bare"]

# Set phrases, slogans and names in which a numeral counts nothing that could be promised.
PHRASES = tuple(
    """
    一体 统一 进一步 一步法 一批 一期 二期 新一代 一般 一流 一次 一盘棋 一网多源
    一张网 一企一策 一站式 一带一路 不再一一列出 一港四园 一园多港 一港多园 一轴三区多园
    一轴两廊十通道 两山相映 一河镶嵌 两山一河一湖 三线一单 三改联动 三改二 三联供
    三级物流 三角洲 两高 两个目录 四个区分 九大优势 九大战略 六个走在前 二十大 十大工程
    八大行动 千项技改 千企转型 二氧 二甲 南四湖 十里泉 八一热电 零碳 零排放 零距离
    近零能耗 零部件 趋零 城七
    """.split()
)
# Longer units first, so that 万千瓦 is not read as 万 and 千瓦时 not as 千瓦.
_UNITS = """
    克标准煤/千瓦时 万千瓦 千瓦时 千瓦 兆瓦 吉瓦 GWh MWh GW MW 千伏 亿立方米 亿立方 立方米 立方
    万平方米 平方米 万吨标准煤 万吨 吨 亿元 万元 万亩 亩 万户 户 公里 千米 米 台
    座 个 项 条 家 辆 艘 星级 大 级 期 年 倍 %
""".split()
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+"
_DIGITS = r"\d+(?:\.\d+)?"
_UNIT = "|".join(_UNITS)
_BEFORE = "不低于|不少于|不超过|超过|突破|小于|大于|低于|高于|约|年产"
_AFTER = "及以上|及以下|以上|以下|左右|覆盖(?!率)"
_TOKEN = re.compile(
    rf"(?P<date>20\d\d年(?:\d{{1,2}}月\d{{1,2}}日)?|十[四五]五)"
    rf"|(?P<document>[一-龥]政[一-龥]〔20\d\d〕\d+号)"
    rf"|(?P<phrase>{'|'.join(sorted(PHRASES, key=len, reverse=True))})"
    rf"|(?P<word>全覆盖|全部(?!门)|全面完成|全面实现|全面建成)"
    rf"|(?P<quantity>(?P<before>{_BEFORE})?(?P<core>"
    rf"\d+#[—-]\d+#泊位"
    rf"|(?:\d+×)?\d+[A-Z]级"
    rf"|(?:\d+×)?{_DIGITS}(?:[—-]{_DIGITS})?(?:{_UNIT})(?:/[日年])?级?(?:\(一期\))?"
    rf"|(?:{_NUMERAL})?[百千万亿十](?:{_UNIT})级?|[百千万亿]+级|[一二两三四五六七八九](?:{_UNIT})"
    rf"|[百千十][万亿]"
    rf")(?P<after>{_AFTER})?)"
    rf"|(?P<bare>国[IVX]+|[A-Za-z]*\d+(?:[.+-]\d+)*[A-Z]?|{_NUMERAL})",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[、和]")


@dataclass(frozen=True)
class Token:
    """One number as printed: its place in the text and every print that stands for it.

    `prints` holds the full print and, in a list whose last member carries 左右 or 以上 for all,
    the print with that word: 10% in 10%、5%左右 is also 10%左右.
    """

    kind: Kind
    print: str
    start: int
    end: int
    prints: frozenset[str] = frozenset()


def find_tokens(text: str) -> tuple[Token, ...]:
    """All numbers of a text that `clauses.plain` has prepared, in order."""
    return tuple(_with_list_words(list(_matches(text)), text))


def _matches(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup is None or match["phrase"]:
            continue
        found = match[0]
        kind: Kind = "quantity"
        if match["date"]:
            kind = "date"
        elif match["word"]:
            kind = "word"
        elif match["bare"] or match["document"]:
            kind = "bare"
        yield Token(kind, found, match.start(), match.end(), frozenset({found}))


def _with_list_words(tokens: list[Token], text: str) -> Iterator[Token]:
    """Give each member of a list the word that its last member carries for all."""
    shared = ""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        follower = tokens[index + 1] if index + 1 < len(tokens) else None
        joined = follower and _JOINED.fullmatch(text[token.end : follower.start])
        own = re.search(rf"(?:{_AFTER})$", token.print)
        if own:
            shared = own[0]
        elif not joined:
            shared = ""
        elif shared:
            tokens[index] = replace(token, prints=token.prints | {token.print + shared})
    yield from tokens
