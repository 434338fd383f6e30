"""People are found by whatever is remembered of them; the index forgets whom it must."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update

from crm import segments
from storage import search, search_words
from storage.engine import Database, Tx
from storage.tables import contact_points, contacts
from tests.storage.makers import NOW, make_contact, make_email, make_tag


async def add(database: Database, name: str | None, **columns: object) -> int:
    """A contact that can be found."""

    async def unit(tx: Tx) -> int:
        contact_id = await make_contact(tx, name=name, **columns)  # type: ignore[arg-type]
        await search.index(tx, contact_id)
        return contact_id

    return await database.write(unit)


WAYS = ("led", "together", "rank by rank")
"""How several things that were typed are looked for: by what is rarest, or side by side, few or many being expected."""


def _made_to_go(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for limit in ("FEW", "FEW_FORGIVEN"):
        monkeypatch.setattr(search, limit, 10**6 if way == "led" else -1)
    monkeypatch.setattr(search, "A_CARD", 0)
    monkeypatch.setattr(search, "WINDOW", 0 if way == "rank by rank" else 10**6)


async def find(database: Database, typed: str, *, limit: int = 10, offset: int = 0, spam: bool = False) -> search.Found:
    """What is found, whichever way it is looked for."""
    found: set[tuple[tuple[int, ...], bool]] = set()
    async with database.read() as db:
        query = segments.parse(typed, lenient=True)
        for way in WAYS:
            with pytest.MonkeyPatch.context() as monkeypatch:
                _made_to_go(monkeypatch, way)
                one = await search.find(db, query, limit=limit, offset=offset, now=NOW, spam=spam)
            found.add((one.ids, one.more))
    assert len(found) == 1, (typed, found)
    return one


async def ids(database: Database, typed: str, *, spam: bool = False) -> list[int]:
    return list((await find(database, typed, spam=spam)).ids)


@pytest.mark.parametrize(
    "typed",
    [
        "Оксана Коваль",
        "коваль оксана",  # any order
        "ОКСАНА",  # any case
        "окс ков",  # how words begin
        "сана",  # inside a word
        "Аксана",  # the first letter wrong
        "Кваль",  # a letter missing
        "Ковааль",  # one too many
        "Коавль",  # two swapped
        "koval",  # Latin for Cyrillic
        "oksan",
        "oksnaa",  # … with a typo
        "jrcfyf",  # the wrong keyboard layout
        "4567",  # the last digits
        "45-67",
        "+380 67 123-45-67",
        "0671234567",
        "45 67",
        "067123",  # how the number begins, as it is said at home
        "067 123",
        "@oksana_k",
        "@OKSANA",
        "oksana_k",
        "koval.o@ukr.net",
        "ukr.net",
        "полтава",  # the owner's own field
        "оксана 4567",
        "#vip",
        "#VIP коваль",
        "tag:vip language:uk ков",
        "-tag:cold source:ads_* оксана",
    ],
)
async def test_a_person_is_found_by_whatever_is_remembered(database: Database, typed: str) -> None:
    oksana = await add(
        database,
        "Оксана Коваль",
        username="Oksana_K",
        phones=["+380671234567"],
        emails=["Koval.O@ukr.net"],
        tags=["VIP"],
        fields={"city": "Полтава"},
        source_first="ads_spring",
    )
    await add(database, "Андрій Мельник", phones=["+380509998877"], username="melnyk", tags=["cold"])
    assert await ids(database, typed) == [oksana]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Фёдор Королёв", "федор королев"),
        ("Семен", "семён"),
        ("Віталій", "виталий"),
        ("Виталий", "Віталій"),
        ("Лук’яненко", "лук'яненко"),
        ("Лукьяненко", "лук`яненко"),
        ("Юлія", "yulia"),
        ("Юлія", "Julia"),
        ("Щербак", "shcherbak"),
        ("Пхакадзе", "п"),
        ("Пхакадзе", "fakadze"),
        ("Александр", "alex"),
        ("Ivan Smith", "иван смит"),
        ("Нечуй-Левицький", "левицький нечуй"),
        ("🔥 Аня 🔥", "аня"),
        ("🔥 Аня 🔥", "🔥"),
    ],
)
async def test_spellings_of_one_name_meet(database: Database, name: str, typed: str) -> None:
    person = await add(database, name)
    await add(database, "Роман Ткач")
    assert await ids(database, typed) == [person]


async def test_exact_comes_before_prefix_before_part_before_typo(database: Database) -> None:
    typo = await add(database, "Ковель", last_in_at=NOW)
    part = await add(database, "Заковаль", last_in_at=NOW - timedelta(days=1))
    prefix = await add(database, "Ковальчук", last_in_at=NOW - timedelta(days=2))
    exact = await add(database, "Коваль", last_in_at=NOW - timedelta(days=3))
    assert await ids(database, "коваль") == [exact, prefix, part, typo]


async def test_a_contact_is_as_good_as_its_worst_word(database: Database) -> None:
    loose = await add(database, "Оксана Ковальчук", last_in_at=NOW)
    tight = await add(database, "Оксана Коваль", last_in_at=NOW - timedelta(days=9))
    assert await ids(database, "оксана коваль") == [tight, loose]


async def test_within_a_rank_those_who_wrote_last_come_first(database: Database) -> None:
    silent = await add(database, "Оксана", created_at=NOW - timedelta(days=5))
    old = await add(database, "Оксана", last_in_at=NOW - timedelta(days=9))
    fresh = await add(database, "Оксана", last_in_at=NOW - timedelta(hours=1))
    assert await ids(database, "оксана") == [fresh, silent, old]


async def test_of_the_words_that_may_be_misspelt_each_gives_one_before_any_gives_a_second(database: Database) -> None:
    rare = await add(database, "Пельник", last_in_at=NOW - timedelta(days=9))
    for _ in range(5):
        await add(database, "Мельник", last_in_at=NOW)
    await add(database, "Сельник", spam_at=NOW)
    assert (await ids(database, "гельник"))[1] == rare


async def test_the_middle_of_words_and_a_misspelt_word_take_turns(database: Database) -> None:
    ivan = await add(database, "Іван", last_in_at=NOW - timedelta(days=9))
    inside = [await add(database, "Маріанна", last_in_at=NOW) for _ in range(12)]
    found = await ids(database, "иан")
    assert ivan in found[:2]
    assert set(found) & set(inside)


async def test_conditions_hold_for_misspelt_words_too(database: Database) -> None:
    vip = await add(database, "Оксана Коваль", tags=["vip"])
    await add(database, "Оксана Коваль")
    assert await ids(database, "#vip аксана") == await ids(database, "#vip кваль аксана") == [vip]


async def test_pages_follow_each_other_without_gaps_or_repeats(database: Database) -> None:
    everybody = {await add(database, f"Коваль{end}") for end in ("", "", "", "чук", "чук", "енко", "ь")}
    everybody |= {await add(database, "Кавaль".replace("a", "а")), await add(database, "Заковаль")}
    seen: list[int] = []
    for offset in range(0, 12, 2):
        page = await find(database, "коваль", limit=2, offset=offset)
        seen += page.ids
        assert page.more == (len(seen) < len(everybody))
    assert sorted(seen) == sorted(everybody)
    assert (await find(database, "коваль", limit=20)).about == len(everybody)


async def test_every_word_must_be_met(database: Database) -> None:
    await add(database, "Оксана Коваль", phones=["+380671234567"])
    for typed in ("оксана мельник", "оксана 9999", "#vip оксана", "!!! zzzz", "коваль @nobody"):
        assert await ids(database, typed) == [], typed


async def test_signs_alone_find_nobody_in_particular_and_break_nothing(database: Database) -> None:
    await add(database, 'Оксана "Ксю" *')
    for typed in (
        '"',
        "*",
        '" OR "',
        "NEAR(",
        "оксана*",
        "a:b:c",
        "((",
        "%",
        "_",
        "[а-я]",
        "'; DROP TABLE contacts",
        "\x00",
    ):
        await find(database, typed)
    assert await ids(database, "ксю")


async def test_a_line_of_many_words_is_still_a_search(database: Database) -> None:
    person = await add(database, "Оксана Коваль")
    assert await ids(database, "оксана " * 200) == [person]
    assert await ids(database, " ".join(f"{number}4567" for number in range(100))) == []


async def test_spam_appears_only_when_asked_for(database: Database) -> None:
    spam = await add(database, "Оксана", spam_at=NOW)
    fine = await add(database, "Оксана")
    assert await ids(database, "оксана") == [fine]
    assert set(await ids(database, "оксана", spam=True)) == {fine, spam}


async def test_without_words_the_conditions_alone_decide_and_the_latest_come_first(database: Database) -> None:
    old = await add(database, "Оксана", language="ru", last_in_at=NOW - timedelta(days=2))
    new = await add(database, None, language="ru", last_in_at=NOW)
    other = await add(database, "Іван", language="uk", last_in_at=NOW - timedelta(days=1))
    assert await ids(database, "language:ru") == [new, old]
    assert await ids(database, "") == [new, other, old]


async def test_plain_words_are_found_without_the_segment_language(database: Database) -> None:
    oksana = await add(database, "Оксана Коваль", username="oksana_k")
    async with database.read() as db:
        for typed in ("коваль окс", "@oksana_k", "tag:vip"):
            found = await search.find(db, typed, limit=5, now=NOW)
            assert found.ids == (() if ":" in typed else (oksana,))


async def test_a_new_name_replaces_the_old_one(database: Database) -> None:
    person = await add(database, "Оксана Коваль", emails=["old@ukr.net"])

    async def marry(tx: Tx) -> None:
        await tx.run(update(contacts).where(contacts.c.id == person).values(name="Оксана Бойко"))
        await tx.run(delete(contact_points).where(contact_points.c.contact_id == person))
        await make_email(tx, person, "new@ukr.net")
        await search.index(tx, person)

    await database.write(marry)
    assert await ids(database, "бойко") == await ids(database, "new@ukr.net") == [person]
    assert await ids(database, "коваль") == await ids(database, "old@ukr.net") == []


async def test_an_erased_person_leaves_no_word_behind_but_namesakes_are_still_found(database: Database) -> None:
    erased = await add(database, "Оксана Незабудько", username="nezabudka", emails=["o@nezabudko.ua"])
    namesake = await add(database, "Оксана Коваль")

    async def erase(tx: Tx) -> None:
        await tx.run(update(contacts).where(contacts.c.id == erased).values(name=None, username=None, fields={}))
        await tx.run(delete(contact_points).where(contact_points.c.contact_id == erased))
        await search.index(tx, erased)

    await database.write(erase)
    assert await ids(database, "оксана") == [namesake]
    async with database.read() as db:
        words = {row.word for row in await db.all(text("SELECT word FROM search_words"))}
        docs = [row.words for row in await db.all(text("SELECT words FROM search_docs"))]
        typos = await db.scalar(text("SELECT count(*) FROM search_typos"))
    assert words == {"оксана", "oksana", "ковал", "koval"}
    assert docs == ["оксана oksana ковал koval"]
    assert typos == sum(len(search_words.remainders(word)) for word in words)


async def test_a_deleted_contact_is_forgotten(database: Database) -> None:
    person = await add(database, "Оксана")

    async def remove(tx: Tx) -> None:
        await tx.run(delete(contacts).where(contacts.c.id == person))
        await search.index(tx, person)

    await database.write(remove)
    async with database.read() as db:
        for table in ("search_docs", "search_words", "search_typos"):
            assert await db.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


async def test_indexing_again_changes_nothing(database: Database) -> None:
    person = await add(database, "Оксана Коваль")

    async def twice(tx: Tx) -> None:
        await search.index(tx, person)
        await search.index_many(tx, [person, person])

    await database.write(twice)
    async with database.read() as db:
        counts = await db.all(text("SELECT contacts FROM search_words"))
    assert {row.contacts for row in counts} == {1}


async def test_an_undone_unit_leaves_the_index_as_it_was(database: Database) -> None:
    async def fails(tx: Tx) -> None:
        await search.index(tx, await make_contact(tx, name="Оксана"))
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fails)
    kept = await add(database, "Оксана Коваль")
    assert await ids(database, "оксана") == [kept]


async def test_many_at_once_are_indexed_as_one_by_one_and_the_full_text_stays_sound(database: Database) -> None:
    rng = random.Random(4)
    syllables = ("ко", "ва", "ль", "чук", "ме", "ник", "га", "ли", "на")
    names = ["".join(rng.choice(syllables) for _ in range(3)).title() for _ in range(60)]

    async def together(tx: Tx) -> list[int]:
        made = [await make_contact(tx, name=name) for name in names]
        await search.index_many(tx, made)
        return made

    made = await database.write(together)
    for contact_id in rng.sample(made, 30):

        async def rename(tx: Tx, contact_id: int = contact_id) -> None:
            await tx.run(update(contacts).where(contacts.c.id == contact_id).values(name=rng.choice(names)))
            await search.index(tx, contact_id)

        await database.write(rename)

    async def check(tx: Tx) -> None:
        for full_text in ("search_index", "search_parts"):
            await tx.run(text(f"INSERT INTO {full_text} ({full_text}, rank) VALUES ('integrity-check', 1)"))

    await database.write(check)
    async with database.read() as db:
        counted = {row.word: row.contacts for row in await db.all(text("SELECT word, contacts FROM search_words"))}
        docs = [row.words.split() for row in await db.all(text("SELECT words FROM search_docs"))]
    assert counted == {word: sum(word in doc for doc in docs) for doc in docs for word in doc}


async def test_a_name_of_any_length_or_kind_can_be_indexed(database: Database) -> None:
    for name in ("а" * 128, "ї" * 60, "\u202eabc", '"' * 40, "Ё", "٤٥٦", "王小明", " ", "@@@", "a" * 31 + "б"):
        person = await add(database, name)
        if name.strip('"@ '):
            assert person in await ids(database, name), name


async def test_a_tag_added_later_is_found_at_once(database: Database) -> None:
    person = await add(database, "Оксана")
    await make_tag(database, person, "Опт")
    assert await ids(database, "#опт окс") == [person]


async def test_whoever_is_indexed_twice_at_once_is_counted_once(database: Database) -> None:
    async def unit(tx: Tx) -> None:
        person = await make_contact(tx, name="Оксана")
        await search.index_many(tx, [person, person])

    await database.write(unit)
    async with database.read() as db:
        assert {row.contacts for row in await db.all(text("SELECT contacts FROM search_words"))} == {1}


async def test_conditions_narrow_phones_and_words_alike(database: Database) -> None:
    vip = await add(database, "Оксана Коваль", phones=["+380671234567"], tags=["vip"], language="ru")
    await add(database, "Оксана Коваль", phones=["+380501234567"])
    for typed in ("#vip 4567", "#vip коваль 4567", "-tag:cold language:ru 4567", "phone:*671234567 оксана", "#vip 067"):
        assert await ids(database, typed) == [vip], typed


async def test_a_tag_alone_finds_its_people_the_newest_first_and_what_else_is_asked_holds(database: Database) -> None:
    old = await add(database, "Оксана", tags=["vip"], last_in_at=NOW - timedelta(days=3), language="uk")
    new = await add(database, "Ольга", tags=["vip", "cold"], last_in_at=NOW, language="ru")
    await add(database, "Ірина", tags=["vip"], spam_at=NOW)
    await add(database, "Олена", tags=["cold"])
    assert await ids(database, "#vip") == [new, old]
    assert await ids(database, "#vip -#cold") == await ids(database, "#vip language:uk") == [old]
    assert await ids(database, "#vip #cold") == [new]
    assert await ids(database, "#nobody") == []


async def test_the_end_of_a_phone_and_a_name_as_it_is_written_guess_at_nobody_else(database: Database) -> None:
    meant = await add(database, "Оксана Коваль", phones=["+380671234567"])
    similar = await add(database, "Аксана Коваль", phones=["+380509994567"])
    assert await ids(database, "оксана 4567") == [meant]
    assert set(await ids(database, "оксана 567")) == {meant, similar}, "three digits may be a chance"
    assert set(await ids(database, "ксана 4567")) == {meant, similar}, "nobody is called so"


async def test_whatever_leads_the_same_people_are_found_in_the_same_order(database: Database) -> None:
    rng = random.Random(6)
    syllables = ("ко", "ва", "ль", "чук", "ме", "ник", "га", "ли", "на", "пх")
    tags = ("vip", "cold")

    def name() -> str:
        return "".join(rng.choice(syllables) for _ in range(rng.choice((1, 2, 2, 3))))

    async def fill(tx: Tx) -> None:
        for number in range(150):
            contact_id = await make_contact(
                tx,
                name=f"{name()} {name()}".title(),
                phones=[f"+380{rng.choice((67, 50))}{rng.randrange(10**7):07}"],
                tags=[tag for tag in tags if rng.random() < 0.3],
                language=rng.choice(("uk", "ru")),
                last_in_at=NOW - timedelta(minutes=number) if rng.random() < 0.8 else None,
                spam_at=NOW if rng.random() < 0.1 else None,
            )
            await search.index(tx, contact_id)

    await database.write(fill)

    def asked() -> str:
        word = name()
        more = [
            name()[: rng.choice((2, 3, 9))],
            str(rng.randrange(100, 999)),
            f"#{rng.choice(tags)}",
            "067",
            "language:uk",
        ]
        return " ".join(rng.sample([word, *more], rng.choice((2, 2, 3))))

    several = 0
    for typed in {asked() for _ in range(90)}:
        found = await find(database, typed, limit=40)
        several += len(found.ids) > 1
    assert several > 15, "too little was found to tell"


@pytest.mark.parametrize("word", ["коваленко", "іван", "шевченко", "anna", "мельник", "александровский"])
def test_every_typo_shares_a_remainder_with_the_word(word: str) -> None:
    letters = "абвіїzw"
    typos = {word[:place] + word[place + 1 :] for place in range(len(word))}
    typos |= {word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in letters}
    typos |= {word[:place] + letter + word[place + 1 :] for place in range(len(word)) for letter in letters}
    typos |= {word[:place] + word[place : place + 2][::-1] + word[place + 2 :] for place in range(len(word) - 1)}
    for typo in typos - {word}:
        assert set(search_words.remainders_typed(typo)) & set(search_words.remainders(word)), typo
        assert search_words.one_typo_apart(typo, word), typo
