"""Delivery: takes due rows of the outbox, sends them, records what became of them.

What was just said is claimed at the end of the transaction that says it, and leaves after its commit. For the rest there
is a loop that sleeps until the next row is due: the alarm (an APScheduler job) wakes it for what is due later, an
outcome because its chat may have more to hear, the limiter when a slot comes free.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import math
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from crm.purposes import Purpose
from scheduler import methods
from scheduler.answers import Answer, Verdict
from scheduler.gate import Gate
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
UNAVAILABLE_SECONDS = 1.0
MISTAKE_SECONDS = 5.0
SOON_SECONDS = 2.0
LONGEST_SLEEP_SECONDS = 30.0
"""Whatever happens wakes the sender. Should one wake be forgotten, it costs half a minute and not the message."""

LOOK_SECONDS = 0.03
BULK = frozenset({Purpose.SURVEY.value, Purpose.MARKETING.value})
JUDGED = frozenset(purpose.value for purpose in Purpose if purpose.asks_policy)

Outcome = Callable[[Tx], Awaitable[None]]


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
        self._claimed: dict[int, Claimed] = {}
        self._doubted: set[int] = set()
        database.hear(wishes.STANDING, self._doubt)
        self._outcomes: list[Outcome] = []
        self._recording: asyncio.Task[None] | None = None
        self._held: bool | None = None
        self._stepping = False
        self._stopping = False
        self._waits_for_room = False
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
        self._awake.set()

    async def settle_doubt(self) -> None:
        """At the start: what a dead process was sending goes back, or is marked unknown, by its own word."""
        back, unknown = await self._database.write(lambda tx: outcomes.settle_doubt(tx, me=self._me))
        if back or unknown:
            log.info("messages in doubt after the last stop", sent_again=back, marked_unknown=unknown)

    async def run(self) -> None:
        """Sends until `stop`."""
        self._resting.clear()
        self._database.follow("outbox", self._claim_along)
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
                while waited := [*self._in_flight, *([self._recording] if self._recording else [])]:
                    await asyncio.wait(waited)
        late = [*self._in_flight, *([self._recording] if self._recording else [])]
        for task in late:
            task.cancel()  # in doubt: the next start decides
        await asyncio.gather(*late, return_exceptions=True)

    async def step(self) -> float:
        """Claims what may leave now and begins to send it. Returns the seconds to wait before the next step."""
        if await self._is_held():
            return math.inf
        self._waits_for_room = self._free() <= 0
        if self._waits_for_room:
            return self._limiter.next_slot() if len(self._in_flight) < MAX_IN_FLIGHT else math.inf
        self._stepping = True
        try:
            claim = await self._database.write(functools.partial(self._take, ahead=True), brief=True)
        finally:
            self._stepping = False
        if claim.more:
            return 0.0
        if claim.rows:
            self._look_soon()  # their chats may have more to hear
        return self._until(claim)

    async def _claim_along(self, tx: Tx) -> None:
        """Claims what the transaction says; whatever that leaves open is the loop's."""
        # While a step is claiming, possibly in this very transaction, a slot would be given twice.
        if self._stepping or self._stopping or self._held is not False or self._free() <= 0:
            tx.after_commit(self.wake)
            return
        claim = await self._take(tx, ahead=False)
        if claim.more or not claim.rows:
            tx.after_commit(self.wake)

    async def _take(self, tx: Tx, *, ahead: bool) -> delivering.Claim:
        busy, limit = self._limiter.busy_chats(), self._free()
        claim = await delivering.claim(
            tx, by=self._me, now=self._now(), limit=limit, busy=busy, place=self._place, ahead=ahead
        )
        tx.after_commit(lambda: self._begin(claim.rows))
        return claim

    def _begin(self, rows: Sequence[Claimed]) -> None:
        for row in rows:
            if (silent := self._limiter.silent_for) > 0:
                # A 429 was read while the claim was being committed: nothing is begun inside its penalty.
                self._record(self._held_back(row, silent))
                continue
            self._limiter.begin(row.chat_id, _size(row))
            self._claimed[row.id] = row
            task = asyncio.create_task(self._send(row), name=f"send {row.id}")
            self._in_flight.add(task)
            task.add_done_callback(self._landed)

    def _free(self) -> int:
        """How many messages may begin now."""
        return min(self._limiter.free(), MAX_IN_FLIGHT - len(self._in_flight))

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
        free = max(self._limiter.next_change(), 0.01) if claim.held else math.inf
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

    # ------------------------------------------------------------------------------------------------------- sending

    def _landed(self, sent: asyncio.Task[None]) -> None:
        """Makes room before it wakes the loop: woken first, the loop would find no room and sleep on."""
        self._in_flight.discard(sent)
        if self._waits_for_room:
            self._awake.set()

    def _doubt(self, contact_id: int) -> None:
        """What this contact may be sent has changed by a commit that came after the claim and before the request: other
        units share the claim's transaction, or have theirs before its requests have begun."""
        self._doubted |= {row.id for row in self._claimed.values() if row.contact_id == contact_id}

    async def _send(self, row: Claimed) -> None:
        size = _size(row)
        wait = self._limiter.admit(size)
        while wait > 0:
            await asyncio.sleep(min(wait, LOOK_SECONDS))
            wait = self._limiter.admit(size)
        self._claimed.pop(row.id, None)
        if size > 1 and (silent := self._limiter.silent_for) > 0:
            # A 429 was read while the album waited for its slots.
            self._limiter.give_back(row.chat_id, size)
            self._record(self._held_back(row, silent))
            return
        if row.id in self._doubted:
            self._doubted.discard(row.id)
            if row.purpose in JUDGED and not row.sent_revision:
                self._limiter.give_back(row.chat_id, size)
                self._record(_judged_again(row, self._now()))
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
            self._limiter.give_back(row.chat_id, size)
            log.error("a message that cannot be built", key=row.key, error=type(error).__name__)
            self._record(_settled(row, "failed", f"cannot be built: {type(error).__name__}"))
            return
        verdict, result = await self._gate.call(method)
        self._limiter.end(row.chat_id, size)
        self._record(self._outcome(row, verdict, result))

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
                self._limiter.silence(row.chat_id, verdict.retry_after, bulk=row.purpose in BULK)
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

    def _held_back(self, row: Claimed, seconds: float) -> Outcome:
        async def held_back(tx: Tx) -> None:
            at = self._now() + timedelta(seconds=seconds)
            outcomes.record_retry(tx, row.id, at, "Telegram asked for silence", counts=False)

        return held_back

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

    # ----------------------------------------------------------------------------------------------------- recording

    def _record(self, outcome: Outcome) -> None:
        """Outcomes that come together are written together."""
        self._outcomes.append(outcome)
        if self._recording is None:
            self._recording = asyncio.create_task(self._write_outcomes(), name="record outcomes")

    async def _write_outcomes(self) -> None:
        try:
            while self._outcomes:
                batch: list[Outcome] = []

                async def unit(tx: Tx, batch: list[Outcome] = batch) -> None:
                    # Taken when the unit runs: what came back while it waited for its turn goes with it.
                    batch += self._outcomes
                    self._outcomes.clear()
                    for outcome in batch:
                        await outcome(tx)

                try:
                    await self._database.write(unit, brief=True)
                except Unavailable:
                    self._outcomes = batch + self._outcomes
                    await asyncio.sleep(UNAVAILABLE_SECONDS)
                except Exception:
                    await self._write_one_by_one(batch)
        finally:
            self._recording = None
            self._look_soon()

    async def _write_one_by_one(self, batch: list[Outcome]) -> None:
        """After an outcome that cannot be written: it is left to the next start, which finds the row in doubt; the
        others are not lost with it."""
        for outcome in batch:
            while True:
                try:
                    await self._database.write(outcome)
                except Unavailable:
                    await asyncio.sleep(UNAVAILABLE_SECONDS)
                    continue
                except Exception:
                    log.exception("an outcome that cannot be recorded")
                break


async def _nothing(_: Tx) -> None:
    """Waits its turn: what was queued before it is committed."""


def _size(row: Claimed) -> int:
    """For how many messages the limits count it."""
    return methods.size(row.payload, message_id=row.message_id)


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
