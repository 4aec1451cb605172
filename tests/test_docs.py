"""Documentation that cannot rot: every column, layer, command and dependency is written down."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import cli
from capacity.verdict import Verdict
from registry.additions import with_additions
from registry.registry import Registry
from store.basemaps import Basemap, read_basemaps
from store.book import read_book
from store.kinds import KINDS
from store.migrations.views_0001 import VIEWS
from store.rasters import MAX_UPLOAD_MB
from store.tables import change
from terms.columns import (
    CHECK_COLUMNS,
    DISTRICT_COLUMNS,
    JOIN_COLUMNS,
    LEDGER_COLUMNS,
    LINE_COLUMNS,
    PROJECT_COLUMNS,
    TARGET_COLUMNS,
)
from terms.kinds import Layer
from views.gate import Limits
from views.network import EXAMPLE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DICTIONARY = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")


STORE = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
COLUMNS = {*PROJECT_COLUMNS, *TARGET_COLUMNS, *DISTRICT_COLUMNS, *LEDGER_COLUMNS}


@pytest.mark.parametrize("column", sorted(COLUMNS | {*CHECK_COLUMNS, *JOIN_COLUMNS, *LINE_COLUMNS}))
def test_every_column_is_in_the_dictionary(column: str) -> None:
    assert f"`{column}`" in DICTIONARY


@pytest.mark.parametrize("layer", list(Layer))
def test_every_layer_is_in_the_dictionary(layer: Layer) -> None:
    assert f"| `{layer.value}` |" in DICTIONARY


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).is_file(), link


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_explained(verdict: Verdict) -> None:
    counting = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8")
    assert f" {verdict.value} |" in counting


def test_every_command_is_in_the_readme() -> None:
    for command in cli.app.registered_commands:
        assert command.callback is not None
        assert f"cli.py {command.name or command.callback.__name__}" in README


def test_every_dependency_says_what_for() -> None:
    for name in ("requirements.txt", "requirements-scale.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for package in re.findall(r"^([A-Za-z][\w-]+)", text, re.MULTILINE):
            assert re.search(rf"\| .*`{re.escape(package)}`", README, re.IGNORECASE), package


def test_every_environment_variable_is_in_the_readme() -> None:
    used: set[str] = set()
    for package in ("terms", "seeds", "geo", "store", "registry", "capacity", "layers", "views"):
        for path in (ROOT / package).rglob("*.py"):
            used |= set(re.findall(r"\"(FENGTU_[A-Z_]+)\"", path.read_text(encoding="utf-8")))
    used |= set(re.findall(r"\"(FENGTU_[A-Z_]+)\"", (ROOT / "cli.py").read_text("utf-8")))
    assert used
    for variable in used:
        assert f"`{variable}`" in README, variable


def test_the_readme_counts_what_is_there(registry: Registry) -> None:
    rows, targets = len(registry.projects), len(registry.targets)
    assert f"{rows} 行" in README and f"{targets} 条" in README
    assert f"{rows} rows and {targets} quantified targets" in README


RECORD_FIELDS = {name for kind in KINDS.values() for name in kind.model.model_fields}


@pytest.mark.parametrize("field", sorted(RECORD_FIELDS))
def test_every_field_of_a_record_is_in_the_dictionary(field: str) -> None:
    assert f"`{field}`" in DICTIONARY.split("## 录入")[1].split("\n## ")[0]


def test_the_example_of_a_records_file_is_a_good_book(registry: Registry) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", STORE, re.DOTALL)
    book = read_book(example, "store.md")
    assert (len(book.installed), len(book.progress), book.withdrawn) == (1, 1, 1)
    assert with_additions(registry, book).installed == book.installed


def test_the_store_is_documented() -> None:
    for column in {*change.columns.keys()} - {"id"}:
        assert f"`{column}`" in STORE, column
    for view in re.findall(r"CREATE VIEW (\w+)", "".join(VIEWS)):
        assert f"`{view}`" in STORE, view


def test_base_layers_are_documented_and_the_example_is_good() -> None:
    docs = (ROOT / "docs" / "base-layers.md").read_text(encoding="utf-8")
    for field in Basemap.model_fields:
        assert f"`{field}`" in docs, field
    (example,) = re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL)
    kinds = [base.kind for base in read_basemaps(example, "base-layers.md")]
    assert kinds == ["tianditu", "osm", "xyz", "wmts", "wms"]
    assert read_basemaps(EXAMPLE, "network.py")


def test_the_example_of_nginx_fits_what_the_app_takes() -> None:
    """The body limit of the upload address is above Streamlit's, and the map may use eval."""
    text = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    upload = re.search(
        r"location /fengtu/_stcore/upload_file/ \{(.*?)\n    \}", text, flags=re.DOTALL
    )
    assert upload and "limit_req zone" in upload[1]
    allowed = re.search(r"client_max_body_size (\d+)m", upload[1])
    limits = Limits()
    assert allowed and int(allowed[1]) > options["server"]["maxUploadSize"] == limits.file_mb
    assert limits.file_mb >= MAX_UPLOAD_MB  # the page promises no more than arrives
    for words in ("'unsafe-eval'", "$http_upgrade", "X-Forwarded-For   $remote_addr", "limit_conn"):
        assert words in text
    for figure in (limits.session_mb, limits.total_mb, limits.uploads_per_minute):
        assert f" {figure} " in text
    assert f"{options['server']['maxMessageSize']} MB" in text
