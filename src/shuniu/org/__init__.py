"""Units, staff, roles and data scope; settings that inherit; working calendars; notices.

Answers who may do what where, and how a unit's people, hours and settings are found. Refuses to know what the work is: customers,
orders and money point here, never the other way.
"""
