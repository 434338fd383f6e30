"""Why a message is sent: what decides who goes first and who must agree."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """The purpose of a message, the most urgent first.

    answer: what a person just asked the bot · staff: alerts to managers · service: what a customer asked for (a booked
    visit's reminder, a manager's reply, the rating of one's own visit) · survey and marketing: what nobody asked for.
    """

    ANSWER = "answer"
    STAFF = "staff"
    SERVICE = "service"
    SURVEY = "survey"
    MARKETING = "marketing"

    @property
    def priority(self) -> int:
        """0 leaves first."""
        return _PRIORITY[self]

    @property
    def asks_policy(self) -> bool:
        """Whether the contact policy is asked before sending."""
        return self not in (Purpose.ANSWER, Purpose.STAFF)


_PRIORITY = {purpose: place for place, purpose in enumerate(Purpose)}
