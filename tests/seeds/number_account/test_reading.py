"""Numbers are read as printed, and clauses cut where the registry's locators say."""

from __future__ import annotations

import pytest

from tests.seeds.number_account.clauses import covers, plain, read_clauses
from tests.seeds.number_account.tokens import find_tokens


def _prints(text: str) -> list[str]:
    return [token.print for token in find_tokens(plain(text))]


@pytest.mark.parametrize(
    ("text", "prints"),
    [
        ("新能源85\n万千瓦光伏", ["85万千瓦"]),
        ("达到 668 千米以上", ["668千米以上"]),
        ("约５０％", ["约50%"]),
        ("十亿立方储气库", ["十亿立方"]),
        ("年产三十万吨增塑剂", ["年产三十万吨"]),
        ("百兆瓦级电站、千亿级集群、百亿线缆", ["百兆瓦级", "千亿级", "百亿"]),
        ("千万千瓦级基地", ["千万千瓦级"]),
        ("肥城2×300MW（一期）储能", ["2×300MW(一期)"]),
        ("2×9F级燃气、2×60万千瓦级煤电", ["2×9F级", "2×60万千瓦级"]),
        ("7#—10#泊位和1—2个集群", ["7#—10#泊位", "1—2个"]),
        ("等3座500千伏变电站", ["3座", "500千伏"]),
        ("年产10GW、5Gwh、3吉瓦、60GWh", ["年产10GW", "5Gwh", "3吉瓦", "60GWh"]),
        ("295克标准煤/千瓦时以下", ["295克标准煤/千瓦时以下"]),
        ("2500吨/日及以下，4.7万吨/年", ["2500吨/日及以下", "4.7万吨/年"]),
        ("不低于80%、超过2200台、小于5公里", ["不低于80%", "超过2200台", "小于5公里"]),
        ("服务区100%覆盖，500米覆盖率", ["100%覆盖", "500米"]),
        ("到2025年，“十四五”期间", ["2025年", "十四五"]),
        ("2023年9月25日，鲁政字〔2022〕242号", ["2023年9月25日", "鲁政字〔2022〕242号"]),
        ("国Ⅵ、5G、HG1、19-6、“231+1”、“147”", ["国VI", "5G", "HG1", "19-6", "231+1", "147"]),
        ("全部退出，实现全覆盖，全部门", ["全部", "全覆盖"]),
        ("一体化、二氧化碳、“三改联动”、统一、二期", []),
        ("二星级及以上，七里", ["二星级及以上", "七"]),
    ],
)
def test_numbers_are_read_as_printed(text, prints):
    assert _prints(text) == prints


def test_a_list_shares_the_word_that_its_last_member_carries():
    first, second = find_tokens("分别降低10%、5%左右")
    assert first.prints == {"10%", "10%左右"}
    assert second.prints == {"5%左右"}
    assert [t.print for t in find_tokens("达到2470万千瓦、500万千瓦和30万千瓦")] == [
        "2470万千瓦",
        "500万千瓦",
        "30万千瓦",
    ]
    assert find_tokens("提高10%,增长5%左右")[0].prints == {"10%"}


# Cutting clauses

DOCUMENT = """某市方案
一、总则
甲
三行的续文
## 二、目标
### （一） 能源
总起
1．大力发展
到
2030 年，达到85
5.4万千瓦
2．其次
（２） 工业
1.戊
专栏 1：重点项目
1. 光伏。（1）甲项；（2）
乙项3座
铁路项目。丙线
一、分组
1.丁
（1）仍属丁
（三）交通
抄送：某委
"""


def test_clauses_carry_the_locators_of_the_registry():
    assert [(clause.locator, clause.text) for clause in read_clauses(DOCUMENT)] == [
        ("preamble", "某市方案"),
        ("一", "总则甲三行的续文"),
        ("二", "目标"),
        ("二（一）", "能源总起"),
        ("二（一）1", "大力发展到2030年,达到855.4万千瓦"),
        ("二（一）2", "其次"),
        ("二（二）", "工业"),
        ("二（二）1", "戊"),
        ("专栏1", "重点项目"),
        ("专栏1 1", "光伏。"),
        ("专栏1 1.（1）", "甲项;"),
        ("专栏1 1.（2）", "乙项3座"),
        ("专栏1 铁路项目", "丙线"),
        ("专栏1 一", "分组"),
        ("专栏1 一1", "丁"),
        ("专栏1 一1.（1）", "仍属丁"),
        ("二（三）", "交通"),
        ("colophon", "抄送:某委"),
    ]


def test_a_locator_names_what_it_contains_in_a_sidebar_only():
    assert covers("专栏1 1", "专栏1 1.（2）") and covers("专栏1", "专栏1 1")
    assert not covers("专栏1 1", "专栏1 10") and not covers("专栏1", "专栏10 1")
    assert not covers("三（三）", "三（三）1")
