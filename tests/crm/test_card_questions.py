"""Questions about one field of the card, as forms of one step."""

from __future__ import annotations

import pytest

from crm import card_questions, quality
from tests.places import make_playbook

CITY = """
[[field]]
id = "city"
title.ru = "Филиал"
title.uk = "Філія"
title.en = "Branch"
type = "choice"
personal = true
  [[field.option]]
  id = "kyiv"
  title.ru = "Киев"
  title.uk = "Київ"
  title.en = "Kyiv"

[[form]]"""


@pytest.mark.parametrize("line", [one for one in quality.LINES if one.asks], ids=lambda one: one.id)
def test_what_a_line_asks_for_can_be_asked(line: quality.Line) -> None:
    assert line.asks is not None
    form = card_questions.form(make_playbook(), line.asks)
    assert card_questions.field_of(form.id) == line.asks
    (step,) = form.steps
    assert (step.field, step.optional, step.when) == (line.asks, False, None)
    assert set(form.title.root) == {"ru", "uk", "en"}


def test_a_field_is_asked_for_as_its_owner_wants_it() -> None:
    text = make_playbook("salon", {'[[form]]\nid = "booking"': CITY + '\nid = "booking"'})
    (step,) = card_questions.form(text, "city").steps
    assert (step.type, [one.id for one in step.options], step.is_personal) == ("choice", ["kyiv"], True)
    (plain,) = card_questions.form(make_playbook(), "city").steps
    assert (plain.type, plain.is_personal) == ("text", False)


@pytest.mark.parametrize("form_id", ["booking", "ask", "ask:", "ask:master", "birthday", "ask:ask:city"])
def test_no_other_form_is_such_a_question(form_id: str) -> None:
    assert card_questions.field_of(form_id) is None
