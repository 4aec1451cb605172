"""Benchmarks: how long the sums take, and that they are the same as when done naively."""
