"""Rasters of the user: taken in, chosen, read under a project."""
