"""The composition root: settings, addresses, wiring, and the command line with its processes. Nothing imports it."""
