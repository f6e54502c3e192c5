"""Curves at work: what a running base is worth, compiled from the plan's data."""
