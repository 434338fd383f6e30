"""Attending: what is known of those of the team, from the first time they write."""

from __future__ import annotations

from datetime import datetime

from crm import folding
from storage import staff
from storage.engine import Tx
from storage.staff import Member


async def note(tx: Tx, member: Member, *, name: str, username: str | None, language: str, now: datetime) -> None:
    """Keeps the name by which customers' cards speak of a colleague, and that Telegram will deliver to them now. The
    language is Telegram's until they choose one."""
    changes: dict[str, object] = {}
    if member.started_at is None:
        changes["started_at"] = now
    if member.language is None:
        changes["language"] = language
    shown = folding.name(name)
    if shown and shown != member.name:
        changes["name"] = shown
    if username != member.username:
        changes["username"] = username
    if changes:
        await staff.change(tx, member.id, **changes)
