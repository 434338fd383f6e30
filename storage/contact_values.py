"""The values of the card's fields in a form fit to be asked: one row a value, folded or counted, kept in step with the JSON
in which the card holds them. Segments and rankings read it; nothing is shown from it, and all of it can be made again.

How a value is read goes by its field's kind, which the playbook in force says (`note_kinds`); of a field that no playbook
knows the value itself tells.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Text, delete, exists, or_, select, text, type_coerce
from sqlalchemy import bindparam as bound
from sqlalchemy.dialects.sqlite import insert as upsert

from crm import folding
from storage import facts
from storage.engine import Reads, Tx
from storage.tables import contact_values, contacts

KEY_LENGTH: Final = 160
AT_ONCE: Final = 1000
"""How many contacts one statement reads and one transaction of the backfill writes."""
_FEW: Final = 8
_KINDS: Final = "card_fields"
_SYNCED: Final = "contact_values"
_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_YEARLESS: Final = re.compile(r"--(?P<month>\d\d)-(?P<day>\d\d)")

Asked = tuple[str, float | None]
"""A value's key and its number."""


def _words(value: Any) -> list[Asked]:
    if isinstance(value, Mapping):
        value = value.get("address")
    key = folding.fold(str(value))[:KEY_LENGTH] if value is not None else ""
    return [(key, None)] if key else []


def _option(value: Any) -> list[Asked]:
    return [(str(value)[:KEY_LENGTH], None)] if isinstance(value, str) and value else []


def _options(value: Any) -> list[Asked]:
    listed = value if isinstance(value, list) else [value]
    return [(str(one)[:KEY_LENGTH], None) for one in dict.fromkeys(map(str, listed)) if one]


def _amount(value: Any) -> list[Asked]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    return [(f"{value:.15g}", float(value))]


def _yes_no(value: Any) -> list[Asked]:
    return [("yes" if value else "no", 1.0 if value else 0.0)] if isinstance(value, bool) else []


def _date(value: Any) -> list[Asked]:
    day = _DAY.match(value) if isinstance(value, str) else None
    return [(day[0], float(int(day["year"]) * 10000 + int(day["month"]) * 100 + int(day["day"])))] if day else []


def _birthday(value: Any) -> list[Asked]:
    day = (_DAY.fullmatch(value) or _YEARLESS.fullmatch(value)) if isinstance(value, str) else None
    return [(day[0], float(int(day["month"]) * 100 + int(day["day"])))] if day else []


HOW: Final[Mapping[str, Callable[[Any], list[Asked]]]] = {
    "text": _words,
    "phone": _words,
    "email": _words,
    "time": _words,
    "location": _words,
    "choice": _option,
    "choices": _options,
    "yes_no": _yes_no,
    "number": _amount,
    "money": _amount,
    "date": _date,
    "datetime": _date,
    "birthday": _birthday,
}
"""What is kept of a value, by the kind of its field (`crm.card_fields.StepType`):

words (text, phone, email, time, the address of a location): `folding.fold` of it · choice and each of choices: the option's
id · yes_no: `yes` and 1, `no` and 0 · number and money: the figure, and it as a number (money in whole units) · date, and
the day in UTC of a datetime: YYYY-MM-DD, and YYYYMMDD as a number · birthday: as it is kept (1990-03-08 or --03-08), and
MMDD as a number. A value that is none of its kind is not kept.
"""


def asked(kind: str | None, value: Any) -> list[Asked]:
    """What is kept of one field's value."""
    how = HOW.get(kind or "")
    if how is None:
        how = _guessed(value)
    return how(value)


class _Row(NamedTuple):
    contact_id: int
    field: str
    key: str
    number: float | None


_READ = text(
    "SELECT contacts.id, contacts.fields,"
    " (SELECT json_group_array(json_array(field, key, number)) FROM contact_values WHERE contact_id = contacts.id) AS kept,"
    " (SELECT value FROM facts WHERE name = :kinds) AS kinds"
    " FROM json_each(:ids) AS wanted JOIN contacts ON contacts.id = wanted.value"
)
_DROP = delete(contact_values).where(
    contact_values.c.contact_id == bound("contact"),
    contact_values.c.field == bound("name"),
    contact_values.c.key == bound("kept"),
)
_ADD = upsert(contact_values)
_KEEP = _ADD.on_conflict_do_update(index_elements=["contact_id", "field", "key"], set_={"number": _ADD.excluded.number})


async def sync(tx: Tx, ids: Iterable[int]) -> None:
    """Brings the rows of these contacts in step with their cards: to be called, in the same unit of work, after their
    `fields` were written by other means than `contacts.change`. One read where nothing has changed."""
    waiting = list(dict.fromkeys(ids))
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        rows = await tx.all(_READ, {"ids": json.dumps(some), "kinds": _KINDS})
        # As the index of the search does: a few are computed at once, many would hold up everybody's answers.
        gone, new = _difference(rows) if len(rows) <= _FEW else await asyncio.to_thread(_difference, rows)
        if gone:
            await tx.run(_DROP, [{"contact": row.contact_id, "name": row.field, "kept": row.key} for row in gone])
        if new:
            await tx.run(_KEEP, [row._asdict() for row in new])


_INSERT = "INSERT INTO contact_values (contact_id, field, key, number) VALUES (?, ?, ?, ?)"


def rows(contact_id: int, fields: Mapping[str, Any], kinds: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """What is kept of a new card's fields, ready to be `add`ed: each value once."""
    found = {(name, key): number for name, value in fields.items() for key, number in asked(kinds.get(name), value)}
    return [(contact_id, *place, number) for place, number in found.items()]


async def add(tx: Tx, made: Sequence[tuple[Any, ...]]) -> None:
    """Writes the `rows` of cards that were made in this very unit of work."""
    await tx.run_raw(_INSERT, made)


async def kinds(db: Reads) -> dict[str, str]:
    """Of what kind the card's fields are, by their ids, as it was noted last."""
    noted: dict[str, str] = await facts.get(db, _KINDS) or {}
    return noted


async def note_kinds(tx: Tx, kinds: Mapping[str, str]) -> None:
    """Remembers of what kind the card's fields are, by their ids: what the playbook in force says."""
    if await facts.get(tx, _KINDS) != dict(kinds):
        await facts.put(tx, _KINDS, dict(kinds))


async def left(db: Reads) -> list[int]:
    """The next contacts whose rows may not be as the kinds of today want them: after an update from a version that kept
    no such rows, and after a change of the playbook's fields. None: all are done."""
    done = await _done(db)
    if done is None:
        return []
    kept = exists().where(contact_values.c.contact_id == contacts.c.id)
    statement = (
        select(contacts.c.id)
        .where(contacts.c.id > done, or_(type_coerce(contacts.c.fields, Text) != "{}", kept))
        .order_by(contacts.c.id)
        .limit(AT_ONCE)
    )
    return [row.id for row in await db.all(statement)]


async def go_over(tx: Tx, ids: Sequence[int]) -> None:
    """Brings the rows of the contacts that were `left` in step, and remembers how far it came; of none, that it is done."""
    await sync(tx, ids)
    kinds = await _digest(tx)
    await facts.put(tx, _SYNCED, {"kinds": kinds, "to": ids[-1] if ids else None})


async def is_done(db: Reads) -> bool:
    """Whether every contact's rows were made by the kinds of today."""
    return await _done(db) is None


async def _done(db: Reads) -> int | None:
    """The last contact whose rows are right; None when all are."""
    reached: dict[str, Any] = await facts.get(db, _SYNCED) or {}
    if reached.get("kinds") != await _digest(db):
        return 0
    to: int | None = reached["to"]
    return to


async def _digest(db: Reads) -> str:
    kinds = json.dumps(await facts.get(db, _KINDS) or {}, sort_keys=True)
    return hashlib.sha256(kinds.encode()).hexdigest()[:16]


def _difference(rows: Sequence[Any]) -> tuple[list[_Row], list[_Row]]:
    """The rows that are there and should not be, and those that should."""
    gone: list[_Row] = []
    new: list[_Row] = []
    kinds: dict[str, str] = json.loads(rows[0].kinds) if rows and rows[0].kinds else {}
    for row in rows:
        fields = json.loads(row.fields) if row.fields else {}
        wanted = {
            (name, key): number for name, value in fields.items() for key, number in asked(kinds.get(name), value)
        }
        kept = {(name, key): number for name, key, number in json.loads(row.kept)}
        gone += [_Row(row.id, *place, None) for place in kept.keys() - wanted.keys()]
        new += [_Row(row.id, *place, number) for place, number in wanted.items() if kept.get(place, "") != number]
    return gone, new


def _guessed(value: Any) -> Callable[[Any], list[Asked]]:
    """How to read a value of which nobody says what it is."""
    if isinstance(value, bool):
        return _yes_no
    if isinstance(value, int | float):
        return _amount
    if isinstance(value, list):
        return _options
    if isinstance(value, str) and _YEARLESS.fullmatch(value):
        return _birthday
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _date
    return _words
