"""Extracting: an owner takes contacts out of the base as a file, and it is known ever after who took what and when."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final

from crm.export_columns import Use
from crm.permissions import Right
from services import permitting, segmenting
from services.refusals import Refused
from services.segmenting import Aim
from storage import campaigns, export_rows, work
from storage.engine import Tx
from storage.staff import Member

EXTRACT: Final = "extract"
ARCHIVE: Final = "archive"
ANSWERS: Final = "answers"
CAMPAIGN: Final = "campaign_people"
"""The kinds of long work."""
FOLDER: Final = "exports"
"""Where exported files lie, below the data folder, until they are sent."""
FORMATS: Final = ("xlsx", "csv", "vcard")
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another when read aloud


async def order(tx: Tx, member: Member | None, aim: Aim, *, use: Use, format: str, language: str, now: datetime) -> str:
    """Has the people of an aim written to a file and sent to this owner. Returns the export's mark. Raises Refused
    for everybody else."""
    owner = permitting.require(member, Right.OWN)
    return await _ordered(
        tx,
        owner,
        EXTRACT,
        {"aim": aim.memo, "use": use.value, "format": format, "language": language},
        segment=aim.find if aim.segment is None else (await segmenting.saved(tx, aim.segment)).name,
        format=format,
        now=now,
    )


async def order_archive(tx: Tx, member: Member | None, *, language: str, now: datetime) -> str:
    """Has the whole base packed for this owner. Returns the mark. Raises Refused for everybody else."""
    owner = permitting.require(member, Right.OWN)
    return await _ordered(tx, owner, ARCHIVE, {"language": language}, segment="", format="archive", now=now)


async def order_answers(tx: Tx, member: Member | None, survey_id: str, *, language: str, now: datetime) -> str:
    """Has the answers to a survey written to a file for this owner. Returns the mark. Raises Refused for everybody
    else."""
    owner = permitting.require(member, Right.OWN)
    payload = {"survey": survey_id, "language": language}
    return await _ordered(tx, owner, ANSWERS, payload, segment=f"answered:{survey_id}", format="xlsx", now=now)


async def order_campaign(tx: Tx, member: Member | None, campaign_id: int, *, language: str, now: datetime) -> str:
    """Has everybody of a campaign written to a file for this owner. Returns the mark. Raises Refused for everybody
    else."""
    owner = permitting.require(member, Right.OWN)
    payload = {"campaign": campaign_id, "language": language}
    campaign = await campaigns.get(tx, campaign_id)
    if campaign is None:
        raise Refused("refused-stale")
    return await _ordered(tx, owner, CAMPAIGN, payload, segment=campaign.name, format="xlsx", now=now)


async def _ordered(
    tx: Tx,
    owner: Member,
    kind: str,
    payload: dict[str, Any],
    *,
    segment: str,
    format: str,
    now: datetime,
) -> str:
    mark = "".join(secrets.choice(_LETTERS) for _ in range(8))
    number = await export_rows.log(
        tx, staff_id=owner.id, mark=mark, segment=segment, format=format, columns=(), now=now
    )
    work.add(tx, kind, f"{kind}:{number}", {**payload, "export": number}, now=now)
    return mark
