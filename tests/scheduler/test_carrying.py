"""Files that owners take out of the base: what is in them, who may have them, what they remember."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from crm.export_columns import Use
from locales import LANGUAGES, words_in
from scheduler import carrying
from scheduler.office import Office
from services import extracting
from services.refusals import Refused
from services.segmenting import Aim
from storage import export_rows, staff, tables, tags
from storage.engine import Database, Tx
from storage.staff import Member
from tests.clocks import NOON, FakeClock
from tests.places import make_office, make_place
from tests.services.import_files import Importer, in_this_process
from tests.storage.makers import make_consent, make_contact, make_staff

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '"; DROP TABLE contacts; --', "a\nb;c,d", "Мар'яна їєґ ₴"]


class Desk:
    """An owner's and a manager's exports."""

    def __init__(self, database: Database, folder: Path, owner: Member, manager: Member) -> None:
        self.database, self.folder, self.owner, self.manager = database, folder, owner, manager
        self.office: Office = make_office(database, place=make_place(data_folder=str(folder)), clock=FakeClock(NOON))

    async def order(
        self, member: Member, *, use: Use = Use.FULL, format: str = "csv", query: str = "", language: str = "en"
    ) -> None:
        async def unit(tx: Tx) -> None:
            await extracting.order(tx, member, Aim(find=query), use=use, format=format, language=language, now=NOON)

        await self.database.write(unit)

    async def work(self) -> Any:
        """Does what was ordered; what was said last."""
        async with self.database.read() as reads:
            jobs = await reads.all(select(tables.work).order_by(tables.work.c.id))
        kinds = {extracting.EXTRACT: carrying.extract, extracting.ARCHIVE: carrying.archive}
        for job in jobs:
            await kinds[job.kind](self.office, job.payload)
        async with self.database.read() as reads:
            return await reads.first(select(tables.outbox).order_by(tables.outbox.c.id.desc()))

    async def log(self) -> Any:
        async with self.database.read() as reads:
            return await reads.first(select(tables.exports).order_by(tables.exports.c.id.desc()))

    def file(self, said: Any) -> Path:
        return self.folder / str(said.payload["attachment"]["path"])


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> Desk:
    owner = await make_staff(database, name="Alice", role="owner", telegram_id=901)
    manager = await make_staff(database, name="Bob", role="manager", telegram_id=902)
    async with database.read() as reads:
        members = {one.id: one for one in await staff.active(reads)}
    return Desk(database, tmp_path, members[owner], members[manager])


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


async def test_only_an_owner_takes_anything_out(desk: Desk) -> None:
    with pytest.raises(Refused):
        await desk.order(desk.manager)
    with pytest.raises(Refused):
        await desk.database.write(lambda tx: extracting.order_archive(tx, desk.manager, language="en", now=NOON))
    assert await desk.log() is None


async def test_who_is_no_owner_any_more_gets_no_file(desk: Desk) -> None:
    await desk.order(desk.owner)
    demoted = update(tables.staff).where(tables.staff.c.id == desk.owner.id).values(role="manager")
    await desk.database.write(lambda tx: tx.run(demoted))
    assert await desk.work() is None
    assert not (desk.folder / extracting.FOLDER).exists()


@pytest.mark.parametrize("format", extracting.FORMATS)
async def test_every_contact_is_in_the_file_and_the_file_in_the_log(desk: Desk, format: str) -> None:
    for name in HOSTILE:
        await make_contact(desk.database, name=name, phones=["+380671234567"])
    await desk.order(desk.owner, format=format)
    said = await desk.work()
    log = await desk.log()
    assert said.chat_id == desk.owner.telegram_id
    assert not said.payload.get("protect")  # it is to be saved
    assert (log.state, log.contacts, log.staff_id) == ("sent", len(HOSTILE), desk.owner.id)
    assert log.mark in said.payload["text"]
    assert log.mark in desk.file(said).name


async def test_no_cell_is_a_formula(desk: Desk) -> None:
    for name in HOSTILE:
        await make_contact(desk.database, name=name, phones=["+380671234567"])
    await desk.order(desk.owner, format="csv")
    rows = table(desk.file(await desk.work()))
    assert [row["Name"].removeprefix("'") for row in rows] == HOSTILE
    assert all(row["Name"].startswith("'") for row in rows[:4])
    assert rows[0]["Phone"] == "+380671234567"
    assert {row["Export"] for row in rows} == {(await desk.log()).mark}


SHEETS = {"ru": ["Клиенты", "Выгрузка"], "uk": ["Клієнти", "Вивантаження"], "en": ["Customers", "Export"]}
PROFILE = {
    "birthday": "1990-03-08", "sex": "female", "city": "Київ", "call_time": "після 18:00", "organisation": "Ромашка",
    "position": "директорка", "preferences": "чай, а не кава",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["xlsx", "csv"])
async def test_a_file_in_the_readers_words_is_read_back_as_the_cards_it_was_made_of(
    desk: Desk, database_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, format: str
) -> None:
    """No column is set by hand; statuses, languages and choices are said in words and known by them."""
    in_this_process(monkeypatch)
    many: dict[str, Any] = {"phones": ["+380671234567", "+380507654321"], "emails": ["olga@ukr.net", "koval@ukr.net"]}
    known: dict[str, Any] = {
        "username": "olga_k",
        "source_first": "Ярмарок",
        "fields": PROFILE,
        "created_at": NOON - timedelta(days=9),
    }
    olga = await make_contact(desk.database, name="Ольга Коваль", status="gone", language="en", **many, **known)
    await desk.database.write(lambda tx: tags.add(tx, olga, ["опт", "vip"], now=NOON))
    shorter: dict[str, Any] = {"phones": ["+380931112233"], "emails": ["taras@ukr.net"]}
    yearless = {"birthday": "--04-11", "sex": "male"}
    await make_contact(desk.database, name="Тарас Бульба", status="vip", language="uk", fields=yearless, **shorter)
    await desk.order(desk.owner, format=format, language=language)
    path = desk.file(await desk.work())
    if format == "xlsx":
        book = CalamineWorkbook.from_path(str(path))
        assert book.sheet_names == SHEETS[language]
        written = {cell for row in book.get_sheet_by_index(0).to_python() for cell in row}
        words = words_in(language)
        assert {words.plain(key) for key in ("status-gone", "status-vip", "language-en", "language-uk")} <= written
    shutil.copy(database_template, tmp_path / "other.db")
    other = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", synchronous="OFF")
    await other.open()
    try:
        done = await Importer(other, tmp_path / "imports").bring(path.read_bytes(), path.name)
        assert done.counts is not None
        assert (done.counts["new"], done.counts["faulty"], done.counts["lost"]) == (2, 0, 0)
        assert await cards_of(other) == await cards_of(desk.database)
    finally:
        await other.close()


async def cards_of(database: Database) -> list[Any]:
    """What a file can say of the people of a base."""
    async with database.read() as reads:
        records = await export_rows.records(reads, [1, 2])
    said = ("name", "username", "phones", "emails", "tags", "language", "status", "source", "fields")
    return [{name: getattr(one, name) for name in said} | {"since": one.created_at.date()} for one in records]


async def test_a_sheet_has_typed_cells_and_says_who_took_it(desk: Desk) -> None:
    for name in HOSTILE:
        await make_contact(
            desk.database, name=name, purchases=2, spent=150_050, last_purchase_at=NOON, fields={"city": "=2+2"}
        )
    await desk.order(desk.owner, format="xlsx")
    book = CalamineWorkbook.from_path(str(desk.file(await desk.work())))
    headings, *rows = book.get_sheet_by_index(0).to_python()
    people = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [one["Name"] for one in people] == HOSTILE
    assert people[0]["Spent"] == 1500.5
    assert people[0]["Last purchase"] == NOON.replace(tzinfo=None).replace(hour=NOON.hour + 2)  # Kyiv
    assert "=2+2" in people[0].values()
    about = [row[0] for row in book.get_sheet_by_index(1).to_python()]
    assert about[0] == (await desk.log()).mark
    assert "Alice" in str(about[1])


async def test_a_list_to_call_holds_phones_alone(desk: Desk) -> None:
    await make_contact(desk.database, name="Anna", phones=["+380671234567"], emails=["anna@example.com"])
    await make_contact(desk.database, name="Ben", emails=["ben@example.com"])
    for format in extracting.FORMATS:
        await desk.order(desk.owner, use=Use.CALL, format=format)
    said = await desk.work()
    assert (await desk.log()).contacts == 1
    assert "1 more" in said.payload["text"]
    for path in (desk.folder / extracting.FOLDER).iterdir():
        if path.suffix != ".xlsx":
            text = path.read_text(encoding="utf-8-sig")
            assert "+380671234567" in text
            assert "example.com" not in text


async def test_a_list_to_write_to_holds_only_who_agreed(desk: Desk) -> None:
    anna = await make_contact(desk.database, name="Anna", emails=["anna@example.com"])
    await make_contact(desk.database, name="Ben", emails=["ben@example.com"])
    for granted in (True, False, True):
        await make_consent(desk.database, anna, purpose="marketing", granted=granted)
    carl = await make_contact(desk.database, name="Carl", emails=["carl@example.com"])
    for granted in (True, False):
        await make_consent(desk.database, carl, purpose="marketing", granted=granted)
    await desk.order(desk.owner, use=Use.MAIL)
    assert [row["Name"] for row in table(desk.file(await desk.work()))] == ["Anna"]


async def test_a_card_of_a_phone_book_is_well_formed(desk: Desk) -> None:
    await make_contact(
        desk.database, name="Ж" * 60 + ";,\n", phones=["+380671234567"], tags=["vip"], fields={"birthday": "--03-08"}
    )
    await desk.order(desk.owner, format="vcard")
    raw = desk.file(await desk.work()).read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCARD"
    assert "FN:" + "Ж" * 60 + "\\;\\,\\n" in lines
    assert {"TEL;TYPE=CELL:+380671234567", "CATEGORIES:vip", "BDAY:--03-08", "END:VCARD"} <= set(lines)


async def test_only_the_people_of_the_query_are_in_it(desk: Desk) -> None:
    await make_contact(desk.database, name="Anna", tags=["vip"])
    await make_contact(desk.database, name="Ben")
    await desk.order(desk.owner, query="tag:vip")
    said = await desk.work()
    assert [row["Name"] for row in table(desk.file(said))] == ["Anna"]
    assert (await desk.log()).segment == "tag:vip"


async def test_the_archive_holds_every_table_and_every_file(desk: Desk) -> None:
    await make_contact(desk.database, name="=Anna", phones=["+380671234567"])
    (desk.folder / "files" / "1").mkdir(parents=True)
    (desk.folder / "files" / "1" / "2.jpg").write_bytes(b"picture")
    await desk.database.write(lambda tx: extracting.order_archive(tx, desk.owner, language="uk", now=NOON))
    said = await desk.work()
    with zipfile.ZipFile(desk.file(said)) as archive:
        names = set(archive.namelist())
        people = list(csv.DictReader(io.StringIO(archive.read("contacts.csv").decode("utf-8-sig"), newline="")))
        assert archive.read("files/1/2.jpg") == b"picture"
        assert b"CREATE TABLE contacts" in archive.read("schema.sql")
        assert (await desk.log()).mark.encode() in archive.read("README.txt")
    assert {"contacts.csv", "contact_points.csv", "purchases.csv", "requests.csv", "consents.csv"} <= names
    assert not names & {"inbox.csv", "outbox.csv", "facts.csv"}
    assert [one["name"] for one in people] == ["'=Anna"]


async def test_what_telegram_would_not_take_waits_on_the_server(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "LARGEST_SENT", 10)
    await desk.order(desk.owner)
    said = await desk.work()
    assert "attachment" not in said.payload
    assert extracting.FOLDER in said.payload["text"]


async def test_a_file_that_was_not_finished_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_contact(desk.database, name="Anna")

    async def away(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr("storage.export_rows.records", away)
    await desk.order(desk.owner, format="xlsx")
    with pytest.raises(OSError):
        await desk.work()
    assert list((desk.folder / extracting.FOLDER).iterdir()) == []
