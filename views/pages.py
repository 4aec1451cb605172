"""The pages by their names in the address, in the order of the head; the map stands at the root."""

from __future__ import annotations

PAGES = {
    "map": "views/map.py",
    "targets": "views/targets.py",
    "districts": "views/districts.py",
    "projects": "views/projects.py",
    "siting": "views/siting.py",
    "data": "views/data.py",
    "about": "views/about.py",
}
