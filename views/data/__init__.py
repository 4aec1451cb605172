"""The parts of the data page: briefs, records, the log of changes."""
