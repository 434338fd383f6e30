"""Files that people bring: twenty programs' exports read with no mapping by hand; the hostile ones refused with a reason."""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm import columns
from crm.incoming import Reader
from services import reading_files, reading_limits
from services.reading_files import FileRefused, Head

SAMPLES = Path(__file__).parent.parent / "samples" / "imports"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

# What the first person of each file becomes; of some files the last one too.
FIRST: dict[str, dict[str, Any]] = {
    "amocrm_contacts.csv": {
        "name": "Светлана Орлова", "phone": ["+79161112233", "+79037778899"], "note": "Просила прайс\nЛюбит утро",
        "email": ["orlova@example.ru", "s.orlova@gmail.com"], "organisation": "ИП Орлова", "position": "Владелец",
        "tags": ["опт", "Москва"], "owner": "Дмитрий Менеджеров", "created": "2023-03-12T08:15:00+00:00",
    },
    "amocrm_contacts.xlsx": {
        "name": "Роман Гусев", "phone": ["+74951234567", "+79261234567"], "email": ["gusev@example.ru"],
        "organisation": "ООО Луч", "position": "Закупки", "tags": ["партнёр"], "owner": "Анна",
        "created": "2024-02-03T12:05:00+00:00",
    },
    "bitrix24.csv": {
        "name": "Наталия Викторовна Бондаренко", "phone": ["+380503332211"], "email": ["n.bondarenko@example.com"],
        "birthday": "1991-11-21", "username": "nat_bondarenko", "organisation": "Салон Весна", "position": "Мастер",
        "note": "Клиент с 2019 года", "source": "Веб-сайт", "owner": "Ольга Админ",
        "created": "2022-02-05T14:40:11+00:00",
    },
    "bitrix24_excel.xls": {
        "name": "Оксана Гончар", "phone": ["+380934445566"], "email": ["oksana@example.com"],
        "organisation": "Кав'ярня & Ко", "note": "перша зустріч\nдруга зустріч", "source": "Звонок", "owner": "Ольга",
        "created": "2024-03-01T10:00:00+00:00",
    },
    "by_hand.xlsx": {
        "name": "Екатерина Волкова", "phone": ["+380671234567"], "birthday": "1992-04-17", "city": "Киев",
        "source": "Instagram", "note": "аллергия на латекс", "owner": "Ольга",
    },
    "by_hand_russian.csv": {
        "name": "Анна Петровна Иванова", "phone": ["+79161234567"], "birthday": "1990-03-08", "city": "Москва",
        "note": "постоянная",
    },
    "excel_unicode_text.txt": {
        "name": "Тарас Шевченко", "phone": ["+380671234567"], "email": ["taras@ukr.net"], "birthday": "1984-03-09",
        "city": "Канів", "sex": "male", "tags": ["поет", "постійний"],
    },
    "google_2024.csv": {
        "name": "Олена Коваль", "phone": ["+380671234567", "+380441234567"], "birthday": "1990-03-08", "city": "Київ",
        "email": ["olena.koval@ukr.net", "o.koval@example.com"], "organisation": "Студія Льон", "position": "Дизайнерка",
        "note": "Любить каву,\nбез цукру", "tags": ["Постійні"],
    },
    "google_before_2024.csv": {
        "name": "Анна Сергеевна Петрова", "phone": ["+79161234567"], "email": ["anna.petrova@mail.ru"],
        "birthday": "1985-07-21", "organisation": "ООО Ромашка", "position": "Бухгалтер", "note": "Звонить после 18",
        "tags": ["Клиенты"],
    },
    "headerless.csv": {"name": "Анна Ковальова", "phone": ["+380671234567"], "email": ["anna@example.com"]},
    "hubspot.csv": {
        "name": "Maria Schmidt", "phone": ["+4930901820", "+4915123456789"], "email": ["maria@example.de"],
        "birthday": "1980-12-01", "city": "Berlin", "organisation": "Schmidt GmbH", "position": "CEO",
        "source": "Organic Search", "owner": "Olga Manager", "status": "potential", "language": "en",
        "created": "2024-03-05T12:22:00+00:00",
    },
    "icloud_3_0.vcf": {
        "name": "Ольга Юрьевна Лебедева", "phone": ["+79251112233", "+74951112233"], "email": ["olga@icloud.com"],
        "birthday": "--11-05", "city": "Казань", "organisation": "Студия, дизайн", "position": "Архитектор",
        "username": "olga_lebedeva", "tags": ["Клиенты", "VIP"],
        "note": "Первая строка\nвторая строка очень длинной заметки, которая переносится по строкам",
    },
    "koi8.csv": {"name": "Їжакевич Євген", "phone": ["+380671112233"], "city": "Київ", "note": "знайомий, друг"},
    "libreoffice.ods": {
        "name": "Софія Андріївна Мельник", "phone": ["+380931234567"], "email": ["sofia@example.com"],
        "birthday": "1995-09-01", "city": "Львів", "note": "алергія",
    },
    "old_base.xls": {
        "name": "Вера Павловна Захарова", "phone": ["+79031112233"], "email": ["vera@example.ru"],
        "birthday": "1970-06-01", "sex": "female", "tags": ["Постоянные"],
    },
    "outlook_english.csv": {
        "name": "Kate Brown", "phone": ["+442079460958", "+447911123456"], "email": ["kate.brown@example.com"],
        "birthday": "1988-03-25", "city": "London", "organisation": "Acme Ltd", "position": "Manager",
        "tags": ["VIP", "Newsletter"], "note": "Prefers e-mail",
    },
    "outlook_russian.csv": {
        "name": "Мария Ивановна Сидорова", "phone": ["+74951234567", "+79265554433"], "email": ["sidorova@example.ru"],
        "birthday": "1979-05-15", "city": "Москва", "organisation": "ООО Вектор", "position": "Директор",
        "sex": "female", "tags": ["Клиенты", "Опт"],
    },
    "phone_2_1.vcf": {
        "name": "Олександр Іванович Гриценко", "phone": ["+380675554433"], "email": ["gritsenko@example.com"],
        "birthday": "1975-10-02", "organisation": "Майстерня", "note": "Дзвонити після 18",
    },
    "purchases.csv": {
        "name": "Анна Петрова", "phone": ["+79161234567"], "amount": [150000, "RUB"], "what": "Стрижка",
        "order": "A-1001", "bought_at": "2026-01-05T10:00:00+00:00",
    },
    "sendpulse.csv": {
        "name": "Иван", "phone": ["+380631234567"], "email": ["ivan@example.com"], "city": "Одесса", "status": "active",
        "created": "2023-05-10T09:30:00+00:00",
    },
    "sendpulse_telegram.csv": {
        "name": "Вероника", "phone": ["+380661112233"], "username": "veronika_k", "telegram_id": 512345678,
        "tags": ["webinar", "vip"], "status": "active", "created": "2024-01-15T08:00:00+00:00",
    },
    "vcard_4_0.vcf": {
        "name": "Daniel Kowalski", "phone": ["+48501234567"], "email": ["daniel@example.pl"], "birthday": "--04-12",
        "organisation": "Kowalski Sp. z o.o.", "username": "dkowalski", "sex": "male", "tags": ["partner"],
        "language": "en",
    },
}  # fmt: skip
WRITTEN_BY = {
    "amocrm_contacts.csv": "amocrm",
    "amocrm_contacts.xlsx": "amocrm",
    "bitrix24.csv": "bitrix24",
    "bitrix24_excel.xls": "bitrix24",
    "google_2024.csv": "google",
    "google_before_2024.csv": "google",
    "hubspot.csv": "hubspot",
    "outlook_english.csv": "outlook",
    "outlook_russian.csv": "outlook",
    "sendpulse.csv": "sendpulse",
    "sendpulse_telegram.csv": "sendpulse",
}


def test_every_sample_is_tried() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(FIRST)
    assert len(FIRST) >= 20


@pytest.mark.parametrize("name", sorted(FIRST))
def test_what_a_program_writes_is_read_with_no_mapping_by_hand(name: str) -> None:
    table = reading_files.open_table(SAMPLES / name)
    assert table.head.program == WRITTEN_BY.get(name, "")
    mapping = columns.recognise(table.head.headings, table.head.sample)
    reader = Reader(mapping, regions=("UA", "RU"), zone=ZoneInfo("Europe/Kyiv"), now=NOW)
    cards = [reader.to_card(cells) for _, cells in table.rows]
    assert [fault for card in cards for fault in card.faults] == []
    assert cards[0].values == FIRST[name]
    assert all({"phone", "email"} & set(card.values) for card in cards)


def read(tmp_path: Path, content: bytes | str, name: str = "file.csv", sheet: str | None = None) -> Head:
    """The head of a file with this content; its rows are gone through, as the process does."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reading_files.write_rows(reading_files.open_table(path, sheet), tmp_path / "rows.jsonl")


def rows(tmp_path: Path) -> list[tuple[int, list[str]]]:
    return list(reading_files.stored_rows(tmp_path / "rows.jsonl"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8_u"])
def test_any_delimiter_in_any_encoding_is_the_same_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["Имя", "Телефон", "Заметка"], ["Юрий", "0671234567", "любит, когда; тихо"], ["Мария", "0501112233", ""]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    head = read(tmp_path, text.encode(encoding))
    assert head.headings == ("Имя", "Телефон", "Заметка")
    assert rows(tmp_path) == [(2, lines[1]), (3, lines[2][:2])]


def test_cp866_and_mac_are_read_too(tmp_path: Path) -> None:
    for encoding in ("cp866", "mac_cyrillic"):
        head = read(tmp_path, "Имя;Телефон\nАлександра Воробьева;0671234567\n".encode(encoding))
        assert head.headings == ("Имя", "Телефон")


def test_western_and_polish_names_stay_what_they_are(tmp_path: Path) -> None:
    for encoding, name in (("cp1252", "Zoë Müller"), ("cp1250", "Małgorzata Żak")):
        read(tmp_path, f"name;phone\n{name};+48501234567\n".encode(encoding))
        assert rows(tmp_path)[0][1][0] == name


def test_quoted_lines_and_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    read(tmp_path, 'name,note\n"Anna ""Ann""","one\ntwo"\n')
    assert rows(tmp_path) == [(2, ['Anna "Ann"', "one\ntwo"])]


def test_the_line_by_which_excel_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    head = read(tmp_path, "sep=|\nname|phone\nAnna|0671234567\n")
    assert (head.delimiter, head.headings) == ("|", ("name", "phone"))
    assert rows(tmp_path) == [(3, ["Anna", "0671234567"])]


def test_what_sheets_do_to_keep_a_number_a_text_is_undone(tmp_path: Path) -> None:
    read(tmp_path, 'name,phone\nAnna,"=""0671234567"""\nBob,\'+380501112233\n')
    assert [cells[1] for _, cells in rows(tmp_path)] == ["0671234567", "+380501112233"]


def test_nul_bytes_in_a_text_are_left_out(tmp_path: Path) -> None:
    read(tmp_path, b"name,phone\nAn\0na,0671234567\n")
    assert rows(tmp_path) == [(2, ["Anna", "0671234567"])]


def test_a_file_cut_in_the_middle_of_a_letter_is_still_utf_8(tmp_path: Path) -> None:
    head = read(tmp_path, ("Имя,Город\n" + "Мария,Київ\n" * 5).encode()[:-2])
    assert head.encoding == "utf-8"
    assert head.headings == ("Имя", "Город")


def test_rows_are_numbered_as_in_the_sheet_and_empty_ones_left_out(tmp_path: Path) -> None:
    read(tmp_path, "name,phone\n\nAnna,0671234567\n,,\nBob,0501112233\n")
    assert [number for number, _ in rows(tmp_path)] == [3, 5]


def test_the_ending_of_the_name_decides_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, (SAMPLES / "by_hand.xlsx").read_bytes(), "clients.csv").format == "xlsx"
    assert read(tmp_path, "name;phone\nAnna;0671234567\n", "clients.xlsx").format == "csv"
    assert read(tmp_path, (SAMPLES / "icloud_3_0.vcf").read_bytes(), "clients.txt").format == "vcard"


def test_the_head_survives_being_kept(tmp_path: Path) -> None:
    head = read(tmp_path, "name,phone\nAnna,0671234567\n")
    assert Head.from_json(json.loads(json.dumps(head.to_json()))) == head
    assert head.rows == 1


# ------------------------------------------------------------------------------------------------------------- vCards


def test_a_card_with_its_own_charset_and_soft_line_ends_is_read(tmp_path: Path) -> None:
    card = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=E5=F2=\r\n=F0=EE=E2;=C0=ED=ED=E0\r\n"
        b"TEL;CELL:+380671234567\r\nEND:VCARD\r\n"
    )
    assert read(tmp_path, card).format == "vcard"
    cells = rows(tmp_path)[0][1]
    assert cells[1:5] == ["Анна", "", "Петров", "+380671234567"]


def test_cards_in_utf_16_are_cards(tmp_path: Path) -> None:
    read(tmp_path, "BEGIN:VCARD\nFN:Мария\nTEL:0671234567\nEND:VCARD\n".encode("utf-16"))
    assert rows(tmp_path)[0][1][0] == "Мария"


def test_the_last_card_of_a_file_cut_short_is_not_lost(tmp_path: Path) -> None:
    assert read(tmp_path, "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nTEL:0671234567\n").rows == 2


def test_a_broken_line_costs_a_card_only_itself(tmp_path: Path) -> None:
    read(tmp_path, "BEGIN:VCARD\nFN:A\nrubbish\nTEL;=;;:0671234567\nEMAIL;ENCODING=BASE64:%%%\nEND:VCARD\n")
    assert rows(tmp_path)[0][1][:5] == ["A", "", "", "", "0671234567"]


# ------------------------------------------------------------------------------------------------------------ the hostile


def sheet_file(rows_of_xml: Iterable[bytes]) -> bytes:
    """The least that calls itself an XLSX, with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="r" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="r" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for one in rows_of_xml:
                sheet.write(one)
            sheet.write(b"</sheetData></worksheet>")
    return content.getvalue()


def encrypted_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    marked = bytearray(content.getvalue())
    marked[marked.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = (SAMPLES / "by_hand.xlsx").read_bytes()
PLAIN_ZIP = io.BytesIO()
with zipfile.ZipFile(PLAIN_ZIP, "w") as _archive:
    _archive.writestr("letter.txt", "hello")

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "empty lines": (b"\n\n ,, \n", "empty"),
    "half a sheet": (WHOLE[: len(WHOLE) // 2], "broken"),
    "noise that begins as a sheet": (b"PK\x03\x04" + bytes(range(256)) * 50, "broken"),
    "noise that begins as an old sheet": (COMPOUND + bytes(range(256)) * 50, "broken"),
    "a sheet with a password": (COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an archive with a password": (encrypted_zip(), "encrypted"),
    "an archive of something else": (PLAIN_ZIP.getvalue(), "not-table"),
    "noise": (random.Random(1).randbytes(20_000) + b"\0" * 400, "not-table"),
    "nothing but NUL": (b"\0" * 50_000, "not-table"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "not-table"),
    "a PDF": (b"%PDF-1.7 name,phone", "not-table"),
    "a web page without a table": (b"<!DOCTYPE html><p>hello", "web-page"),
    "a quotation nobody closes": (b'name,phone\n"Anna,067\n' + b"Bob,050\n" * 30, "quotes"),
    "a long quotation nobody closes": (b'name,phone\n"Anna,067\n' + b"Bob,050\n" * 9000, "quotes"),
    "one endless line": (b"x" * 1_100_000, "line-long"),
    "a million columns": (b"a," * 1_000_000 + b"\n", "line-long"),
    "six hundred columns": (b"a," * 600 + b"b\n", "columns"),
    "a sheet of six hundred columns": (
        sheet_file([b'<row r="1">', *[b"<c><v>1</v></c>"] * 600, b"</row>"]),
        "columns",
    ),
    "a table of endless rows": (b"<table><tr>" + b"<td>a" * 600, "columns"),
    "a card that never ends": (b"BEGIN:VCARD\nFN:" + b"x" * 1_100_000, "line-long"),
    "cards of nobody": (b"BEGIN:VCARD\n" * 1000, "empty"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(tmp_path: Path, what: str) -> None:
    content, reason = REFUSED[what]
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, content)
    assert refused.value.reason == reason
    assert reason in reading_limits.REASONS
    assert not (tmp_path / "rows.jsonl").exists()


def test_more_rows_than_a_file_may_have_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_limits, "MOST_ROWS", 1000)
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, "name,phone\n" + "Anna,0671234567\n" * 1001)
    assert refused.value.reason == "rows"
    assert not (tmp_path / "rows.jsonl").exists()


def test_a_sheet_that_is_asked_for_is_read_and_another_refused(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE, "a.xlsx", "Клиенты").sheets == ("Клиенты", "Пусто")
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, WHOLE, "a.xlsx", "Нет такого")
    assert refused.value.reason == "sheet-unknown"


# --------------------------------------------------------------------------------------------------------- the process


def in_child(path: Path, out: Path, sheet: str | None = None) -> Head:
    return asyncio.run(reading_files.read_in_child(path, out, sheet=sheet))


def test_a_process_of_its_own_reads_the_same(tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    head = in_child(SAMPLES / "by_hand.xlsx", out)
    assert head.rows == 3
    assert head.headings[1] == "Имя клиента"
    assert [number for number, _ in reading_files.stored_rows(out)] == [4, 5, 6]
    assert [number for number, _ in reading_files.stored_rows(out, after=2)] == [6]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize(
    ("rows_of_xml", "reason"),
    [
        # One cell in the farthest corner: laid out, that is a sheet of 17 milliards of cells.
        ([b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'], "memory"),
        # 850 KB that unpack to 240 MB.
        ([b"<row><c><v>1</v></c></row>" * 400_000] * 24, "bomb"),
    ],
    ids=["sparse", "bomb"],
)
def test_what_would_eat_the_machine_ends_with_its_process(
    tmp_path: Path, rows_of_xml: list[bytes], reason: str
) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(sheet_file(rows_of_xml))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(FileRefused) as refused:
        in_child(path, tmp_path / "rows.jsonl")
    assert refused.value.reason == reason
    assert not (tmp_path / "rows.jsonl").exists()


async def test_cancelling_ends_the_process_and_leaves_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "long.csv", tmp_path / "rows.jsonl"
    path.write_text("name,phone\n" + "Anna,0671234567\n" * 500_000)
    reading = asyncio.ensure_future(reading_files.read_in_child(path, out))
    while not out.exists():
        await asyncio.sleep(0.01)
        assert not reading.done()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not out.exists()
