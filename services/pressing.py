"""Pressing: a button under a campaign's, a scenario's or a survey's message was pressed, and whose doing that was.

The key of the message says what it belongs to: `campaign:<campaign>:<contact>`, `scenario:<journey>:<step>`,
`survey:…`. Telegram tells of presses of callback buttons and of deep links only: a code that is copied, and an address
that is not the bot's own, are pressed unseen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage import presses
from storage.engine import Tx

STOP: Final = "stop"
"""The button by which a person wants no more advertising."""
NO_INTEREST: Final = frozenset({STOP, "fewer"})
"""What was pressed to be left alone says nothing for the message."""
ANSWER_WITHIN: Final = timedelta(days=3)
"""How long after a campaign reached a person their words are taken for an answer to it."""
_KEY_LENGTH: Final = 120
_BUTTON_LENGTH: Final = 24


async def note(tx: Tx, *, key: str, button: str, contact_id: int, now: datetime) -> bool:
    """Keeps a press, and marks the campaign or the way it belongs to; whether it is the first of this button under this
    message. A key that is none of ours is kept by nobody."""
    kind, _, rest = key.partition(":")
    number, _, after = rest.partition(":")
    if len(key) > _KEY_LENGTH or kind not in ("campaign", "scenario", "survey") or not after:
        return False
    of = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
    campaign_id = of if kind == "campaign" else None
    journey_id = of if kind == "scenario" else None
    button = button[:_BUTTON_LENGTH]
    first = await presses.add(tx, key, button, contact_id, campaign_id=campaign_id, journey_id=journey_id, now=now)
    if campaign_id is not None and button == STOP:
        await presses.mark_unsubscribed(tx, campaign_id, contact_id, now=now)
    if button not in NO_INTEREST:
        if campaign_id is not None:
            await presses.mark_campaign(tx, campaign_id, contact_id, now=now)
        if journey_id is not None:
            await presses.mark_journey(tx, journey_id, contact_id, now=now)
    return first


async def note_reply(tx: Tx, contact_id: int, *, now: datetime) -> None:
    """The person wrote something of their own: an answer to the campaign that reached them lately."""
    await presses.mark_replied(tx, contact_id, within=ANSWER_WITHIN, now=now)
