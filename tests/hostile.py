"""Texts that mean harm, and registries made of them: one list for every way in and out.

What runs would set `fengtuHarmed` on the page, open a dialog, or ask for an address that holds
`hostile-request`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice

from registry.registry import Registry
from terms.records import PlanRecord, Project, Target

FLAG = "fengtuHarmed"
REQUEST = "hostile-request"
_RUN = f"window.{FLAG}=1;alert(1)"
_FAR = f"http://hostile.invalid/{REQUEST}"

# Signs that may be shown anywhere.
VISIBLE: tuple[str, ...] = (
    f"<script>{_RUN}</script>",
    f'<img src=x-{REQUEST} onerror="{_RUN}">',
    f'"><svg onload="{_RUN}">',
    f"' onmouseover='{_RUN}' x='",
    f"</style></title></textarea></script><script>{_RUN}</script>",
    f"<!--<script>{_RUN}",
    f"${{{_RUN}}}",
    f"`+({_RUN})+`${{`",
    f"\\`${{{_RUN}}}\\`\\",
    f"\\u003cscript>{_RUN}\\x3c/script>\\",
    f"{{{{constructor.constructor('{_RUN}')()}}}} {{0}} {{name}} %s %d %(name)s",
    f"![i]({_FAR}/picture.png) [l]({_FAR}) <{_FAR}> {_FAR}",
    f"[j](javascript:{_RUN}) [ref]: {_FAR} ![r][ref]",
    "$\\href{" + _FAR + "}{x}$ $$\\frac{1}{2}$$ $a$ \\(b\\)",
    ":material/delete: :red[red] :blue-background[b] :streamlit: :smile: :+1: <- -> -- a <= b >= c",
    "www.hostile.invalid/hostile-request someone@hostile.invalid mailto:someone@hostile.invalid",
    "# head\u3000**bold** _em_ ~~del~~ ==mark== | a | b | - [x] 1. item > quote ---",
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    f'@SUM(1) =HYPERLINK("{_FAR}","x")',
    "＝1+1",
    "'=1+1",
    "'; DROP TABLE project; -- \" OR 1=1",
    'a,"b";c\'d,""',
    "../../../etc/passwd",
    "..\\..\\CON.txt NUL aux:",
    "!!python/object/apply:os.system ['id'] &a *a %TAG ---",
    "&lt;b&gt; &amp;amp; &#60;script&#62; %3Cscript%3E",
    "]]><![CDATA[x]]> <?xml?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "null None NaN undefined true -0 1e999 0x10 __proto__ constructor",
    "😀👩‍👩‍👧‍👦🏳️‍🌈 é é 𠮷 ﷽",
    "长" * 1500,
)
# Signs that are not seen, turn the line, or pile up on one letter.
UNSEEN: tuple[str, ...] = (
    "右\u202e左\u202c \u2067rtl\u2069 \u200fمرحبا\u200e",
    "unended \u202eturn",
    "\u2066\u202b\u2069 unended isolate \u2067",
    "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
    "Z" + "\u0300\u0301\u0302\u0316\u0489" * 60,
)
# Signs that cut files or break a line; files may give a space for each.
CONTROLS: tuple[str, ...] = (
    "nul\x00l",
    "\x01\x08\x0b\x0c\x0e\x1b[31mred\x7f",
    "tab\there\r\nnext\rlast\n",
    "\t=1+1",
    "\r=1+1",
    "line\u2028part\u2029next\x85",
    "\ufffe\uffff",
)
HOSTILE = (*VISIBLE, *UNSEEN, *CONTROLS)

_OF_PROJECT = (
    "name", "name_en", "owner", "note", "township", "zone", "wording", "capacity_printed",
    "capacity_source", "capacity_external_source", "quantity_printed", "status_source",
    "source_title", "source_section", "source_item",
)  # fmt: skip
_OF_TARGET = ("printed", "scope", "source_section", "name", "name_en", "note")
_OF_PLAN = ("title", "title_en", "issuer", "document_number")


def hostile_registry(registry: Registry, texts: Sequence[str] = HOSTILE) -> Registry:
    """The registry with each text in turn in every free text of its rows, targets and plans."""
    turn = cycle(texts)

    def taken(fields: Sequence[str]) -> dict[str, str]:
        return dict(zip(fields, islice(turn, len(fields)), strict=True))

    def project(row: Project) -> Project:
        lists = {"departments": tuple(islice(turn, 2)), "source_also": tuple(islice(turn, 2))}
        return replace(row, **taken(_OF_PROJECT), **lists)  # type: ignore[arg-type]

    def target(each: Target) -> Target:
        return replace(each, **taken(_OF_TARGET), departments=tuple(islice(turn, 2)))  # type: ignore[arg-type]

    def plan(each: PlanRecord) -> PlanRecord:
        return replace(each, **taken(_OF_PLAN))  # type: ignore[arg-type]

    checks = tuple(
        replace(each, **taken(("title", "title_en", "rest", "rest_en", "note")))  # type: ignore[arg-type]
        for each in registry.self_checks
    )
    return replace(
        registry,
        plans=tuple(map(plan, registry.plans)),
        projects=tuple(map(project, registry.projects)),
        targets=tuple(map(target, registry.targets)),
        self_checks=checks,
    )
