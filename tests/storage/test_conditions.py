"""Segments in SQL: they find exactly whom the meaning of the language names, whatever is written."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, literal, select

from crm import folding, segments
from crm.segment_tree import Word
from storage import conditions as conditions
from storage.tables import contact_points, contact_tags, contacts, metadata, tags

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")

Person = dict[str, Any]
Find = Callable[[str], set[str]]

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
    return int(row)


def select_ids(base: Connection, query: segments.Query) -> set[int]:
    """Who is in the segment; asking of one contact after another finds the same."""
    where = conditions.condition(query, now=NOW, zone=KYIV)
    found = set(base.execute(select(contacts.c.id).where(where)).scalars())
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


def random_piece(chance: Random) -> str:
    match chance.randrange(5):
        case 0 | 1:
            field = chance.choice(("tag", "source", "status", "name", "username", "email", "phone"))
            value = chance.choice((*VALUES, "4567", "+38067*", '"a""b"', "ivan,vip", "салтыков-щедрин"))
            return f"{field}{chance.choice((':', '=', '~', '!='))}{value}"
        case 2:
            field = chance.choice(("requests", "open_requests"))
            sign = chance.choice((":", ">", "<", ">=", "<=", "!="))
            return f"{field}{sign}{chance.choice(('0', '1', '2'))}"
        case 3:
            field = chance.choice(("last_request", "last_survey", "created"))
            written = (
                chance.choice((">", "<", ">=", "<=")) + chance.choice(("1h", "30d", "1m", "2026-11-21", "today")),
                chance.choice((":never", ":1d..90d", ":today..today", ":2026-11-01..2026-11-21", ":*")),
            )
            return field + chance.choice(written)
        case _:
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


def random_segment(chance: Random, depth: int = 3) -> str:
    if depth == 0 or chance.random() < 0.3:
        return random_piece(chance)
    one, other = random_segment(chance, depth - 1), random_segment(chance, depth - 1)
    return chance.choice((f"-({one})", f"({one} {other})", f"({one} or {other})"))


def random_person(chance: Random) -> Person:
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
    }


@pytest.mark.parametrize("seed", range(10))
def test_sql_finds_exactly_whom_the_meaning_of_the_language_names(base: Connection, seed: int) -> None:
    chance = Random(seed)
    with base.begin() as transaction:
        people = [random_person(chance) for _ in range(12)]
        ids = [insert_person(base, person) for person in people]
        for _ in range(40):
            text = random_segment(chance)
            query = segments.parse(text, lenient=True)
            named = {
                row
                for row, person in zip(ids, people, strict=True)
                if segments.evaluate(query, person, now=NOW, zone=KYIV)
            }
            assert select_ids(base, query) == named, text
        transaction.rollback()


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


@pytest.mark.parametrize("shape", ["{}", "tag:{}", 'name:"{}"', "source~{}", "phone:{}", "@{}", "#{}", "zzz {}"])
def test_hostile_words_raise_nothing_else_and_find_nothing_extra(find: Find, base: Connection, shape: str) -> None:
    for hostile in INJECTIONS:
        text = shape.format(hostile)
        lenient = segments.parse(text, lenient=True)
        named = {who for who, person in PEOPLE.items() if segments.evaluate(lenient, person, now=NOW, zone=KYIV)}
        assert len(select_ids(base, lenient)) == len(named)
        with contextlib.suppress(segments.SegmentError):
            find(text)
    assert find("") == set(PEOPLE)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
