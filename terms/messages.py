"""The message catalogue: every word on the screen, in Chinese and in English, by key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from terms.errors import SetupError
from terms.language import Language
from terms.swift_yaml import SwiftLoader

CATALOGUE = Path(__file__).parent / "catalogue"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All messages as key → {zh, en}; a key that stands twice raises SetupError."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(CATALOGUE.glob("*.yaml")):
        section = yaml.load(path.read_text(encoding="utf-8"), Loader=SwiftLoader) or {}
        for prefix, entries in section.items():
            for name, pair in entries.items():
                key = f"{prefix}.{name}"
                if key in merged:
                    raise SetupError(f"message {key} stands twice; {path.name} repeats it")
                merged[key] = {"zh": str(pair[0]), "en": str(pair[1])}
    return merged


def text(key: str, language: Language, /, **values: object) -> str:
    """The message for a key with its values filled in; an unknown key raises SetupError."""
    try:
        message = catalogue()[key][language]
    except KeyError:
        raise SetupError(f"no message {key} in {language}; add it to terms/catalogue/") from None
    return message.format(**values) if values else message


def label(kind: str, value: str | None, language: Language) -> str:
    """The label of one member of a closed list, e.g. label("layer", "pumped_storage", "zh")."""
    return text(f"{kind}.{value or 'none'}", language)
