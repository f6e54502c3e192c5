"""The verbs below ``shuniu flow``, one file each.

``arguments(verbs)`` adds its parser to the sub-parsers and sets ``act``, the function that does it and returns the exit
code. None of them needs a database unless it sets one up itself.
"""
