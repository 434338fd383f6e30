"""Delivery: takes due rows of the outbox, sends them, records what became of them.

What was just said is claimed at the end of the transaction that says it, and departs after its commit when the limiter
has a slot. For the rest there is a loop that sleeps until the next row is due: the alarm (an APScheduler job) wakes it
for what is due later, an outcome because its chat may have more to hear, a departure because there is room for more.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from crm.purposes import Purpose
from scheduler import methods
from scheduler.answers import Answer, Verdict
from scheduler.departures import Departures, is_bulk, size
from scheduler.gate import Gate
from scheduler.recorder import UNAVAILABLE_SECONDS, Outcome, Recorder
from services import delivering, replying, surveying
from services.workplace import Place
from storage import facts, outbox, outcomes, wishes
from storage.engine import Database, Tx, Unavailable
from storage.outbox import Claimed

log = structlog.get_logger()

MAX_IN_FLIGHT = 64
MAX_ATTEMPTS = 5
BACKOFF_SECONDS = (1, 2, 5, 15, 30)
TOKEN_REFUSED_SECONDS = 60.0
MISTAKE_SECONDS = 5.0
SOON_SECONDS = 2.0
LONGEST_SLEEP_SECONDS = 30.0
"""Whatever happens wakes the sender. Should one wake be forgotten, it costs half a minute and not the message."""

LOOK_SECONDS = 0.03
JUDGED = frozenset(purpose.value for purpose in Purpose if purpose.asks_policy)


class Delivery:
    """The sender. There is one in a process, and one process on a database."""

    def __init__(
        self,
        database: Database,
        gate: Gate,
        place: Place,
        *,
        now: Callable[[], datetime],
        alarm: Callable[[datetime], None],
    ) -> None:
        self._database = database
        self._gate = gate
        self._limiter = gate.limiter
        self._place = place
        self._now = now
        self._alarm = alarm
        self._me = secrets.token_hex(8)
        self._awake = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._departures = Departures(gate.limiter, leave=self._leave, give_up=self._hold_back, hands=self._hands)
        self._claimed: dict[int, Claimed] = {}
        self._doubted: set[int] = set()
        database.hear(wishes.STANDING, self._doubt)
        database.follow("outbox", self._claim)
        self._recorder = Recorder(database, recorded=self._look_soon)
        self._held: bool | None = None
        self._looks = False
        self._seen: delivering.Claim | None = None
        self._full = False
        self._stopping = False
        self._look: asyncio.TimerHandle | None = None
        self._resting = asyncio.Event()
        self._resting.set()

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    def _look_soon(self) -> None:
        """Something else may be due: the chat's next row, a newer revision, a retry, what comes later. One look for
        all that happens within a moment: looking costs as much as sending."""
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look_now)

    def _look_now(self) -> None:
        self._look = None
        if not self._full:  # what departs next looks
            self._awake.set()

    async def settle_doubt(self) -> None:
        """At the start: what a dead process was sending goes back, or is marked unknown, by its own word."""
        back, unknown = await self._database.write(lambda tx: outcomes.settle_doubt(tx, me=self._me))
        if back or unknown:
            log.info("messages in doubt after the last stop", sent_again=back, marked_unknown=unknown)

    async def run(self) -> None:
        """Sends until `stop`."""
        self._resting.clear()
        try:
            while not self._stopping:
                self._awake.clear()
                wait = await self._step_safely()
                if wait > 0:
                    await self._sleep(wait)
        finally:
            self._resting.set()

    async def _step_safely(self) -> float:
        try:
            return await self.step()
        except Unavailable as error:
            log.warning("database unavailable", error=str(error))
            return UNAVAILABLE_SECONDS
        except Exception:
            # Everything said goes through here: a mistake in one step must not silence the bot.
            log.exception("delivery failed")
            return MISTAKE_SECONDS

    async def stop(self, *, within: float) -> None:
        """Claims nothing more, waits for the replies of what is being sent, and records them."""
        self._stopping = True
        self._awake.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                # A claim that is being committed now still sends its rows; left alone, they would be sent after this
                # returned, recorded by nobody, and said again by the next start.
                await self._resting.wait()
                with contextlib.suppress(Unavailable):
                    await self._database.write(_nothing)
                for row in self._departures.take_back(bulk_only=True):
                    self._record_later(row, 0, "the bot stops")
                while (under_way := self._under_way()) or len(self._departures):
                    await (asyncio.wait(under_way) if under_way else asyncio.sleep(LOOK_SECONDS))
        self._departures.take_back()
        late = self._under_way()
        for task in late:
            task.cancel()  # in doubt: the next start decides
        await asyncio.gather(*late, return_exceptions=True)

    def _under_way(self) -> list[asyncio.Task[None]]:
        return [*self._in_flight, *self._recorder.at_work]

    async def step(self) -> float:
        """Claims what may leave soon. Returns the seconds to wait before the next step."""
        if await self._is_held():
            return math.inf
        if (silent := self._limiter.silent_for) > 0:
            return silent
        if self._hands() <= len(self._departures):
            self._full = True
            return math.inf
        self._seen = None
        await self._database.write(self._ask, brief=True)
        claim = self._seen
        if claim is None:
            return MISTAKE_SECONDS  # the transaction's follower failed, and the writer has said why
        if claim.more:
            return 0.0
        if self._full:
            return math.inf
        if claim.rows:
            self._look_soon()  # their chats may have more to hear
        return self._until(claim)

    async def _ask(self, tx: Tx) -> None:
        """Says nothing, so that what is due is claimed where everything is: at the end of a transaction."""
        self._looks = True
        tx.announce("outbox")

    async def _claim(self, tx: Tx) -> None:
        """Claims what is due, with the transaction that says it or that looks for it. There is one transaction at a time,
        and what it claimed has departed, or waits, before the next begins: nothing is claimed twice."""
        looks, self._looks = self._looks, False
        if self._stopping or self._held is not False or self._limiter.silent_for > 0:
            claim = delivering.Claim([], more=True, next_due=None, at=self._now())
        else:
            claim = await delivering.claim(
                tx,
                by=self._me,
                now=self._now(),
                limit=max(0, self._hands() - len(self._departures)),
                limits=self._departures.room(),
                busy=self._limiter.busy_chats(),
                place=self._place,
                ahead=looks,
            )
        tx.after_commit(lambda: self._claimed_now(claim, looks=looks))

    def _claimed_now(self, claim: delivering.Claim, *, looks: bool) -> None:
        """The claim is committed."""
        for row in claim.rows:
            self._claimed[row.id] = row
            self._departures.add(row)
        self._full = claim.full and not claim.more
        self._departures.go()
        if looks:
            self._seen = claim
        elif claim.more or not (claim.rows or claim.full):
            self._awake.set()

    def _leave(self, row: Claimed) -> None:
        """Begins one. What is left open by it is looked for."""
        self._limiter.begin(row.chat_id, size(row))
        task = asyncio.create_task(self._send(row), name=f"send {row.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._landed)
        if self._full and self._departures.room_for_bulk() > 0:
            self._look_for_more()

    def _look_for_more(self) -> None:
        self._full = False
        self._awake.set()

    def _hands(self) -> int:
        """How many more may be on their way."""
        return MAX_IN_FLIGHT - len(self._in_flight)

    async def _is_held(self) -> bool:
        """Whether this is a restored copy, which sends nothing. `release` needs the bot to be stopped, so it is asked
        once."""
        if self._held is None:
            async with self._database.read() as reads:
                self._held = await facts.get(reads, facts.HELD) is not None
        return self._held

    def _until(self, claim: delivering.Claim) -> float:
        """Seconds until the next step: until the next row is due, or what a busy chat holds can leave. What is due much
        later is the alarm's."""
        free = max(self._limiter.next_chat(), 0.01) if claim.held else math.inf
        due = claim.next_due
        if due is None:
            return free
        if due <= claim.at:
            return min(free, SOON_SECONDS)  # another row's outcome holds it, and that outcome wakes this loop
        wait = max(0.0, (due - self._now()).total_seconds())
        if wait > SOON_SECONDS:
            self._alarm(due)
            return free
        return min(free, wait)

    async def _sleep(self, seconds: float) -> None:
        if self._stopping:
            return
        try:
            await asyncio.wait_for(self._awake.wait(), min(seconds, LONGEST_SLEEP_SECONDS))
        except TimeoutError:
            return

    def _landed(self, sent: asyncio.Task[None]) -> None:
        """Makes room before it wakes the loop: woken first, the loop would find no room and sleep on."""
        crowded = self._hands() <= len(self._departures)
        self._in_flight.discard(sent)
        self._departures.go()
        if self._full and (crowded or not len(self._departures)):
            self._look_for_more()

    def _doubt(self, contact_id: int) -> None:
        """What this contact may be sent has changed by a commit that came after the claim and before the request: other
        units share the claim's transaction, or have theirs before its requests have begun."""
        self._doubted |= {row.id for row in self._claimed.values() if row.contact_id == contact_id}

    async def _send(self, row: Claimed) -> None:
        self._claimed.pop(row.id, None)
        if row.id in self._doubted:
            self._doubted.discard(row.id)
            if row.purpose in JUDGED and not row.sent_revision:
                self._limiter.give_back(row.chat_id, size(row))
                self._recorder.record(_judged_again(row, self._now()))
                return
        try:
            method = methods.build(
                row.payload,
                chat_id=row.chat_id,
                thread_id=row.thread_id,
                message_id=row.message_id,
                data_folder=Path(self._place.data_folder),
            )
        except Exception as error:
            self._limiter.give_back(row.chat_id, size(row))
            log.error("a message that cannot be built", key=row.key, error=type(error).__name__)
            self._recorder.record(_settled(row, "failed", f"cannot be built: {type(error).__name__}"))
            return
        verdict, result = await self._gate.call(method)
        self._limiter.end(row.chat_id, size(row))
        self._recorder.record(self._outcome(row, verdict, result))

    def _outcome(self, row: Claimed, verdict: Verdict, result: Any) -> Outcome:
        """What is written of a request that came back so."""
        match verdict.answer:
            case Answer.SENT | Answer.SAME:
                album = [one.message_id for one in result] if isinstance(result, list) else []
                message_id = album[0] if album else getattr(result, "message_id", None)
                poll = getattr(result, "poll", None)

                async def sent(tx: Tx) -> None:
                    await delivering.record_sent(tx, row, message_id, album=album, now=self._now())
                    if poll is not None:
                        await surveying.note_poll(tx, row, poll.id, now=self._now())

                return sent
            case Answer.RETRY_AFTER:
                self._limiter.silence(row.chat_id, verdict.retry_after, bulk=is_bulk(row))
                return self._retry(row, verdict, verdict.retry_after, counts=False)
            case Answer.NOT_SENT:
                return self._retry(row, verdict, _backoff(row), counts=False)
            case Answer.UNAUTHORIZED:
                log.critical("Telegram refuses the token: nothing can be sent", reason=verdict.reason)
                self._limiter.silence_all(TOKEN_REFUSED_SECONDS)
                return self._retry(row, verdict, TOKEN_REFUSED_SECONDS, counts=False)
            case Answer.IN_DOUBT if row.on_doubt == "skip" and row.message_id is None:
                return _settled(row, "unknown", verdict.reason)
            case Answer.IN_DOUBT if row.attempts < MAX_ATTEMPTS:
                return self._retry(row, verdict, _backoff(row), counts=True)
            case Answer.IN_DOUBT:
                return _settled(row, "unknown", verdict.reason)
            case Answer.MOVED if verdict.moved_to is not None:
                return self._moved(row, verdict.moved_to)
            case Answer.UNREACHABLE:
                return self._unreachable(row, verdict)
            case Answer.NO_TOPIC if row.thread_id is not None:
                return self._without_topic(row)
            case Answer.GONE:
                return _settled(row, "failed", verdict.reason)
            case _:
                log.error("Telegram refuses a message", key=row.key, reason=verdict.reason)
                return _settled(row, "failed", verdict.reason)

    def _retry(self, row: Claimed, verdict: Verdict, seconds: float, *, counts: bool) -> Outcome:
        async def retry(tx: Tx) -> None:
            at = self._now() + timedelta(seconds=seconds)
            outcomes.record_retry(tx, row.id, at, verdict.reason, counts=counts)

        return retry

    def _hold_back(self, row: Claimed, seconds: float) -> None:
        """What Telegram's wish for silence keeps from beginning."""
        self._record_later(row, seconds, "Telegram asked for silence")

    def _record_later(self, row: Claimed, seconds: float, reason: str) -> None:
        """It was claimed and has not begun: it is not in doubt, and no attempt is counted."""
        self._claimed.pop(row.id, None)
        self._doubted.discard(row.id)

        async def later(tx: Tx) -> None:
            at = self._now() + timedelta(seconds=seconds)
            outcomes.record_retry(tx, row.id, at, reason, counts=False)

        self._recorder.record(later)

    def _unreachable(self, row: Claimed, verdict: Verdict) -> Outcome:
        async def unreachable(tx: Tx) -> None:
            delivering.record_settled(tx, row, "failed", verdict.reason)
            await delivering.mark_unreachable(tx, row.chat_id, reason=verdict.reason, now=self._now())
            await replying.note_undelivered(tx, self._place, row.key, now=self._now())

        return unreachable

    def _moved(self, row: Claimed, new_chat: int) -> Outcome:
        async def moved(tx: Tx) -> None:
            await outbox.follow_migration(tx, row.chat_id, new_chat)
            outcomes.record_retry(tx, row.id, self._now(), "the group moved", counts=False)
            if row.chat_id == self._place.team_chat_id:
                await facts.put(tx, facts.TEAM_CHAT, {"was": row.chat_id, "is": new_chat})
                tx.after_commit(lambda: self._place.move_team_chat(new_chat))

        return moved

    def _without_topic(self, row: Claimed) -> Outcome:
        async def without_topic(tx: Tx) -> None:
            await outbox.leave_topic(tx, row.id)
            outcomes.record_retry(tx, row.id, self._now(), "the topic is gone", counts=True)

        return without_topic


async def _nothing(_: Tx) -> None:
    """Waits its turn: what was queued before it is committed."""


def _judged_again(row: Claimed, now: datetime) -> Outcome:
    async def judged_again(tx: Tx) -> None:
        outcomes.record_retry(tx, row.id, now, "to be judged again", counts=False)

    return judged_again


def _settled(row: Claimed, state: str, reason: str) -> Outcome:
    async def settled(tx: Tx) -> None:
        delivering.record_settled(tx, row, state, reason)

    return settled


def _backoff(row: Claimed) -> float:
    return float(BACKOFF_SECONDS[min(row.attempts, len(BACKOFF_SECONDS)) - 1])
