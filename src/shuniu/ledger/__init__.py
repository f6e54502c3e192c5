"""Where the money is: double-entry accounts, transactions and postings, immutable and summing to zero.

Owns that no cent appears, vanishes or moves twice. Refuses to know what anything was earned for: owners and
sources are opaque references. A positive amount is owed to the account's owner.
"""
