"""Storage: accounts, registrations, proceedings and the audit trail, in one SQLite file."""

from assistant.records.errors import IdentityTaken, MobileTaken, RecordsError
from assistant.records.store import Records, Turn, open_records

__all__ = ["IdentityTaken", "MobileTaken", "Records", "RecordsError", "Turn", "open_records"]
