"""Backup and restore: one archive with the database, the files, and the keys the database cannot be read without."""
