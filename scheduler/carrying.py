"""Carrying out: the files that owners asked for are written beside the conversation and sent to who asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from crm import currencies, export_columns, permissions
from crm.export_columns import Column, Use
from crm.permissions import Right
from crm.purposes import Purpose
from crm.rfm import GROUPS
from crm.statuses import STATUSES
from locales import LANGUAGES, Words, words_in
from scheduler import fetching
from scheduler.office import Office
from services import export_files, extracting, planning, segmenting, speaking
from services.export_files import Mark
from services.refusals import Refused
from services.segmenting import Aim
from storage import archives, export_rows, segment_sets, staff
from storage.engine import Tx
from storage.staff import Member
from views import cards, rfm_screens
from views import export_screens as views
from views.messages import Attachment, Say, Screen

CONTACTS_AT_ONCE: Final = 1_000
LARGEST_SENT: Final = 49 * 1024 * 1024
"""Telegram takes fifty megabytes from a bot."""
ENDINGS: Final = {"xlsx": "xlsx", "csv": "csv", "vcard": "vcf", "archive": "zip"}


async def extract(office: Office, payload: dict[str, Any]) -> None:
    """Writes the people of an aim to a file and sends it to the owner who asked, if they still are one."""
    words, now = words_in(payload["language"]), office.now()
    taker, log = await find_taker(office, payload["export"])
    if taker is None or log is None:
        return
    try:
        async with office.database.read() as reads:
            meant = await segmenting.meant(reads, office.place, Aim.of_memo(payload["aim"]), now=now)
            ids = await segment_sets.ids(reads, meant)
    except Refused as refusal:
        await _say(
            office, taker, log, Screen(words(refusal.key, **refusal.values)), count=0, columns=(), state="failed"
        )
        return
    use, zone = Use(payload["use"]), planning.zone_of_business(office.place)
    columns = _columns(office, use, words)
    headings = [column.heading or words.plain(f"export-column-{column.id}") for column in columns]
    # keys: export-column-id export-column-name export-column-phone export-column-more_phones export-column-email
    # keys: export-column-more_emails export-column-username export-column-language export-column-tags
    # keys: export-column-status export-column-level export-column-owner export-column-source export-column-purchases
    # keys: export-column-spent export-column-points export-column-first_purchase export-column-last_purchase
    # keys: export-column-rfm export-column-abc export-column-nps export-column-created export-column-last_seen
    about = views.about(words, taker.name, now, zone, segment=log.segment)
    mark = Mark(log.mark, about, words.plain("export-sheet-contacts"), words.plain("export-sheet-about"))
    path = file_path(payload["format"], log.mark, now.astimezone(zone).date().isoformat())
    writer = await asyncio.to_thread(
        export_files.writer, payload["format"], office.data_folder / path, headings, mark, zone
    )
    count = await _write(office, writer, ids, use, columns)
    screen = views.ready(words, count, mark=log.mark, left_out=len(ids) - count)
    await send(office, taker, log, path, screen, count=count, columns=[column.id for column in columns])


def _columns(office: Office, use: Use, words: Words) -> Sequence[Column]:
    """The columns of a purpose, in the reader's language throughout: the file is for people, and an import knows these words
    again."""
    playbook = office.place.playbooks.current
    titles = {
        "language": {one: cards.language(words, one) for one in LANGUAGES},
        "status": {one: cards.status(words, one) for one in STATUSES},
        "level": {one.id: one.title.say(words.language) for one in playbook.levels},
        "rfm": {one: rfm_screens.group_name(words, one) for one in GROUPS},
    }
    own = [
        (field.id, field.title.say(words.language), {one.id: one.title.say(words.language) for one in field.options})
        for field in playbook.card_fields
    ]
    digits = currencies.minor_digits(playbook.money.currency)
    return export_columns.columns(use, minor_digits=digits, titles=titles, own=own)


async def _write(
    office: Office, writer: export_files.Writer, ids: Sequence[int], use: Use, columns: Sequence[Column]
) -> int:
    """Writes these people, so many at once that the base is read beside everybody else's work; how many the purpose
    takes. A file that could not be finished is taken away."""
    count = 0
    try:
        for start in range(0, len(ids), CONTACTS_AT_ONCE):
            async with office.database.read() as reads:
                found = await export_rows.records(reads, ids[start : start + CONTACTS_AT_ONCE])
            taken = [export_columns.pruned(use, one) for one in found if export_columns.takes(use, one)]
            rows = [(one, [column.value(one) for column in columns]) for one in taken]
            await asyncio.to_thread(writer.rows, rows)
            count += len(rows)
        await asyncio.to_thread(writer.close)
    except BaseException:
        await asyncio.to_thread(writer.drop)
        raise
    return count


async def archive(office: Office, payload: dict[str, Any]) -> None:
    """Packs the whole base for the owner who asked, if they still are one."""
    words, now = words_in(payload["language"]), office.now()
    taker, log = await find_taker(office, payload["export"])
    if taker is None or log is None:
        return
    zone = planning.zone_of_business(office.place)
    path = file_path("archive", log.mark, now.astimezone(zone).date().isoformat())
    count = await asyncio.to_thread(
        archives.write,
        Path(office.database.url.database or ""),
        office.data_folder / path,
        files=office.data_folder / fetching.FOLDER,
        about=(log.mark, *views.about(words, taker.name, now, zone, segment="")),
        harmless=export_files.harmless,
    )
    await send(office, taker, log, path, views.packed(words, count, mark=log.mark), count=count, columns=())


async def find_taker(office: Office, export_id: int) -> tuple[Member | None, Any]:
    """The owner who asked, and the line of the log; nobody where they are no owner any more."""
    async with office.database.read() as reads:
        log = await export_rows.get(reads, export_id)
        team = await staff.active(reads)
    member = next((one for one in team if log is not None and one.id == log.staff_id), None)
    if member is None or not permissions.allows(member.role, Right.OWN):
        return None, None
    return member, log


async def send(
    office: Office, taker: Member, log: Any, path: str, screen: Screen, *, count: int, columns: Sequence[str]
) -> None:
    """Sends the file; one that Telegram would not take stays on the server, and the owner is told where."""
    size = (await asyncio.to_thread((office.data_folder / path).stat)).st_size
    words = words_in(taker.language or office.place.language)
    if size <= LARGEST_SENT:
        screen = replace(screen, attachment=Attachment("document", path=path, name=Path(path).name))
    else:
        screen = Screen(f"{screen.text}\n\n{words('export-too-large', path=path)}")
    await _say(office, taker, log, screen, count=count, columns=columns, state="sent")


async def _say(
    office: Office, taker: Member, log: Any, screen: Screen, *, count: int, columns: Sequence[str], state: str
) -> None:
    """Says what became of it, and writes it into the log: to this owner alone, wherever it was asked for."""
    now = office.now()

    async def unit(tx: Tx) -> None:
        await export_rows.finish(tx, log.id, state=state, count=count, columns=columns, now=now)
        say = Say(screen, chat_id=taker.telegram_id, purpose=Purpose.ANSWER)
        speaking.say(tx, say, now=now, key=f"export:{log.id}")

    await office.database.write(unit)


def file_path(format: str, mark: str, day: str) -> str:
    """Where a file lies, below the data folder, and what it is called."""
    return f"{extracting.FOLDER}/kartoteka-{day}-{mark}.{ENDINGS[format]}"
