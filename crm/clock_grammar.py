"""Times of the day as people say them: «полшестого», «за чверть восьма», "quarter to 5pm", 15.30.

Rules read a list of tokens from a place and answer what was said and where they stopped, or None. Nothing is decided
here about an hour that could be morning or evening: that needs the day, the present moment and the business's hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from crm import date_words
from crm.date_words import Token

_HOURS_IN_HALF_A_DAY: Final = 12
_HALF: Final = 30
_QUARTER: Final = 15
# «в 10 30» is a time; «в 10 12» may be anything.
_SPOKEN_MINUTES: Final = range(0, 60, 5)
_LATEST_DAY_HOUR: Final = 7
_EARLIEST_EVENING_HOUR: Final = 4
_LATEST_SMALL_HOUR: Final = 5
_MINUTE_WORDS: Final = date_words.words_of("minute")
_HOUR_WORDS: Final = date_words.words_of("hour") | {"oclock", "год"}
_FEMININE_SUFFIXES: Final = frozenset({"й", "ій", "а", "у", "я", "ої", "ою", "ту", "та"})


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as said. `twelve` is True while the hour may be of the morning or of the evening.

    `typed` is True for digits such as 8:30, which in ru and uk are of twenty-four hours when they look so.
    `bare_unit` is True for «2 часа» alone, which may also be a length of time.
    """

    hour: int
    minute: int = 0
    twelve: bool = True
    typed: bool = False
    bare_unit: bool = False
    edge_of_day: bool = False

    @property
    def possible(self) -> bool:
        """Whether a clock can show it."""
        return 0 <= self.hour <= 23 and 0 <= self.minute <= 59


Found = tuple[Clock, int]


def text_at(said: Sequence[Token], place: int) -> str:
    """The word, number or mark at a place; an empty text past the end."""
    return said[place].text if place < len(said) else ""


def kind_at(said: Sequence[Token], place: int) -> str:
    """The kind of the token at a place; an empty text past the end."""
    return said[place].kind if place < len(said) else ""


def number_at(said: Sequence[Token], place: int) -> tuple[int, int] | None:
    """A cardinal in digits or words ("20", «двадцать пять», "twenty-five") and the place after it."""
    if kind_at(said, place) == "number":
        text = said[place].text
        return (int(text), place + 1) if len(text) <= 6 else None
    value = date_words.NUMBERS.get(text_at(said, place))
    if value is None:
        return None
    place += 1
    if value >= 20:
        after = place + 1 if text_at(said, place) == "-" else place
        unit = date_words.NUMBERS.get(text_at(said, after), 0)
        if 1 <= unit <= 9:
            return value + unit, after + 1
    return value, place


def feminine_hour_at(said: Sequence[Token], place: int) -> tuple[int, int] | None:
    """An hour by its Ukrainian number: «сьома», «о двадцять першій», «9-й», «9-ій»."""
    text = text_at(said, place)
    if text in date_words.HOUR_ORDINALS:
        return date_words.HOUR_ORDINALS[text], place + 1
    tens = date_words.NUMBERS.get(text)
    if tens == 20 and text_at(said, place + 1) in date_words.HOUR_ORDINALS:
        return tens + date_words.HOUR_ORDINALS[text_at(said, place + 1)], place + 2
    if kind_at(said, place) == "number" and len(text) <= 2:
        after = place + 2 if text_at(said, place + 1) == "-" else place + 1
        if text_at(said, after) in _FEMININE_SUFFIXES and said[after].start - said[place].end <= 1:
            return int(text), after + 1
    return None


def _hour_after(said: Sequence[Token], place: int) -> tuple[int, int] | None:
    """The hour that "past", "to", «без» and «пів на» speak of."""
    text = text_at(said, place)
    if found := feminine_hour_at(said, place):
        return found
    if text in date_words.DAY_ORDINALS:
        return date_words.DAY_ORDINALS[text], place + 1
    if text in {"час", "часу"}:
        return 1, place + 1
    if text in date_words.NOON or text in date_words.MIDNIGHT:
        return 12, place + 1
    found = number_at(said, place)
    if found and text_at(said, found[1]) == "-" and text_at(said, found[1] + 1) == "го":
        return found[0], found[1] + 2
    return found


def _before(hour: int, minutes: int) -> Clock | None:
    if not 1 <= hour <= 24 or not 1 <= minutes <= 59:
        return None
    whole = hour - 1
    return Clock(12 if whole == 0 else whole, 60 - minutes, twelve=hour <= 12)


def _past(hour: int, minutes: int) -> Clock | None:
    if not 0 <= hour <= 23 or not 1 <= minutes <= 59:
        return None
    return Clock(hour, minutes, twelve=1 <= hour <= 12)


def _minutes_at(said: Sequence[Token], place: int) -> tuple[int, int, bool] | None:
    """Minutes before or after an hour, the place after them, and whether the words leave no doubt that they are minutes."""
    if text_at(said, place) == "a":
        place += 1
    if text_at(said, place) in date_words.QUARTERS:
        return _QUARTER, place + 1, True
    found = number_at(said, place)
    if found is None:
        return None
    minutes, after = found
    if text_at(said, after) in _MINUTE_WORDS:
        return minutes, after + 1, True
    return minutes, after, kind_at(said, place) == "word"


def _half(said: Sequence[Token], place: int) -> Found | None:
    text = text_at(said, place)
    if text in date_words.HALF_HOURS:
        clock = _before(date_words.HALF_HOURS[text], _HALF)
        return (clock, place + 1) if clock else None
    if text not in date_words.HALVES:
        return None
    after = place + 1
    english = text == "half"
    if text_at(said, after) in ({"past", "after"} if english else {"на", "до", "по", "-"}):
        after += 1
    found = _hour_after(said, after)
    if found is None or text_at(said, found[1]) in date_words.UNITS:
        return None
    clock = _past(found[0], _HALF) if english else _before(found[0], _HALF)
    return (clock, found[1]) if clock else None


def _counted_to(said: Sequence[Token], place: int) -> Found | None:
    """«без пятнадцати семь», «за чверть восьма»."""
    opening = text_at(said, place)
    if opening not in {"без", "за"}:
        return None
    minutes = _minutes_at(said, place + 1)
    if minutes is None:
        return None
    after = minutes[1]
    hour = feminine_hour_at(said, after) if opening == "за" else _hour_after(said, after)
    if hour is None or (opening == "за" and hour[0] > _HOURS_IN_HALF_A_DAY):
        return None
    clock = _before(hour[0], minutes[0])
    return (clock, hour[1]) if clock else None


def _counted_from(said: Sequence[Token], place: int) -> Found | None:
    """«чверть на восьму», «чверть по сьомій», «десять минут шестого», "ten to six", "quarter past three"."""
    minutes = _minutes_at(said, place)
    if minutes is None:
        return None
    count, after, certain = minutes
    link = text_at(said, after)
    if link in {"past", "after", "to", "of", "till", "before", "til"}:
        hour = _hour_after(said, after + 1)
        backwards = link not in {"past", "after"}
        # "10 to 12" is a span as often as it is 11:50; "5 of December" is a day.
        if hour is None or (backwards and not certain):
            return None
        clock = _before(hour[0], count) if backwards else _past(hour[0], count)
    elif link in {"на", "по", "до"} and certain:
        hour = feminine_hour_at(said, after + 1)
        if hour is None:
            return None
        clock = {"на": _past(hour[0] - 1 or 12, count), "по": _past(hour[0], count), "до": _before(hour[0], count)}[
            link
        ]
    elif text_at(said, after - 1) in _MINUTE_WORDS | date_words.QUARTERS and link in date_words.DAY_ORDINALS:
        hour = date_words.DAY_ORDINALS[link], after + 1
        clock = _past(hour[0] - 1 or 12, count) if hour[0] <= _HOURS_IN_HALF_A_DAY else None
    else:
        return None
    return (clock, hour[1]) if clock else None


def named(said: Sequence[Token], place: int) -> Found | None:
    """A time that its words alone show to be one."""
    text = text_at(said, place)
    if text in {"12", "twelve"} and text_at(said, place + 1) in date_words.NOON | date_words.MIDNIGHT:
        return named(said, place + 1)
    if text in date_words.NOON:
        return Clock(12, twelve=False), place + 1
    if text in date_words.MIDNIGHT:
        return Clock(0, twelve=False, edge_of_day=True), place + 1
    found = _half(said, place) or _counted_to(said, place) or _counted_from(said, place)
    if found and (meridiem := meridiem_at(said, found[1])):
        return _in_half(found[0], meridiem[0]), meridiem[1]
    return found


def _typed(said: Sequence[Token], place: int, *, as_time: bool) -> Found | None:
    """15:30, and, where a time is expected, 15.30, 15,30, 15-30, 1530."""
    kind, text = kind_at(said, place), text_at(said, place)
    if kind == "clock":
        hour, minute = (int(piece) for piece in text.split(":")[:2])
    elif kind == "pair" and as_time and "/" not in text:
        sign = next(sign for sign in "-.," if sign in text)
        first, second = text.split(sign)
        hour, minute = int(first), int(second)
        # 10-12 is a span of hours; nothing but minutes can be 00 or more than 24.
        if len(second) != 2 or (sign == "-" and 0 < minute <= 24):
            return None
    elif kind == "number" and as_time and len(text) == 4:
        hour, minute = int(text[:2]), int(text[2:])
        # 2026 and 2030 are years before they are times.
        if hour > 23 or minute % 5 or text[:2] in {"19", "20"}:
            return None
    else:
        return None
    whole = Clock(hour, minute, typed=True, twelve=1 <= hour <= 12 and text[0] != "0")
    return whole, place + 1


def _spoken(said: Sequence[Token], place: int) -> Found | None:
    """«семь», «семь тридцать», «сьома тридцять», "five oh five", "15", "15 30"."""
    hour = feminine_hour_at(said, place) or number_at(said, place)
    if hour is None:
        return None
    value, after = hour
    if value > 99:
        return None
    leading_zero = text_at(said, place).startswith("0")
    clock = Clock(value, twelve=1 <= value <= 12 and not leading_zero)
    digits = kind_at(said, place) == "number"
    if text_at(said, after) == "00" or (digits and kind_at(said, after) == "number" and len(said[after].text) == 2):
        follows = text_at(said, after + 1)
        if (
            follows not in date_words.MONTHS
            and follows not in date_words.UNITS
            and int(said[after].text) in _SPOKEN_MINUTES
        ):
            return replace(clock, minute=int(said[after].text), typed=True), after + 1
    if not digits:
        zero = date_words.NUMBERS.get(text_at(said, after)) == 0
        minute = number_at(said, after + 1 if zero else after)
        if minute and (zero or 10 <= minute[0] < 60) and text_at(said, minute[1]) not in date_words.MONTHS:
            return replace(clock, minute=minute[0]), minute[1]
    return clock, after


def _after_hour(said: Sequence[Token], clock: Clock, place: int) -> Found:
    """The word "hours" and the minutes after it: «15 часов 30 минут», "5 o'clock", 15h30."""
    if text_at(said, place) not in _HOUR_WORDS:
        return clock, place
    place += 1
    if text_at(said, place) == "." and kind_at(said, place + 1) == "number":
        place += 1
    minute = number_at(said, place)
    if minute and minute[0] < 60:
        if text_at(said, minute[1]) in _MINUTE_WORDS:
            return replace(clock, minute=minute[0]), minute[1] + 1
        if kind_at(said, place) == "number" and len(said[place].text) == 2:
            return replace(clock, minute=minute[0]), place + 1
    return clock, place


def meridiem_at(said: Sequence[Token], place: int) -> tuple[str, int] | None:
    """ "am", "p.m." and the like."""
    text = text_at(said, place)
    if text in date_words.MERIDIEMS:
        return text, place + 1
    if text in {"a", "p"}:
        after = place + 1
        if text_at(said, after) == ".":
            after += 1
        if text_at(said, after) == "m":
            after += 1
            return text + "m", after + 1 if text_at(said, after) == "." else after
    return None


def numeric(said: Sequence[Token], place: int, *, as_time: bool) -> Found | None:
    """A time in numbers. `as_time` says that a preposition or a known day has made one expected.

    Without it only 15:30, a meridiem, the word "hours" or a part of the day makes a number a time.
    """
    opening = text_at(said, place)
    if opening in {"час", "часу", "часик"} and (as_time or part_of_clock_at(said, place + 1)):
        return Clock(1), place + 1
    found = _typed(said, place, as_time=as_time or meridiem_at(said, place + 1) is not None)
    if found is None:
        found = _spoken(said, place)
        if found is None:
            return None
        clock, after = found
        stated = as_time or feminine_hour_at(said, place) is not None
        clock, end = _after_hour(said, clock, after)
        if end > after:
            loose = not stated and text_at(said, after) != "oclock"
            clock, stated = replace(clock, bare_unit=loose), True
        if clock.minute and clock.typed is False and kind_at(said, place) == "word":
            stated = True
        after = end
    else:
        clock, after = found
        stated = True
        if text_at(said, after) in _HOUR_WORDS:
            after += 1
    if meridiem := meridiem_at(said, after):
        return _in_half(clock, meridiem[0]), meridiem[1]
    if part_of_clock_at(said, after):
        return replace(clock, bare_unit=False), after
    return (clock, after) if stated else None


def part_of_clock_at(said: Sequence[Token], place: int) -> bool:
    """Whether «вечера», «дня», "in the morning" follow, which make the number before them an hour."""
    text = text_at(said, place)
    if text in date_words.PARTS_OF_CLOCK:
        return True
    if text in {"in", "at"}:
        after = place + 2 if text_at(said, place + 1) == "the" else place + 1
        return text_at(said, after) in {"morning", "afternoon", "evening", "night"}
    return False


def _in_half(clock: Clock, meridiem: str) -> Clock:
    """12 am is midnight; 15 pm is what people type for 15:00; 15 am is impossible."""
    hour = clock.hour
    if meridiem == "am":
        if hour == 12:
            return replace(clock, hour=0, twelve=False, edge_of_day=clock.minute == 0)
        hour = hour if hour < 12 else 99
    elif 1 <= hour < 12:
        hour += 12
    elif hour == 0:
        hour = 99
    return replace(clock, hour=hour, twelve=False, bare_unit=False)


def in_part(clock: Clock, part: str) -> Clock | None:
    """The hour that a part of the day makes of one that may be of the morning or of the evening.

    None: the two contradict each other («15 утра»).
    """
    hour = clock.hour
    if part == "morning":
        fits = 1 <= hour <= 11
        if hour == 12:
            return None
    elif part in {"afternoon", "midday"}:
        fits = True
        if 1 <= hour <= _LATEST_DAY_HOUR:
            hour += 12
        fits = 10 <= hour <= 19
    elif part == "evening":
        if _EARLIEST_EVENING_HOUR <= hour <= 11:
            hour += 12
        elif hour == 12:
            hour = 0
        fits = hour == 0 or 16 <= hour <= 23
    else:
        if hour == 12:
            hour = 0
        elif _LATEST_SMALL_HOUR < hour <= 11:
            hour += 12
        fits = hour <= _LATEST_SMALL_HOUR or hour >= 18
    midnight = clock.hour == 12 and hour == 0 and clock.minute == 0
    return replace(clock, hour=hour, twelve=False, bare_unit=False, edge_of_day=midnight) if fits else None
