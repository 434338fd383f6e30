"""Profiling: a contact's family, told in a line («Марія, 8 березня 2015») and kept beside the card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm import folding, values
from crm.permissions import Right
from services import permitting
from services.refusals import Refused
from storage import events, relatives
from storage.engine import Tx
from storage.staff import Member

FLOW: Final = "relative"
MOST: Final = 12
"""Relatives of one contact: more would be somebody else's business."""
_BREAK: Final = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a relative. One of the two is always known; `birthdays` are more than one where the words can be
    read so, and it is to be asked which is meant."""

    name: str | None = None
    birthdays: tuple[str, ...] = ()


def read(said: str, *, now: datetime, zone: ZoneInfo, language: str) -> Told | values.Refused:
    """A name and a birthday in one line, either of which may be missing; a comma between them helps."""
    line = said.strip()[:300]
    name, _, rest = (part.strip() for part in _partition(line))
    if rest:
        return _told(name, values.birthday(rest, now=now, zone=zone, language=language))
    words = folding.visible(line).split(" ")
    # The longest end of the line that is a birthday; what stands before it is the name.
    for start in range(len(words) if re.search(r"\d", line) else 0):
        day = values.birthday(" ".join(words[start:]), now=now, zone=zone, language=language)
        if isinstance(day, values.Accepted | values.Unsure) or (start and _is_wrong_day(day)):
            return _told(" ".join(words[:start]), day)
    named = values.name(line)
    return Told(named.value) if isinstance(named, values.Accepted) else named


async def add_relative(
    tx: Tx,
    member: Member | None,
    contact_id: int,
    kind: str,
    *,
    name: str | None,
    birthday: str | None,
    now: datetime,
) -> None:
    """Keeps a relative. Raises Refused for a kind there is not, for one too many, and where the contact has not agreed
    to their data being kept."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if kind not in relatives.KINDS:
        raise Refused("refused-field")
    if contact.consent_version is None:
        raise Refused("refused-personal", alert=True)
    if await relatives.count(tx, contact.id) >= MOST:
        raise Refused("refused-relatives-many", most=MOST)
    await relatives.add(tx, contact.id, kind, name=name, birthday=birthday, now=now)
    events.add(tx, contact.id, "relative", staff_id=member.id, text=name, data={"kind": kind}, now=now)


async def remove_relative(tx: Tx, member: Member | None, contact_id: int, relative_id: int, *, now: datetime) -> None:
    """Takes a relative off the card. Raises Refused for one that is not there."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if not await relatives.remove(tx, contact.id, relative_id):
        raise Refused("refused-stale")
    events.add(tx, contact.id, "relative", staff_id=member.id, data={"removed": True}, now=now)


def _partition(line: str) -> tuple[str, str, str]:
    found = _BREAK.search(line)
    return (line[: found.start()], found[0], line[found.end() :]) if found else (line, "", "")


def _told(name: str, day: values.Read) -> Told | values.Refused:
    if isinstance(day, values.Refused):
        return day
    assert not isinstance(day, values.Half)  # a day has no halves
    named = values.name(name) if name else None
    if isinstance(named, values.Refused):
        return named
    days = day.choices if isinstance(day, values.Unsure) else (day.value,)
    return Told(named.value if named is not None else None, tuple(days))


def _is_wrong_day(day: values.Read) -> bool:
    """Whether a day was named that cannot be anybody's birthday."""
    return isinstance(day, values.Refused) and day.reason in ("date-impossible", "date-future")
