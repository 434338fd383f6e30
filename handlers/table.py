"""Every topic of conversation, joined: what the edge looks handlers up in."""

from __future__ import annotations

from handlers.routes import Routes


def everything() -> Routes:
    """The whole table. Raises ValueError when two topics answer the same word."""
    topics: tuple[Routes, ...] = ()
    whole = Routes()
    for topic in topics:
        whole.join(topic)
    return whole
