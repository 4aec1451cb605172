"""Choices of counties that contradict one another, each said in a short line."""

from __future__ import annotations

from registry.areas import plan_districts
from registry.registry import Registry
from views import selection
from views.words import t


def odd_choices(registry: Registry) -> tuple[str, ...]:
    """What a link or the lists chose that cannot be shown as chosen."""
    chosen, districts = selection.current(), registry.districts
    focus = chosen.focus if districts.has(chosen.focus) else ""
    found = []
    if chosen.beside and not focus:
        name = districts.label(chosen.beside, chosen.language)
        found.append(t("county.odd_no_focus", name=name))
    elif chosen.beside == focus and focus:
        found.append(t("county.odd_same"))
    owners = plan_districts(registry)
    for code in dict.fromkeys(filter(None, (focus, chosen.beside if focus else ""))):
        owner = owners.get(code)
        if owner and chosen.plans and owner not in chosen.plans:
            name = districts.label(code, chosen.language)
            found.append(t("county.odd_outside", name=name))
    return tuple(found)
