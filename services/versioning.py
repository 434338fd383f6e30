"""The playbook in force, and the earlier versions that people in the middle of a form began with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crm.playbook import Playbook
from storage import contact_values, playbook_versions
from storage.engine import Reads, Tx


class Playbooks:
    """The versions of the playbook: `current`, and `version(hash)` for a form that was begun with an earlier one.

    `read` makes a Playbook of an accepted text; it is given by the composition root, since loading belongs to bot/.
    """

    def __init__(self, current: Playbook, read: Callable[[str], Playbook]) -> None:
        self.current = current
        self._read = read
        self._known: dict[str, Playbook] = {current.hash: current}

    async def accept(self, tx: Tx, playbook: Playbook, text: str, *, now: datetime) -> None:
        """Puts a checked version in force once the transaction is committed, and keeps its text."""
        await playbook_versions.keep(tx, playbook.hash, text, now=now)
        await contact_values.note_kinds(tx, {field.id: field.type for field in playbook.card_fields})

        def in_force() -> None:
            self.current = playbook
            self._known[playbook.hash] = playbook

        tx.after_commit(in_force)

    async def version(self, db: Reads, digest: str | None) -> Playbook:
        """The version with this hash; the current one where there is none (or no longer a readable one)."""
        if digest is None or digest in self._known:
            return self._known.get(digest or "", self.current)
        text = await playbook_versions.text_of(db, digest)
        if text is None:
            return self.current
        try:
            self._known[digest] = self._read(text)
        except ValueError:
            # A version accepted by an older release that this one no longer reads: the form goes on with today's.
            self._known[digest] = self.current
        return self._known[digest]
