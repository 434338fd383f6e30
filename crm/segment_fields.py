"""The fields a segment may ask about: what each is called in three languages and what kind of values it has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from crm import folding
from crm.statuses import STATUSES

YES = frozenset({"yes", "true", "1", "да", "так"})
NO = frozenset({"no", "false", "0", "нет", "ні"})


class Kind(StrEnum):
    """How the values of a field are compared."""

    TEXT = "text"
    """Names and other words: found by their parts, ru and uk spellings alike."""
    CHOICE = "choice"
    """One of several labels; case does not matter."""
    TAGS = "tags"
    """Any number of labels."""
    HANDLE = "handle"
    """An address: a username, an e-mail. Letter for letter but for case."""
    PHONE = "phone"
    """Phone numbers, E.164: found by their last digits."""
    NUMBER = "number"
    TIME = "time"
    """An instant, or never."""
    FLAG = "flag"
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the labels that a field can have, and what else people call it."""

    id: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """Something a segment can ask about.

    `options` empty means that any label may come. `sigil` is the sign that stands for the field's name and colon.
    `searched` fields are where a free word is looked for. `about` is the line in docs/segments.md.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = field(default=(), repr=False)
    options: tuple[Option, ...] = field(default=(), repr=False)
    sigil: str = field(default="", repr=False)
    searched: bool = field(default=False, repr=False)
    about: str = field(default="", repr=False)
    example: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields known in one place: of contacts, of a form's answers. Of two with one name the first is meant."""

    fields: tuple[Field, ...]
    _by_name: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Field] = {}
        for known in self.fields:
            for called in (known.name, *known.aliases):
                by_name.setdefault(folding.fold(called), known)
        object.__setattr__(self, "_by_name", by_name)

    @classmethod
    def of(cls, fields: Iterable[Field]) -> "FieldTable":
        return fields if isinstance(fields, FieldTable) else cls(tuple(fields))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def find(self, called: str) -> Field | None:
        """The field of that name in any of its languages; case and apostrophes do not matter."""
        return self._by_name.get(folding.fold(called))

    def with_sigil(self, sigil: str) -> Field | None:
        return next((known for known in self.fields if known.sigil == sigil), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias as it is written."""
        return tuple(called for known in self.fields for called in (known.name, *known.aliases))

    @property
    def searched(self) -> tuple[Field, ...]:
        return tuple(known for known in self.fields if known.searched)


LANGUAGES = (
    Option("ru", ("russian", "русский", "рус", "російська")),
    Option("uk", ("ukrainian", "ua", "украинский", "українська", "укр")),
    Option("en", ("english", "английский", "англійська", "англ")),
)

_STATUS_ALIASES = {
    "potential": ("lead", "потенциальный", "потенційний"),
    "active": ("активный", "активний"),
    "repeat": ("постоянный", "постійний"),
    "vip": ("вип", "віп"),
    "sleeping": ("спящий", "сплячий"),
    "gone": ("ушедший", "втрачений"),
}
STATUS_OPTIONS = tuple(Option(status, _STATUS_ALIASES[status]) for status in STATUSES)

CONTACT_FIELDS = FieldTable(
    (
        Field(
            "name",
            Kind.TEXT,
            aliases=("имя", "ім'я"),
            searched=True,
            about="what the person is called",
            example="name~иван",
        ),
        Field(
            "username",
            Kind.HANDLE,
            aliases=("ник", "нік"),
            sigil="@",
            searched=True,
            about="the name in Telegram",
            example="@anna_k",
        ),
        Field(
            "phone",
            Kind.PHONE,
            aliases=("телефон",),
            searched=True,
            about="any of the phones, by its last digits",
            example="phone:4567",
        ),
        Field(
            "email",
            Kind.HANDLE,
            aliases=("e-mail", "почта", "пошта"),
            searched=True,
            about="any of the e-mails",
            example="email:*@gmail.com",
        ),
        Field(
            "tag",
            Kind.TAGS,
            aliases=("tags", "тег", "теги", "метка", "мітка"),
            sigil="#",
            about="any of the tags",
            example="tag:vip,wholesale",
        ),
        Field(
            "source",
            Kind.CHOICE,
            aliases=("источник", "джерело"),
            about="where the contact came from, the first time or the latest",
            example="source:ads_*",
        ),
        Field(
            "language",
            Kind.CHOICE,
            aliases=("lang", "язык", "мова"),
            options=LANGUAGES,
            about="the language the contact reads",
            example="language:uk",
        ),
        Field(
            "status",
            Kind.CHOICE,
            aliases=("статус",),
            options=STATUS_OPTIONS,
            about="the place in the life cycle",
            example="status:potential",
        ),
        Field(
            "requests",
            Kind.NUMBER,
            aliases=("заявки", "заявок"),
            about="how many requests the contact ever left",
            example="requests>=2",
        ),
        Field(
            "open_requests",
            Kind.NUMBER,
            aliases=("открытых_заявок", "открытые_заявки", "відкритих_заявок", "відкриті_заявки"),
            about="how many of them are not closed",
            example="open_requests:0",
        ),
        Field(
            "last_request",
            Kind.TIME,
            aliases=("последняя_заявка", "остання_заявка"),
            about="when the latest request came",
            example="last_request<30d",
        ),
        Field(
            "last_survey",
            Kind.TIME,
            aliases=("последний_опрос", "останнє_опитування"),
            about="when the contact was last asked to rate anything",
            example="last_survey>90d",
        ),
        Field(
            "created",
            Kind.TIME,
            aliases=("создан", "створено"),
            about="when the card was made",
            example="created:today",
        ),
    )
)


def render_fields_table(fields: Iterable[Field] = CONTACT_FIELDS) -> str:
    """The table of docs/segments.md: a test keeps the page equal to it."""
    rows = ["| field | also written | kind | what it asks | example |", "| --- | --- | --- | --- | --- |"]
    for known in fields:
        called = ", ".join(f"`{alias}`" for alias in known.aliases)
        name = f"`{known.name}`" + (f", `{known.sigil}`" if known.sigil else "")
        options = f" ({', '.join(option.id for option in known.options)})" if known.options else ""
        rows.append(f"| {name} | {called} | {known.kind} | {known.about}{options} | `{known.example}` |")
    return "\n".join(rows) + "\n"
