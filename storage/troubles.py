"""What can be wrong with the database as a file; each says it in a sentence the owner can act on."""

from __future__ import annotations


class Trouble(Exception):
    """The database cannot be used as asked. Nothing was changed; the message says what is wrong and what to do."""


class Busy(Trouble):
    """Another process has the database."""


class Unwritable(Trouble):
    """The folder or the file cannot be written, or the disk is full."""


class Damaged(Trouble):
    """The file is not a whole database."""


class Newer(Trouble):
    """The database was made by a newer Kartoteka."""


class Foreign(Trouble):
    """The file is a database, but not Kartoteka's."""


class Missing(Trouble):
    """There is no such file."""


class Exists(Trouble):
    """There is such a file already, and it would be overwritten."""
