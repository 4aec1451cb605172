"""The parts of the siting page: sources, rules, runs, maps and files."""
