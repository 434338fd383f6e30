"""The simulator from a test: people who do things, and see what they should or fail with the transcript."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from simulator.refusals import ControlError, Json

PATIENCE = 60.0
_TURN = 25.0


class Shown:
    """A message as somebody sees it."""

    def __init__(self, view: Json) -> None:
        self.view = view
        self.id: int = view["message_id"]
        self.kind: str = view["kind"]
        self.text: str = view.get("text") or view.get("caption") or ""
        self.html: str = view["html"]
        self.out: bool = view["out"]
        self.edited = "edit_date" in view
        self.protected = bool(view.get("has_protected_content"))
        self.thread: int | None = view.get("message_thread_id")
        self.rows: list[list[Json]] = (view.get("reply_markup") or {}).get("inline_keyboard", [])

    @property
    def buttons(self) -> list[str]:
        """Labels of the inline buttons, row after row."""
        return [button["text"] for row in self.rows for button in row]

    def data(self, label: str) -> str:
        """The callback data behind a label. Raises KeyError with the labels there are."""
        for row in self.rows:
            for button in row:
                if button["text"] == label and "callback_data" in button:
                    return str(button["callback_data"])
        raise KeyError(f"no button {label!r}; there are {self.buttons}")

    def __repr__(self) -> str:
        who = "bot" if self.out else str((self.view.get("from") or {}).get("first_name", "?"))
        topic = f" #{self.thread}" if self.thread else ""
        marks = " (edited)" if self.edited else ""
        buttons = f"  {self.buttons}" if self.rows else ""
        return f"[{self.id}{topic}] {who}: {self.text or '<' + self.kind + '>'}{marks}{buttons}"


class Desk:
    """The simulator's control API. Times are seconds; errors are ControlError with the server's sentence."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self.url = url
        self._session = session

    async def ask(self, method: str, path: str, body: Json | None = None, /, **query: Any) -> Json:
        """One control request."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        async with self._session.request(method, f"{self.url}/sim/{path}", json=body, params=given) as response:
            answer: Json = await response.json()
        if not answer.pop("ok"):
            raise ControlError(response.status, answer["error"])
        return answer

    async def person(self, first_name: str, *, language: str = "en", **fields: Any) -> "Person":
        """Somebody new (or, with `id`, somebody known)."""
        body = {"first_name": first_name, "language_code": language, **fields}
        return Person(self, (await self.ask("POST", "people", body))["person"])

    async def group(self, title: str, *members: "Person", **fields: Any) -> "Group":
        """A supergroup with these members and the bot as an administrator."""
        listed = fields.pop("members", [{"user_id": one.id, "status": "member"} for one in members])
        made = await self.ask("POST", "chats", {"title": title, "members": listed, **fields})
        return Group(self, made["chat"])

    async def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        await self.ask("POST", "clock", {"advance": seconds})

    async def now(self) -> float:
        return float((await self.ask("GET", "clock"))["now"])

    async def fault(self, kind: str, method: str | list[str] | None = None, **fields: Any) -> int:
        """Order a fault; its number, for `heal`."""
        made = await self.ask("POST", "faults", {"kind": kind, "method": method, **fields})
        return int(made["fault"]["id"])

    async def heal(self, fault_id: int | None = None) -> None:
        """Delete one fault, or all."""
        await self.ask("DELETE", "faults" if fault_id is None else f"faults/{fault_id}")

    async def flood(self, **limits: Any) -> Json:
        """Change flood control: enabled, overall, per_chat, burst, group_per_minute, retry_after."""
        return await self.ask("POST", "flood", limits)

    async def calls(self, method: str | None = None, *, chat: int | None = None, after: int = 0) -> list[Json]:
        """The log of calls with their parameters, oldest first."""
        found = await self.ask("GET", "calls", method=method, chat=chat, after=after, params=1)
        calls: list[Json] = found["calls"]
        return calls

    async def counts(self) -> dict[str, int]:
        """How often each method was called since the log was cleared."""
        counts: dict[str, int] = (await self.ask("GET", "calls", limit=0))["counts"]
        return counts

    async def stats(self) -> Json:
        return await self.ask("GET", "stats")

    async def inject(self, *updates: Json) -> list[int]:
        """Put updates into the queue: whole ones, short ones, or repeats."""
        ids: list[int] = (await self.ask("POST", "updates", {"updates": list(updates)}))["update_ids"]
        return ids

    async def settled(self, *, patience: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update."""
        deadline = time.monotonic() + patience
        while (await self.stats())["pending"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"updates are still waiting for the bot after {patience:g} s")
            await asyncio.sleep(0.02)


class Seat:
    """Somebody looking at one chat: sees, and fails with what there was to see."""

    def __init__(self, desk: Desk, chat_id: int) -> None:
        self.desk = desk
        self.chat_id = chat_id
        self._read = 0

    async def window(self, *, after: int = 0, wait: float = 0) -> Json:
        """The chat as the control API shows it."""
        return await self.desk.ask("GET", f"chats/{self.chat_id}", after=after, wait=wait)

    async def messages(self) -> list[Shown]:
        """All messages, oldest first."""
        return [Shown(view) for view in (await self.window())["messages"]]

    async def last(self) -> Shown:
        """The bot's newest message. Fails when it has said nothing."""
        said = [message for message in await self.messages() if message.out and message.kind != "service"]
        if not said:
            raise AssertionError(f"the bot has said nothing here\n{await self.transcript()}")
        return said[-1]

    async def keyboard(self) -> list[str]:
        """Labels under the input field; empty when there is none or it is hidden."""
        keyboard = (await self.window())["keyboard"]
        if keyboard is None or keyboard["hidden"]:
            return []
        return [button["text"] for row in keyboard["rows"] for button in row]

    async def transcript(self) -> str:
        """Everything in the chat, a line each."""
        return "\n".join(map(repr, await self.messages())) or "(nothing)"

    async def sees(self, *words: str, patience: float = PATIENCE) -> Shown:
        """Wait for a message of the bot's that has all the words, newer than (or edited since) the last one seen.

        Words are looked for in the text and on the buttons.
        """

        def fits(message: Shown) -> bool:
            shown = "\n".join([message.text, *message.buttons])
            return message.out and all(word in shown for word in words)

        return await self.until(fits, f"sees {words}", patience=patience)

    async def until(self, fits: Callable[[Shown], bool], wanted: str, *, patience: float = PATIENCE) -> Shown:
        """Wait for a message that fits, among those new or changed since the last one found."""
        deadline = time.monotonic() + patience
        after = self._read
        while True:
            left = deadline - time.monotonic()
            window = await self.window(after=after, wait=max(0.0, min(left, _TURN)))
            for view in sorted(window["messages"], key=lambda one: int(one["seq"])):
                message = Shown(view)
                if fits(message):
                    self._read = int(view["seq"])
                    return message
            after = max(after, int(window["seq"]))
            if left <= 0:
                raise AssertionError(f"{wanted}: not within {patience:g} s\n{await self.transcript()}")

    async def sees_nothing(self, *words: str, within: float = 0.5) -> None:
        """Fail if such a message comes within some seconds; without words, any of the bot's."""
        try:
            shown = await self.sees(*words, patience=within)
        except AssertionError:
            return
        raise AssertionError(f"should not have come: {shown!r}")

    def catch_up(self) -> None:
        """Look at the chat from its beginning again."""
        self._read = 0


class Person(Seat):
    """Somebody with their private chat with the bot. `chat=` in any act means another chat."""

    def __init__(self, desk: Desk, view: Json) -> None:
        super().__init__(desk, int(view["id"]))
        self.id = int(view["id"])
        self.name: str = view["first_name"]

    async def does(self, verb: str, **body: Any) -> Json:
        """Any verb of the control API."""
        given = {name: value for name, value in body.items() if value is not None}
        return await self.desk.ask("POST", f"people/{self.id}/{verb}", given)

    def at(self, group: "Group") -> "Member":
        """The same person in a group."""
        return Member(self, group)

    async def starts(self, payload: str | None = None) -> Json:
        return await self.does("start", payload=payload)

    async def says(self, text: str, **where: Any) -> Json:
        return await self.does("says", text=text, **where)

    async def presses(
        self,
        label: str | None = None,
        *,
        data: str | None = None,
        on: Shown | int | None = None,
        wait: float = PATIENCE,
        **where: Any,
    ) -> Json:
        """Press a button by its label, waiting for the answer: an inline one, else one under the input field."""
        message_id = on.id if isinstance(on, Shown) else on
        try:
            return await self.does("presses", text=label, data=data, message_id=message_id, wait=wait, **where)
        except ControlError as error:
            if error.status != 404 or label is None or message_id is not None:
                raise
        try:
            return await self.does("taps", text=label, **where)
        except ControlError as error:
            raise AssertionError(f"{self.name} finds no button {label!r}\n{await self.transcript()}") from error

    async def toast(self, label: str | None = None, **how: Any) -> str:
        """Press an inline button; what the person is shown for it. Fails when the bot does not answer."""
        answer = (await self.presses(label, **how)).get("answer")
        if answer is None:
            raise AssertionError(f"the press of {label!r} was not answered\n{await self.transcript()}")
        return str(answer["text"] or "")

    async def shares_contact(self, **contact: Any) -> Json:
        """One's own contact; with `phone` (and a name) somebody else's."""
        return await self.does("contact", **contact)

    async def shares_location(self, latitude: float = 50.4501, longitude: float = 30.5234) -> Json:
        return await self.does("location", latitude=latitude, longitude=longitude)

    async def sends(self, kind: str, **fields: Any) -> Json:
        """A photo, document, video, audio, voice, video_note, animation, sticker, dice, poll or album."""
        return await self.does(kind, **fields)

    async def edits(self, message_id: int, text: str, **where: Any) -> Json:
        return await self.does("edits", message_id=message_id, text=text, **where)

    async def forwards(self, message: Shown | int, **where: Any) -> Json:
        message_id = message.id if isinstance(message, Shown) else message
        return await self.does("forwards", message_id=message_id, **where)

    async def reacts(self, message: Shown | int, emoji: str | None, **where: Any) -> Json:
        message_id = message.id if isinstance(message, Shown) else message
        return await self.does("reacts", message_id=message_id, emoji=emoji, **where)

    async def searches(self, query: str, *, wait: float = PATIENCE, **where: Any) -> Json:
        """An inline query: `query_id` and the `results` the bot gave."""
        return await self.does("inline", query=query, wait=wait, **where)

    async def chooses(self, found: Json, number: int = 0, **where: Any) -> Json:
        """Choose one of what `searches` found."""
        result_id = found["results"][number]["id"]
        return await self.does("chooses", query_id=found["query_id"], result_id=result_id, **where)

    async def blocks(self) -> Json:
        return await self.does("blocks")

    async def unblocks(self) -> Json:
        return await self.does("unblocks")

    async def menu(self, chat: int | None = None) -> list[str]:
        """The commands of the "/" menu."""
        found = await self.desk.ask("GET", f"people/{self.id}/commands", chat=chat)
        return [command["command"] for command in found["commands"]]


class Group(Seat):
    """A group, looked at by nobody in particular."""

    def __init__(self, desk: Desk, view: Json) -> None:
        super().__init__(desk, int(view["id"]))
        self.id = int(view["id"])
        self.title = view["title"]

    async def changes(self, what: str, **body: Any) -> Json:
        """`members`, `bot` or `migrate` of the control API."""
        return await self.desk.ask("POST", f"chats/{self.id}/{what}", body)


class Member(Person):
    """A person in a group: what they do happens there."""

    def __init__(self, person: Person, group: Group) -> None:
        super().__init__(person.desk, {"id": person.id, "first_name": person.name})
        self.chat_id = group.id

    async def does(self, verb: str, **body: Any) -> Json:
        return await super().does(verb, **{"chat": self.chat_id, **body})


@asynccontextmanager
async def sitting_at(url: str) -> AsyncIterator[Desk]:
    """A desk at a running simulator."""
    async with ClientSession(timeout=ClientTimeout(total=90)) as session:
        yield Desk(url, session)
