"""Storage: accounts, registrations, proceedings and the audit trail, in one SQLite file."""

from assistant.records.errors import IdentityTaken, MobileTaken, RecordsError, RoleRefused
from assistant.records.store import Records, Turn, open_records, open_training

__all__ = [
    "IdentityTaken",
    "MobileTaken",
    "Records",
    "RecordsError",
    "RoleRefused",
    "Turn",
    "open_records",
    "open_training",
]
