"""A visit is booked for when somebody is there: the hours the owner wrote, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm import form_reading
from crm.form_types import ChoicePressed, TextInput
from crm.playbook import Playbook, Step
from crm.playbook_types import Span
from crm.values import Accepted, Refused
from tests.crm.form_examples import HERE
from tests.places import make_playbook

OPEN = replace(HERE, opening_hours=Span.parse("09:30-21:00"))
CLOSED = Refused("date-closed", {"open": "09:30", "close": "21:00"})


def salon() -> Playbook:
    return make_playbook("salon")


def step() -> Step:
    form = salon().form("booking")
    assert form is not None
    found = form.step("visit_at")
    assert found is not None
    return found


@pytest.mark.parametrize("said", ["завтра в 03:00", "завтра в 9:15", "завтра в 21:00", "завтра в 23:30"])
def test_a_visit_outside_of_the_hours_is_answered_with_them(said: str) -> None:
    assert form_reading.read(step(), {}, TextInput(said), OPEN) == CLOSED


@pytest.mark.parametrize("said", ["завтра в 9:30", "завтра в 20:45"])
def test_a_visit_within_the_hours_is_taken(said: str) -> None:
    assert isinstance(form_reading.read(step(), {}, TextInput(said), OPEN), Accepted)


def test_a_button_of_a_doubt_is_held_against_the_hours_too() -> None:
    draft = {"doubts": ["2026-11-22T01:00+00:00"]}
    assert form_reading.read(step(), draft, ChoicePressed("0", 0, 0), OPEN) == CLOSED


def test_hours_that_nobody_wrote_close_nothing() -> None:
    assert isinstance(form_reading.read(step(), {}, TextInput("завтра в 03:00"), HERE), Accepted)
    assert make_playbook("salon", {'hours = "09:00-21:00"': ""}).business.opening_hours is None
    assert salon().business.opening_hours == Span.parse("09:00-21:00")


def test_what_is_no_visit_has_any_hour() -> None:
    call_me = step().model_copy(update={"visit": False})
    assert isinstance(form_reading.read(call_me, {}, TextInput("завтра в 03:00"), OPEN), Accepted)
