"""The grammar of date phrases in ru, uk and en: a text in, what was said out.

It goes from left to right and tries its rules in order at every place; each rule fills one slot of `Said` once. What a
slot means on the calendar (which Friday, which 8 o'clock) is not decided here but in `dates`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from crm import clock_grammar, date_words
from crm.clock_grammar import Clock, kind_at, number_at, text_at
from crm.date_words import Token

_PUNCTUATION: Final = frozenset('.,!?;:()"«»“”„…-~*')
_DAY_SUFFIXES: Final = frozenset(("го", "е", "ое", "ого", "ього", "ье", "є", "th", "st", "nd", "rd", "число", "числа"))
_DAY_WORDS: Final = frozenset({"число", "числа", "числу"})
_YEAR_WORDS: Final = frozenset({"года", "год", "г", "року", "рік", "р", "году", "році"})
_MOST_PREPOSITIONS: Final = 3
_LONGEST_NUMBER: Final = 6
_CLOCK_UNITS: Final = {"minute": 1, "hour": 60, "full_day": 24 * 60}
_DATE_UNITS: Final = {"day": (1, 0), "week": (7, 0), "fortnight": (14, 0), "month": (0, 1), "year": (0, 12)}


@dataclass(slots=True)
class Said:
    """What a phrase says, slot by slot, before any calendar is looked at."""

    offset: int | None = None
    weekday: int | None = None
    which: str | None = None
    week: int | None = None
    date: tuple[int, int, int | None] | None = None
    either_order: bool = False
    month_day: int | None = None
    month_shift: int | None = None
    year_shift: int | None = None
    shift: tuple[int, int] | None = None
    counted_from: bool = False
    minutes: int | None = None
    same_time: bool = False
    clock: Clock | None = None
    part: str | None = None
    bare: int | None = None
    weekend: bool = False
    every_other: bool = False
    doubts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def names_day(self) -> bool:
        """Whether some day is spoken of."""
        return any(
            slot is not None for slot in (self.offset, self.weekday, self.date, self.month_day, self.shift)
        )  # a week or a month alone is no day


class Reader:
    """One pass over the tokens of one text."""

    def __init__(self, tokens: list[Token], *, language: str | None, want: str, leading: bool) -> None:
        self.tokens = tokens
        self.language = language
        self.want = want
        self.leading = leading
        self.said = Said()
        self.prepositions: list[str] = []
        self.last_rule = ""
        self._rules: tuple[tuple[str, Callable[[int], int | None]], ...] = (
            ("greeting", self._greeting),
            ("refusal", self._refusal),
            ("clock", self._named_clock),
            ("clock", self._same_time),
            ("relative", self._relative),
            ("date", self._date),
            ("day", self._day),
            ("period", self._period),
            ("weekday", self._weekday),
            ("part", self._part),
            ("clock", self._clock),
            ("bare", self._bare),
        )

    def read(self) -> int | None:
        """Fill `said`; answer the place after the last thing understood, or None when some word was not understood.

        When reading a leading part, it stops at the first word not understood instead.
        """
        place = end = 0
        while place < len(self.tokens):
            after = self._one(place)
            if after is not None:
                place = end = after
            elif self._skips(place):
                place += 1
            elif self.leading:
                return end
            else:
                return None
        return end

    def text(self, place: int) -> str:
        return text_at(self.tokens, place)

    def kind(self, place: int) -> str:
        return kind_at(self.tokens, place)

    def _skips(self, place: int) -> bool:
        text = self.text(place)
        if text in _PUNCTUATION:
            return not (text == "-" and self._spans(place))
        if self.leading:
            return False
        return text in date_words.COURTESIES or (
            text in date_words.PREPOSITIONS and self.text(place + 1) in date_words.COURTESIES
        )

    def _spans(self, place: int) -> bool:
        """Whether a dash stands between two things of one kind, and so makes a span of them."""
        kind, text = self.kind(place + 1), self.text(place + 1)
        if self.last_rule == "clock":
            span = kind in {"clock", "pair", "number"} and self.said.clock is not None
        elif self.last_rule == "weekday":
            span = text in date_words.WEEKDAYS
        else:
            span = self.last_rule in {"date", "bare"} and kind in {"pair", "full", "iso", "number"}
        if span:
            self.said.refusals.append("range")
        return span

    def _one(self, place: int) -> int | None:
        self.prepositions = []
        start = place
        while True:
            for name, rule in self._rules:
                after = rule(place)
                if after is not None:
                    self.last_rule = name
                    if name in {"weekday", "day", "date"} and self.prepositions[-1:] in (["к"], ["ко"]):
                        self.said.doubts.append("deadline")
                    return after
            if self.text(place) not in date_words.PREPOSITIONS or place - start >= _MOST_PREPOSITIONS:
                return None
            self.prepositions.append(self.text(place))
            place += 1

    # What is recognised in order to be refused, or asked about

    def _greeting(self, place: int) -> int | None:
        if self.leading or self.text(place) not in date_words.GREETINGS:
            return None
        return place + 2 if self.text(place + 1) in date_words.GREETED else None

    def _refusal(self, place: int) -> int | None:
        text, after = self.text(place), self.text(place + 1)
        if text in {"не", "no", "not"} and after in date_words.BOUNDS:
            self.said.refusals.append("range")
            return place + 2
        if text in date_words.BOUNDS | date_words.DEADLINES:
            return self._bound(place)
        if text in date_words.SPANS and self._begins_span(place + 1):
            self.said.refusals.append("range")
            return place + 1
        if text in date_words.EDGES:
            return self._edge(place)
        if text in date_words.ALTERNATIVES and self.last_rule not in {"", "greeting"} and not self.leading:
            self.said.refusals.append("range")
            return place + 1
        if text in {"how", "what"} and after == "about":
            return place + 2
        which = _which(text)
        if text in date_words.WEEKENDS or (which and after in date_words.WEEKENDS):
            self.said.weekend = True
            self.said.week = 1 if which == "next" else self.said.week
            return place + 2 if which else place + 1
        if text in date_words.APPROXIMATE:
            self.said.doubts.append("approximate")
            return place + 1
        if date_words.UNITS.get(text) == "hour" and after in date_words.PREPOSITIONS and self._begins_span(place + 2):
            self.said.doubts.append("approximate")  # «часов в пять», «годині о п'ятій»
            return place + 1
        if text in {"с", "з"} and after in {"небольшим", "лишним", "гаком", "лишком", "хвостиком"}:
            self.said.doubts.append("approximate")
            return place + 2
        if text in {"где", "десь"} and self.text(place + 1) == "-" and self.text(place + 2) == "то":
            self.said.doubts.append("approximate")
            return place + 3
        return None

    def _begins_span(self, place: int) -> bool:
        return self.kind(place) in {"number", "clock", "pair", "full", "iso"} or (
            self.text(place) in date_words.NUMBERS
            or self.text(place) in date_words.DAY_ORDINALS
            or self.text(place) in date_words.HOUR_ORDINALS
            or self.text(place) in date_words.WEEKDAYS
        )

    def _edge(self, place: int) -> int | None:
        """«в конце месяца», "end of the week": a span, whose bounds nobody knows."""
        after = place + 1
        while self.text(after) in {"of", "the"} or _which(self.text(after)):
            after += 1
        if self.text(after) not in date_words.UNITS and self._word(after) not in date_words.MONTHS:
            return None
        self.said.refusals.append("range")
        return after + 1

    def _bound(self, place: int) -> int | None:
        """«после обеда» is the afternoon, «до обеда» the morning; any other bound is not a moment."""
        text, after = self.text(place), self.text(place + 1)
        if date_words.PARTS.get(after) == "midday" and self.said.part is None:
            self.said.part = "morning" if text in {"до", "before", "by"} else "afternoon"
            return place + 2
        if self.text(place) in {"после", "після"} and after == "завтра":
            return self._offset(2, place + 2)
        if text in date_words.DEADLINES:
            self.said.doubts.append("deadline")
        elif (
            self._begins_span(place + 1)
            or after in date_words.NOON
            or text in {"than", "earlier", "since"}
            or (after in date_words.UNBOUNDED)
        ):
            self.said.refusals.append("range")
        elif text == "later" and date_words.DAYS.get(after) == 0:
            self.said.refusals.append("range")
        else:
            return None
        return place + 2 if after in date_words.UNBOUNDED else place + 1

    # Lengths of time

    def _relative(self, place: int) -> int | None:
        said = self.said
        opening = self.text(place)
        opened = opening in {"через", "за", "in", "чрез"}
        start = place + 1 if opened else place
        if opened and opening != "in" and self._every_other(start):
            return start + 1
        length = self._length(start)
        if length is None:
            return self._approximately_in(place)
        minutes, days, months, after = length
        if opening == "за" and not self._is_ukrainian(start, after):
            return None
        if not opened:
            on_weekday = self.text(after) == "on" and self.text(after + 1) in date_words.WEEKDAYS
            if self.text(after) == "from" or on_weekday or (days and self.text(after) in {"today", "tomorrow"}):
                return self._counted(length)
            if self.text(after) in {"later", "hence", "спустя", "потому"}:
                after += 1
            elif not (self.text(after) == "ago" or self.text(after) in {"назад", "тому"}):
                return None
        elif self.text(after) == "time":
            after += 1
        if self.text(after) in {"ago", "назад", "тому"}:
            said.refusals.append("past")
            return after + 1
        if said.minutes is not None or said.shift is not None:
            return None
        if minutes or not (days or months):
            said.minutes = minutes + days * 24 * 60
            if months:
                return None
        else:
            said.shift = (days, months)
        return after

    def _every_other(self, place: int) -> bool:
        """«через день» is tomorrow to some and the day after it to others."""
        if self.text(place) != "день" or self.said.names_day:
            return False
        self.said.every_other = True
        return True

    def _is_ukrainian(self, start: int, end: int) -> bool:
        return self.language == "uk" or any(
            token.text in date_words.UKRAINIAN_UNITS for token in self.tokens[start:end]
        )

    def _counted(self, length: tuple[int, int, int, int]) -> int | None:
        """ "a week from monday": the day itself follows and is read by its own rule."""
        minutes, days, months, place = length
        if self.text(place + 1) == "now":
            if minutes:
                self.said.minutes = minutes + days * 24 * 60
            else:
                self.said.shift = (days, months)
            return place + 2
        if minutes or self.said.shift is not None:
            return None
        self.said.shift, self.said.counted_from = (days, months), True
        return place + 1 if self.text(place) in {"from", "on"} else place

    def _approximately_in(self, place: int) -> int | None:
        """«минут через десять»: the order of the words says "about"."""
        unit = date_words.UNITS.get(self.text(place))
        if unit is None or self.text(place + 1) != "через":
            return None
        found = number_at(self.tokens, place + 2)
        if found is None or self.said.shift is not None or self.said.minutes is not None:
            return None
        if unit in _CLOCK_UNITS:
            self.said.minutes = found[0] * _CLOCK_UNITS[unit]
        else:
            days, months = _DATE_UNITS[unit]
            self.said.shift = (found[0] * days, found[0] * months)
        self.said.doubts.append("approximate")
        return found[1]

    def _length(self, place: int) -> tuple[int, int, int, int] | None:
        """Minutes, days, months and the place after: «2 часа 15 минут», «полтора часа», "an hour and a half"."""
        minutes = days = months = 0
        end: int | None = None
        while True:
            start = place
            if end is not None and self.text(start) in {"и", "і", "та", "й", "and"}:
                start += 1
            piece = self._measure(start)
            if piece is None:
                break
            sixtieths, unit, place = piece
            if unit in _CLOCK_UNITS:
                minutes += sixtieths * _CLOCK_UNITS[unit] // 60
            else:
                each_days, each_months = _DATE_UNITS[unit]
                if sixtieths * each_days % 60 or sixtieths * each_months % 60:
                    return None
                days += sixtieths * each_days // 60
                months += sixtieths * each_months // 60
            end = place
            if unit == "hour" and not self.leading and (rest := self._minutes_without_unit(place)):
                return minutes + rest[0], days, months, rest[1]
        return (minutes, days, months, end) if end is not None else None

    def _minutes_without_unit(self, place: int) -> tuple[int, int] | None:
        """«Через час двадцать», at the end of a phrase."""
        found = number_at(self.tokens, place)
        if found is None or not 10 <= found[0] <= 59 or found[1] < len(self.tokens):
            return None
        return found

    def _measure(self, place: int) -> tuple[int, str, int] | None:
        """One amount of one unit, the amount in sixtieths."""
        joined = date_words.HALF_UNITS.get(self.text(place))
        if joined:
            return (30, "hour", place + 1) if joined == "half_hour" else (360, "month", place + 1)
        amount, after = self._amount(place)
        unit = date_words.UNITS.get(self.text(after))
        if unit is None:
            return None
        # «2 год» is two hours, abbreviated in Ukrainian; two years would be «2 года».
        if self.text(after) == "год" and after > place and (amount != 60 or self.language == "uk"):
            unit = "hour"
        after += 1
        if self.text(after) == "." and len(self.text(after - 1)) <= 4:
            after += 1
        if half := self._and_a_half(after):
            return amount + 30, unit, half
        return amount, unit, after

    def _amount(self, place: int) -> tuple[int, int]:
        """How many, in sixtieths, and the place of the unit; nothing said is one."""
        text = self.text(place)
        if text in {"a", "an"}:
            amount, after = self._amount(place + 1)
            return amount, after
        if text in date_words.ONE_AND_A_HALF:
            return 90, place + 1
        if text in date_words.HALVES:
            return 30, place + 2 if self.text(place + 1) in {"a", "an", "-"} else place + 1
        if text in date_words.QUARTERS:
            return 15, place + 3 if self.text(place + 1) == "of" else place + 1
        if text in date_words.COUPLE:
            return 120, place + 2 if self.text(place + 1) == "of" else place + 1
        if self.kind(place) == "pair" and any(sign in text for sign in ".,"):
            whole, _, part = text.replace(",", ".").partition(".")
            return int(whole) * 60 + int(part) * 60 // 10 ** len(part), place + 1
        found = number_at(self.tokens, place)
        if found is None:
            return 60, place
        with_half = self._and_a_half(found[1])
        return (found[0] * 60 + 30, with_half) if with_half else (found[0] * 60, found[1])

    def _and_a_half(self, place: int) -> int | None:
        first, second = self.text(place), self.text(place + 1)
        if first in {"с", "з", "із"} and second in {"половиной", "половиною", "гаком"}:
            return place + 2
        if first == "and" and second == "a" and self.text(place + 2) == "half":
            return place + 3
        return place + 2 if first == "and" and second == "half" else None

    # Days

    def _offset(self, days: int, after: int) -> int | None:
        if self.said.offset is not None:
            return None
        if days < 0:
            self.said.refusals.append("past")
        self.said.offset = days
        return after

    def _day(self, place: int) -> int | None:
        text = self.text(place)
        if text == "day" and self.text(place + 1) == "after" and date_words.DAYS.get(self._word(place + 2)) == 1:
            return self._offset(2, place + 3)
        if text in date_words.TONIGHT and self.said.part is None:
            self.said.part = "evening"
            return self._offset(0, place + 1)
        if text in {"сейчас", "зараз", "now"} and self.said.minutes is None:
            self.said.minutes = 0
            return place + 1
        if (days := date_words.DAYS.get(self._word(place))) is not None:
            return self._offset(days, place + 1)
        return None

    def _word(self, place: int) -> str:
        text = self.text(place)
        return text if self.leading or self.kind(place) != "word" else date_words.corrected(text)

    def _which_at(self, place: int) -> tuple[str | None, int]:
        """ "next", "this coming", «след.»: which of several, and the place after it."""
        which = _which(self.text(place))
        if which is None:
            return None, place
        after = place + 2 if self.text(place + 1) == "." else place + 1
        if which == "this" and (closer := _which(self.text(after))):
            return closer, after + 1
        return which, after

    def _period(self, place: int) -> int | None:
        """A week, a month or a year named by its place: «на следующей неделе», "next month"."""
        which, after = self._which_at(place)
        unit = date_words.UNITS.get(self._word(after)) if which else None
        if which is None or unit not in {"week", "month", "year"}:
            return None
        shift = {"next": 1, "last": -1}.get(which, 0)
        slot = {"week": "week", "month": "month_shift", "year": "year_shift"}[unit]
        if getattr(self.said, slot) is not None:
            return None
        setattr(self.said, slot, shift)
        if shift < 0:
            self.said.refusals.append("past")
        return after + 1

    def _weekday(self, place: int) -> int | None:
        which, start = self._which_at(place)
        weekday = date_words.WEEKDAYS.get(self._word(start))
        if weekday is None or self.said.weekday is not None:
            return None
        self.said.weekday = weekday
        self.said.which = which
        if which == "last":
            self.said.refusals.append("past")
        if self.text(start + 1) == "week" and self.said.shift is None:
            self.said.shift, self.said.counted_from = (7, 0), True
            return start + 2
        return start + 2 if self.text(start + 1) == "." and len(self.text(start)) <= 3 else start + 1

    # Dates

    def _date(self, place: int) -> int | None:
        if self.said.date is not None:
            return None
        kind = self.kind(place)
        if kind == "iso":
            year, month, day = (int(piece) for piece in _split(self.text(place)))
            self.said.date = day, month, year
            return place + 2 if self.text(place + 1) in {"t", "т"} else place + 1
        if kind == "full":
            day, month, year = (int(piece) for piece in _split(self.text(place)))
            self._numeric_date(day, month, year if year > 99 else 2000 + year, self.text(place))
            return self._year_word(place + 1)
        if kind == "pair":
            return self._pair(place)
        return self._month_date(place) or self._day_of_month(place)

    def _pair(self, place: int) -> int | None:
        text = self.text(place)
        if "-" in text and self._word(place + 1) in date_words.MONTHS:
            self.said.refusals.append("range")
            return place + 2
        if "," in text or self.text(place + 1) in date_words.UNITS:
            return None
        first, second = (int(piece) for piece in _split(text))
        is_time = self.want == "time" or self.said.names_day or date_words.HOUR_PREPOSITIONS & {*self.prepositions}
        if "-" in text:
            if self._is_plainly_time(place) and not 13 <= second <= 24:
                return None
            self.said.refusals.append("range")
            return place + 1
        if "." in text and (second > 12 or (is_time and len(text.split(".")[1]) == 2)) and first <= 24:
            return None
        if clock_grammar.meridiem_at(self.tokens, place + 1):
            return None
        self._numeric_date(first, second, None, text)
        return place + 1

    def _numeric_date(self, first: int, second: int, year: int | None, text: str) -> None:
        """Day first, but for slashes in English, which are month first in half of the world."""
        if "/" in text and self.language not in {"ru", "uk"}:
            if second > 12 >= first:
                first, second = second, first
            elif first <= 12 and second <= 12 and first != second:
                self.said.either_order = True
        self.said.date = first, second, year

    def _month_date(self, place: int) -> int | None:
        month = date_words.MONTHS.get(self._word(place))
        if month is not None:
            after = place + 2 if self.text(place + 1) == "." else place + 1
            if self.text(after) == "the":
                after += 1
            if self.kind(after) == "pair" and "-" in self.text(after):
                self.said.refusals.append("range")
                return after + 1
            day = self._day_number(after)
            if day is None or day[0] > 31 or clock_grammar.meridiem_at(self.tokens, day[1]):
                if self.text(place) not in {"mar", "may", "march", "лист", "мае", "бер", "тра"}:
                    self.said.refusals.append("range")
                    return place + 1
                return None
            return self._dated(day[0], month, day[1])
        day = self._day_number(place)
        if day is None:
            return None
        after = day[1] + 1 if self.text(day[1]) == "of" else day[1]
        if self.text(after) == "-" and self.text(after - 1) != "of":
            after += 1
        month = date_words.MONTHS.get(self._word(after))
        if month is None:
            return None
        dotted = self.text(after + 1) == "." and len(self.text(after)) <= 5
        return self._dated(day[0], month, after + 2 if dotted else after + 1)

    def _dated(self, day: int, month: int, place: int) -> int:
        after = place + 1 if self.text(place) == "," else place
        year = None
        if self.kind(after) == "number" and len(self.text(after)) == 4 and self.text(after)[:2] in {"19", "20", "21"}:
            year, place = int(self.text(after)), after + 1
        elif self.kind(place) == "number" and len(self.text(place)) == 2 and self.text(place + 1) in _YEAR_WORDS:
            year, place = 2000 + int(self.text(place)), place + 1
        self.said.date = day, month, year
        return self._year_word(place)

    def _year_word(self, place: int) -> int:
        if self.text(place) not in _YEAR_WORDS:
            return place
        return place + 2 if self.text(place + 1) == "." else place + 1

    def _day_number(self, place: int) -> tuple[int, int] | None:
        """A day of a month in any form: 5, 5-го, 5th, «пятого», «двадцать пятое», "twenty-fifth"."""
        text = self.text(place)
        if text in date_words.DAY_ORDINALS:
            return date_words.DAY_ORDINALS[text], place + 1
        tens = date_words.NUMBERS.get(text)
        if tens in {20, 30}:
            after = place + 2 if self.text(place + 1) == "-" else place + 1
            if (unit := date_words.DAY_ORDINALS.get(self.text(after), 99)) < 10:
                return tens + unit, after + 1
        found = number_at(self.tokens, place)
        if found is None or (self.kind(place) == "number" and len(text) > 2):
            return None
        return found[0], self._day_suffix(found[1]) or found[1]

    def _day_suffix(self, place: int) -> int | None:
        after = place + 1 if self.text(place) == "-" else place
        if self.text(after) not in _DAY_SUFFIXES:
            return None
        return after + 2 if self.text(after + 1) in _DAY_WORDS else after + 1

    def _day_of_month(self, place: int) -> int | None:
        """«25 числа», "the 25th": a day whose month is left to the calendar."""
        if self.said.month_day is not None or self.said.date is not None:
            return None
        text = self.text(place)
        found = self._day_number(place)
        if found is None or found[0] > 99:
            return None
        day, after = found
        last = self.text(after - 1)
        ordinal = last in _DAY_SUFFIXES or last in date_words.DAY_ORDINALS
        if self.text(after) in _DAY_WORDS:
            ordinal, after = True, after + 1
        if not ordinal or text in {"second"}:
            return None
        self.said.month_day = day
        return after

    # Times

    def _part(self, place: int) -> int | None:
        text = self._word(place)
        if text in {"рано", "поздно", "пізно", "early", "late", "ближе", "ближче", "под", "під", "до"}:
            after = place + 2 if self.text(place + 1) in {"к", "до", "in"} else place + 1
            after = after + 1 if self.text(after) == "the" else after
            if date_words.PARTS.get(self.text(after)) not in {None, "midday"} and text != "до":
                place, text = after, self.text(after)
        if text in {"early", "late", "рано", "поздно", "пізно"} and self.text(place + 1) in date_words.DAYS:
            return place + 1
        if text == "по" and self.text(place + 1) == "обіді" and self.said.part is None:
            self.said.part = "afternoon"
            return place + 2
        if text in {"с", "со", "з", "із"} and date_words.PARTS.get(self.text(place + 1)) == "morning":
            place, text = place + 1, self.text(place + 1)
        if text in {"первой", "першій", "второй", "другій"} and self.text(place + 1) in {"половине", "половині"}:
            return self._half_of_day(place)
        if _which(text) == "this" and (part := date_words.PARTS.get(self.text(place + 1))):
            if self.said.offset not in {None, 0} or self.said.part is not None:
                return None
            self.said.offset, self.said.part = 0, part
            return place + 2
        part = date_words.PARTS.get(text)
        if part is None or (self.said.part is not None and self.said.part != part):
            return None
        self.said.part = part
        return place + 1

    def _half_of_day(self, place: int) -> int | None:
        if self.text(place + 2) not in {"дня"} or self.said.part is not None:
            return None
        self.said.part = "morning" if self.text(place) in {"первой", "першій"} else "afternoon"
        return place + 3

    def _named_clock(self, place: int) -> int | None:
        return self._keep(clock_grammar.named(self.tokens, place))

    def _clock(self, place: int) -> int | None:
        as_time = self._expects_time() or (not self.leading and self._is_plainly_time(place))
        return self._keep(clock_grammar.numeric(self.tokens, place, as_time=as_time))

    def _is_plainly_time(self, place: int) -> bool:
        """15.00, 9.30, 9-00: no month has such a number."""
        if self.kind(place) != "pair" or "/" in self.text(place):
            return False
        last = _split(self.text(place).replace(",", "."))[1]
        return len(last) == 2 and (int(last) > 12 or int(last) == 0)

    def _expects_time(self) -> bool:
        return (
            self.want == "time"
            or any(word in date_words.HOUR_PREPOSITIONS for word in self.prepositions)
            or "deadline" in self.said.doubts
            or "approximate" in self.said.doubts
            or bool(self.said.refusals)
            or (self.said.names_day and not self.leading)
        )

    def _same_time(self, place: int) -> int | None:
        """«завтра в это же время», "same time tomorrow"."""
        words = [self.text(place + step) for step in range(3)]
        if words[0] in {"this", "same"} and words[1] == "time":
            after = place + 2
        elif words[0] in {"это", "то", "цей", "той"} and words[1] in {"же", "самий"} and words[2] in {"время", "час"}:
            after = place + 3
        else:
            return None
        self.said.same_time = True
        return after

    def _keep(self, found: tuple[Clock, int] | None) -> int | None:
        if found is None or self.said.clock is not None:
            return None
        self.said.clock, after = found
        after = after + 1 if self.text(after) in {"ровно", "рівно", "sharp", "exactly"} else after
        if self.said.bare is not None and not self.said.names_day:
            self.said.month_day, self.said.bare = self.said.bare, None
        return after

    def _bare(self, place: int) -> int | None:
        """A number with nothing to say whether it is an hour or a day: «на 15», "on 5"."""
        if self.kind(place) != "number" or len(self.text(place)) > 2 or self.said.bare is not None:
            return None
        if self.said.clock is not None and self.said.names_day:
            return None
        if self.leading and not self.prepositions:
            return None
        value = int(self.text(place))
        if value > 31:
            return None
        if self.said.clock is not None or self.want == "date":
            if self.said.names_day:
                return None
            self.said.month_day = value
        else:
            self.said.bare = value
        return place + 1


def _which(word: str) -> str | None:
    if word in date_words.NEXT:
        return "next"
    if word in date_words.THIS:
        return "this"
    if word in date_words.NEAREST:
        return "nearest"
    return "last" if word in date_words.LAST else None


def _split(text: str) -> list[str]:
    sign = next(sign for sign in "-./" if sign in text)
    return text.split(sign)
