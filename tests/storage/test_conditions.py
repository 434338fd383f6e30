"""Segments in SQL: they find exactly whom the meaning of the language names, whatever is written."""

import contextlib
import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, func, insert, literal, select

from crm import folding, segments
from crm.segment_tree import Word
from crm.segments import Field, Kind
from storage import conditions, contact_values, tables
from storage.tables import contact_points, contact_tags, contacts, metadata, tags
from tests.places import make_playbook

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")

Person = dict[str, Any]
Find = Callable[[str], set[str]]

CARD = {
    "city": "text",
    "birthday": "birthday",
    "sex": "choice",
    "organisation": "text",
    "master": "choice",
    "visits_a_year": "number",
    "agreed": "yes_no",
    "contract": "date",
    "wishes": "choices",
}
"""Fields of the card, of the profile and the owner's own, with their types."""
FIELDS = segments.FieldTable(
    (
        *segments.contact_fields(make_playbook("salon")),
        Field("visits_a_year", Kind.NUMBER, own=True),
        Field("agreed", Kind.FLAG, own=True),
        Field("contract", Kind.DATE, own=True),
        Field("wishes", Kind.TAGS, own=True),
    )
)
LISTS = ("regulars", "пыльные полки")
telegram_ids = itertools.count(9_000_001)

NAMES = ("Иван Петров", "Іванна Петрів", "Олена 100%", "M'ята_Салтыков-Щедрин", "ivan", "С", "Ананьев", None)
PEOPLE: dict[str, Person] = {
    "alice": {
        "name": "Алиса Иванова",
        "username": "Alice_K",
        "phone": ["+380671234567"],
        "email": ["alice@example.com"],
        "tag": ["VIP", "опт"],
        "source": ["ads_google"],
        "language": "ru",
        "status": "active",
        "requests": 3,
        "open_requests": 1,
        "last_request": NOW - timedelta(days=2),
        "last_survey": NOW - timedelta(days=100),
        "created": NOW - timedelta(days=400),
    },
    "bob": {
        "name": "Богдан Іванів",
        "phone": ["+380501112233", "+79161234567"],
        "tag": ["cold"],
        "source": ["ads_meta", "friends"],
        "language": "uk",
        "status": "potential",
        "requests": 1,
        "open_requests": 0,
        "last_request": NOW - timedelta(days=40),
        "last_survey": NOW - timedelta(days=5),
        "created": NOW - timedelta(days=41),
    },
    "charlie": {
        "name": None,
        "username": "",
        "language": "en",
        "status": "potential",
        "requests": 0,
        "open_requests": 0,
        "created": NOW - timedelta(hours=3),
    },
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('segments') / 'base.db'}")
    metadata.create_all(engine)
    with engine.connect() as connection:
        for number, name in enumerate(LISTS, 1):
            one = {"id": number, "name": name, "key": name, "created_at": NOW, "updated_at": NOW}
            connection.execute(insert(tables.segments).values(one))
        connection.commit()
        yield connection
    engine.dispose()


@pytest.fixture
def find(base: Connection) -> Iterator[Find]:
    """Finds by a segment who of Alice, Bob and Charlie is in it."""
    with base.begin() as transaction:
        ids = {who: insert_person(base, person) for who, person in PEOPLE.items()}

        def found(text: str) -> set[str]:
            rows = select_ids(base, segments.parse(text))
            return {who for who, row in ids.items() if row in rows}

        yield found
        transaction.rollback()


def insert_person(base: Connection, person: Mapping[str, Any]) -> int:
    sources = person.get("source") or [None]
    name = person.get("name")
    row = base.execute(
        insert(contacts)
        .values(
            name=name,
            name_key=None if name is None else folding.fold(name),
            username=person.get("username"),
            language=person["language"],
            status=person["status"],
            source_first=sources[0],
            source_last=sources[-1],
            requests=person["requests"],
            open_requests=person["open_requests"],
            last_request_at=person.get("last_request"),
            last_survey_at=person.get("last_survey"),
            created_at=person["created"],
            updated_at=person["created"],
            first_purchase_at=person.get("first_purchase"),
            last_purchase_at=person.get("last_purchase"),
            last_in_at=person.get("last_in"),
            telegram_id=person.get("telegram_id"),
            reachable=person.get("can_be_reached", True),
            owner_id=make_manager(base, person["owner"]) if person.get("owner") else None,
            **{name: person.get(name, 0) for name in ("purchases", "spent", "points")},
            **{name: person.get(name) for name in ("level", "rfm", "abc", "nps", "rating")},
            **{f"consent_{purpose}": granted for purpose, granted, _ in person.get("words", ())},
        )
        .returning(contacts.c.id)
    ).scalar_one()
    for kind in ("phone", "email"):
        for value in person.get(kind) or ():
            digits = folding.digits(value)[::-1] if kind == "phone" else None
            base.execute(
                insert(contact_points).values(
                    contact_id=row, kind=kind, value=value, key=value.lower(), reversed=digits, created_at=NOW
                )
            )
    for tag in person.get("tag") or ():
        key = folding.label(tag)
        known = base.execute(select(tags.c.id).where(tags.c.key == key)).scalar()
        tag_id = known or base.execute(insert(tags).values(name=tag, key=key).returning(tags.c.id)).scalar_one()
        base.execute(insert(contact_tags).values(contact_id=row, tag_id=tag_id, at=NOW))
    for field, kind in CARD.items():
        if person.get(field) is not None:
            for key, number in contact_values.asked(kind, person[field]):
                kept = {"contact_id": row, "field": field, "key": key, "number": number}
                base.execute(insert(tables.contact_values).values(kept))
    insert_history(base, row, person)
    return int(row)


def make_manager(base: Connection, called: Sequence[str]) -> int:
    name, username = called
    manager = {
        "telegram_id": next(telegram_ids),
        "role": "manager",
        "name": name,
        "username": username,
        "added_at": NOW,
    }
    return int(base.execute(insert(tables.staff).values(manager).returning(tables.staff.c.id)).scalar_one())


def insert_history(base: Connection, row: int, person: Mapping[str, Any]) -> None:
    """What the person did: everything that `values` tells of."""

    def add(table: Any, **columns: Any) -> None:
        base.execute(insert(table).values(columns))

    for form, stage, reason in person.get("asked", ()):
        add(
            tables.requests,
            contact_id=row,
            form_id=form,
            title="Заявка",
            stage=stage,
            answers=[],
            lost_reason=reason,
            created_at=NOW,
        )
    for survey in person.get("answered", ()):
        rated = {"survey_id": survey, "kind": "nps", "score": 9, "asked_at": NOW, "scored_at": NOW}
        add(tables.survey_answers, key=f"survey:{survey}:{next(telegram_ids)}", contact_id=row, **rated)
    for number, (survey, score) in enumerate(person.get("replied", ()), 1):
        key, at = f"survey:{survey}:{next(telegram_ids)}", NOW + timedelta(minutes=number)
        letter = {"purpose": "survey", "priority": 3, "payload": {}, "on_doubt": "skip", "due_at": NOW, "sent_at": NOW}
        add(tables.outbox, key=key, chat_id=1, contact_id=row, state="sent", created_at=NOW, **letter)
        rated = {"survey_id": survey, "kind": "ces" if survey == "effort" else "csat", "score": score}
        add(tables.survey_answers, key=key, contact_id=row, asked_at=NOW, scored_at=at, **rated)
    for purpose, granted, message_id in person.get("words", ()):
        said = {"purpose": purpose, "granted": granted, "message_id": message_id, "version": "1", "text": "…"}
        add(tables.consents, contact_id=row, at=NOW, **said)
    for key, state, sent_at in person.get("sent", ()):
        letter = {"purpose": "survey", "priority": 3, "payload": {}, "on_doubt": "skip", "due_at": NOW}
        add(
            tables.outbox,
            key=f"{key}:{next(telegram_ids)}",
            chat_id=1,
            contact_id=row,
            state=state,
            sent_at=sent_at,
            created_at=NOW,
            **letter,
        )
    for birthday in person.get("child_birthday", ()):
        month_day = int(birthday[-5:-3]) * 100 + int(birthday[-2:])
        add(tables.relatives, contact_id=row, kind="child", birthday=birthday, month_day=month_day, at=NOW)
    if person.get("spouse"):
        add(tables.relatives, contact_id=row, kind="spouse", birthday=person["spouse"], month_day=615, at=NOW)
    if person.get("form_state") and person.get("telegram_id"):
        put_aside, state, updated_at = person["form_state"]
        kept = {"flow": None, "draft": state} if put_aside else {"flow": "form", "state": state}
        user = person["telegram_id"]
        add(tables.conversations, chat_id=user, user_id=user, updated_at=updated_at, **kept)
    for button in sorted(set(person.get("campaign_7", ()))):
        add(tables.presses, key=f"campaign:7:{row}", button=button, contact_id=row, campaign_id=7, at=NOW)
    for list_id in person.get("segment", ()):
        add(tables.segment_members, segment_id=list_id, contact_id=row, at=NOW)


def values(person: Mapping[str, Any]) -> dict[str, Any]:
    """What `evaluate` is told of the person whom `insert_person` writes."""
    asked = person.get("asked", ())
    words: dict[str, bool] = {purpose: granted for purpose, granted, _ in person.get("words", ())}
    last_in = person.get("last_in")
    replied = [(survey, score) for survey, score in person.get("replied", ()) if score is not None]
    answered = [*person.get("answered", ()), *(survey for survey, _ in replied)]
    sent = [key.split(":")[1] for key, _, _ in person.get("sent", ()) if key.startswith("survey:")]
    scores = dict.fromkeys(person.get("answered", ()), 9) | dict(replied)
    told = {
        "answered": answered,
        "surveyed": [*sent, *(survey for survey, _ in person.get("replied", ()))],
        "ignored": [*sent, *(survey for survey, score in person.get("replied", ()) if score is None)],
        "ces": scores.get("effort"),
        "score.visit": scores.get("visit"),
        "score.nps": scores.get("nps"),
        "form": [form for form, _, _ in asked],
        "stage": [stage for _, stage, _ in asked],
        "lost_reason": [reason for _, stage, reason in asked if stage == "lost"],
        "requests.booking": sum(form == "booking" for form, _, _ in asked),
        "requests.lost": sum(stage == "lost" for _, stage, _ in asked),
        "pressed": [
            *answered,
            *(one for one, _, message in person.get("words", ()) if message),
            *(said for button in person.get("campaign_7", ()) for said in (button, "7", f"7.{button}")),
        ],
        "opened": [
            key.split(":")[1]
            for key, state, sent_at in person.get("sent", ())
            if state == "sent" and key.startswith("survey:") and last_in and last_in > sent_at
        ],
        "consent": [purpose for purpose, granted in words.items() if granted],
        "reachable": person.get("telegram_id") is not None and person.get("can_be_reached", True),
        "purchases": person.get("purchases", 0),
        "spent": person.get("spent", 0),
        "points": person.get("points", 0),
    }
    if person.get("form_state") and person.get("telegram_id"):
        put_aside, state, updated_at = person["form_state"]
        if put_aside or updated_at < NOW - timedelta(hours=1):
            place = state["step"] if state["place"] == "step" else state["place"]
            told["abandoned"] = [state["form"], f"{state['form']}.{place}"]
    return {**person, **told}


def select_ids(base: Connection, query: segments.Query, *, one_by_one: bool = True) -> set[int]:
    """Who is in the segment; asking of one contact after another finds the same."""
    where = conditions.condition(query, now=NOW, zone=KYIV)
    found = set(base.execute(select(contacts.c.id).where(where)).scalars())
    if one_by_one:
        each = conditions.condition(query, now=NOW, zone=KYIV, contact=contacts.c.id)
        assert set(base.execute(select(contacts.c.id).where(each)).scalars()) == found
    return found


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("", {"alice", "bob", "charlie"}),
        ("tag:vip", {"alice"}),
        ("#опт,cold", {"alice", "bob"}),
        ("-tag:vip", {"bob", "charlie"}),
        ("-tag:*", {"charlie"}),
        ("source:ads_*", {"alice", "bob"}),
        ("source:friends", {"bob"}),
        ("-source:ads_meta", {"alice", "charlie"}),
        ("requests>=1 language:uk", {"bob"}),
        ("заявок:1..3", {"alice", "bob"}),
        ("last_survey>90d", {"alice", "charlie"}),
        ("last_survey<90d", {"bob"}),
        ("-last_survey<90d", {"alice", "charlie"}),
        ("last_survey:never", {"charlie"}),
        ("created:today", {"charlie"}),
        ("created>1y", {"alice"}),
        ("name:иван", {"alice", "bob"}),
        ("-name:иван", {"charlie"}),
        ('name="алиса иванова"', {"alice"}),
        ("name~ивонова", {"alice"}),
        ("иванов", {"alice"}),
        ("іванова", {"alice"}),
        ("@alice_k", {"alice"}),
        ("-@alice_k", {"bob", "charlie"}),
        ("username:*", {"alice"}),
        ("-name:*", {"charlie"}),
        ("phone:4567", {"alice", "bob"}),
        ("phone:+380671234567", {"alice"}),
        ("phone:0671234567", {"alice"}),
        ("8 916 123-45-67", {"bob"}),
        ("phone:+380*", {"alice", "bob"}),
        ("email:*@example.com", {"alice"}),
        ("tag:vip or language:en", {"alice", "charlie"}),
        ("-(tag:vip or language:en)", {"bob"}),
        ("requests>99999999999999", set()),
        ("created>999999y", set()),
    ],
)
def test_a_segment_finds_whom_it_names(find: Find, text: str, who: set[str]) -> None:
    assert find(text) == who


VALUES = ("vip", "V*", "cold", "ads_*", "*", "иван", "ананье", "анна", "100%", "_", "a%", "'", "щедрин", "a_b", "x.com")
MOMENTS = tuple(NOW - timedelta(days=days, hours=hours) for days, hours in ((0, 0), (0, 1), (1, 0), (30, 0), (95, 5)))


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    query: str | None


SAVED = {
    "regulars": Kept(1, None),
    "пыльные полки": Kept(2, None),
    "good": Kept(3, "purchases>=1 -segment:regulars"),
    "better": Kept(4, 'segment:good or segment:"пыльные полки" олена'),
}
ASKED = (
    "city:киев city~киив city=київ -city:льв -city:*",
    "born:today born:tomorrow born:this-week born:next-month born:11-20..01-05 born:february born:02-28 born:*",
    "born:1990 born<1991 born>=1990-03-08 -born:1990..1992 born:next-7d born:last-year born:02-28..03-01",
    "age:30..40 age<36 age>=35.5 age>35 age:* -age:1..99 age<0 age:5",
    "sex:female sex:жен -sex:* sex!=male organisation:льон organisation=тов*",
    "master:olena master:марта,any master~ole master:* master!=olena",
    "visits_a_year>=3 visits_a_year:1..2 visits_a_year:* -visits_a_year<5 visits_a_year:2.5",
    "agreed:yes agreed:no -agreed:yes agreed:*",
    "contract<30d contract>30d contract:next-30d contract>today contract:2026-11-21 contract:never contract:30d..90d",
    "contract:..2026-11-20 contract:this-year wishes:tea wishes:tea,cake -wishes:cake wishes:*",
    "child_born:this-week child_born:06-15 child_age:3..6 child_age:* -child_born:* child_born:2020 child_born<2021",
    "purchases>=1 purchases:0 -purchases:1 spent>=99.99 spent:100 spent<1 spent:0..100 spent>1000000000000",
    "first_purchase<30d last_purchase>90d last_purchase:never last_purchase:this-month last_purchase:yesterday",
    "last_purchase:2026-11 last_purchase:last-7d last_purchase>=yesterday last_purchase<=last-week first_purchase>1y",
    "points>=1 points:0 nps<=6 nps:9..10 nps:* -nps:* rating:5 -rating>3",
    "rfm:champions rfm:loyal,lost -rfm:* rfm~o abc:A abc:b,c abc:* level:key level:* -level:key",
    "owner:богдан owner:bohdan owner=софія -owner:* owner~богдпн owner:o'коннор owner:анна-мария",
    "form:booking form:* -form:booking form:booking,gift stage:lost stage:new stage!=lost -stage:*",
    "requests.booking>=2 requests.booking:0 requests.lost<1 requests.lost:1 requests.booking:* requests.booking:0..1",
    "lost_reason:дорого lost_reason~дорга lost_reason=дорого -lost_reason:* lost_reason:их",
    "abandoned:booking abandoned:booking.service abandoned:booking.* abandoned:* -abandoned:colour abandoned~summary",
    "answered:nps answered:* pressed:nps pressed:marketing pressed:* -pressed:* pressed:7 pressed:7.call pressed:link -pressed:call opened:nps opened:* -opened:nps",
    "surveyed:nps surveyed:* -surveyed:visit ignored:nps ignored:* -ignored:visit ces<=4 ces:* -ces:7 score.visit<=3 score.nps:9 -score.visit:*",
    "consent:marketing consent:survey,processing -consent:* consent:* consent~process consent:*i* consent!=survey",
    "-consent:marketing,survey consent:новини consent~x reachable:yes reachable:no",
    "last_in<1d last_in>90d last_in:never last_in:today last_in:* segment:regulars segment!=good segment:better",
)
PIECES = tuple(one for line in ASKED for one in line.split())


def random_piece(chance: Random) -> str:
    match chance.randrange(10):
        case 0 | 1:
            field = chance.choice(("tag", "source", "status", "name", "username", "email", "phone"))
            value = chance.choice((*VALUES, "4567", "+38067*", '"a""b"', "ivan,vip", "салтыков-щедрин"))
            return f"{field}{chance.choice((':', '=', '~', '!='))}{value}"
        case 2:
            field = chance.choice(("requests", "open_requests"))
            sign = chance.choice((":", ">", "<", ">=", "<=", "!="))
            return f"{field}{sign}{chance.choice(('0', '1', '2'))}"
        case 3:
            field = chance.choice(("last_request", "last_survey", "created", "last_purchase", "last_in"))
            written = (
                chance.choice((">", "<", ">=", "<=")) + chance.choice(("1h", "30d", "1m", "2026-11-21", "today")),
                chance.choice((":never", ":1d..90d", ":today..today", ":2026-11-01..2026-11-21", ":*")),
            )
            return field + chance.choice(written)
        case 4:
            return chance.choice(
                (
                    "#vip",
                    "@ivan",
                    "language:uk,ru",
                    "requests:1..2",
                    "requests:1.5",
                    "иван",
                    '"иван п"',
                    "ivan",
                    "0671234567",
                    "671",
                    "100%",
                    "щедрин",
                    "x.com",
                    "'",
                )
            )
        case _:
            return chance.choice(PIECES)


def random_segment(chance: Random, depth: int = 3) -> str:
    if depth == 0 or chance.random() < 0.3:
        return random_piece(chance)
    one, other = random_segment(chance, depth - 1), random_segment(chance, depth - 1)
    return chance.choice((f"-({one})", f"({one} {other})", f"({one} or {other})"))


BIRTHDAYS = (
    None,
    "1990-03-08",
    "1992-02-29",
    "--02-29",
    "--11-22",
    "1990-11-21",
    "1991-11-22",
    "1986-12-31",
    "--01-01",
)
DAYS = (None, None, "2026-11-21", "2026-11-22", "2026-10-22", "2026-10-20", "2026-12-21", "2027-01-15", "2025-12-31")
REASONS = ("Дорого", "ДОРОГО и «Её»", "Не отвечает", "Їхня ціна", None)
MANAGERS = (None, None, ("Богдан", "Bohdan_K"), ("СОФІЯ", None), ("Анна-Мария О'Коннор", None))


def random_person(chance: Random) -> Person:
    def some(*known: Any, most: int = 3) -> list[Any]:
        return [chance.choice(known) for _ in range(chance.randrange(most))]

    state = {
        "form": chance.choice(("booking", "colour")),
        "place": chance.choice(("step", "step", "summary")),
        "step": 1,
    }
    return {
        "name": chance.choice(NAMES),
        "username": chance.choice((None, "", "Ivan", "a_b", "axb")),
        "phone": chance.choice(([], ["+380671234567"], ["+79161114567", "+380500000671"])),
        "email": chance.choice(([], ["ivan@x.com"])),
        "tag": chance.sample(("VIP", "cold", "a%b"), chance.randrange(4)),
        "source": chance.sample(("ads_Google", "adsX", "vip"), chance.randrange(3)),
        "language": chance.choice(("ru", "uk", "en")),
        "status": chance.choice(("potential", "cold")),
        "requests": chance.randrange(4),
        "open_requests": chance.randrange(2),
        "last_request": chance.choice((None, *MOMENTS)),
        "last_survey": chance.choice((None, *MOMENTS)),
        "created": chance.choice(MOMENTS),
        "city": chance.choice((None, "Київ", "Киев", "Львів")),
        "birthday": chance.choice(BIRTHDAYS),
        "sex": chance.choice((None, "female", "male")),
        "organisation": chance.choice((None, "ТОВ «Льон»", "Лён")),
        "master": chance.choice((None, "olena", "any")),
        "visits_a_year": chance.choice((None, 0, 2, 2.5, 4)),
        "agreed": chance.choice((None, True, False)),
        "contract": chance.choice(DAYS),
        "wishes": chance.choice((None, ["tea"], ["tea", "cake"])),
        "child_birthday": some("2020-11-18", "--06-15", "2023-02-28", "2024-02-29"),
        "spouse": chance.choice((None, "1990-06-15")),
        "purchases": chance.randrange(3),
        "spent": chance.choice((0, 0, 9_999, 10_000, 123_456_700)),
        "first_purchase": chance.choice((None, *MOMENTS)),
        "last_purchase": chance.choice((None, *MOMENTS)),
        "last_in": chance.choice((None, *MOMENTS)),
        "points": chance.randrange(3),
        "nps": chance.choice((None, 0, 6, 10)),
        "rating": chance.choice((None, 1, 5)),
        "rfm": chance.choice((None, "champions", "loyal")),
        "abc": chance.choice((None, "A", "C")),
        "level": chance.choice((None, "key", "")),
        "owner": chance.choice(MANAGERS),
        "asked": [
            (
                chance.choice(("booking", "booking", "gift", None)),
                chance.choice(("new", "lost", "done")),
                chance.choice(REASONS),
            )
            for _ in range(chance.randrange(4))
        ],
        "answered": some("nps", "visit"),
        "replied": some(("effort", 2), ("effort", 7), ("visit", 3), ("visit", None)),
        "campaign_7": some("link", "call"),
        "words": [
            (chance.choice(("marketing", "processing", "survey")), chance.random() < 0.6, chance.choice((None, 5)))
            for _ in range(chance.randrange(5))
        ],
        "sent": [
            (chance.choice(("survey:nps", "survey:visit", "reminder:7")), chance.choice(("sent", "sent", "failed")), at)
            for at in some(*MOMENTS)
        ],
        "form_state": chance.choice((None, (chance.random() < 0.5, state, chance.choice(MOMENTS)))),
        "telegram_id": chance.choice((None, next(telegram_ids))),
        "can_be_reached": chance.random() < 0.7,
        "segment": chance.sample((1, 2), chance.randrange(3)),
    }


def assert_the_same(
    base: Connection, people: Sequence[Person], text: str, query: segments.Query, *, one_by_one: bool = True
) -> None:
    """`people` are everybody in the base, in the order of their ids."""
    ids = sorted(base.execute(select(contacts.c.id)).scalars())
    told = [values(person) for person in people]
    named = {row for row, one in zip(ids, told, strict=True) if segments.evaluate(query, one, now=NOW, zone=KYIV)}
    assert select_ids(base, query, one_by_one=one_by_one) == named, text


@pytest.mark.parametrize("seed", range(6))
def test_sql_finds_exactly_whom_the_meaning_of_the_language_names(base: Connection, seed: int) -> None:
    chance = Random(seed)
    with base.begin() as transaction:
        people = [random_person(chance) for _ in range(16)]
        for person in people:
            insert_person(base, person)
        for _ in range(40):
            text = random_segment(chance)
            assert_the_same(base, people, text, segments.parse(text, FIELDS, lenient=True, saved=SAVED))
        transaction.rollback()


def test_every_way_of_asking_about_a_field_is_answered_the_same_by_both(base: Connection) -> None:
    chance = Random(1)
    with base.begin() as transaction:
        people = [random_person(chance) for _ in range(40)]
        for person in people:
            insert_person(base, person)
        for text in PIECES:
            assert_the_same(base, people, text, segments.parse(text, FIELDS, saved=SAVED), one_by_one=False)
        transaction.rollback()


def test_no_field_of_a_contact_is_left_out_of_the_comparison() -> None:
    asked = {FIELDS.find(re.split(r"[:<>=~!]", text.strip("-"))[0]) for text in PIECES}
    before = {"name", "username", "phone", "email", "tag", "source", "language", "status", "requests", "open_requests"}
    before |= {"last_request", "last_survey", "created"}
    kept_alike = {"position", "preferences", "call_time"}
    names = {one.name for one in segments.CONTACT_FIELDS}
    assert names - {one.name for one in asked if one is not None} - before - kept_alike == set()


INJECTIONS = (
    "' OR 1=1 --",
    '" OR ""="',
    "'; DROP TABLE contacts; --",
    "%",
    "_",
    "%%%",
    "\\",
    "\\%",
    "') OR ('1'='1",
    "x' UNION SELECT * FROM staff --",
    "*%*",
    "\x00",
    "${1}",
    ":now",
    "?",
    "NULL",
    "1e999",
    "(((((",
)


SHAPES = ("{}", '"{}"', "zzz {}", "@{}", "#{}", "-({})", "segment:{}", "requests.booking:{}", "tag:vip or {}")


def test_a_thousand_hostile_strings_find_nobody_extra(base: Connection) -> None:
    """Whatever is written at whatever place, nothing but the language's own refusal is raised, and whom SQL finds is
    whom the meaning of the words names."""
    signs = itertools.cycle((":", "=", "~", ":*", "!=", ">=", ':"'))
    shapes = [*SHAPES, *(f"{known.name}{next(signs)}{{}}" for known in FIELDS)]
    with base.begin() as transaction:
        for person in PEOPLE.values():
            insert_person(base, person)
        told = [values(person) for person in PEOPLE.values()]
        for shape, hostile in itertools.product(shapes, INJECTIONS):
            text = shape.replace("{}", hostile)
            with contextlib.suppress(segments.SegmentError):
                segments.parse(text, FIELDS)
            query = segments.parse(text, FIELDS, lenient=True)
            named = sum(segments.evaluate(query, one, now=NOW, zone=KYIV) for one in told)
            assert len(select_ids(base, query, one_by_one=False)) == named, text
        assert len(shapes) * len(INJECTIONS) > 1000
        assert len(base.execute(select(contacts.c.id)).all()) == len(PEOPLE)
        transaction.rollback()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters() | st.sampled_from("\"'()|:*%_\\-+#@~<>=,. "), max_size=40))
@example("name~" + "%_" * 30)
def test_any_text_is_a_safe_condition(base: Connection, text: str) -> None:
    select_ids(base, segments.parse(text, lenient=True))


def test_the_longest_segment_is_answered(base: Connection) -> None:
    select_ids(base, segments.parse(" ".join(["a:b", *("name~абвгдежз",) * 70])[:1000], lenient=True))
    select_ids(base, segments.parse(" or ".join(f"(-tag:x{n} иванов)" for n in range(40))))


def test_every_field_of_contacts_has_its_column() -> None:
    for known in segments.CONTACT_FIELDS:
        if known.kind is not segments.Kind.SEGMENT:
            conditions.condition(segments.parse(f"{known.name}:*"), now=NOW)


def test_a_field_of_a_form_is_refused() -> None:
    query = segments.parse("service:other", [segments.Field("service", segments.Kind.CHOICE)])
    with pytest.raises(ValueError, match="service"):
        conditions.condition(query, now=NOW)


def test_free_words_may_be_answered_by_an_index(base: Connection) -> None:
    asked: list[str] = []

    def index(word: Word) -> conditions.Condition:
        asked.append(word.text)
        return contacts.c.id == literal(-1)

    query = segments.parse("иванов -(петров or tag:vip)")
    where = conditions.condition(query, now=NOW, words=index)
    assert base.execute(select(contacts.c.id).where(where)).all() == []
    assert asked == ["иванов", "петров"]


def test_a_tag_and_the_last_digits_are_found_through_indexes(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    with closing(sqlite3.connect(path)) as connection:
        for text in ("tag:vip", "phone:4567"):
            where = conditions.condition(segments.parse(text), now=NOW)
            sql = str(select(contacts.c.id).where(where).compile(engine, compile_kwargs={"literal_binds": True}))
            plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "SCAN" not in plan.replace("SCAN CONSTANT ROW", ""), plan
    engine.dispose()


def test_what_is_asked_of_the_card_itself_is_read_from_one_narrow_index(tmp_path: Path) -> None:
    """A count that opened every card would take five times as long."""
    path = tmp_path / "plan.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    columns = ("status:vip", "purchases>=2 last_purchase>90d", "spent>5000 source:ads_* nps<=6", "last_in<30d points>0")
    others = ("rfm:loyal abc:A level:*", "created<30d language:uk", "reachable:yes requests:0")
    words = ("consent:marketing last_purchase:60d..1y", "-consent:survey", "consent:*")
    with closing(sqlite3.connect(path)) as connection:
        for text in (*columns, *others, *words):
            where = conditions.condition(segments.parse(text), now=NOW)
            counted = select(func.count()).select_from(contacts).where(where, contacts.c.spam_at.is_(None))
            sql = str(counted.compile(engine, compile_kwargs={"literal_binds": True}))
            plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "contacts USING COVERING INDEX" in plan, (text, plan)
    engine.dispose()
