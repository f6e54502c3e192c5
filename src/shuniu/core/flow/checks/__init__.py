"""The checks of a flow document, one concern a file."""
