"""A post office for tests of campaigns: the feeder and the sender's two transactions, with nobody at the other end."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from crm.campaign_letters import Choice, Letter, Media, Options, Variant
from scheduler.campaign_work import Feeder
from scheduler.office import Office
from services import campaigning, delivering
from storage import campaigns, outbox, outcomes, staff, tables
from storage.engine import Database, Tx
from storage.outbox import Claimed
from storage.staff import Member
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place, make_playbook
from tests.storage.makers import make_consent, make_contact, make_staff


class Post:
    """One bot's campaigns, moved by hand. `outcome` says what becomes of each message: sent, failed, unknown, or lost
    (the process dies before it is recorded)."""

    def __init__(self, database: Database, *, in_queue: int = 300) -> None:
        self.database = database
        self.clock = FakeClock()
        self.office: Office = make_office(database, place=make_place(make_playbook()), clock=self.clock)
        self.in_queue = in_queue
        self.feeder = Feeder(self.office, in_queue=in_queue)
        self.owner: Member
        self.arrived: list[Claimed] = []

    async def open(self) -> Post:
        owner = await make_staff(self.database, name="Alice", role="owner", language="en")
        async with self.database.read() as db:
            found = await staff.get(db, owner)
        assert found is not None
        self.owner = found
        return self

    async def write(self, unit: Callable[[Tx], Any]) -> Any:
        return await self.database.write(unit)

    async def campaign(
        self,
        text: str = "Hello, {name|friend}!",
        *,
        variants: tuple[str, ...] = (),
        choices: tuple[Choice, ...] = (),
        media: tuple[Media, ...] = (),
        options: Options | None = None,
        purpose: str = "marketing",
        start: bool = True,
        **columns: Any,
    ) -> int:
        """A campaign to everybody, started unless `start` is false."""
        said = variants or (text,)
        letter = Letter(
            tuple(Variant(name, {"en": one}, media) for name, one in zip("abcdef", said, strict=False)), choices
        )
        number: int = await self.write(
            lambda tx: campaigns.create(
                tx,
                name="Spring",
                content=letter.to_json(),
                options=(options or Options()).to_json(),
                staff_id=self.owner.id,
                chat_id=self.owner.telegram_id,
                now=self.clock.now(),
                **({"aim": "", "purpose": purpose} | columns),
            )
        )
        if start:
            await self.start(number)
        return number

    async def start(self, number: int) -> None:
        await self.write(
            lambda tx: campaigning.start(
                tx, self.office.place, self.owner, number, chat_id=self.owner.telegram_id, now=self.clock.now()
            )
        )

    async def look(self) -> None:
        """The feeder looks once."""
        await self.feeder.look()

    async def send(self, outcome: Callable[[Claimed], str] = lambda row: "sent", *, limit: int = 500) -> list[Claimed]:
        """The sender claims what is due and records what became of it."""
        now = self.clock.now()
        await self.write(_read_by_the_team)
        claim = await self.write(
            lambda tx: delivering.claim(tx, by="me", now=now, limit=limit, busy=(), place=self.office.place)
        )
        for row in claim.rows:
            said = outcome(row)
            if said != "lost":
                await self.write(functools.partial(self.record, row=row, said=said))
        going = [row for row in claim.rows if row.key.startswith(("campaign:", "recall:", "under:"))]
        self.arrived += going
        return going

    async def record(self, tx: Tx, row: Claimed, said: str) -> None:
        """Writes what became of a message. Of an album every file is a message."""
        if said == "sent":
            first = row.message_id or 50_000 + 100 * row.id
            files = len(row.payload.get("album", ())) if row.message_id is None else 0
            album = range(first, first + files)
            await delivering.record_sent(tx, row, first, album=album, now=self.clock.now())
        else:
            delivering.record_settled(tx, row, said, "Forbidden: bot was blocked by the user")

    async def die(self) -> None:
        """The process dies and starts again: what was being sent is in doubt, the feeder remembers nothing."""
        await self.write(lambda tx: outcomes.settle_doubt(tx, me="another"))
        self.feeder = Feeder(self.office, in_queue=self.in_queue)

    async def run(self, *, rounds: int = 50, outcome: Callable[[Claimed], str] = lambda row: "sent") -> None:
        """Looks and sends until nothing more happens."""
        for _ in range(rounds):
            await self.look()
            if not await self.send(outcome):
                await self.look()
                if not await self.send(outcome):
                    return

    async def states(self, number: int) -> Counter[str]:
        people = tables.campaign_people
        async with self.database.read() as db:
            rows = await db.all(select(people.c.state).where(people.c.campaign_id == number))
        return Counter(row.state for row in rows)

    async def people(self, number: int) -> list[Any]:
        people = tables.campaign_people
        async with self.database.read() as db:
            return list(
                await db.all(select(people).where(people.c.campaign_id == number).order_by(people.c.contact_id))
            )

    async def row(self, number: int) -> campaigns.Campaign:
        async with self.database.read() as db:
            found = await campaigns.get(db, number)
        assert found is not None
        return found

    async def progress(self, number: int) -> str:
        """What the campaign's message says now."""
        async with self.database.read() as db:
            found = await outbox.by_key(db, f"campaign-progress:{number}:{self.owner.telegram_id}")
        return str(found.payload["text"]) if found is not None else ""


async def _read_by_the_team(tx: Tx) -> None:
    rows = tables.outbox
    told = rows.update().where(rows.c.key.like("campaign-progress:%"), rows.c.state == "pending")
    await tx.run(told.values(state="sent", sent_revision=rows.c.revision, message_id=rows.c.id, sent_at=NOON))


async def make_readers(database: Database, count: int, **columns: Any) -> list[int]:
    """People who have agreed to advertising."""

    async def unit(tx: Tx) -> list[int]:
        made = []
        for place in range(count):
            one = await make_contact(tx, name=f"Reader {place}", **({"language": "en"} | columns))
            await make_consent(tx, one, purpose="marketing")
            made.append(one)
        return made

    return await database.write(unit)
