"""Whom a question over the base means, as a set: how many they are, who they are, what is common among them.

Free words are answered by the index of the search, as /find does: then the set is what /find finds, and no more than
`search.WINDOW` people, the nearest first. Everything else is a condition over `contacts` without a limit. Spam is never
in it. All of it may be slow, so it is asked on a reading connection.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, func, select

from crm.segment_tree import Query
from storage import conditions, search
from storage.engine import Reads
from storage.saved_segments import Saved
from storage.tables import contact_tags, contacts, segment_members, tags

Facet = Literal["language", "status", "source", "tag"]
FACETS: Final[tuple[Facet, ...]] = ("tag", "status", "language", "source")


@dataclass(frozen=True, slots=True)
class Meant:
    """A set of contacts. `more`: a search by words that found more than anybody reads, of which these are the nearest;
    what is done to all must not be done to them."""

    condition: ColumnElement[bool]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet as the language writes it, and how many of the set have it."""

    text: str
    contacts: int
    id: int | None = None


_NOT_SPAM = contacts.c.spam_at.is_(None)


async def of_search(db: Reads, query: Query, *, now: datetime, zone: tzinfo) -> Meant:
    """Whom /find finds by this query."""
    if not search.is_by_words(query):
        return Meant(and_(conditions.condition(query, now=now, zone=zone), _NOT_SPAM))
    found = await search.find(db, query, limit=search.WINDOW, now=now, zone=zone)
    return Meant(_among(found.ids), found.more)


def of_query(query: Query, *, now: datetime, zone: tzinfo) -> Meant:
    """Whom a saved question means: free words are looked for letter by letter, without a limit."""
    return Meant(and_(conditions.condition(query, now=now, zone=zone), _NOT_SPAM))


def of_list(saved: Saved) -> Meant:
    """Who was put on a list."""
    members = select(segment_members.c.contact_id).where(segment_members.c.segment_id == saved.id)
    return Meant(and_(contacts.c.id.in_(members), _NOT_SPAM))


async def count(db: Reads, meant: Meant) -> int:
    """How many they are."""
    return int(await db.scalar(select(func.count()).select_from(contacts).where(meant.condition)))


async def count_both(db: Reads, one: Meant, other: Meant) -> int:
    """How many are in both sets."""
    return await count(db, Meant(and_(one.condition, other.condition)))


async def ids(db: Reads, meant: Meant) -> list[int]:
    """All of them, in the order of their cards."""
    # As one value: to make rows of a hundred thousand would hold everybody's answers up for a quarter of a second.
    found = select(contacts.c.id).where(meant.condition).order_by(contacts.c.id).subquery()
    return list(json.loads(await db.scalar(select(func.json_group_array(found.c.id)))))


async def sample(db: Reads, meant: Meant, *, limit: int) -> list[int]:
    """A few of them, those who wrote or came last."""
    recent = func.coalesce(contacts.c.last_in_at, contacts.c.created_at)
    statement = select(contacts.c.id).where(meant.condition).order_by(recent.desc(), contacts.c.id.desc()).limit(limit)
    return [row[0] for row in await db.all(statement)]


async def agreed(db: Reads, meant: Meant) -> int:
    """How many of them agreed to their personal data being kept."""
    return await count(db, Meant(and_(meant.condition, contacts.c.consent_version.is_not(None))))


async def values(db: Reads, meant: Meant, facet: Facet, *, limit: int) -> list[Value]:
    """The commonest values of the set, with how many have each."""
    if facet == "tag":
        return await _tags(db, meant, limit=limit)
    column: dict[Facet, ColumnElement[Any]] = {
        "language": contacts.c.language,
        "status": contacts.c.status,
        "source": contacts.c.source_last,
    }
    number = func.count().label("number")
    value = column[facet]
    statement = (
        select(value, number)
        .where(meant.condition, value.is_not(None), value != "")
        .group_by(value)
        .order_by(number.desc(), value)
        .limit(limit)
    )
    return [Value(str(row[0]), row[1]) for row in await db.all(statement)]


async def _tags(db: Reads, meant: Meant, *, limit: int) -> list[Value]:
    number = func.count().label("number")
    statement = (
        select(tags.c.name, number, tags.c.id)
        .select_from(
            contacts.join(contact_tags, contact_tags.c.contact_id == contacts.c.id).join(
                tags, tags.c.id == contact_tags.c.tag_id
            )
        )
        .where(meant.condition)
        .group_by(tags.c.id)
        .order_by(number.desc(), tags.c.key)
        .limit(limit)
    )
    return [Value(row[0], row[1], row[2]) for row in await db.all(statement)]


def _among(found: Sequence[int]) -> ColumnElement[bool]:
    wanted = func.json_each(json.dumps(list(found))).table_valued("value", name="found")
    return and_(contacts.c.id.in_(select(wanted.c.value)), _NOT_SPAM)
