"""Work that happens later or again and again: batch jobs (Procrastinate) and the loops of the worker process.

A job is enqueued in the transaction of the change that wants it. A job carries a batch, never one event, customer
or timer: those are rows that loops read with SKIP LOCKED.
"""
