"""Installed capacity: its entry, its history, its effect on the check."""
