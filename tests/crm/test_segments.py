"""The segment language: what each way of writing means, and what is said about each mistake."""

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm import revenue_classes, rfm, segments
from crm.playbook_reading import PlaybookErrors
from crm.segments import Field, Kind, Option, SegmentError
from tests.places import make_playbook

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
ROOT = Path(__file__).parents[2]

ALICE: dict[str, Any] = {
    "name": "Алиса Петрова-Водкина",
    "username": "Alice_K",
    "phone": ["+380671234567"],
    "email": ["alice@example.com"],
    "tag": ["VIP", "Опт"],
    "source": ["ads_google", "friends"],
    "language": "ru",
    "status": "active",
    "requests": 3,
    "open_requests": 0,
    "last_request": NOW - timedelta(days=10),
    "last_survey": None,
    "created": datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved segment; without a query a list."""

    id: int
    query: str | None


SALON = segments.contact_fields(make_playbook("salon"))
SAVED = {
    "regulars": Kept(1, "purchases>=2 -segment:gone"),
    "наши постоянные": Kept(2, "tag:vip or segment:regulars"),
    "gone": Kept(3, "last_purchase>1y"),
    "friends": Kept(4, None),
    "itself": Kept(5, "tag:vip segment:itself"),
    "one": Kept(6, "segment:other"),
    "other": Kept(7, "tag:x or segment:one"),
    "broken": Kept(8, "tag:vip ("),
}
SAVED["наші постійні"] = SAVED["наши постоянные"]
BOOKING = segments.FieldTable(
    (
        Field("service", Kind.CHOICE, options=(Option("cut", ("Стрижка",)), Option("other", ("Другое", "Інше")))),
        Field("extras", Kind.TAGS),
        Field("visits", Kind.NUMBER),
        Field("comment", Kind.TEXT),
        Field("agreed", Kind.FLAG),
    )
)


def is_in(text: str, person: dict[str, Any] = ALICE) -> bool:
    return segments.evaluate(segments.parse(text), person, now=NOW, zone=KYIV)


def branch(text: str, **answers: object) -> bool:
    return segments.evaluate(segments.parse(text, BOOKING), answers, now=NOW)


def mistake_in(text: str, fields: segments.FieldTable = segments.CONTACT_FIELDS) -> SegmentError:
    with pytest.raises(SegmentError) as caught:
        segments.parse(text, fields)
    return caught.value


def refusal_of(text: str) -> SegmentError | None:
    try:
        segments.parse(text)
    except SegmentError as mistake:
        return mistake
    return None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "tag:vip",
        "тег:VIP",
        "#опт",
        "#nobody,опт",
        "tag:nobody, vip",
        "-tag:cold",
        "tag!=cold",
        "+tag:vip",
        "source:ads_*",
        "джерело:FRIENDS",
        "source~google",
        "language:русский",
        "мова:ua,рус",
        "@alice_k",
        "@ALICE*",
        "username~lice",
        "email:*@example.com",
        "phone:4567",
        "phone:067-123-45-67",
        "телефон=+380671234567",
        "phone:+380*",
        "phone:*67123*",
        "requests>=3",
        "requests >= 3",
        "requests:1..3",
        "requests:1..",
        "requests:5,3",
        "заявок<4",
        "open_requests:0",
        "last_request<30d",
        "last_request<2w",
        "last_request>1н",
        "last_request:30d..5d",
        "last_request:5d..30d",
        "last_request>=2026-11-11",
        "last_request:11.11.2026",
        "last_request<=11.11.2026",
        "last_request:2026-11-01..2026-11-11",
        "last_survey:never",
        "останнє_опитування:ніколи",
        "last_survey>90d",
        "-last_survey:*",
        "tag:*",
        "name:алиса",
        "ім'я:петрова",
        "імʼя:водкина",
        'name="алиса петрова-водкина"',
        "name=алиса*",
        "name:али*водкина",
        "name~алеса",
        "name~алиас",
        "name~аалиса",
        "name~алис",
        "алис",
        "водкина алиса",
        "петрова-водкина",
        '"алиса петрова"',
        "«петроваводкина»",
        "“Алиса П”",
        "4567",
        "+380 67 123-45-67",
        "067 123 45 67",
        "(067) 123 45 67",
        "+380 (67) 123-45-67",
        "alice@example.com",
        "tag:cold or tag:vip",
        "tag:cold или опт or tag:vip",
        "tag:cold | tag:vip",
        "tag:cold АБО tag:vip",
        "(tag:cold or tag:vip) language:ru",
        "language:uk or (tag:vip requests>1)",
        "-(tag:cold or language:en)",
        "--tag:vip",
        "-(-(tag:vip))",
    ],
)
def test_who_is_described_is_in_the_segment(text: str) -> None:
    assert is_in(text)
    assert not is_in(f"-({text})" if text.strip() else "-name:*")


@pytest.mark.parametrize(
    "text",
    [
        "tag:vi",
        "tag:v*p*x",
        "#vip tag:cold",
        "source:ads",
        "language:uk",
        "@alice",
        "phone:1234",
        "phone=0671234567",
        "email:alice",
        "requests>3",
        "last_request>10d",
        "last_request<10d",
        "last_request:never",
        "last_survey<90d",
        "last_survey:1d..90d",
        "last_survey>2020-01-01",
        "last_survey:*",
        'name="алиса"',
        "name:алиса*петрова",
        "name~алексей",
        '"петрова алиса"',
        "алиса сидорова",
        "language:uk tag:vip or tag:cold",
        '"tag:vip"',
        'tag:"v*"',
    ],
)
def test_who_is_not_described_is_not(text: str) -> None:
    assert not is_in(text)


def test_and_binds_closer_than_or() -> None:
    assert is_in("tag:vip language:en or requests>1")
    assert not is_in("(tag:vip or language:ru) language:en")


@pytest.mark.parametrize(("zone", "day"), [(KYIV, "today"), (UTC, "yesterday")])
def test_a_day_is_that_of_the_reader(zone: Any, day: str) -> None:
    # 23:30 on the 20th in UTC is 01:30 on the 21st in Kyiv.
    assert segments.evaluate(segments.parse(f"created:{day}"), ALICE, now=NOW, zone=zone)


@pytest.mark.parametrize("text", ["created:сегодня", "created:сьогодні", "created>=today", "-created:вчора"])
def test_days_have_names_in_every_language(text: str) -> None:
    assert is_in(text)


def test_a_month_ago_is_of_the_calendar() -> None:
    last_of_march = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
    query = segments.parse("created<1m")
    late_february = {"created": datetime(2026, 2, 28, 12, 1, tzinfo=UTC)}
    too_early = {"created": datetime(2026, 2, 28, 11, 59, tzinfo=UTC)}
    assert segments.evaluate(query, late_february, now=last_of_march)
    assert not segments.evaluate(query, too_early, now=last_of_march)


@pytest.mark.parametrize("sign", [">", ">=", "<", "<="])
def test_the_bound_itself_counts_only_where_the_sign_says_so(sign: str) -> None:
    assert is_in(f"requests{sign}3") is ("=" in sign)
    assert is_in(f"last_request{sign}10d") is ("=" in sign)
    assert is_in(f"last_request{sign}2026-11-11") is ("=" in sign)


def test_one_typo_is_forgiven_in_long_words_only() -> None:
    lea = {"name": "Лея"}
    assert not is_in("name~лия", lea)
    assert is_in("name~лея", lea)
    assert not is_in("name~олиса", {"name": "Олесь"})


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("service:other", {"service": "other"}),
        ("service:інше", {"service": "other"}),
        ("-service:cut", {}),
        ("service:cut,other visits>=2", {"service": "cut", "visits": 2}),
        ("visits:1.5", {"visits": 1.5}),
        ("extras:wash", {"extras": ["dry", "wash"]}),
        ("comment:срочно", {"comment": "Очень СРОЧНО!"}),
        ("agreed:yes", {"agreed": True}),
        ("agreed:нет", {"agreed": False}),
        ("-agreed:да", {}),
    ],
)
def test_a_form_asks_about_its_own_answers(text: str, answers: dict[str, object]) -> None:
    assert branch(text, **answers)


@pytest.mark.parametrize("text", ["service:other", "visits<5", "agreed:no", "comment:*"])
def test_no_answer_is_no_answer(text: str) -> None:
    assert not branch(text)


def test_of_two_fields_with_one_name_the_first_is_meant() -> None:
    fields = (Field("status", Kind.NUMBER), *segments.CONTACT_FIELDS)
    query = segments.parse("status>=2", fields)
    assert segments.evaluate(query, {"status": 2}, now=NOW)


MISTAKES = [
    # text, the piece that is meant, reason, corrected text
    ("tga:vip", "tga:vip", "unknown-field", "tag:vip"),
    ("language:ru тегг:vip,b", "тегг:vip,b", "unknown-field", "language:ru тег:vip,b"),
    ("http://x.com", "http://x.com", "unknown-field", '"http://x.com"'),
    ("language:ru,ukk", "ukk", "unknown-option", "language:ru,uk"),
    ("last_survey>5год", "5год", "unknown-unit", "last_survey>5y"),
    ("last_survey>30dayz", "30dayz", "unknown-unit", "last_survey>30d"),
    ("last_survey>90", "90", "not-a-time", "last_survey>90d"),
    ("created:31.02.2026", "31.02.2026", "not-a-time", None),
    ("created:1d..2026-11-01", "1d..2026-11-01", "not-a-time", "created:30d..90d"),
    ("last_survey:90d", "last_survey:90d", "needs-comparison", "last_survey<90d"),
    ("last_survey>never", "last_survey>never", "not-comparable", "last_survey:never"),
    ("tag>vip", "tag>vip", "not-comparable", "tag:vip"),
    ("requests~3", "requests~3", "not-comparable", "requests:3"),
    ("requests:many", "many", "not-a-number", None),
    ("requests>3шт", "3шт", "not-a-number", "requests>3"),
    ("requests>1,5", "requests>1,5", "one-value", "requests>1.5"),
    ("requests:5..1", "5..1", "empty-range", "requests:1..5"),
    ("created:2026-11-05..2026-11-01", "2026-11-05..2026-11-01", "empty-range", "created:2026-11-01..2026-11-05"),
    ("последняя_покупкa>90д", "последняя_покупкa>90д", "unknown-field", "последняя_покупка>90д"),
    ("lastpurchase>90d", "lastpurchase>90d", "unknown-field", "last_purchase>90d"),
    ("spent>=5тыс", "5тыс", "not-a-number", "spent>=5"),
    ("created:this-hour", "this-hour", "not-a-time", "created:this-week"),
    ("created:next-7x", "next-7x", "unknown-unit", "created:next-7d"),
    ("created:2026-13", "2026-13", "not-a-time", None),
    ("born<30d", "born<30d", "not-comparable", "birthday:30d"),
    ("born:30d", "30d", "not-a-birthday", "born:next-30d"),
    ("born:31.02", "31.02", "not-a-birthday", None),
    ("born:today..next-7d", "today..next-7d", "not-a-birthday", "born:03-01..03-31"),
    ("age>young", "young", "not-a-number", None),
    ("rfm:champion", "champion", "unknown-option", "rfm:champions"),
    ("segment:nobody", "nobody", "unknown-segment", None),
    ("segment~vip", "segment~vip", "not-comparable", "segment:vip"),
    ("не (", "(", "unclosed-bracket", "не "),
    ("phone:abc", "abc", "not-digits", None),
    ("tag:", "tag:", "no-value", "tag:*"),
    ("tag: language:ru (", "(", "unclosed-bracket", "tag: language:ru "),
    ("requests >", "requests >", "no-value", "requests:*"),
    ("tag:vip,", "tag:vip,", "no-value", "tag:vip"),
    ('a "b c', '"b c', "unclosed-quote", 'a "b c"'),
    ("«б", "«б", "unclosed-quote", "«б»"),
    ("(tag:vip", "(tag:vip", "unclosed-bracket", "(tag:vip)"),
    ("tag:vip)", ")", "extra-bracket", "tag:vip"),
    ("tag:vip ()", "()", "empty-bracket", "tag:vip "),
    ("tag:vip or", "or", "dangling-or", "tag:vip "),
    ("или tag:vip", "или", "dangling-or", " tag:vip"),
    ("| tag:vip", "|", "dangling-or", " tag:vip"),
    ("иван - петров", "-", "nothing-to-find", "иван  петров"),
    ("tag:vip !!", "!!", "nothing-to-find", "tag:vip "),
    ('name:"!"', '"!"', "nothing-to-find", None),
    ("x" * 1001, "x", "too-long", "x" * 1000),
    ("-(a " * 20 + "b" + ")" * 20, "(", "too-deep", None),
    ("a " * 101, "a", "too-long", None),
]


@pytest.mark.parametrize(("text", "piece", "reason", "corrected"), MISTAKES)
def test_a_mistake_is_told_by_its_place_reason_and_remedy(
    text: str, piece: str, reason: str, corrected: str | None
) -> None:
    mistake = mistake_in(text)
    assert (mistake.piece, mistake.reason, mistake.corrected) == (piece, reason, corrected)


@pytest.mark.parametrize(
    ("text", "reason", "corrected"),
    [
        ("other", "free-words", "service:other"),
        ("привет", "free-words", "service:*"),
        ("servise:cut", "unknown-field", "service:cut"),
        ("service:oter", "unknown-option", "service:other"),
        ("agreed:maybe", "not-yes-or-no", "agreed:yes"),
        ("#vip", "unknown-field", "service:*"),
        ("qqq:1", "unknown-field", "service:*"),
    ],
)
def test_a_mistake_in_a_branch_is_told_too(text: str, reason: str, corrected: str) -> None:
    mistake = mistake_in(text, BOOKING)
    assert (mistake.reason, mistake.corrected) == (reason, corrected)


def test_every_reason_is_met_by_a_test() -> None:
    elsewhere = {"free-words", "not-yes-or-no", "segment-cycle", "broken-segment"}
    assert {reason for _, _, reason, _ in MISTAKES} | elsewhere == segments.REASONS


@pytest.mark.parametrize(
    "text",
    [
        remedied
        for *_, remedied in MISTAKES
        if remedied and not remedied.startswith(("tag: ", "birthday:30d", "segment:"))
    ],
)
def test_what_is_suggested_can_be_read(text: str) -> None:
    segments.parse(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("алиса (", ["алиса"]),
        ("петрова - водкина", ["петрова", "водкина"]),
        ("a:b:c", ["a:b:c"]),
        ("http://x", ["http://x"]),
        ('"алиса', ["алиса"]),
        ("алиса или", ["алиса"]),
        ("(((", []),
        ("tag:vip алиса )", ["алиса"]),
        ("+380 67 123-45-67", ["+380 67 123-45-67"]),
    ],
)
def test_a_line_of_search_is_never_refused(line: str, words: list[str]) -> None:
    query = segments.parse(line, lenient=True)
    assert [word.text for word in query.words] == words


def test_an_odd_name_is_still_found_by_itself() -> None:
    for name in ("a:b:c", "http://x", "Иванов (Киев", "tga:vip", "100%", "or", "ТОВ «Льон", "c++ | d", "-", "🌹"):
        query = segments.parse(name, lenient=True)
        assert segments.evaluate(query, {"name": name}, now=NOW), name


def test_a_line_of_search_keeps_the_conditions_it_can_read_and_says_what_it_cannot() -> None:
    query = segments.parse("tag:vip алиса requests:many", lenient=True)
    assert query.mistake is not None
    assert query.mistake.piece == "many"
    assert [word.text for word in query.words] == ["алиса", "requests:many"]
    assert segments.evaluate(query.filters, ALICE, now=NOW)
    assert not segments.evaluate(query.filters, {**ALICE, "tag": []}, now=NOW)
    assert segments.parse("tag:vip", lenient=True).mistake is None


def test_words_that_everybody_found_must_have_are_told_from_conditions() -> None:
    query = segments.parse("алиса tag:vip -водкина (петров or иванов)")
    assert [word.text for word in query.words] == ["алиса"]
    assert query.filters.words == ()
    assert segments.parse("алиса or петров").words == ()


def test_nothing_is_special_in_quotes_made_by_quote() -> None:
    odd = 'a "b" * , (c) -or'
    assert segments.evaluate(segments.parse(f"tag:{segments.quote(odd)}"), {"tag": [odd]}, now=NOW)


OLENA: dict[str, Any] = {
    "name": "Олена",
    "birthday": "1992-02-29",
    "child_birthday": ["--12-31", "2020-11-18"],
    "purchases": 2,
    "spent": 500_050,
    "last_purchase": NOW - timedelta(days=100),
    "points": 0,
    "contract": "2026-12-01",
    "form": ["booking"],
    "requests.booking": 2,
    "abandoned": ["colour", "colour.1"],
    "consent": ["processing"],
    "reachable": True,
    "segment": [4],
    "tag": ["vip"],
}
OWN = segments.FieldTable((*SALON, Field("contract", Kind.DATE, own=True), Field("gift", Kind.DATE, own=True)))


@pytest.mark.parametrize(
    "text",
    [
        "spent>=5000",
        "spent:5000.50",
        "витратили>5000 витратили<5001",
        "сумма:5000..6000",
        "последняя_покупка>90д",
        "последняя_покупка>90 дней",
        "остання_покупка > 3міс",
        "остання_покупка>90дн.",
        "last_purchase:this-year",
        "last_purchase:2026-08",
        "last_purchase:2026",
        "last_purchase:минулий-місяць or last_purchase:цей-рік",
        "-last_purchase:last-month",
        "last_purchase:last-4m",
        "last_purchase:2026-08..2026-09",
        "last_purchase:last-year..this-month",
        "points:0 purchases:2",
        "contract:next-11d",
        "contract:next-month",
        "contract:2026-12-01",
        "contract>today",
        "-contract<30d",
        "-contract>30d",
        "gift>30d",
        "gift:never",
        "born:02-29",
        "born:29.02",
        "born:february",
        "born:февраля",
        "родилась:лютий",
        "born:1992",
        "born:1992-02",
        "born:29.02.1992",
        "born:1990..1995",
        "born<1993 born>=1992-02-29",
        "born:12-01..03-01",
        "born:january..march",
        "born:*",
        "age:34",
        "age>=34 age<35 age>33",
        "возраст:30..40",
        "child_age:6",
        "child_born:this-week",
        "child_born:next-2m",
        "child_born:12-25..01-05",
        "form:booking",
        "форма:Записаться",
        "requests.booking>=2 requests.colour:0 requests.done:0",
        "заявок.booking:2",
        "abandoned:colour",
        "abandoned:*",
        "-abandoned:booking",
        "consent:processing -consent:marketing",
        "reachable:yes",
        "доступна:да",
        "segment:friends",
        "segment:gone,friends",
        "сегмент:friends",
        "tag:vip and reachable:yes",
        "tag:vip и не tag:cold",
        "tag:vip та (points:0 or points:5)",
        "not (tag:cold)",
        "не tag:cold олена",
    ],
)
def test_profile_purchases_and_behaviour_are_asked_about(text: str) -> None:
    query = segments.parse(text, OWN, saved=SAVED)
    negated = segments.parse(f"-({text})", OWN, saved=SAVED)
    assert segments.evaluate(query, OLENA, now=NOW, zone=KYIV)
    assert not segments.evaluate(negated, OLENA, now=NOW, zone=KYIV)


@pytest.mark.parametrize(
    "text",
    [
        "spent>5000.50",
        "contract<30d",
        "contract:this-month",
        "born:28.02",
        "born:today",
        "born:next-7d",
        "age:35",
        "age<0",
        "age>200",
        "child_born>=2021",
        "child_age:26",
        "requests.booking:0",
        "abandoned:booking",
        "reachable:no",
        "segment:gone",
        "gift:2026-12-01",
        "gift<30d",
        "last_purchase:today",
    ],
)
def test_who_did_not_do_so_is_not_asked_about(text: str) -> None:
    assert not segments.evaluate(segments.parse(text, OWN, saved=SAVED), OLENA, now=NOW, zone=KYIV)


@pytest.mark.parametrize(
    ("today", "text", "falls"),
    [
        ("2027-02-28", "born:today", True),
        ("2028-02-28", "born:today", False),
        ("2028-02-29", "born:today", True),
        ("2027-03-01", "born:today", False),
        ("2027-02-25", "born:next-7d", True),
        ("2027-02-27", "born:tomorrow", True),
        ("2027-03-01", "born:yesterday", True),
        ("2027-02-28", "age:34", True),
        ("2027-03-01", "age:35", True),
        ("2028-02-29", "age:36", True),
    ],
)
def test_who_was_born_on_the_29th_of_february_has_a_birthday_every_year(today: str, text: str, falls: bool) -> None:
    now = datetime.fromisoformat(f"{today}T10:00:00+00:00")
    assert segments.evaluate(segments.parse(text), OLENA, now=now, zone=KYIV) is falls


@pytest.mark.parametrize(("zone", "text"), [(KYIV, "born:03-09 born:tomorrow"), (UTC, "born:03-09 -born:tomorrow")])
def test_a_birthday_begins_at_midnight_where_the_business_is(zone: Any, text: str) -> None:
    late = datetime(2026, 3, 7, 22, 30, tzinfo=UTC)  # the 8th in Kyiv
    assert segments.evaluate(segments.parse(text), {"birthday": "--03-09"}, now=late, zone=zone)


def test_a_birthday_without_its_year_has_no_age() -> None:
    person = {"birthday": "--03-08"}
    for text in ("-age:*", "-age>=0", "-born<2000", "-born>1900", "born:03-08", "born:*"):
        assert segments.evaluate(segments.parse(text), person, now=NOW), text


def test_weeks_begin_on_monday_and_rolling_days_with_today() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for text, birthday, falls in (
        ("born:this-week", "--11-16", True),
        ("born:this-week", "--11-23", False),
        ("born:next-week", "--11-23", True),
        ("born:last-week", "--11-15", True),
        ("born:next-7d", "--11-22", True),
        ("born:next-7d", "--11-28", True),
        ("born:next-7d", "--11-29", False),
        ("born:last-7d", "--11-16", True),
        ("born:last-7d", "--11-15", False),
        ("born:this-year", "--01-01", True),
        ("born:next-2m", "--01-05", True),
    ):
        assert segments.evaluate(segments.parse(text), {"birthday": birthday}, now=sunday) is falls, (text, birthday)


@pytest.mark.parametrize("text", ["мать и дитя", "не звонить", "anna and", "и", "та", "маша та"])
def test_words_of_joining_are_words_where_no_condition_follows(text: str) -> None:
    query = segments.parse(text)
    assert [word.text for word in query.words] == text.split()


def test_a_saved_segment_stands_for_what_it_says() -> None:
    regular = {"purchases": 3, "last_purchase": NOW - timedelta(days=5)}
    gone = {"purchases": 3, "last_purchase": NOW - timedelta(days=500)}
    for text in ("segment:regulars", 'сегмент:"Наши  постоянные"', "segment:gone,regulars"):
        assert segments.evaluate(segments.parse(text, saved=SAVED), regular, now=NOW), text
    assert not segments.evaluate(segments.parse("segment:regulars", saved=SAVED), gone, now=NOW)
    assert not segments.evaluate(segments.parse("segment!=gone", saved=SAVED), gone, now=NOW)


@pytest.mark.parametrize(
    ("text", "piece", "reason", "corrected"),
    [
        ("tag:x segment:regular", "regular", "unknown-segment", "tag:x segment:regulars"),
        ("segment:наши-постояные", "наши-постояные", "unknown-segment", 'segment:"наши постоянные"'),
        ("tag:x segment:itself", "itself", "segment-cycle", None),
        ("segment:one", "one", "segment-cycle", None),
        ("segment:broken tag:x", "broken", "broken-segment", None),
    ],
)
def test_a_segment_that_cannot_be_named_is_told(text: str, piece: str, reason: str, corrected: str | None) -> None:
    with pytest.raises(SegmentError) as caught:
        segments.parse(text, saved=SAVED)
    assert (caught.value.piece, caught.value.reason, caught.value.corrected) == (piece, reason, corrected)


def test_segments_of_segments_cannot_grow_without_end() -> None:
    saved = {"s0": Kept(0, "tag:a or tag:b")} | {
        f"s{n}": Kept(n, f"segment:s{n - 1} segment:s{n - 1}") for n in range(1, 40)
    }
    with pytest.raises(SegmentError) as caught:
        segments.parse("segment:s39", saved=saved)
    assert caught.value.reason in ("too-long", "too-deep")


def test_a_field_of_the_owners_is_asked_by_its_id_and_its_title() -> None:
    fields = segments.contact_fields(make_playbook("salon"))
    for text in ("master:olena", "master:Елена", "любимый_мастер:олена", "-master:marta"):
        query = segments.parse(text, fields)
        assert segments.evaluate(query, {"master": "olena"}, now=NOW), text


def test_a_field_of_the_owners_is_meant_before_one_of_ours() -> None:
    fields = segments.contact_fields(make_playbook("courses"))
    assert segments.evaluate(segments.parse("level:zero", fields), {"level": "zero"}, now=NOW)
    assert fields.find("customer_level") is not None


def test_what_a_role_may_not_see_it_cannot_ask_about() -> None:
    playbook = make_playbook(
        "salon",
        {
            'id = "master"': 'id = "master"\nsee = "owner"\nedit = "owner"',
            "[money]": '[[field]]\nid = "birthday"\ntitle = { ru = "ДР", uk = "ДН", en = "Birthday" }\nsee = "manager"\n[money]',
        },
    )
    assert segments.contact_fields(playbook).find("master") is not None
    for name in ("birthday", "age"):
        assert segments.contact_fields(playbook, role="manager").find(name) is not None
        assert segments.contact_fields(playbook, role="viewer").find(name) is None
    assert segments.contact_fields(playbook, role="manager").find("master") is None


@pytest.mark.parametrize(("currency", "minor"), [("UAH", 150_050), ("KWD", 1_500_500)])
def test_money_is_written_in_whole_units_of_the_businesss_currency(currency: str, minor: int) -> None:
    playbook = make_playbook("salon", {'currency = "UAH"': f'currency = "{currency}"'})
    query = segments.parse("spent:1500.50", segments.contact_fields(playbook))
    assert segments.evaluate(query, {"spent": minor}, now=NOW)
    assert not segments.evaluate(query, {"spent": minor + 1}, now=NOW)


def test_the_groups_that_are_counted_are_those_that_can_be_asked() -> None:
    assert tuple(one.id for one in segments.CONTACT_FIELDS.find("rfm").options) == rfm.GROUPS  # type: ignore[union-attr]
    assert tuple(one.id for one in segments.CONTACT_FIELDS.find("abc").options) == revenue_classes.CLASSES  # type: ignore[union-attr]


HOSTILE = st.text(st.characters() | st.sampled_from("\"'«»“()|:*.,-+#@~<>=!  orтег1"), max_size=80)


@settings(max_examples=300)
@given(HOSTILE)
@example("name:" * 200)
@example("(" * 1000)
@example("-" * 999 + "x")
@example("1 " * 500)
@example("a or " * 190)
@example("\ud800 \x00 \u202e")
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    mistake = refusal_of(text)
    if mistake is not None:
        assert mistake.reason in segments.REASONS
        assert 0 <= mistake.position <= len(text)
        assert 0 <= mistake.length <= len(text) - mistake.position
    lenient = segments.parse(text, lenient=True)
    assert segments.evaluate(lenient, {}, now=NOW) in (True, False)


@settings(max_examples=300)
@given(HOSTILE)
def test_a_negation_is_the_complement(text: str) -> None:
    try:
        query, negated = segments.parse(text), segments.parse(f"-({text})")
    except SegmentError:
        return
    for person in (ALICE, {}):
        assert segments.evaluate(query, person, now=NOW) != segments.evaluate(negated, person, now=NOW)


def test_the_manual_has_the_table_of_fields_as_it_is() -> None:
    manual = (ROOT / "docs" / "segments.md").read_text(encoding="utf-8")
    assert segments.render_fields_table() in manual


def test_every_example_of_the_table_can_be_read() -> None:
    for field in segments.CONTACT_FIELDS:
        segments.parse(field.example, saved=SAVED)


def test_every_segment_of_the_manual_can_be_read() -> None:
    manual = (ROOT / "docs" / "segments.md").read_text(encoding="utf-8")
    blocks = manual.split("```segment\n")[1:]
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.split("```")[0].splitlines()]
    assert len(lines) >= 35
    for line in lines:
        segments.parse(line, SALON, saved=SAVED)


def test_what_the_manual_says_of_writing_can_be_read() -> None:
    """The first column of its table of ways of writing."""
    manual = (ROOT / "docs" / "segments.md").read_text(encoding="utf-8")
    ways = manual.split("## How to write it")[1].split("## Time")[0]
    written = [row.split("|")[1] for row in ways.splitlines() if row.startswith("| `")]
    examples = [one for cell in written for one in re.findall(r"`([^`]+)`", cell) if "…" not in one]
    assert len(examples) >= 20
    for one in examples:
        segments.parse(one, SALON, saved=SAVED)


def test_reading_nothing_loads_no_parser() -> None:
    code = "import sys, crm.segments; print(sorted({'lark', 'rapidfuzz', 'anyascii'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_survey_may_be_for_those_whom_a_field_of_the_owners_names() -> None:
    old = 'segment = "requests>=1 last_survey>90d"'
    for written in ("master:olena answered:nps", "улюблений_майстер:марта requests.booking>=1"):
        make_playbook("salon", {old: f"segment = '{written}'"})
    with pytest.raises(PlaybookErrors) as caught:
        make_playbook("salon", {old: "segment = 'mastr:olena'"})
    assert "master:olena" in str(caught.value.problems[0].suggestion)


@pytest.mark.parametrize(
    "written", ["city:Киев", "місто:київ", "город:kyiv", 'city="Kiev"', "city~киев", "-city!=Киев"]
)
def test_a_city_is_found_by_its_name_in_any_language(written: str) -> None:
    for city in ("Київ", "Киев", "KYIV"):
        assert segments.evaluate(segments.parse(written), {"city": city}, now=NOW), city
    assert not segments.evaluate(segments.parse(written), {"city": "Львів"}, now=NOW)
