"""Days as people say them: «послезавтра», «в следующую пятницу», «5-го декабря», "Dec 5th", 25.12, «25 числа»."""

from typing import Final

from crm import clock_grammar, date_words
from crm.clock_grammar import number_at
from crm.date_said import Cursor

_DAY_SUFFIXES: Final = frozenset(("го", "е", "ое", "ого", "ього", "ье", "є", "th", "st", "nd", "rd", "число", "числа"))
_DAY_WORDS: Final = frozenset({"число", "числа", "числу"})
_YEAR_WORDS: Final = frozenset({"года", "год", "г", "року", "рік", "р", "году", "році"})


class DayRules(Cursor):
    """The rules that fill the slots of days, weeks and dates. Each answers the place after what it read, or None."""

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

    def _which_at(self, place: int) -> tuple[str | None, int]:
        """ "next", "this coming", «след.»: which of several, and the place after it."""
        which = which_of(self.text(place))
        if which is None:
            return None, place
        after = place + 2 if self.text(place + 1) == "." else place + 1
        if which == "this" and (closer := which_of(self.text(after))):
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
            year, month, day = (int(piece) for piece in pieces(self.text(place)))
            self.said.date = day, month, year
            return place + 2 if self.text(place + 1) in {"t", "т"} else place + 1
        if kind == "full":
            day, month, year = (int(piece) for piece in pieces(self.text(place)))
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
        first, second = (int(piece) for piece in pieces(text))
        # «в 10.30» is a time; «в 10.12» is as likely a day, and of a day the time is asked.
        expected = second % 5 == 0 and date_words.HOUR_PREPOSITIONS & {*self.prepositions}
        is_time = self.want == "time" or self.said.names_day or expected
        if "-" in text:
            if self.is_plainly_time(place) and not 13 <= second <= 24:
                return None
            self.said.refusals.append("range")
            return place + 1
        if "." in text and (second > 12 or (is_time and len(text.split(".")[1]) == 2)) and first <= 24:
            return None
        if clock_grammar.meridiem_at(self.tokens, place + 1):
            return None
        self._numeric_date(first, second, None, text)
        return place + 1

    def is_plainly_time(self, place: int) -> bool:
        """15.00, 9.30, 9-00: no month has such a number."""
        if self.kind(place) != "pair" or "/" in self.text(place):
            return False
        last = pieces(self.text(place).replace(",", "."))[1]
        return len(last) == 2 and (int(last) > 12 or int(last) == 0) and int(last) % 5 == 0

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
                if self.text(place) not in {"mar", "may", "march", "лист", "бер", "тра"}:
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


def which_of(word: str) -> str | None:
    """Which of several days or weeks: next, this, nearest, last; None for any other word."""
    if word in date_words.NEXT:
        return "next"
    if word in date_words.THIS:
        return "this"
    if word in date_words.NEAREST:
        return "nearest"
    return "last" if word in date_words.LAST else None


def pieces(text: str) -> list[str]:
    """The numbers of 25.12.2026, 25/12 or 15-30."""
    sign = next(sign for sign in "-./" if sign in text)
    return text.split(sign)
