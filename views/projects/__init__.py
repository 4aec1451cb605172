"""The parts of the projects page: list, sheet, comparison, board of progress."""
