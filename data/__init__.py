"""Boundaries and rasters that ship with Fengtu, each beside a record of its origin."""
