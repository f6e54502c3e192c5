"""Logins: who may open a session, by password or through an outside account.

Owns users, their passwords, outside accounts, sessions and the limits on trying. Knows no staff and no rights: what a login
may do is org's answer, through the port of access.
"""
