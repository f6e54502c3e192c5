"""The database process: the embedded PostgreSQL, its place on disk and the account it runs under.

Owns nothing inside the database; tables belong to the domains. Knows no Django: the command line and the tests
start a server here first and hand its URL to the settings through ``DATABASE_URL``.
"""
