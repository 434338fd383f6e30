"""A method's parameters as they come: JSON, urlencoded or multipart, in the query or the body."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from yarl import URL

from simulator.refusals import Json, bad_request

_TRUE = ("true", "1", "yes", "True")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime: str
    content: bytes


class Parameters:
    """Named values with Telegram's leniency: numbers and objects may come as text."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: Json, uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def text(self, name: str) -> str | None:
        """A string; None when absent."""
        value = self.values.get(name)
        return value if value is None or isinstance(value, str) else str(value)

    def integer(self, name: str) -> int | None:
        """A whole number; None when absent or not a number, which Telegram takes for absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            return None

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value in _TRUE if isinstance(value, str) else bool(value)

    def object(self, name: str) -> Any:
        """A JSON-serialised object or array; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def chat_id(self, name: str = "chat_id") -> int | None:
        """The number of a chat for the log and the faults; None for a username."""
        return self.integer(name)


def form(body: bytes) -> Json:
    """Decode application/x-www-form-urlencoded; of a repeated name the last counts.

    yarl (it comes with aiohttp) does it in C: with Cyrillic texts the standard library's decoder costs more than
    the rest of the request.
    """
    return dict(URL.build(query_string=body.decode("ascii", "replace"), encoded=True).query)


async def read(request: web.BaseRequest) -> Parameters:
    """Read a request of any of the forms the Bot API takes."""
    values: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return Parameters(values)
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        values.update(form(await request.read()))
        return Parameters(values)
    if kind == "application/json":
        body = await request.read()
        try:
            given = json.loads(body) if body.strip() else {}
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("object expected as JSON root")
        values.update(given)
        return Parameters(values)
    uploads: dict[str, Upload] = {}
    if kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
                value.file.close()
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    return Parameters(values, uploads)
