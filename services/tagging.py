"""Tagging: the team puts tags on people and takes them off; who and when is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from crm import folding
from crm.permissions import Right
from services import permitting
from services.refusals import Refused
from storage import events, tags
from storage.engine import Tx
from storage.staff import Member

FLOW: Final = "tag"
AT_ONCE: Final = 20
"""Tags that one command may name."""
_PIECES: Final = re.compile(r"#?[\"“„«][^\"“”»]+[\"“”»]|\S+")
_SPACES_AND_QUOTES: Final = ' "“”„«»'


def named(text: str) -> list[str]:
    """The tags a text names: with commas between them if it has any, else by words. Words in quotes are one tag, as the bot
    shows them; a leading # and the quotes are not part of it."""
    pieces = re.split(r"[,\n]", text) if "," in text or "\n" in text else _PIECES.findall(text)
    seen = (folding.visible(piece).lstrip("#").strip(_SPACES_AND_QUOTES) for piece in pieces)
    return list(dict.fromkeys(piece for piece in seen if piece))[:AT_ONCE]


async def put(tx: Tx, member: Member | None, contact_id: int, names: Sequence[str], *, now: datetime) -> list[str]:
    """Puts the tags on; returns those the contact did not have. Raises Refused when none is named."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if not names:
        raise Refused("refused-tags-none")
    added = await tags.add(tx, contact.id, names, staff_id=member.id, now=now)
    for name in added:
        events.add(tx, contact.id, "tag", staff_id=member.id, text=name, now=now)
    return added


async def take_off(tx: Tx, member: Member | None, contact_id: int, names: Sequence[str], *, now: datetime) -> list[str]:
    """Takes the tags off; returns those the contact had. Raises Refused when none is named."""
    member = permitting.require(member, Right.EDIT)
    contact = await permitting.contact(tx, contact_id)
    if not names:
        raise Refused("refused-tags-none")
    removed = await tags.remove(tx, contact.id, names)
    for name in removed:
        events.add(tx, contact.id, "untag", staff_id=member.id, text=name, now=now)
    return removed


async def toggle(tx: Tx, member: Member | None, contact_id: int, tag_id: int, *, now: datetime) -> None:
    """Puts the tag on, or takes it off where it is. Raises Refused for a tag there is not."""
    name = await tags.name_of(tx, tag_id)
    if name is None:
        raise Refused("refused-tag-unknown")
    contact = await permitting.contact(tx, contact_id)
    if tag_id in await tags.ids_of(tx, contact.id):
        await take_off(tx, member, contact.id, [name], now=now)
    else:
        await put(tx, member, contact.id, [name], now=now)
