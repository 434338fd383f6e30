"""The grammar of repeats in ru, uk and en: «каждый понедельник и четверг», «щомісяця 5-го», "every other week on Friday".

It reads the beginning of a text and leaves the rest, where the grammar of dates reads the time. Like that one it is
strict, lest it eat words of the message: no misspellings.
"""

from __future__ import annotations

from typing import Final

from crm import date_words
from crm.clock_grammar import number_at
from crm.day_grammar import DayRules
from crm.repeats import LAST_DAY, MOST, MOST_DAYS, WEEKEND, WORKDAYS, Repeat, Unit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EVERY: Final = _words(
    "каждый каждая каждую каждое каждые каждого каждой кожен кожний кожна кожну кожне кожні кожного кожної кожної "
    "every each"
)
_ONCE: Final = frozenset({"раз", "once"})
_ONCE_IN: Final = frozenset({"в", "во", "у", "на", "a", "an", "per", "in", "every"})
_SECOND: Final = _words("второй вторая вторую второе вторые другий друга другу друге інший other second alternate")
_UNITS: Final[dict[str, Unit]] = {"day": "d", "full_day": "d", "week": "w", "month": "m", "year": "y"}
_ADVERBS: Final[dict[str, tuple[int, Unit]]] = {
    **dict.fromkeys(_words("ежедневно щодня щоденно daily"), (1, "d")),
    **dict.fromkeys(_words("еженедельно щотижня щотижнево weekly"), (1, "w")),
    **dict.fromkeys(_words("fortnightly biweekly"), (2, "w")),
    **dict.fromkeys(_words("ежемесячно помесячно щомісяця щомісячно monthly"), (1, "m")),
    **dict.fromkeys(_words("ежеквартально щокварталу щоквартально quarterly"), (3, "m")),
    **dict.fromkeys(_words("ежегодно щороку щорічно yearly annually"), (1, "y")),
}
_QUARTERS: Final = _words("квартал квартала кварталу quarter")
_PLURAL_WEEKDAYS: Final = {
    word: weekday
    for weekday, words in enumerate(
        (
            "понедельникам понеділках понеділкам mondays",
            "вторникам вівторках вівторкам tuesdays",
            "средам середах середам wednesdays",
            "четвергам четвергах thursdays",
            "пятницам пятницах пятницях пятницям fridays",
            "субботам суботах суботам saturdays",
            "воскресеньям воскресениям неділях неділям sundays",
        )
    )
    for word in words.split()
}
_EVERY_WEEKDAY: Final = {
    "щопонеділка": 0, "щовівторка": 1, "щосереди": 2, "щочетверга": 3, "щопятниці": 4, "щосуботи": 5, "щонеділі": 6
}  # fmt: skip
_ENGLISH_PLURALS: Final = frozenset(word for word in _PLURAL_WEEKDAYS if word.isascii()) | {"weekdays", "weekends"}
_WORKDAYS: Final = _words(
    "будням будни будний будние будних буденний будній будні буднях щобудня weekday weekdays workday workdays"
)
_WORKING: Final = _words("рабочий рабочие рабочим рабочих робочий робочі робочим робочих робочого working")
_WEEKENDS: Final = date_words.WEEKENDS | _words("выходной вихідний щовихідних")
_DAY_WORDS: Final = date_words.words_of("day") | _words("дням дни днях дням дню")
_MONTH_WORDS: Final = date_words.words_of("month")
_LAST: Final = _words("последний последнего последнее останній останнього останнє last")
_AND: Final = frozenset({",", "и", "та", "й", "і", "and", "&"})
_ON: Final = frozenset({"в", "во", "у", "по", "о", "on", "at", "the", "of", ","})


def read_leading(text: str, *, language: str | None = None) -> tuple[Repeat | None, str]:
    """How often the beginning of a text says, and the rest of it: «каждый понедельник | в 10 планёрка». None and the
    whole text where it says nothing of the kind."""
    whole = date_words.normalise(text)
    tokens = date_words.tokens(whole[:120])
    found = _Reader(tokens, language=language, want="date", leading=True).repeat() if tokens else None
    if found is None:
        return None, text
    rule, end = found
    if not 1 <= rule.every <= MOST[rule.unit]:
        return None, text
    return rule, whole[tokens[end - 1].end :].lstrip(" \t\n,.;:-–—")


def says_every_other_day(text: str) -> bool:
    """Whether it begins with «через день», which is tomorrow to some, the day after it to others, and every other day
    to the rest."""
    return [one.text for one in date_words.tokens(date_words.normalise(text)[:20])][:2] == ["через", "день"]


_Found = tuple[Repeat, int]


class _Reader(DayRules):
    """One pass over the beginning of one text. Each rule answers what it read and the place after it, or None."""

    def repeat(self) -> _Found | None:
        return self._every_period(0) or self._weekly(0) or self._of_every_month(0)

    def _every_period(self, place: int) -> _Found | None:
        """«ежемесячно», «раз в две недели», «каждые три дня», «каждый второй вторник», and the days that may follow."""
        text = self.text(place)
        if text in _ADVERBS:
            every, unit = _ADVERBS[text]
            return self._with_days(Repeat(every, unit), place + 1)
        if text in _EVERY_WEEKDAY or text == "щобудня":
            return self._weekly(place)
        if text in _ONCE and self.text(place + 1) in _ONCE_IN:
            after = place + 3 if self.text(place + 2) in _EVERY else place + 2
            return self._counted_units(after)
        if text not in _EVERY:
            return None
        return self._counted_units(place + 1) or self._every(place + 1)

    def _counted_units(self, place: int) -> _Found | None:
        """«две недели», «квартал», «второй день»."""
        every, after = 1, place
        if self.text(place) in _SECOND:
            every, after = 2, place + 1
        elif (found := number_at(self.tokens, place)) is not None:
            every, after = found
        if self.text(after) in _QUARTERS:
            return self._with_days(Repeat(3 * every, "m"), after + 1)
        unit = _UNITS.get(date_words.UNITS.get(self.text(after), ""))
        if unit is None:
            return None
        return self._with_days(Repeat(every, unit), after + 1)

    def _every(self, place: int) -> _Found | None:
        """What else there can be one of in every week, month, year or day."""
        every, start = (2, place + 1) if self.text(place) in _SECOND else (1, place)
        if (days := self._weekdays(start)) is not None:
            return Repeat(every, "w", days[0]), days[1]
        if (last := self._last_day(place)) is not None:
            return Repeat(1, "m", (LAST_DAY,)), last
        if (dated := self._date_of_year(place)) is not None:
            return dated
        if (month := self._days_of_month(place)) is not None:
            return Repeat(1, "m", month[0]), self._past_month(month[1])
        if date_words.PARTS.get(self.text(place)) not in {None, "midday"}:
            return Repeat(1, "d"), place  # «каждое утро»: the part of the day is left to the grammar of dates
        return None

    def _with_days(self, rule: Repeat, place: int) -> _Found:
        """The rule with the days that are named after it, where there are any."""
        start = self._past(_ON, place)
        if rule.unit == "w" and (days := self._weekdays(start)) is not None:
            return Repeat(rule.every, "w", days[0]), days[1]
        if rule.unit == "m":
            if (last := self._last_day(start)) is not None:
                return Repeat(rule.every, "m", (LAST_DAY,)), last
            if (month := self._days_of_month(start)) is not None:
                return Repeat(rule.every, "m", month[0]), month[1]
        if rule.unit == "y" and (dated := self._date_of_year(start)) is not None:
            return Repeat(rule.every, "y", dated[0].days), dated[1]
        return rule, place

    # Days of the week

    def _weekly(self, place: int) -> _Found | None:
        """«по вторникам и четвергам», «по будням», «щосереди», "on mondays"."""
        text = self.text(place)
        start = place + 1 if text in {"по", "on", "в", "у"} else place
        word = self.text(start)
        plural = word in _PLURAL_WEEKDAYS or word in _WORKDAYS or word in _WEEKENDS or word in _WORKING
        if text in {"в", "у"} and word not in {"будни", "будні"}:
            return None  # «в выходные» is a coming day
        if not (plural and (start > place or word in _ENGLISH_PLURALS)) and word not in {*_EVERY_WEEKDAY, "щобудня"}:
            return None
        days = self._weekdays(start)
        return (Repeat(1, "w", days[0]), days[1]) if days is not None else None

    def _weekdays(self, place: int) -> tuple[tuple[int, ...], int] | None:
        """A list of weekdays, or all that are worked, or those that are not."""
        if (several := self._work_or_weekend(place)) is not None:
            return several
        found: set[int] = set()
        end = place
        while (weekday := self._weekday_at(place)) is not None:
            found.add(weekday)
            end = place + 1
            if self.text(end) not in _AND:
                break
            place = self._past(_ON | _AND | _EVERY, end)
        return (tuple(sorted(found)), end) if found else None

    def _weekday_at(self, place: int) -> int | None:
        text = self.text(place)
        for table in (date_words.WEEKDAYS, _PLURAL_WEEKDAYS, _EVERY_WEEKDAY):
            if text in table:
                return table[text]
        return None

    def _work_or_weekend(self, place: int) -> tuple[tuple[int, ...], int] | None:
        text, after = self.text(place), self.text(place + 1)
        if text in _WORKDAYS:
            return WORKDAYS, place + 2 if after in _DAY_WORDS else place + 1
        if text in _WORKING and after in _DAY_WORDS:
            return WORKDAYS, place + 2
        if text in _WEEKENDS:
            return WEEKEND, place + 2 if after in _DAY_WORDS else place + 1
        return None

    # Days of the month and of the year

    def _of_every_month(self, place: int) -> _Found | None:
        """«5 числа каждого месяца», «в последний день месяца» (of each), "on the 5th of every month"."""
        start = self._past(_ON, place)
        if (last := self._last_day(start)) is not None:
            return (Repeat(1, "m", (LAST_DAY,)), last) if self._names_every(place, last) else None
        month = self._days_of_month(start)
        if month is None:
            return None
        days, after = month
        if self.text(after) in _ADVERBS:
            every, unit = _ADVERBS[self.text(after)]
            return (Repeat(every, unit, days), after + 1) if unit == "m" else None
        after = self._past(_ON, after)
        if self.text(after) in _EVERY and self.text(after + 1) in _MONTH_WORDS:
            return Repeat(1, "m", days), after + 2
        return None

    def _names_every(self, start: int, end: int) -> bool:
        return any(self.text(place) in _EVERY for place in range(start, end))

    def _last_day(self, place: int) -> int | None:
        """«последний день (каждого) месяца»: the place after it."""
        if self.text(place) not in _LAST or self.text(place + 1) not in _DAY_WORDS | {"число", "числа"}:
            return None
        after = self._past(_ON | _EVERY, place + 2)
        return after + 1 if self.text(after) in _MONTH_WORDS else place + 2

    def _days_of_month(self, place: int) -> tuple[tuple[int, ...], int] | None:
        """«5-го», «1-го и 15-го числа», "the 5th"."""
        found: set[int] = set()
        end = place
        while len(found) < MOST_DAYS:
            self.said.month_day = None
            after = self._day_of_month(place)
            day = self.said.month_day
            if after is None or day is None or not 1 <= day <= 31:
                break
            found.add(day)
            end = after
            if self.text(end) not in _AND:
                break
            place = self._past(_ON | _AND, end)
        return (tuple(sorted(found)), end) if found else None

    def _date_of_year(self, place: int) -> _Found | None:
        """«8 марта», "March 8"."""
        self.said.date = None
        after = self._month_date(place)
        if after is None or self.said.date is None:
            return None
        day, month, year = self.said.date
        if year is not None or not 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
            return None
        return Repeat(1, "y", (month * 100 + day,)), after

    def _past_month(self, place: int) -> int:
        """The place after «каждого месяца», "of the month", where that follows."""
        after = self._past(_ON | _EVERY, place)
        return after + 1 if after > place and self.text(after) in _MONTH_WORDS else place

    def _past(self, words: frozenset[str], place: int) -> int:
        while self.text(place) in words:
            place += 1
        return place
