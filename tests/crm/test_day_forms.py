"""Days as files hold them: every common form, and the impossible ones told apart from the unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import day_forms
from crm.day_forms import Day

KYIV = ZoneInfo("Europe/Kyiv")
DAYS = st.dates(date(1936, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "1990-03-08", "08.03.1990", "8.3.1990", "08/03/1990", "08-03-1990", "1990/03/08", "1990.03.08", "19900308",
        "8 марта 1990", "8 марта 1990 г.", "8 березня 1990 р.", "8 мар. 1990", "March 8, 1990", "8 March 1990",
        "8-Mar-1990", "Mar 8 1990", "8th March 1990", "08.03.90", "32940", "1990-03-08T00:00:00", "08.03.1990 0:00",
        "1990-03-08 00:00:00", "8 марта 1990 года", " 08.03.1990г. ",
    ],
)  # fmt: skip
def test_the_eighth_of_march_is_read_in_every_form(written: str) -> None:
    day = day_forms.read(written)
    assert isinstance(day, Day)
    assert (day.year, day.month, day.day) == (1990, 3, 8)


@pytest.mark.parametrize("written", ["--03-08", "--0308", "08.03", "8 марта", "8 березня", "March 8"])
def test_a_birthday_without_its_year_is_a_day(written: str) -> None:
    day = day_forms.read(written)
    assert isinstance(day, Day)
    assert day_forms.birthday(day.year, day.month, day.day) == "--03-08"


@given(DAYS)
def test_a_sheet_counts_the_same_days(day: date) -> None:
    read = day_forms.read(str((day - date(1899, 12, 30)).days))
    assert isinstance(read, Day)
    assert (read.year, read.month, read.day) == (day.year, day.month, day.day)


@given(DAYS, st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y"]))
def test_a_date_that_reads_one_way_only_does_not_depend_on_the_order_of_its_column(day: date, form: str) -> None:
    if form in ("%d/%m/%Y", "%m/%d/%Y") and day.day <= 12:
        return
    for order in ("dmy", "mdy"):
        read = day_forms.read(day.strftime(form), order)
        assert isinstance(read, Day)
        assert (read.year, read.month, read.day) == (day.year, day.month, day.day)


def test_three_four_is_what_its_column_says() -> None:
    april, march = day_forms.read("03/04/2026"), day_forms.read("03/04/2026", "mdy")
    assert isinstance(april, Day)
    assert isinstance(march, Day)
    assert (april.month, march.month) == (4, 3)
    assert day_forms.order_of("25/03/2026") == "dmy"
    assert day_forms.order_of("03/25/2026") == "mdy"
    assert day_forms.order_of("03/04/2026") is None


@pytest.mark.parametrize(
    "written", ["31.02.1990", "29.02.2023", "32.01.2000", "15.13.1990", "99/99/9999", "2020-00-10"]
)
def test_a_date_no_calendar_has_is_impossible(written: str) -> None:
    assert day_forms.read(written) == "impossible"


def test_the_twenty_ninth_of_february_is_a_day_where_there_is_one() -> None:
    assert isinstance(day_forms.read("29.02.2024"), Day)
    assert isinstance(day_forms.read("29.02"), Day)


@pytest.mark.parametrize(
    "written", ["00.00.0000", "0/0/00", "0000-00-00", "0000-00-00 00:00:00", "-", "null", "не указана"]
)
def test_what_programs_write_for_no_date_is_empty(written: str) -> None:
    assert day_forms.read(written) == "empty"


@pytest.mark.parametrize("written", ["скоро", "1990", "март", "12 месяцев", "0671234567890123", "1.2.3.4"])
def test_what_is_no_date_is_unknown(written: str) -> None:
    assert day_forms.read(written) == "unknown"


def test_times_are_on_the_businesss_clock_unless_the_cell_names_another() -> None:
    def at(written: str) -> datetime:
        day = day_forms.read(written)
        assert isinstance(day, Day)
        return day.moment(KYIV)

    assert at("04.03.2026 14:30") == datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
    assert at("2026-03-04T14:30:00Z") == datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
    assert at("2026-03-04T14:30:00+05:00") == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert at("3/4/2026 1:30 PM").hour == 10  # the third of April: summer time
    assert at("1700000000") == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert at("04.03.2026") - datetime(2026, 3, 4, 10, tzinfo=UTC) == timedelta()


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_reason(written: str) -> None:
    read = day_forms.read(written)
    assert isinstance(read, Day) or read in ("unknown", "impossible", "empty")
