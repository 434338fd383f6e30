"""Picturing: what a picture is to show, computed from the base; scheduler/drawing.py has it drawn and sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from crm import rfm
from crm.rfm import QUINTILES
from locales import Words
from services import ranking
from storage import work
from storage.engine import Reads, Tx
from views.money import money

DRAW: Final = "draw"
"""The kind of long work."""
DRAW_SURVEY: Final = "drawsurvey"
DRAW_CAMPAIGN: Final = "draw_campaign"
FOLDER: Final = "pictures"
"""Where pictures lie, below the data folder, until they are sent."""


def order(
    tx: Tx,
    *,
    period: str,
    with_money: bool,
    language: str,
    chat_id: int,
    thread_id: int | None,
    key: str,
    now: datetime,
) -> None:
    """Has the grid of RFM drawn and sent to this chat; `key` names the decision."""
    payload = {
        "period": period,
        "money": with_money,
        "language": language,
        "chat": chat_id,
        "thread": thread_id,
        "key": key,
    }
    work.add(tx, DRAW, f"draw:{key}", payload, now=now)


def order_survey(
    tx: Tx, survey_id: str, *, language: str, chat_id: int, thread_id: int | None, key: str, now: datetime
) -> None:
    """Has the results of a survey drawn and sent to this chat; `key` names the decision."""
    payload = {"survey": survey_id, "language": language, "chat": chat_id, "thread": thread_id, "key": key}
    work.add(tx, DRAW_SURVEY, f"{DRAW_SURVEY}:{key}", payload, now=now)


def order_campaign(
    tx: Tx, campaign_id: int, *, language: str, chat_id: int, thread_id: int | None, key: str, now: datetime
) -> None:
    """Has what a campaign came to drawn and sent to this chat; `key` names the decision."""
    payload = {"campaign": campaign_id, "language": language, "chat": chat_id, "thread": thread_id, "key": key}
    work.add(tx, DRAW_CAMPAIGN, f"{DRAW_CAMPAIGN}:{key}", payload, now=now)


async def rfm_grid(
    db: Reads, words: Words, *, period: str, with_money: bool, currency: str, now: datetime
) -> dict[str, Any]:
    """The chart that views/charts.py draws."""
    counts = dict.fromkeys(((r, fm) for r in range(1, QUINTILES + 1) for fm in range(1, QUINTILES + 1)), (0, 0))
    for cell in await ranking.cells(db, period, now=now):
        place = (cell.scores.recency, cell.scores.fm)
        contacts, brought = counts[place]
        counts[place] = (contacts + cell.contacts, brought + cell.money)
    cells = []
    for (recency, fm), (contacts, brought) in counts.items():
        lines = [_without_sign(words.plain(f"rfm-group-{rfm.group_of(recency, fm)}"))]
        if contacts:
            lines.append(words.number(contacts))
            if with_money:
                lines.append(money(brought, currency, words.language))
        cells.append([recency, fm, contacts, lines])
    return {
        "kind": "rfm",
        "title": f"RFM · {words.plain(f'rfm-period-{period}')}",
        "across": words.plain("rfm-axis-fm"),
        "up": words.plain("rfm-axis-recency"),
        "cells": cells,
    }


def _without_sign(name: str) -> str:
    """The fonts of pictures have no emoji."""
    return name.partition(" ")[2]
