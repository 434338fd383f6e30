"""Imports: what a file says becomes cards, once; what an import did can be taken back whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import select

from crm.entries import Sale
from locales import words_in
from scheduler import importing_work
from services import import_showing, preparing_entries
from storage import tables
from storage.engine import Database
from tests.places import make_office
from tests.services.import_files import Importer, in_this_process, table
from tests.storage.makers import make_consent, make_contact
from views import import_screens

SAMPLES = Path(__file__).parent.parent / "samples" / "imports"


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path / "data")


async def rows(database: Database, name: str) -> list[Any]:
    async with database.read() as reads:
        return list(await reads.all(select(tables.metadata.tables[name])))


async def test_people_of_a_file_become_cards(importer: Importer) -> None:
    """Each with every number they came with, nobody reachable, and what was said to messages."""
    done = await importer.bring(
        table(
            ("Имя", "Телефон", "E-mail", "Город", "Метки"),
            ("Анна Коваль", "067 123 45 67, 050 765-43-21", "anna@ukr.net", "Київ", "vip"),
            ("Иван Петров", "8 916 123-45-67", "", "", ""),
        ),
        source="old-base",
        tags=["импорт"],
    )
    assert done.state == "done", done
    assert done.counts
    assert done.counts["new"] == 2
    anna, ivan = await rows(importer.database, "contacts")
    assert (anna.name, anna.source_first, anna.telegram_id, anna.reachable) == ("Анна Коваль", "old-base", None, False)
    assert anna.fields == {"city": "Київ"}
    points = await rows(importer.database, "contact_points")
    assert sorted((one.contact_id, one.value) for one in points) == [
        (anna.id, "+380507654321"), (anna.id, "+380671234567"), (anna.id, "anna@ukr.net"), (ivan.id, "+79161234567"),
    ]  # fmt: skip
    assert {(one.contact_id, one.granted) for one in await rows(importer.database, "consents")} == {
        (anna.id, False), (ivan.id, False),
    }  # fmt: skip


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()), ids=str)
async def test_a_file_as_its_program_writes_it_is_imported_with_nothing_set_by_hand(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, sample: str
) -> None:
    """Every row of it becomes somebody, or is told; undone, nobody is left."""
    in_this_process(monkeypatch)
    done = await importer.bring((SAMPLES / sample).read_bytes(), sample, agreed=True, proof="forms")
    assert done.state == "done", done.counts
    assert done.counts is not None
    if sample == "purchases.csv":
        # In roubles, for which this playbook has no rate: the people are brought, each purchase waits.
        assert done.counts["held"] == done.counts["rows"]
        assert await rows(importer.database, "purchases") == []
    made = done.counts["new"]
    assert made > 0
    assert made + done.counts["changed"] + done.counts["unchanged"] + done.counts["lost"] == done.counts["rows"]
    assert len(await rows(importer.database, "contacts")) == made
    await importer.undo(done.id)
    for name in ("contacts", "contact_points", "consents", "purchases", "tags", "events"):
        assert await rows(importer.database, name) == []


async def test_purchases_of_a_file_go_to_their_people_once(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """By phone or e-mail; the card's sums follow; an order is brought once; a currency without a rate is said."""
    in_this_process(monkeypatch)
    anna = await make_contact(importer.database, name="Анна", phones=["+380671234567"])
    orders = table(
        ("Телефон", "Номер заказа", "Сумма", "Дата заказа", "Товар"),
        ("067 123 45 67", "A-1", "1 500,50", "01.03.2025", "Пальто"),
        ("067 123 45 67", "A-2", "200", "02.03.2025", "Шарф"),
        ("050 765 43 21", "A-3", "99", "03.03.2025", "Носки"),
        ("050 765 43 21", "A-4", "10 GEL", "03.03.2025", "Сувенир"),
    )
    done = await importer.bring(orders, "orders.csv")
    assert (done.kind, done.state) == ("purchases", "done")
    assert done.counts is not None
    assert (done.counts["sales"], done.counts["new"], done.counts["held"], done.counts["lost"]) == (3, 1, 1, 0)
    sums = {row.id: (row.purchases, row.spent) for row in await rows(importer.database, "contacts")}
    assert sums[anna] == (2, 170050)
    again = await importer.bring(orders, "orders.csv")
    assert again.counts is not None
    assert again.counts["sales"] == 0
    assert {row.id: (row.purchases, row.spent) for row in await rows(importer.database, "contacts")} == sums
    await importer.undo(done.id)
    (left,) = await rows(importer.database, "contacts")
    assert (left.id, left.purchases, left.spent) == (anna, 0, 0)


async def test_a_purchase_that_cannot_be_read_comes_once_with_the_corrected_report(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its person comes at once. Written with today's date it would count as new, and the report sent back double it."""
    in_this_process(monkeypatch)
    mistaken = {"31.02.2026": "28.02.2026", "20.01.2030": "20.01.2026", "много": "700"}
    orders = table(
        ("Имя", "Телефон", "Номер заказа", "Сумма", "Дата заказа"),
        ("Тест Двойной", "067 222 99 99", "", "500", "31.02.2026"),
        ("Тест Будущий", "067 222 99 98", "Z-4", "600", "20.01.2030"),
        ("Тест Многий", "067 222 99 97", "Z-5", "много", "01.03.2026"),
        ("Тест Целый", "067 222 99 96", "Z-6", "800", "02.03.2026"),
    )
    done = await importer.bring(orders, "orders.csv")
    assert done.counts is not None
    assert {kind: done.counts[kind] for kind in ("new", "sales", "held", "lost")} == {
        "new": 4, "sales": 1, "held": 3, "lost": 0,
    }  # fmt: skip
    assert "3 purchases wait" in import_screens.done(words_in("en"), import_showing.shown(done, None)).text
    report = import_showing.write_report_of(importer.place, done, "ru").read_text("utf-8-sig")
    assert report.count("покупка ждёт, пока строка не исправлена") == 3
    for wrong, right in mistaken.items():
        report = report.replace(wrong, right)
    again = await importer.bring(report.encode("utf-8-sig"), "orders-исправить.csv")
    assert again.counts is not None
    assert {kind: again.counts.get(kind, 0) for kind in ("new", "sales", "held")} == {"new": 0, "sales": 3, "held": 0}
    bought = [(one.value, one.at.date().isoformat()) for one in await rows(importer.database, "purchases")]
    assert sorted(bought) == [
        (50000, "2026-02-28"),
        (60000, "2026-01-20"),
        (70000, "2026-03-01"),
        (80000, "2026-03-02"),
    ]


async def words_of(database: Database) -> dict[str, Any]:
    """The only card's last words and its consent, as the card says them."""
    (card,) = await rows(database, "contacts")
    return {name: getattr(card, f"consent_{name}") for name in ("marketing", "processing", "version")}


async def test_a_no_of_a_later_file_takes_back_the_yes_of_an_earlier_one(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never the other way round; who is left alone is left alone; both words stay as proof."""
    in_this_process(monkeypatch)
    anna = table(("Имя", "Телефон"), ("Анна", "067 123 45 67"))
    await importer.bring(anna, "first.csv", agreed=True, proof="forms")
    granted = await words_of(importer.database)
    assert (granted["marketing"], granted["processing"]) == (True, True)
    importer.clock.move(timedelta(minutes=5))
    await importer.bring(anna, "second.csv", agreed=False, mode="skip")
    assert await words_of(importer.database) == granted
    dry = await importer.bring(anna, "second.csv", agreed=False, dry_run=True)
    done = await importer.bring(anna, "second.csv", agreed=False)
    assert dry.counts is not None
    assert done.counts is not None
    assert dry.counts["changed"] == done.counts["changed"] == 1
    refused = {"marketing": False, "processing": False, "version": None}
    assert await words_of(importer.database) == refused
    said = [(one.purpose, one.granted) for one in await rows(importer.database, "consents")]
    assert sorted(said) == [("marketing", False), ("marketing", True), ("processing", False), ("processing", True)]
    importer.clock.move(timedelta(minutes=5))
    again = await importer.bring(anna, "third.csv", agreed=True)
    assert await words_of(importer.database) == refused
    assert again.counts is not None
    assert again.counts["unchanged"] == 1
    await importer.undo(done.id)
    assert await words_of(importer.database) == granted


async def test_what_people_said_themselves_stands_whatever_a_file_says(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a file had said the same for them: the last word is theirs."""
    in_this_process(monkeypatch)
    anna = table(("Имя", "Телефон"), ("Анна", "067 123 45 67"))
    await importer.bring(anna, agreed=True)
    (card,) = await rows(importer.database, "contacts")
    importer.clock.move(timedelta(minutes=5))
    await make_consent(importer.database, card.id, purpose="marketing", message_id=7, at=importer.clock.now())
    await importer.bring(anna, agreed=False)
    assert await words_of(importer.database) == {"marketing": True, "processing": False, "version": None}


async def test_a_note_that_says_less_than_one_of_the_card_is_there_already(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several columns become one note; the person comes again with fewer of them."""
    in_this_process(monkeypatch)
    await importer.bring(table(("Имя", "Телефон", "Заметка", "Примечание"), ("Анна", "0671234567", "D-4", "борщ")))
    await importer.bring(table(("Имя", "Телефон", "Заметка"), ("Анна", "0671234567", "борщ")))
    await importer.bring(table(("Имя", "Телефон", "Заметка"), ("Анна", "0671234567", "щи")))
    assert [one.text for one in await rows(importer.database, "notes")] == ["D-4\nборщ", "щи"]


CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Анна Коваль
TEL:0671234567
BDAY:1990-03-08
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Иван Петров
TEL:12
END:VCARD
"""


async def test_contacts_of_a_phone_are_people_and_fields_in_the_readers_words(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No card has headings, rows or columns; its report has headings, and is known again in whatever language."""
    in_this_process(monkeypatch)
    words = words_in("ru")
    dry = await importer.bring(CARDS.encode(), "contacts.vcf", dry_run=True)
    screen = await import_showing.screen(importer.place, replace(dry, state="mapping"), words, None)
    assert "2 контакта" in screen.text
    assert "<b>Телефон</b> → Телефон" in screen.text
    ready = await import_showing.screen(importer.place, dry, words, None)
    assert "контакт 2, Телефон «12»" in ready.text
    assert ready.buttons[0][0].text == "Импортировать 1 контакт"
    for said in (screen.text, ready.text):
        assert not {"столбец", "строк", "Name", "Phone"} & set(re.findall(r"[A-Za-z]+|столбец|строк", said))
    done = await importer.bring(CARDS.encode(), "contacts.vcf")
    report = import_showing.write_report_of(importer.place, done, "ru").read_text("utf-8-sig")
    assert report.startswith("Имя целиком;Имя;Отчество;Фамилия;Телефон;")
    again = await importer.bring(report.replace(";12;", ";0501234567;").encode("utf-8-sig"), "report.csv")
    assert again.mapping is not None
    assert again.mapping["corrects"] == done.id
    assert [one.name for one in await rows(importer.database, "contacts")] == ["Анна Коваль", "Иван Петров"]


@pytest.mark.parametrize(("language", "day"), [("ru", "5 марта 2026"), ("uk", "5 березня 2026"), ("en", "5 Mar 2026")])
async def test_a_day_of_a_sheet_is_shown_as_the_reader_writes_it(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, day: str
) -> None:
    """A sheet keeps a number and shows a day; what is wrong with it is said of the same day."""
    in_this_process(monkeypatch)
    book = xlsxwriter.Workbook(str(tmp_path / "sheet.xlsx"))
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    for row, cells in enumerate([("Имя", "Телефон", "Дата добавления"), ("Анна", "067 123 45 67")]):
        sheet.write_row(row, 0, cells)
    sheet.write_datetime(1, 2, date(2026, 3, 5), days)
    sheet.write_row(2, 0, ("Иван", "050 123 45 67"))
    sheet.write_datetime(2, 2, datetime.combine(date(2030, 3, 5), time(14, 30)), days)
    book.close()
    dry = await importer.bring((tmp_path / "sheet.xlsx").read_bytes(), "sheet.xlsx", dry_run=True)
    screen = await import_showing.screen(importer.place, replace(dry, state="mapping"), words_in(language), None)
    assert f"{day} · " in screen.text
    ready = await import_showing.screen(importer.place, dry, words_in(language), None)
    assert f"«{day.replace('2026', '2030')} 14:30»" in ready.text
    assert "2030-" not in ready.text


async def test_progress_counts_only_what_has_come(importer: Importer) -> None:
    kept = await importer.begin(table(("Имя", "Телефон"), ("Анна", "0671234567")))
    said = import_screens.running(words_in("ru"), import_showing.shown(replace(kept, counts={"entries": 1}), None)).text
    assert "новых" not in said


async def test_a_purchase_without_a_number_does_not_come_again_with_its_corrected_row(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came with the row although the e-mail did not; in any other file the same would be another purchase."""
    in_this_process(monkeypatch)
    orders = table(
        ("Телефон", "Почта", "Сумма", "Дата заказа", "Товар"),
        ("067 123 45 67", "anna@gmial.com", "500", "01.03.2026", "Пальто"),
        ("067 123 45 67", "anna@gmial.com", "70", "02.03.2026", "Шарф"),
        ("050 123 45 67", "ivan@ukr.net", "90", "02.03.2026", "Шарф"),
    )
    done = await importer.bring(orders, "orders.csv")
    report = import_showing.write_report_of(importer.place, done, "ru").read_text("utf-8-sig")
    report = report.replace("gmial", "gmail").replace("Шарф", "Шарф и шапка")
    dry = await importer.bring(report.encode("utf-8-sig"), "report.csv", dry_run=True)
    said = import_screens.ready(words_in("en"), import_showing.shown(dry, None), []).text
    assert "1 of them is here already" in said
    again = await importer.bring(report.encode("utf-8-sig"), "report.csv")
    assert again.counts is not None
    assert (again.counts["sales"], again.counts["changed"]) == (1, 1)
    bought = [(one.value, one.what) for one in await rows(importer.database, "purchases")]
    assert bought == [(50000, "Пальто"), (7000, "Шарф"), (9000, "Шарф"), (7000, "Шарф и шапка")]
    assert "anna@gmail.com" in {one.value for one in await rows(importer.database, "contact_points")}
    anew = await importer.bring(orders, "orders.csv")
    assert anew.counts is not None
    assert anew.counts["sales"] == 3


async def test_a_file_goes_when_its_time_is_over(importer: Importer) -> None:
    """Thirty days after the last thing that happened with it."""
    done = await importer.bring(table(("Имя", "Телефон"), ("Анна", "0671234567")))
    folder = Path(importer.place.data_folder) / (done.path or "")
    office = make_office(importer.database, place=importer.place, clock=importer.clock)
    importer.clock.move(timedelta(days=29))
    await importing_work.clean(office)
    assert list(folder.glob("source*"))
    assert not list(folder.glob("rows*"))
    importer.clock.move(timedelta(days=2))
    await importing_work.clean(office)
    assert not folder.exists()
    assert (await importer.get(done.id)).path is None


async def test_the_dry_run_says_how_many_purchases_of_how_many_people_for_how_much(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An order that stands in two rows is one; what is in the base already is said to be left as it is."""
    in_this_process(monkeypatch)
    orders = table(
        ("Телефон", "Номер заказа", "Сумма", "Дата заказа", "Товар"),
        ("067 123 45 67", "A-1", "1 500,50", "01.03.2025", "Пальто"),
        ("067 123 45 67", "A-1", "1 500,50", "01.03.2025", "Пальто"),
        ("067 123 45 67", "A-2", "200", "02.03.2025", "Шарф"),
        ("050 765 43 21", "A-3", "99", "03.03.2025", "Носки"),
        ("050 765 43 21", "A-4", "10 GEL", "03.03.2025", "Сувенир"),
    )
    dry = await importer.bring(orders, "orders.csv", dry_run=True)
    assert dry.state == "ready"
    assert await rows(importer.database, "purchases") == []
    said = import_screens.ready(words_in("en"), import_showing.shown(dry, None), []).text
    assert "3 purchases of 2 people for 1,799.50\u00a0₴" in said
    assert "already" not in said
    await importer.bring(orders, "orders.csv")
    again = await importer.bring(orders, "orders.csv", dry_run=True)
    said = import_screens.ready(words_in("en"), import_showing.shown(again, None), []).text
    assert "3 of them are here already" in said


def test_purchases_are_added_up_by_currency() -> None:
    summary = preparing_entries.Summary()
    till = preparing_entries.Till(summary)
    for amount, currency, number, who in (
        (100, "UAH", "1", 7),
        (50, "USD", "2", 7),
        (30, "USD", None, 8),
        (9, "UAH", "1", 7),
    ):
        till.take(Sale(amount, currency, amount, "2025-03-01T00:00:00+00:00", number=number), [who])
    assert (summary.purchases, summary.buyers, summary.sums) == (3, 2, {"UAH": 100, "USD": 80})
