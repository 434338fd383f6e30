"""Every screen of the team's: hostile names are literal text, nothing is longer than Telegram takes, and everything
about a customer is protected."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm import segments
from crm.playbook import CardField
from crm.playbook_types import Text
from locales import LANGUAGES, words_in
from tests.clocks import NOON
from tests.places import make_playbook
from tests.views.telegram import read
from views import (
    cards,
    digest_screens,
    lists,
    profiles,
    request_cards,
    staff_adding,
    staff_door,
    staff_editing,
    staff_names,
    staff_planning,
    staff_writing,
)
from views.answered import Asked
from views.messages import Screen
from views.request_cards import Seen
from views.staff_names import Reader, Who

KYIV = ZoneInfo("Europe/Kyiv")
COURSES = make_playbook("courses")
FIELDS = (*make_playbook().card_fields, *COURSES.fields)
PIECES = (
    *(
        "<b>",
        "</b>",
        "<script>alert(1)</script>",
        "&",
        "&amp;",
        "&lt;",
        '"',
        "'",
        "<",
        ">",
        "</",
        "<a href='x'>",
        "<!--",
    ),
    *("{name}", "{ $name }", "%s", "{0}", "\\", "`", "*", "_", "~", "||", "$", "'; DROP TABLE contacts; --", "\x00"),
    *(
        "\u202e",
        "\u200f",
        "\u200b",
        "\ufeff",
        "Z̸̧͇̪a̵l̶g̷o̸",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "𝕬𝖓𝖓𝖆",
        "محمد",
        "李小龙",
        "Ґанна",
        "Ёж",
        "O’Neil",
    ),
    *(" ", "\n", "\t", "A" * 200, "Ж" * 64, "@admin", "/start", "#tag", "https://example.com", "tg://user?id=1"),
)


def hostile_names(count: int) -> Iterator[str]:
    """Names that break what is careless, the same in every run."""
    chance = random.Random(20261124)
    for _ in range(count):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 12)))


def reader(language: str = "uk", *, changes: bool = True) -> Reader:
    return Reader(words_in(language), KYIV, NOON, changes)


def asked(name: str, answers: int) -> Asked:
    answer = {"field": "q", "label": name, "value": name, "shown": name}
    return Asked(name, [answer] * answers, None, KYIV)


def seen(name: str, *, stage: str = "new", spam: bool = False, answers: int = 5) -> Seen:
    return Seen(
        id=12,
        who=Who(7, name, name[:32] or "u", (name, name[::-1])),
        stage=stage,
        asked=asked(name, answers),
        created_at=NOON - timedelta(hours=3),
        owner=name,
        phone=name,
        source=name,
        lost_reason=name,
        spam=spam,
        profile=tuple((field, name) for field in FIELDS if field.type == "text"),
    )


def kin(name: str) -> tuple[profiles.Kin, ...]:
    kinds, days = ("child", "spouse", "other"), ("2015-03-08", "--02-29", None, name)
    return tuple(profiles.Kin(n, kinds[n % 3], name, days[n % 4]) for n in range(12))


def card(name: str, fields: tuple[CardField, ...] = (), **changes: Any) -> cards.Card:
    values: dict[str, Any] = {
        "who": Who(7, name, name[:32] or "u", (name,) * 12),
        "language": "uk",
        "zone": "Europe/Kyiv",
        "status": "vip",
        "owner": name,
        "source_first": name,
        "source_last": name[::-1],
        "created_at": NOON,
        "last_in_at": NOON,
        "on_telegram": True,
        "reachable": False,
        "spam": True,
        "agreed": True,
        "refused": False,
        "consents": {"marketing": True, "survey": False},
        "requests": 5,
        "open_requests": 5,
        "reaches": tuple(cards.Reach(n, "phone", name, True) for n in range(10)),
        "own": tuple((field, name) for field in fields for _ in range(20) if field.type in ("text", "choice")),
        "open_ones": tuple((n, asked(name, 0), "new", NOON) for n in range(5)),
        "reminders": tuple(cards.Planned(n, NOON, name) for n in range(20)),
        "notes": 3,
        "files": 3,
        "note": name,
        "pinned": True,
        "level": Text.model_construct({"": name}),
        "spent": profiles.Spent(123_456, 10**12, "UAH", NOON - timedelta(days=15)),
        "lost": name,
        "family": kin(name),
    }
    return cards.Card(**(values | changes))


def screens(name: str, to: Reader) -> Iterator[tuple[str, Screen]]:
    """Every screen of the team's with this name wherever a name, a text or a title is shown."""
    words, who = to.words, Who(7, name, name[:32] or "u", (name,) * 12)
    for stage in ("new", "taken", "done", "lost", "withdrawn", "spam"):
        yield f"request {stage}", request_cards.card(to, seen(name, stage=stage))
    yield "request of spam", request_cards.card(to, seen(name, spam=True))
    yield "reasons", request_cards.reasons(to, seen(name), [name] * 30)
    yield "withdrawn", request_cards.withdrawn(to, 12, who)
    yield "wrote", staff_writing.wrote(to, who, text=name, request_id=3)
    answered = staff_writing.wrote(to, who, text=name * 50, edited=True)
    yield (
        "answered",
        Screen(answered.text + staff_writing.answered_by(words, name, NOON), answered.buttons, protect=True),
    )
    yield "copied", staff_writing.wrote(to, who, text=None)
    yield "write to", staff_writing.asked(words, who)
    yield "written", staff_writing.sent(words, who, waits_until=None)
    yield "written at night", staff_writing.sent(words, who, waits_until="09:00")
    yield "undelivered", staff_writing.undelivered(words, who)
    yield "card", cards.card(to, card(name, FIELDS))
    yield "card in reach", cards.card(to, card(name, spam=False, reachable=True))
    planned = [cards.Planned(n, NOON, name) for n in range(30)]
    yield "reminders", cards.reminders(to, who, planned)
    hits = [lists.Hit(who, "4567", 3)] * 8
    wrong = lists.mistake(words, "unknown-field", name, name)
    yield "found", lists.found(to, hits, query=name, offset=8, size=8, more=True, count=99, mistake=wrong)
    yield "nothing found", lists.found(to, [], query=name, offset=0, size=8, more=False, count=0)
    yield "queue", lists.queue(to, [seen(name)] * 8, offset=8, size=8, total=99)
    yield "tags", lists.tags(to, [(n, name, n) for n in range(100)])
    jobs = [lists.Job(n, name, NOON, who) for n in range(5)]
    yield "tasks", lists.tasks(to, jobs, offset=5, size=5, total=50)
    yield "notes", lists.notes(to, who, [lists.Noted(name, NOON, name)] * 6, offset=6, size=6, more=True)
    kept = [lists.Kept(n, "photo", name, NOON) for n in range(10)]
    yield "files", lists.files(to, who, kept, offset=10, size=10, more=True)
    yield "requests", lists.requests_of(to, who, [seen(name)] * 20)
    kinds = [
        "message",
        "reply",
        "request",
        "stage",
        "tag",
        "note",
        "consent",
        "field",
        "survey",
        "spam",
        "sent",
        "status",
        "relative",
        "???",
    ]
    data = {
        "to": "done",
        "from": name,
        "label": name,
        "purpose": name,
        "field": name,
        "value": name,
        "score": 3,
        "state": "sent",
    }
    for kind in kinds:
        happened = [lists.Happened(NOON, kind, name, name, 12, data)] * 6
        yield f"timeline {kind}", lists.timeline(to, who, happened, offset=6, size=6, more=True)
    half = ("time", "2026-11-25", None)
    for reminder in (True, False):
        asked = staff_planning.ask_time(to, who, zone=KYIV, half=None, problem=None, params={}, reminder=reminder)
        yield "when", asked
        yield "about", staff_planning.ask_text(to, who, NOON, zone=KYIV, reminder=reminder)
    yield "at what time", staff_planning.ask_time(to, who, zone=KYIV, half=half, problem=None, params={}, reminder=True)
    moscow = ZoneInfo("Europe/Moscow")
    yield "confirm", staff_planning.confirm(to, who, at=NOON, text=name[:1000], zone=moscow, held_until=NOON)
    yield "planned", staff_planning.planned(to, who, at=NOON, zone=moscow)
    yield "task kept", staff_planning.task_kept(to, who, task_id=2**40, at=NOON, text=name)
    yield "task rings", staff_planning.task_rings(to, who, task_id=2**40, text=name)
    yield "task done", staff_planning.task_done(to, name)
    yield from task_screens(to, who, name)
    fields = FIELDS
    yield "edit", staff_editing.fields(to, who, fields * 20, agreed=True)
    yield "edit a guest", staff_editing.fields(to, who, fields, agreed=False)
    for field in ("language", "timezone", "owner", "status", "level"):
        options = staff_editing.options(to, field, [(n, name) for n in range(10)], COURSES.levels)
        yield f"choose {field}", staff_editing.choose(to, who, field, options)
    for own in fields:
        if own.options or own.type == "yes_no":
            yield f"choose {own.id}", staff_editing.choose_own(to, who, own, [name])
    yield "family", profiles.family(to, who, kin(name))
    yield "nobody of the family", profiles.family(to, who, ())
    for kind in profiles.KINDS:
        days = ("--03-08", "--08-03", name)
        yield f"which {kind}", profiles.ask_kin(to, who, kind, problem="date-doubt", birthdays=days)
    reaches = [cards.Reach(2**40, "phone", name, False)] * 10
    yield "type in", staff_editing.type_in(to, who, name[:60], kept=name, reaches=reaches, own="field", choices=[name])
    yield "switch tags", staff_editing.tags(to, who, [(2**40, name, True)] * 60)
    yield "which tags", staff_editing.ask_tags(words, who)
    yield "which note", staff_editing.ask_note(words, who)
    yield "noted", staff_editing.note_kept(words, who)
    yield "tagged", staff_editing.tags_changed(words, who, added=[name] * 20)
    yield "untagged", staff_editing.tags_changed(words, who, removed=[name] * 20)
    yield "newcomer", staff_adding.question(words, "name", username=name[:64])
    agreement = staff_adding.agreement(
        words, name=name[:128], phone="+380671234567", email=name[:254], source=name[:64], note=name[:2000], text=name
    )
    yield "agreement", agreement
    yield "twin", staff_adding.twin(words, who)
    yield "made", Screen(staff_adding.made(words, who, agreed=True), protect=True)
    yield "hello", staff_door.greeting(words, name=name[:64], role="manager", open_requests=3, tasks=2)


def task_screens(to: Reader, who: Who, name: str) -> Iterator[tuple[str, Screen]]:
    """Tasks that come back and go from hand to hand, and the morning digest at its fullest."""
    rule = "36m:5,10,29,31@09:00/2026-11-30"
    one: dict[str, Any] = {"task_id": 2**40, "at": NOON, "text": name, "repeat": rule}
    yield "repeats", staff_planning.task_kept(to, who, **one)
    yield "rings again", staff_planning.task_rings(to, who, **one, by=name)
    yield "its page", staff_planning.task_page(to, None, **one, by=name)
    yield "comes back", staff_planning.task_done(to, name, next_id=2**40, next_at=NOON)
    yield "given", staff_planning.given(to, who, **one, by=name)
    yield "gave", staff_planning.gave(to, name, to=name)
    yield "to whom", staff_planning.give_whom(to, name, [(2**31, name)] * 20, task_id=2**40)
    yield "about whom", staff_planning.ask_whom(to, name)
    yield "which of them", staff_planning.choose_whom(to, [who] * 6, task_id=2**40)
    yield "inherited", staff_planning.inherited(to, 3, by=name)
    yield "done for you", staff_planning.done_for_you(to, name, by=name)
    jobs = [lists.Job(2**40, name, NOON, who)] * 6
    hands = tuple(digest_screens.Hands(name, 3, 2) for _ in range(30))
    morning = digest_screens.Morning(
        day=NOON.date(),
        tasks=jobs,
        tasks_all=2**31,
        slipped=jobs,
        slipped_all=2**31,
        visits=[digest_screens.Booked(NOON, who, asked(name, 3), confirmed=True)] * 6,
        visits_all=2**31,
        birthdays=[who] * 6,
        birthdays_all=2**31,
        untaken=[digest_screens.Untaken(2**40, who, NOON)] * 6,
        untaken_all=2**31,
        late_hours=4,
        team=digest_screens.Team(2**31, 2**31, 2**31, 2**31, 2**50, "UAH", hands),
    )
    yield "morning", digest_screens.screen(to, morning, on=True)


def test_five_hundred_hostile_names_are_literal_text_on_every_screen() -> None:
    """Telegram takes each; what is shown of the name is what it is, never markup; nothing is too long."""
    tags = set()
    for number, name in enumerate(hostile_names(500)):
        to = reader(LANGUAGES[number % len(LANGUAGES)])
        shown_name = staff_names.called(to.words, Who(7, name), most=40).rstrip("…").strip()
        for screen_name, screen in screens(name, to):
            shown = read(screen)
            if screen_name in ("card", "found", "request new", "wrote", "twin"):
                assert shown_name in shown, (screen_name, name)
            tags.add(screen_name)
    assert len(tags) > 60


@pytest.mark.parametrize("name", ["Ж" * 4096, "<b>&" * 1024, "👨‍👩‍👧‍👦" * 500])
def test_no_screen_grows_past_what_telegram_takes(name: str) -> None:
    """However long a name, an answer or a note is, and however many there are."""
    for _, screen in screens(name, reader()):
        read(screen)
    read(request_cards.card(reader(), seen(name, answers=50)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_about_a_customer_is_protected(language: str) -> None:
    """It can be neither forwarded nor saved: the base is safe from being carried away."""
    open_to_all = {"hello", "newcomer"}
    for name, screen in screens("Олена", reader(language)):
        assert screen.protect or name in open_to_all, name


def test_a_viewer_is_offered_nothing_that_changes() -> None:
    """Buttons of the card, of a request and of the lists only lead on."""
    looking = {"card", "reqs", "line", "notes", "files", "file", "rems", "open", "queue", "found", "sales", "kin"}
    for name, screen in screens("Олена", reader(changes=False)):
        if name.startswith(("card", "request", "found", "queue", "notes", "files", "timeline", "reminders", "family")):
            verbs = {(button.data or "").partition(":")[0] for row in screen.buttons for button in row}
            assert verbs <= looking, name


def test_an_unknown_person_is_a_guest_with_a_number() -> None:
    """Nothing but a number is shown of who has not agreed to be known."""
    for language, called in (("ru", "Гость № 7"), ("uk", "Гість № 7"), ("en", "Guest #7")):
        assert called in read(staff_writing.wrote(reader(language), Who(7, None), text=None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_in_a_query_has_its_words(language: str) -> None:
    """Whatever the segment language may refuse, the reader is told why."""
    for reason in segments.REASONS:
        assert read(Screen(lists.mistake(words_in(language), reason, "tga:vip", "tag:vip")))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ru", ["согласие: хранение данных", "отказ: новости и акции", "отказ: опросы"]),
        ("uk", ["згода: зберігання даних", "відмова: новини та акції", "відмова: опитування"]),
        ("en", ["agreed: keeping their data", "did not agree: news and offers", "did not agree: surveys"]),
    ],
)
def test_the_timeline_says_in_words_what_was_agreed_to(language: str, shown: list[str]) -> None:
    said = {"processing": True, "marketing": False, "survey": False}
    lines = [
        lists.Happened(NOON, "consent", None, None, None, {"purpose": purpose, "granted": granted})
        for purpose, granted in said.items()
    ]
    page = read(lists.timeline(reader(language), Who(7, "Олена"), lines, offset=0, size=6, more=False))
    for line in shown:
        assert line in page


def test_a_sent_message_on_the_timeline_loses_its_markup_not_its_words() -> None:
    """What was sent as HTML is read without tags, and a cut breaks none."""
    text = "<b>Ваша заявка</b> &lt;12&gt; " + "<i>довга</i> " * 100
    line = lists.Happened(NOON, "sent", text, None, None, {"state": "sent"})
    shown = read(lists.timeline(reader(), Who(7, "Олена"), [line], offset=0, size=6, more=False))
    assert "Ваша заявка <12> довга" in shown


@pytest.mark.parametrize("role", ["owner", "manager", "viewer"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_the_role(language: str, role: str) -> None:
    """A viewer is not told of commands that would be refused."""
    shown = read(staff_door.help_page(words_in(language), role=role))
    assert ("/remind" in shown) == (role != "viewer")
    assert ("MANAGER_IDS" in shown) == (role == "owner")
