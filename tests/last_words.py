"""What cards say of the last words of their people, compared with the words themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from crm.segment_fields import PURPOSES


def mistaken(path: Path) -> list[tuple[Any, ...]]:
    """The cards that say of a purpose what their consents do not: (contact, purpose, as the card says, the last word)."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            row
            for purpose in (one.id for one in PURPOSES)
            for row in connection.execute(
                f"WITH last_words AS (SELECT id, consent_{purpose} AS kept, (SELECT granted FROM consents"
                " WHERE contact_id = contacts.id AND purpose = ?1 ORDER BY consents.id DESC LIMIT 1) AS said FROM contacts)"
                " SELECT id, ?1, kept, said FROM last_words WHERE kept IS NOT said",
                (purpose,),
            )
        ]
