"""The HTTP server: the Bot API, its files, the control API and the page, on one port."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator import control, parameters
from simulator.calls import Call
from simulator.faults import Trouble
from simulator.files import MAX_DOWNLOAD, MAX_UPLOAD
from simulator.flood import FloodLimits
from simulator.methods import METHODS
from simulator.methods.inbox import allowed_updates
from simulator.parameters import Parameters
from simulator.refusals import Json, RefusalError, bad_request
from simulator.world import DEFAULT_TOKEN, World

PAGE = Path(__file__).parent / "page"
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"
)
_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
_UNAUTHORIZED = RefusalError(401, "Unauthorized")
_NOT_FOUND = RefusalError(404, "Not Found")


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


class Simulator:
    """A Telegram with one bot. Flood control is off unless limits are given.

    `keep_calls` bounds the log of calls (0: none, the fastest), `keep_messages` each chat.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        flood: FloodLimits | None = None,
        keep_calls: int = 50_000,
        keep_messages: int = 5_000,
        first_message_id: int = 1,
    ) -> None:
        self.world = World(
            token,
            flood=flood,
            keep_calls=keep_calls,
            keep_messages=keep_messages,
            first_message_id=first_message_id,
        )
        self.token = token
        self.url = ""
        self._bot_path = f"/bot{token}/"
        self._file_path = f"/file/bot{token}/"

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer any request; never raises for what a client did."""
        path = request.path
        try:
            if path.startswith("/bot"):
                return await self._bot(request, path)
            if path.startswith("/file/bot"):
                return self._file(path)
            if path.startswith("/sim/"):
                return await control.answer(self.world, request, path.removeprefix("/sim/"))
            return _static(path)
        except RefusalError as refusal:
            return _json(refusal.answer(), refusal.code)
        except web.HTTPRequestEntityTooLarge:
            return _json(RefusalError(413, "Request Entity Too Large").answer(), 413)

    async def _bot(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if not path.startswith(self._bot_path):
            raise _UNAUTHORIZED if path.count("/") >= 2 else _NOT_FOUND
        name = path[len(self._bot_path) :].lower()
        if name not in METHODS and name != "getupdates":
            raise _NOT_FOUND
        given = await parameters.read(request)
        called = METHODS[name][0] if name in METHODS else "getUpdates"
        chat_id = given.chat_id()
        call = self.world.calls.begin(called, chat_id, given.values)
        trouble = self.world.faults.befall(called, chat_id)
        if trouble.before:
            await asyncio.sleep(trouble.before)
        fault = trouble.fault
        if fault is not None:
            if call is not None:
                call.fault = fault.kind
            if fault.kind == "reset":
                return _hang_up(request)
            if fault.kind == "html":
                return web.Response(text=BAD_GATEWAY, status=502, content_type="text/html")
        body, status = await self._result(name, given, call, trouble)
        if trouble.after:
            await asyncio.sleep(trouble.after)
        if fault is not None and fault.kind == "lost":
            return _hang_up(request)
        if call is not None:
            call.replied = time.monotonic()
        return web.Response(body=body, status=status, content_type="application/json")

    async def _result(self, name: str, given: Parameters, call: Call | None, trouble: Trouble) -> tuple[bytes, int]:
        """The method's answer as JSON, noted in the log."""
        try:
            ordered = trouble.fault.refusal() if trouble.fault is not None else None
            if ordered is not None:
                raise ordered
            if call is not None:
                call.accepted = time.monotonic()
            result: Any
            if name == "getupdates":
                result = await self._get_updates(given)
            else:
                result = METHODS[name][1](self.world, given)
        except (RefusalError, *_MALFORMED) as error:
            # An object of another shape than the method's: Telegram answers 400 to that as well.
            malformed = bad_request(f"can't parse parameters ({type(error).__name__}: {error})")
            refusal = error if isinstance(error, RefusalError) else malformed
            if call is not None:
                call.error_code = refusal.code
            return json.dumps(refusal.answer()).encode(), refusal.code
        if call is not None:
            call.ok = True
        return json.dumps({"ok": True, "result": result}).encode(), 200

    async def _get_updates(self, given: Parameters) -> list[Json]:
        updates = self.world.updates
        if not updates.webhook_url:
            updates.allow(allowed_updates(given))
        limit = given.integer("limit")
        return await updates.poll(
            offset=given.integer("offset") or 0,
            limit=100 if limit is None else limit,
            timeout=given.integer("timeout") or 0,
        )

    def _file(self, path: str) -> web.Response:
        if not path.startswith(self._file_path):
            raise _UNAUTHORIZED
        file = self.world.files.at(path[len(self._file_path) :])
        if file is None or file.size > MAX_DOWNLOAD:
            raise _NOT_FOUND
        return web.Response(body=file.body(), content_type="application/octet-stream")


def _hang_up(request: web.BaseRequest) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


def _static(path: str) -> web.Response:
    """A file of the page; never cached, never from outside its folder."""
    wanted = (PAGE / (path.lstrip("/") or "index.html")).resolve()
    if not wanted.is_relative_to(PAGE) or not wanted.is_file():
        raise _NOT_FOUND
    kind = _TYPES.get(wanted.suffix, "application/octet-stream")
    response = web.Response(body=wanted.read_bytes(), content_type=kind, headers={"Cache-Control": "no-store"})
    if kind.startswith("text/"):
        response.charset = "utf-8"
    return response


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """A request that may carry the largest file Telegram takes, and no more."""
    loop = asyncio.get_running_loop()
    largest = MAX_UPLOAD + 1024 * 1024
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=largest)


@asynccontextmanager
async def running(simulator: Simulator, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Simulator]:
    """Serve until the block ends; `simulator.url` says where. Port 0 takes a free one."""
    server = web.Server(simulator.handle, request_factory=_request, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=0.2)
    await runner.setup()
    delivering = asyncio.create_task(simulator.world.webhook.run())
    try:
        await web.TCPSite(runner, host, port).start()
        simulator.url = f"http://{host}:{runner.addresses[0][1]}"
        yield simulator
    finally:
        delivering.cancel()
        with suppress(asyncio.CancelledError):
            await delivering
        await runner.cleanup()
