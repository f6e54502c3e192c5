"""Pages that move by themselves: one stream per browser tells which subjects have changed, never what.

Signed tickets carry the rights; the streams are served by a process of its own (``shuniu live``) that follows the
feed. Pages read again through the API, which checks rights as always.
"""
