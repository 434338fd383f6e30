"""/find at size: every way of remembering a person, through the bot's own reading connection, beside the raw limit.

The base is made up, seeded, and has as many different words as real ones have: most surnames occur once. The raw limit
is the cheapest look-up SQLite knows, a prefix in a B-tree through plain sqlite3, in the same run.

    python -m benchmarks.find [contacts …] [--keep FOLDER]

A million contacts take a quarter of an hour to make and to index: FOLDER keeps the base for another run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sqlite3
import string
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, update

from crm import folding, segments
from storage import search, search_schema, tables
from storage.engine import Database, Tx

SIZES = (10_000, 100_000)
QUERIES = 200
JUDGED = 800
"""Of which so many where the answer is judged: a share is surer than a time only after more of them."""
WRITES = 200
WRITTEN_AT_ONCE = 20_000
PAGE = 10
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def _words(text: str) -> list[str]:
    return text.split()


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


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of remembering somebody: what is typed for a person, and whether that person must be among the ten."""

    name: str
    typed: Callable[[Person, random.Random], str]
    told: bool = False


def _last_name(rng: random.Random) -> str:
    if rng.random() < 0.25:
        return SURNAMES[min(int(rng.expovariate(1 / 25)), len(SURNAMES) - 1)]
    return _made_up(rng, ENDINGS)


def _made_up(rng: random.Random, endings: Sequence[str]) -> str:
    stem = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 2, 2, 2, 3, 3, 3))))
    return (stem + rng.choice(endings)).title()


def people(size: int, seed: int = 7) -> Iterator[tuple[dict[str, Any], Person, str | None]]:
    """Made-up contacts: a row each, the same as a person, and an e-mail of some."""
    rng = random.Random(seed)
    for number in range(1, size + 1):
        first = FIRST_NAMES[min(int(rng.expovariate(1 / 30)), len(FIRST_NAMES) - 1)]
        last = _last_name(rng)
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
                "street": f"{_made_up(rng, STREETS)} {rng.randrange(1, 200)}" if rng.random() < 0.6 else "",
                "company": _made_up(rng, COMPANIES) if rng.random() < 0.4 else "",
            },
            "spam_at": NOW if rng.random() < 0.01 else None,
            "created_at": NOW - timedelta(minutes=2 * (size - number)),
            "updated_at": seen,
            "last_in_at": seen if rng.random() < 0.8 else None,
        }
        yield row, Person(number, first, last, phone, username), email


def _build(path: Path, size: int) -> tuple[list[Person], int]:
    """Writes the base without its index; returns those who can be found and the number of different words."""
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

    for row, person, email in people(size):
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
    return everybody, len(words)


_TYPED_LATIN = dict(zip("абвгдезийклмнопрстуфыії", "abvgdeziyklmnoprstufyii", strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
}


def _in_latin(word: str) -> str:
    """As a person in a hurry types a name in Latin letters."""
    return "".join(_TYPED_LATIN.get(letter, letter) for letter in word.lower().replace("ё", "е")).replace("ь", "")


def misspell(word: str, rng: random.Random) -> str:
    """One letter wrong, missing, added, or two neighbours swapped; anywhere in the word."""
    letters = "абвгдежзийклмнопрстуфхцчшщьюя" if not word.isascii() else string.ascii_lowercase
    while True:
        place = rng.randrange(len(word))
        match rng.randrange(4):
            case 0:
                wrong = word[:place] + rng.choice(letters) + word[place + 1 :]
            case 1:
                wrong = word[:place] + word[place + 1 :]
            case 2:
                wrong = word[:place] + rng.choice(letters) + word[place:]
            case _:
                wrong = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        if wrong != word:
            return wrong


def _middle(word: str, rng: random.Random) -> str:
    start = rng.randrange(1, max(2, len(word) - 4))
    return word[start : start + 4]


KINDS = (
    Kind("whole surname", lambda person, rng: person.last.lower()),
    Kind("first name", lambda person, rng: person.first.lower()),
    Kind("prefix, 1 letter", lambda person, rng: person.last[:1].lower()),
    Kind("prefix, 3 letters", lambda person, rng: person.last[:3].lower()),
    Kind("substring, 4 letters", lambda person, rng: _middle(person.last.lower(), rng)),
    Kind("substring, 3 letters", lambda person, rng: _middle(person.last.lower(), rng)[:3]),
    Kind("two words, swapped", lambda person, rng: f"{person.last} {person.first[:4]}".lower()),
    Kind("last 4 digits", lambda person, rng: person.phone[-4:]),
    Kind("last 4 digits and a name", lambda person, rng: f"{person.phone[-4:]} {person.first}"),
    Kind("@username", lambda person, rng: f"@{person.username}"),
    Kind("Latin for Cyrillic", lambda person, rng: _in_latin(person.last)),
    Kind("wrong layout", lambda person, rng: folding.layout(person.last)),
    Kind("misspelt surname", lambda person, rng: misspell(person.last.lower(), rng), told=True),
    Kind("misspelt first name", lambda person, rng: misspell(person.first.lower(), rng), told=True),
    Kind("nobody", lambda person, rng: "".join(rng.choice("щжхцф") for _ in range(8))),
    Kind("#tag", lambda person, rng: f"#{rng.choice(TAGS)}"),
    Kind("#tag and a name", lambda person, rng: f"#{rng.choice(TAGS)} {person.first}"),
    Kind("source and language", lambda person, rng: "source:ads_* language:ru"),
)


def _percentiles(milliseconds: list[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def _hit(person: Person, kind: Kind, names: list[str]) -> bool:
    sought = person.first if "first" in kind.name else person.last
    return any(folding.fold(sought) in folding.words(name) for name in names)


async def _measure(database: Database, everybody: list[Person], kind: Kind) -> dict[str, Any]:
    rng = random.Random(kind.name)
    asked: list[tuple[Person, str]] = []
    while len(asked) < (JUDGED if kind.told else QUERIES):
        person = rng.choice(everybody)
        if person.username is None and kind.name == "@username":
            continue
        if kind.told and len(person.first if "first" in kind.name else person.last) < 4:
            continue
        asked.append((person, kind.typed(person, rng)))
    names = {person.id: f"{person.first} {person.last}" for person in everybody} if kind.told else {}
    times: list[float] = []
    hits = 0
    answered = 0
    cpu: list[float] = []
    for person, typed in asked:
        spent = time.process_time()
        began = time.perf_counter()
        async with database.read() as db:
            query = segments.parse(typed, lenient=True)
            found = await search.find(db, query, limit=PAGE, now=NOW)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
        answered += bool(found.ids)
        if kind.told:
            hits += _hit(person, kind, [names[one] for one in found.ids])
    p50, p95 = _percentiles(times)
    return {
        "kind": kind.name,
        "p50": p50,
        "p95": p95,
        "cpu": _percentiles(cpu)[1],
        "answered": answered / len(asked),
        "hit": hits / len(asked) if kind.told else None,
    }


def _raw_limit(path: Path, everybody: list[Person]) -> dict[str, Any]:
    rng = random.Random(3)
    times: list[float] = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(QUERIES):
            key = folding.fold(rng.choice(everybody).first)[:3]
            began = time.perf_counter()
            connection.execute(
                "SELECT id FROM contacts WHERE name_key >= ? AND name_key < ? LIMIT 10", (key, key + "\uffff")
            ).fetchall()
            times.append((time.perf_counter() - began) * 1000)
    p50, p95 = _percentiles(times)
    return {
        "kind": "raw: B-tree prefix, plain sqlite3",
        "p50": p50,
        "p95": p95,
        "cpu": None,
        "answered": None,
        "hit": None,
    }


async def _one_write(database: Database, everybody: list[Person]) -> list[dict[str, Any]]:
    """Renaming people one by one, as the bot does: what a rename costs with its commit, and the index's part of it.

    The searches that follow meet an index that was written to piece by piece, and the new names.
    """
    rng = random.Random(5)
    whole: list[float] = []
    index: list[float] = []
    for _ in range(WRITES):
        place = rng.randrange(len(everybody))
        person = everybody[place] = replace(everybody[place], last=_last_name(rng))
        name = f"{person.first} {person.last}"

        async def rename(tx: Tx, contact_id: int = person.id, name: str = name) -> None:
            changed = update(tables.contacts).where(tables.contacts.c.id == contact_id)
            await tx.run(changed.values(name=name, name_key=folding.fold(name)))
            began = time.perf_counter()
            await search.index(tx, contact_id)
            index.append((time.perf_counter() - began) * 1000)

        began = time.perf_counter()
        await database.write(rename)
        whole.append((time.perf_counter() - began) * 1000)
    rows = []
    for kind, times in (("rename one contact, with its commit", whole), ("of which its index", index)):
        p50, p95 = _percentiles(times)
        rows.append({"kind": kind, "p50": p50, "p95": p95, "cpu": None, "answered": None, "hit": None})
    return rows


@dataclass(frozen=True, slots=True)
class Base:
    """A made base with its index: where it is, and what it took. Sizes are in bytes."""

    path: Path
    words: int
    bare: int
    full: int
    keys: int
    build_seconds: float


async def _base(folder: Path, size: int) -> tuple[Base, list[Person]]:
    """The base of this size and those who can be found in it; made and indexed unless the folder has it."""
    path, about = folder / f"find-{size}.db", folder / f"find-{size}.json"
    if about.exists():
        kept = Base(path=path, **json.loads(about.read_text()))
        return kept, [person for row, person, _ in people(size) if row["spam_at"] is None]
    path.unlink(missing_ok=True)
    everybody, words = await asyncio.to_thread(_build, path, size)
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
    made = Base(path, words, bare, path.stat().st_size, keys, built)
    about.write_text(json.dumps({name: value for name, value in asdict(made).items() if name != "path"}))
    return made, everybody


async def _run(size: int, folder: Path) -> list[dict[str, Any]]:
    base, everybody = await _base(folder, size)
    print(
        f"\n{size:,} contacts, {base.words:,} different words ({base.keys:,} keys); index built in"
        f" {base.build_seconds:.1f} s, {(base.full - base.bare) / base.bare:.0%} of the base's {base.bare / 2**20:.0f} MB"
    )
    print(f"{'':36}{'p50 ms':>9}{'p95 ms':>9}{'p95 CPU':>9}{'answered':>10}{'hit@10':>8}", flush=True)
    database = Database(f"sqlite+aiosqlite:///{base.path}")
    await database.open()
    rows = [*await _one_write(database, everybody), _raw_limit(base.path, everybody)]
    for row in rows:
        _print(row)
    for kind in KINDS:
        rows.append(await _measure(database, everybody, kind))
        _print(rows[-1])
    await database.close()
    size_of = {"contacts": size, "words": base.words, "build_seconds": base.build_seconds}
    return [{**size_of, "index_share": (base.full - base.bare) / base.bare, **row} for row in rows]


def _print(row: dict[str, Any]) -> None:
    cpu = "" if row["cpu"] is None else f"{row['cpu']:.3f}"
    answered = "" if row["answered"] is None else f"{row['answered']:.0%}"
    hit = "" if row["hit"] is None else f"{row['hit']:.3f}"
    print(f"{row['kind']:36}{row['p50']:9.3f}{row['p95']:9.3f}{cpu:>9}{answered:>10}{hit:>8}", flush=True)


def _indexing(ids: Iterable[int]) -> Callable[[Tx], Awaitable[None]]:
    async def unit(tx: Tx) -> None:
        await search.index_many(tx, ids)

    return unit


def run(sizes: Sequence[int] = SIZES, *, keep: Path | None = None) -> list[dict[str, Any]]:
    """Measures and prints; a row for each size and kind: p50, p95 and the p95 of CPU (all threads) in milliseconds, share answered, hit@10."""
    with contextlib.nullcontext(str(keep)) if keep is not None else tempfile.TemporaryDirectory() as folder:
        return [row for size in sizes for row in asyncio.run(_run(size, Path(folder)))]


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.find", description=__doc__)
    parser.add_argument("contacts", type=int, nargs="*", default=SIZES)
    parser.add_argument("--keep", type=Path, help="a folder that keeps the bases for another run")
    chosen = parser.parse_args(arguments)
    run(chosen.contacts, keep=chosen.keep)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
