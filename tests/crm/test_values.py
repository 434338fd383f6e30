"""What people type, checked by the type of the question."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import values
from crm.playbook import Option
from crm.values import Accepted, Half, Refused, Unsure

KYIV = ZoneInfo("Europe/Kyiv")
NOON = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""A Saturday, 12:00 in Kyiv."""

CUT = Option.model_validate({"id": "cut", "title": {"ru": "Стрижка", "uk": "Стрижка", "en": "Haircut"}})
COLOUR = Option.model_validate({"id": "colour", "title": {"ru": "Окрашивание", "uk": "Фарбування", "en": "Colour"}})
CARE = Option.model_validate({"id": "care", "title": {"ru": "Уход", "uk": "Догляд", "en": "Colour care"}})
SERVICES = (CUT, COLOUR, CARE)


def moment(raw: str, want: Any = "datetime", half: Half | None = None) -> values.Read:
    return values.moment(raw, want, now=NOON, zone=KYIV, hours=(8, 21), half=half)


@pytest.mark.parametrize("regions", [("UA", "RU"), ("RU", "UA")])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8 (916) 123-45-67", "+79161234567"),
        ("+7 916 123 45 67", "+79161234567"),
        ("79161234567", "+79161234567"),
        ("+8 916 123 45 67", "+79161234567"),
        ("0671234567", "+380671234567"),
        ("067 123-45-67", "+380671234567"),
        ("380671234567", "+380671234567"),
        ("00380671234567", "+380671234567"),
        ("+380 (0)67 123 45 67", "+380671234567"),
        ("мой номер: 067.123.45.67", "+380671234567"),
        ("+48 512 345 678", "+48512345678"),
        ("٠٦٧١٢٣٤٥٦٧", "+380671234567"),
        ("80501234501", "+380501234501"),
        ("80 67 123 45 67", "+380671234567"),
        ("80442345678", "+380442345678"),
        ("0 67 123/45/67", "+380671234567"),
        ("067 123 45 67 доб. 12", "+380671234567"),
    ],
)
def test_a_phone_is_read_however_it_is_written_whichever_country_comes_first(
    typed: str, kept: str, regions: tuple[str, ...]
) -> None:
    assert values.phone(typed, regions) == Accepted(kept)


@pytest.mark.parametrize(
    "typed", ["", "позвоните", "123", "0671234567 0501112233", "+380 67 123", "9" * 19, "1" * 5000]
)
def test_what_is_no_phone_is_refused_with_an_example_of_one(typed: str) -> None:
    refused = values.phone(typed, ("UA",))
    assert isinstance(refused, Refused)
    assert refused.reason == "phone-invalid"
    assert str(refused.params["example"]).startswith("+380")


def test_a_kept_phone_is_shown_as_people_read_it() -> None:
    assert values.phone_shown("+380671234567") == "+380 67 123 4567"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" anna@Gmail.com ", "anna@gmail.com"),
        ("mailto:anna@ukr.net", "anna@ukr.net"),
        ("<a.b+c@firma.ua>", "a.b+c@firma.ua"),
        ("anna@mail.com", "anna@mail.com"),
    ],
)
def test_an_email_is_taken_without_what_stands_around_it(typed: str, kept: str) -> None:
    assert values.email(typed) == Accepted(kept)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("anna@gmail.con", "anna@gmail.com"), ("a@gmial.com", "a@gmail.com"), ("a@firma.con", "a@firma.com")],
)
def test_a_misspelt_domain_is_asked_about_and_both_may_be_chosen(typed: str, meant: str) -> None:
    assert values.email(typed) == Unsure("email-typo", (meant, typed))


@pytest.mark.parametrize("typed", ["", "anna", "anna@", "@gmail.com", "a b@gmail.com", "a@b", "@" * 900])
def test_what_is_no_email_is_refused(typed: str) -> None:
    assert values.email(typed) == Refused("email-invalid")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("5", 5),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("12345", 12345),
        ("0,125", 0.125),
        ("-7", -7),
        ("−7", -7),
        ("2.", 2),
        ("2,50", 2.5),
    ],
)
def test_a_number_is_read_with_either_comma(typed: str, kept: float) -> None:
    assert values.number(typed) == Accepted(kept)


@pytest.mark.parametrize(
    "typed", ["пять", "2 3", "2 человека", "1.2.3", "1,23,456", "1e5", "inf", "nan", "", "--5", "1" * 40]
)
def test_what_is_no_number_in_figures_is_refused(typed: str) -> None:
    assert values.number(typed) == Refused("number-invalid")


def test_a_thousand_or_a_fraction_is_asked_about_unless_only_one_of_them_fits() -> None:
    assert values.number("1,234") == Unsure("number-ambiguous", (1234, 1.234))
    assert values.number("1,234", least=500) == Accepted(1234)
    assert values.number("1.500", most=10) == Accepted(1.5)


def test_a_number_beyond_its_bounds_says_the_bound() -> None:
    assert values.number("3", least=5) == Refused("number-small", {"min": 5})
    assert values.number("7,5", most=7) == Refused("number-large", {"max": 7})


def test_a_text_loses_what_cannot_be_seen_and_keeps_its_lines() -> None:
    assert values.text("  Пожалуйста,\u200b \u202eне\x00 звоните  \r\n\r\n\r\nутром ") == Accepted(
        "Пожалуйста, не звоните\n\nутром"
    )


@pytest.mark.parametrize(
    ("typed", "reason"), [("\u200b \n", "text-empty"), ("а", "text-short"), ("а" * 11, "text-long")]
)
def test_a_text_of_the_wrong_length_is_refused(typed: str, reason: str) -> None:
    refused = values.text(typed, least=2, most=10)
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_a_name_has_a_letter_in_it() -> None:
    assert values.name("іван петренко") == Accepted("Іван Петренко")
    assert values.name("12345") == Refused("name-letters")
    assert values.name("!") == Refused("name-letters")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("стрижка", "cut"),
        ("HAIRCUT", "cut"),
        ("фарбування", "colour"),
        ("Окраш", "colour"),
        ("стрыжка", "cut"),
        ("colour", "colour"),
    ],
)
def test_an_option_may_be_typed_in_any_language_and_with_a_slip(typed: str, kept: str) -> None:
    assert values.choice(typed, SERVICES) == Accepted(kept)


def test_an_option_that_could_be_two_is_not_guessed() -> None:
    assert values.choice("colo", SERVICES) == Refused("choice-several")
    assert values.choice("массаж", SERVICES) == Refused("choice-unknown")
    assert values.choice("", SERVICES) == Refused("choice-unknown")


def test_several_options_may_be_typed_with_commas_and_one_unknown_refuses_all() -> None:
    assert values.choices("догляд, стрижка", SERVICES) == Accepted(["cut", "care"])
    assert values.choices("стрижка, массаж", SERVICES) == Refused("choice-unknown")
    assert values.choices(", ,", SERVICES) == Refused("choice-unknown")


def test_a_moment_is_kept_in_utc() -> None:
    assert moment("завтра в 15:30") == Accepted("2026-11-22T13:30+00:00")
    assert moment("25.12", "date") == Accepted("2026-12-25")
    assert moment("в 15:30", "time") == Accepted("15:30")


def test_a_moment_that_can_be_read_in_two_ways_is_asked_about() -> None:
    read = moment("завтра в 8")
    assert read == Unsure("date-doubt", ("2026-11-22T06:00+00:00", "2026-11-22T18:00+00:00"))


def test_half_a_moment_waits_for_the_other_half() -> None:
    half = moment("завтра")
    assert half == Half("time", "2026-11-22")
    assert moment("15:30", half=half) == Accepted("2026-11-22T13:30+00:00")
    assert moment("послезавтра в 10:00", half=half) == Accepted("2026-11-23T08:00+00:00")


def test_the_part_of_the_day_said_with_the_first_half_decides_the_hour_of_the_second() -> None:
    half = moment("завтра вечером")
    assert isinstance(half, Half)
    assert moment("8", half=half) == Accepted("2026-11-22T18:00+00:00")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("вчера", "date-past"),
        ("31.02", "date-impossible"),
        ("с 10 до 12", "date-range"),
        ("когда-нибудь", "date-unknown"),
        ("", "date-unknown"),
    ],
)
def test_what_is_no_moment_says_why(typed: str, reason: str) -> None:
    assert moment(typed) == Refused(reason)


@pytest.mark.parametrize("typed", ["12.05.1990", "12 мая 1990", "12 травня 1990 року", "May 12, 1990", "1990-05-12"])
def test_a_birthday_is_read_with_its_year(typed: str) -> None:
    assert values.past_date(typed, now=NOON, zone=KYIV, language="en") == Accepted("1990-05-12")


@pytest.mark.parametrize(
    ("typed", "reason"), [("12 мая", "date-year"), ("12.05.2031", "date-future"), ("12.05.1801", "date-impossible")]
)
def test_a_birthday_without_a_year_or_not_in_a_lifetime_is_refused(typed: str, reason: str) -> None:
    assert values.past_date(typed, now=NOON, zone=KYIV) == Refused(reason)


def test_a_day_has_passed_only_when_it_is_over_where_the_person_is() -> None:
    late = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)  # already Sunday in Kyiv
    assert values.has_passed("2026-11-21", "date", now=late, zone=KYIV)
    assert not values.has_passed("2026-11-21", "date", now=NOON, zone=KYIV)
    assert values.has_passed("2026-11-21T10:00+00:00", "datetime", now=NOON, zone=KYIV)


def test_a_place_is_a_point_on_earth_or_words() -> None:
    assert values.location(50.45, 30.523333333) == Accepted({"lat": 50.45, "lon": 30.523333})
    assert values.location(91, 0) == Refused("location-invalid")
    assert values.location(float("nan"), 0) == Refused("location-invalid")
    assert values.address("Хрещатик, 1") == Accepted({"address": "Хрещатик, 1"})


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_no_text_makes_a_check_raise_and_every_refusal_has_a_known_reason(raw: str) -> None:
    reads: list[values.Read] = [
        values.text(raw),
        values.name(raw),
        values.phone(raw, ("UA", "RU")),
        values.email(raw),
        values.number(raw),
        values.choice(raw, SERVICES),
        values.choices(raw, SERVICES),
        values.past_date(raw, now=NOON, zone=KYIV),
        *(moment(raw, want) for want in ("date", "time", "datetime")),
    ]
    for read in reads:
        if isinstance(read, Refused | Unsure):
            assert read.reason in values.REASONS
