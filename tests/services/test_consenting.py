"""The last word on each purpose stands on the card, whoever wrote it and whatever was undone since."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services import merging
from storage import consents, merged, staff
from storage.engine import Database
from tests import last_words
from tests.clocks import NOON
from tests.services.import_files import Importer, in_this_process, table
from tests.storage import makers

PHONES = ("+380671234567", "+380507654321", "+380931112233")
NUMBERS = st.sampled_from((1, 2, 3))
STEPS = st.one_of(
    st.tuples(st.just("says"), NUMBERS, st.sampled_from(("processing", "marketing", "survey")), st.booleans()),
    st.tuples(st.just("merge"), NUMBERS, NUMBERS),
    st.tuples(st.just("part")),
    st.tuples(st.just("import"), st.booleans()),
    st.tuples(st.just("take back")),
)
SAID_AGAIN_AFTER_MERGING = [
    ("says", 1, "marketing", True),
    ("says", 2, "marketing", False),
    ("merge", 1, 2),
    ("says", 1, "marketing", False),
    ("part",),
]
SAID_AGAIN_AFTER_IMPORTING = [("import", True), ("says", 1, "marketing", True), ("take back",)]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)


class Life:
    """Three people who say yes and no while their cards are imported, merged and parted."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.importer = Importer(database, folder)
        self.merges: list[int] = []
        self.imports: list[int] = []

    async def begin(self) -> None:
        await makers.make_staff(self.database, id=1, role="owner")
        for number, phone in enumerate(PHONES, 1):
            await makers.make_contact(self.database, id=number, phones=[phone])

    async def live(self, what: str, *how: Any) -> None:
        match what:
            case "says":
                await self.say(await self.card(how[0]), *how[1:])
            case "merge":
                one, other = [await self.card(number) for number in how]
                if one != other:
                    await self.merge(one, other)
            case "part" if self.merges:
                await self.part(self.merges.pop())
            case "import":
                rows = [(f"Імʼя {phone}", phone) for phone in (*PHONES, "+380631231231")]
                done = await self.importer.bring(table(("Имя", "Телефон"), *rows), agreed=how[0])
                self.imports.append(done.id)
            case "take back" if self.imports:
                await self.importer.undo(self.imports.pop())

    async def card(self, number: int) -> int:
        async with self.database.read() as db:
            return await merged.leads_to(db, number) or number

    async def say(self, card: int, purpose: str, granted: bool) -> None:
        said: dict[str, Any] = {"granted": granted, "version": "1", "text": "…", "message_id": None, "now": NOON}
        await self.database.write(lambda tx: consents.add(tx, card, purpose, **said))

    async def merge(self, one: int, other: int) -> None:
        place = self.importer.place
        merge = await self.database.write(lambda tx: merging.merge(tx, place, one, other, {}, staff_id=1, now=NOON))
        self.merges.append(merge)

    async def part(self, merge: int) -> None:
        async with self.database.read() as db:
            alice = await staff.get(db, 1)
        await self.database.write(lambda tx: merging.undo(tx, self.importer.place, alice, merge, now=NOON))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=4, max_size=12))
@example(SAID_AGAIN_AFTER_MERGING)
@example(SAID_AGAIN_AFTER_IMPORTING)
async def test_a_card_says_the_last_word_after_every_step_of_any_history(
    database_template: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("life")
    path = Path(shutil.copy(database_template, folder / "kartoteka.db"))
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="OFF")
    await database.open()
    try:
        life = Life(database, folder / "data")
        await life.begin()
        for step in steps:
            await life.live(*step)
            assert last_words.mistaken(path) == [], step
    finally:
        await database.close()
