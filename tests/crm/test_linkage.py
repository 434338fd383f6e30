"""Two cards of one person are found, and people who only look alike are left alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import made_people
from crm import blocking, doubles, likeness, linkage
from crm.blocking import Rule
from crm.doubles import Person
from crm.linkage import Field, Model

OLEKSANDR = Person(1, name="Олександр Коваль", phones=("+380671234567",), birthday="1990-03-08")


def known(**columns: Any) -> Person:
    return Person(2, **columns)


def score(one: Person, other: Person) -> float:
    return doubles.compare(Model(doubles.fields()), one, other)[0]


def reasons(one: Person, other: Person) -> dict[str, str]:
    return doubles.compare(Model(doubles.fields()), one, other)[1]


# -------------------------------------------------------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("petrov", "petrov", "same"),
        ("petrov", "pertov", "near"),
        ("petrov", "petrova", "near"),
        ("sasha", "aleksandr", "familiar"),
        ("o", "oleksandr", "initial"),
        ("ivan", "o", "different"),
        ("ivan", "galina", "different"),
    ],
)
def test_two_names_agree_by_their_level(one: str, other: str, level: str) -> None:
    levels = likeness.given_and_surname().columns[0].levels
    assert levels[likeness.name_level(one, other) - 1].name == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1990-03-08", "1990-03-08", "same"),
        ("1990-03-08", "1990-08-03", "slip"),
        ("1990-03-08", "1990-03-18", "slip"),
        ("1990-03-08", "--03-08", "slip"),
        ("1990-03-08", "1976-03-08", "part"),
        ("1990-03-08", "1971-11-25", "different"),
        ("--03-08", "--11-25", "different"),
    ],
)
def test_birthdays_agree_by_their_level(one: str, other: str, level: str) -> None:
    assert reasons(known(birthday=one), known(birthday=other)) == {"birthday": level}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("+380671234567", "+380671234567", "same"),
        ("+380671234567", "+79671234567", "tail"),
        ("+380671234567", "+380671234568", "slip"),
        ("+380671234567", "+380671234657", "slip"),
        ("+380671234567", "+380509998877", "different"),
    ],
)
def test_phones_agree_by_their_level(one: str, other: str, level: str) -> None:
    assert reasons(known(phones=(one,)), known(phones=("+380440000000", other))) == {"phone": level}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ivan.koval@gmail.com", "ivan.koval@gmail.com", "same"),
        ("ivan.koval@gmail.com", "ivan.koval@ukr.net", "local"),
        ("ivan.koval@gmail.com", "ivan.kovla@gmail.com", "slip"),
        ("koval.12@gmail.com", "koval.13@gmail.com", "different"),
    ],
)
def test_addresses_agree_by_their_level(one: str, other: str, level: str) -> None:
    assert reasons(known(emails=(one,)), known(emails=(other,))) == {"email": level}


def test_names_that_changed_places_are_seen() -> None:
    assert reasons(known(name="Жизель Мерова"), known(name="Мерова Жизель")) == {
        "given": "crossed",
        "surname": "crossed",
    }


def test_what_is_empty_says_nothing() -> None:
    assert reasons(OLEKSANDR, known()) == {}


_people = st.builds(
    Person,
    id=st.integers(1, 9),
    name=st.none() | st.text(max_size=40) | st.sampled_from(["Саша Коваль", "Коваль О.", "oleksandr koval"]),
    username=st.none() | st.text(max_size=10),
    phones=st.lists(st.from_regex(r"\+380[0-9]{9}", fullmatch=True), max_size=2).map(tuple),
    emails=st.lists(st.emails(), max_size=2).map(tuple),
    birthday=st.none() | st.dates().map(str) | st.text(max_size=12),
    city=st.none() | st.text(max_size=20),
)


@given(_people, _people)
def test_it_is_all_the_same_who_is_compared_with_whom(one: Person, other: Person) -> None:
    assert score(one, other) == pytest.approx(score(other, one))
    assert reasons(one, other) == reasons(other, one)


# -------------------------------------------------------------------------------------------------------------- scores


@pytest.mark.parametrize(
    "other",
    [
        known(name="Саша Коваль", phones=("+380671234567",)),
        known(name="koval oleksandr", phones=("+380671234567",)),
        known(name="Олександр Кваль", phones=("+380671234567",)),
        known(name="Олександр Коваль", phones=("+380671234567",), city="Київ"),
        known(name="Олександр Коваль", phones=("+380671234568",)),
        known(phones=("+380671234567",)),
    ],
)
def test_one_person_is_likely_before_anything_is_known_of_the_base(other: Person) -> None:
    assert doubles.taken_for(score(OLEKSANDR, other), reasons(OLEKSANDR, other)) is not None


@pytest.mark.parametrize(
    "other",
    [
        known(name="Марія Коваль", phones=("+380671234567",)),
        known(name="Олександр Коваль", birthday="1971-11-25", phones=("+380509998877",)),
        known(name="Олександр"),
        known(name="Галина Шевчук", birthday="1990-03-08"),
    ],
)
def test_relatives_and_namesakes_are_not(other: Person) -> None:
    assert doubles.taken_for(score(OLEKSANDR, other), reasons(OLEKSANDR, other)) is None


def test_a_name_alone_is_never_certain() -> None:
    assert doubles.taken_for(30.0, {"given": "same", "surname": "same"}) == "likely"


def test_another_given_name_or_birthday_is_never_certain() -> None:
    agreed = {"phone": "same", "surname": "same", "email": "same"}
    assert doubles.taken_for(30.0, agreed) == "certain"
    assert doubles.taken_for(30.0, agreed | {"given": "different"}) == "likely"
    assert doubles.taken_for(30.0, agreed | {"birthday": "different"}) == "likely"


VERIFIED = replace(OLEKSANDR, verified=OLEKSANDR.phones, telegram_id=7)


def proven(one: Person, other: Person) -> bool:
    return doubles.proven(one, other, reasons(one, other)) and doubles.proven(other, one, reasons(other, one))


def test_a_phone_that_telegram_proved_joins_a_card_that_has_it() -> None:
    assert proven(VERIFIED, known(name="Саша", phones=("+380671234567",)))
    assert proven(VERIFIED, known(phones=("+380671234567",)))


def test_a_phone_nobody_proved_joins_nothing() -> None:
    assert not proven(OLEKSANDR, known(name="Саша Коваль", phones=("+380671234567",)))


def test_a_proven_phone_does_not_join_a_relative_or_another_account() -> None:
    assert not proven(VERIFIED, known(name="Марія Коваль", phones=("+380671234567",)))
    assert not proven(VERIFIED, known(name="Саша", phones=("+380671234567",), birthday="1971-11-25"))
    assert not proven(VERIFIED, known(name="Саша", phones=("+380671234567",), telegram_id=8))


# ---------------------------------------------------------------------------------------------------------- whole bases


@pytest.fixture(scope="module")
def base() -> tuple[list[Person], set[tuple[int, int]]]:
    return made_people.base(2_000, seed=11)


@pytest.fixture(scope="module")
def found(base: tuple[list[Person], set[tuple[int, int]]]) -> list[doubles.Found]:
    return list(doubles.find(Model(doubles.fields()), base[0]))


def test_nearly_everybody_who_is_there_twice_is_found(
    base: tuple[list[Person], set[tuple[int, int]]], found: Sequence[doubles.Found]
) -> None:
    links = base[1]
    right = sum((one.low, one.high) in links for one in found)
    assert right / len(links) > 0.95
    assert right / len(found) > 0.9


def test_who_is_certain_is_right(
    base: tuple[list[Person], set[tuple[int, int]]], found: Sequence[doubles.Found]
) -> None:
    certain = {(one.low, one.high) for one in found if one.taken_for == "certain"}
    assert certain <= base[1]
    assert len(certain) > 0.7 * len(base[1])


def test_a_base_is_judged_the_same_in_any_order(
    base: tuple[list[Person], set[tuple[int, int]]], found: Sequence[doubles.Found]
) -> None:
    shuffled = random.Random(5).sample(base[0], len(base[0]))
    again = {(one.low, one.high) for one in doubles.find(Model(doubles.fields()), shuffled)}
    assert all((one.low, one.high) in again for one in found if one.score > doubles.LIKELY_FROM + 3)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_a_base_of_hardly_anybody_is_judged_too(size: int) -> None:
    people = [replace(OLEKSANDR, id=number) for number in range(1, size + 1)]
    assert len(list(doubles.find(Model(doubles.fields()), people))) == (size == 2)


def test_a_rare_surname_weighs_more_than_a_common_one() -> None:
    people = [Person(number, name=f"Іван Коваленко{'аеиоу'[number % 5]}ко") for number in range(1, 400)]
    people += [Person(number, name="Іван Рідкісенко") for number in (400, 401)]
    people += [Person(number, name="Іван Коваленко") for number in range(402, 500)]
    model = Model(doubles.fields())
    prepared = [model.prepare(doubles.record(one)) for one in people]
    model.learn(prepared, [])
    assert model.score(prepared[399], prepared[400]) > model.score(prepared[402], prepared[403]) + 3


def test_what_was_learnt_is_kept_and_says_nothing_of_anybody(
    base: tuple[list[Person], set[tuple[int, int]]],
) -> None:
    model, later = Model(doubles.fields()), Model(doubles.fields())
    list(doubles.find(model, base[0]))
    later.take(model.shares())
    one, other = OLEKSANDR, known(name="Саша Коваль", city="Київ")
    fresh = doubles.compare(Model(doubles.fields()), one, other)[0]
    assert doubles.compare(later, one, other)[0] != fresh
    assert set(model.shares()["columns"]) == {
        column.name for field in doubles.fields() for column in field.kind.columns
    }
    assert "+380" not in str(model.shares())


def test_levels_that_have_changed_since_begin_anew() -> None:
    model = Model(doubles.fields())
    before = model.shares()
    model.take({"odds": before["odds"], "columns": {"given": {"m": [1.0], "u": [1.0]}, "gone": {"m": [], "u": []}}})
    assert model.shares() == before


def test_shares_of_every_level_add_up_to_one() -> None:
    for column in [column for field in doubles.fields() for column in field.kind.columns]:
        assert sum(level.m for level in column.levels) == pytest.approx(1, abs=0.02), column.name
        assert sum(level.u for level in column.levels) == pytest.approx(1, abs=0.02), column.name
        if column.levels[0].kin is not None:
            assert sum(level.kin or 0 for level in column.levels) == pytest.approx(1, abs=0.02), column.name


# ------------------------------------------------------------------------------------------------------------- blocking


def test_a_key_that_many_share_is_passed_over() -> None:
    everybody = [{"name": ["ivan"], "id": [str(number // 2)]} for number in range(100)]
    assert blocking.candidates(everybody, [Rule(("name",))]) == []
    assert blocking.candidates(everybody, [Rule(("name",)), Rule(("name", "id"))]) == [
        (number, number + 1) for number in range(0, 100, 2)
    ]


def test_two_values_of_one_part_make_one_key_in_either_order() -> None:
    everybody = [{"word": ["ivan", "petrov"]}, {"word": ["petrov", "ivan"]}, {"word": ["ivan"]}]
    assert blocking.candidates(everybody, [Rule(("word", "word"))]) == [(0, 1)]


def test_two_files_are_compared_across_only() -> None:
    everybody = [{"name": ["ivan"]}] * 4
    assert blocking.candidates(everybody, [Rule(("name",))], split=2) == [(0, 2), (0, 3), (1, 2), (1, 3)]


def test_a_file_is_linked_with_another_by_its_own_fields() -> None:
    """The same code, other fields: a supplier's list of shops."""
    model = Model(
        [
            Field(likeness.word("shop", same=(0.8, 0.001)), ("title",)),
            Field(likeness.code("house", same=(0.85, 0.02)), ("house",)),
        ]
    )
    shops = [
        {"title": f"shop {'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}", "house": str(number)}
        for number in range(50)
    ]
    prepared = [model.prepare(one) for one in [*shops, *shops]]
    model.learn(prepared, [model.pattern(prepared[place], prepared[place + 50]) for place in range(50)], across=50)
    assert linkage.probability(model.score(prepared[3], prepared[53])) > 0.9
    assert linkage.probability(model.score(prepared[3], prepared[77])) < 0.1
