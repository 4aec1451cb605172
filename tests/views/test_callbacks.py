"""Callbacks never write: what a control is handed reaches no function that changes what is kept.

A callback runs before the script's body, even in a session whose right has ended (PITFALLS 19b).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

VIEWS = Path(__file__).resolve().parents[2] / "views"
HANDED = re.compile(r"on_([a-z]+_)*(click|change|submit|select)")
# Methods that write whatever they are called on, and modules none of whose functions are harmless.
WRITING = {"apply", "undo", "write_text", "write_bytes", "unlink", "rename", "execute", "commit"}
WRITERS = {
    *("store.write", "store.store", "store.safe_file", "store.sign_in", "store.tries"),
    *("registry.own_rasters", "store.rasters", "store.backup", "store.take_over"),
}
WRITING_NAMES = {"change_people", "take_over_rasters"}
Key = tuple[str, str]  # module, function


class Module:
    """One module's functions and what its names stand for."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.tree = ast.parse(source)
        self.functions = {
            node.name: node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        self.names: dict[str, str] = {}  # a name → the dotted thing that it was imported as
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    self.names[each.asname or each.name] = f"{node.module}.{each.name}"


def reached(node: ast.AST, module: Module) -> Iterator[str]:
    """Everything that a piece of code names: dotted imports, own functions, methods as `.name`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            if each.id in module.functions:
                yield f"{module.name}.{each.id}"
            elif each.id in module.names:
                yield module.names[each.id]
        elif isinstance(each, ast.Attribute):
            root = each.value.id if isinstance(each.value, ast.Name) else ""
            yield f"{module.names[root]}.{each.attr}" if root in module.names else f".{each.attr}"


def is_writing(name: str) -> bool:
    """Does this name stand for something that writes?"""
    package, _, last = name.rpartition(".")
    return last in WRITING_NAMES or package in WRITERS or (not package and last in WRITING)


def wrong_callbacks(modules: Mapping[str, Module]) -> set[str]:
    """Each callback that reaches a write, as module: way."""
    found = set()
    for module in modules.values():
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            for handed in call.keywords:
                if handed.arg and HANDED.fullmatch(handed.arg):
                    found |= set(_writes(handed.value, module, modules, seen=set()))
    return found


def _writes(
    node: ast.AST, module: Module, modules: Mapping[str, Module], *, seen: set[Key]
) -> Iterator[str]:
    for name in reached(node, module):
        if is_writing(name):
            yield f"{module.name}: {name}"
        owner, _, function = name.rpartition(".")
        if owner in modules and function in modules[owner].functions:
            other, key = modules[owner], (owner, function)
            if key not in seen:
                seen.add(key)
                yield from _writes(other.functions[function], other, modules, seen=seen)


def test_no_callback_reaches_a_write() -> None:
    modules = {
        name: Module(name, path.read_text("utf-8"))
        for path in VIEWS.rglob("*.py")
        for name in [".".join(path.relative_to(VIEWS.parent).with_suffix("").parts)]
    }
    assert {"views.saving", "views.districts.split_keep"} <= set(modules) and len(modules) > 100
    assert wrong_callbacks(modules) == set()


def test_one_that_would_is_found() -> None:
    far = Module("views.far", "from store.write import withdraw\ndef go():\n    withdraw(1)\n")
    sources = {
        "near": "from views import far\nimport streamlit as st\nst.button('x', on_click=far.go)\n",
        "other": "from views.far import go\nst.form_submit_button(on_click=lambda: go())\n",
        "own": "def save():\n    store.apply(1)\nx(key=1, on_act_change=save)\n",
        "nested": "from views.far import go\nx(on_change=partial(go))",
    }
    for name, source in sources.items():
        assert wrong_callbacks({"views.far": far, name: Module(name, source)}), name
    harmless = Module("ok", "from views.far import go\nif st.button('x'):\n    go()\n")
    assert wrong_callbacks({"views.far": far, "ok": harmless}) == set()
