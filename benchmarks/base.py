"""A made customer base of any size for the benchmarks, written once and kept in a folder of the caller's.

Contacts with phones, e-mails, tags, profile, requests, ratings, consents, half-filled forms and purchases, spread as
real ones are: most people bought nothing or once, a few bought a lot; some cities and tags are common and some rare.
It is written with plain sqlite3 into a database that the migrations made, the indexes after the rows, and the same
seed makes the same base.

    path = base.make(Path("/somewhere"), contacts=1_000_000, purchases=3_000_000)

    python -m benchmarks.base FOLDER CONTACTS [PURCHASES]
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import string
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from crm import folding
from storage import schema

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""When the base was written, as its dates have it."""
PURCHASES_A_CONTACT = 3
CHUNK = 20_000


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = _words("""Олександр Наталія Олена Сергій Тетяна Ірина Андрій Ольга Володимир Світлана Микола Оксана Юлія Олексій
Василь Людмила Дмитро Юрій Марія Іван Катерина Вікторія Анна Ігор Михайло Віктор Євген Максим Роман Аліна Богдан Надія
Анастасія Валентина Віталій Дарина Любов Галина Ярослав Тарас Петро Павло Артем Антон Олег Руслан Денис Александр
Наталья Елена Сергей Татьяна Ирина Андрей Владимир Светлана Николай Алексей Дмитрий Юрий Мария Екатерина Анна Игорь
Михаил Виктор Евгений Дарья Артём Пётр Павел Anna Oleg Maria Peter John Emma""")
SYLLABLES = _words("""ба бе би бо ва ве ви во га ге го гу да де ди до жа жи за зе зо ка ке ко ку ла ле ли ло лю ма ме ми мо му на не
но ну па пе по пу ра ре ри ро ру са се си со су та те то ту фе ха хо хи ча че чу ша ши шу яр бур вер гор дан кар кос
лев мир нест ост пав рад сав стар тар хар черн шум юр сто бра кра гри дро пре тро кле сла""")
ENDINGS = _words("енко чук ук юк ський ська ов ова ев ева ин ина ко ян ишин івна як ик цький вич дзе")
CITIES = ["Київ", "Львів", "Одеса", "Харків", "Дніпро", "Запоріжжя", "Вінниця", "Полтава", "Чернівці", "Ужгород"]
TAGS = {"from-bot": 0.30, "vip": 0.02, "wholesale": 0.03, "cold": 0.05, "birthday": 0.01, "blogger": 0.002}
SOURCES = ("ads_spring", "ads_meta", "site", "friends", None)
FORMS = ("booking", "callback", "question")
SURNAMES = 200_000
_TABLES = {
    "contacts": "id telegram_id username name name_key language source_first source_last owner_id status fields reachable"
    " spam_at created_at updated_at last_in_at requests open_requests last_request_at last_survey_at purchases spent"
    " first_purchase_at last_purchase_at points nps rating level rfm abc consent_marketing",
    "contact_points": "contact_id kind value key reversed created_at",
    "contact_tags": "contact_id tag_id at",
    "contact_values": "contact_id field key number",
    "requests": "contact_id form_id title stage answers lost_reason created_at",
    "survey_answers": "key survey_id kind contact_id score asked_at scored_at",
    "consents": "contact_id purpose granted version text at",
    "conversations": "chat_id user_id flow state draft updated_at",
    "purchases": "contact_id amount currency value refunded at created_at",
}


@dataclass(slots=True)
class _Rows:
    """What one chunk of contacts adds to each table."""

    of: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {table: [] for table in _TABLES})

    def add(self, table: str, *values: Any) -> None:
        self.of[table].append(values)


def make(folder: Path, contacts: int, purchases: int | None = None) -> Path:
    """The base of this size in this folder, made now if it is not there yet. Whoever changes it copies it first."""
    purchases = PURCHASES_A_CONTACT * contacts if purchases is None else purchases
    path = folder / f"base-{_version()}-{contacts}-{purchases}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    making = path.with_suffix(".making")
    for leftover in folder.glob(f"{making.name}*"):
        leftover.unlink()
    schema.upgrade(making)
    with closing(sqlite3.connect(making, isolation_level=None)) as connection:
        _fill(connection, contacts, purchases)
    making.rename(path)
    return path


def _version() -> str:
    """Another one for other tables or another way of filling them: kept bases of before are then made anew."""
    migrations = sorted((schema.MIGRATIONS / "versions").glob("*.py"))
    said = b"".join(path.read_bytes() for path in (*migrations, Path(__file__)))
    return hashlib.sha256(said).hexdigest()[:8]


def copy(folder: Path, contacts: int, to: Path, purchases: int | None = None) -> Path:
    """A copy of that base which may be changed."""
    shutil.copyfile(make(folder, contacts, purchases), to)
    return to


def _fill(connection: sqlite3.Connection, contacts: int, purchases: int) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({','.join('?' * len(_TABLES))})",
        tuple(_TABLES),
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    connection.execute("BEGIN")
    moment = _moment(NOW)
    for number, name in enumerate(("Богдан", "Софія", "Марк"), 1):
        connection.execute(
            "INSERT INTO staff (id, telegram_id, role, name, added_at) VALUES (?, ?, 'manager', ?, ?)",
            (number, 900 + number, name, moment),
        )
    for number, tag in enumerate(TAGS, 1):
        connection.execute("INSERT INTO tags (id, name, key) VALUES (?, ?, ?)", (number, tag, folding.label(tag)))
    for rows in _made(contacts, purchases):
        for table, values in rows.of.items():
            columns = _TABLES[table].split()
            places = ",".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places})", values)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")


def _made(contacts: int, purchases: int, seed: int = 7) -> Iterator[_Rows]:
    rng = random.Random(seed)
    days = [(NOW.date() - timedelta(days=back)).isoformat() for back in range(1500)]
    minutes = [f"{hour:02}:{minute:02}:00.000000" for hour in range(24) for minute in range(60)]
    firsts = [(name, folding.fold(name)) for name in FIRST_NAMES]
    surnames = [_surname(rng) for _ in range(min(SURNAMES, max(100, contacts // 2)))]
    cities = [(city, folding.fold(city)) for city in CITIES]
    tags = tuple(enumerate(TAGS.values(), 1))
    chance, pick = rng.random, rng.choice
    born = [date(1950, 1, 1) + timedelta(days=number) for number in range(20_000)]
    mean = purchases / (0.6 * contacts)

    def at(latest: int, oldest: int) -> str:
        """A moment so many days ago; the date alone decides, so that it sorts as text."""
        back = latest + int(chance() * max(1, oldest - latest))
        return f"{days[min(back, 1499)]} {minutes[540 if back == 0 else int(chance() * 1440)]}"

    for start in range(1, contacts + 1, CHUNK):
        rows = _Rows()
        for number in range(start, min(start + CHUNK, contacts + 1)):
            age = 1 + int(chance() * 1400)  # days since the card was made
            created = at(age, age)
            first, first_key = firsts[min(int(rng.expovariate(1 / 20)), len(firsts) - 1)]
            last, last_key, handle = surnames[int(chance() ** 2 * len(surnames))]
            telegram = 7_000_000 + number if chance() < 0.8 else None
            seen = at(0, min(age, int(rng.expovariate(1 / 120)) + 1)) if telegram and chance() < 0.9 else None
            fields: dict[str, str] = {}
            if chance() < 0.7:
                city, city_key = cities[min(int(rng.expovariate(0.5)), len(cities) - 1)]
                fields["city"] = city
                rows.add("contact_values", number, "city", city_key, None)
            if chance() < 0.5:
                birthday = pick(born)
                fields["birthday"] = birthday.isoformat()
                month_day = birthday.month * 100 + birthday.day
                rows.add("contact_values", number, "birthday", fields["birthday"], month_day)
            if chance() < 0.5:
                fields["sex"] = pick(("female", "male"))
                rows.add("contact_values", number, "sex", fields["sex"], None)
            bought = _purchases(rows, rng, number, age, mean, at)
            asked = _requests(rows, rng, number, age, at)
            score = _rating(rows, rng, number, age, at) if chance() < 0.15 else (None, None)
            for tag_id, share in tags:
                if chance() < share:
                    rows.add("contact_tags", number, tag_id, created)
            phone = f"+380{pick((50, 63, 66, 67, 68, 73, 93, 95, 96, 97, 98, 99))}{int(chance() * 10**7):07}"
            rows.add("contact_points", number, "phone", phone, phone, phone[:0:-1], created)
            if chance() < 0.4:
                email = f"{handle}.{int(chance() * 1000)}@{pick(('gmail.com', 'ukr.net'))}"
                rows.add("contact_points", number, "email", email, email, None, created)
            agreed: bool | None = None
            if telegram:
                if chance() < 0.6:
                    agreed = chance() < 0.7
                    rows.add("consents", number, "marketing", agreed, "1", "Новини та знижки", created)
                if chance() < 0.03:
                    state = {"form": pick(FORMS), "playbook": "", "place": "step", "step": int(chance() * 4), "turn": 3}
                    left = json.dumps({**state, "answers": {}})
                    put_aside = chance() < 0.5
                    rows.add(
                        "conversations", telegram, telegram, None if put_aside else "form",
                        None if put_aside else left, left if put_aside else None, at(0, min(age, 60)),
                    )  # fmt: skip
            rows.add(
                "contacts", number, telegram, f"{handle}_{number}"[:32] if chance() < 0.6 else None, f"{first} {last}",
                f"{first_key} {last_key}", pick(("uk", "uk", "ru", "en")), source := pick(SOURCES), source,
                pick((None, None, None, 1, 2, 3)), _status(bought[0], rng), json.dumps(fields, ensure_ascii=False),
                telegram is not None, created if chance() < 0.01 else None, created, created, seen, *asked, score[1],
                *bought, int(bought[1] / 10_000), score[0], None, None, pick(("champions", "loyal", "lost", None)),
                pick(("A", "B", "C", None)), agreed,
            )  # fmt: skip
        yield rows


def _surname(rng: random.Random) -> tuple[str, str, str]:
    stem = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 2, 2, 3, 3))))
    name = (stem + rng.choice(ENDINGS)).title()
    return name, folding.fold(name), folding.latin(name).replace(" ", "") or rng.choice(string.ascii_lowercase)


def _purchases(rows: _Rows, rng: random.Random, number: int, age: int, mean: float, at: Any) -> tuple[Any, ...]:
    """Adds the purchases of one contact; how many, how much, the first and the latest."""
    buys = rng.random() < 0.6 * min(mean, 1)
    count = int(rng.expovariate(1 / max(mean - 0.5, 0.1))) + 1 if buys else 0
    spent = 0
    moments: list[str] = []
    for _ in range(count):
        amount = (int(rng.expovariate(1 / 900)) + 50) * 100
        refunded = amount if rng.random() < 0.02 else 0
        moment = at(0, age)
        rows.add("purchases", number, amount, "UAH", amount, refunded, moment, moment)
        if not refunded:
            spent += amount
            moments.append(moment)
    return len(moments), spent, min(moments, default=None), max(moments, default=None)


def _requests(rows: _Rows, rng: random.Random, number: int, age: int, at: Any) -> tuple[Any, ...]:
    """Adds the requests of one contact; how many, how many open, the latest."""
    moments: list[str] = []
    still_open = 0
    for _ in range(int(rng.expovariate(1.2))):
        stage = rng.choice(("done", "done", "done", "lost", "new"))
        moments.append(at(0, age))
        still_open += stage == "new"
        reason = rng.choice(("Дорого", "Передумали", "Не відповідає")) if stage == "lost" else None
        rows.add("requests", number, rng.choice(FORMS), "Заявка", stage, "[]", reason, moments[-1])
    return len(moments), still_open, max(moments, default=None)


def _rating(rows: _Rows, rng: random.Random, number: int, age: int, at: Any) -> tuple[int, str]:
    score = rng.choice((10, 10, 9, 9, 8, 7, 6, 3))
    moment = at(0, age)
    rows.add("survey_answers", f"survey:nps:{number}", "nps", "nps", number, score, moment, moment)
    return score, moment


def _status(bought: int, rng: random.Random) -> str:
    if bought == 0:
        return "potential"
    if rng.random() < 0.3:
        return rng.choice(("sleeping", "gone"))
    return "active" if bought == 1 else "vip" if bought > 20 else "repeat"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def main() -> None:
    """Makes the base named on the command line and says how long that took."""
    began = time.perf_counter()
    purchases = int(sys.argv[3]) if len(sys.argv) > 3 else None
    path = make(Path(sys.argv[1]), int(sys.argv[2]), purchases)
    print(f"{path}: {path.stat().st_size / 2**20:.0f} MB in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
