"""Screens for when something is not as it should be."""

from __future__ import annotations

from locales import Words
from views.messages import Screen


def unknown_command(words: Words) -> Screen:
    return Screen(words("unknown-command"))


def stale_button(words: Words) -> str:
    return words.plain("stale-button")


def apology(words: Words) -> Screen:
    return Screen(words("apology"))


def parked(words: Words, where: str) -> Screen:
    """For the owner: what broke, without anything a person said."""
    return Screen(words("parked-update", where=where))
