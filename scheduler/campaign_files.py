"""What a campaign came to as files: a picture for who asked, and everybody of it as a sheet for an owner."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from crm import amounts
from crm.purposes import Purpose
from locales import Words, words_in
from scheduler import carrying, drawing
from scheduler.office import Office
from services import campaigning, campaigning_report, export_files, picturing, planning, speaking
from services.export_files import Mark
from storage import campaign_facts, campaigns
from storage.campaign_facts import Line
from storage.engine import Tx
from views import campaign_report_screens, export_screens
from views.messages import Attachment, Say, Screen
from views.staff_names import escaped

AT_ONCE: Final = 1_000
COLUMNS: Final = (
    *("contact", "name", "username", "variant", "state", "reason", "sent", "pressed", "replied", "unsubscribed"),
    *("recalled", "revenue"),
)
# keys: campaign-column-contact campaign-column-name campaign-column-username campaign-column-variant
# keys: campaign-column-state campaign-column-reason campaign-column-sent campaign-column-pressed
# keys: campaign-column-replied campaign-column-unsubscribed campaign-column-recalled campaign-column-revenue


async def draw(office: Office, payload: dict[str, Any]) -> None:
    """Draws a campaign's steps. Raises GiveUpError when the picture cannot be drawn."""
    words, now = words_in(payload["language"]), office.now()
    async with office.database.read() as reads:
        row = await campaigns.get(reads, payload["campaign"])
        if row is None:
            return
        draft = campaigning.of_row(row)
        seen = campaigning_report.seen(office.place, draft, await campaigning_report.report(reads, draft))
    path = f"{picturing.FOLDER}/{payload['key']}.png"
    await drawing.drawn(campaign_report_screens.chart(words, seen), office.data_folder / path)
    screen = Screen(
        f"📊 <b>{escaped(seen.name)}</b>", attachment=Attachment("photo", path=path, name="campaign.png"), protect=True
    )

    async def unit(tx: Tx) -> None:
        say = Say(screen, chat_id=payload["chat"], thread_id=payload["thread"], purpose=Purpose.ANSWER)
        speaking.say(tx, say, now=now, key=f"picture:{payload['key']}")

    await office.database.write(unit)


async def write(office: Office, payload: dict[str, Any]) -> None:
    """Writes everybody of a campaign to a sheet and sends it to the owner who asked, if they still are one."""
    words, now = words_in(payload["language"]), office.now()
    taker, log = await carrying.find_taker(office, payload["export"])
    if taker is None or log is None:
        return
    zone = planning.zone_of_business(office.place)
    headings = [words.plain(f"campaign-column-{column}") for column in COLUMNS]
    about = export_screens.about(words, taker.name, now, zone, segment=log.segment)
    mark = Mark(log.mark, about, words.plain("export-sheet-contacts"), words.plain("export-sheet-about"))
    path = carrying.file_path("xlsx", log.mark, now.astimezone(zone).date().isoformat())
    sheet = await asyncio.to_thread(export_files.sheet, office.data_folder / path, headings, mark, zone)
    currency = office.place.playbooks.current.money.currency
    count, after = 0, 0
    try:
        while True:
            async with office.database.read() as reads:
                found = await campaign_facts.lines(reads, payload["campaign"], after=after, limit=AT_ONCE)
            await asyncio.to_thread(sheet.lines, [_cells(words, one, currency) for one in found])
            count += len(found)
            if len(found) < AT_ONCE:
                break
            after = found[-1].contact_id
        await asyncio.to_thread(sheet.close)
    except BaseException:
        await asyncio.to_thread(sheet.drop)
        raise
    screen = export_screens.ready(words, count, mark=log.mark, left_out=0)
    await carrying.send(office, taker, log, path, screen, count=count, columns=COLUMNS)


def _cells(words: Words, one: Line, currency: str) -> list[Any]:
    return [
        one.contact_id,
        one.name,
        one.username,
        one.variant.upper() or None,
        words.plain(f"campaign-state-{one.state}"),
        campaign_report_screens.why(words, one.state, one.reason) if one.reason else None,
        one.sent_at,
        one.pressed_at,
        one.replied_at,
        one.unsubscribed_at,
        one.recalled_at,
        float(amounts.in_major(one.revenue, currency)) if one.revenue else None,
    ]
