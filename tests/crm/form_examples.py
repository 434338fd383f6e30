"""A form with a question of every type, and the moments and people its tests need."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm import forms, playbook_reading
from crm.form_types import ChoicePressed, FileSent, Input, Outcome, Situation, State, TextInput
from crm.playbook import Form

NOON = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""A Saturday, 12:00 in Kyiv."""

HERE = Situation(now=NOON, zone=ZoneInfo("Europe/Kyiv"), consented=True)
STRANGER = replace(HERE, consented=False)

_HEAD = """
[business]
name = "Студия"
languages = ["ru"]
"""

BOOKING = """
[[form]]
id = "booking"
title = "Записаться"

  [[form.step]]
  field = "service"
  type = "choice"
  ask = "Что делаем?"
  option = [
    { id = "cut", title = "Стрижка" },
    { id = "colour", title = "Окрашивание" },
    { id = "other", title = "Другое" },
  ]

  [[form.step]]
  field = "wish"
  type = "text"
  ask = "Что именно?"
  when = "service:other"

  [[form.step]]
  field = "visit_at"
  type = "datetime"
  ask = "Когда?"

  [[form.step]]
  field = "name"
  type = "text"

  [[form.step]]
  field = "phone"
  type = "phone"

  [[form.step]]
  field = "comment"
  type = "text"
  ask = "Что-нибудь ещё?"
  optional = true
"""

EVERYTHING = """
[[form]]
id = "everything"
title = "Всё"
step = [
  { field = "words", type = "text", ask = "?", min = 2, max = 100 },
  { field = "phone", type = "phone" },
  { field = "email", type = "email" },
  { field = "one", type = "choice", ask = "?", option = [{ id = "a", title = "Первый" }, { id = "b", title = "Второй" }] },
  { field = "many", type = "choices", ask = "?", max = 2, option = [
    { id = "x", title = "Икс" }, { id = "y", title = "Игрек" }, { id = "z", title = "Зет" } ] },
  { field = "amount", type = "number", ask = "?", min = 1, max = 10 },
  { field = "day", type = "date", ask = "?" },
  { field = "hour", type = "time", ask = "?" },
  { field = "moment", type = "datetime", ask = "?" },
  { field = "photos", type = "file", ask = "?", max = 10 },
  { field = "place", type = "location", ask = "?" },
  { field = "rules", type = "consent", ask = "?" },
  { field = "birthday", type = "date", ask = "?", past = true, optional = true, when = "one:b" },
  { field = "news", type = "consent", ask = "?", optional = true, when = "many:x amount>=5" },
  { field = "passport", type = "file", ask = "?", multiple = false, optional = true },
  { field = "price", type = "money", ask = "?", max = 1000 },
  { field = "pets", type = "yes_no", ask = "?" },
  { field = "born", type = "birthday", ask = "?", when = "price>=5 -pets:yes" },
]
"""


def form(text: str) -> Form:
    """The form of a playbook that has only it."""
    accepted = playbook_reading.read(_HEAD + text)
    found = accepted.form(accepted.forms[0].id)
    assert found is not None
    return found


def photo(number: int, album: str | None = None) -> FileSent:
    return FileSent(file_id=f"file-{number}", unique_id=f"unique-{number}", kind="photo", album=album)


class Talk:
    """A person in a form: each input goes through a state that was written down and read again, as after a kill."""

    def __init__(self, asked: Form, situation: Situation = HERE) -> None:
        self.form = asked
        self.situation = situation
        self.last = forms.start(asked, situation)

    @property
    def state(self) -> State:
        return self.last.state

    @property
    def field(self) -> str:
        """The field that is asked for."""
        assert self.last.prompt is not None
        assert self.last.prompt.step is not None
        return self.last.prompt.step.field

    @property
    def reason(self) -> str | None:
        return self.last.reason.reason if self.last.reason else None

    def says(self, *inputs: Input | str) -> Outcome:
        """Each in turn; the outcome of the last. A string is a message of words."""
        for one in inputs:
            given: Any = TextInput(one) if isinstance(one, str) else one
            kept = State.from_json(self.state.to_json())
            assert kept == self.state
            self.last = forms.answer(self.form, kept, given, self.situation)
        return self.last

    def presses(self, option: str) -> Outcome:
        """A button of the question on the screen."""
        return self.says(ChoicePressed(option, self.state.step, self.state.turn))

    def answers(self) -> dict[str, Any]:
        return {field: answer.value for field, answer in self.state.answers.items()}
