"""The work itself: orders, who is sent, what the customer sees of it, and how it ends.

Owns kinds, orders, offers, captured chat lines and the customer's progress link. The steps of an order belong to
`flows`; what it is worth belongs to `settlement`, which hears of it by the names of the events here.
"""
