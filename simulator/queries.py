"""Presses of inline buttons and inline searches that wait for the bot's answer."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from simulator.chats import Chat, Message
from simulator.people import Person
from simulator.refusals import Json

LIFE = 150
KEPT = 20_000


@dataclass(slots=True)
class Press:
    """A press of an inline button. `toast` is set once the bot has answered."""

    id: str
    person: Person
    chat: Chat | None
    message: Message | None
    born: float
    toast: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Search:
    """An inline query. `answer` is the bot's: results, button, next_offset."""

    id: str
    person: Person
    query: str
    born: float
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


T = TypeVar("T", Press, Search)


class Queries(Generic[T]):
    """Queries by id; the oldest are forgotten."""

    def __init__(self) -> None:
        self._next = random.getrandbits(40) << 20
        self._all: dict[str, T] = {}

    def next_id(self) -> str:
        self._next += 1
        return str(self._next)

    def add(self, query: T) -> T:
        self._all[query.id] = query
        self._all.pop(str(int(query.id) - KEPT), None)
        return query

    def find(self, query_id: str) -> T | None:
        return self._all.get(query_id)

    def waiting(self, query_id: str, now: float) -> T | None:
        """The query if it may still be answered: known, young, and not answered before."""
        query = self._all.get(query_id)
        if query is None or query.answered.is_set() or now - query.born > LIFE:
            return None
        return query
