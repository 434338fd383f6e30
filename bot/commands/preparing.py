"""The database made ready for this version: looked over, backed up when its version moves, migrated."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.settings import Settings
from storage import backups, schema


def prepare(settings: Settings) -> str:
    """Brings the database to this version and says what was done. The caller holds its lock.

    Raises storage.troubles.Trouble; the database is then as it was, and no new one is in its place.
    """
    path = settings.database_path
    if schema.is_new(path):
        schema.upgrade(path)
        return f"{path} is made, version {schema.head()}."
    found = schema.check(path)
    if found == schema.head():
        return f"{path} is of version {found} already."
    copy = settings.backups_dir / f"before-{schema.head()}-{backups.name_for(datetime.now(UTC))}"
    backups.make(path, copy)
    schema.upgrade(path)
    return f"{path} is brought from version {found} to {schema.head()}. A backup from before: {copy}"
