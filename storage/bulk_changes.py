"""What is done to many contacts at once, set by set: each function changes a chunk of them inside a change of the
journal and returns whom it changed. Their timelines say so, as they do of one.

A chunk is at most `CHUNK` contacts, so that no transaction is long. The journal keeps children before their parents:
undone from its end, every step finds what it points at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage import contact_values, journal, saved_segments, search, wishes
from storage.engine import Reads, Tx
from storage.journal import Watched
from storage.tables import (
    change_rows,
    changes,
    contact_tags,
    contacts,
    conversations,
    events,
    metadata,
    outbox,
    segment_members,
    tags,
)
from storage.tables import contact_values as values_table
from storage.types import Moment

CHUNK: Final = 500
UNDONE_AT_ONCE: Final = 250
"""Rows of the journal that are put back in one transaction."""


async def put_tag(
    tx: Tx, change_id: int, ids: Sequence[int], tag_id: int, *, staff_id: int | None, now: datetime
) -> list[int]:
    """Puts one tag on those who lack it."""
    watched: list[Watched] = [
        await _new_events(tx),
        (contact_tags, and_(contact_tags.c.contact_id.in_(ids), contact_tags.c.tag_id == tag_id)),
    ]
    async with journal.watching(tx, change_id, watched):
        put = select(
            contacts.c.id, literal(tag_id), literal(staff_id, contact_tags.c.staff_id.type), literal(now, Moment)
        ).where(contacts.c.id.in_(ids))
        statement = (
            upsert(contact_tags)
            .from_select(["contact_id", "tag_id", "staff_id", "at"], put)
            .on_conflict_do_nothing()
            .returning(contact_tags.c.contact_id)
        )
        changed = sorted((await tx.run(statement)).scalars())
        name = await tx.scalar(select(tags.c.name).where(tags.c.id == tag_id))
        await _note(tx, changed, "tag", text=name, staff_id=staff_id, now=now)
    return changed


async def take_tag(
    tx: Tx, change_id: int, ids: Sequence[int], tag_id: int, *, staff_id: int | None, now: datetime
) -> list[int]:
    """Takes one tag off those who have it."""
    theirs = and_(contact_tags.c.contact_id.in_(ids), contact_tags.c.tag_id == tag_id)
    async with journal.watching(tx, change_id, [await _new_events(tx), (contact_tags, theirs)]):
        statement = delete(contact_tags).where(theirs).returning(contact_tags.c.contact_id)
        changed = sorted((await tx.run(statement)).scalars())
        name = await tx.scalar(select(tags.c.name).where(tags.c.id == tag_id))
        await _note(tx, changed, "untag", text=name, staff_id=staff_id, now=now)
    return changed


async def set_owner(
    tx: Tx, change_id: int, ids: Sequence[int], owner_id: int | None, *, staff_id: int | None, now: datetime
) -> list[int]:
    """Who looks after them; None is nobody."""
    differs = contacts.c.owner_id.is_distinct_from(owner_id)
    changed = await _ids(tx, and_(contacts.c.id.in_(ids), differs))
    async with journal.watching(tx, change_id, [await _new_events(tx), (contacts, contacts.c.id.in_(changed))]):
        await _change(tx, changed, {"owner_id": owner_id}, now=now)
        said = {"field": "owner", "own": False, "value": str(owner_id or 0)}
        await _note(tx, changed, "field", data=said, staff_id=staff_id, now=now)
    return changed


async def set_status(
    tx: Tx, change_id: int, ids: Sequence[int], status: str, *, staff_id: int | None, now: datetime
) -> list[int]:
    """Their place in the life cycle, pinned: the rules of the playbook keep off it."""
    differs = or_(contacts.c.status != status, contacts.c.status_pinned.is_not(True))
    statement = select(contacts.c.id, contacts.c.status).where(contacts.c.id.in_(ids), differs)
    before = {row.id: row.status for row in await tx.all(statement.order_by(contacts.c.id))}
    changed = list(before)
    async with journal.watching(tx, change_id, [await _new_events(tx), (contacts, contacts.c.id.in_(changed))]):
        await _change(tx, changed, {"status": status, "status_pinned": True, "status_at": now}, now=now)
        for was in sorted(set(before.values())):
            some = [one for one in changed if before[one] == was]
            await _note(tx, some, "status", data={"from": was, "to": status}, staff_id=staff_id, now=now)
    return changed


async def set_field(
    tx: Tx,
    change_id: int,
    ids: Sequence[int],
    field: str,
    value: Any,
    *,
    personal: bool,
    said: Mapping[str, Any],
    staff_id: int | None,
    now: datetime,
) -> list[int]:
    """A field of the profile or one of the owner's own; None empties it. A personal one is written only on cards of who
    has agreed. `said` is what the timeline says of it."""
    stored = func.json_extract(contacts.c.fields, f'$."{field}"')
    written = json.dumps(value, ensure_ascii=False)
    differs = stored.is_not(None) if value is None else stored.is_distinct_from(func.json_extract(written, "$"))
    if personal and value is not None:
        differs = and_(differs, contacts.c.consent_version.is_not(None))
    changed = await _ids(tx, and_(contacts.c.id.in_(ids), differs))
    watched: list[Watched] = [
        await _new_events(tx),
        (values_table, and_(values_table.c.contact_id.in_(changed), values_table.c.field == field)),
        (contacts, contacts.c.id.in_(changed)),
    ]
    async with journal.watching(tx, change_id, watched):
        fields = (
            func.json_remove(contacts.c.fields, f'$."{field}"')
            if value is None
            else func.json_set(contacts.c.fields, f'$."{field}"', func.json(written))
        )
        await _change(tx, changed, {"fields": fields}, now=now)
        await contact_values.sync(tx, changed)
        await _note(tx, changed, "field", data=said, staff_id=staff_id, now=now)
    await search.index_many(tx, changed)
    return changed


async def put_on_list(
    tx: Tx, change_id: int, ids: Sequence[int], segment_id: int, *, staff_id: int | None, now: datetime
) -> list[int]:
    """Puts them on a list."""
    members = and_(segment_members.c.segment_id == segment_id, segment_members.c.contact_id.in_(ids))
    async with journal.watching(tx, change_id, [(segment_members, members)]):
        return await saved_segments.add_members(tx, segment_id, ids, staff_id=staff_id, now=now)


async def take_off_list(tx: Tx, change_id: int, ids: Sequence[int], segment_id: int) -> list[int]:
    """Takes them off a list."""
    members = and_(segment_members.c.segment_id == segment_id, segment_members.c.contact_id.in_(ids))
    async with journal.watching(tx, change_id, [(segment_members, members)]):
        return await saved_segments.remove_members(tx, segment_id, ids)


async def remove(tx: Tx, change_id: int, ids: Sequence[int]) -> list[int]:
    """Takes the cards away with everything that is theirs; what was going to be said to them is not, from this commit
    on. The journal holds every row, so that undoing brings all of it back."""
    known = {row.id: row.telegram_id for row in await tx.all(_accounts(ids))}
    gone = sorted(known)
    accounts = [one for one in known.values() if one is not None]
    watched = [(table, which) for table, which in _everything_of(gone)]
    watched.insert(0, (conversations, conversations.c.user_id.in_(accounts)))
    async with journal.watching(tx, change_id, watched):
        waiting = and_(outbox.c.contact_id.in_(gone), outbox.c.state == "pending", outbox.c.sent_revision == 0)
        await tx.run(update(outbox).where(waiting).values(state="cancelled", error="the card was deleted"))
        await tx.run(delete(conversations).where(conversations.c.user_id.in_(accounts)))
        await tx.run(delete(contacts).where(contacts.c.id.in_(gone)))
    for one in gone:
        tx.tell(wishes.STANDING, one)
    await search.index_many(tx, gone)
    return gone


async def undo_some(tx: Tx, change_id: int) -> int | None:
    """Puts back the newest rows of a change, and the search with them; returns how many, None when none is left."""
    undone = await journal.undo_some(tx, change_id, limit=UNDONE_AT_ONCE)
    if undone is None:
        return None
    await search.index_many(tx, undone.contacts)
    return undone.restored


async def finish_undoing(tx: Tx, change_id: int) -> None:
    """Everything of it is as it was; who undid it was noted when that began."""
    await tx.run(update(changes).where(changes.c.id == change_id).values(state="undone"))


async def rows_kept(db: Reads, change_id: int) -> int:
    """How many rows the journal holds of a change."""
    return int(await db.scalar(select(func.count()).where(change_rows.c.change_id == change_id)))


async def forget_deleted(tx: Tx, *, before: datetime, limit: int) -> list[int]:
    """Ends the keeping of what was deleted before this moment: the next rows of the journal go, and those of the cards
    among them are named, so that their files can go too. Empty when nothing is left."""
    old = select(changes.c.id).where(
        changes.c.kind == "bulk", changes.c.created_at < before, changes.c.title == "delete", changes.c.state == "done"
    )
    rows = await tx.all(
        select(change_rows.c.id, change_rows.c.contact_id)
        .where(change_rows.c.change_id.in_(old))
        .order_by(change_rows.c.id)
        .limit(limit)
    )
    if rows:
        await tx.run(delete(change_rows).where(change_rows.c.id.in_([row.id for row in rows])))
    return sorted({row.contact_id for row in rows if row.contact_id is not None})


async def note_progress(tx: Tx, change_id: int, counts: Mapping[str, Any]) -> None:
    """How far a change has come; a killed one goes on from there."""
    await tx.run(update(changes).where(changes.c.id == change_id).values(counts=dict(counts)))


# ------------------------------------------------------------------------------------------------------------- details


def _everything_of(ids: Sequence[int]) -> list[Watched]:
    """Every row that points at these contacts, children first, and the contacts last. A column that points at a contact
    is known by its foreign key, so that a new table needs no line here."""
    found: list[Watched] = []
    for table in reversed(metadata.sorted_tables):
        if table is contacts:
            continue
        pointing = [key.parent for key in table.foreign_keys if key.column is contacts.c.id]
        if pointing:
            found.append((table, or_(*(column.in_(ids) for column in pointing))))
    return [*found, (contacts, contacts.c.id.in_(ids))]


def _accounts(ids: Sequence[int]) -> Any:
    return select(contacts.c.id, contacts.c.telegram_id).where(contacts.c.id.in_(ids))


async def _ids(db: Reads, condition: ColumnElement[bool]) -> list[int]:
    return [row[0] for row in await db.all(select(contacts.c.id).where(condition).order_by(contacts.c.id))]


async def _change(tx: Tx, ids: Sequence[int], values: Mapping[str, Any], *, now: datetime) -> None:
    if ids:
        changed = {**values, "updated_at": now, "version": contacts.c.version + 1}
        await tx.run(update(contacts).where(contacts.c.id.in_(ids)).values(changed))


async def _new_events(tx: Tx) -> Watched:
    """The events that are going to be written: the writer is one, so nobody else's are among them."""
    newest = int(await tx.scalar(select(func.coalesce(func.max(events.c.id), 0))))
    return events, events.c.id > newest


async def _note(
    tx: Tx,
    ids: Iterable[int],
    kind: str,
    *,
    staff_id: int | None,
    now: datetime,
    text: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    line = {"at": now, "kind": kind, "staff_id": staff_id, "text": text, "data": None if data is None else dict(data)}
    lines = [{"contact_id": one, **line} for one in ids]
    if lines:
        await tx.run(insert(events), lines)
