"""Changes of many rows that can be undone, and what makes them: bulk actions, imports, merging, export."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import PERSONAL, Json, RowId, metadata
from storage.types import Moment

changes = Table(
    "changes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(8), nullable=False, comment="bulk | import | merge"),
    Column("title", String(200), nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("state", String(8), nullable=False, server_default="done", comment="running | done | undoing | undone"),
    Column("counts", Json),
    Column("created_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", ForeignKey("staff.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,
)

change_rows = Table(
    "change_rows",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("change_id", ForeignKey("changes.id", ondelete="CASCADE"), nullable=False),
    Column("table_name", String(40), nullable=False),
    Column("row_key", String(200), nullable=False, info=PERSONAL, comment="its primary key, as a JSON list"),
    # No foreign key: it outlives the card that a merge takes away.
    Column("contact_id", BigInteger, comment="whose row it is: erased with the person"),
    Column("before", Json, info=PERSONAL, comment="the row as it was; empty: it was not there"),
    Column("after", Json, info=PERSONAL, comment="the row as the change left it; empty: it was taken away"),
    Index("ix_change_rows_change_id", "change_id", "id"),
    Index("ix_change_rows_contact_id", "contact_id"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("chat_id", BigInteger, comment="where its progress is shown; empty: the command line"),
    Column("file_name", String(255), nullable=False),
    Column("path", String(255), comment="of the file's copy, below the data folder"),
    Column("sha256", String(64), nullable=False),
    Column("kind", String(8), nullable=False, server_default="contacts", comment="contacts | purchases"),
    Column(
        "state",
        String(10),
        nullable=False,
        server_default="mapping",
        comment="mapping | checking | ready | running | done | cancelled | failed | undone",
    ),
    Column("mapping", Json, comment="what each column is taken for"),
    Column("options", Json, comment="consent, source, tags, what to do with duplicates"),
    Column("counts", Json),
    Column("done_rows", Integer, nullable=False, server_default="0", comment="where a killed import goes on"),
    Column("report_path", String(255)),
    Column("change_id", ForeignKey("changes.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

import_mappings = Table(
    "import_mappings",
    metadata,
    Column("signature", String(64), primary_key=True, comment="SHA-256 of the headings"),
    Column("mapping", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256: the link itself is kept nowhere"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

exports = Table(
    "exports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("mark", String(16), nullable=False, unique=True, comment="written into the file"),
    Column("segment", Text, nullable=False),
    Column("format", String(8), nullable=False, comment="xlsx | csv | vcard | archive"),
    Column("columns", Json),
    Column("contacts", Integer, nullable=False, server_default="0"),
    Column("state", String(8), nullable=False, server_default="waiting", comment="waiting | sent | failed"),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    sqlite_autoincrement=True,
)

duplicate_pairs = Table(
    "duplicate_pairs",
    metadata,
    Column("low_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, comment="the older card"),
    Column("high_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", Json, nullable=False, comment="what agrees and what differs, by field"),
    Column("state", String(8), nullable=False, server_default="open", comment="open | distinct"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("found_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Index("ix_duplicate_pairs_state", "state", "score"),
    Index("ix_duplicate_pairs_high_id", "high_id"),
)

merged_contacts = Table(
    "merged_contacts",
    metadata,
    Column("loser_id", BigInteger, primary_key=True, autoincrement=False, comment="the number that leads on"),
    Column("winner_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("change_id", ForeignKey("changes.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
)

telegram_aliases = Table(
    "telegram_aliases",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False, info=PERSONAL),
    Column(
        "contact_id",
        ForeignKey("contacts.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="whose other account this is: what it writes reaches their card",
    ),
    Column("username", String(64), info=PERSONAL),
    Column("reachable", Boolean, nullable=False, server_default="1"),
    Column("at", Moment, nullable=False),
)
