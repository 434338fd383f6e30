"""A manager brings a file: what is asked, what is shown, what comes of it, and that only an owner takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import importing_work
from scheduler.worker import Worker
from services import importing
from storage import imports, tables
from storage.engine import Database
from tests.handlers.staff.rooms import ALICE, BOB, Room, buttons, make_room
from tests.places import make_office
from tests.services.import_files import in_this_process, table

PEOPLE = table(
    ("Имя", "Телефон", "Почта"),
    ("Olga <b>Koval</b>", "050 123 45 67", "olga@ukr.net"),
    ("Тарас Бульба", "067 765 43 21", ""),
    ("Никто", "12", ""),
)


class Desk:
    """Bob with a file in his hand, and the long work that follows."""

    def __init__(self, room: Room, folder: Path) -> None:
        self.room = room
        room.office.place.data_folder = str(folder)
        office = make_office(room.database, place=room.office.place, clock=room.office.clock)
        self.worker = Worker(office, {importing.WORK: importing_work.advance})

    async def sends(self, content: bytes = PEOPLE, name: str = "base.csv") -> int:
        document = {"file_id": "F1", "file_unique_id": "U1", "file_name": name, "file_size": len(content)}
        (said,) = await self.room.bob.sends(document=document)
        assert name in said["text"]
        number = (await self.room.rows("imports"))[-1].id
        folder = Path(self.room.office.place.data_folder) / f"imports/{number}"
        folder.mkdir(parents=True)
        (folder / f"source{Path(name).suffix}").write_bytes(content)
        return int(number)

    async def works(self) -> None:
        while await self.worker.do_one():
            await self.room.delivered()

    async def screen(self) -> dict[str, Any]:
        """The message of the import, as it is now."""
        rows = [row for row in await self.room.rows("outbox", chat_id=BOB) if row.key.startswith("import:")]
        return dict([row for row in rows if "report" not in row.key][-1].payload)

    async def counts(self) -> dict[str, Any]:
        (row,) = await self.room.rows("imports")
        return dict(row.counts)


@pytest.fixture
async def desk(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    in_this_process(monkeypatch)
    return Desk(await make_room(database), tmp_path)


async def test_from_the_file_to_the_cards_and_back(desk: Desk) -> None:
    """Columns as they are taken, the questions, the dry run with what is wrong, the import, and an owner's undo."""
    room, number = desk.room, await desk.sends()
    before = await room.snapshot()
    await desk.works()
    shown = await desk.screen()
    assert "Телефон" in shown["text"]
    assert "Phone" in shown["text"]
    assert "Olga &lt;b&gt;Koval&lt;/b&gt;" in shown["text"]
    assert shown["protect"] is True
    assert await room.snapshot() == before
    await room.bob.presses(f"impopt:{number}")
    await room.bob.presses(f"impgo:{number}")
    assert "agreed" in room.office.ears.toasts[-1]
    await room.bob.presses(f"impagr:{number}:yes")
    (asked,) = await room.bob.says("forms at the desk")
    assert "forms at the desk" in asked["text"]
    await room.bob.presses(f"impsrc:{number}:event")
    await room.bob.presses(f"impask:{number}:tags")
    await room.bob.says("fair, autumn")
    await room.bob.presses(f"impgo:{number}")
    await desk.works()
    ready = await desk.screen()
    assert "1 new" in ready["text"]
    assert "1 updated" in ready["text"]
    assert "row 4" in ready["text"]
    assert await room.snapshot() == before
    await room.bob.presses(f"imprun:{number}")
    await desk.works()
    done = await desk.screen()
    assert "Done" in done["text"]
    olga = await room.row("contacts", id=room.olga)
    assert (olga.name, olga.source_first) == ("Olga Koval", "Event")
    (taras,) = await room.rows("contacts", name="Тарас Бульба")
    assert {row.contact_id for row in await room.rows("contact_tags")} == {room.olga, taras.id}
    proofs = await room.rows("consents", contact_id=taras.id)
    assert {(row.purpose, row.granted) for row in proofs} == {("processing", True), ("marketing", True)}
    assert all("forms at the desk" in row.text for row in proofs)
    reports = [row.payload for row in await room.rows("outbox") if "report" in row.key]
    assert len(reports) == 1
    report = (Path(room.office.place.data_folder) / reports[0]["attachment"]["path"]).read_text("utf-8-sig")
    assert "Никто" in report
    assert "Olga" not in report
    await room.bob.presses(f"impundo:{number}:yes")
    assert (await room.rows("imports"))[0].state == "done"
    await room.alice.presses(f"impundo:{number}")
    await room.alice.presses(f"impundo:{number}:yes")
    await desk.works()
    assert await room.snapshot() == before
    assert "undone" in (await desk.screen())["text"]


async def test_an_import_taken_back_from_the_list_tells_how_it_ended_where_it_was_asked(desk: Desk) -> None:
    """The message of /imports gives way to one that follows the import to its end."""
    room = desk.room
    document = {"file_id": "F1", "file_unique_id": "U1", "file_name": "base.csv", "file_size": len(PEOPLE)}
    await room.alice.sends(document=document)
    number = (await room.rows("imports"))[-1].id
    folder = Path(room.office.place.data_folder) / f"imports/{number}"
    folder.mkdir(parents=True)
    (folder / "source.csv").write_bytes(PEOPLE)
    await desk.works()
    await room.alice.presses(f"impagr:{number}:no")
    for step in ("impgo", "imprun"):
        await room.alice.presses(f"{step}:{number}")
        await desk.works()
    await room.alice.says("/imports")
    listed = await room.latest(ALICE)
    await room.alice.presses(f"impshow:{number}", listed.message_id)
    assert f"imprep:{number}" in buttons((await room.latest(ALICE)).payload)
    await room.alice.presses(f"impundo:{number}:yes", listed.message_id)
    await desk.works()
    assert "undone" in (await room.latest(ALICE)).payload["text"]
    deleted = [row for row in await room.rows("outbox", chat_id=ALICE) if row.payload.get("delete")]
    assert len(deleted) == 1


async def test_somebody_named_twice_in_the_file_is_one_card_before_and_after(desk: Desk) -> None:
    """What the dry run promises is what comes of it."""
    room = desk.room
    number = await desk.sends(table(("Имя", "Телефон"), ("Мария", "093 123 45 94"), ("Мария Шевченко", "0931234594")))
    await desk.works()
    await room.bob.presses(f"impagr:{number}:no")
    await room.bob.presses(f"impgo:{number}")
    await desk.works()
    promised = await desk.counts()
    await room.bob.presses(f"imprun:{number}")
    await desk.works()
    came = await desk.counts()
    kinds = ("new", "changed", "unchanged", "twins")
    assert [came.get(kind, 0) for kind in kinds] == [promised.get(kind, 0) for kind in kinds] == [1, 0, 0, 1]


async def test_a_column_is_taken_for_what_the_manager_says_and_remembered(desk: Desk) -> None:
    """The next file of this make is taken so at once."""
    room, number = desk.room, await desk.sends()
    await desk.works()
    (choices,) = await room.bob.presses(f"impcol:{number}:2:0")
    note = importing.targets(room.office.playbook).index("note")
    assert f"impset:{number}:2:{note}" in buttons(choices)
    (page,) = await room.bob.presses(f"impset:{number}:2:{note}")
    assert "Note" in page["text"]
    await room.bob.presses(f"impagr:{number}:no")
    await room.bob.presses(f"impgo:{number}")
    again = await desk.sends()
    await desk.works()
    async with room.database.read() as reads:
        kept = await reads.scalar(select(tables.imports.c.mapping).where(tables.imports.c.id == again))
    assert kept["columns"][2]["target"] == "note"


NOTED = (
    ("Имя", "Телефон", "Почта", "Любит", "Волосы"),
    ("Тарас Бульба", "067 765 43 21", "taras@", "борщ", "жирные"),
    ("Остап", "12", "", "", ""),
    ("Марія", "093 111 22 33", "maria@ukr.net", "", ""),
)


async def made_of(desk: Desk, number: int) -> str:
    """The report of a finished import, as it lies on the disk."""
    (kept,) = await desk.room.rows("imports", id=number)
    report = Path(desk.room.office.place.data_folder) / str(kept.path) / "report.csv"
    return report.read_text("utf-8-sig")


async def test_the_corrected_report_is_taken_as_its_file_was(desk: Desk) -> None:
    """Columns set by a button, consent, source and tags are not asked twice; a row read in part gets no second note; what
    is still wrong is reported as before."""
    room, number = desk.room, await desk.sends(table(*NOTED))
    await desk.works()
    note = importing.targets(room.office.playbook).index("note")
    for column in (3, 4):
        await room.bob.presses(f"impset:{number}:{column}:{note}")
    await room.bob.presses(f"impagr:{number}:yes")
    await room.bob.says("forms at the desk")
    await room.bob.presses(f"impsrc:{number}:event")
    await room.bob.presses(f"impask:{number}:tags")
    await room.bob.says("fair")
    for step in ("impgo", "imprun"):
        await room.bob.presses(f"{step}:{number}")
        await desk.works()
    report = (await made_of(desk, number)).replace("taras@,", "taras@ukr.net,")
    again = await desk.sends(report.encode("utf-8-sig"), "base-to-mend.csv")
    await desk.works()
    assert "corrected rows" in (await desk.screen())["text"]
    assert "What is wrong" in (await desk.screen())["text"]
    (page,) = await room.bob.presses(f"impopt:{again}")
    assert "forms at the desk" in page["text"]
    assert "fair" in page["text"]
    assert "<b>Event</b>" in page["text"]
    for step in ("impgo", "imprun"):
        await room.bob.presses(f"{step}:{again}")
        await desk.works()
    (taras,) = await room.rows("contacts", name="Тарас Бульба")
    assert [row.text for row in await room.rows("notes", contact_id=taras.id)] == ["борщ\nжирные"]
    assert {row.value for row in await room.rows("contact_points", contact_id=taras.id)} == {
        "+380677654321", "taras@ukr.net",
    }  # fmt: skip
    first, second = (await made_of(desk, again)).splitlines()
    assert first == f"Имя,Телефон,Почта,Любит,Волосы,What is wrong (import no. {again})"
    assert second.startswith('Остап,12,,,,"Телефон')
    third = await desk.sends(table(*NOTED), "base.csv")
    await desk.works()
    (kept,) = await room.rows("imports", id=third)
    assert [one["target"] for one in kept.mapping["columns"]][3:] == ["note", "note"]
    assert "agreed" not in kept.options, "what was said of one file is not said of another of the same make"


async def test_a_strangers_report_is_a_file_like_any_other(desk: Desk) -> None:
    """What was said of somebody else's file is shown to nobody but owners; its own column is left out in any case."""
    number = await desk.sends(table(*NOTED))
    await desk.works()
    room = desk.room
    await room.bob.presses(f"impagr:{number}:yes")
    await room.bob.says("forms at the desk")
    await room.database.write(lambda tx: imports.change(tx, number, staff_id=None, now=room.office.clock.now()))
    report = table((*NOTED[0], f"What is wrong (import no. {number})"), (*NOTED[1], "Почта: …"))
    again = await desk.sends(report)
    await desk.works()
    (kept,) = await room.rows("imports", id=again)
    assert "agreed" not in kept.options
    assert kept.mapping["columns"][-1]["target"] == "ignore"


async def test_a_cancelled_import_leaves_nothing(desk: Desk) -> None:
    room, number = desk.room, await desk.sends()
    before = await room.snapshot()
    await desk.works()
    await room.bob.presses(f"impagr:{number}:no")
    await room.bob.presses(f"impgo:{number}")
    await desk.works()
    await room.bob.presses(f"imprun:{number}")
    await room.bob.presses(f"impstop:{number}")
    await desk.works()
    assert await room.snapshot() == before
    assert "Cancelled" in (await desk.screen())["text"]


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [(b"", "empty.csv", "empty"), (b"%PDF-1.7 hello", "list.xlsx", "neither")],
)
async def test_what_is_no_table_is_refused_with_what_to_do(desk: Desk, content: bytes, name: str, word: str) -> None:
    await desk.sends(content, name)
    await desk.works()
    assert word in (await desk.screen())["text"]


async def test_other_files_are_answered_and_strangers_imports_are_not_ones_own(desk: Desk) -> None:
    """A picture is no base; a viewer brings nothing; another manager does not decide."""
    document = {"file_id": "F", "file_unique_id": "U", "file_name": "photo.png"}
    (said,) = await desk.room.bob.sends(document=document)
    assert "CSV" in said["text"]
    (said,) = await desk.room.vera.sends(document={**document, "file_name": "base.csv"})
    assert await desk.room.rows("imports") == []
    number = await desk.sends()
    (mine,) = await desk.room.bob.says("/imports")
    assert f"impshow:{number}" in buttons(mine)
