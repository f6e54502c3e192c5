"""Flow definitions, their versions, and the runs of them: runs `core.flow` and keeps its state.

Owns forms, versions, runs, steps, works, timers and the outbox of effects. Refuses to know what a run is about: a
subject is a kind and an id, a customer is a number, and what an effect does is its domain's business.
"""
