"""What people bought, and what the business knows of them beside their name: purchases, points, profile."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, text

from storage.tables.base import PERSONAL, RowId, metadata
from storage.types import Moment

purchases = Table(
    "purchases",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(80), unique=True, comment="the decision that recorded it: pressed twice, it is one"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("request_id", ForeignKey("requests.id", ondelete="SET NULL")),
    Column("amount", BigInteger, nullable=False, comment="minor units of its currency"),
    Column("currency", String(3), nullable=False, comment="ISO 4217"),
    Column("value", BigInteger, nullable=False, comment="the amount in minor units of the business's currency"),
    Column("refunded", BigInteger, nullable=False, server_default="0", comment="of the value"),
    Column("what", String(300), info=PERSONAL),
    Column("promo", String(32), comment="the code used"),
    Column("points", Integer, nullable=False, server_default="0", comment="earned with it"),
    Column("external_id", String(80), unique=True, comment="its number where it was imported from"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_purchases_contact_id", "contact_id", "at"),
    Index("ix_purchases_at", "at"),
    Index(
        "ix_purchases_promo",
        "promo",
        sqlite_where=text("promo IS NOT NULL"),
        postgresql_where=text("promo IS NOT NULL"),
    ),
    Index(
        "ix_purchases_request_id",
        "request_id",
        sqlite_where=text("request_id IS NOT NULL"),
        postgresql_where=text("request_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

point_moves = Table(
    "point_moves",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purchase_id", ForeignKey("purchases.id", ondelete="SET NULL")),
    Column("amount", Integer, nullable=False, comment="earned above zero, spent below"),
    Column("reason", String(16), nullable=False, comment="purchase | refund | spent | gift | correction"),
    Column("note", String(300), info=PERSONAL),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Index(
        "ix_point_moves_purchase_id",
        "purchase_id",
        sqlite_where=text("purchase_id IS NOT NULL"),
        postgresql_where=text("purchase_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

contact_values = Table(
    "contact_values",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("field", String(24), primary_key=True, comment="of contacts.fields, which it makes fit to be asked"),
    Column("key", String(160), primary_key=True, info=PERSONAL, comment="folded; an option's id; a date as YYYY-MM-DD"),
    Column("number", Float, info=PERSONAL, comment="of numbers and money; MMDD of a birthday"),
    Index("ix_contact_values_key", "field", "key", "contact_id"),
    Index("ix_contact_values_number", "field", "number", "contact_id"),
)

relatives = Table(
    "relatives",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False, comment="child | spouse | other"),
    Column("name", String(128), info=PERSONAL),
    Column("birthday", String(10), info=PERSONAL, comment="YYYY-MM-DD, or --MM-DD without the year"),
    Column("month_day", SmallInteger, info=PERSONAL, index=True, comment="MMDD of the birthday"),
    Column("note", Text, info=PERSONAL),
    Column("at", Moment, nullable=False),
)
