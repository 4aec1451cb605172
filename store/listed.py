"""A YAML file with one list (people, base layers), read up to its rows, every fault told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from seeds.reading import yaml_fault
from store.lines import parse
from terms.errors import Fault, FaultsError
from terms.os_reasons import os_reason

# What stands in the place of a secret, and its English.
HIDDEN = ("不在此显示", "not shown here")


def text_of(path: Path, error: type[FaultsError]) -> str:
    """The text of a file, empty where there is none; raises `error` where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as failed:
        found = f"不能读取（{os_reason(failed, 'zh')}）"
        found_en = f"cannot be read ({os_reason(failed, 'en')})"
        expected = "可以读取的文件 · a file that may be read"
        raise error([Fault(path.name, "-", "-", found, expected, found_en)]) from None
    except UnicodeDecodeError:
        fault = Fault(path.name, "-", "-", "别的编码", "UTF-8 编码 · UTF-8 text", "other bytes")
        raise error([fault]) from None


def rows_of(text: str, file: str, section: str, error: type[FaultsError]) -> list[Any]:
    """The rows of a text's one list; raises `error` with the faults of all that is none."""
    whole = f"{section} 列表 · the list {section}"
    try:
        raw = parse(text)
    except yaml.YAMLError as failed:
        place = replace(yaml_fault(file, failed, whole), found="不是 YAML", found_en="not YAML")
        raise error([place]) from None
    except RecursionError:
        raise error([Fault(file, "-", "-", "嵌套过深", whole, "too deep")]) from None
    if not isinstance(raw, dict):
        raise error([Fault(file, "-", "-", "没有该列表", whole, "no such list")])
    faults = [
        Fault(file, "-", str(key)[:40], "未知的部分", whole, "an unknown section")
        for key in raw
        if key != section
    ]
    rows = raw.get(section) or []
    if not isinstance(rows, list):
        faults.append(Fault(file, section, "-", "不是列表", whole, "not a list"))
    if faults:
        raise error(faults)
    return list(rows)


def without_secret(fault: Fault, secret: Collection[str]) -> Fault:
    """The fault without what stands in a field that may hold a secret; our own words stay."""
    if fault.field.split(".")[0] in secret and not fault.found_en:
        return replace(fault, found=HIDDEN[0], found_en=HIDDEN[1])
    return fault
