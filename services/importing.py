"""Importing: what a manager decides of a file they brought, from the first look at it to taking the whole import back.

An import stands in a row of its own and walks through its states: mapping → checking → ready → running → done; cancelled,
undoing, undone, failed. Here it is decided that it takes a step; services/import_pieces.py does the work of each. What
the file says of people lies in its folder below the data folder, never in the import's row.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, Final

from crm import entries, folding, values
from crm.card_fields import CardField
from crm.columns import OWN, TARGETS, Columns
from crm.permissions import Right, allows
from crm.playbook import Playbook
from services import correcting, keeping, permitting, tagging
from services.refusals import Refused
from services.workplace import Place
from storage import imports, journal, work
from storage.engine import Reads, Tx
from storage.imports import Import
from storage.incoming_rows import Plan, Word
from storage.staff import Member

WORK: Final = "import"
"""The kind of long work that takes an import a piece further."""
FLOW: Final = "import"
FOLDER: Final = "imports"
FORMATS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".vcf")
SOURCES: Final = ("old-base", "phone-book", "event", "partner")
"""Where an imported base comes from, by a button; another source is typed."""
ASKED: Final = ("source", "proof", "tags")
"""What is typed, not pressed."""
PROOF_LENGTH: Final = 300
WORKING: Final = ("mapping", "checking", "ready", "running", "undoing")
MOVING: Final = ("checking", "running", "undoing")
"""States that long work takes further; the others wait for a word of a person, or for nothing."""
KEPT: Final = timedelta(days=30)
"""How long the file and its report stay on the disk."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody of the team sent. `file_id` is Telegram's; `size` in bytes, where it is known."""

    name: str
    file_id: str
    size: int | None = None


def can_be_read(name: str) -> bool:
    """Whether a file of this name may hold people: by its ending alone; what it is shows when it is opened."""
    return PurePath(name).suffix.lower() in FORMATS


async def begin(tx: Tx, member: Member | None, brought: Brought, *, chat_id: int, now: datetime) -> Import:
    """Somebody sent a file: it is fetched and looked into as long work. Raises Refused for one too large to be had."""
    member = permitting.require(member, Right.ADD)
    if brought.size is not None and brought.size > keeping.LARGEST:
        raise Refused("refused-import-large")
    kept = await _create(tx, member.id, chat_id, brought.name, {"file_id": brought.file_id}, now=now)
    go_on(tx, kept.id, now=now)
    return kept


async def begin_by_hand(tx: Tx, name: str, options: dict[str, Any], *, now: datetime) -> Import:
    """The command line brings a file: everything is decided beforehand, nothing is asked."""
    return await _create(tx, None, None, name, {**options, "auto": True}, now=now)


async def _create(
    tx: Tx, staff_id: int | None, chat_id: int | None, name: str, options: dict[str, Any], *, now: datetime
) -> Import:
    shown = folding.visible(name)[-120:] or "file"
    kept = await imports.create(
        tx, staff_id=staff_id, chat_id=chat_id, file_name=shown, sha256="", options=options, now=now
    )
    changed = await imports.change(tx, kept.id, path=f"{FOLDER}/{kept.id}", now=now)
    assert changed is not None
    return changed


def go_on(tx: Tx, import_id: int, *, now: datetime) -> None:
    """A piece of the import is to be done."""
    work.add(tx, WORK, f"import:{import_id}:{secrets.token_hex(6)}", {"import": import_id}, now=now)


async def mine(db: Reads, member: Member | None, import_id: int) -> Import:
    """The import, if it is this member's to decide on: their own, or anybody's for an owner."""
    member = permitting.require(member, Right.ADD)
    kept = await imports.get(db, import_id)
    if kept is None:
        raise Refused("refused-import-gone")
    if kept.staff_id != member.id and not allows(member.role, Right.OWN):
        raise Refused("refused-import-other")
    return kept


# ----------------------------------------------------------------------------------------------------- what is decided


async def take_for(
    tx: Tx, place: Place, member: Member | None, import_id: int, column: int, target: str, *, now: datetime
) -> Import:
    """A column is taken for something else. Raises Refused for a column or a target there is not."""
    kept = await mine(tx, member, import_id)
    if kept.mapping is None or target not in targets(place.playbooks.current):
        raise Refused("refused-stale")
    try:
        changed = columns_of(kept).changed(column, target)
    except IndexError:
        raise Refused("refused-stale") from None
    mapping = {**kept.mapping, "columns": changed.to_json()}
    return await _decided(tx, kept, mapping=mapping, now=now)


async def choose(tx: Tx, member: Member | None, import_id: int, *, now: datetime, **options: Any) -> Import:
    """Sets options: source, agreed, proof, tags, mode."""
    kept = await mine(tx, member, import_id)
    return await _decided(tx, kept, options={**(kept.options or {}), **options}, now=now)


def answered(asked: str, said: str) -> dict[str, Any]:
    """What was typed for an option, checked. Raises Refused for what cannot be taken."""
    if asked == "tags":
        return {"tags": tagging.named(said)}
    most = entries.SOURCE_LENGTH if asked == "source" else PROOF_LENGTH
    read = values.text(said, most=most)
    if not isinstance(read, values.Accepted):
        raise Refused("refused-import-text", most=most)
    return {"proof": read.value, "agreed": True} if asked == "proof" else {"source": read.value}


async def say_anew(tx: Tx, member: Member | None, import_id: int, *, now: datetime) -> Import:
    """From now on its message is a new one, at the end of the chat."""
    kept = await mine(tx, member, import_id)
    options = {**(kept.options or {}), "message": (kept.options or {}).get("message", 0) + 1}
    changed = await imports.change(tx, import_id, options=options, now=now)
    assert changed is not None
    return changed


async def check(tx: Tx, member: Member | None, import_id: int, *, now: datetime) -> Import:
    """The dry run begins. What the columns were taken for is remembered for the next file of this make.

    Raises Refused while it is not known who is meant, or whether these people agreed to messages.
    """
    kept = await mine(tx, member, import_id)
    if kept.state not in ("mapping", "ready") or kept.mapping is None:
        raise Refused("refused-import-busy" if kept.state in WORKING else "refused-import-over")
    if not columns_of(kept).tells_who:
        raise Refused("refused-import-nobody", alert=True)
    if (kept.options or {}).get("agreed") is None:
        raise Refused("refused-import-consent", alert=True)
    go_on(tx, kept.id, now=now)
    return await begin_check(tx, kept, now=now)


async def begin_check(tx: Tx, kept: Import, *, now: datetime) -> Import:
    """The dry run of an import of which everything is decided."""
    assert kept.mapping is not None
    if signature := kept.mapping.get("signature"):
        await imports.remember(tx, signature, correcting.of_file(columns_of(kept), kept.mapping).to_json(), now=now)
    counts = {"rows": (kept.counts or {}).get("rows", 0)}
    changed = await imports.change(tx, kept.id, state="checking", counts=counts, done_rows=0, now=now)
    assert changed is not None
    return changed


async def start(tx: Tx, member: Member | None, import_id: int, *, now: datetime) -> Import:
    """The import itself begins. Pressed twice, it begins once."""
    kept = await mine(tx, member, import_id)
    if kept.state != "ready":
        raise Refused("refused-import-busy" if kept.state in WORKING else "refused-import-over")
    go_on(tx, kept.id, now=now)
    return await begin_run(tx, kept, now=now)


async def begin_run(tx: Tx, kept: Import, *, now: datetime) -> Import:
    """Writing begins, journalled as one change that can be undone."""
    change_id = await journal.begin(tx, kind="import", title=kept.file_name, staff_id=kept.staff_id, now=now)
    kinds = ("rows", "lost", "faulty", "held", "twins", "entries")
    counts = {name: (kept.counts or {}).get(name, 0) for name in kinds} | {"at": now.isoformat()}
    changed = await imports.change(
        tx, kept.id, state="running", change_id=change_id, counts=counts, done_rows=0, only=("ready",), now=now
    )
    if changed is None:
        raise Refused("refused-import-busy")
    return changed


async def cancel(tx: Tx, member: Member | None, import_id: int, *, now: datetime) -> Import:
    """Not to be gone on with: what was written is taken back, whole."""
    kept = await mine(tx, member, import_id)
    if kept.state == "running":
        go_on(tx, kept.id, now=now)
        return await begin_undoing(tx, kept, "cancelled", staff_id=member.id if member else None, now=now)
    changed = await imports.change(tx, kept.id, state="cancelled", only=("mapping", "checking", "ready"), now=now)
    if changed is None:
        raise Refused("refused-import-over" if kept.state != "undoing" else "refused-import-busy")
    return changed


async def undo(tx: Tx, member: Member | None, import_id: int, *, now: datetime) -> Import:
    """A finished import is taken back, whole, by an owner."""
    member = permitting.require(member, Right.OWN)
    kept = await mine(tx, member, import_id)
    if kept.state != "done":
        raise Refused("refused-import-busy" if kept.state in WORKING else "refused-import-over")
    go_on(tx, kept.id, now=now)
    return await begin_undoing(tx, kept, "undone", staff_id=member.id, now=now)


async def undo_by_hand(tx: Tx, import_id: int, *, now: datetime) -> Import:
    """The command line takes an import back. Raises Refused for one that is not done."""
    kept = await imports.get(tx, import_id)
    if kept is None or kept.state != "done":
        raise Refused("refused-import-over")
    return await begin_undoing(tx, kept, "undone", staff_id=None, now=now)


async def begin_undoing(tx: Tx, kept: Import, then: str, *, staff_id: int | None, now: datetime) -> Import:
    """Everything written goes back; `then` is what the import is after that: cancelled, undone or failed."""
    options = {**(kept.options or {}), "then": then, "undone_by": staff_id}
    changed = await imports.change(
        tx, kept.id, state="undoing", options=options, only=("running", "done"), done_rows=0, now=now
    )
    if changed is None or kept.change_id is None:
        raise Refused("refused-import-over")
    await journal.mark(tx, kept.change_id, "undoing", staff_id=staff_id, now=now)
    return changed


async def _decided(tx: Tx, kept: Import, *, now: datetime, **values: Any) -> Import:
    """Anything decided anew takes a checked import back to its columns."""
    changed = await imports.change(tx, kept.id, **values, state="mapping", only=("mapping", "ready"), now=now)
    if changed is None:
        raise Refused("refused-import-busy" if kept.state in WORKING else "refused-import-over")
    return changed


# ------------------------------------------------------------------------------------------------- what follows from it


def columns_of(kept: Import) -> Columns:
    """What the columns are taken for."""
    assert kept.mapping is not None
    return Columns.from_json(kept.mapping["columns"])


def targets(playbook: Playbook) -> list[str]:
    """Everything that a column may be taken for, in the order in which it is offered."""
    return [*TARGETS[:-1], *(f"{OWN}{one.id}" for one in own_fields(playbook) if one.id not in TARGETS), TARGETS[-1]]


def own_fields(playbook: Playbook) -> list[CardField]:
    """The fields of a card that a column is known for by their titles: the owner's, and those of the profile that no other
    program has a heading for."""
    written = {field.id for field in playbook.fields}
    return [field for field in playbook.card_fields if field.id in written or field.id not in TARGETS]


def plan_of(place: Place, kept: Import, *, at: datetime) -> Plan:
    """What holds for every row of the import."""
    options = kept.options or {}
    playbook = place.playbooks.current
    word = None
    if options.get("agreed") is not None:
        text = options.get("proof") or ""
        word = Word(bool(options["agreed"]), playbook.business.consent_version, f"{kept.file_name}: {text}".strip(": "))
    return Plan(
        change_id=kept.change_id,
        staff_id=kept.staff_id,
        at=at,
        language=playbook.business.language,
        mode=options.get("mode", "fill"),
        tags=tuple(options.get("tags", ())),
        word=word,
        corrects=bool((kept.mapping or {}).get(correcting.CORRECTS)),
    )


def key_of(kept: Import) -> str:
    """The key of the message that shows the import."""
    return f"import:{kept.id}:{(kept.options or {}).get('message', 0)}"


def folder_of(place: Place, kept: Import) -> Path:
    """Where its files lie. Raises Refused once they are deleted."""
    if kept.path is None:
        raise Refused("refused-import-deleted")
    return Path(place.data_folder) / kept.path
