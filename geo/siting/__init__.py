"""Screening an area for a technology: exclusions, weighted criteria, a score that can be opened."""
