"""What leaves the house as a file: one extract of the registry, written in one of the formats."""
