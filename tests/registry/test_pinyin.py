"""How names sound: the odd readings of Shandong, marks between syllables, order."""

from __future__ import annotations

import pytest

from registry.pinyin import initials, is_spelled_in, order_key, spelled, syllables, typed

ODD = {
    "单县": "shan xian",
    "莘县": "shen xian",
    "乐陵": "lao ling",
    "昌乐": "chang le",
    "东阿县": "dong e xian",
    "兖州区": "yan zhou qu",
    "汶上县": "wen shang xian",
    "任城区": "ren cheng qu",
    "长清区": "chang qing qu",
    "台儿庄区": "tai er zhuang qu",
    "曲阜市": "qu fu shi",
    "峄城区": "yi cheng qu",
    "茌平区": "chi ping qu",
    "鄄城县": "juan cheng xian",
    "郓城县": "yun cheng xian",
    "临朐县": "lin qu xian",
    "牟平区": "mu ping qu",
    "芝罘区": "zhi fu qu",
    "储能调峰电站": "chu neng tiao feng dian zhan",
    "余热长输管网": "yu re chang shu guan wang",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_readings(name: str) -> None:
    assert " ".join(syllables(name)) == ODD[name]


def test_marks_and_first_letters() -> None:
    assert spelled("肥城1号井") == "^'fei'cheng'|'hao'jing'"
    assert spelled("“肥城”井") == "^'fei'cheng'|'jing'"
    assert spelled("500千伏") == "'qian'fu'"
    assert (initials("肥城1号井"), initials("500千伏"), initials("PV")) == ("fc", "", "")


@pytest.mark.parametrize(
    ("word", "name", "is_in"),
    [
        ("feicheng", "肥城市", True),
        ("cheng", "肥城市", False),  # one syllable must begin the name
        ("chengshi", "肥城市", True),
        ("eicheng", "肥城市", False),
        ("feichen", "肥城市", False),
        ("xian", "西安", True),
        ("lvse", "绿色", True),
        ("luse", "绿色", True),
        ("lüse", "绿色", True),
        ("lv", "鲁北", False),
        ("lu", "鲁北", True),
        ("taierzhuang", "台儿庄", True),
    ],
)
def test_whole_syllables_only(word: str, name: str, is_in: bool) -> None:
    assert is_spelled_in(typed(word), spelled(name)) is is_in


def test_what_is_no_pinyin() -> None:
    assert [typed(word) for word in ("300mw", "泰安", "", "tai'an")] == ["", "", "", "taian"]


def test_order_is_that_of_the_sounds() -> None:
    names = ["肥城", "滨州", "岱岳", "曹县", "10号", "PV"]
    assert sorted(names, key=order_key) == ["10号", "滨州", "曹县", "岱岳", "肥城", "PV"]
