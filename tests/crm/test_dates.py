"""What people write about time is read as they mean it, or asked about."""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import dates
from crm.dates import Doubt, Incomplete, Reading, Result, Unread, Want

PHRASES = Path(__file__).with_name("date_phrases.toml")


@dataclass(frozen=True)
class Phrase:
    text: str
    meaning: str
    language: str
    zone: ZoneInfo
    now: datetime


def phrases(path: Path = PHRASES) -> Iterator[Phrase]:
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["set"]:
        zone = ZoneInfo(group["zone"])
        now = datetime.fromisoformat(group["now"]).replace(tzinfo=zone)
        for text, meaning in group["phrases"]:
            yield Phrase(text, meaning, group["language"], zone, now)


def shown(result: Result) -> str:
    """A result in the notation of the collection."""
    match result:
        case Reading():
            return _when(result)
        case Doubt():
            return "ask " + " | ".join(_when(choice) for choice in result.choices)
        case Incomplete():
            return " ".join(str(piece) for piece in (result.date, result.time, result.part) if piece is not None)
        case Unread():
            return result.reason


def _when(reading: Reading) -> str:
    clock = None if reading.time is None else reading.time.strftime("%H:%M")
    return " ".join(str(piece) for piece in (reading.date, clock) if piece is not None)


def verdict(phrase: Phrase) -> tuple[str, str]:
    """ "hit", "miss" (asked or refused where a meaning was plain) or "wrong" (another meaning), and what was read."""
    result = dates.read(phrase.text, now=phrase.now, zone=phrase.zone, language=phrase.language)
    read, expected = shown(result), phrase.meaning
    if expected == "ask":
        good = (
            isinstance(result, Doubt) or read == "range" or (isinstance(result, Incomplete) and result.part is not None)
        )
    elif expected.startswith("ask "):
        good = isinstance(result, Doubt) and set(read[4:].split(" | ")) == set(expected[4:].split(" | "))
    else:
        good = read == expected
    if good:
        return "hit", read
    return ("wrong" if isinstance(result, Reading | Incomplete) else "miss"), read


def test_nearly_every_collected_phrase_is_read_and_none_is_read_wrongly() -> None:
    verdicts = [(verdict(phrase), phrase) for phrase in phrases()]
    wrong = [(phrase.text, phrase.meaning, read) for (kind, read), phrase in verdicts if kind == "wrong"]
    missed = [(phrase.text, phrase.meaning, read) for (kind, read), phrase in verdicts if kind == "miss"]
    assert wrong == []
    assert len(missed) <= 0.05 * len(verdicts), missed


NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Kyiv"))  # a Saturday
KYIV = ZoneInfo("Europe/Kyiv")
ZONES = st.sampled_from([KYIV, ZoneInfo("Europe/Moscow"), ZoneInfo("America/New_York")])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = sorted({word for phrase in phrases() for word in phrase.text.split()})
LIKELY_TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
MONTHS = {
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "uk": [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@given(st.one_of(st.text(max_size=300), LIKELY_TEXTS), MOMENTS, ZONES, st.sampled_from(["datetime", "date", "time"]))
def test_no_text_raises_and_nothing_read_is_in_the_past(text: str, now: datetime, zone: ZoneInfo, want: Want) -> None:
    result = dates.read(text, now=now, zone=zone, want=want)
    choices = result.choices if isinstance(result, Doubt) else (result,)
    for choice in choices:
        if isinstance(choice, Reading) and choice.at is not None:
            assert choice.at >= now
        if isinstance(choice, Reading | Incomplete) and choice.date is not None:
            assert choice.date >= now.astimezone(zone).date()


@given(st.one_of(st.text(max_size=300), LIKELY_TEXTS), MOMENTS, ZONES)
def test_the_rest_of_a_leading_phrase_is_the_end_of_the_text(text: str, now: datetime, zone: ZoneInfo) -> None:
    result, rest = dates.read_leading(text, now=now, zone=zone)
    assert unicodedata.normalize("NFC", text).endswith(unicodedata.normalize("NFC", rest))
    if isinstance(result, Reading | Doubt | Incomplete):
        assert len(rest) < len(text)


@given(
    st.dates(date(2026, 11, 22), date(2099, 12, 31)),
    st.times(),
    st.sampled_from(["ru", "uk", "en"]),
    st.sampled_from(
        ["{d} {month} {y}, {clock}", "{clock} {d} {month} {y}", "{dd}.{mm}.{y} {clock}", "{y}-{mm}-{dd}T{clock}"]
    ),
)
def test_a_written_date_is_read_back(day: date, at: time, language: str, form: str) -> None:
    written = form.format(
        d=day.day, dd=f"{day.day:02}", mm=f"{day.month:02}", y=day.year, clock=at.strftime("%H:%M"),
        month=MONTHS[language][day.month - 1],
    )  # fmt: skip
    result = dates.read(written, now=NOON, zone=ZoneInfo("Asia/Tashkent"), language=language, hours=(0, 24))
    expected = (day, at.replace(second=0, microsecond=0))
    choices = result.choices if isinstance(result, Doubt) else (result,)
    assert expected in {(one.date, one.time) for one in choices if isinstance(one, Reading)}, (written, result)


def read(text: str, **options: Any) -> str:
    return shown(dates.read(text, now=options.pop("now", NOON), zone=KYIV, **options))


def leading(text: str) -> tuple[str, str]:
    result, rest = dates.read_leading(text, now=NOON, zone=KYIV)
    return shown(result), rest


@pytest.mark.parametrize(
    ("text", "meaning", "rest"),
    [
        ("завтра в 15 позвонить Анне", "2026-11-22 15:00", "позвонить Анне"),
        ("в 15 магазин", "2026-11-21 15:00", "магазин"),
        ("завтра 15 коробок", "2026-11-22", "15 коробок"),
        ("завтра завтрак с мамой", "2026-11-22", "завтрак с мамой"),
        ("завтра с Анной", "2026-11-22", "с Анной"),
        ("через 2 дня в 10 2 пары обуви", "2026-11-23 10:00", "2 пары обуви"),
        ("у п’ятницю о пів на шосту: дзвінок", "2026-11-27 17:30", "дзвінок"),
        ("Dec 5 10am party", "2026-12-05 10:00", "party"),
        ("в 15:30 в магазин", "2026-11-21 15:30", "в магазин"),
        ("понедельник 9:00 на 2 часа", "2026-11-23 09:00", "на 2 часа"),
        ("позвонить завтра", "unknown", "позвонить завтра"),
        ("5 яблок", "unknown", "5 яблок"),
        ("tomorrow at 5pm", "2026-11-22 17:00", ""),
    ],
)
def test_a_leading_phrase_eats_no_word_of_the_message(text: str, meaning: str, rest: str) -> None:
    assert leading(text) == (meaning, rest)


def test_the_hours_of_the_business_decide_about_a_bare_hour() -> None:
    assert read("завтра в 5", hours=(8, 21)) == "2026-11-22 17:00"
    assert read("завтра в 5", hours=(4, 14)) == "2026-11-22 05:00"
    assert read("завтра в 5", hours=(0, 24)) == "ask 2026-11-22 05:00 | 2026-11-22 17:00"


def test_only_what_is_wanted_is_asked_for() -> None:
    assert dates.read("15:30", now=NOON, zone=KYIV, want="time") == Reading(None, None, time(15, 30))
    assert dates.read("25", now=NOON, zone=KYIV, want="date") == Reading(None, date(2026, 11, 25), None)
    assert dates.read("в 15:30", now=NOON, zone=KYIV, want="date") == Incomplete("date", time=time(15, 30))
    assert dates.read("завтра", now=NOON, zone=KYIV) == Incomplete("time", date=date(2026, 11, 22))


def test_a_birthday_may_have_passed() -> None:
    assert read("12.05.1990", want="date", past=True) == "1990-05-12"
    assert read("12.05.90", want="date", past=True) == "1990-05-12"
    assert read("12.05.1990", want="date") == "past"


def test_a_length_of_time_is_counted_from_now_to_the_second() -> None:
    now = datetime(2026, 11, 21, 10, 0, 30, tzinfo=UTC)
    result = dates.read("через 2 часа", now=now, zone=KYIV)
    assert result == Reading(now + timedelta(hours=2), date(2026, 11, 21), time(14, 0, 30), relative=True)


def test_a_moment_with_its_own_offset_keeps_it() -> None:
    result = dates.read("2026-12-01T10:00:00+01:00", now=NOON, zone=KYIV)
    assert isinstance(result, Reading)
    assert result.at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_naive_now_is_the_caller_s_mistake() -> None:
    with pytest.raises(ValueError, match="aware"):
        dates.read("завтра", now=datetime(2026, 11, 21), zone=KYIV)  # noqa: DTZ001


HOSTILE = ["1" * 4096, "завтра " * 585, "1.1." * 1024, "через " * 682, "a " * 2048, "15:" * 1365, "пол" * 1365]
HOSTILE += ["half a " * 585, "двадцать " * 455, "-" * 4096, "''" * 2048, "next this " * 409, "a" * 4096, "5 и " * 1024]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:10])
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    started = process_time()
    dates.read(text, now=NOON, zone=KYIV)
    dates.read(text[:200], now=NOON, zone=KYIV)
    dates.read_leading(text, now=NOON, zone=KYIV)
    assert process_time() - started < 0.2


def test_a_phrase_is_read_in_half_a_millisecond() -> None:
    collected = list(phrases())
    started = process_time()
    for phrase in collected:
        verdict(phrase)
    # Four times the aim: this guards against a blow-up, not against a busy machine.
    assert (process_time() - started) / len(collected) < 0.002


@pytest.mark.parametrize("text", ["-5", "\u22125", " - 12", "-5.2"])
@pytest.mark.parametrize("want", ["date", "datetime"])
def test_a_number_with_a_minus_is_a_slip_and_no_day(text: str, want: Want) -> None:
    assert dates.read(text, now=NOON, zone=KYIV, want=want) == Unread("unknown")
