"""The pages by their names in the address, in the order of the head; the map stands at the root."""

from __future__ import annotations

PAGES = {
    "map": "views/pages/map.py",
    "targets": "views/pages/targets.py",
    "districts": "views/pages/districts.py",
    "projects": "views/pages/projects.py",
    "siting": "views/pages/siting.py",
    "data": "views/pages/data.py",
    "about": "views/pages/about.py",
}
