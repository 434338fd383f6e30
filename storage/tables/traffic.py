"""What comes in and goes out, and the work that takes longer: the two lives of docs/architecture.md."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import PERSONAL, Json, RowId, metadata
from storage.types import Moment

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("lane", BigInteger, nullable=False, comment="chat (or person) whose updates are handled in order"),
    Column("payload", Text, info=PERSONAL, comment="the raw update; blanked when handled"),
    Column("state", String(8), nullable=False, server_default="new", comment="new | done | parked"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("error", Text, comment="type and place of the last failure, without values"),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    UniqueConstraint("bot_id", "update_id"),
    Index("ix_inbox_new", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    Index("ix_inbox_handled_at", "handled_at"),
    sqlite_autoincrement=True,  # an id is never given twice: keys are made of it
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(120), nullable=False, unique=True, comment="one decision, one row"),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL")),
    Column("purpose", String(10), nullable=False, comment="answer | staff | service | survey | marketing"),
    Column("priority", SmallInteger, nullable=False, comment="0 leaves first; see crm/purposes.py"),
    Column("payload", Json, nullable=False, info=PERSONAL, comment="what to say; see views/messages.py"),
    Column("memo", Json, info=PERSONAL, comment="what a button under this message needs to remember"),
    Column("recipe", Json, comment="what the payload is made of when its time has come; empty: it is written already"),
    Column("topic", String(24), comment="of the playbook: a person may refuse it"),
    Column("value", SmallInteger, nullable=False, server_default="0", comment="the higher takes the last free slot"),
    Column("revision", Integer, nullable=False, server_default="1", comment="an edit is a new revision of its row"),
    Column("sent_revision", Integer, nullable=False, server_default="0"),
    Column(
        "state", String(10), nullable=False, comment="pending | sending | sent | failed | unknown | skipped | cancelled"
    ),
    Column("on_doubt", String(6), nullable=False, comment="resend | skip: what a death between send and record means"),
    Column("due_at", Moment, nullable=False),
    Column("valid_until", Moment, comment="past this the message has no use and is skipped"),
    Column("retry_at", Moment, comment="set while a retry is awaited; it holds the chat's later rows"),
    Column("after_id", RowId, comment="the row whose outcome this one waits for"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("claimed_by", String(32), comment="the process that is sending it"),
    Column("message_id", BigInteger),
    Column("decision", Json, comment="what the contact policy said, and why"),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index(
        "ix_outbox_due",
        "priority",
        "due_at",
        "id",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "ix_outbox_next",
        "due_at",
        "chat_id",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "ix_outbox_retry",
        "retry_at",
        "chat_id",
        sqlite_where=text("state = 'pending' AND retry_at IS NOT NULL"),
        postgresql_where=text("state = 'pending' AND retry_at IS NOT NULL"),
    ),
    Index(
        "ix_outbox_sending", "id", sqlite_where=text("state = 'sending'"), postgresql_where=text("state = 'sending'")
    ),
    Index("ix_outbox_message", "chat_id", "message_id"),
    Index("ix_outbox_contact", "contact_id", "sent_at"),
)

work = Table(
    "work",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(8), nullable=False, server_default="pending", comment="pending | running | done | failed"),
    Column("due_at", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("claimed_by", String(32)),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_work_due", "due_at", sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'")),
)
