"""The profile every card has, and what an owner says of it; the kinds of answers it is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crm import playbook_reading, profile, values
from crm.playbook import Playbook
from crm.playbook_reading import PlaybookErrors, Problem
from crm.playbook_types import Text
from crm.values import Accepted, Refused, Unsure

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
HEAD = '[business]\nname = "Shop"\nlanguages = ["en"]\n\n'
FORM = '[[form]]\nid = "order"\ntitle = "Order"\n  [[form.step]]\n  field = "what"\n  type = "text"\n  ask = "What?"\n'


def playbook(said: str, form: str = FORM) -> Playbook:
    return playbook_reading.read(HEAD + said + form)


def problems(said: str, form: str = FORM) -> list[Problem]:
    with pytest.raises(PlaybookErrors) as caught:
        playbook(said, form)
    return caught.value.problems


def test_every_card_has_a_profile_without_the_owner_writing_it() -> None:
    known = playbook("")
    ids = ["birthday", "sex", "city", "call_time", "organisation", "position", "preferences"]
    assert [field.id for field in known.card_fields] == ids
    assert all(field.title.say(language) for field in known.card_fields for language in ("ru", "uk", "en"))
    assert known.is_card_field("city")


def test_the_owner_calls_a_field_otherwise_and_the_rest_of_it_stays() -> None:
    known = playbook(
        '[[field]]\nid = "sex"\ntitle = "Gender"\n\n[[field]]\nid = "shoe"\ntitle = "Shoe"\ntype = "number"\n\n'
    )
    sex = known.field("sex")
    assert sex is not None
    assert (sex.title.say("en"), sex.type, [option.id for option in sex.options]) == (
        "Gender",
        "choice",
        ["female", "male"],
    )
    assert sex.is_personal
    assert [field.id for field in known.card_fields][-1] == "shoe"
    assert len(known.card_fields) == len(profile.fields()) + 1


def test_a_field_of_the_profile_may_become_a_choice_of_ones_own() -> None:
    known = playbook(
        '[[field]]\nid = "city"\ntitle = "Town"\ntype = "choice"\noption = [{ id = "kyiv", title = "Kyiv" }]\n\n'
    )
    city = known.field("city")
    assert city is not None
    assert [option.id for option in city.options] == ["kyiv"]


def test_a_birthday_stays_one_however_it_is_written() -> None:
    """A date would refuse the birthdays whose year nobody knows; a form may still ask for the whole date."""
    step = '  [[form.step]]\n  field = "birthday"\n  type = "{}"\n  past = {}\n  ask = "When were you born?"\n'
    known = playbook(
        '[[field]]\nid = "birthday"\ntitle = "Born"\ntype = "date"\n\n', FORM + step.format("date", "true")
    )
    field = known.field("birthday")
    assert field is not None
    assert field.type == "birthday"
    (found,) = problems("", FORM + step.format("text", "false"))
    assert "is of type birthday" in found.message


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('[[field]]\nid = "birthday"\ntitle = "Born"\ntype = "number"\n\n', "a birthday is a day"),
        ('[[field]]\nid = "shoe"\ntitle = "Shoe"\nsee = "owner"\n\n', "cannot change what"),
        ('[[field]]\nid = "shoe"\ntitle = "Shoe"\nedit = "viewer"\n\n', "is not one of"),
        ('[[field]]\nid = "name"\ntitle = "Name"\n\n', "every contact has"),
        ("[life_cycle]\nactive = 2\nrepeat = 2\n\n", "nobody would be active"),
        ('[life_cycle]\nsleeping_after = "90d"\ngone_after = "90d"\n\n', "nobody would be sleeping"),
        ("[life_cycle]\nactive = 0\n\n", "greater than or equal to 1"),
        ('[[level]]\nid = "a"\ntitle = "A"\n[[level]]\nid = "a"\ntitle = "B"\n\n', "already taken"),
    ],
)
def test_a_mistake_is_told(said: str, message: str) -> None:
    (found,) = problems(said)
    assert message in found.message


def test_roles_see_and_edit_as_far_as_they_are_let() -> None:
    known = playbook('[[field]]\nid = "margin"\ntitle = "Margin"\nsee = "manager"\nedit = "owner"\n\n')
    margin = known.field("margin")
    assert margin is not None
    roles = ("owner", "manager", "viewer", "", "emperor")
    assert [margin.is_seen_by(role) for role in roles] == [True, True, False, False, False]
    assert [margin.is_edited_by(role) for role in roles] == [True, False, False, False, False]


def test_titles_of_the_profile_are_in_the_readers_language() -> None:
    city = playbook("").field("city")
    assert city is not None
    assert isinstance(city.title, Text)
    assert city.title.say("uk") == "Місто"


@pytest.mark.parametrize(
    ("typed", "language", "kept"),
    [
        ("8 марта", "ru", "--03-08"),
        ("8 березня 1990", "uk", "1990-03-08"),
        ("March 8", "en", "--03-08"),
        ("08.03", "ru", "--03-08"),
        ("08.03.90", "ru", "1990-03-08"),
        ("29 февраля", "ru", "--02-29"),
        ("29.02.1992", "ru", "1992-02-29"),
        ("--02-29", "en", "--02-29"),
        ("25-12", "ru", "--12-25"),
    ],
)
def test_a_birthday_is_read_with_its_year_or_without_it(typed: str, language: str, kept: str) -> None:
    assert values.birthday(typed, now=NOW, zone=KYIV, language=language) == Accepted(kept)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("30.02", "date-impossible"),
        ("29.02.1991", "date-impossible"),
        ("31.12.2030", "date-future"),
        ("завтра", "date-unknown"),
        ("через 3 дня", "date-unknown"),
        ("8", "date-unknown"),
        ("", "date-unknown"),
    ],
)
def test_what_is_nobodys_birthday_is_refused_with_why(typed: str, reason: str) -> None:
    assert values.birthday(typed, now=NOW, zone=KYIV, language="ru") == Refused(reason)


def test_a_birthday_that_can_be_two_days_is_asked_about() -> None:
    read = values.birthday("03/08", now=NOW, zone=KYIV, language="en")
    assert read == Unsure("date-doubt", ("--03-08", "--08-03"))


@pytest.mark.parametrize(
    ("typed", "kept"), [("1 500", 1500), ("1,500", 1500), ("1500,5", 1500.5), ("0", 0), ("12,349", 12349)]
)
def test_an_amount_is_a_number_of_whole_units(typed: str, kept: float) -> None:
    assert values.money(typed) == Accepted(kept)


def test_an_amount_below_nothing_or_in_words_is_refused() -> None:
    assert isinstance(values.money("-5"), Refused)
    assert isinstance(values.money("много"), Refused)
    assert values.money("50", most=40) == Refused("number-large", {"max": 40})


@pytest.mark.parametrize(("typed", "kept"), [("да", True), ("Ні", False), ("yes", True), ("no", False)])
def test_yes_and_no_are_read_in_three_languages(typed: str, kept: bool) -> None:
    assert values.yes_no(typed) == Accepted(kept)
    assert values.yes_no("maybe") == Refused("expected-yes-no")
