"""The records file as text: rows go in as lines, so that a person's comments and order stay.

Reading takes every value as text (only an empty value is None) and refuses aliases. Each change is
read back; where the lines would not say what was meant (lists in braces), the file is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from seeds.reading import UniqueKeyLoader

SECTIONS = ("installed", "progress")
Row = Mapping[str, str]
_NULL = "tag:yaml.org,2002:null"


def _only_null(resolvers: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    kept = {sign: [each for each in found if each[0] == _NULL] for sign, found in resolvers.items()}
    return {sign: found for sign, found in kept.items() if found}


class _TextLoader(UniqueKeyLoader):
    """YAML whose plain values are all text."""

    yaml_implicit_resolvers = _only_null(yaml.SafeLoader.yaml_implicit_resolvers)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node; an alias would make one row stand in two places."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "an alias (*)", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class _TextDumper(yaml.SafeDumper):
    """YAML that needs quotation marks only where the loader above would need them."""

    yaml_implicit_resolvers = _only_null(yaml.SafeDumper.yaml_implicit_resolvers)


def parse(text: str) -> Any:
    """What the text says, as lists and mappings of text; {} for an empty one."""
    return yaml.load(text, Loader=_TextLoader) or {}


def add_rows(text: str, section: str, rows: Sequence[Row]) -> str:
    """The text with more rows at the end of a section."""
    wanted = _sections(parse(text))
    wanted[section] = [*wanted[section], *(dict(row) for row in rows)]
    node = _section_node(text, section)
    if node is None:
        end = "" if not text or text.endswith("\n") else "\n"
        changed = f"{text}{end}{section}:\n{_dump(rows)}"
    elif _is_empty(node):
        start, stop = node.start_mark.index, node.end_mark.index
        bare = text[:start] + text[stop:]
        changed = _insert(bare, bare.count("\n", 0, start) + 1, _dump(rows))
    else:
        lines = _indent(_dump(rows), node.start_mark.column)
        changed = _insert(text, _line_after(node), lines)
    return _agreed(changed, wanted)


def mark_row(text: str, section: str, index: int, key: str, value: str) -> str:
    """The text with one more field in one row."""
    wanted = _sections(parse(text))
    wanted[section][index] = {**wanted[section][index], key: value}
    node = _section_node(text, section)
    row = node.value[index] if node is not None else None
    if row is None or row.flow_style:
        return _agreed("", wanted)
    # An empty field of that name may stand there already: then the file is written anew.
    field = " " * row.start_mark.column + f"{key}: {value}\n"
    return _agreed(_insert(text, _line_after(row), field), wanted)


def _agreed(changed: str, wanted: Mapping[str, Sequence[Row]]) -> str:
    """The changed text if it says what is wanted, else a new one that does."""
    try:
        if _sections(parse(changed)) == wanted:
            return changed
    except yaml.YAMLError:
        pass  # lines in an unusual place; the file is written anew
    return "".join(f"{name}:\n{_dump(rows)}" for name, rows in wanted.items() if rows)


def _sections(raw: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    return {name: list(raw.get(name) or []) for name in SECTIONS}


def _dump(rows: Sequence[Row]) -> str:
    plain = [dict(row) for row in rows]
    return yaml.dump(plain, Dumper=_TextDumper, allow_unicode=True, sort_keys=False, width=10**6)


def _section_node(text: str, section: str) -> Any:
    root = yaml.compose(text, Loader=_TextLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == section), None)


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) or not node.value


def _line_after(node: yaml.Node) -> int:
    """The number of the line that follows the last sign of a node, not its trailing comments."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    at_line_start = mark.column == 0 and mark.index > node.start_mark.index
    return int(mark.line if at_line_start else mark.line + 1)


def _insert(text: str, line: int, lines: str) -> str:
    before = [f"{each}\n" for each in text.split("\n")]
    if before[-1] == "\n":
        before.pop()
    return "".join([*before[:line], lines, *before[line:]])


def _indent(lines: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}\n" for line in lines.split("\n") if line)
