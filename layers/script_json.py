"""Values as JSON that may stand inside a page's script."""

from __future__ import annotations

import json
from typing import Any


def script_json(value: Any) -> str:
    """JSON that is safe inside a script and inside a template literal (PITFALLS 2)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&$`\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
