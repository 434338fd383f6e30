"""What a phrase about time says, before any calendar is looked at, and the place in the text where it is read."""

from dataclasses import dataclass, field

from crm import date_words
from crm.clock_grammar import Clock, kind_at, text_at
from crm.date_words import Token


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


class Cursor:
    """The tokens of one text and what has been understood of them."""

    def __init__(self, tokens: list[Token], *, language: str | None, want: str, leading: bool) -> None:
        self.tokens = tokens
        self.language = language
        self.want = want
        self.leading = leading
        self.said = Said()
        self.prepositions: list[str] = []

    def text(self, place: int) -> str:
        return text_at(self.tokens, place)

    def kind(self, place: int) -> str:
        return kind_at(self.tokens, place)

    def _word(self, place: int) -> str:
        text = self.text(place)
        return text if self.leading or self.kind(place) != "word" else date_words.corrected(text)
