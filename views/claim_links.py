"""What is said of claim links: to the manager who gives one, to the person who pressed it, to the team."""

from __future__ import annotations

from datetime import date

from locales import Words
from views.messages import Attachment, Button, Screen
from views.staff_names import Who, called, escaped


def link(words: Words, who: Who, url: str, until: date, picture: str) -> Screen:
    """The link, with its picture to be held against a telephone."""
    said = words("claim-link", name=called(words, who), until=words.day(until))
    return Screen(f"{said}\n\n{escaped(url)}", attachment=Attachment("photo", path=picture, name="claim.png"))


def answer(words: Words, outcome: str) -> Screen:
    """What the person hears who pressed it; the greeting follows."""
    return Screen(words(f"claim-{outcome}"))  # keys: claim-joined claim-two claim-used claim-expired


def joined(words: Words, number: int, name: str | None) -> Screen:
    """The team hears that somebody is on Telegram now."""
    said = words("claim-team", name=called(words, Who(number, name)))
    return Screen(said, ((Button(words.plain("button-card"), f"card:{number}"),),), protect=True, silent=True)


def two(words: Words, low: int, high: int) -> Screen:
    """The team hears of two cards of one person."""
    buttons = (Button(f"№ {low}", f"card:{low}"), Button(f"№ {high}", f"card:{high}"))
    return Screen(words("claim-team-two", low=str(low), high=str(high)), (buttons,), protect=True)
