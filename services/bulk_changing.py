"""Bulk changing: one thing done to many people, counted before and undone after.

Whom it is done to is fixed when the question is put, so that what was counted is what is changed. Up to
`bulk_changes.CHUNK` people are changed with the answer; more of them by long work, a chunk a transaction, which a killed
process goes on with and which can be stopped: then it is undone whole.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crm import folding, id_sets, permissions
from crm.permissions import Right
from crm.statuses import STATUSES
from services import annotating, permitting, segmenting
from services.refusals import Refused
from services.segmenting import Aim
from services.workplace import Place
from storage import bulk_changes, journal, segment_sets, staff, tags, work
from storage.engine import Reads, Tx
from storage.journal import Change
from storage.staff import Member
from views.bulk_screens import Deed, Stands

FLOW: Final = "bulk"
WORK: Final = "bulk"
LISTED: Final = 10
"""Changes that /undo offers."""
ROWS_AT_ONCE: Final = 1_000
"""Rows of the journal that are put back with the answer; more go to long work."""
DELETED_KEPT: Final = timedelta(days=30)
"""How long deleted cards can be brought back. Past it nothing is left of them."""


@dataclass(frozen=True, slots=True)
class Action:
    """What is done. `value` is a tag's name, a member's or a list's id, a status, or what an own field is set to;
    `field` is that field; `shown` is how the value was called by whoever did it."""

    do: str
    value: Any = None
    field: str = ""
    shown: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"do": self.do, "value": self.value, "field": self.field, "shown": self.shown}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Action:
        return cls(kept["do"], kept.get("value"), kept.get("field", ""), kept.get("shown", ""))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a change has come: `done` people of `of` were looked at, `changed` of them differed. `state` is the
    journal's: running, done, undoing, undone."""

    change_id: int
    action: Action
    state: str
    of: int
    done: int
    changed: int
    staff_id: int | None
    created_at: datetime

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "undone")


async def checked(db: Reads, place: Place, member: Member | None, action: Action) -> Action:
    """The action, which this member may do and which has everything it needs. Raises Refused for any other."""
    member = permitting.require(member, Right.OWN if action.do == "delete" else Right.EDIT)
    match action.do:
        case "tag" | "untag":
            if not tags.NAME_LENGTH >= len(str(action.value or "")) > 0:
                raise Refused("refused-tags-none")
        case "owner":
            team = {one.id: one.name for one in await staff.active(db, "owner", "manager")}
            if action.value is not None and action.value not in team:
                raise Refused("refused-member")
        case "status":
            if action.value not in STATUSES:
                raise Refused("refused-stale")
        case "field":
            field = annotating.own_field(place.playbooks.current, action.field)
            if not field.is_edited_by(member.role):
                raise Refused("refused-field-right", alert=True)
        case "list" | "unlist":
            one = await segmenting.saved(db, int(action.value or 0))
            if not one.is_list:
                raise Refused("refused-segment-live", name=one.name)
        case "delete":
            pass
        case _:
            raise Refused("refused-stale")
    return action


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a question is about, fixed: how many, who (`id_sets.packed`), and how many of them it passes over because they
    have not agreed to personal data being kept."""

    count: int
    packed: str
    passed_over: int


async def people(db: Reads, place: Place, member: Member | None, aim: Aim, action: Action, *, now: datetime) -> Asked:
    """Counts whom it would be done to. Raises Refused when there is nobody, and for a search by words that found more
    than anybody reads."""
    member = permitting.require(member, Right.EDIT)
    meant = await segmenting.meant(db, place, aim, role=member.role, now=now)
    if meant.more:
        raise Refused("refused-bulk-many", alert=True)
    ids = await segment_sets.ids(db, meant)
    if not ids:
        raise Refused("refused-bulk-nobody")
    personal = action.do == "field" and annotating.own_field(place.playbooks.current, action.field).is_personal
    passed_over = len(ids) - await segment_sets.agreed(db, meant) if personal and action.value is not None else 0
    return Asked(len(ids), await asyncio.to_thread(id_sets.packed, ids), passed_over)


async def begin(
    tx: Tx,
    place: Place,
    member: Member | None,
    action: Action,
    people: str,
    *,
    chat_id: int,
    message_id: int | None,
    now: datetime,
) -> Progress:
    """Does it to these people (`id_sets.packed`): at once, or by long work that shows how far it is in this message.
    Raises Refused as `checked` does, and when there is nobody."""
    await checked(tx, place, member, action)
    member = permitting.require(member, Right.EDIT)
    ids = id_sets.unpacked(people)
    if not ids:
        raise Refused("refused-bulk-nobody")
    title = f"{action.do} {action.shown}".strip()[:200]
    number = await journal.begin(tx, kind="bulk", title=title, staff_id=member.id, now=now)
    await bulk_changes.note_progress(tx, number, _counts(action, of=len(ids)))
    if len(ids) > bulk_changes.CHUNK:
        payload = {"change": number, "people": people, "chat": chat_id, "message": message_id}
        work.add(tx, WORK, f"bulk:{number}", payload, now=now)
        return await progress(tx, number)
    return await step(tx, place, number, ids, now=now)


async def step(tx: Tx, place: Place, change_id: int, ids: list[int], *, now: datetime) -> Progress:
    """The next chunk of a change that is running, or of its undoing; nothing for one that is over. `ids` are all the
    people it is about: where it stands is in the base."""
    stands = await progress(tx, change_id)
    if stands.state == "undoing":
        if await bulk_changes.undo_some(tx, change_id) is None:
            await bulk_changes.finish_undoing(tx, change_id)
        return await progress(tx, change_id)
    if stands.state != "running":
        return stands
    chunk = ids[stands.done : stands.done + bulk_changes.CHUNK]
    changed = await _apply(tx, place, stands, chunk, now=now)
    counts = _counts(stands.action, of=len(ids), done=stands.done + len(chunk), changed=stands.changed + len(changed))
    if counts["done"] < len(ids):
        await bulk_changes.note_progress(tx, change_id, counts)
    else:
        await journal.finish(tx, change_id, counts)
    return await progress(tx, change_id)


async def stop(tx: Tx, member: Member | None, change_id: int, *, now: datetime) -> Progress:
    """Stops a change that is running: what was done of it is undone. Raises Refused for one that is over, and for
    somebody else's."""
    stands = await _theirs(tx, member, change_id)
    if stands.state != "running":
        raise Refused("refused-bulk-over")
    await journal.mark(tx, change_id, "undoing", staff_id=member.id if member is not None else None, now=now)
    return await progress(tx, change_id)


async def undo(
    tx: Tx, place: Place, member: Member | None, change_id: int, *, chat_id: int, message_id: int | None, now: datetime
) -> Progress:
    """Undoes a change: at once, or by long work when it touched much. Raises Refused for one that is undone already or
    too old, and for somebody else's, unless an owner asks."""
    stands = await _theirs(tx, member, change_id)
    if stands.state != "done":
        raise Refused("refused-bulk-undone" if stands.state in ("undone", "undoing") else "refused-bulk-running")
    if stands.action.do == "delete" and now - stands.created_at >= DELETED_KEPT:
        raise Refused("refused-bulk-old", days=DELETED_KEPT.days)
    who = permitting.require(member, Right.EDIT)
    await journal.mark(tx, change_id, "undoing", staff_id=who.id, now=now)
    if await bulk_changes.rows_kept(tx, change_id) > ROWS_AT_ONCE:
        payload = {"change": change_id, "people": id_sets.packed([]), "chat": chat_id, "message": message_id}
        work.add(tx, WORK, f"bulk:{change_id}:undo", payload, now=now)
        return await progress(tx, change_id)
    while not (stands := await step(tx, place, change_id, [], now=now)).is_over:
        continue
    return stands


async def progress(db: Reads, change_id: int) -> Progress:
    """Where a change stands. Raises Refused for a number that is no bulk change."""
    found = await journal.get(db, change_id)
    if found is None or found.kind != "bulk":
        raise Refused("refused-stale")
    return _progress(found)


async def latest(db: Reads) -> list[Progress]:
    """The newest changes, whoever made them."""
    return [_progress(one) for one in await journal.latest(db, kind="bulk", limit=LISTED)]


def may_undo(member: Member | None, one: Progress, *, now: datetime) -> bool:
    """Whether this member may undo it now."""
    if one.state != "done" or member is None or (one.action.do == "delete" and now - one.created_at >= DELETED_KEPT):
        return False
    return permissions.allows(member.role, Right.OWN) or (one.staff_id == member.id and one.action.do != "delete")


def deed(place: Place, action: Action, language: str) -> Deed:
    """What is done, as screens word it."""
    field = place.playbooks.current.field(action.field) if action.field else None
    return Deed(action.do, action.shown, field.title.say(language) if field is not None else action.field)


def seen(place: Place, one: Progress, language: str) -> Stands:
    """How far a change is, as screens word it."""
    return Stands(one.change_id, deed(place, one.action, language), one.state, one.of, one.done, one.changed)


def tag_named(text: str) -> str:
    """The one tag that a line names, without its #; empty when nothing of it can be seen."""
    return folding.visible(text).lstrip("#").strip()[: tags.NAME_LENGTH].rstrip()


async def _apply(tx: Tx, place: Place, stands: Progress, ids: list[int], *, now: datetime) -> list[int]:
    number, action, by = stands.change_id, stands.action, stands.staff_id
    match action.do:
        case "tag" | "untag":
            tag_id = await tags.ensure(tx, str(action.value))
            change = bulk_changes.put_tag if action.do == "tag" else bulk_changes.take_tag
            return await change(tx, number, ids, tag_id, staff_id=by, now=now)
        case "owner":
            return await bulk_changes.set_owner(tx, number, ids, action.value, staff_id=by, now=now)
        case "status":
            return await bulk_changes.set_status(tx, number, ids, action.value, staff_id=by, now=now)
        case "field":
            playbook = place.playbooks.current
            field = annotating.own_field(playbook, action.field)
            said = {"field": field.id, "own": True, "label": field.title.say(playbook.business.language)}
            return await bulk_changes.set_field(
                tx,
                number,
                ids,
                field.id,
                action.value,
                personal=field.is_personal,
                said={**said, "value": action.shown or None},
                staff_id=by,
                now=now,
            )
        case "list":
            await segmenting.saved(tx, action.value)
            return await bulk_changes.put_on_list(tx, number, ids, action.value, staff_id=by, now=now)
        case "unlist":
            return await bulk_changes.take_off_list(tx, number, ids, action.value)
        case _:
            return await bulk_changes.remove(tx, number, ids)


async def _theirs(db: Reads, member: Member | None, change_id: int) -> Progress:
    """A change that this member may stop or undo: their own, or anybody's for an owner."""
    member = permitting.require(member, Right.EDIT)
    stands = await progress(db, change_id)
    if stands.staff_id != member.id or stands.action.do == "delete":
        permitting.require(member, Right.OWN)
    return stands


def _counts(action: Action, *, of: int, done: int = 0, changed: int = 0) -> dict[str, Any]:
    return {"action": action.to_json(), "of": of, "done": done, "changed": changed}


def _progress(change: Change) -> Progress:
    counts = change.counts or {}
    return Progress(
        change_id=change.id,
        action=Action.from_json(counts["action"]),
        state=change.state,
        of=counts["of"],
        done=counts["done"],
        changed=counts["changed"],
        staff_id=change.staff_id,
        created_at=change.created_at,
    )
