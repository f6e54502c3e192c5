"""What the work is worth: plans and their versions, frozen inputs, earnings, and how they are paid out.

Owns what somebody earned and why. Runs `core.settlement`, posts to the ledger, and knows the measures that
cause money. Refuses to move money by any other way than the ledger.
"""
