"""What became of a message of the outbox: one statement an outcome, written together with the others of its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, update

from storage.engine import Tx
from storage.tables import outbox

MOST_DEATHS = 20

_newer = outbox.c.revision > bindparam("sent")
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=case((and_(_newer, outbox.c.state == "sending"), "pending"), else_="sent"),
        sent_revision=bindparam("sent"),
        message_id=func.coalesce(bindparam("message"), outbox.c.message_id),
        sent_at=func.coalesce(outbox.c.sent_at, bindparam("at")),
        attempts=0,
        claimed_by=None,
        error=None,
    )
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("to"),
        claimed_by=None,
        error=bindparam("reason"),
        decision=func.coalesce(bindparam("why", type_=outbox.c.decision.type), outbox.c.decision),
    )
)
# What was taken back while it was on its way does not come back by a retry.
_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(
        state="pending",
        claimed_by=None,
        retry_at=bindparam("at"),
        attempts=outbox.c.attempts - bindparam("uncount"),
        error=bindparam("reason"),
    )
)
_LATER = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="pending",
        claimed_by=None,
        due_at=bindparam("at"),
        attempts=0,
        decision=bindparam("why", type_=outbox.c.decision.type),
    )
)


def record_sent(tx: Tx, row_id: int, revision: int, message_id: int | None, *, now: datetime) -> None:
    """Telegram has it. A revision written meanwhile sends the row round again, as an edit."""
    tx.later(_SENT, {"row": row_id, "sent": revision, "message": message_id, "at": now})


def record_settled(tx: Tx, row_id: int, state: str, reason: str, why: dict[str, Any] | None = None) -> None:
    """It is not going to be sent: failed, unknown or skipped, and why."""
    tx.later(_SETTLE, {"row": row_id, "to": state, "reason": reason, "why": why})


def record_retry(tx: Tx, row_id: int, at: datetime, reason: str, *, counts: bool) -> None:
    """To be tried again at `at`. `counts`: whether this attempt counts towards the cap (a 429 does not)."""
    tx.later(_AGAIN, {"row": row_id, "at": at, "reason": reason, "uncount": 0 if counts else 1})


def record_deferred(tx: Tx, row_id: int, until: datetime, why: dict[str, Any]) -> None:
    """The contact policy said: later."""
    tx.later(_LATER, {"row": row_id, "at": until, "why": why})


_DECIDED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(decision=bindparam("why", type_=outbox.c.decision.type))
)


def record_decision(tx: Tx, row_id: int, why: dict[str, Any]) -> None:
    """What the contact policy said of a message that is now being sent."""
    tx.later(_DECIDED, {"row": row_id, "why": why})


_COMPOSED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        payload=bindparam("said", type_=outbox.c.payload.type),
        memo=func.coalesce(bindparam("remember", type_=outbox.c.memo.type), outbox.c.memo),
    )
)


def record_composed(tx: Tx, row_id: int, payload: dict[str, Any], memo: dict[str, Any] | None) -> None:
    """What a recipe came to, and is now being sent."""
    tx.later(_COMPOSED, {"row": row_id, "said": payload, "remember": memo})


async def settle_doubt(tx: Tx, *, me: str) -> tuple[int, int]:
    """What a dead process was sending: `resend` rows and edits go back, other `skip` rows become unknown. Returns both
    counts."""
    not_mine = or_(outbox.c.claimed_by.is_(None), outbox.c.claimed_by != me)
    in_doubt = and_(outbox.c.state == "sending", not_mine)
    deadly = and_(in_doubt, outbox.c.attempts >= MOST_DEATHS)
    await tx.run(update(outbox).where(deadly).values(state="failed", claimed_by=None, error="the process died of it"))
    back = await tx.run(
        update(outbox)
        .where(in_doubt, or_(outbox.c.on_doubt == "resend", outbox.c.message_id.is_not(None)))
        .values(state="pending", claimed_by=None, retry_at=None)
    )
    unknown = await tx.run(
        update(outbox)
        .where(in_doubt, outbox.c.on_doubt == "skip")
        .values(state="unknown", claimed_by=None, error="the process died while it was being sent")
    )
    return int(back.rowcount), int(unknown.rowcount)
