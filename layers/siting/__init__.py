"""Siting on the plans' own ground: sources from the registry, a run, its picture and its files."""
