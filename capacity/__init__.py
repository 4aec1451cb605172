"""How much, counted once: the ledger behind every sum of MW."""
