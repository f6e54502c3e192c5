"""Runs: many inputs settled in parts, by any number of workers, interrupted and repeated at will."""
