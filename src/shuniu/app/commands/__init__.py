"""The verbs of ``shuniu``, one file each.

A verb's file is named after it. The first line of its docstring is its help; ``arguments(parser)`` declares its
options where it has any; ``run(options)`` does it and returns the exit code. ``NEEDS`` names what must stand before
the file is imported and run, from {"database", "models"}; a verb that says nothing needs both:

- ``database``: an embedded server is started, or joined when the product runs, and ``DATABASE_URL`` is set;
- ``models``: Django is set up, so that the file may import models, actions and queries.
"""
