"""Offline assets: installed packages and our own folders served beside the map's frame.

`declare_component` serves a folder at `<base>/component/<module>.<name>/`; the map's frame stands
at `<base>/component/streamlit_folium.st_folium/`, so `../<module>.<name>/` is right under any base
path or proxy and nothing is fetched from a network.
"""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

from streamlit.components.v1 import declare_component

from layers.browser_files import BrowserFiles, write_once
from layers.map import MapAssets
from registry.mode import mode
from store.home import home
from terms.errors import SetupError

_WEB = Path(__file__).parent / "web"
_PARTS = (  # in the order of their needs
    *("view", "spread", "levels", "clusters", "card", "districts", "tray", "sizes", "names"),
    *("marks", "keys", "raster", "own", "legend", "print", "tools", "base", "pick", "map"),
)
_DATA = "../views.assets.data/"
_REMEDY = "install the requirements again: python -m pip install -r requirements.txt"


def browser_folder() -> Path:
    """Where the files for the browser are written; public mode never serves internal ones."""
    return home() / "cache" / "browser" / mode()


def data_address(name: str) -> str:
    """The address of a file in that folder, as the map's frame asks for it."""
    return _DATA + name


def serve_assets(files: BrowserFiles) -> MapAssets:
    """Serve all folders and return the addresses; raises SetupError if a file is missing.

    The folder of the browser's files is made by whoever writes them (`layers.browser_files`).
    """
    leaflet = _installed("leaflet", ("leaflet.js", "leaflet.css"))
    declare_component("leaflet", path=str(leaflet))
    declare_component("web", path=str(_WEB))
    declare_component("data", path=str(browser_folder()))
    return MapAssets(
        scripts=(_script(leaflet, browser_folder(), files),),
        styles=("../views.assets.leaflet/leaflet.css", _own("map.css")),
        data=_DATA,
    )


def _installed(name: str, wanted: tuple[str, ...]) -> Path:
    try:
        package = importlib.import_module(f"xstatic.pkg.{name}")
    except ImportError:
        raise SetupError(f"the package xstatic-{name} is not installed; {_REMEDY}") from None
    folder = Path(package.BASE_DIR)
    for file in wanted:
        if not (folder / file).is_file():
            raise SetupError(f"{name}: {file} is missing in {folder}; {_REMEDY}")
    return folder


def _script(leaflet: Path, folder: Path, files: BrowserFiles) -> str:
    """The address of Leaflet and our scripts as one file: the frame loads one after the other.

    Its first line asks for the map's data, which come while the rest is read.
    """
    asked = ",".join(
        f'"{_DATA}{name}":fetch("{_DATA}{name}")' for name in (files.districts, files.projects)
    )
    paths = (leaflet / "leaflet.js", *(_found(f"{part}.js") for part in _PARTS))
    parts = (path.read_text(encoding="utf-8") for path in paths)
    text = "\n".join((f"window.fengtuEarly={{{asked}}};", *parts))
    name = f"map-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:8]}.js"
    write_once(folder / name, text)
    return f"{_DATA}{name}"


def _own(file: str) -> str:
    """The address of a file of ours, with its digest so that an update is fetched."""
    digest = hashlib.sha256(_found(file).read_bytes()).hexdigest()[:8]
    return f"../views.assets.web/{file}?v={digest}"


def _found(file: str) -> Path:
    path = _WEB / file
    if not path.is_file():
        raise SetupError(f"{path} is missing; get Fengtu's files again")
    return path
