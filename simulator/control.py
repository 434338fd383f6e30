"""The control API under /sim/: what tests, storms and the page ask of the simulator."""

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator import asking, members, showing, sockets
from simulator.refusals import ControlError, Json
from simulator.world import World

LONGEST_WAIT = 60.0
Handler = Callable[[World, web.BaseRequest, list[str]], Awaitable[Json]]


async def answer(world: World, request: web.BaseRequest, path: str) -> web.StreamResponse:
    """Answer one control request."""
    parts = path.strip("/").split("/")
    try:
        if parts == ["ws"]:
            return await sockets.serve(world, request)
        if parts[0] == "files" and request.method == "GET" and len(parts) == 2:
            return _file(world, parts[1])
        handler = HANDLERS.get((request.method, parts[0]))
        if handler is None:
            raise ControlError(404, f"There is no {request.method} /sim/{path}.")
        body = await handler(world, request, parts[1:])
    except ControlError as error:
        return web.json_response({"ok": False, "error": error.sentence}, status=error.status)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        sentence = f"The request does not make sense ({type(error).__name__}: {error})."
        return web.json_response({"ok": False, "error": sentence}, status=400)
    return web.json_response({"ok": True, **body})


def _file(world: World, file_id: str) -> web.Response:
    file = world.files.find(file_id)
    if file is None:
        raise ControlError(404, "There is no such file.")
    # What people upload is shown, never run: no HTML or SVG of a stranger is opened as a page.
    shown = file.mime if file.mime.startswith(("image/", "video/", "audio/")) and "svg" not in file.mime else None
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return web.Response(body=file.body(), content_type=shown or "application/octet-stream", headers=headers)


async def _body(request: web.BaseRequest) -> Json:
    raw = await request.read()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        raise ControlError(400, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ControlError(400, "The body must be a JSON object.")
    return body


def _number(request: web.BaseRequest, name: str, usual: float) -> float:
    return float(request.query.get(name, usual))


async def _state(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    return asking.snapshot(world, int(_number(request, "messages", 50)))


async def _get_people(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    if len(parts) == 2 and parts[1] == "commands":
        chat = request.query.get("chat")
        return asking.menu(world, int(parts[0]), int(chat) if chat else None)
    if parts:
        return {"person": world.person(int(parts[0])).view()}
    return {"people": [person.view() for person in world.people.values()]}


async def _post_people(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    body = await _body(request)
    if not parts:
        return {"person": world.add_person(body).view()}
    if len(parts) != 2:
        raise ControlError(404, "Say who and what: /sim/people/<id>/<verb>.")
    return await asking.perform(world, parts[1], int(parts[0]), body)


async def _get_chats(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    if not parts:
        return {"chats": [chat.view() for chat in world.chats.values()]}
    chat = world.chat(int(parts[0]))
    after, wait = int(_number(request, "after", 0)), min(_number(request, "wait", 0), LONGEST_WAIT)
    if wait > 0 and chat.seq <= after:
        await world.changes.wait(chat.id, wait)
    return showing.window(chat, after=after, limit=int(_number(request, "limit", 1000)))


async def _post_chats(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    body = await _body(request)
    if not parts:
        return {"chat": world.add_chat(body).view()}
    chat = world.chat(int(parts[0]))
    what = parts[1] if len(parts) == 2 else ""
    if what == "members":
        return asking.set_member(world, chat, body)
    if what == "bot":
        if body.get("status") not in asking.STATUSES:
            raise ControlError(400, f"A status is one of {', '.join(asking.STATUSES)}.")
        return members.set_bot(world, chat, body["status"], body.get("by"))
    if what == "migrate":
        if chat.type != "group":
            raise ControlError(409, "Only a basic group can become a supergroup.")
        return {"chat_id": members.migrate(world, chat).id}
    raise ControlError(404, "A chat has members, bot and migrate.")


async def _post_files(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    content = await request.read()
    kind = request.query.get("kind", "document")
    file = world.files.add(kind, content, name=request.query.get("name"), mime=request.query.get("mime"))
    return {"file_id": file.file_id}


async def _post_updates(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    ids: list[int | None] = []
    for given in (await _body(request)).get("updates", ()):
        if "repeat" in given:
            for _ in range(int(given.get("times", 1))):
                if not world.updates.repeat(int(given["repeat"])):
                    raise ControlError(404, f"There was no update {given['repeat']}.")
                ids.append(int(given["repeat"]))
        elif "from" in given and "text" in given:
            ids.append((await asking.perform(world, "says", int(given["from"]), given))["update_id"])
        else:
            ids.append(world.updates.put({"update_id": world.updates.next_id, **given}, _chat_of(given)))
    return {"update_ids": ids}


def _chat_of(update: Json) -> int:
    """The chat a raw update belongs to, for the order of webhooks."""
    for payload in update.values():
        if isinstance(payload, dict):
            message: Any = payload.get("message") or payload
            place = message.get("chat") or payload.get("from") or {}
            return int(place.get("id", 0))
    return 0


async def _get_clock(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    if "known" in request.query:
        await world.clock.changed(float(request.query["known"]), min(_number(request, "wait", 25), LONGEST_WAIT))
    return asking.clock_view(world)


async def _post_clock(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    return asking.move_clock(world, await _body(request))


async def _get_calls(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    query = request.query
    found = world.calls.select(
        method=query.get("method"),
        chat=int(query["chat"]) if "chat" in query else None,
        after=int(_number(request, "after", 0)),
        limit=int(_number(request, "limit", 1_000_000)),
    )
    with_parameters = query.get("params") == "1"
    calls = [call.view(parameters=with_parameters) for call in found]
    return {"calls": calls, "counts": dict(world.calls.counts), "last": world.calls.last}


async def _delete_calls(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    world.calls.clear()
    return {"last": world.calls.last}


async def _get_faults(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    return {"faults": [fault.view() for fault in world.faults.orders]}


async def _post_faults(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    return {"fault": world.faults.order(await _body(request)).view()}


async def _delete_faults(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    world.faults.cancel(int(parts[0]) if parts else None)
    return await _get_faults(world, request, [])


async def _get_flood(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    return world.flood.limits.view()


async def _post_flood(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    limits = world.flood.limits
    for name, value in (await _body(request)).items():
        if name not in limits.view():
            raise ControlError(400, f"Flood control has no {name!r}.")
        setattr(limits, name, value)
    return limits.view()


async def _stats(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    world.updates.expire()
    return {
        "pending": len(world.updates.queue),
        "confirmed_offset": world.updates.confirmed,
        "next_update_id": world.updates.next_id,
        "polling": world.updates.polling,
        "webhook_url": world.updates.webhook_url,
        "calls": sum(world.calls.counts.values()),
        "messages": world.messages_sent,
        "people": len(world.people),
        "seq": world.changes.seq,
        "monotonic": time.monotonic(),
    }


async def _delete_messages(world: World, request: web.BaseRequest, parts: list[str]) -> Json:
    world.clear_messages()
    return {}


HANDLERS: dict[tuple[str, str], Handler] = {
    ("GET", "state"): _state,
    ("GET", "people"): _get_people,
    ("POST", "people"): _post_people,
    ("GET", "chats"): _get_chats,
    ("POST", "chats"): _post_chats,
    ("POST", "files"): _post_files,
    ("POST", "updates"): _post_updates,
    ("GET", "clock"): _get_clock,
    ("POST", "clock"): _post_clock,
    ("GET", "calls"): _get_calls,
    ("DELETE", "calls"): _delete_calls,
    ("GET", "faults"): _get_faults,
    ("POST", "faults"): _post_faults,
    ("DELETE", "faults"): _delete_faults,
    ("GET", "flood"): _get_flood,
    ("POST", "flood"): _post_flood,
    ("GET", "stats"): _stats,
    ("DELETE", "messages"): _delete_messages,
}
