"""The Bot API's methods by group. Each takes the world and the parameters, and returns the `result`."""

from simulator.methods import chats, copying, editing, inbox, media, profile, queries, sending, topics
from simulator.methods.registry import METHODS

__all__ = ["METHODS", "chats", "copying", "editing", "inbox", "media", "profile", "queries", "sending", "topics"]
