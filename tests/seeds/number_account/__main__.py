"""`python -m tests.seeds.number_account [PLAN …]`: the account as a table, then its faults."""

from __future__ import annotations

import sys
from collections import Counter

from geo.districts import load_districts
from seeds.loader import load_plans
from tests.seeds.number_account.account import Account, account
from tests.seeds.number_account.clauses import PLANS, read_clauses
from tests.seeds.number_account.reasons import load_reasons


def main(wanted: list[str]) -> int:
    """Print plan, clause, number, accounted by; 1 if something is not accounted for."""
    if not PLANS.is_dir():
        sys.stderr.write(f"the five documents are not here: {PLANS}\n")
        return 2
    districts = load_districts()
    names = {code: districts.name(code) for code in districts.codes}
    faults = []
    for loaded in load_plans(district_names=names):
        plan = loaded.content
        if wanted and plan.plan.id not in wanted:
            continue
        text = (PLANS / f"{plan.plan.id}.txt").read_text(encoding="utf-8")
        result = account(plan, read_clauses(text), load_reasons())
        _print(result)
        faults += result.faults
    sys.stdout.write("".join(f"FAULT {fault}\n" for fault in faults))
    return 1 if faults else 0


def _print(result: Account) -> None:
    for entry in result.entries:
        by = f"{entry.role}: {entry.by}" if entry.by else "-"
        sys.stdout.write(f"{result.plan}\t{entry.clause}\t{entry.token.print}\t{by}\n")
    roles = Counter(entry.role if entry.by else "nothing" for entry in result.entries)
    counts = ", ".join(f"{count} by {role}" for role, count in sorted(roles.items()))
    sys.stdout.write(f"{result.plan}: {len(result.entries)} numbers: {counts}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
