"""Names are read into their parts in any order, and all forms of a given name are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import diminutives, name_forms, names
from crm.names import Name


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Иван Петров", ("ivan", "petrov", None)),
        ("Петров Иван", ("ivan", "petrov", None)),
        ("Петров Иван Сергеевич", ("ivan", "petrov", "sergevich")),
        ("Ольга Сергіївна Шевченко-Коваль", ("olga", "shevchenkokoval", "sergivna")),
        ("ivan petrov", ("ivan", "petrov", None)),
        ("Петров И. С.", ("i", "petrov", "s")),
        ("Іванченко О.", ("o", "ivanchenko", None)),
        ("Іван Іванович", ("ivan", None, "ivanovich")),
        ("Петрович Иван", ("ivan", "petrovich", None)),
        ("пан Мар'яна Коваль", ("mariana", "koval", None)),
        ("Петрова Анна-Мария", ("ana", "petrova", None)),
        ("Саша 😀", ("sasha", None, None)),
        ("Невідоме Прізвище", ("nevidome", "prizvishe", None)),
    ],
)
def test_a_name_is_read_in_any_order(typed: str, parts: tuple[str | None, ...]) -> None:
    assert names.read(typed) == Name(*parts)


@pytest.mark.parametrize("typed", [None, "", "  ", "😀", "123", "---", "."])
def test_what_has_no_letters_is_nobody(typed: str | None) -> None:
    assert names.read(typed) == names.NOBODY


@given(st.text(max_size=200))
def test_any_text_is_read(typed: str) -> None:
    for part in names.read(typed):
        assert part is None or (part.isascii() and part.isalpha())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Саша", "Олександр"),
        ("Sasha", "Александра"),
        ("Олександр", "Alexander"),
        ("Женя", "Євгенія"),
        ("Kate", "Катерина"),
        ("Вова", "Volodymyr"),
        ("Оксана", "Ксенія"),
        ("Павлик", "Paul"),
        ("Маша", "Mary"),
        ("Лёша", "Олексій"),
    ],
)
def test_forms_of_one_name_are_one_name(one: str, other: str) -> None:
    assert diminutives.one_name(names.key(one), names.key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Александр", "Александра"),
        ("Валерий", "Валерия"),
        ("Анна", "Галина"),
        ("Марина", "Мария"),
        ("Иван", "Ян"),
        ("Незнайка", "Незнайка"),
    ],
)
def test_names_that_only_look_alike_are_two(one: str, other: str) -> None:
    assert not diminutives.one_name(names.key(one), names.key(other))


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Олена Коваль", "Олена"),
        ("Коваль Олена", "Олена"),
        ("Петрова Анна Ивановна", "Анна Ивановна"),
        ("Тарас Григорович", "Тарас Григорович"),
        ("Оля маникюр подруга Кати", "Оля"),
        ("James Clark", "James"),
        ("Анна-Мария Вольф", "Анна-Мария"),
        ("🌸 Оксанка 🌸", "Оксанка"),
        ("Ольга", "Ольга"),
        ("Blue Whale", "Blue Whale"),
        ("<b>Robert'); DROP", "<b>Robert'); DROP"),
        ("  ", "  "),
        ("", ""),
    ],
)
def test_one_is_called_by_the_given_name(name: str, called: str) -> None:
    """Where none is known among the words, by all of them."""
    assert name_forms.spoken(name) == called
