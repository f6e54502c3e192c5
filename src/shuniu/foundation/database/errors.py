"""What can go wrong with the database process, said in both languages."""


class DatabaseError(Exception):
    """A fault of the server or its place; ``zh`` and ``en`` are whole sentences for the person at the terminal."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class BinariesMissing(DatabaseError):
    """No PostgreSQL programs came with the installation."""


class NoAccount(DatabaseError):
    """PostgreSQL refuses to run as root and no other account could be found or made."""


class ServerFailed(DatabaseError):
    """The server ended while it was starting; the message carries the end of its log."""


class ServerUnsuitable(DatabaseError):
    """The server behind ``DATABASE_URL`` cannot be reached or is too old."""
