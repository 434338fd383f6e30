"""Segments that were saved, with their members and their growth; the state of the base day by day."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import RowId, metadata
from storage.types import Moment

segments = Table(
    "segments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("key", String(64), nullable=False, unique=True, comment="folded"),
    Column("query", Text, comment="in the segment language; empty: a static list"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

segment_members = Table(
    "segment_members",
    metadata,
    Column("segment_id", ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Index("ix_segment_members_contact_id", "contact_id"),
)

segment_counts = Table(
    "segment_counts",
    metadata,
    Column("segment_id", ForeignKey("segments.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String(10), primary_key=True, comment="YYYY-MM-DD in the business's zone"),
    Column("contacts", Integer, nullable=False),
)

quality_counts = Table(
    "quality_counts",
    metadata,
    Column("day", String(10), primary_key=True, comment="YYYY-MM-DD in the business's zone"),
    Column("line", String(24), primary_key=True, comment="of crm/quality.py"),
    Column("contacts", Integer, nullable=False, comment="who has this fault"),
    Column("of", Integer, nullable=False, comment="of how many"),
)
