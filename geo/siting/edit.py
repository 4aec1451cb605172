"""A recipe with one thing changed: a term switched, weighed, limited, added or taken out.

Every change gives a recipe that was checked as a whole; raises RecipeError where it would be none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.siting.recipe import Recipe
from geo.siting.recipe_file import check_recipe


def changed(recipe: Recipe, **changes: Any) -> Recipe:
    """The recipe with fields of its own changed: area, cell_m, technology …"""
    return check_recipe(recipe.model_dump(mode="json", exclude_defaults=True) | changes, recipe.id)


def with_term(recipe: Recipe, term_id: str, **changes: Any) -> Recipe:
    """The recipe with fields of one term changed."""
    return _mapped(recipe, lambda each: each | changes if each["id"] == term_id else each)


def without_term(recipe: Recipe, term_id: str) -> Recipe:
    """The recipe without one term."""
    return _mapped(recipe, lambda each: None if each["id"] == term_id else each)


def with_new(recipe: Recipe, section: str, term: dict[str, Any]) -> Recipe:
    """The recipe with a term more, under the first free id such as distance_2."""
    taken = {each.id for each in (*recipe.exclusions, *recipe.criteria)}
    number = next(n for n in range(1, len(taken) + 2) if f"{term['kind']}_{n}" not in taken)
    rows: Sequence[dict[str, Any]] = recipe.model_dump(mode="json", exclude_defaults=True).get(
        section, []
    )
    return changed(recipe, **{section: [*rows, {"id": f"{term['kind']}_{number}", **term}]})


def with_density(recipe: Recipe, technology: str, **changes: Any) -> Recipe:
    """The recipe with figures of one density changed."""
    rows = recipe.model_dump(mode="json").get("densities", [])
    return changed(
        recipe,
        densities=[each | changes if each["technology"] == technology else each for each in rows],
    )


def _mapped(recipe: Recipe, change: Any) -> Recipe:
    raw = recipe.model_dump(mode="json", exclude_defaults=True)
    sections = {
        name: [made for each in raw.get(name, []) if (made := change(each)) is not None]
        for name in ("exclusions", "criteria")
    }
    return changed(recipe, **sections)
