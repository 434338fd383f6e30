"""A room with the team in it: the edge over a real database, Alice who owns, Bob who manages, Vera who only looks, and
Charlie, a customer, who must see nothing of the others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from storage import search, tables
from storage.engine import Database, Tx
from tests.clocks import NOON
from tests.handlers.desk import Office, Talker
from tests.storage.makers import make_contact, make_request, make_staff

SALON = (Path(__file__).parent.parent.parent.parent / "playbooks" / "salon.toml").read_text(encoding="utf-8")
ALICE, BOB, VERA, CHARLIE = 901, 902, 903, 904


@dataclass
class Room:
    """The people, a customer's card with a request, and what became of the base."""

    office: Office
    database: Database
    alice: Talker
    bob: Talker
    vera: Talker
    charlie: Talker
    bob_id: int
    olga: int
    request: int

    async def rows(self, table: str, **where: Any) -> list[Any]:
        """Every row of a table, the oldest first."""
        source = tables.metadata.tables[table]
        statement = select(source).where(*(source.c[name] == value for name, value in where.items()))
        async with self.database.read() as db:
            return list(await db.all(statement.order_by(*source.primary_key.columns)))

    async def row(self, table: str, **where: Any) -> Any:
        (found,) = await self.rows(table, **where)
        return found

    async def delivered(self) -> None:
        """Everything said so far is on its readers' screens: each row has a message id, 10,000 past its own."""
        outbox = tables.outbox

        async def unit(tx: Tx) -> None:
            await tx.run(
                update(outbox)
                .where(outbox.c.due_at <= self.office.clock.now(), outbox.c.state == "pending")
                .values(state="sent", message_id=outbox.c.id + 10_000, sent_revision=outbox.c.revision, sent_at=NOON)
            )

        await self.database.write(unit)

    async def latest(self, chat: int) -> Any:
        """The newest message in a chat, delivered."""
        await self.delivered()
        return (await self.rows("outbox", chat_id=chat))[-1]

    async def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that is known of customers and planned for them, as it lies in the file."""
        names = (
            *("contacts", "contact_points", "contact_tags", "tags", "notes", "consents", "requests", "files", "events"),
            *("tasks", "survey_answers", "relatives", "purchases", "point_moves"),
        )
        with closing(sqlite3.connect(self.database.url.database or "")) as base:
            return {name: base.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}


async def make_room(database: Database) -> Room:
    """The team at a salon; Olga has agreed, and left a request."""
    office = await Office(database, SALON).open(SALON)
    await make_staff(database, name="Alice", role="owner", telegram_id=ALICE, language="en", username=None)
    bob_id = await make_staff(database, name="Bob", role="manager", telegram_id=BOB, language="en")
    await make_staff(database, name="Vera", role="viewer", telegram_id=VERA, language="en")
    olga = await make_contact(
        database, name="Olga Koval", phones=["+380501234567"], consent_version="2026-11", requests=1, open_requests=1
    )
    await database.write(lambda tx: _indexed(tx, olga))
    request = await make_request(database, olga, pipeline="visits", created_at=NOON)
    return Room(
        office=office,
        database=database,
        alice=office.person(ALICE, "Alice"),
        bob=office.person(BOB, "Bob"),
        vera=office.person(VERA, "Vera"),
        charlie=office.person(CHARLIE, "Charlie"),
        bob_id=bob_id,
        olga=olga,
        request=request,
    )


async def _indexed(tx: Tx, contact_id: int) -> None:
    await search.index(tx, contact_id)


def buttons(payload: dict[str, Any]) -> list[str]:
    """The data of every button of a message."""
    return [button["data"] for row in payload.get("buttons", ()) for button in row if "data" in button]
