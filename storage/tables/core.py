"""The tables of the main job: people, what they asked and said, the machine."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

# ------------------------------------------------------------------------------------------------------------- people

staff = Table(
    "staff",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("role", String(8), nullable=False, comment="owner | manager | viewer"),
    Column("name", String(128), nullable=False, server_default=""),
    Column("username", String(64)),
    Column("language", String(8)),
    Column("timezone", String(64)),
    Column("added_at", Moment, nullable=False),
    Column("started_at", Moment, comment="when they first wrote to the bot: before that Telegram refuses to deliver"),
    Column("removed_at", Moment),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("telegram_id", BigInteger, unique=True, info=PERSONAL),
    Column("username", String(64), info=PERSONAL),
    Column("name", String(128), info=PERSONAL, comment="as the person wants to be called"),
    Column("name_key", String(160), info=PERSONAL, comment="folded: crm/folding.py"),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False, server_default=text("0")),
    Column("timezone", String(64), comment="IANA name; empty: the business's own"),
    Column("source_first", String(64), comment="payload of the first /start"),
    Column("source_last", String(64), comment="payload of the latest /start"),
    Column("owner_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("status", String(16), nullable=False, server_default="potential", comment="life cycle: crm/statuses.py"),
    Column(
        "fields", Json, nullable=False, server_default=text("'{}'"), info=PERSONAL, comment="the playbook's own fields"
    ),
    Column("consent_version", String(32), comment="the processing text agreed to; the proof is in consents"),
    Column("consent_refused", String(32), comment="the processing text refused"),
    Column("consent_processing", Boolean, comment="the last word; the proof is in consents"),
    Column("consent_marketing", Boolean, comment="the last word; the proof is in consents"),
    Column("consent_survey", Boolean, comment="the last word; the proof is in consents"),
    Column(
        "reachable",
        Boolean,
        nullable=False,
        server_default=text("1"),
        comment="false: blocked, deactivated, or never started",
    ),
    Column("spam_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("last_in_at", Moment, comment="when the person last wrote or pressed"),
    Column("requests", Integer, nullable=False, server_default="0"),
    Column("open_requests", Integer, nullable=False, server_default="0"),
    Column("last_request_at", Moment),
    Column("last_survey_at", Moment),
    Column("purchases", Integer, nullable=False, server_default="0", comment="not wholly refunded"),
    Column(
        "spent", BigInteger, nullable=False, server_default="0", comment="less refunds; minor units of the business's"
    ),
    Column("first_purchase_at", Moment),
    Column("last_purchase_at", Moment),
    Column("points", Integer, nullable=False, server_default="0", comment="of loyalty, to be spent"),
    Column("nps", SmallInteger, comment="the latest answer, 0 to 10"),
    Column("rating", SmallInteger, comment="the latest rating of a visit, 1 to 5"),
    Column("status_pinned", Boolean, nullable=False, server_default="0", comment="set by hand: rules keep off"),
    Column("status_at", Moment, comment="when the status last changed"),
    Column("level", String(24), comment="of loyalty, or a key account or partner: the playbook's"),
    Column("rfm", String(16), comment="the group at the latest count: crm/rfm.py"),
    Column("abc", String(1), comment="the class at the latest count"),
    Column("version", Integer, nullable=False, server_default="0", comment="compare-and-set"),
    Index("ix_contacts_name_key", "name_key"),
    Index("ix_contacts_username", "username"),
    # All that segments ask of a card itself: most fit a good part of the base, so this is read from end to end and the
    # cards, which are five times as wide, are left alone. By the time of creation, so that a new card's entry comes last
    # and a changed one's stays on its page.
    Index(
        "ix_contacts_asked",
        "created_at",
        "spam_at",
        "language",
        "status",
        "purchases",
        "spent",
        "first_purchase_at",
        "last_purchase_at",
        "last_in_at",
        "requests",
        "open_requests",
        "last_request_at",
        "last_survey_at",
        "points",
        "nps",
        "rating",
        "level",
        "rfm",
        "abc",
        "owner_id",
        "source_first",
        "source_last",
        "reachable",
        "consent_processing",
        "consent_marketing",
        "consent_survey",
        "telegram_id",
    ),
    # Who came by whose word: a card shows how many.
    Index(
        "ix_contacts_referred",
        "source_first",
        sqlite_where=text("substr(source_first, 1, 4) = 'ref_'"),
        postgresql_where=text("substr(source_first, 1, 4) = 'ref_'"),
    ),
    # Silence: whose latest sign was so long ago. Of all cards: one of those that have a sign would be scanned for whatever
    # a segment asks of that sign, and each card opened.
    Index("ix_contacts_last_in_at", "last_in_at"),
    Index("ix_contacts_last_request_at", "last_request_at"),
    # Ranking reads no more of a card than this.
    Index("ix_contacts_last_purchase_at", "last_purchase_at", "purchases", "spent", "spam_at"),
    sqlite_autoincrement=True,  # an id is never given twice: keys are made of it
)

contact_points = Table(
    "contact_points",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(5), nullable=False, comment="phone | email"),
    Column("value", String(254), nullable=False, info=PERSONAL, comment="E.164, or the e-mail as written"),
    Column("key", String(254), nullable=False, info=PERSONAL, comment="compared: E.164, or the e-mail in lower case"),
    Column(
        "reversed", String(20), info=PERSONAL, comment="a phone's digits backwards: its last digits become a prefix"
    ),
    Column("verified_at", Moment, comment="Telegram said it is the sender's own"),
    Column("preferred", Boolean, nullable=False, server_default=text("0")),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("contact_id", "kind", "key"),
    # With whose they are: a search reads many and no others of their columns.
    Index("ix_contact_points_key", "key", "kind", "contact_id"),
    Index("ix_contact_points_reversed", "reversed", "contact_id"),
)

tags = Table(
    "tags",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("key", String(64), nullable=False, unique=True, comment="folded"),
)

contact_tags = Table(
    "contact_tags",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Index("ix_contact_tags_tag_id", "tag_id", "contact_id"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False, info=PERSONAL),
    Column("at", Moment, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(10), nullable=False, comment="processing | marketing | survey"),
    Column("granted", Boolean, nullable=False),
    Column("version", String(32), nullable=False, comment="of the text that was shown"),
    Column("text", Text, nullable=False, comment="the text itself, as it was shown"),
    Column("message_id", BigInteger, comment="the message whose button was pressed"),
    Column("at", Moment, nullable=False),
    # Words given by a button, which segments ask about; the last word on each purpose they read from the card.
    Index(
        "ix_consents_pressed",
        "purpose",
        "contact_id",
        "message_id",  # or the word itself would be opened for it
        sqlite_where=text("message_id IS NOT NULL"),
        postgresql_where=text("message_id IS NOT NULL"),
    ),
)

# ----------------------------------------------------------------------------------------------- what they asked, said

requests = Table(
    "requests",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("form_id", String(24), comment="empty: added by a manager"),
    Column("title", String(160), nullable=False, comment="of the form, in the business's language at that time"),
    Column("pipeline", String(24)),
    Column("playbook_hash", String(64)),
    Column(
        "stage",
        String(10),
        nullable=False,
        server_default="new",
        comment="new | taken | done | lost | spam | withdrawn",
    ),
    Column("stage_before", String(10), comment="where spam or a closing is undone to"),
    Column("owner_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("answers", Json, nullable=False, info=PERSONAL, comment="a list of {field, label, value, shown}"),
    Column("lost_reason", String(160)),
    Column("created_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("first_reply_at", Moment),
    Column("closed_at", Moment),
    Column("version", Integer, nullable=False, server_default="0", comment="compare-and-set"),
    Index("ix_requests_stage", "stage", "created_at"),
    # What segments ask of requests, without reading what was answered in them.
    Index("ix_requests_stage_contact", "stage", "contact_id"),
    Index("ix_requests_form", "form_id", "contact_id"),
    Index(
        "ix_requests_lost",
        "lost_reason",
        "stage",
        "contact_id",
        sqlite_where=text("lost_reason IS NOT NULL"),
        postgresql_where=text("lost_reason IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never given twice: keys are made of it
)

files = Table(
    "files",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("request_id", ForeignKey("requests.id", ondelete="SET NULL")),
    Column("file_id", String(200), nullable=False, info=PERSONAL),
    Column("unique_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(255), info=PERSONAL),
    Column("mime", String(127)),
    Column("size", BigInteger),
    Column("path", String(255), info=PERSONAL, comment="of the copy, below the data folder"),
    Column("at", Moment, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column(
        "kind",
        String(24),
        nullable=False,
        comment="message, request, stage, tag, note, consent, survey, field, erased …",
    ),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("request_id", ForeignKey("requests.id", ondelete="SET NULL")),
    Column("text", Text, info=PERSONAL),
    Column("data", Json, info=PERSONAL),
    Index("ix_events_contact_at", "contact_id", "at"),
    # What scenarios look for: whose request moved on, whose status changed.
    Index(
        "ix_events_kind",
        "kind",
        "at",
        sqlite_where=text("kind IN ('request', 'stage', 'status')"),
        postgresql_where=text("kind IN ('request', 'stage', 'status')"),
    ),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column(
        "key", String(120), nullable=False, unique=True, comment="survey, contact and occurrence: the outbox row's key"
    ),
    Column("survey_id", String(24), nullable=False),
    Column("kind", String(4), nullable=False, comment="csat | nps | ces | own"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("request_id", ForeignKey("requests.id", ondelete="SET NULL")),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("score", SmallInteger),
    Column("comment", Text, info=PERSONAL),
    Column("asked_at", Moment, nullable=False),
    Column("scored_at", Moment),
    Column("answers", Json, info=PERSONAL, comment="of the owner's own steps, as far as they went"),
    Column("finished_at", Moment, comment="every step is answered"),
    Index("ix_survey_answers_survey", "survey_id", "contact_id"),
    # Results are counted from this alone.
    Index("ix_survey_answers_scores", "survey_id", "scored_at", "score"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE")),
    Column("text", Text, nullable=False, info=PERSONAL),
    Column("due_at", Moment, nullable=False),
    Column("repeat", String(40), comment="how it comes back when it is done: crm/repeats.py"),
    Column("created_by", BigInteger, comment="of staff, where it was handed over"),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_tasks_due_at", "due_at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    sqlite_autoincrement=True,  # an id is never given twice: keys are made of it
)

# --------------------------------------------------------------------------------------------------------- the machine

conversations = Table(
    "conversations",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("flow", String(24), comment="which flow the next message belongs to; empty: none"),
    Column("state", Json, info=PERSONAL),
    Column("draft", Json, info=PERSONAL, comment="a form put aside: offered again at the next /start"),
    Column("updated_at", Moment, nullable=False),
    Column("nudged_at", Moment),
    Index(
        "ix_conversations_updated_at",
        "updated_at",
        sqlite_where=text("flow = 'form'"),
        postgresql_where=text("flow = 'form'"),
    ),
    Index(
        "ix_conversations_draft",
        "user_id",
        sqlite_where=text("draft IS NOT NULL"),
        postgresql_where=text("draft IS NOT NULL"),
    ),
)

playbooks = Table(
    "playbooks",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("accepted_at", Moment, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Json, nullable=False),
)
