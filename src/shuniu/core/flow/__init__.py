"""Flow documents, their checks, and the pure step function.

A document says what may happen; a state says which steps of one run are open; a command moves it. Nothing here knows
a database, a clock or a person's name: whoever runs flows writes down the effects that come back.
"""
