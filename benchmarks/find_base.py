"""The base that /find is measured on: made-up people with as many different words as real ones have, and their index.

Seeded: the same size and pool of surnames make the same base.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import string
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert

from crm import folding
from storage import search, search_schema, search_words, tables
from storage.engine import Database, Tx

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
WRITTEN_AT_ONCE = 20_000


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words("""Олександр Александр Наталія Наталья Олена Елена Сергій Сергей Тетяна Татьяна Ірина Ирина Андрій Андрей
Ольга Володимир Владимир Світлана Светлана Микола Николай Оксана Юлія Юлия Олексій Алексей Василь Василий Людмила
Дмитро Дмитрий Юрій Юрий Марія Мария Іван Иван Катерина Екатерина Вікторія Виктория Анна Ганна Ігор Игорь Михайло
Михаил Віктор Виктор Євген Евгений Максим Роман Аліна Алина Богдан Надія Надежда Анастасія Анастасия Валентина Віталій
Виталий Дарина Дарья Любов Любовь Галина Ярослав Тарас Петро Пётр Павло Павел Артем Артём Антон Олег Руслан Денис
Інна Инна Лариса Аліса Софія София Вероніка Вероника Христина Кристина Соломія Назар Остап Яна Алла Ніна Нина Лідія
Лилия Маргарита Поліна Полина Кирило Кирилл Данило Даниил Владислав Станіслав Станислав Вадим Едуард Эдуард Георгій
Георгий Костянтин Константин Григорій Григорий Степан Леонід Леонид Anna Oleg Maria Peter John Emma""")
SURNAMES = _words("""Мельник Шевченко Коваленко Бондаренко Бойко Ткаченко Кравченко Ковальчук Коваль Олійник Шевчук Поліщук
Ткачук Савченко Бондар Марченко Руденко Мороз Лисенко Петренко Клименко Павленко Кравчук Кузьменко Пономаренко
Савчук Василенко Левченко Харченко Сидоренко Карпенко Гаврилюк Мельничук Швець Романюк Панченко Юрченко Хоменко
Павлюк Козак Литвиненко Мазур Кушнір Романенко Костенко Костюк Ткач Кравець Приходько Гончар Захарченко Іванов
Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев
Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев
Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков
Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов""")
SYLLABLES = _words("""ба бе би бо ва ве ви во га ге го гу да де ди до жа жи за зе зо ка ке ко ку ла ле ли ло лю ма ме ми мо му на не но ну
па пе по пу ра ре ри ро ру са се си со су та те то ту фе ха хо хи ча че чу ша ши шу ще яр бур вер гор дан кар кос лев мир
нест ост пав рад сав стар тар хар черн шум щер юр сто бра кра гри дро пре тро кле сла""")
ENDINGS = _words("енко чук ук юк ський ська ов ова ев ева ин ина ко ець ян ишин івна як ар ик ський цький вич дзе")
STREETS = _words("івська инська анська огірська одарська ова площа")
COMPANIES = _words("буд трейд груп агро лайн сервіс маркет тех фарм люкс")
CITIES = _words("Київ Львів Одеса Харків Дніпро Запоріжжя Вінниця Полтава Чернівці Ужгород")
TAGS = ("vip", "wholesale", "cold", "from-bot", "birthday", "blogger")


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    first: str
    last: str
    phone: str
    username: str | None


class Vocabulary:
    """The words people are called by and live at: new ones without end, or, with `words`, about so many different ones,
    as the names of a country are, each in Cyrillic and in Latin letters."""

    def __init__(self, words: int | None = None) -> None:
        rng = random.Random(13)
        shares = {ENDINGS: 0.45, COMPANIES: 0.08, STREETS: 0.02}
        self._pools = {
            endings: [_made_up(rng, endings) for _ in range(int(words * share))] if words is not None else []
            for endings, share in shares.items()
        }

    def surname(self, rng: random.Random) -> str:
        if rng.random() < 0.25:
            return SURNAMES[min(int(rng.expovariate(1 / 25)), len(SURNAMES) - 1)]
        return self.word(rng, ENDINGS)

    def word(self, rng: random.Random, endings: tuple[str, ...]) -> str:
        pool = self._pools[endings]
        return rng.choice(pool) if pool else _made_up(rng, endings)


def _made_up(rng: random.Random, endings: Sequence[str]) -> str:
    stem = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 2, 2, 2, 3, 3, 3))))
    return (stem + rng.choice(endings)).title()


def people(size: int, vocabulary: Vocabulary) -> Iterator[tuple[dict[str, Any], Person, str | None]]:
    """Made-up contacts: a row each, the same as a person, and an e-mail of some."""
    rng = random.Random(7)
    for number in range(1, size + 1):
        first = FIRST_NAMES[min(int(rng.expovariate(1 / 30)), len(FIRST_NAMES) - 1)]
        last = vocabulary.surname(rng)
        handle = folding.latin(last).replace(" ", "")
        username = None
        if rng.random() < 0.6:
            username = rng.choice((handle, handle + "_" + folding.latin(first), f"{handle}{rng.randrange(1960, 2010)}"))
            username = f"{username}_{rng.choice(string.ascii_lowercase)}{rng.randrange(100)}"[:32]
        email = f"{handle}.{rng.randrange(1000)}@{rng.choice(('gmail.com', 'ukr.net'))}" if rng.random() < 0.4 else None
        phone = f"+380{rng.choice((50, 63, 66, 67, 68, 73, 93, 95, 96, 97, 98, 99))}{rng.randrange(10_000_000):07}"
        seen = NOW - timedelta(minutes=rng.randrange(1_000_000))
        row = {
            "id": number,
            "telegram_id": 7_000_000 + number,
            "username": username,
            "name": f"{first} {last}",
            "name_key": folding.fold(f"{first} {last}"),
            "language": rng.choice(("uk", "uk", "ru", "en")),
            "source_first": rng.choice(("ads_spring", "site", "friends", None)),
            "fields": {
                "city": rng.choice(CITIES),
                "street": f"{vocabulary.word(rng, STREETS)} {rng.randrange(1, 200)}" if rng.random() < 0.6 else "",
                "company": vocabulary.word(rng, COMPANIES) if rng.random() < 0.4 else "",
            },
            "spam_at": NOW if rng.random() < 0.01 else None,
            "created_at": NOW - timedelta(minutes=2 * (size - number)),
            "updated_at": seen,
            "last_in_at": seen if rng.random() < 0.8 else None,
        }
        yield row, Person(number, first, last, phone, username), email


def _build(path: Path, size: int, vocabulary: Vocabulary) -> tuple[list[Person], int, int]:
    """Writes the base without its index; returns those who can be found, and how many different words
    there are, all and those that are forgiven a typo."""
    engine = create_engine(f"sqlite:///{path}")
    tables.metadata.create_all(engine)
    with engine.begin() as connection:
        tags = [{"id": place + 1, "name": tag, "key": tag} for place, tag in enumerate(TAGS)]
        connection.execute(insert(tables.tags), tags)
        for statement in search_schema.CREATE:
            connection.exec_driver_sql(statement)
    rng = random.Random(11)
    everybody: list[Person] = []
    words: set[str] = set()
    rows: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    tagged: list[dict[str, Any]] = []

    def write() -> None:
        with engine.begin() as connection:
            for table, written in (
                (tables.contacts, rows),
                (tables.contact_points, points),
                (tables.contact_tags, tagged),
            ):
                if written:
                    connection.execute(insert(table), written)
                written.clear()

    for row, person, email in people(size, vocabulary):
        if row["spam_at"] is None:
            everybody.append(person)
        rows.append(row)
        for written in (row["name"], row["username"] or "", email or "", *row["fields"].values()):
            words.update(folding.words(written))
        number = {"contact_id": person.id, "created_at": NOW}
        points.append(
            {**number, "kind": "phone", "value": person.phone, "key": person.phone, "reversed": person.phone[:0:-1]}
        )
        if email:
            points.append({**number, "kind": "email", "value": email, "key": email, "reversed": None})
        tagged += [
            {"contact_id": person.id, "tag_id": place + 1, "at": NOW}
            for place in range(len(TAGS))
            if rng.random() < 0.2 / (place + 1) ** 2
        ]
        if len(rows) >= WRITTEN_AT_ONCE:
            write()
    write()
    engine.dispose()
    return everybody, len(words), sum(bool(search_words.remainders(word)) for word in words)


@dataclass(frozen=True, slots=True)
class Base:
    """A made base with its index: where it is, and what it took. Sizes are in bytes; `forgiven` words may be misspelt."""

    path: Path
    words: int
    forgiven: int
    bare: int
    full: int
    keys: int
    build_seconds: float


async def made(folder: Path, size: int, words: int | None = None) -> tuple[Base, list[Person]]:
    """The base of this size, with about so many different words, and those who can be found in it; made and indexed
    unless the folder has it."""
    name = f"find-{size}" if words is None else f"find-{size}-{words}"
    path, about = folder / f"{name}.db", folder / f"{name}.json"
    vocabulary = Vocabulary(words)
    if about.exists():
        kept = Base(path=path, **json.loads(about.read_text()))
        return kept, [person for row, person, _ in people(size, vocabulary) if row["spam_at"] is None]
    path.unlink(missing_ok=True)
    everybody, different, forgiven = await asyncio.to_thread(_build, path, size, vocabulary)
    bare = path.stat().st_size
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    began = time.perf_counter()
    for start in range(0, size, 5000):
        await database.write(_indexing(range(start + 1, min(start + 5000, size) + 1)))
    built = time.perf_counter() - began
    await database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        keys = connection.execute("SELECT count(*) FROM search_words").fetchone()[0]
    base = Base(path, different, forgiven, bare, path.stat().st_size, keys, built)
    about.write_text(json.dumps({name: value for name, value in asdict(base).items() if name != "path"}))
    return base, everybody


def _indexing(ids: Iterable[int]) -> Callable[[Tx], Awaitable[None]]:
    async def unit(tx: Tx) -> None:
        await search.index_many(tx, ids)

    return unit
