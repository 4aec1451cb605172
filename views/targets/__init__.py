"""The parts of the targets page: cards, ledger, downloads."""
