"""Tags: labels that the team and the playbook put on contacts, who put each and when.

A tag is one whatever its case, spaces or ё/е (crm.folding.label); it is shown as it was first written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, func, literal, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from storage.engine import Reads, Tx
from storage.tables import contact_tags, contacts, tags
from storage.types import Moment

NAME_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag on one contact. `staff_id` is who put it there; empty: the bot, by the playbook."""

    name: str
    staff_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """A tag and how many contacts have it. `id` is what a button can carry."""

    name: str
    contacts: int
    id: int = field(default=0, compare=False)


async def add(
    tx: Tx, contact_id: int, names: Iterable[str], *, staff_id: int | None = None, now: datetime
) -> list[str]:
    """Puts the tags on the contact; returns those it did not have, as they are shown, in alphabetical order.

    A tag that is there already keeps who put it and when. Names of which nothing can be seen are passed over.
    """
    named = _by_key(names)
    if not named:
        return []
    await tx.run(upsert(tags).on_conflict_do_nothing(), [{"key": key, "name": name} for key, name in named.items()])
    put = select(literal(contact_id), tags.c.id, literal(staff_id, contact_tags.c.staff_id.type), literal(now, Moment))
    statement = (
        upsert(contact_tags)
        .from_select(["contact_id", "tag_id", "staff_id", "at"], put.where(tags.c.key.in_(named)))
        .on_conflict_do_nothing()
        .returning(contact_tags.c.tag_id)
    )
    return await _names(tx, (await tx.run(statement)).scalars().all())


async def ensure(tx: Tx, name: str) -> int:
    """The id of the tag of this name, which is made if there is none. Raises ValueError for a name of which nothing can
    be seen."""
    named = _by_key([name])
    if not named:
        raise ValueError("a tag needs a name")
    ((key, shown),) = named.items()
    await tx.run(upsert(tags).values(key=key, name=shown).on_conflict_do_nothing())
    return int(await tx.scalar(select(tags.c.id).where(tags.c.key == key)))


async def remove(tx: Tx, contact_id: int, names: Iterable[str]) -> list[str]:
    """Takes the tags off the contact; returns those it had, as they were shown, in alphabetical order."""
    named = _by_key(names)
    if not named:
        return []
    statement = (
        delete(contact_tags)
        .where(
            contact_tags.c.contact_id == contact_id,
            contact_tags.c.tag_id.in_(select(tags.c.id).where(tags.c.key.in_(named))),
        )
        .returning(contact_tags.c.tag_id)
    )
    return await _names(tx, (await tx.run(statement)).scalars().all())


_OF_CONTACT = (
    select(tags.c.name, contact_tags.c.staff_id, contact_tags.c.at)
    .join(tags, tags.c.id == contact_tags.c.tag_id)
    .where(contact_tags.c.contact_id == bindparam("contact"))
    .order_by(tags.c.key)
)


async def of_contact(db: Reads, contact_id: int) -> list[Tag]:
    """The contact's tags in alphabetical order."""
    return [Tag(*row) for row in await db.all(_OF_CONTACT, {"contact": contact_id})]


async def of_contacts(db: Reads, ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the tags of each of these contacts, in alphabetical order; those without tags are left out."""
    statement = (
        select(contact_tags.c.contact_id, tags.c.name)
        .join(tags, tags.c.id == contact_tags.c.tag_id)
        .where(contact_tags.c.contact_id.in_(ids))
        .order_by(tags.c.key)
    )
    named: defaultdict[int, list[str]] = defaultdict(list)
    for row in await db.all(statement):
        named[row.contact_id].append(row.name)
    return dict(named)


async def counts(db: Reads, *, limit: int = 100) -> list[Count]:
    """The tags in use, the commonest first. Spam is not counted, as it is not found."""
    number = func.count().label("number")
    statement = (
        select(tags.c.name, number, tags.c.id)
        .join(contact_tags, contact_tags.c.tag_id == tags.c.id)
        .join(contacts, contacts.c.id == contact_tags.c.contact_id)
        .where(contacts.c.spam_at.is_(None))
        .group_by(tags.c.id)
        .order_by(number.desc(), tags.c.key)
        .limit(limit)
    )
    return [Count(*row) for row in await db.all(statement)]


async def name_of(db: Reads, tag_id: int) -> str | None:
    """A tag as it is shown; None for an id there is not."""
    return await db.scalar(select(tags.c.name).where(tags.c.id == tag_id))  # type: ignore[no-any-return]


async def ids_of(db: Reads, contact_id: int) -> dict[int, str]:
    """The contact's tags by id, in alphabetical order."""
    statement = (
        select(tags.c.id, tags.c.name)
        .join(contact_tags, contact_tags.c.tag_id == tags.c.id)
        .where(contact_tags.c.contact_id == contact_id)
        .order_by(tags.c.key)
    )
    return {row.id: row.name for row in await db.all(statement)}


def _by_key(names: Iterable[str]) -> dict[str, str]:
    """What the names are compared by, to what is shown. A leading # is how a tag is typed, not part of it."""
    shown = (folding.visible(name).lstrip("#").strip()[:NAME_LENGTH].rstrip() for name in names)
    named: dict[str, str] = {}
    for name in shown:
        if key := folding.label(name):
            # Folding may lengthen a text: ß is ss.
            named.setdefault(key[:NAME_LENGTH], name)
    return named


async def _names(db: Reads, ids: Sequence[int]) -> list[str]:
    if not ids:
        return []
    rows = await db.all(select(tags.c.name).where(tags.c.id.in_(ids)).order_by(tags.c.key))
    return [row.name for row in rows]
