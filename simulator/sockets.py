"""The page's WebSocket: a snapshot, then every event; and the page's actions by the control API's verbs."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from simulator import asking, showing
from simulator.refusals import ControlError, Json
from simulator.world import World

HEARTBEAT = 20.0
BACKLOG = 10_000


async def serve(world: World, request: web.BaseRequest) -> web.WebSocketResponse:
    """Talk to one page until it leaves; a page too slow to follow is let go and comes back for a snapshot."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ControlError(403, "Only the simulator's own page may connect.")
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=1024 * 1024)
    await socket.prepare(request)
    outgoing: asyncio.Queue[Json] = asyncio.Queue(BACKLOG)

    def listen(event: Json) -> None:
        try:
            outgoing.put_nowait(event)
        except asyncio.QueueFull:
            world.changes.listeners.remove(listen)
            sending.cancel()
            if request.transport is not None:
                request.transport.close()

    newest = int(request.query.get("messages", 100))
    outgoing.put_nowait({"event": "snapshot", **asking.snapshot(world, newest)})
    world.changes.listeners.append(listen)
    sending = asyncio.create_task(_send(socket, outgoing))
    acting: set[asyncio.Task[None]] = set()
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                task = asyncio.create_task(_act(world, outgoing, message.data))
                acting.add(task)
                task.add_done_callback(acting.discard)
    finally:
        if listen in world.changes.listeners:
            world.changes.listeners.remove(listen)
        for task in (sending, *acting):
            task.cancel()
        await asyncio.gather(sending, *acting, return_exceptions=True)
    return socket


async def _send(socket: web.WebSocketResponse, outgoing: asyncio.Queue[Json]) -> None:
    while True:
        await socket.send_str(json.dumps(await outgoing.get(), ensure_ascii=False))


async def _act(world: World, outgoing: asyncio.Queue[Json], text: str) -> None:
    """Do what the page asks and answer it under its number."""
    number: Any = None
    try:
        body = json.loads(text)
        number = body.get("id")
        answer = {"ok": True, **await _perform(world, body)}
    except ControlError as error:
        answer = {"ok": False, "error": error.sentence}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        answer = {"ok": False, "error": f"The request does not make sense ({type(error).__name__}: {error})."}
    if number is not None:
        outgoing.put_nowait({"re": number, **answer})


async def _perform(world: World, body: Json) -> Json:
    what = body["do"]
    given = {name: value for name, value in body.items() if name not in ("id", "do", "person")}
    if what == "clock":
        return asking.move_clock(world, given)
    if what == "commands":
        return asking.menu(world, int(body["person"]), given.get("chat"))
    if what == "create_person":
        # `id` is the number of the action here, so a wished-for id of a person comes as `person`.
        return {"person": world.add_person(given | ({"id": body["person"]} if "person" in body else {})).view()}
    if what == "create_chat":
        return {"chat": world.add_chat(given).view()}
    if what == "member":
        return asking.set_member(world, world.chat(int(given["chat"])), given)
    if what == "history":
        return _history(world, given)
    if what == "ping":
        return {}
    return await asking.perform(world, str(what), int(body["person"]), given)


def _history(world: World, body: Json) -> Json:
    """Messages before the given one, oldest first."""
    chat = world.chat(int(body["chat"]))
    before, limit = int(body["before"]), int(body.get("limit", 50))
    older = [message for message_id, message in chat.messages.items() if message_id < before]
    return {"messages": [showing.message(message) for message in older[-limit:]]}
