"""Small facts about this installation that outlive a restart: one row a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.engine import Reads, Tx
from storage.tables import facts

HELD = "held"  # a restored copy: nothing is sent until `release`
TEAM_CHAT = "team_chat"  # where the team's group went when Telegram made it a supergroup
LINK_SECRET = "link_secret"  # noqa: S105 - the fact's name; what the tokens of counted links are made with
MENUS = "menus"  # the hash of the command menus Telegram was last given


async def get(db: Reads, name: str) -> Any:
    """The fact's value; None when it was never set."""
    return await db.scalar(select(facts.c.value).where(facts.c.name == name))


async def put(tx: Tx, name: str, value: Any) -> None:
    statement = upsert(facts).values(name=name, value=value)
    await tx.run(statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value}))


async def forget(tx: Tx, name: str) -> None:
    await tx.run(delete(facts).where(facts.c.name == name))
