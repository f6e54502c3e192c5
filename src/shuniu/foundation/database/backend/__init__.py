"""Django's PostgreSQL backend with a short way to commit (named by DATABASES)."""
