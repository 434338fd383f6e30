"""Rows of a file as values of a card: taken, or a fault that says where and why; never dropped in silence."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import columns, incoming, name_forms, values
from crm.incoming import Incoming, Reader

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def reader(*targets: str, headings: Sequence[str] = (), **options: Any) -> Reader:
    titles = headings or [""] * len(targets)
    mapping = columns.Columns(
        tuple(columns.Column(index, titles[index], target) for index, target in enumerate(targets))
    )
    return Reader(mapping, **{"regions": ("UA", "RU"), "zone": KYIV, "now": NOW, "currency": "UAH", **options})


def card(row: Mapping[str, str], **options: Any) -> Incoming:
    return reader(*row, **options).to_card(list(row.values()))


def reasons(one: Incoming) -> list[str]:
    return [fault.reason for fault in one.faults]


def test_a_row_becomes_the_values_of_a_card() -> None:
    one = card(
        {
            "last_name": "ПЕТРОВА", "first_name": "анна", "phone": "8 (916) 123-45-67", "email": "Anna@Gmail.com",
            "birthday": "08.03.1990", "sex": "Ж", "tags": "vip; опт", "username": "https://t.me/anna_p",
            "language": "рус", "created": "05.01.2024 14:30", "city": " Київ ",
        }
    )  # fmt: skip
    assert one.faults == []
    assert one.values == {
        "name": "Анна Петрова", "phone": ["+79161234567"], "email": ["Anna@gmail.com"], "birthday": "1990-03-08",
        "sex": "female", "tags": ["vip", "опт"], "username": "anna_p", "language": "ru",
        "created": "2024-01-05T12:30:00+00:00", "city": "Київ",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "family_first", "name"),
    [
        ("Иванова Анна Петровна", False, "Анна Петровна Иванова"),
        ("Шевченко Тарас Григорович", False, "Тарас Григорович Шевченко"),
        ("Петрова, Анна", False, "Анна Петрова"),
        ("Смирнов Олег", True, "Олег Смирнов"),
        ("Смирнов Олег", False, "Смирнов Олег"),
        ("Анна Смирнова", True, "Анна Смирнова"),
        ("ИВАН ПЕТРОВ", False, "Иван Петров"),
        ("Анна", True, "Анна"),
        ("—", False, None),
        ("380671234567", False, None),
    ],
)
def test_names_come_in_the_order_in_which_one_speaks_to_a_person(
    written: str, family_first: bool, name: str | None
) -> None:
    assert name_forms.one(written, family_first=family_first) == name


def test_the_fuller_of_two_names_is_kept() -> None:
    one = card({"name": "Анна", "first_name": "Анна", "last_name": "Коваль", "phone": "0671234567"})
    assert one.values["name"] == "Анна Коваль"
    other = card({"name": "Анна Ивановна Коваль", "first_name": "Анна", "phone": "0671234567"})
    assert other.values["name"] == "Анна Ивановна Коваль"


def test_a_company_without_a_person_is_called_by_its_name() -> None:
    assert card({"organisation": "Ромашка", "phone": "0671234567"}).values["name"] == "Ромашка"


def test_several_columns_of_one_kind_are_joined_each_value_once() -> None:
    one = reader("phone", "phone", "email", "email", "note", "note").to_card(
        ["0671234567", "+380671234567, 050 111 22 33", "a@ukr.net", "a@ukr.net; b@ukr.net", "первая", "вторая"]
    )
    assert one.values["phone"] == ["+380671234567", "+380501112233"]
    assert one.values["email"] == ["a@ukr.net", "b@ukr.net"]
    assert one.values["note"] == "первая\nвторая"


@pytest.mark.parametrize(
    ("target", "cell", "reason"),
    [
        ("phone", "12345", "phone-invalid"),
        ("phone", "3,8067E+11", "phone-rounded"),
        ("email", "anna@", "email-invalid"),
        ("email", "anna@gmial.com", "email-typo"),
        ("birthday", "31.02.1990", "date-impossible"),
        ("birthday", "01.01.2090", "date-future"),
        ("birthday", "01.01.1900", "date-old"),
        ("birthday", "весной", "date-unknown"),
        ("created", "8 марта", "date-year"),
        ("created", "01.01.2030", "date-future"),
        ("username", "anna кот", "username-invalid"),
        ("telegram_id", "-100123", "telegram-invalid"),
        ("sex", "кот", "sex-unknown"),
        ("status", "непонятный", "status-unknown"),
        ("language", "эльфийский", "language-unknown"),
        ("city", "ы" * 301, "text-long"),
        ("note", "ы" * 4001, "text-long"),
        ("tags", "ы" * 65, "text-long"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_a_fault_and_costs_only_itself(target: str, cell: str, reason: str) -> None:
    one = reader("name", "email", target).to_card(["Анна", "anna@ukr.net", cell])
    assert reasons(one) == [reason]
    fault = one.faults[0]
    assert fault.column == 2
    assert cell.startswith(fault.value)
    assert not one.is_lost
    assert one.values == {"name": "Анна", "email": ["anna@ukr.net"]}


def test_a_typo_is_said_with_what_may_be_meant() -> None:
    one = card({"name": "Анна", "email": "anna@gmial.com", "phone": "0671234567"})
    assert one.faults[0].params == {"meant": "anna@gmail.com"}


def test_a_row_whose_only_way_to_its_person_is_broken_is_lost() -> None:
    one = card({"name": "Анна", "phone": "12345"})
    assert one.is_lost
    assert reasons(one) == ["phone-invalid", "row-unreachable"]


def test_a_row_about_nobody_is_lost_and_one_with_a_name_is_not() -> None:
    assert reasons(card({"name": "", "city": "Київ"})) == ["row-nobody"]
    assert card({"name": "", "city": "Київ"}).is_lost
    assert not card({"name": "Анна", "city": "Київ"}).is_lost


def test_a_row_with_more_cells_than_columns_says_so() -> None:
    one = reader("name", "phone").to_card(["Анна", "0671234567", "ещё", " ", "и ещё"])
    assert reasons(one) == ["row-wide"]
    assert one.faults[0].value == "ещё · и ещё"
    assert reasons(reader("name", "phone").to_card(["Анна", "0671234567", "", " "])) == []


def test_a_short_row_is_a_row() -> None:
    assert reader("phone", "name", "city").to_card(["0671234567"]).values == {"phone": ["+380671234567"]}


@pytest.mark.parametrize("cell", ["-", "null", "NULL", "n/a", "Unspecified", "не указан"])
def test_what_programs_write_for_nothing_is_nothing(cell: str) -> None:
    one = card({"name": "Анна", "phone": "0671234567", "sex": cell, "birthday": cell, "email": cell, "city": cell})
    assert one.faults == []
    assert one.values == {"name": "Анна", "phone": ["+380671234567"]}


def test_a_number_in_the_column_of_telegram_is_a_phone() -> None:
    assert card({"name": "Анна", "username": "+38 067 123 45 67"}).values["phone"] == ["+380671234567"]


def test_groups_that_google_makes_by_itself_are_no_tags() -> None:
    one = card({"phone": "0671234567", "tags": "* myContacts ::: Клиенты ::: * starred"})
    assert one.values["tags"] == ["Клиенты"]


def test_a_birthday_of_two_figures_is_never_yet_to_come() -> None:
    assert card({"phone": "0671234567", "birthday": "08.03.30"}).values["birthday"] == "1930-03-08"
    assert card({"phone": "0671234567", "birthday": "08.03.05"}).values["birthday"] == "2005-03-08"


def test_a_sum_is_in_its_own_currency_then_in_the_rows_then_in_the_businesss() -> None:
    def sum_of(amount: str, currency: str = "") -> object:
        one = card({"phone": "0671234567", "amount": amount, "currency": currency}, currencies=("USD",))
        return one.values.get("amount") or reasons(one)

    assert sum_of("1 500,50") == [150050, "UAH"]
    assert sum_of("20", "USD") == [2000, "USD"]
    assert sum_of("$20", "грн") == [2000, "USD"]
    assert sum_of("20", "попугаев") == ["amount-invalid"]
    assert sum_of("-5") == ["amount-invalid"]


@pytest.mark.parametrize(
    "cells",
    [
        {"amount": "много", "bought_at": "01.03.2026"},
        {"amount": "500", "bought_at": "31.02.2026"},
        {"amount": "500", "bought_at": "20.01.2030"},
        {"amount": "500", "bought_at": "31.02.2026", "created": "01.03.2020"},
        {"amount": "500", "created": "31.02.2026"},
        {"amount": "500", "bought_at": "01.03.2026", "order": "1" * 81},
        {"amount": "500", "currency": "попугаев", "bought_at": "01.03.2026"},
    ],
    ids=" ".join,
)
def test_a_purchase_of_which_something_cannot_be_read_waits_and_its_person_does_not(cells: dict[str, str]) -> None:
    one = card({"phone": "0671234567", **cells})
    assert (one.held, one.is_lost, len(one.faults)) == (True, False, 1)
    assert one.values["phone"] == ["+380671234567"]
    assert "amount" not in one.values


@pytest.mark.parametrize(
    "cells",
    [
        {"amount": "500"},
        {"amount": "500", "bought_at": "", "created": ""},
        {"amount": "500", "bought_at": "01.03.2026", "created": "31.02.2026"},
        {"amount": "500", "bought_at": "01.03.2026", "birthday": "31.02.1990"},
    ],
    ids=" ".join,
)
def test_what_is_wrong_with_the_person_keeps_no_purchase_back(cells: dict[str, str]) -> None:
    one = card({"phone": "0671234567", **cells})
    assert (one.held, one.values["amount"]) == (False, [50000, "UAH"])


def test_a_row_without_a_sum_has_no_purchase_that_could_wait() -> None:
    assert not card({"phone": "0671234567", "amount": "", "bought_at": "31.02.2026"}).held


def test_a_purchase_by_a_name_alone_is_nobodys() -> None:
    assert reasons(card({"name": "Анна", "amount": "100"})) == ["row-nobody"]


def test_fields_of_the_owners_own_are_read_by_their_types() -> None:
    own = {"shoe": lambda cell: values.number(cell, least=20, most=50)}
    one = card({"phone": "0671234567", "field:shoe": "38"}, own=own)
    assert one.values["field:shoe"] == 38
    assert reasons(card({"phone": "0671234567", "field:shoe": "380"}, own=own)) == ["own-invalid"]
    assert card({"phone": "0671234567", "field:gone": "38"}, own=own).values == {"phone": ["+380671234567"]}


def test_a_formula_is_a_text_like_any_other() -> None:
    one = card({"name": "=cmd|' /C calc'!A0", "phone": "0671234567", "note": "=1+1"})
    assert one.values["note"] == "=1+1"


@pytest.mark.parametrize("target", columns.TARGETS[:-1])
@pytest.mark.parametrize("filling", [" ", "a ", "a,", "8 марта ", "0", "@", ",", "доб 1 ", "Аб"])
def test_a_cell_as_long_as_a_sheet_allows_costs_a_moment(target: str, filling: str) -> None:
    """No pattern runs away on what was made to make it: the deadline is a hundred times what is needed."""
    cell = ("8 " + filling * 32_000)[:32_000] + "x"
    began = time.process_time()
    card({target: cell})
    assert time.process_time() - began < 2


ANY = st.text(max_size=30)


@given(st.lists(ANY, max_size=14))
def test_any_cells_give_values_and_known_faults(cells: list[str]) -> None:
    """Nothing raises, every reason has its words, and what can be reached is what the values say."""
    one = reader(*columns.TARGETS[:14]).to_card(cells)
    assert set(reasons(one)) <= incoming.FAULTS
    assert all(phone.startswith("+") for phone in one.values.get("phone", ()))
    assert one.is_lost == (not {"phone", "email", "name"} & set(one.values)) or reasons(one)[-1] == "row-unreachable"


@given(st.lists(ANY, min_size=12, max_size=12))
def test_any_cells_of_the_other_columns_too(cells: list[str]) -> None:
    one = reader(*columns.TARGETS[14:]).to_card(cells)
    assert set(reasons(one)) <= incoming.FAULTS
