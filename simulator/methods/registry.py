"""Where methods are found by name, in any case, as Telegram finds them."""

from collections.abc import Callable
from typing import Any, TypeVar

from simulator.parameters import Parameters
from simulator.world import World

Method = Callable[[World, Parameters], Any]
M = TypeVar("M", bound=Method)

METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[M], M]:
    """Register a method under the Bot API's name for it."""

    def register(function: M) -> M:
        METHODS[name.lower()] = (name, function)
        return function

    return register
