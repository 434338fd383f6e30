"""The fields a segment of contacts may ask about: what each is called in three languages and what its values are.

`CONTACT_FIELDS` are those of every base; `contact_fields(playbook)` adds the owner's own fields, the business's forms,
surveys and levels, and the digits of its currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crm.segment_kinds import NO, YES, Field, FieldTable, Kind, Option
from crm.statuses import STATUSES

if TYPE_CHECKING:
    from crm.card_fields import CardField
    from crm.playbook import Playbook

__all__ = [
    "CONTACT_FIELDS",
    "NO",
    "YES",
    "Field",
    "FieldTable",
    "Kind",
    "Option",
    "contact_fields",
    "render_fields_table",
]


def _options(**aliases: str) -> tuple[Option, ...]:
    return tuple(Option(name, tuple(said.split())) for name, said in aliases.items())


LANGUAGES: Final = _options(
    ru="russian русский рус російська",
    uk="ukrainian ua украинский українська укр",
    en="english английский англійська англ",
)
_STATUS_ALIASES: Final = {
    "potential": ("lead", "потенциальный", "потенційний"),
    "active": ("активный", "активний"),
    "repeat": ("постоянный", "постійний"),
    "vip": ("вип", "віп"),
    "sleeping": ("спящий", "сплячий"),
    "gone": ("ушедший", "втрачений"),
}
STATUS_OPTIONS: Final = tuple(Option(status, _STATUS_ALIASES[status]) for status in STATUSES)
STAGES: Final = _options(
    new="новая нова новый",
    taken="взята в-работе в-роботі",
    done="готово выполнена виконана",
    lost="потеряна втрачена проиграна",
    spam="спам",
    withdrawn="отозвана відкликана",
)
PURPOSES: Final = _options(
    processing="обработка обробка",
    marketing="реклама новости новини",
    survey="опросы опитування",
)
RFM_GROUPS: Final = _options(
    champions="чемпионы чемпіони",
    loyal="лояльные лояльні",
    potential_loyal="почти-лояльные майже-лояльні",
    new="новые нові",
    promising="перспективные перспективні",
    need_attention="требуют-внимания потребують-уваги",
    about_to_sleep="засыпающие засинають",
    at_risk="под-угрозой під-загрозою",
    cannot_lose="нельзя-потерять не-можна-втратити",
    hibernating="в-спячке у-сплячці",
    lost="потерянные втрачені",
)
ABC_CLASSES: Final = _options(A="а", B="б в", C="с")
SEXES: Final = _options(female="жен женский жін жіноча f", male="муж мужской чол чоловіча m")


def _field(name: str, kind: Kind, aliases: str, about: str, example: str, **more: Any) -> Field:
    return Field(name, kind, tuple(aliases.split()), about=about, example=example, **more)


CONTACT_FIELDS: Final = FieldTable(
    (
        _field("name", Kind.TEXT, "имя ім'я", "what the person is called", "name~иван", searched=True),
        _field("username", Kind.HANDLE, "ник нік", "the name in Telegram", "@anna_k", sigil="@", searched=True),
        _field("phone", Kind.PHONE, "телефон", "any of the phones, by its last digits", "phone:4567", searched=True),
        _field("email", Kind.HANDLE, "e-mail почта пошта", "any of the e-mails", "email:*@gmail.com", searched=True),
        _field("tag", Kind.TAGS, "tags тег теги метка мітка", "any of the tags", "tag:vip,wholesale", sigil="#"),
        _field(
            "source", Kind.CHOICE, "источник джерело",
            "where the contact came from, the first time or the latest; of imported ones what the import said",
            "source:ads_*",
        ),
        _field("language", Kind.CHOICE, "lang язык мова", "the language the contact reads", "language:uk", options=LANGUAGES),
        _field("status", Kind.CHOICE, "статус", "the place in the life cycle", "status:potential", options=STATUS_OPTIONS),
        _field("level", Kind.CHOICE, "customer_level уровень рівень", "the level set by hand, one of the playbook's", "level:*"),
        _field("owner", Kind.TEXT, "manager менеджер ответственный відповідальний", "the manager of the contact, by name or username", "owner:богдан"),
        _field("city", Kind.TEXT, "город місто", "the city of the card", "city:київ", own=True),
        _field("birthday", Kind.BIRTHDAY, "born день_рождения родился родилась др день_народження народився народилася",
               "when the birthday is", "born:this-week", own=True),
        _field("age", Kind.AGE, "возраст вік", "full years, of whose year of birth is known", "age:25..40", own=True, of="birthday"),
        _field("sex", Kind.CHOICE, "gender пол стать", "the sex on the card", "sex:female", options=SEXES, own=True),
        _field("organisation", Kind.TEXT, "organization company организация компания організація компанія", "the organisation on the card", "organisation:*", own=True),
        _field("position", Kind.TEXT, "должность посада", "the position on the card", "position:директор", own=True),
        _field("preferences", Kind.TEXT, "предпочтения уподобання", "what they like", "preferences:тихий", own=True),
        _field("call_time", Kind.TEXT, "когда_звонить коли_телефонувати", "when they are best called", "call_time:вечер", own=True),
        _field("child_birthday", Kind.BIRTHDAY, "child_born ребёнок_родился дитина_народилась", "when a birthday of a child of theirs is", "child_born:next-30d"),
        _field("child_age", Kind.AGE, "возраст_ребёнка вік_дитини", "full years of a child of theirs", "child_age:3..6", of="child_birthday"),
        _field("purchases", Kind.NUMBER, "покупки покупок", "how many purchases, without those refunded whole", "purchases>=2"),
        _field("spent", Kind.MONEY, "потратил потратили витратив витратили сумма сума", "what they brought, less refunds", "spent>=5000", scale=100),
        _field("first_purchase", Kind.TIME, "первая_покупка перша_покупка", "when they first bought", "first_purchase<30d"),
        _field("last_purchase", Kind.TIME, "последняя_покупка остання_покупка", "when they last bought", "last_purchase>90d"),
        _field("points", Kind.NUMBER, "баллы баллов бали балів", "points to be spent", "points>=100"),
        _field("rfm", Kind.CHOICE, "", "the group by recency, frequency and money", "rfm:champions,loyal", options=RFM_GROUPS),
        _field("abc", Kind.CHOICE, "", "the class by revenue", "abc:A", options=ABC_CLASSES),
        _field("requests", Kind.NUMBER, "заявки заявок", "how many requests the contact ever left", "requests>=2"),
        _field("open_requests", Kind.NUMBER, "открытых_заявок открытые_заявки відкритих_заявок відкриті_заявки", "how many of them are not closed", "open_requests:0"),
        _field("last_request", Kind.TIME, "последняя_заявка остання_заявка", "when the latest request came", "last_request<30d"),
        _field("form", Kind.CHOICE, "форма", "the form of any request they left", "form:*"),
        _field("stage", Kind.CHOICE, "стадия стадія этап етап", "the stage of any request of theirs", "stage:lost", options=STAGES),
        _field("lost_reason", Kind.TEXT, "причина", "why any request of theirs came to nothing", "lost_reason:дорого"),
        _field("abandoned", Kind.CHOICE, "бросил брошена покинув покинута", "a form left half-filled, or the question it was left at", "abandoned:*"),
        _field("nps", Kind.NUMBER, "", "the latest answer to “would you recommend us”, 0 to 10", "nps<=6"),
        _field("rating", Kind.NUMBER, "оценка оцінка", "the latest rating of a visit, 1 to 5", "rating:5"),
        _field("ces", Kind.NUMBER, "усилие зусилля", "the latest answer to “how easy was it”, 1 to 7", "ces<=4"),
        _field("last_survey", Kind.TIME, "последний_опрос останнє_опитування", "when the contact was last asked to rate anything", "last_survey>90d"),
        _field("answered", Kind.CHOICE, "ответил ответила відповів відповіла", "a survey they answered", "answered:nps"),
        _field("surveyed", Kind.CHOICE, "опрошен опрошена опитаний опитана", "a survey that was put to them", "surveyed:nps"),
        _field("ignored", Kind.CHOICE, "не_ответил не_ответила не_відповів не_відповіла", "a survey that was put to them and that they have not answered", "ignored:nps"),
        _field("pressed", Kind.CHOICE, "нажал нажала натиснув натиснула", "a button of a message they pressed: of a campaign by its number, of a scenario, a survey, a consent; or which button", "pressed:12", open=True),
        _field("opened", Kind.CHOICE, "открыл открыла відкрив відкрила", "a survey after which they wrote or pressed anything: Telegram does not tell who has read", "opened:nps"),
        _field("reachable", Kind.FLAG, "доступен доступна доступний", "whether the bot can write to them", "reachable:yes"),
        _field("consent", Kind.CHOICE, "согласие згода", "what they agreed to, by their last word on it", "consent:marketing", options=PURPOSES),
        _field("last_in", Kind.TIME, "seen писал писала писав последний_контакт останній_контакт", "when they last wrote or pressed anything", "last_in>180d"),
        _field("created", Kind.TIME, "создан створено", "when the card was made", "created:today"),
        _field("segment", Kind.SEGMENT, "сегмент список", "a segment that was saved, or a list, by its name", "segment:regulars"),
    )
)  # fmt: skip

_KINDS: Final = {
    "choice": Kind.CHOICE,
    "choices": Kind.TAGS,
    "yes_no": Kind.FLAG,
    "number": Kind.NUMBER,
    "money": Kind.NUMBER,
    "date": Kind.DATE,
    "datetime": Kind.DATE,
    "birthday": Kind.BIRTHDAY,
}
"""How a card's field is compared, by its type; the others are words. Money of the card is kept in whole units."""
_A_WORD: Final = re.compile(r"[^\W\d][\w'’ʼ]*")


def contact_fields(playbook: Playbook, *, role: str = "owner") -> FieldTable:
    """Every field a segment of this business's contacts may ask about, for one of this role: fields of the card that
    the role may not see are not there.

    A field of the card that is called as one of ours (`level`) is meant before ours, which keeps its other names.
    """
    known = {one.name: one for one in CONTACT_FIELDS}
    changed = dict(_of_business(playbook))
    by_card = {one.id: one for one in playbook.card_fields}
    hidden = {one.id for one in by_card.values() if not one.is_seen_by(role)}
    theirs = tuple(_of_card(one, known.get(one.id), CONTACT_FIELDS) for one in by_card.values() if one.id not in hidden)
    ours = (
        changed.get(one.name, one)
        for one in CONTACT_FIELDS
        if not (one.own and (one.source in hidden or one.name in by_card))
    )
    return FieldTable((*theirs, *ours, *_counts(playbook), *_scores(playbook)))


def _of_business(playbook: Playbook) -> Iterator[tuple[str, Field]]:
    """Our fields as they are in this business: with its options, and its currency's digits."""
    from crm import currencies

    forms = tuple(Option(one.id, one.title.every(), one.title.root) for one in playbook.forms)
    surveys = tuple(Option(one.id) for one in playbook.surveys)
    levels = tuple(Option(one.id, one.title.every(), one.title.root) for one in playbook.levels)
    named = {"form": forms, "level": levels}
    named |= dict.fromkeys(("answered", "opened", "surveyed", "ignored"), surveys)
    named["pressed"] = (*surveys, *PURPOSES)
    named["abandoned"] = tuple(_questions(playbook))
    for name, options in named.items():
        if options and (found := CONTACT_FIELDS.find(name)):
            example = found.example if found.open else f"{name}:{options[0].id}"
            yield name, replace(found, options=options, example=example)
    if spent := CONTACT_FIELDS.find("spent"):
        yield "spent", replace(spent, scale=10 ** currencies.minor_digits(playbook.money.currency))


def _questions(playbook: Playbook) -> Iterator[Option]:
    """Each form, and each of its questions: `booking`, `booking.phone`. What is kept of a half-filled form is the place
    of the question, counted from 0."""
    for form in playbook.forms:
        yield Option(form.id, form.title.every(), form.title.root)
        for place, step in enumerate(form.steps):
            yield Option(f"{form.id}.{place}", (f"{form.id}.{step.field}",))
        yield Option(f"{form.id}.consent")
        yield Option(f"{form.id}.summary")


def _counts(playbook: Playbook) -> Iterator[Field]:
    """How many requests of each form, and at each stage: `requests.booking`, `requests.done`."""
    named = {stage.id: stage.titles for stage in STAGES} | {form.id: form.title.root for form in playbook.forms}
    for name, titles in named.items():
        aliases = (f"заявки.{name}", f"заявок.{name}")
        yield Field(f"requests.{name}", Kind.NUMBER, aliases, counted=True, titles=titles)


def _scores(playbook: Playbook) -> Iterator[Field]:
    """The latest score given to each survey that has scores: `score.visit`. Anonymous ones are nobody's."""
    for survey in playbook.surveys:
        if survey.scores and not survey.anonymous:
            aliases = (f"оценка.{survey.id}", f"оцінка.{survey.id}")
            titles = survey.title.root if survey.title is not None else {}
            yield Field(f"score.{survey.id}", Kind.NUMBER, aliases, titles=titles)


def _of_card(card: CardField, ours: Field | None, taken: FieldTable) -> Field:
    """A field of the card as a segment asks about it, with its titles as names where they are free."""
    options = tuple(Option(one.id, one.title.every(), one.title.root) for one in card.options)
    kind = _KINDS.get(card.type, Kind.TEXT)
    spoken = (re.sub(r"\s+", "_", title.strip().lower()) for title in card.title.every())
    free = tuple(one for one in spoken if _A_WORD.fullmatch(one) and taken.find(one) in (None, ours))
    if ours is not None and ours.own:
        extra = {one.id: one.aliases for one in ours.options}
        options = tuple(replace(one, aliases=(*one.aliases, *extra.get(one.id, ()))) for one in options)
        names = tuple(dict.fromkeys((*ours.aliases, *free)))
        return replace(ours, kind=kind, aliases=names, options=options, titles=card.title.root)
    example = f"{card.id}:{options[0].id}" if options else f"{card.id}:*"
    return Field(card.id, kind, tuple(dict.fromkeys(free)), options, example=example, own=True, titles=card.title.root)


def render_fields_table(fields: Iterable[Field] = CONTACT_FIELDS) -> str:
    """The table of docs/segments.md: a test keeps the page equal to it."""
    rows = ["| field | also written | kind | what it asks | example |", "| --- | --- | --- | --- | --- |"]
    for known in fields:
        called = ", ".join(f"`{alias}`" for alias in known.aliases)
        name = f"`{known.name}`" + (f", `{known.sigil}`" if known.sigil else "")
        options = f" ({', '.join(option.id for option in known.options)})" if known.options else ""
        rows.append(f"| {name} | {called} | {known.kind} | {known.about}{options} | `{known.example}` |")
    return "\n".join(rows) + "\n"
