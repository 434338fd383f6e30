"""The edge: an update takes effect once, with everything it wants to say, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram.methods import AnswerCallbackQuery, AnswerInlineQuery
from sqlalchemy import select

from bot import edge, playbooks
from bot.edge import Edge
from handlers import failures
from handlers.routes import For, Route, Routes
from handlers.turns import Turn
from scheduler.gate import Gate
from services.refusals import Refused
from services.versioning import Playbooks
from services.workplace import Place
from storage import events, inbox, tables
from storage.engine import Database, Unavailable
from storage.inbox import Stored
from tests.clocks import FakeClock
from tests.storage.makers import make_contact, make_staff
from views.messages import Button, Delete, Edit, Effect, Found, InlineResults, Say, Screen, Toast

PLAYBOOK = Path(__file__).parent.parent.parent / "playbooks" / "salon.toml"
OLGA, BOB, TEAM = 1001, 1004, -1000


class Heard:
    """Stands in for the gate: keeps what was said directly."""

    def __init__(self) -> None:
        self.said: list[Any] = []

    def say_directly(self, method: Any) -> None:
        self.said.append(method)

    inline_answer = staticmethod(Gate.inline_answer)


class Bench:
    """An edge over a real database, with handlers given by the test."""

    def __init__(self, database: Database, routes: Routes) -> None:
        playbook = playbooks.load(PLAYBOOK)
        place = Place("kartoteka_bot", ZoneInfo("Europe/Kyiv"), "uk", TEAM, Playbooks(playbook, playbooks.from_text))
        self.database = database
        self.heard = Heard()
        self.woken = 0
        database.listen("outbox", self._wake)
        self.edge = Edge(database, place, routes, FakeClock(), self.heard)  # type: ignore[arg-type]
        self.update_id = 0

    def _wake(self) -> None:
        self.woken += 1

    async def brings(self, **body: Any) -> Stored:
        """An update arrives and is handled."""
        self.update_id += 1
        update = {"update_id": self.update_id, **body}
        now = FakeClock().now()
        [stored] = await self.database.write(
            lambda tx: inbox.store(tx, 42, [(update["update_id"], 1, json.dumps(update))], now=now)
        )
        await self.edge.handle(stored)
        return stored

    async def says(self, text: str, *, by: int = OLGA, chat: dict[str, Any] | None = None, **more: Any) -> Stored:
        return await self.brings(message=message(text, by=by, chat=chat, **more))

    async def presses(self, data: str, *, by: int = OLGA, chat: dict[str, Any] | None = None) -> Stored:
        under = message("a question", by=42, chat=chat or {"id": by, "type": "private"})
        return await self.brings(
            callback_query={"id": "7", "from": user(by), "chat_instance": "1", "data": data, "message": under}
        )

    async def outbox(self) -> list[Any]:
        async with self.database.read() as reads:
            return list(await reads.all(select(tables.outbox).order_by(tables.outbox.c.id)))

    async def state_of(self, stored: Stored) -> str:
        async with self.database.read() as reads:
            row = await reads.first(select(tables.inbox).where(tables.inbox.c.id == stored.id))
        return str(row.state)


def user(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": user_id == 42, "first_name": "X", "language_code": "uk"}


def message(text: str, *, by: int, chat: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    where = chat or {"id": by, "type": "private"}
    return {"message_id": 5, "date": 1, "chat": where, "from": user(by), "text": text, **more}


def says(text: str, **more: Any) -> Route:
    async def handler(turn: Turn) -> Sequence[Effect]:
        return [Say(Screen(text), **more)]

    return Route(handler)


async def test_what_a_handler_returns_becomes_rows_and_the_update_is_done(database: Database) -> None:
    bench = Bench(database, Routes(at_rest=says("hello")))
    stored = await bench.says("hi")
    [row] = await bench.outbox()
    assert (row.chat_id, row.payload, row.purpose, row.state) == (OLGA, {"text": "hello"}, "answer", "pending")
    assert await bench.state_of(stored) == "done"
    assert bench.woken == 1


async def test_an_update_handled_twice_says_its_answer_once(database: Database) -> None:
    """As after a death between the commit and its report."""
    bench = Bench(database, Routes(at_rest=says("hello")))
    stored = await bench.says("hi")
    await bench.edge.handle(stored)
    assert len(await bench.outbox()) == 1


async def test_a_handler_that_raises_is_tried_three_times_then_parked_with_an_apology(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "RETRY_SECONDS", (0.0,))
    await make_staff(database, role="owner", telegram_id=BOB, language="en")
    tried: list[int] = []

    async def fails(turn: Turn) -> Sequence[Effect]:
        tried.append(1)
        await turn.tx.run(tables.facts.insert().values(name="half done", value=1))
        raise RuntimeError("the words of a person")

    bench = Bench(database, Routes(at_rest=Route(fails)))
    first = await bench.says("hi")
    second = await bench.says("hi again")
    assert len(tried) == 6
    assert [await bench.state_of(one) for one in (first, second)] == ["parked", "parked"]
    said = await bench.outbox()
    assert [row.chat_id for row in said] == [OLGA, BOB, OLGA]  # the owner is told once
    assert all("words of a person" not in str(row.payload) for row in said)
    async with database.read() as reads:
        assert await reads.all(select(tables.facts)) == []


async def test_a_refusal_undoes_what_was_done_and_says_why(database: Database) -> None:
    async def refuses(turn: Turn) -> Sequence[Effect]:
        await turn.tx.run(tables.facts.insert().values(name="half done", value=1))
        raise Refused("stale-button")

    bench = Bench(database, Routes(at_rest=Route(refuses), presses={"x": Route(refuses)}))
    assert await bench.state_of(await bench.says("hi")) == "done"
    assert "кнопка" in (await bench.outbox())[0].payload["text"]
    await bench.presses("x:1")
    assert "кнопка" in bench.heard.said[0].text
    async with database.read() as reads:
        assert await reads.all(select(tables.facts)) == []


async def test_every_press_is_answered_known_or_not(database: Database) -> None:
    async def toasts(turn: Turn) -> Sequence[Effect]:
        return [Toast(f"got {turn.args}")]

    bench = Bench(database, Routes(presses={"ok": Route(toasts)}))
    await bench.presses("ok:1:2")
    await bench.presses("gone:1")
    assert [type(one) for one in bench.heard.said] == [AnswerCallbackQuery, AnswerCallbackQuery]
    assert bench.heard.said[0].text == "got 1:2"
    assert "кнопка" in bench.heard.said[1].text


async def test_editing_a_message_the_outbox_knows_revises_its_row(database: Database) -> None:
    async def edits(turn: Turn) -> Sequence[Effect]:
        return [Edit(Screen("new", buttons=((Button("b", "x:1"),),)))]

    bench = Bench(database, Routes(at_rest=says("old"), presses={"x": Route(edits)}))
    await bench.says("hi")
    await database.write(lambda tx: tx.run(tables.outbox.update().values(message_id=5, state="sent", sent_revision=1)))
    await bench.presses("x:1")
    [row] = await bench.outbox()
    assert (row.payload["text"], row.revision, row.state, row.message_id) == ("new", 2, "pending", 5)


async def test_editing_a_message_that_was_forgotten_still_edits_it(database: Database) -> None:
    async def edits(turn: Turn) -> Sequence[Effect]:
        return [Edit(Screen("new")), Delete(message_id=9)]

    bench = Bench(database, Routes(presses={"x": Route(edits)}))
    await bench.presses("x")
    edit, delete = await bench.outbox()
    assert (edit.message_id, edit.payload) == (5, {"text": "new"})
    assert delete.payload == {"delete": 9}


async def test_the_next_message_goes_to_the_flow_that_was_entered_and_state_survives(database: Database) -> None:
    async def enters(turn: Turn) -> Sequence[Effect]:
        turn.conversation.enter("form", {"step": 1})
        return []

    async def takes(turn: Turn) -> Sequence[Effect]:
        state = turn.conversation.state
        turn.conversation.leave()
        return [Say(Screen(f"{state}"))]

    bench = Bench(database, Routes(at_rest=Route(enters), flows={"form": Route(takes)}))
    await bench.says("a")
    await bench.says("b")
    assert [row.payload["text"] for row in await bench.outbox()] == ["{'step': 1}"]


async def test_a_reading_handler_runs_beside_the_writer_and_cannot_write(database: Database) -> None:
    async def looks(turn: Turn) -> Sequence[Effect]:
        with pytest.raises(AssertionError):
            _ = turn.tx
        return [Say(Screen("found"))]

    bench = Bench(database, Routes(commands={"find": Route(looks, reading=True)}, at_rest=Route(looks, reading=True)))
    for text in ("/find x", "just words"):
        assert await bench.state_of(await bench.says(text)) == "done"
    assert len(await bench.outbox()) == 2


async def test_a_staff_command_does_not_exist_for_a_customer(database: Database) -> None:
    await make_staff(database, telegram_id=BOB)
    bench = Bench(database, Routes(commands={"find": Route(says("card").handler, For.STAFF)}))
    await bench.says("/find x")
    await bench.says("/find x", by=BOB)
    texts = [row.payload["text"] for row in await bench.outbox()]
    assert "команди немає" in texts[0]
    assert texts[1] == "card"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("/find@another_bot x", {}),
        ("/find x", {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Y"}}),
        ("not a command /find", {}),
    ],
)
async def test_what_only_looks_like_a_command_is_not_one(database: Database, text: str, more: dict[str, Any]) -> None:
    bench = Bench(database, Routes(commands={"find": says("command")}, at_rest=says("words")))
    await bench.says(text, **more)
    assert [row.payload["text"] for row in await bench.outbox()] == ["words"]


async def test_a_command_keeps_what_follows_it_over_lines(database: Database) -> None:
    async def echoes(turn: Turn) -> Sequence[Effect]:
        return [Say(Screen(turn.args))]

    bench = Bench(database, Routes(commands={"note": Route(echoes)}))
    await bench.says("/note@Kartoteka_Bot 5 first line\nsecond line")
    assert (await bench.outbox())[0].payload["text"] == "5 first line\nsecond line"


@pytest.mark.parametrize("by", [777000, 1087968824, 136817688])
async def test_pseudo_users_are_nobody(database: Database, by: int) -> None:
    bench = Bench(database, Routes(at_rest=says("hello"), staff_at_rest=says("hello")))
    assert await bench.state_of(await bench.says("hi", by=by, chat={"id": TEAM, "type": "supergroup"})) == "done"
    assert await bench.outbox() == []


async def test_a_group_makes_no_leads(database: Database) -> None:
    bench = Bench(
        database,
        Routes(
            at_rest=says("hello"), commands={"start": says("hello"), "id": Route(says("id").handler, in_groups=True)}
        ),
    )
    group = {"id": -77, "type": "group", "title": "Neighbours"}
    await bench.says("hi", chat=group)
    await bench.says("/start", chat=group)
    assert await bench.outbox() == []
    await bench.says("/id", chat=group)
    assert [row.payload["text"] for row in await bench.outbox()] == ["id"]


async def test_inline_results_are_personal_and_uncached(database: Database) -> None:
    async def finds(turn: Turn) -> Sequence[Effect]:
        return [InlineResults((Found("1", "Title", "", f"text {turn.args}"),))]

    bench = Bench(database, Routes(inline=Route(finds, reading=True)))
    await bench.brings(inline_query={"id": "9", "from": user(OLGA), "query": "ol", "offset": ""})
    [answer] = bench.heard.said
    assert isinstance(answer, AnswerInlineQuery)
    assert (answer.is_personal, answer.cache_time, len(answer.results)) == (True, 0, 1)


async def test_an_update_that_cannot_be_read_is_left_aside(database: Database) -> None:
    bench = Bench(database, Routes(at_rest=says("hello")))
    assert await bench.state_of(await bench.brings(message={"nonsense": True})) == "done"
    assert await bench.state_of(await bench.brings(some_future_update={"a": 1})) == "done"


async def test_an_answer_to_a_customer_is_on_their_timeline(database: Database) -> None:
    contact_id = await make_contact(database, telegram_id=OLGA)

    async def answers(turn: Turn) -> Sequence[Effect]:
        assert turn.contact is not None
        events.add(turn.tx, turn.contact.id, "message", now=turn.now)
        return [Say(Screen("hello"))]

    bench = Bench(database, Routes(at_rest=Route(answers)))
    await bench.says("hi")
    assert [row.contact_id for row in await bench.outbox()] == [contact_id]


async def test_different_chats_at_once_each_get_their_own_answer(database: Database) -> None:
    async def echoes(turn: Turn) -> Sequence[Effect]:
        return [Say(Screen(turn.text))]

    bench = Bench(database, Routes(at_rest=Route(echoes)))
    await asyncio.gather(*(bench.says(f"I am {number}", by=number) for number in range(2_000, 2_050)))
    assert {(row.chat_id, row.payload["text"]) for row in await bench.outbox()} == {
        (number, f"I am {number}") for number in range(2_000, 2_050)
    }


async def test_an_apology_that_fails_parks_the_update_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it would be tried again at every start."""
    monkeypatch.setattr(edge, "RETRY_SECONDS", (0.0,))

    async def fails(*_: Any) -> Sequence[Effect]:
        raise RuntimeError("no")

    monkeypatch.setattr(failures, "apologise", fails)
    bench = Bench(database, Routes(at_rest=Route(fails)))
    assert await bench.state_of(await bench.says("hi")) == "parked"
    assert await bench.outbox() == []


async def test_one_handler_in_a_hundred_that_raises_harms_nobody_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred people at once, three of them met by a mistake of ours: the others are answered once, the three get
    an apology, and the owner is told once."""
    monkeypatch.setattr(edge, "RETRY_SECONDS", (0.0,))
    await make_staff(database, role="owner", telegram_id=BOB, language="en")
    tries: dict[int, int] = {}

    async def sometimes(turn: Turn) -> Sequence[Effect]:
        tries[turn.user.id] = tries.get(turn.user.id, 0) + 1
        await turn.tx.run(tables.facts.insert().values(name=f"by {turn.user.id}", value=1))
        if turn.user.id % 100 == 0:
            raise RuntimeError("no")
        return [Say(Screen("done"))]

    bench = Bench(database, Routes(at_rest=Route(sometimes)))
    people = range(2_000, 2_300)
    arrived = await asyncio.gather(*(bench.says("hi", by=number) for number in people))
    parked = {2_000, 2_100, 2_200}
    assert {number: times for number, times in tries.items() if times != 1} == dict.fromkeys(parked, 3)
    for number, stored in zip(people, arrived, strict=True):
        assert await bench.state_of(stored) == ("parked" if number in parked else "done")
    said = await bench.outbox()
    assert sorted(row.chat_id for row in said) == sorted([*people, BOB])
    assert {row.chat_id for row in said if row.payload["text"] != "done"} == {*parked, BOB}
    async with database.read() as reads:
        assert len(await reads.all(select(tables.facts))) == 297


async def test_a_database_that_is_away_for_a_while_is_no_failure_of_the_handler(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for, however often it was asked: nothing is counted, nothing parked, one answer."""
    monkeypatch.setattr(edge, "UNAVAILABLE_SECONDS", 0.0)
    bench = Bench(database, Routes(at_rest=says("hello")))
    real, refusals = database.write, 0

    async def away(unit: Any, **how: Any) -> Any:
        nonlocal refusals
        if unit.__qualname__.startswith("Edge") and refusals < 20:
            refusals += 1
            raise Unavailable("database or disk is full")
        return await real(unit, **how)

    monkeypatch.setattr(database, "write", away)
    assert await bench.state_of(await bench.says("hi")) == "done"
    assert (refusals, len(await bench.outbox())) == (20, 1)


async def test_only_a_heavy_handlers_statements_go_to_the_databases_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A press that changes hundreds of rows holds up nobody else's answer; a short one takes no detour."""
    bench = Bench(database, Routes(presses={"much": replace(says("done"), heavy=True), "little": says("done")}))
    handled: list[bool] = []
    real = database.write

    async def noted(unit: Any, *, brief: bool = False) -> Any:
        handled.append(brief)
        return await real(unit, brief=brief)

    for press, brief in (("much", False), ("little", True)):
        handled.clear()
        monkeypatch.setattr(database, "write", noted)
        await bench.presses(press)
        assert handled[-1] is brief
    assert len(await bench.outbox()) == 2
