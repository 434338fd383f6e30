"""What was said about time, put on the calendar and the clock of one zone: which Friday, which 8 o'clock.

The rules are those that `dates` states; this is where they are kept.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crm import clock_grammar
from crm.clock_grammar import Clock
from crm.date_results import Doubt, Incomplete, Part, Question, Reading, Result, Want, Why
from crm.date_said import Said

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_BEFORE_OPENING: Final = timedelta(hours=2)
_SURELY_TYPED_HOUR: Final = 6
_CENTURIES: Final = range(1900, 2200)
_PART_ENDS: Final = {"morning": 12, "midday": 15, "afternoon": 18, "evening": 24}
_PARTS: Final[dict[str, Part]] = {
    "morning": "morning",
    "midday": "midday",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "night",
}
_NIGHT_ENDS: Final = 6


class Refused(Exception):
    def __init__(self, reason: Why) -> None:
        super().__init__(reason)
        self.reason: Why = reason


class Moment:
    """What a phrase is read against: now, here, and what is wanted."""

    def __init__(self, now: datetime, zone: ZoneInfo, want: Want, hours: tuple[int, int], past: bool) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be aware")
        self.now = now.astimezone(UTC)
        self.zone = zone
        self.local = now.astimezone(zone)
        self.today = self.local.date()
        self.want = want
        self.hours = hours
        self.past = past

    def reading(self, at: datetime, *, relative: bool = False) -> Reading:
        wall = at.astimezone(self.zone)
        return Reading(at, wall.date(), wall.time().replace(microsecond=0), relative)

    def result(self, said: Said, language: str | None) -> Result:
        if language == "en" and said.clock is not None:
            said.clock = replace(said.clock, typed=False)  # 2:30 is of twelve hours there
        if said.same_time and said.clock is None:
            said.clock = Clock(self.local.hour, self.local.minute, twelve=False)
        if said.minutes is not None:
            return self._counted_in_minutes(said)
        if said.every_other:
            return self._between([self.today + _DAY, self.today + 2 * _DAY], said, language, "which_day")
        if said.weekend:
            return self._weekend(said, language)
        self._settle_bare_number(said)
        if said.bare is not None:
            return self._hour_or_day(said, language)
        days, question = self._days(said)
        if said.clock is not None and said.clock.bare_unit and not said.part and not days:
            return self._duration_or_time(said, language)
        return self._between(days, said, language, question)

    # Lengths of time

    def _counted_in_minutes(self, said: Said) -> Result:
        if (said.names_day and said.offset != 0) or said.clock or said.minutes is None or said.bare is not None:
            raise Refused("unknown")
        reading = self.reading(self.now + timedelta(minutes=said.minutes), relative=True)
        if said.offset == 0 and reading.date != self.today:
            raise Refused("unknown")
        if reading.date is not None and reading.date.year not in _CENTURIES:
            raise Refused("impossible")
        return _confirmed(reading, said)

    def _duration_or_time(self, said: Said, language: str | None) -> Result:
        assert said.clock is not None
        length = timedelta(hours=said.clock.hour, minutes=said.clock.minute)
        counted = self.reading(self.now + length, relative=True)
        return Doubt((counted, *_choices(self._between([], said, language, "hour"))), "duration_or_time")

    # Days

    def _settle_bare_number(self, said: Said) -> None:
        """With a day known, a bare number is the hour: «завтра 15». With the time known, it is the day."""
        if said.bare is None:
            return
        if said.clock is None and (said.names_day or said.part is not None or self.want == "time"):
            said.clock, said.bare = Clock(said.bare, twelve=1 <= said.bare <= 12), None
        elif said.clock is not None and not said.names_day:
            said.month_day, said.bare = said.bare, None

    def _hour_or_day(self, said: Said, language: str | None) -> Result:
        number = said.bare
        said.bare = None
        if number is None or said.clock is not None:
            raise Refused("unknown")
        choices: list[Reading] = []
        if number <= 23:
            said.clock = Clock(number, twelve=1 <= number <= 12)
            choices += _choices(self._between([], said, language, "hour"))
            said.clock = None
        if number >= 1:
            said.month_day = number
            days, _ = self._days(said)
            choices += [Reading(None, day, None) for day in days]
        return Doubt(tuple(choices), "hour_or_day")

    def _weekend(self, said: Said, language: str | None) -> Result:
        """Saturday or Sunday of this week, or of the next."""
        if said.names_day:
            raise Refused("unknown")
        saturday = self.today + _DAY * (5 - self.today.weekday())
        if said.week:
            saturday += _WEEK
        days = [day for day in (saturday, saturday + _DAY) if day >= self.today]
        return self._between(days, said, language, "which_day", certain=False)

    def _days(self, said: Said) -> tuple[list[date], Question]:
        """The days that may be meant (none: no day was said), and what to ask when they are several."""
        days: list[date] = []
        question: Question = "which_day"
        if said.date is not None:
            days = self._dates(said)
            question = "day_or_month_first" if said.either_order else "which_day"
        elif said.month_day is not None:
            days = self._of_month(said)
        elif said.offset is not None:
            days = [self.today + _DAY * said.offset]
        if said.weekday is not None:
            if days:
                return self._agreeing(days, said.weekday)
            if said.shift is None or said.counted_from:
                days = self._weekdays(said)
            else:
                return self._weekday_after(said), question
        elif (said.week is not None or said.year_shift is not None) and not days:
            raise Refused("range")
        if said.month_shift is not None and said.month_day is None and not days:
            raise Refused("range")
        if said.shift is not None:
            if days and not said.counted_from:
                raise Refused("unknown")
            if said.counted_from and not days:
                raise Refused("unknown")
            days = [self._shifted(day, said.shift) for day in days or [self.today]]
        return sorted(set(days)), question

    def _agreeing(self, days: list[date], weekday: int) -> tuple[list[date], Question]:
        """«В пятницу 27 ноября»: the weekday must be that of the date."""
        right = [day for day in days if day.weekday() == weekday]
        if right:
            return right, "which_day"
        return sorted([*days, self._nearest(weekday)]), "weekday_mismatch"

    def _nearest(self, weekday: int) -> date:
        return self.today + _DAY * ((weekday - self.today.weekday()) % 7)

    def _weekdays(self, said: Said) -> list[date]:
        assert said.weekday is not None
        nearest = self._nearest(said.weekday)
        monday = self.today - _DAY * self.today.weekday()
        if said.week is not None:
            return [monday + _WEEK * said.week + _DAY * said.weekday]
        if said.which == "next":
            after_today = nearest if nearest > self.today else nearest + _WEEK
            return [after_today, monday + _WEEK + _DAY * said.weekday]
        if said.which is None and nearest == self.today and not said.counted_from:
            return [nearest, nearest + _WEEK]
        return [nearest]

    def _weekday_after(self, said: Said) -> list[date]:
        """«Через неделю в пятницу»: the Friday of that week, or a week after the nearest one."""
        assert said.weekday is not None
        assert said.shift is not None
        if said.shift[1] or said.shift[0] % 7:
            raise Refused("unknown")
        length = _DAY * said.shift[0]
        monday = self.today - _DAY * self.today.weekday()
        return sorted({self._nearest(said.weekday) + length, monday + length + _DAY * said.weekday})

    def _dates(self, said: Said) -> list[date]:
        assert said.date is not None
        day, month, year = said.date
        orders = [(day, month), (month, day)] if said.either_order else [(day, month)]
        return [one for order in orders for one in self._date_of(order[0], order[1], year, said.year_shift)]

    def _date_of(self, day: int, month: int, year: int | None, year_shift: int | None) -> list[date]:
        if year_shift is not None:
            year = self.today.year + year_shift
        if year is not None:
            if self.past and self.today.year + 10 < year < 2100:
                year -= 100  # «12.05.90» is of the last century
            found = _on_calendar(year, month, day)
            if found is None or year not in _CENTURIES:
                raise Refused("impossible")
            return [found]
        # Eight years: the 29th of February may be that far.
        years = range(self.today.year, self.today.year + 9)
        coming = [found for year in years if (found := _on_calendar(year, month, day))]
        if not coming:
            raise Refused("impossible")
        if self.past and coming[0] < self.today:
            return coming[:2]
        return [next(found for found in coming if found >= self.today)]

    def _of_month(self, said: Said) -> list[date]:
        """The next month that has such a day, or the month that was said."""
        assert said.month_day is not None
        months = [said.month_shift] if said.month_shift is not None else list(range(13))
        for shift in months:
            year, month = divmod(self.today.year * 12 + self.today.month - 1 + shift, 12)
            found = _on_calendar(year, month + 1, said.month_day)
            if found is not None and (found >= self.today or said.month_shift is not None):
                return [found]
        raise Refused("impossible")

    def _shifted(self, day: date, shift: tuple[int, int]) -> date:
        days, months = shift
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if year not in _CENTURIES:
            raise Refused("impossible")
        last = next(last for last in (31, 30, 29, 28) if _on_calendar(year, month + 1, last))
        return date(year, month + 1, min(day.day, last)) + timedelta(days=days)

    # Days and times together

    def _between(
        self, days: list[date], said: Said, language: str | None, question: Question, *, certain: bool = True
    ) -> Result:
        """The one meaning, or the choices, of these days and the time that was said."""
        if said.clock is None:
            return self._without_time(days, said, question, certain=certain)
        said.clock = _fitted(said.clock, said.part)
        times = self._times(said.clock, language)
        if not days and self.want == "time":
            return self._only_time(times, said)
        if not days and self.want == "date":
            return Incomplete("date", time=times[0] if len(times) == 1 else None, part=_part(said))
        found, asked = self._on_days(days, times, said) if days else self._next_occurrence(times)
        if len(days) > 1:
            asked = question
        if not found:
            raise Refused("impossible")
        if len(found) == 1 and asked == "hour" and certain:
            return _confirmed(found[0], said)
        if len(found) == 1 and certain and asked not in {"outside_hours", "weekday_mismatch"}:
            return _confirmed(found[0], said)
        return Doubt(tuple(found), _question(asked, found))

    def _without_time(self, days: list[date], said: Said, question: Question, *, certain: bool) -> Result:
        part = _part(said)
        if not days:
            if part is None:
                raise Refused("unknown")
            return Incomplete("time" if self.want != "date" else "date", date=self._day_of(part), part=part)
        if not self.past:
            ahead = [day for day in days if day >= self.today]
            if not ahead:
                raise Refused("past")
            days = ahead
        readings = tuple(Reading(None, day, None) for day in days)
        if len(days) > 1 or not certain or question == "weekday_mismatch":
            return Doubt(readings, question)
        if said.doubts:
            return _confirmed(readings[0], said)
        return readings[0] if self.want == "date" else Incomplete("time", date=days[0], part=part)

    def _day_of(self, part: Part) -> date | None:
        """Today while that part of the day is not over; nights belong to two days."""
        if part not in _PART_ENDS:
            return None
        return self.today if self.local.hour < _PART_ENDS[part] else self.today + _DAY

    def _times(self, clock: Clock, language: str | None) -> list[time]:
        clock_hour = clock.hour % 24
        literal = time(clock_hour, clock.minute)
        if not clock.twelve:
            return [literal]
        if clock.typed and language != "en" and clock_hour >= _SURELY_TYPED_HOUR:
            return [literal]
        return sorted([literal, time((clock_hour + 12) % 24, clock.minute)])

    def _only_time(self, times: list[time], said: Said) -> Result:
        likely = [one for one in times if self._is_likely(one)] or times
        readings = [Reading(None, None, one) for one in likely]
        return _confirmed(readings[0], said) if len(readings) == 1 else Doubt(tuple(readings), "hour")

    def _is_open(self, at: time) -> bool:
        return self.hours[0] <= at.hour < self.hours[1]

    def _is_likely(self, at: time) -> bool:
        """Within the business's day or shortly before it, when reminders are set for."""
        opening = timedelta(hours=self.hours[0]) - _BEFORE_OPENING
        return opening <= timedelta(hours=at.hour, minutes=at.minute) < timedelta(hours=self.hours[1])

    def _at(self, day: date, at: time) -> list[Reading]:
        """The moments that the wall clock shows this time on this day: one; none or two where the clock is changed."""
        wall = datetime.combine(day, at, self.zone)
        moments = sorted({wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})
        return [self.reading(one) for one in moments if one.astimezone(self.zone).replace(tzinfo=None) == _naive(wall)]

    def _ahead(self, readings: Iterable[Reading]) -> list[Reading]:
        return [one for one in readings if one.at is not None and (self.past or one.at > self.now)]

    def _next_occurrence(self, times: list[time]) -> tuple[list[Reading], Question]:
        days = (self.today, self.today + _DAY, self.today + 2 * _DAY)
        found: list[Reading] = []
        for at in times:
            for day in days:
                if ahead := [one for one in self._at(day, at) if one.at is not None and one.at > self.now]:
                    found += ahead
                    break
        found.sort(key=_moment_of)
        if len(times) == 1:
            return found, "hour"
        likely = [one for one in found if one.time is not None and self._is_likely(one.time)] or found
        first, *others = likely
        if others and first.time is not None and self._is_open(first.time):
            others = [one for one in others if one.time is not None and self._is_open(one.time)]
        return [first, *others], "hour"

    def _on_days(self, days: list[date], times: list[time], said: Said) -> tuple[list[Reading], Question]:
        assert said.clock is not None
        if said.clock.edge_of_day:
            return self._midnights(days)
        every = [one for day in days for at in times for one in self._at(day, at)]
        if not every:
            return [], "hour"
        ahead = self._ahead(every)
        if not ahead and days == [self.today] and said.offset == 0 and times[0].hour < _NIGHT_ENDS and _is_night(said):
            # «Сегодня в час ночи», said in the evening, is the night to come.
            ahead = self._at(self.today + _DAY, times[0])
        if not ahead:
            raise Refused("past")
        likely = [one for one in ahead if one.time is not None and self._is_likely(one.time)]
        typed_small = said.clock.typed and len(times) == 2 and said.clock.hour < _SURELY_TYPED_HOUR
        if len(times) == 1 or (typed_small and len(ahead) > 1):
            return ahead, "hour"
        closing = time(self.hours[1]) if self.hours[1] < 24 else None
        if not likely and len(ahead) == 1 and ahead[0].time != closing:
            return ahead, "outside_hours"
        return likely or ahead, "hour"

    def _midnights(self, days: list[date]) -> tuple[list[Reading], Question]:
        found = [one for day in days for edge in (day, day + _DAY) for one in self._at(edge, time(0))]
        return sorted(self._ahead(dict.fromkeys(found)), key=_moment_of), "which_midnight"


def _fitted(clock: Clock, part: str | None) -> Clock:
    """The clock with its part of the day taken in. 24:00 is the end of a day."""
    if clock.hour == 24 and clock.minute == 0:
        return Clock(0, twelve=False, edge_of_day=True)
    if not clock.possible:
        raise Refused("impossible")
    if part is None or clock.edge_of_day:
        return clock
    fitted = clock_grammar.in_part(clock, part)
    if fitted is None:
        raise Refused("impossible")
    return fitted


def _moment_of(reading: Reading) -> datetime:
    assert reading.at is not None
    return reading.at


def _naive(wall: datetime) -> datetime:
    return wall.replace(tzinfo=None)


def _is_night(said: Said) -> bool:
    return said.part in {"night", "evening"}


def _part(said: Said) -> Part | None:
    return _PARTS.get(said.part or "")


def _on_calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _question(asked: Question, found: list[Reading]) -> Question:
    if len(found) == 2 and len({(one.date, one.time) for one in found}) == 1:
        return "clock_change"
    return asked


def _confirmed(reading: Reading, said: Said) -> Result:
    """The reading, or a doubt that offers it when the phrase itself was not certain."""
    if "deadline" in said.doubts:
        return Doubt((reading,), "deadline")
    return Doubt((reading,), "approximate") if said.doubts else reading


def _choices(result: Result) -> tuple[Reading, ...]:
    if isinstance(result, Doubt):
        return result.choices
    return (result,) if isinstance(result, Reading) else ()
