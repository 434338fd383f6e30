"""Columns of a file: recognised by their headings in three languages, confirmed or overruled by what lies in them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crm import column_words, columns, headings


def targets(titles: Sequence[str], *rows: Sequence[str]) -> list[str]:
    return [column.target for column in columns.recognise(titles, rows).columns]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("ФИО", "name"), ("ПІБ", "name"), ("Прізвище, ім'я", "name"), ("Full Name", "name"), ("Имя клиента", "name"),
        ("First Name", "first_name"), ("firstName", "first_name"), ("last_name", "last_name"), ("Отчество", "middle_name"),
        ("По батькові", "middle_name"), ("Телефон", "phone"), ("Тел.", "phone"), ("Номер телефону", "phone"),
        ("Телефон (моб.)", "phone"), ("Phone 1 - Value", "phone"), ("Mobile Phone Number", "phone"), ("ТЕЛЕФОН 2", "phone"),
        ("Телефон мамы", "phone"), ("E-mail", "email"), ("Эл. почта", "email"), ("Електронна пошта", "email"),
        ("E-mail 2 Address", "email"), ("Рабочий e-mail", "email"), ("Дата рождения", "birthday"), ("ДР", "birthday"),
        ("День народження", "birthday"), ("Date of birth", "birthday"), ("Город", "city"), ("Місто", "city"),
        ("Город (дом. адрес)", "city"), ("Компания", "organisation"), ("Organization Name", "organisation"),
        ("Должность", "position"), ("Посада", "position"), ("Job Title", "position"), ("Пол", "sex"), ("Стать", "sex"),
        ("Теги", "tags"), ("Мітки", "tags"), ("Group Membership", "tags"), ("Комментарий", "note"), ("Нотатки", "note"),
        ("Примечание 3", "note"), ("Источник", "source"), ("Звідки дізналися", "source"), ("utm_source", "source"),
        ("Дата создания", "created"), ("Create Date", "created"), ("Ответственный", "owner"), ("Contact owner", "owner"),
        ("Язык", "language"), ("Telegram", "username"), ("Ник в Telegram", "username"), ("Telegram ID", "telegram_id"),
        ("Телеграм-аккаунт", "username"), ("Телефно", "phone"), ("Комментраий", "note"),
        ("Phone 1 - Type", "ignore"), ("E-mail Display Name", "ignore"), ("ИНН", "ignore"), ("Title", "ignore"),
        ("Business Fax", "ignore"), ("Кем редактирован", "ignore"), ("Organization Department", "ignore"),
        ("Погода", "ignore"), ("", "ignore"),
    ],
)  # fmt: skip
def test_headings_are_known_as_people_and_programs_write_them(heading: str, target: str) -> None:
    assert targets([heading]) == [target]


def test_every_heading_of_the_table_leads_to_its_own_target() -> None:
    """No heading is listed twice, nor lost on its way through folding."""
    seen: dict[str, str] = {}
    for target, listed in column_words.HEADINGS.items():
        assert target in columns.TARGETS
        for heading in map(str.strip, listed.split("|")):
            key = columns.key(heading)
            assert seen.setdefault(key, target) == target, heading


def test_a_name_beside_a_surname_is_the_first_name_only() -> None:
    assert targets(["Имя", "Фамилия"]) == ["first_name", "last_name"]
    assert targets(["Имя", "Телефон"]) == ["name", "phone"]


def test_what_lies_in_a_column_overrules_its_heading() -> None:
    rows = [["anna@example.com", "x"], ["bob@example.com", "y"], ["kate@example.com", "z"]]
    assert targets(["Телефон", "Город"], *rows) == ["email", "city"]


def test_a_column_called_phone_that_holds_none_is_left_out() -> None:
    rows = [["да"], ["нет"], ["да"], ["да"]]
    assert targets(["Телефон"], *rows) == ["ignore"]


def test_a_number_of_a_card_is_no_phone_and_no_name() -> None:
    rows = [["100234", "100234"], ["100235", "100235"], ["100236", "100236"]]
    assert targets(["Номер клиента", "Клиент"], *rows) == ["ignore", "ignore"]


def test_columns_without_headings_are_known_by_what_lies_in_them() -> None:
    rows = [
        ["Анна Ковальова", "+380671234567", "anna@example.com", "08.03.1990", "@anna_k", "ж", "42"],
        ["Дмитро Бойко", "0501112233", "dmytro@example.com", "12.11.1985", "@boiko", "ч", "17"],
    ]
    assert targets([""] * 7, *rows) == ["name", "phone", "email", "birthday", "username", "sex", "ignore"]


def test_a_second_column_of_capitalised_words_is_no_second_name() -> None:
    rows = [["Анна Ковальова", "Нова Пошта"], ["Дмитро Бойко", "Нова Пошта"]]
    assert targets(["", ""], *rows) == ["name", "ignore"]


def test_sums_with_dates_or_orders_make_a_file_of_purchases() -> None:
    found = columns.recognise(["Дата", "Телефон", "Товар", "Сумма"], [["05.01.2026", "0671234567", "Чай", "1 500,00"]])
    assert found.kind == "purchases"
    assert [column.target for column in found.columns] == ["bought_at", "phone", "what", "amount"]


def test_a_sum_alone_makes_none() -> None:
    """A list of people with what they have spent so far holds no purchase that could be dated."""
    found = columns.recognise(["Имя", "Телефон", "Сумма"], [["Анна", "0671234567", "1500"]])
    assert found.kind == "contacts"
    assert found.columns[2].target == "ignore"


def test_the_order_of_day_and_month_is_told_by_the_column() -> None:
    def order(*cells: str) -> str:
        return columns.recognise(["Birthday"], [[cell] for cell in cells]).columns[0].day_order

    assert order("03/04/1990", "25/03/1990") == "dmy"
    assert order("03/04/1990", "03/25/1990") == "mdy"
    assert order("03/04/1990") == "mdy"
    assert columns.recognise(["День рождения"], [["03/04/1990"]]).columns[0].day_order == "dmy"


def test_the_owners_own_fields_are_known_by_their_titles() -> None:
    found = columns.recognise(["Телефон", "Размер обуви"], [], own={"shoe": ("Размер обуви", "Розмір взуття")})
    assert found.columns[1].target == "field:shoe"


def test_a_status_is_believed_only_where_it_is_one_of_ours() -> None:
    assert targets(["Статус"], ["VIP"], ["Постоянный"]) == ["status"]
    assert targets(["Lead Status"], ["OPEN_DEAL"], ["UNQUALIFIED"], ["OPEN_DEAL"]) == ["ignore"]


def test_a_column_changed_by_hand_is_kept_with_the_rest() -> None:
    found = columns.recognise(["Погода", "Телефон"], [["солнце", "0671234567"]]).changed(0, "note")
    assert [column.target for column in found.columns] == ["note", "phone"]
    assert found.columns[0].by == "hand"
    assert columns.Columns.from_json(found.to_json()) == found
    with pytest.raises(IndexError):
        found.changed(7, "note")


def test_files_of_one_make_have_one_signature() -> None:
    assert columns.signature(["Имя ", "ТЕЛЕФОН"]) == columns.signature(["имя", "Телефон"])
    assert columns.signature(["Имя", "Телефон"]) != columns.signature(["Телефон", "Имя"])
    assert columns.signature(["", " "]) == ""


def test_a_column_without_a_heading_is_called_by_its_letter() -> None:
    assert [columns.letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_title_above_the_headings_is_passed_over() -> None:
    rows = [["База клиентов, 2026"], ["Имя", "Телефон"], ["Анна", "0671234567"]]
    assert headings.row_of(rows) == 1


def test_a_first_row_about_somebody_is_no_row_of_headings() -> None:
    assert headings.row_of([["Анна Ковальова", "0671234567"], ["Дмитро", "0501112233"]]) is None
    assert headings.row_of([["anna@example.com"], ["bob@example.com"]]) is None
    assert headings.row_of([]) is None


def test_words_over_figures_are_headings_even_when_nobody_knows_them() -> None:
    assert headings.row_of([["Абв", "Где"], ["Анна", "0671234567"]]) == 0
    assert headings.row_of([["Анна", "Київ"], ["Дмитро", "Львів"]]) is None
