"""YAML in which every value is text: no figure loses a digit, no code its leading zero.

Only an empty value is None; an alias is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from seeds.reading import UniqueKeyLoader

SECTIONS = ("installed", "progress")
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


def parse(text: str) -> Any:
    """What the text says, as lists and mappings of text; {} for an empty one."""
    return yaml.load(text, Loader=_TextLoader) or {}
