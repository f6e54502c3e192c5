"""What we learned: projections of the feed, counted by unit and day, and how long work stays at each node.

It owns no business fact. Everything here can be thrown away and counted again from the events (``actions.rebuild``).
"""
