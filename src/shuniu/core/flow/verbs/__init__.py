"""The commands, one file each: what a verb checks, and what it does to the walk."""
