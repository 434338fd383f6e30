"""Delivery: from a due row to its outcome, whatever Telegram answers and whatever dies."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy import select

from scheduler.delivery import Delivery, _nothing
from scheduler.gate import Gate
from scheduler.limiter import Limiter
from services import delivering, forgetting
from services.speaking import Composed
from services.workplace import Place
from storage import bulk_changes, consents, contacts, facts, journal, outbox, outcomes, tables
from storage.engine import Database, Tx, Unavailable
from storage.outbox import Claimed
from tests.clocks import NOON, FakeClock
from tests.patience import PATIENCE_SECONDS, eventually
from tests.places import make_place
from tests.storage.makers import make_consent, make_contact

Answering = Callable[[Any], Any]


class Message:
    def __init__(self, message_id: int) -> None:
        self.message_id = message_id


class Telegram:
    """Answers each request with the next of what was ordered, and otherwise carries it out."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.ordered: list[Exception] = []
        self.slow: asyncio.Event | None = None
        self.called = asyncio.Event()

    async def __call__(self, method: Any) -> Any:
        self.requests.append(method)
        self.called.set()
        if self.slow is not None:
            await self.slow.wait()
        if self.ordered:
            raise self.ordered.pop(0)
        return Message(100 + len(self.requests))

    @property
    def texts(self) -> list[str]:
        return [getattr(one, "text", "") for one in self.requests]


class Post:
    """A sender over a real database, with everything else a double."""

    def __init__(self, database: Database, telegram: Telegram | None = None) -> None:
        self.database = database
        self.clock = FakeClock()
        self.telegram = telegram or Telegram()
        self.alarms: list[Any] = []
        self.place = make_place(team_chat_id=-5)
        loop = asyncio.get_running_loop()
        self.limited(Limiter(rate=10_000, per_chat=10_000, per_group_minute=1e6, monotonic=loop.time))

    def limited(self, limiter: Limiter) -> None:
        """From now on by this limiter."""
        self.limiter = limiter
        gate = Gate(self.telegram, limiter)  # type: ignore[arg-type]  # a double of aiogram's Bot
        self.delivery = Delivery(self.database, gate, self.place, now=self.clock.now, alarm=self.alarms.append)

    async def add(
        self,
        key: str,
        *,
        chat: int = 1,
        purpose: str = "answer",
        revise: bool = False,
        quietly: bool = False,
        **more: Any,
    ) -> None:
        """Says it. `quietly`: nobody is told that it was said."""
        values = outbox.row(
            key=key,
            chat_id=chat,
            payload=more.pop("payload", {"text": key}),
            purpose=purpose,
            priority=more.pop("priority", 0),
            due_at=more.pop("due_at", self.clock.now()),
            now=self.clock.now(),
            **more,
        )

        async def unit(tx: Tx) -> None:
            if quietly:
                await tx.run(tables.outbox.insert().values(**values))
            else:
                (outbox.revise if revise else outbox.add)(tx, values)

        await self.database.write(unit)

    async def work(self, steps: int = 12) -> None:
        """Sends until nothing more leaves."""
        for _ in range(steps):
            wait = await self.delivery.step()
            if self.telegram.slow is None:
                await self.landed()
            for recording in self.delivery._recorder.at_work:
                await recording
            if wait > 0:
                await asyncio.sleep(0.002)

    async def landed(self) -> None:
        """Whatever is on its way has arrived."""
        while self.delivery._in_flight:
            await asyncio.wait(self.delivery._in_flight)

    async def start(self) -> asyncio.Task[None]:
        """The sender at work, once it has found nothing to send and sleeps."""
        asleep, real = asyncio.Event(), self.delivery._sleep

        async def sleep(seconds: float) -> None:
            asleep.set()
            await real(seconds)

        self.delivery._sleep = sleep  # type: ignore[method-assign]
        running = asyncio.create_task(self.delivery.run())
        await asyncio.wait_for(asleep.wait(), PATIENCE_SECONDS)
        return running

    async def row(self, key: str) -> Any:
        async with self.database.read() as reads:
            return await reads.first(select(tables.outbox).where(tables.outbox.c.key == key))


@pytest.fixture
async def post(database: Database) -> Post:
    return Post(database)


def refused(words: str) -> TelegramBadRequest:
    return TelegramBadRequest(method=SendMessage(chat_id=1, text="x"), message=f"Bad Request: {words}")


METHOD = SendMessage(chat_id=1, text="x")


async def test_what_is_due_is_sent_and_recorded(post: Post) -> None:
    await post.add("hello")
    await post.work()
    row = await post.row("hello")
    assert (row.state, row.message_id, row.sent_at) == ("sent", 101, NOON)


async def test_one_chats_messages_leave_in_their_order(post: Post) -> None:
    for number in range(5):
        await post.add(str(number))
    await post.work(40)
    assert post.telegram.texts == ["0", "1", "2", "3", "4"]


async def test_what_must_be_retried_holds_those_behind_it(post: Post) -> None:
    post.telegram.ordered = [TelegramRetryAfter(method=METHOD, message="", retry_after=3)]
    await post.add("first")
    await post.add("second")
    await post.work()
    assert post.telegram.texts == ["first"]
    post.clock.move(timedelta(seconds=4))
    post.limiter._chats.clear()
    await post.work()
    assert post.telegram.texts == ["first", "first", "second"]
    assert (await post.row("first")).state == "sent"


async def test_a_revision_while_the_message_is_on_its_way_follows_as_an_edit(post: Post) -> None:
    post.telegram.slow = asyncio.Event()
    await post.add("card", payload={"text": "new"})
    await post.work(1)
    await post.add("card", payload={"text": "taken"}, revise=True)
    post.telegram.slow.set()
    post.telegram.slow = None
    await post.work()
    first, edit = post.telegram.requests
    assert isinstance(first, SendMessage)
    assert isinstance(edit, EditMessageText)
    assert (edit.message_id, edit.text) == (101, "taken")


async def test_who_blocked_the_bot_is_tried_once_and_marked(post: Post) -> None:
    contact = await make_contact(post.database, telegram_id=1)
    post.telegram.ordered = [TelegramForbiddenError(method=METHOD, message="Forbidden: bot was blocked by the user")]
    await post.add("hello", contact_id=contact, purpose="service")
    await post.work()
    await post.add("again", contact_id=contact, purpose="service")
    await post.work()
    assert post.telegram.texts == ["hello"]
    assert (await post.row("hello")).state == "failed"
    assert (await post.row("again")).error == "unreachable"


async def test_a_group_that_moved_is_followed_and_the_team_with_it(post: Post) -> None:
    post.telegram.ordered = [TelegramMigrateToChat(method=METHOD, message="", migrate_to_chat_id=-100)]
    await post.add("alert", chat=-5)
    await post.add("behind it", chat=-5)
    await post.work(20)
    assert [one.chat_id for one in post.telegram.requests] == [-5, -100, -100]
    assert post.place.team_chat_id == -100


@pytest.mark.parametrize(("on_doubt", "requests", "state"), [("resend", 2, "sent"), ("skip", 1, "unknown")])
@pytest.mark.parametrize(
    "error",
    [TelegramNetworkError(method=METHOD, message="no answer in time"), TelegramServerError(METHOD, "Bad Gateway")],
    ids=["lost", "502"],
)
async def test_an_answer_lost_after_acceptance_follows_the_messages_own_word(
    post: Post, on_doubt: str, requests: int, state: str, error: Exception
) -> None:
    post.telegram.ordered = [error]
    await post.add("message", on_doubt=on_doubt)
    await post.work()
    post.clock.move(timedelta(minutes=1))
    await post.work()
    assert len(post.telegram.requests) == requests
    assert (await post.row("message")).state == state


async def test_what_stays_in_doubt_is_given_up_after_five_attempts(post: Post) -> None:
    post.telegram.ordered = [TelegramServerError(METHOD, "Bad Gateway") for _ in range(9)]
    await post.add("message")
    for _ in range(9):
        await post.work(3)
        post.clock.move(timedelta(minutes=1))
    assert len(post.telegram.requests) == 5
    assert (await post.row("message")).state == "unknown"


async def test_an_outcome_is_recorded_when_the_database_is_back(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.recorder.UNAVAILABLE_SECONDS", 0.01)
    write, away = post.database.write, [True]

    async def sometimes(unit: Any, **how: Any) -> Any:
        if post.telegram.requests and away:
            away.pop()
            raise Unavailable("database is locked")
        return await write(unit, **how)

    monkeypatch.setattr(post.database, "write", sometimes)
    await post.add("hello")
    await post.work()
    assert (await post.row("hello")).state == "sent"
    assert len(post.telegram.requests) == 1


async def test_one_outcome_that_cannot_be_written_takes_no_other_with_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = outcomes.record_sent

    def breaks(tx: Tx, row_id: int, *args: Any, **more: Any) -> None:
        if row_id == 1:
            raise ValueError("a mistake of ours")
        recorded(tx, row_id, *args, **more)

    monkeypatch.setattr(outcomes, "record_sent", breaks)
    await post.add("bad", chat=1)
    await post.add("good", chat=2)
    await post.work()
    assert ((await post.row("bad")).state, (await post.row("good")).state) == ("sending", "sent")


async def test_a_held_database_sends_nothing(post: Post) -> None:
    await post.database.write(lambda tx: facts.put(tx, facts.HELD, {"since": "now"}))
    await post.add("hello")
    await post.work()
    assert post.telegram.requests == []


async def test_a_row_that_cannot_be_built_or_judged_fails_alone(post: Post) -> None:
    contact = await make_contact(post.database, telegram_id=2, timezone="Nowhere/Atlantis")
    await post.add("unbuilt", chat=1, payload={"attachment": {"kind": "hologram"}})
    await post.add("unjudged", chat=2, contact_id=contact, purpose="service")
    await post.add("good", chat=3)
    await post.work()
    assert post.telegram.texts == ["good"]
    assert [(await post.row(key)).state for key in ("unbuilt", "unjudged")] == ["failed", "failed"]


async def test_a_recipe_is_made_when_its_time_has_come(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is true then, once; a second attempt and the timeline have the same words."""
    true_now = "true when planned"

    async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
        if row.recipe == {"of": "nothing"}:
            return None
        if row.recipe == {"of": "a mistake"}:
            raise LookupError(row.key)
        return Composed({"text": true_now}, {"variant": "a"})

    monkeypatch.setitem(delivering.COMPOSERS, "try:", compose)
    for chat, of in enumerate(("something", "nothing", "a mistake"), 1):
        await post.add(f"try:{of}", chat=chat, payload={}, recipe={"of": of})
    true_now = "true when sent"
    post.telegram.ordered = [TelegramRetryAfter(METHOD, "flood", 0)]
    await post.work()
    await post.work()
    assert post.telegram.texts == ["true when sent", "true when sent"]
    made = await post.row("try:something")
    assert (made.state, made.payload, made.memo) == ("sent", {"text": "true when sent"}, {"variant": "a"})
    pointless, mistaken = await post.row("try:nothing"), await post.row("try:a mistake")
    assert (pointless.state, pointless.error) == ("skipped", "not-wanted")
    assert (mistaken.state, mistaken.attempts) == ("failed", 1)


async def test_a_refusal_for_ever_is_not_repeated(post: Post) -> None:
    post.telegram.ordered = [refused("can't parse entities")]
    await post.add("broken")
    await post.work()
    post.clock.move(timedelta(days=1))
    await post.work()
    assert len(post.telegram.requests) == 1


async def test_quiet_hours_defer_and_the_decision_is_kept(post: Post) -> None:
    contact = await make_contact(post.database, telegram_id=1, timezone="Asia/Tokyo")
    post.clock.move(timedelta(hours=3))  # ten in the evening in Tokyo
    await post.add("reminder", contact_id=contact, purpose="service", priority=2)
    await post.work()
    row = await post.row("reminder")
    assert post.telegram.requests == []
    assert (row.state, row.decision["reason"]) == ("pending", "quiet-hours")
    assert set(post.alarms) == {row.due_at}
    post.clock.move_to(row.due_at)
    await post.work()
    assert post.telegram.texts == ["reminder"]
    assert (await post.row("reminder")).decision["verdict"] == "send"


async def test_after_consent_is_withdrawn_no_request_is_begun(post: Post) -> None:
    contact = await make_contact(post.database, telegram_id=1)
    await make_consent(post.database, contact, purpose="marketing")
    await post.add("advert", contact_id=contact, purpose="marketing", priority=4)
    await make_consent(post.database, contact, purpose="marketing", granted=False)
    await post.work()
    row = await post.row("advert")
    assert post.telegram.requests == []
    assert (row.state, row.decision["reason"]) == ("skipped", "no-consent")


async def test_an_edit_of_what_a_person_has_asks_nobody_and_is_never_too_late(post: Post) -> None:
    """The buttons of an old survey answer at night, and long after the survey itself had any use."""
    contact = await make_contact(post.database, telegram_id=1)
    await post.add("survey", contact_id=contact, purpose="service", valid_until=post.clock.now() + timedelta(days=1))
    await post.work()
    post.clock.move(timedelta(days=9, hours=12))

    async def edit(tx: Tx) -> None:
        await outbox.revise_message(tx, 1, 101, {"text": "thanks"}, None, now=post.clock.now(), priority=0)

    await post.database.write(edit)
    await post.work()
    assert post.telegram.texts == ["survey", "thanks"]


async def test_a_busy_chat_does_not_make_the_sender_oversleep_another(post: Post) -> None:
    """A group that may not be written to for a minute is no reason to be late for somebody else."""
    post.limiter._chats[-5] = asyncio.get_running_loop().time() + 60
    await post.add("for the group", chat=-5)
    await post.add("soon", chat=1, due_at=post.clock.now() + timedelta(seconds=1))
    assert await post.delivery.step() == pytest.approx(1.0, abs=0.1)


async def test_what_is_due_right_after_another_waits_for_no_look(post: Post) -> None:
    """Two people's reminders, ten milliseconds apart: the second has a moment of its own."""
    await post.add("now", chat=1)
    await post.add("soon", chat=2, due_at=post.clock.now() + timedelta(milliseconds=10))
    await post.add("for the first again", chat=1, due_at=post.clock.now() + timedelta(milliseconds=5))
    assert await post.delivery.step() == pytest.approx(0.01)


async def test_a_wake_that_is_forgotten_costs_no_message(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.delivery.LONGEST_SLEEP_SECONDS", 0.01)
    running = await post.start()
    await post.add("hello", quietly=True)
    await asyncio.wait_for(post.telegram.called.wait(), PATIENCE_SECONDS)
    await post.delivery.stop(within=PATIENCE_SECONDS)
    await running


async def test_what_comes_due_while_a_claim_is_committed_is_not_left_for_later(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.add("soon", due_at=post.clock.now() + timedelta(milliseconds=10))
    real = post.database.write

    async def slow(unit: Any, **how: Any) -> Any:
        result = await real(unit, **how)
        post.clock.move(timedelta(milliseconds=20))
        return result

    monkeypatch.setattr(post.database, "write", slow)
    assert await post.delivery.step() == 0
    await post.work()
    assert post.telegram.texts == ["soon"]


async def test_a_chat_that_comes_free_while_its_claim_is_committed_is_not_waited_for_for_ever(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk: when the sender asks how long to wait, what it waited for has happened already."""
    moment = [0.0]
    post.limited(Limiter(rate=30, monotonic=lambda: moment[0]))
    await post.add("first")
    await post.work()
    await post.add("second")
    real = post.database.write

    async def slow(unit: Any, **how: Any) -> Any:
        result = await real(unit, **how)
        moment[0] += 2
        return result

    moment[0] += 0.5
    monkeypatch.setattr(post.database, "write", slow)
    assert await post.delivery.step() < 1
    await post.work()
    assert post.telegram.texts == ["first", "second"]


async def test_a_429_in_bulk_holds_everything_one_of_a_chat_only_that_chat(post: Post) -> None:
    contact = await make_contact(post.database, telegram_id=1)
    post.telegram.ordered = [TelegramRetryAfter(method=METHOD, message="", retry_after=37)]
    await post.add("answer", chat=2)
    await post.work()
    assert post.limiter.silent_for == 0
    post.telegram.ordered = [TelegramRetryAfter(method=METHOD, message="", retry_after=37)]
    await post.add("survey", contact_id=contact, purpose="survey", priority=3)
    await post.work()
    assert post.limiter.silent_for > 30


async def test_a_429_read_while_a_claim_is_committed_holds_its_rows_back(post: Post) -> None:
    """What was claimed a moment before is not begun inside the penalty, and no attempt is counted against it."""
    await post.add("hello")
    claim = post.delivery._claim

    async def claim_and_be_refused(tx: Tx) -> None:
        tx.after_commit(lambda: post.limiter.silence_all(30))
        await claim(tx)

    post.database.follow("outbox", claim_and_be_refused)
    await post.work(1)
    row = await post.row("hello")
    assert post.telegram.requests == []
    assert (row.state, row.attempts) == ("pending", 0)
    assert timedelta(seconds=29) < row.retry_at - NOON <= timedelta(seconds=30)


async def test_a_429_read_while_the_claimed_wait_for_their_slot_holds_them_back(post: Post) -> None:
    moment = [0.0]
    post.limited(Limiter(rate=1, monotonic=lambda: moment[0]))
    post.limiter.begin(99)
    await post.add("hello")
    await post.delivery.step()
    assert (await post.row("hello")).state == "sending"
    post.limiter.end(99)
    post.limiter.silence_all(30)
    moment[0] += 2
    post.delivery._departures.go()
    await post.work(1)
    row = await post.row("hello")
    assert post.telegram.requests == []
    assert (row.state, row.attempts, post.limiter.busy_chats()) == ("pending", 0, set())


async def test_a_mistake_in_one_step_does_not_silence_the_bot(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.delivery.MISTAKE_SECONDS", 0.01)
    step, broken = post.delivery.step, [True]

    async def sometimes() -> float:
        if broken:
            broken.pop()
            raise RuntimeError("a mistake of ours")
        return await step()

    monkeypatch.setattr(post.delivery, "step", sometimes)
    await post.add("hello")
    running = asyncio.create_task(post.delivery.run())
    async with asyncio.timeout(PATIENCE_SECONDS):
        await post.telegram.called.wait()
    await post.delivery.stop(within=PATIENCE_SECONDS)
    await running
    assert (await post.row("hello")).state == "sent"


async def test_a_stop_in_the_middle_of_a_claim_leaves_nothing_in_doubt(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was claimed at the last moment is sent and recorded before the bot ends, or the next start says it again."""
    await post.add("hello")
    claimed, go_on = asyncio.Event(), asyncio.Event()
    real = post.database.write

    async def slow(unit: Any, **how: Any) -> Any:
        result = await real(unit, **how)
        if not claimed.is_set():
            claimed.set()
            await go_on.wait()
        return result

    monkeypatch.setattr(post.database, "write", slow)
    running = asyncio.create_task(post.delivery.run())
    await claimed.wait()
    stopping = asyncio.create_task(post.delivery.stop(within=PATIENCE_SECONDS))
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    assert (await post.row("hello")).state == "sent"
    await running


async def test_what_is_said_is_claimed_with_the_commit_that_says_it(post: Post) -> None:
    running = await post.start()
    post.telegram.slow = asyncio.Event()
    before = post.database.writer.commits
    await post.add("hello")
    assert post.database.writer.commits == before + 1
    assert (await post.row("hello")).state == "sending"
    post.telegram.slow.set()
    await post.delivery.stop(within=PATIENCE_SECONDS)
    await running
    assert (await post.row("hello")).state == "sent"


async def test_a_stop_while_a_claim_is_being_committed_waits_for_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun after the stop, nobody would record it, and the next start would say it again."""
    claimed, disk = asyncio.Event(), asyncio.Event()
    real = delivering.claim

    async def claim(*args: Any, **more: Any) -> Any:
        made = await real(*args, **more)
        if made.rows:
            claimed.set()
            await disk.wait()
        return made

    monkeypatch.setattr(delivering, "claim", claim)
    running = await post.start()
    adding = asyncio.create_task(post.add("hello"))
    await claimed.wait()
    stopping = asyncio.create_task(post.delivery.stop(within=PATIENCE_SECONDS))
    for _ in range(5):
        await asyncio.sleep(0)
    disk.set()
    await stopping
    assert post.telegram.texts == ["hello"]
    await asyncio.gather(adding, running)
    assert (await post.row("hello")).state == "sent"


async def test_no_slot_is_given_twice_while_many_speak_at_once(post: Post) -> None:
    post.limiter._slots = 3
    running = await post.start()
    post.telegram.slow = asyncio.Event()
    await asyncio.gather(*(post.add(str(number), chat=number) for number in range(1, 20)))
    for _ in range(5):
        await post.database.write(_nothing)  # behind whatever was claimed meanwhile
    assert len(post.delivery._in_flight) == 3
    post.telegram.slow.set()
    await post.delivery.stop(within=PATIENCE_SECONDS)
    await running


async def consent(post: Post, contact: int, *, granted: bool) -> None:
    words: dict[str, Any] = {"version": "1", "text": "…", "message_id": None, "now": NOON}
    await post.database.write(lambda tx: consents.add(tx, contact, "marketing", granted=granted, **words))


Withdraw = Callable[[], Awaitable[None]]


async def claimed_and_withdrawn(post: Post, purpose: str, contact: int, withdraw: Withdraw, *, after: bool) -> None:
    """Their message is claimed, with the word that forbids it in the very transaction, or `after` it, while the message
    waits for a slot. Then there are slots."""
    moment = [0.0]
    post.limited(Limiter(rate=1, monotonic=lambda: moment[0]))
    post.limiter.begin(2)
    await post.delivery._is_held()
    await post.add("advert", contact_id=contact, purpose=purpose, priority=4, quietly=True)
    if after:
        await post.delivery.step()
        assert (await post.row("advert")).state == "sending"
        await withdraw()
    else:
        await asyncio.gather(post.delivery.step(), withdraw())
    post.limiter.end(2)
    for _ in range(2):
        moment[0] += 5
        post.delivery._departures.go()
        await post.work()


@pytest.mark.parametrize("after", [False, True])
async def test_no_request_is_begun_after_the_commit_that_withdraws_consent(post: Post, after: bool) -> None:
    """It is judged again, and not sent."""
    contact = await make_contact(post.database, telegram_id=1)
    await make_consent(post.database, contact, purpose="marketing")
    withdraw = functools.partial(consent, post, contact, granted=False)
    await claimed_and_withdrawn(post, "marketing", contact, withdraw, after=after)
    assert post.telegram.requests == []
    assert ((await post.row("advert")).state, (await post.row("advert")).error) == ("skipped", "no-consent")


async def deleted(tx: Tx, place: Place, contact: int) -> None:
    change = await journal.begin(tx, kind="bulk", title="delete", staff_id=None, now=NOON)
    await bulk_changes.remove(tx, change, [contact])


async def erased(tx: Tx, place: Place, contact: int) -> None:
    found = await contacts.get(tx, contact)
    assert found is not None
    await forgetting.erase(tx, place, found, now=NOON)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("gone", [deleted, erased])
@pytest.mark.parametrize("purpose", ["marketing", "service"])
async def test_no_request_is_begun_after_the_commit_that_takes_the_card_away(
    post: Post, gone: Callable[[Tx, Place, int], Awaitable[None]], purpose: str, after: bool
) -> None:
    """Deleted in bulk, or erased at the person's wish, while its message was being claimed."""
    contact = await make_contact(post.database, telegram_id=1)
    await make_consent(post.database, contact, purpose="marketing")
    take = functools.partial(post.database.write, lambda tx: gone(tx, post.place, contact))
    await claimed_and_withdrawn(post, purpose, contact, take, after=after)
    assert post.telegram.requests == []


async def test_a_word_that_forbids_nothing_delays_nothing(post: Post) -> None:
    """What was doubted is sent when it is judged again, once."""
    contact = await make_contact(post.database, telegram_id=1)
    await make_consent(post.database, contact, purpose="marketing")
    agree = functools.partial(consent, post, contact, granted=True)
    await claimed_and_withdrawn(post, "marketing", contact, agree, after=True)
    assert post.telegram.texts == ["advert"]
    assert (await post.row("advert")).state == "sent"


async def advertise(post: Post, chat: int, key: str) -> None:
    """To somebody who agreed to it."""
    contact = await make_contact(post.database, telegram_id=chat)
    await make_consent(post.database, contact, purpose="marketing")
    await post.add(key, chat=chat, contact_id=contact, purpose="marketing", priority=4, on_doubt="skip")


async def test_who_waits_for_an_answer_passes_what_was_claimed_before(post: Post) -> None:
    """Of bulk no more is claimed ahead than leaves while a claim is made; of answers, as many as there are."""
    moment = [0.0]
    post.limited(Limiter(rate=1, monotonic=lambda: moment[0]))
    post.limiter.begin(99)
    await post.delivery._is_held()
    for chat in range(1, 6):
        await advertise(post, chat, f"bulk {chat}")
    for chat in range(6, 9):
        await post.add(f"answer {chat}", chat=chat)
    states = [(await post.row(f"bulk {chat}")).state for chat in range(1, 6)]
    assert states == ["sending"] * 2 + ["pending"] * 3
    assert [(await post.row(f"answer {chat}")).state for chat in range(6, 9)] == ["sending"] * 3
    post.limiter.end(99)
    for _ in range(4):
        moment[0] += 3
        post.delivery._departures.go()
        await post.landed()
    assert post.telegram.texts == ["answer 6", "answer 7", "answer 8", "bulk 1"]


async def test_an_answer_that_is_an_edit_of_an_advertisement_is_an_answer(post: Post) -> None:
    """It does not wait for the pace of bulk, and does not hold up those behind it."""
    moment = [0.0]
    post.limited(Limiter(rate=2, monotonic=lambda: moment[0]))
    await post.delivery._is_held()
    await advertise(post, 1, "bulk")
    await post.landed()
    moment[0] += 1.001  # its chat may be written to again; the pace of bulk is not there yet
    post.limiter._bulk_from = moment[0] + 60

    async def pressed(tx: Tx) -> None:
        await outbox.revise_message(tx, 1, 101, {"text": "thanks"}, None, now=post.clock.now(), priority=0)

    await post.work()
    await post.database.write(pressed)
    await post.landed()
    assert post.telegram.texts == ["bulk", "thanks"]


async def test_what_bulk_waits_for_a_slot_when_the_bot_stops_is_sent_by_the_next_start(post: Post) -> None:
    """It has not begun, so it is not in doubt; and answers that wait are still said."""
    moment = [0.0]
    post.limited(Limiter(rate=1, monotonic=lambda: moment[0]))
    post.limiter.begin(99)
    running = await post.start()
    await advertise(post, 1, "bulk")
    await post.add("answer", chat=2)
    assert [(await post.row(key)).state for key in ("bulk", "answer")] == ["sending", "sending"]
    stopping = asyncio.create_task(post.delivery.stop(within=PATIENCE_SECONDS))

    async def given_back() -> bool:
        return bool((await post.row("bulk")).state == "pending")

    await eventually(given_back, "the bulk that had not begun")
    post.limiter.end(99)
    moment[0] += 5
    post.delivery._departures.go()
    await stopping
    await running
    assert post.telegram.texts == ["answer"]
    assert ((await post.row("bulk")).state, (await post.row("bulk")).attempts) == ("pending", 0)
