"""What we learned: projections of the feed, counted by unit and day, and how long work stays at each node.

It owns no business fact: everything here is counted from events that others published.
"""
