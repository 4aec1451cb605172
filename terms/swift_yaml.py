"""The fast reader of YAML where the library was built with libyaml, else its own."""

from __future__ import annotations

from typing import Any

import yaml

SwiftLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
