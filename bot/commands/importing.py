"""`import`: a file becomes cards, through the running bot or while it is stopped; or an import is taken back."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import settings
from bot.commands import Refused, preparing
from bot.settings import Settings
from storage import locks
from storage.troubles import Busy

POLL_SECONDS = 0.5
SLOW_SECONDS = 600.0
"""How long a running bot may not have begun before it is said that it seems to be at a standstill."""


def run(arguments: argparse.Namespace) -> int:
    """Says how far it is, and what came of it. Raises Refused with what to mend."""
    if (arguments.file is None) == (arguments.undo is None):
        raise Refused("Name the file to import, or the number of an import to take back: --undo NUMBER.")
    if arguments.file is not None and not arguments.dry_run and arguments.consent is None:
        raise Refused("Did these people agree to get messages? Say --consent yes (and --proof, how and when) or no.")
    if arguments.file is not None and not arguments.file.is_file():
        raise Refused(f"There is no file {arguments.file}.")
    chosen = settings.load()
    try:
        with locks.hold(chosen.database_path):
            preparing.prepare(chosen)
            return asyncio.run(_import(chosen, arguments, alone=True))
    except Busy:
        print("The bot is running: it does the work, within a minute.")
        return asyncio.run(_import(chosen, arguments, alone=False))


async def _import(chosen: Settings, arguments: argparse.Namespace, *, alone: bool) -> int:
    # Here, because a command that is refused should not pay for them.
    from bot import playbooks
    from services import importing, refusals
    from services.import_pieces import Bench
    from services.versioning import Playbooks
    from services.workplace import Place
    from storage.engine import Database, Tx

    text = playbooks.text_of(chosen.playbook_path)
    playbook = playbooks.from_text(text, chosen.playbook_path.name)
    versions = Playbooks(playbook, playbooks.from_text)
    place = Place(
        username="",
        timezone=playbook.business.zone(chosen.timezone),
        language=chosen.default_language,
        team_chat_id=None,
        playbooks=versions,
        data_folder=str(chosen.data_dir),
    )
    database = Database(chosen.database_url)
    await database.open()
    try:
        bench = Bench(database, place, lambda: datetime.now(UTC), time.monotonic)

        async def unit(tx: Tx) -> int:
            now = bench.now()
            if alone:
                await versions.accept(tx, playbook, text, now=now)
            if arguments.undo is not None:
                kept = await importing.undo_by_hand(tx, arguments.undo, now=now)
            else:
                kept = await importing.begin_by_hand(tx, arguments.file.name, _options(arguments), now=now)
            return kept.id

        try:
            number = await database.write(unit)
        except refusals.Refused:
            raise Refused(f"Import {arguments.undo} is not there, or is not one that can be taken back.") from None
        if arguments.file is not None:
            folder = Path(place.data_folder) / importing.FOLDER / str(number)
            await asyncio.to_thread(_copy, arguments.file, folder)
        # Alone too: should this process be killed, the bot takes the import up at its next start.
        await database.write(lambda tx: _ask(tx, number, bench.now()))
        return await (_work(bench, number) if alone else _wait(bench, number))
    finally:
        await database.close()


async def _ask(tx: Any, number: int, now: datetime) -> None:
    from services import importing

    importing.go_on(tx, number, now=now)


async def _work(bench: Any, number: int) -> int:
    """Does every piece here."""
    from services import import_pieces

    tell = _teller()
    while await import_pieces.advance(bench, number):
        tell(await _kept(bench, number))
    return _told(bench, await _kept(bench, number))


async def _wait(bench: Any, number: int) -> int:
    """Waits for the running bot to have done it."""
    tell, until = _teller(), time.monotonic() + SLOW_SECONDS
    while True:
        kept = await _kept(bench, number)
        if kept.state in ("done", "failed", "undone", "cancelled") or (kept.state == "ready" and _is_dry(kept)):
            return _told(bench, kept)
        if kept.state == "mapping" and time.monotonic() > until:
            raise Refused("The bot has not begun. Is it held after a restore, or stopped meanwhile? Import again then.")
        tell(kept)
        await asyncio.sleep(POLL_SECONDS)


async def _kept(bench: Any, number: int) -> Any:
    from storage import imports

    async with bench.database.read() as reads:
        return await imports.get(reads, number)


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "agreed": arguments.consent == "yes" if arguments.consent else None,
        "proof": arguments.proof,
        "source": arguments.source,
        "tags": [tag.strip() for tag in (arguments.tags or "").split(",") if tag.strip()],
        "mode": arguments.duplicates,
        "dry_run": arguments.dry_run,
    }


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = folder / f"source{file.suffix.lower()[:8]}.part"
    shutil.copyfile(file, made)
    made.replace(made.with_suffix(""))


def _teller() -> Callable[[Any], None]:
    """Says how far it is, each step once."""
    last: list[tuple[str, int]] = []

    def tell(kept: Any) -> None:
        at = (kept.state, kept.done_rows)
        if sys.stdout.isatty() and last[-1:] != [at] and kept.state in ("checking", "running", "undoing"):
            print(f"  {kept.state}: {kept.done_rows:,}", flush=True)
        last[:] = [at]

    return tell


def _is_dry(kept: Any) -> bool:
    return bool((kept.options or {}).get("dry_run"))


def _told(bench: Any, kept: Any) -> int:
    """What came of it, in words; the exit code."""
    from services.import_showing import write_report_of

    counts = kept.counts or {}
    if kept.state == "failed":
        from locales import words_in
        from views import import_screens

        raise Refused(import_screens.refusal(words_in("en"), counts))
    if kept.state in ("undone", "cancelled"):
        stayed = counts.get("stayed", 0) + counts.get("kept", 0)
        print(
            f"Import {kept.id} is taken back."
            + (f" {stayed} cards stay: somebody has worked with them." if stayed else "")
        )
        return 0
    said = [f"{counts.get(name, 0):,} {name}" for name in ("new", "changed", "unchanged")]
    if counts.get("twins"):
        said.append(f"{counts['twins']:,} repeated inside the file")
    head = "It would be" if kept.state == "ready" else f"Import {kept.id} is done"
    print(f"{head}: {', '.join(said)}.")
    if counts.get("held"):
        print(f"{counts['held']:,} purchases wait until their rows are corrected.")
    if counts.get("lost") or counts.get("faulty"):
        path = write_report_of(bench.place, kept, "en")
        print(
            f"{counts.get('lost', 0):,} rows left out, {counts.get('faulty', 0):,} without what could not be read: {path}"
        )
    if kept.state == "done":
        print(f"To take it back: python -m bot import --undo {kept.id}")
    return 0
