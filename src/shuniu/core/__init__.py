"""Pure engines: standard library and pydantic only; no Django, no I/O, no clock."""
