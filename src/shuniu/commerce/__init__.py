"""What customers buy: products, orders and their lines, wherever they were placed.

An order always belongs to a customer. Money here is what was charged; what it earns somebody is settlement's affair.
"""
