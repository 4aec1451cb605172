"""Records of the store in words: who did what when, and field by field what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo.rasters.source import host_of
from layers.paint import plan_label
from registry.own import origin_words
from registry.registry import Registry
from store.drafts import Change
from terms.kinds import Technology
from terms.language import Language
from terms.messages import catalogue, label, text

Plain = Mapping[str, Any]
_LABELS = {
    "status": "status",
    "layer": "layer",
    "technology": "technology",
    "land_mode": "land_mode",
    "precision": "precision",
    "relation": "relation",
    "unit": "entry_unit",
    "kind": "raster_kind",
}
_PLANS, _THINGS = ("plan", "counts_in"), ("project", "part_of", "subject")
_CODES = ("district_code", "district_codes")
_LONG, _MOST = ("text", "values", "shapes"), 160  # of a file's content, and signs of a value
_NAMES = ("project", "subject", "name", "title")  # what a record is about, the first it has


def local_time(at: str) -> str:
    """A moment of the store (UTC) by the clock of this machine, to the minute."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def field_words(field: str, language: Language) -> str:
    """A field of a record by its name; one that is no record's stays as it is."""
    key = f"record_field.{field}"
    return text(key, language) if key in catalogue() else field


@dataclass(frozen=True)
class Teller:
    """Tells records in one language, with the names that the registry knows."""

    registry: Registry
    language: Language

    def differences(
        self, kind: str, before: Plain | None, after: Plain | None
    ) -> Iterator[tuple[str, str, str]]:
        """The fields that differ, each with both values in words; a lacking record has none."""
        for name in dict.fromkeys((*(before or ()), *(after or ()))):
            old, new = (before or {}).get(name), (after or {}).get(name)
            if name != "id" and (old or None) != (new or None):
                was, now = before or after or {}, after or before or {}
                yield name, self._of(kind, name, old, was), self._of(kind, name, new, now)

    def _of(self, kind: str, name: str, value: Any, plain: Plain) -> str:
        """A value as its record means it: a metric by its name in the record's plan."""
        if name == "metric" and value:
            return self._metric(str(value), str(plain.get("plan", "")))
        return self.value(kind, name, value)

    def value(self, kind: str, name: str, value: Any) -> str:
        """One value in words; empty for none."""
        if value is None or value is False or value == "" or value == []:
            return ""
        if value is True:
            return text("changes.holds", self.language)
        if isinstance(value, list | tuple) and name in _LONG:
            return text("changes.many", self.language, count=len(value))
        if name == "text" and kind in ("split", "mapping"):
            return text("changes.lines", self.language, count=str(value).count("\n") + 1)
        if name in _LABELS and f"{_LABELS[name]}.{value}" in catalogue():
            return label(_LABELS[name], str(value), self.language)
        if name in _PLANS:
            return self._plan(str(value))
        if name in _THINGS:
            return self.thing(str(value))
        if name in _CODES:
            codes = value if isinstance(value, list) else [str(value)]
            return text("word.list", self.language).join(map(self._county, codes))
        if name == "metric":
            return self._metric(str(value))
        if name == "address":  # its user and its query may be a secret
            return host_of(str(value))
        if name == "source_row":
            return origin_words(str(value), self.language)
        said = str(value)
        return said if len(said) <= _MOST else f"{said[:_MOST]}…"

    def thing(self, identity: str) -> str:
        """A project, target or county by its name and id."""
        registry, is_chinese = self.registry, self.language == "zh"
        if row := registry.by_id.get(identity):
            return f"{row.name if is_chinese else row.name_en} · {identity}"
        if target := registry.target_by_key.get(identity):
            name = target.name if is_chinese else target.name_en
            return f"{self._plan(target.plan)} · {name} {target.year}"
        return self._county(identity)

    def changed(self, change: Change) -> tuple[tuple[str, str, str], ...]:
        """What a change did, as fields in words with their values before and after."""
        return tuple(
            (field_words(name, self.language), old, new)
            for name, old, new in self.differences(change.kind, change.before, change.after)
        )

    def subject(self, change: Change) -> str:
        """What a change is about, in a few words."""
        plain = change.after or change.before or {}
        if change.kind == "installed":
            parts = (
                self._plan(str(plain.get("plan", ""))),
                self.value("installed", "district_code", plain.get("district_code")),
                str(plain.get("zone") or ""),
                self._metric(str(plain.get("metric", "")), str(plain.get("plan", ""))),
                str(plain.get("date", "")),
            )
            return " · ".join(filter(None, parts))
        if change.kind == "mapping":  # it has no name, and its number says nothing to anybody
            return self.kind(change.kind)
        named = next((str(plain[name]) for name in _NAMES if plain.get(name)), change.record_id)
        day = f" · {plain['date']}" if change.kind == "progress" and plain.get("date") else ""
        return f"{self.thing(named)}{day}"[: 2 * _MOST]

    def kind(self, kind: str) -> str:
        """A kind of record by its name; one that another program wrote by its code."""
        return self._labelled("record_kind", kind)

    def action(self, action: str) -> str:
        """What was done."""
        return self._labelled("record_action", action)

    def _labelled(self, kind: str, value: str) -> str:
        return label(kind, value, self.language) if f"{kind}.{value}" in catalogue() else value

    def _plan(self, plan: str) -> str:
        is_known = plan in self.registry.plan_by_id
        return plan_label(self.registry, plan, self.language) if is_known else plan

    def _county(self, code: str) -> str:
        districts = self.registry.districts
        return districts.label(code, self.language) if districts.has(code) else code

    def _metric(self, metric: str, plan: str = "") -> str:
        """A metric by its name in that plan, which may call it otherwise than another does."""
        named = [each for each in self.registry.targets if each.metric == metric]
        named = [each for each in named if each.plan == plan] or named
        if named:
            return named[-1].name if self.language == "zh" else named[-1].name_en
        return label("technology", metric, self.language) if metric in set(Technology) else metric
