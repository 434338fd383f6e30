"""Where each conversation stands: one row a person in a chat, written in the transaction of the update that moved it.

`flow` names who gets the next message; `draft` is a form put aside, to be offered again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage import contacts, staff
from storage.engine import Reads, Tx
from storage.tables import contacts as contacts_table
from storage.tables import conversations
from storage.tables import staff as staff_table


@dataclass(slots=True)
class Conversation:
    """The one mutable value a handler holds: moved by its methods, and stored with the rest of the update's changes."""

    chat_id: int
    user_id: int
    flow: str | None = None
    state: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None
    moved: bool = False

    def enter(self, flow: str, state: dict[str, Any]) -> None:
        """The next message belongs to this flow, which stands at this state."""
        self.flow, self.state, self.moved = flow, state, True

    def leave(self) -> None:
        """The next message belongs to nobody."""
        if self.flow is not None or self.state is not None:
            self.flow, self.state, self.moved = None, None, True

    def put_aside(self, draft: dict[str, Any] | None) -> None:
        """Keeps a half-filled form to be offered again; None forgets the one kept."""
        if draft != self.draft:
            self.draft, self.moved = draft, True


@dataclass(frozen=True, slots=True)
class Known:
    """What the base knows of the writer: read in one query at the start of each update."""

    contact: contacts.Contact | None
    staff: staff.Member | None
    conversation: Conversation


_who = select(
    bindparam("user", type_=BigInteger).label("user_id"), bindparam("chat", type_=BigInteger).label("chat_id")
).subquery("who")
_LOAD = select(
    *contacts.COLUMNS, *staff.COLUMNS, conversations.c.flow, conversations.c.state, conversations.c.draft
).select_from(
    _who.outerjoin(
        contacts_table,
        # One of the person's other accounts leads to their card as well.
        or_(contacts_table.c.telegram_id == _who.c.user_id, contacts_table.c.id == contacts.OTHER_ACCOUNT),
    )
    .outerjoin(staff_table, and_(staff_table.c.telegram_id == _who.c.user_id, staff_table.c.removed_at.is_(None)))
    .outerjoin(
        conversations, and_(conversations.c.chat_id == _who.c.chat_id, conversations.c.user_id == _who.c.user_id)
    )
)
_CONTACT = len(contacts.COLUMNS)
_STAFF = len(staff.COLUMNS)


async def load(db: Reads, chat_id: int, user_id: int) -> Known:
    """The writer's card, rights and place in the conversation."""
    row = await db.first(_LOAD, {"user": user_id, "account": user_id, "chat": chat_id})
    contact, member, rest = row[:_CONTACT], row[_CONTACT : _CONTACT + _STAFF], row[_CONTACT + _STAFF :]
    return Known(
        contact=None if contact[0] is None else contacts.Contact(*contact),
        staff=None if member[0] is None else staff.Member(*member),
        conversation=Conversation(chat_id, user_id, *rest),
    )


_UPSERT = upsert(conversations)
_SAVE = _UPSERT.on_conflict_do_update(
    index_elements=["chat_id", "user_id"],
    set_={
        "flow": _UPSERT.excluded.flow,
        "state": _UPSERT.excluded.state,
        "draft": _UPSERT.excluded.draft,
        "updated_at": _UPSERT.excluded.updated_at,
        "nudged_at": None,
    },
)


def save(tx: Tx, conversation: Conversation, *, now: datetime) -> None:
    """Keeps the conversation's place; a nudge may be due again from here."""
    tx.later(
        _SAVE,
        {
            "chat_id": conversation.chat_id,
            "user_id": conversation.user_id,
            "flow": conversation.flow,
            "state": conversation.state,
            "draft": conversation.draft,
            "updated_at": now,
        },
    )


async def forget(tx: Tx, user_id: int) -> None:
    """Everything a person was in the middle of, in every chat."""
    await tx.run(delete(conversations).where(conversations.c.user_id == user_id))


_COLUMNS = (
    conversations.c.chat_id,
    conversations.c.user_id,
    conversations.c.flow,
    conversations.c.state,
    conversations.c.draft,
)
_IN_FORM = text("conversations.flow = 'form'")  # in full, as the index on updated_at has it


async def abandoned(
    db: Reads, form_id: str, *, silent_since: datetime, but_not_before: datetime, limit: int = 200
) -> list[Conversation]:
    """Conversations left in this form between the two times and not yet nudged, the oldest first."""
    statement = (
        select(*_COLUMNS)
        .where(
            _IN_FORM,
            conversations.c.updated_at < silent_since,
            conversations.c.updated_at >= but_not_before,
            conversations.c.nudged_at.is_(None),
            conversations.c.state["form"].as_string() == form_id,
        )
        .order_by(conversations.c.updated_at)
        .limit(limit)
    )
    return [Conversation(*row) for row in await db.all(statement)]


async def nudged(db: Reads, chat_id: int, user_id: int) -> Conversation | None:
    """The conversation, if it was nudged and has not moved since."""
    statement = select(*_COLUMNS).where(
        conversations.c.chat_id == chat_id, conversations.c.user_id == user_id, conversations.c.nudged_at.is_not(None)
    )
    row = await db.first(statement)
    return None if row is None else Conversation(*row)


async def mark_nudged(tx: Tx, chat_id: int, user_id: int, *, now: datetime) -> None:
    await tx.run(
        update(conversations)
        .where(conversations.c.chat_id == chat_id, conversations.c.user_id == user_id)
        .values(nudged_at=now)
    )
