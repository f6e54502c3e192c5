"""The typed tree as Python closures: `code(context, frame)` gives a node's value.

`context` is what the caller gave; `frame` is a list: the `Run`, the tested input `?`, then one slot for every
local name of the program. Static types choose the closure once, so that running it decides as little as
possible.
"""
