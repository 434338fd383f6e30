"""What a playbook says, what must hold in it, and how its mistakes are told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from crm import check_parts, placeholders, playbook_reading, replies
from crm.playbook import Cap, Policy, Survey
from crm.playbook_lines import Lines
from crm.playbook_reading import PlaybookErrors, Problem
from crm.playbook_types import After, Cron, Span, Text, duration
from crm.purposes import Purpose
from crm.segment_tree import REASONS

GOOD = """\
[business]
name = "Студия «Лён»"
languages = ["ru", "uk"]

[[field]]
id = "master"
type = "choice"
title = { ru = "Мастер", uk = "Майстер" }
option = [{ id = "olena", title = { ru = "Елена", uk = "Олена" } }]

[[form]]
id = "booking"
title.ru = "Записаться"
title.uk = "Записатися"

  [[form.step]]
  field = "service"
  type = "choice"
  ask = { ru = "Что делаем?", uk = "Що робимо?" }
    [[form.step.option]]
    id = "cut"
    title = { ru = "Стрижка", uk = "Стрижка" }
    [[form.step.option]]
    id = "other"
    title = { ru = "Другое", uk = "Інше" }

  [[form.step]]
  field = "wish"
  type = "text"
  ask = { ru = "Что именно?", uk = "Що саме?" }
  when = "service:other"

  [[form.step]]
  field = "master"
  type = "choice"
  ask = { ru = "К кому?", uk = "До кого?" }

  [[form.step]]
  field = "phone"
  type = "phone"

[[survey]]
id = "visit"
kind = "csat"
after = "request_done + 2h"
ask = { ru = "Как вам?", uk = "Як вам?" }
followup = { when = "score<=3", alert = true }
"""


def problems(text: str) -> list[Problem]:
    with pytest.raises(PlaybookErrors) as caught:
        playbook_reading.read(text)
    return caught.value.problems


def changed(old: str, new: str) -> list[Problem]:
    assert old in GOOD
    return problems(GOOD.replace(old, new, 1))


def only(old: str, new: str) -> Problem:
    """The one problem that a change makes, at the line of the change."""
    found = changed(old, new)
    assert len(found) == 1, found
    return found[0]


def line_of(piece: str, text: str = GOOD) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_a_playbook_says_what_its_file_says_and_knows_its_hash() -> None:
    accepted = playbook_reading.read(GOOD)
    assert accepted.hash == playbook_reading.digest(GOOD)
    assert accepted.business.language == "ru"
    form = accepted.form("booking")
    assert form is not None
    assert form.pipeline == "requests"
    assert form.title.say("uk") == "Записатися"
    assert form.title.say("en") == "Записаться"


def test_a_step_takes_title_and_options_from_the_owners_own_field() -> None:
    accepted = playbook_reading.read(GOOD)
    form = accepted.form("booking")
    assert form is not None
    step = form.step("master")
    assert step is not None
    assert [option.id for option in step.options] == ["olena"]
    assert step.title is not None
    assert step.title.say("uk") == "Майстер"
    assert accepted.is_card_field("master")
    assert accepted.is_card_field("phone")
    assert not accepted.is_card_field("wish")


def test_the_same_text_with_the_line_ends_of_windows_is_read_alike() -> None:
    assert playbook_reading.read("\ufeff" + GOOD.replace("\n", "\r\n")).forms == playbook_reading.read(GOOD).forms


def test_personal_by_nature_are_the_card_of_a_person_and_what_reaches_them() -> None:
    form = playbook_reading.read(GOOD).form("booking")
    assert form is not None
    assert [step.field for step in form.steps if step.is_personal] == ["phone"]


@pytest.mark.parametrize(
    ("old", "new", "message", "suggestion"),
    [
        ('kind = "csat"', 'kind = "csat"\nthank.ru = "Спасибо"', "unknown key", "'thanks'"),
        ('type = "phone"', 'type = "fone"', "is not one of", "'phone'"),
        ('id = "booking"', 'id = "Запись"', "an id is", "zapis"),
        ('id = "booking"', f'id = "{"a" * 25}"', "an id is", "a" * 24),
        ('field = "wish"', 'field = "my-wish"', "a field's name", "my_wish"),
        ('"service:other"', '"servise:other"', "no such field", "service:other"),
        ('"service:other"', '"service:othr"', "no such option", "other"),
        ('"service:other"', '"master:olena"', "asked later", "before"),
        ('"service:other"', '"(service:other"', "bracket", None),
        ('"request_done + 2h"', '"request_dun + 2h"', "no known event", "request_done"),
        ('"request_done + 2h"', '"request_done + 2 hours"', "not a duration", "2h"),
        ('"score<=3"', '"scor<=3"', "no such field", "score<=3"),
        ('kind = "csat"', 'kind = "csat"\nlow = 9', "from 1 to 5", None),
        ('kind = "csat"', 'kind = "csat"\nsegment = "requsts>1"', "no such field", "requests>1"),
        ('ru = "К кому?", ', "", "no text in: ru", ".ru"),
        ('ru = "К кому?"', 'ru = "К кому, {nmae}?"', "{nmae} means nothing", "{name}"),
        ('ru = "К кому?"', 'ru = "К кому, {name?"', "brace", "{name}"),
        ('ru = "К кому?"', 'ru = ""', "empty", None),
        ('ru = "К кому?"', f'ru = "{"а" * 3001}"', "too many", None),
        ('id = "olena", title', 'id = "olena", title = { ru = "Аня", uk = "Аня" } }, { id = "olena", title', "already taken", None),
        ('ru = "Другое"', 'ru = "стрижка"', "already the title", None),
        ('ru = "Другое"', f'ru = "{"а" * 65}"', "button", None),
        ('field = "wish"', 'field = "service"', "already taken", None),
        ('field = "wish"', 'field = "tag"', "already means", "tag_2"),
        ('type = "phone"', 'type = "text"', "is of type phone", "phone"),
        ('type = "phone"', 'type = "phone"\nmin = 3', "has no min", None),
        ('type = "phone"', 'type = "phone"\npast = true', "only a date", None),
        ('type = "text"', 'type = "text"\nmin = 9\nmax = 3', "more than max", None),
        ('type = "text"', 'type = "text"\nmax = 99999', "from 1 to 2000", None),
        ('id = "booking"', 'id = "booking"\npipeline = "visits"', "no pipeline", None),
        ('id = "booking"', 'id = "booking"\ntags = ["new client"]', "a tag is one word", None),
        ('id = "booking"', 'id = "booking"\nnudge = { ru = "Ну?", uk = "Ну?" }', "nudge_after", "2h"),
        ('languages = ["ru", "uk"]', 'languages = ["ru", "uk", "ru"]', "twice", None),
        ('languages = ["ru", "uk"]', 'languages = ["ru", "uk"]\ntimezone = "Kyiv"', "no time zone", "Europe/Kyiv"),
        ('languages = ["ru", "uk"]', 'languages = ["ru", "uk"]\nphone_regions = ["UK"]', "no country", "GB"),
        ('languages = ["ru", "uk"]', 'languages = ["ru", "uk"]\nhours = "9-18"', "span", "21:00-09:00"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line_with_what_to_write(
    old: str, new: str, message: str, suggestion: str | None
) -> None:
    found = only(old, new)
    assert found.line - line_of(old) in range(new.count("\n") + 1)
    assert message in found.message
    assert suggestion is None or (found.suggestion is not None and suggestion in found.suggestion)


@pytest.mark.parametrize(
    ("piece", "message"),
    [
        ('  ask = { ru = "К кому?", uk = "До кого?" }\n', "the question is missing"),
        ('  field = "phone"\n', "it is missing"),
        ('name = "Студия «Лён»"\n', "it is missing"),
    ],
)
def test_what_is_missing_is_told_at_the_table_that_lacks_it(piece: str, message: str) -> None:
    found = only(piece, "")
    assert message in found.message
    table = GOOD[: GOOD.index(piece)].rindex("[[") if "name" not in piece else 0
    assert found.line == GOOD[:table].count("\n") + 1


def test_every_mistake_is_told_at_once_and_none_is_told_because_of_another() -> None:
    wrong = GOOD.replace('type = "choice"\n  ask = { ru = "Что', 'type = "choise"\n  ask = { ru = "Что').replace(
        'title.uk = "Записатися"\n', ""
    )
    wrong = wrong.replace('"score<=3"', '"scor<=3"').replace('uk = "До кого?"', 'uk = "До кого, {хто}?"')
    assert [found.line for found in problems(wrong)] == sorted(
        [line_of("choise", wrong), line_of("title.ru", wrong), line_of("{хто}", wrong), line_of("scor<=3", wrong)]
    )


def test_a_scenario_without_its_trigger_is_told_at_its_table() -> None:
    found = problems(GOOD + '\n[[scenario]]\nid = "thanks"\n')
    trigger = next(problem for problem in found if problem.where.endswith("trigger"))
    assert (trigger.line, trigger.message) == (GOOD.count("\n") + 2, "it is missing")


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("[business]\nname = Студия\n", 2, "double quotes"),
        ('[business]\nname = "a\n', 2, None),
        ('[business]\nname = "a"\nname = "b"\n', 3, "already given"),
        ('[business\nname = "a"\n', 1, None),
        ("[business]\nname = [1,\n", 3, None),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_column(text: str, line: int, hint: str | None) -> None:
    (found,) = problems(text)
    assert found.line in (line, line - 1)
    assert "column" in found.message
    assert hint is None or hint in (found.suggestion or "")


@settings(max_examples=60)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=8))
def test_no_edit_of_a_file_does_worse_than_a_list_of_problems(at: int, cut: int, put: str) -> None:
    text = GOOD[:at] + put + GOOD[at + cut :]
    found: list[Problem] = []
    try:
        playbook_reading.read(text)
    except PlaybookErrors as errors:
        found = errors.problems
        assert found
    assert all(0 <= problem.line <= text.count("\n") + 2 and problem.message for problem in found)


def test_every_reason_of_the_segment_language_is_explained_to_the_owner() -> None:
    assert set(check_parts.WHY) == REASONS


def test_a_key_is_found_whatever_stands_between() -> None:
    text = '# [[no]]\na = """\n[x]\n"""\n[t] # b\n"q.r" = [\n  "]", # [\n]\n[[l]]\nk.m = { n = 1 }\n[[l]]\n[l.s]\nz = \'\'\'"\'\'\'\n'
    lines = Lines(text)
    assert lines.of(("a",)) == 2
    assert lines.of(("t",)) == 5
    assert lines.of(("t", "q.r")) == 6
    assert lines.of(("l", 0, "k", "m", "n")) == 10
    assert lines.of(("l", 1, "s", "z")) == 13
    assert lines.of(("l", 1, "nothing")) == 11
    assert lines.of(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("1d 12h", timedelta(hours=36)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "7", "d7", "7 days", "-7d", "7y", "99999w", None, 7])
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError):
        duration(text)


def test_hours_may_run_over_midnight() -> None:
    quiet = Span.parse("21:00-09:00")
    assert time(23, 0) in quiet
    assert time(8, 59) in quiet
    assert time(9, 0) not in quiet
    assert Span.parse("08:00-24:00").hours == (8, 24)


def test_a_survey_begins_so_long_after_its_event() -> None:
    assert After.parse("request_done + 2h") == After("request_done", timedelta(hours=2))
    assert After.parse("request_lost").delay == timedelta(0)


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("quarterly", "2026-11-21T10:00", "2027-01-01T12:00"),
        ("monthly", "2026-12-01T11:59", "2026-12-01T12:00"),
        ("monthly", "2026-12-01T12:00", "2027-01-01T12:00"),
        ("weekly", "2026-11-21T10:00", "2026-11-23T12:00"),
        ("30 9 * * 1-5", "2026-11-21T10:00", "2026-11-23T09:30"),
        ("*/15 9-10 * * *", "2026-11-21T09:50", "2026-11-21T10:00"),
        ("0 12 29 2 *", "2026-11-21T10:00", "2028-02-29T12:00"),
        ("0 12 13 * 5", "2026-11-21T10:00", "2026-11-27T12:00"),
        ("0 12 * * 0", "2026-11-21T10:00", "2026-11-22T12:00"),
        ("0 12 * * 7", "2026-11-21T10:00", "2026-11-22T12:00"),
        ("30 3 * * *", "2027-03-28T01:00", "2027-03-28T04:30"),
    ],
)
def test_a_calendar_says_when_it_is_next(text: str, moment: str, expected: str) -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    found = Cron.parse(text).next_after(datetime.fromisoformat(moment).replace(tzinfo=kyiv), kyiv)
    assert found.replace(tzinfo=None) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    ["", "daily-ish", "* * * *", "60 * * * *", "0 24 * * *", "0 12 31 2 *", "0 12 0 * *", "*/0 * * * *", "5-1 * * * *"],
)
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        Cron.parse(text)


def test_surveys_are_for_low_scores_what_people_mean_by_low() -> None:
    csat = Survey.model_validate({"id": "a", "kind": "csat", "after": "request_done", "ask": "?"})
    nps = Survey.model_validate({"id": "b", "kind": "nps", "at": "quarterly", "ask": "?"})
    assert (csat.low_score, nps.low_score) == (3, 6)
    assert (csat.purpose, nps.purpose) == (Purpose.SERVICE, Purpose.SURVEY)
    assert list(nps.scores) == list(range(11))


def test_a_policy_that_says_nothing_is_still_a_polite_one() -> None:
    policy = Policy()
    assert policy.quiet_hours is not None
    assert policy.caps(Purpose.MARKETING) == (Cap(max=3, per=timedelta(days=30), gap=timedelta(days=3)),)
    assert policy.caps(Purpose.SERVICE) == policy.caps(Purpose.ANSWER) == ()
    assert [(cap.max, cap.per.days) for cap in policy.overall] == [(1, 1), (3, 7), (8, 30)]


def test_a_text_is_said_in_the_first_language_where_the_readers_is_missing() -> None:
    text = Text.model_validate({"ru": "Да", "uk": "Так"}, context={"languages": ("uk", "ru")})
    assert [text.say(language) for language in ("ru", "uk", "en")] == ["Да", "Так", "Так"]


def test_values_in_an_owners_text_are_escaped_and_so_is_the_text() -> None:
    filled = placeholders.fill("<3 {name} & {business}", {"name": "<b>{business}</b>", "business": "A&B"})
    assert filled == "&lt;3 &lt;b&gt;{business}&lt;/b&gt; &amp; A&amp;B"


def test_a_value_that_is_not_known_leaves_no_hole() -> None:
    assert placeholders.fill("Здравствуйте, {name}! Ждём.", {}) == "Здравствуйте! Ждём."
    assert placeholders.fill("{name}, ждём вас.", {"name": ""}) == "Ждём вас."


@given(st.text(max_size=60))
def test_filling_never_reaches_into_the_program(text: str) -> None:
    assert "<" not in placeholders.fill("{name.__class__} {0} {name!r} " + text, {"name": "<"}).replace("&lt;", "")


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("Да!", "yes"),
        ("ТАК", "yes"),
        ("ok", "yes"),
        ("нет.", "no"),
        ("ні", "no"),
        ("Назад", "back"),
        ("далі", "skip"),
        ("Готово", "done"),
        ("скасувати", "cancel"),
    ],
)
def test_a_message_that_is_a_button_in_words_is_read_as_one(typed: str, reply: str) -> None:
    assert replies.read(typed) == reply


@pytest.mark.parametrize("typed", ["да, но позже", "нет времени", "", "отмена записи на завтра", "ок" * 30])
def test_words_that_say_more_than_a_button_are_not_read_as_one(typed: str) -> None:
    assert replies.read(typed) is None
