"""Every topic of conversation, joined: what the edge looks handlers up in."""

from __future__ import annotations

from handlers.customer import capture, own_requests, privacy, settings, start, surveys, talk
from handlers.routes import Routes


def everything() -> Routes:
    """The whole table. Raises ValueError when two topics answer the same word."""
    topics = (start, capture, own_requests, settings, privacy, surveys, talk)
    whole = Routes()
    for topic in topics:
        whole.join(topic.routes())
    return whole
