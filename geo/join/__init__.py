"""Points to districts: arrays in, arrays out, the same answer as the exact predicate."""
