"""A made base in which it is known who is there twice: Cyrillic names with typos, familiar forms and transliteration.

Beside the doubles there are those who only look like them: relatives with one phone and one surname, namesakes with
nothing else in common, people of one surname born on one day.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks import find_base as sample
from benchmarks.find import in_latin, misspell
from crm import diminutives, folding, names
from crm.doubles import Person

FAMILIAR = {
    "Олександр": ("Саша", "Сашко", "Александр", "Alexander", "Шура"),
    "Александр": ("Саша", "Олександр", "Саня", "Oleksandr"),
    "Наталія": ("Наташа", "Наталья", "Natalia"),
    "Наталья": ("Наташа", "Наталія", "Ната"),
    "Олена": ("Лена", "Елена", "Helen", "Оленка"),
    "Елена": ("Лена", "Олена", "Helena"),
    "Сергій": ("Серёжа", "Сергей", "Sergey"),
    "Сергей": ("Серёга", "Сергій", "Serhii"),
    "Тетяна": ("Таня", "Татьяна", "Tanya"),
    "Татьяна": ("Таня", "Тетяна", "Tatiana"),
    "Ірина": ("Іра", "Ирина", "Iryna"),
    "Ирина": ("Ира", "Ірина", "Irina"),
    "Володимир": ("Вова", "Владимир", "Володя"),
    "Владимир": ("Вова", "Володимир", "Vladimir"),
    "Микола": ("Коля", "Николай", "Nick"),
    "Дмитро": ("Діма", "Дмитрий", "Dima"),
    "Катерина": ("Катя", "Екатерина", "Kate"),
    "Марія": ("Маша", "Мария", "Марійка"),
    "Іван": ("Ваня", "Иван", "Ivan"),
    "Михайло": ("Миша", "Михаил", "Михась"),
    "Євген": ("Женя", "Евгений", "Eugene"),
    "Юлія": ("Юля", "Юлия", "Julia"),
    "Петро": ("Петя", "Пётр", "Петрик"),
    "Павло": ("Паша", "Павел", "Pavlo"),
}
_NAMES = sample.Vocabulary()
CITIES = sample.CITIES
OTHER_CITIES = {"Київ": "Киев", "Львів": "Львов", "Одеса": "Одесса", "Харків": "Kharkiv", "Дніпро": "Днепр"}
DOUBLES = 0.06
LOOKALIKES = 0.05

Change = Callable[[Person, random.Random], Person]


def base(size: int, seed: int = 3) -> tuple[list[Person], set[tuple[int, int]]]:
    """So many people, in a made order, and the pairs of ids that are one person (the lower first)."""
    rng = random.Random(seed)
    originals = round(size * (1 - DOUBLES - LOOKALIKES))
    everybody = [_person(rng) for _ in range(originals)]
    owner = list(range(originals))
    while len(everybody) < size:
        of = rng.randrange(originals)
        if names.read(everybody[of].name).surname is None:
            continue  # one word is too little to look like somebody by
        if rng.random() < DOUBLES / (DOUBLES + LOOKALIKES):
            everybody.append(_double(everybody[of], rng))
            owner.append(of)
        else:
            everybody.append(_lookalike(everybody[of], rng))
            owner.append(len(owner))
    order = list(range(size))
    rng.shuffle(order)
    people = [replace(everybody[place], id=number) for number, place in enumerate(order, 1)]
    ids: dict[int, list[int]] = {}
    for number, place in enumerate(order, 1):
        ids.setdefault(owner[place], []).append(number)
    links = {(one, other) for same in ids.values() for one in same for other in same if one < other}
    return people, links


def _person(rng: random.Random) -> Person:
    first = sample.FIRST_NAMES[min(int(rng.expovariate(1 / 30)), len(sample.FIRST_NAMES) - 1)]
    last = _NAMES.surname(rng)
    handle = folding.latin(last).replace(" ", "")
    written = rng.random()
    name = f"{first} {last}" if written < 0.7 else f"{last} {first}" if written < 0.9 else first
    born = f"{rng.randrange(1950, 2008)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return Person(
        0,
        name=name,
        username=f"{handle[:20]}_{rng.choice('abcdefgh')}{rng.randrange(10_000_000)}" if rng.random() < 0.5 else None,
        phones=(_phone(rng),) if rng.random() < 0.85 else (),
        emails=(
            f"{folding.latin(first)[: rng.randrange(1, 6)]}.{handle}.{rng.randrange(100_000)}@{rng.choice(('gmail.com', 'ukr.net'))}",
        )
        if rng.random() < 0.4
        else (),
        birthday=born if rng.random() < 0.5 else None,
        city=rng.choice(CITIES) if rng.random() < 0.6 else None,
    )


def _phone(rng: random.Random) -> str:
    return f"+380{rng.choice((50, 63, 66, 67, 68, 73, 93, 95, 96, 97, 98, 99))}{rng.randrange(10_000_000):07}"


def _double(person: Person, rng: random.Random) -> Person:
    """The same person, entered once more by somebody else: two to four things changed, and enough kept to tell."""
    for _ in range(20):
        changed = person
        for change in rng.sample(_CHANGES, rng.choice((1, 2, 2, 3, 4))):
            changed = change(changed, rng)
        if _can_be_told(person, changed):
            return changed
    return person


def _can_be_told(one: Person, other: Person) -> bool:
    """A double that kept nothing but its name is nobody's to find."""
    points = _points(one) & _points(other)
    whole = " " in (other.name or "") and " " in (one.name or "")
    return bool(points) or (whole and one.birthday is not None and one.birthday == other.birthday)


def _points(person: Person) -> set[str]:
    return {*person.phones, *person.emails, *([person.username] if person.username else [])}


def _lookalike(person: Person, rng: random.Random) -> Person:
    """Somebody else: a relative, a namesake, or one of the same surname born on the same day."""
    stranger = _person(rng)
    own = names.read(person.name)
    last = next(word for word in (person.name or "").split() if names.key(word) == own.surname)
    first = rng.choice(sample.FIRST_NAMES)
    while names.key(first) == own.given or diminutives.one_name(names.key(first), own.given or ""):
        first = rng.choice(sample.FIRST_NAMES)
    match rng.choice((0, 0, 0, 1, 1, 1, 2)):
        case 0:
            return replace(stranger, name=f"{first} {last}", phones=person.phones, city=person.city)
        case 1:
            return replace(stranger, name=person.name)
        case _:
            return replace(stranger, name=f"{first} {last}", birthday=person.birthday)


def _typo(person: Person, rng: random.Random) -> Person:
    words = (person.name or "").split()
    place = max(range(len(words)), key=lambda at: len(words[at]))
    words[place] = misspell(words[place].lower(), rng).title()
    return replace(person, name=" ".join(words))


def _familiar(person: Person, rng: random.Random) -> Person:
    words = [rng.choice(FAMILIAR[word]) if word in FAMILIAR else word for word in (person.name or "").split()]
    return replace(person, name=" ".join(words))


def _in_latin(person: Person, rng: random.Random) -> Person:
    return replace(person, name=" ".join(in_latin(word).title() for word in (person.name or "").split()))


def _other_order(person: Person, rng: random.Random) -> Person:
    return replace(person, name=" ".join(reversed((person.name or "").split())))


def _slip_of_phone(person: Person, rng: random.Random) -> Person:
    if not person.phones:
        return replace(person, phones=(_phone(rng),))
    phone, at = person.phones[0], rng.randrange(6, 13)
    return replace(person, phones=(phone[:at] + str((int(phone[at]) + rng.randrange(1, 9)) % 10) + phone[at + 1 :],))


def _other_phone(person: Person, rng: random.Random) -> Person:
    return replace(person, phones=(_phone(rng), *person.phones) if rng.random() < 0.5 else (_phone(rng),))


def _slip_of_birthday(person: Person, rng: random.Random) -> Person:
    if person.birthday is None:
        return person
    year, month, day = person.birthday.split("-")
    return replace(person, birthday=f"{year}-{day}-{month}" if int(day) < 13 else f"--{month}-{day}")


def _other_city(person: Person, rng: random.Random) -> Person:
    return replace(person, city=OTHER_CITIES.get(person.city or "", person.city))


_CHANGES: list[Change] = [
    _typo,
    _familiar,
    _familiar,
    _in_latin,
    _other_order,
    _slip_of_phone,
    _other_phone,
    _slip_of_birthday,
    _other_city,
    lambda person, rng: replace(person, phones=()),
    lambda person, rng: replace(person, emails=(), username=None),
    lambda person, rng: replace(person, birthday=None),
]
