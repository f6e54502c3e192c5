"""Who the customers are: identity, profile, tags, stage, owner.

One person is one customer, however many accounts lead here; every outside account is an identity row that
belongs to exactly one customer. This domain listens to channels and knows nothing of orders or work orders.
"""
