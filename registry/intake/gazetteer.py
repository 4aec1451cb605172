"""Names of counties and cities as strangers write them, with a choice where a name is shared."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from geo.districts import Districts, usual_names
from registry.intake.words import folded, is_not_stated
from terms.errors import DistrictError

_CODE = re.compile(r"(37\d{4})(?:\d{3}|\d{6})?(?:\D.*)?")
_PARTS = re.compile(r"[、;；,，/+&]|和|及")
_GLUE = " ·-/>_,，"
_SHANDONG = ("山东省", "山东", "shandong province", "shandong")
_ZH_TAILS = ("市", "区", "县")
_EN_TAILS = (" city", " county", " district", " prefecture")


@dataclass(frozen=True)
class Found:
    """What a name means: districts, or a whole city, or several candidates to choose from.

    `rest` is what follows the county in an address, mostly a township.
    """

    codes: tuple[str, ...] = ()
    city_code: str = ""
    candidates: tuple[str, ...] = ()
    rest: str = ""

    @property
    def is_known(self) -> bool:
        """Does the name mean one thing?"""
        return bool(self.codes or self.city_code) and not self.candidates


NOTHING = Found()


class Gazetteer:
    """The names of one edition of the districts; looks each text up once."""

    def __init__(self, districts: Districts) -> None:
        self.districts = districts
        self._names: dict[str, set[str]] = defaultdict(set)
        self._cities: dict[str, str] = {}
        self._cache: dict[tuple[str, str], Found] = {}
        usual = usual_names()
        for code in districts.codes:
            for name in (districts.name(code), usual.get(code, ""), districts.name(code, "en")):
                for spelling in _spellings(name):
                    self._names[spelling].add(code)
            for language in ("zh", "en"):
                self._names[folded(districts.label(code, language))].add(code)
            city = districts.city_code(code)
            for name in (districts.city_name(city), districts.city_name(city, "en"), city):
                for spelling in _spellings(name):
                    self._cities[spelling] = city
        self._by_length = sorted(self._names, key=len, reverse=True)

    def knows(self, text: str) -> bool:
        """Does a text name a county or several (perhaps a shared name), by name or code?"""
        found = self.find(text)
        return bool(found.codes or found.candidates)

    def city(self, text: str) -> str:
        """The code of a city by its name or code, empty for an unknown one."""
        plain = _without_province(folded(text))
        return self._cities.get(plain, "")

    def find(self, text: str, *, city_code: str = "") -> Found:
        """What a text names; `city_code` settles names that several cities share."""
        key = (text, city_code)
        if key not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[key] = self._find(text, city_code)
        return self._cache[key]

    def labels(self, codes: tuple[str, ...]) -> str:
        """Candidates as a person chooses among them."""
        return "、".join(f"{self.districts.label(code)}（{code}）" for code in codes[:12])

    def _find(self, text: str, city_code: str) -> Found:
        if is_not_stated(text) or len(text) > 200:
            return NOTHING
        whole = self._one(folded(text), city_code)
        if whole != NOTHING:
            return whole
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
        if len(parts) < 2:
            return NOTHING
        found = [self._one(folded(part), city_code) for part in parts]
        if len(parts) == 2 and self.city(parts[1]) and not self.city(parts[0]):
            return self._one(folded(parts[0]), self.city(parts[1]))
        if NOTHING in found:
            return NOTHING
        candidates = next((each.candidates for each in found if each.candidates), ())
        codes = tuple(dict.fromkeys(code for each in found for code in each.codes))
        return Found(codes, candidates=candidates) if codes or candidates else NOTHING

    def _one(self, text: str, city_code: str) -> Found:
        if match := _CODE.fullmatch(text.replace(" ", "")):
            return self._code(match[1])
        plain = _without_province(text).strip(_GLUE)
        named = self._named(plain, city_code)
        if named != NOTHING:
            return named
        if plain in self._cities:
            return Found(city_code=self._cities[plain])
        for name, code in sorted(self._cities.items(), key=lambda pair: -len(pair[0])):
            if plain.startswith(name) and len(name) > 1:
                rest = plain.removeprefix(name).strip(_GLUE)
                inner = self._named(rest, code)
                return inner if inner != NOTHING else self._led(rest, code)
        return self._led(plain, city_code)

    def _named(self, plain: str, city_code: str) -> Found:
        codes = sorted(self._names.get(plain, ()))
        mine = [code for code in codes if self.districts.city_code(code) == city_code]
        if city_code and codes:
            codes = mine
        if len(codes) > 1:
            return Found(candidates=tuple(codes))
        return Found((codes[0],), self.districts.city_code(codes[0])) if codes else NOTHING

    def _led(self, plain: str, city_code: str) -> Found:
        """A county at the head of an address: 肥城市石横镇."""
        for name in self._by_length:
            if len(name) > 2 and name.endswith(_ZH_TAILS) and plain.startswith(name):
                rest = plain.removeprefix(name)
                if _PARTS.match(rest):
                    return NOTHING  # the first of several
                found = self._named(name, city_code)
                return Found(found.codes, found.city_code, found.candidates, rest.strip(_GLUE))
        return NOTHING

    def _code(self, code: str) -> Found:
        if self.districts.has(code):
            return Found((code,), self.districts.city_code(code))
        try:
            self.districts.codes_in(code)
        except DistrictError:
            return NOTHING
        return Found(city_code=code)


def _spellings(name: str) -> set[str]:
    plain = folded(name)
    short = {plain.removesuffix(tail) for tail in (*_ZH_TAILS, *_EN_TAILS)}
    return {each for each in {plain, *short} if len(each) > 1}


def _without_province(plain: str) -> str:
    for name in _SHANDONG:
        rest = plain.removeprefix(name)
        if rest != plain and rest:
            return rest.strip(_GLUE)
    return plain
