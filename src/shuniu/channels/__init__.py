"""Where touches arrive and messages leave.

Owns the connections to outside platforms, what came in exactly as it came, the contacts and lines of chat it stands
for, and what goes out with its attempts. Knows neither customers nor work orders: whoever cares reacts to its events.
"""
