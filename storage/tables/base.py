"""What all tables share: the metadata with its naming of constraints, the mark of what is personal, column types."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PERSONAL = {"personal": True}

# SQLite numbers rows by itself only for a column declared INTEGER PRIMARY KEY.
RowId = BigInteger().with_variant(Integer, "sqlite")

# None is SQL's NULL: SQLAlchemy would store the text 'null', which COALESCE takes for a value.
Json = JSON(none_as_null=True)
