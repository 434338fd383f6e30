"""The grammar of date phrases in ru, uk and en: a text in, what was said out.

It goes from left to right and tries its rules in order at every place; each rule fills one slot of `Said` once. What a
slot means on the calendar (which Friday, which 8 o'clock) is not decided here but in `dates`.
"""

from collections.abc import Callable
from typing import Final

from crm import clock_grammar, date_words, length_grammar
from crm.clock_grammar import Clock, number_at
from crm.date_words import Token
from crm.day_grammar import DayRules, which_of
from crm.length_grammar import CLOCK_UNITS, DATE_UNITS, Length

_PUNCTUATION: Final = frozenset('.,!?;:()"«»“”„…-~*')
_MOST_PREPOSITIONS: Final = 3


class Reader(DayRules):
    """One pass over the tokens of one text."""

    def __init__(self, tokens: list[Token], *, language: str | None, want: str, leading: bool) -> None:
        super().__init__(tokens, language=language, want=want, leading=leading)
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
        elif self.last_rule == "relative":
            span = kind == "number" or text in date_words.ONE_AND_A_HALF
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
        if self.text(place) in _PUNCTUATION:
            return None
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
        which = which_of(text)
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
        while self.text(after) in {"of", "the"} or which_of(self.text(after)):
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
        ) or (text == "later" and date_words.DAYS.get(after) == 0):
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
        if self.text(place + 1) == "через" and opening in date_words.UNITS:
            return self._approximately_in(place)
        if opened and self.text(start) in {"ровно", "рівно", "exactly"}:
            start += 1
        elif opened and self.text(start) in date_words.APPROXIMATE:
            self.said.doubts.append("approximate")
            start += 1
        if opened and self.kind(start) == "pair" and "-" in self.text(start):
            if self.text(start + 1) not in date_words.UNITS:
                return None
            self.said.refusals.append("range")
            return start + 2
        if opened and opening != "in" and self._every_other(start):
            return start + 1
        found = length_grammar.length_at(self.tokens, start, language=self.language, leading=self.leading)
        if found is None:
            return None
        length, after = found
        if opening == "за" and not self._is_ukrainian(start, after):
            return None
        if not opened:
            on_weekday = self.text(after) == "on" and self.text(after + 1) in date_words.WEEKDAYS
            if self.text(after) == "from" or on_weekday or (length.days and self.text(after) in {"today", "tomorrow"}):
                return self._counted(length, after)
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
        if length.minutes or not (length.days or length.months):
            if length.months:
                return None
            said.minutes = length.in_minutes
        else:
            said.shift = length.days, length.months
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

    def _counted(self, length: Length, place: int) -> int | None:
        """ "a week from monday": the day itself follows and is read by its own rule."""
        if self.text(place + 1) == "now":
            if length.minutes:
                self.said.minutes = length.in_minutes
            else:
                self.said.shift = length.days, length.months
            return place + 2
        if length.minutes or self.said.shift is not None:
            return None
        self.said.shift, self.said.counted_from = (length.days, length.months), True
        return place + 1 if self.text(place) in {"from", "on"} else place

    def _approximately_in(self, place: int) -> int | None:
        """«минут через десять»: the order of the words says "about"."""
        unit = date_words.UNITS.get(self.text(place))
        if unit is None or self.text(place + 1) != "через":
            return None
        found = number_at(self.tokens, place + 2)
        if found is None or self.said.shift is not None or self.said.minutes is not None:
            return None
        if unit in CLOCK_UNITS:
            self.said.minutes = found[0] * CLOCK_UNITS[unit]
        else:
            days, months = DATE_UNITS[unit]
            self.said.shift = (found[0] * days, found[0] * months)
        self.said.doubts.append("approximate")
        return found[1]

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
        if which_of(text) == "this" and (part := date_words.PARTS.get(self.text(place + 1))):
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
        as_time = self._expects_time() or (not self.leading and self.is_plainly_time(place))
        return self._keep(clock_grammar.numeric(self.tokens, place, as_time=as_time))

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
